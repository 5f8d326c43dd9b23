"""Reads from a report which lead shows what: a small state machine that goes from word to word.

A wave starts a finding (`t`), an adjective gives its kind (`neg`), a list of leads its place (`in v1-3`). More about
the same wave may follow (`, biphasisch in iii`). Only named leads count; region words (`limb leads`, `lateral`) give
separate rows, and findings that are denied or called normal are left out or marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from mmae_core.datasets.lead_truth.lead_lists import REGIONS, scan_leads
from mmae_core.datasets.lead_truth.report_vocabulary import (
    ADJECTIVES,
    GONE,
    JOINED_ORDER,
    KINDS,
    OF_THEMSELVES,
    TOKEN,
    normalised_text,
    sentences,
)

Part = Literal["report", "edit", "region"]
MOST_WORDS = 4
"""Most filler words between a finding and its leads; after more the leads belong to something else."""
TRUNCATED_FROM = 250
"""Length in characters at which PTB-XL's reports are cut, in the middle of a word."""
_HALF_LEAD = re.compile(r"\bi{1,2}$")
_EDIT = re.compile(r"\s*\bEdit:\s*")
_BEFORE_SHORT = re.compile(r"\b(?:in|ueber|\w*stoerung(?:en)?|senkung|hebung)\s+$")
"""`l`, `r` and `f` begin a list of leads behind these."""
_REGION_WORDS = (
    (r"hoch-?lateral|high lateral", "high lateral"), (r"infero-?lateral", "inferolateral"),
    (r"antero-?lateral", "anterolateral"), (r"antero-?septal", "anteroseptal"), (r"inferior", "inferior"),
    (r"left .*(chest|v|precord)|lateral chest|linke?n? praek", "left chest"),
    (r"right .*(chest|v|precord)|rechten", "right chest"),
    (r"lateral", "lateral"), (r"septal", "septal"), (r"anterior", "anterior"),
    (r"limb|extrem|extr|periph|standard", "limb"), (r"chest|precord|praek|praecord|brust|broest|\bv\b", "chest"),
)


@dataclass(frozen=True)
class LeadStatement:
    """A report's statement about one lead."""

    lead: str
    """One of `STANDARD_LEADS`."""
    wave: str
    """`P`, `Q`, `R`, `QRS`, `ST`, `T`, `ST-T` or `U`."""
    kind: str
    """`elevation`, `depression`, `inversion`, `flat`, `low`, `low or flat`, `tall`, `qs`, `q wave`, `small r` ..."""
    part: Part = "report"
    """`edit`: a cardiologist's note behind the report; `region`: a region is named, not the lead."""
    qualifier: str = ""
    """`minor`, `nonspecific`, `normal variant`, several joined by +; empty for none."""
    evidence: str = ""
    """The words it was read from."""

    @property
    def is_counted(self) -> bool:
        """Whether it counts as truth: the lead itself is named, and the finding is not called normal."""
        return self.part != "region" and "normal" not in self.qualifier


@dataclass
class _Finding:
    wave: str
    kinds: list[str] = field(default_factory=list)
    joined: bool = False
    """Its kinds are alternatives (`low or flat`)."""
    minor: bool = False
    is_change: bool = False

    def names(self) -> list[str]:
        kinds = list(dict.fromkeys(self.kinds))
        if not self.joined or len(kinds) < 2:
            return kinds
        return [" or ".join(sorted(kinds, key=lambda kind: JOINED_ORDER.index(kind) if kind in JOINED_ORDER else 9))]


@dataclass
class _State:
    """What has been read of a sentence."""

    findings: list[_Finding] = field(default_factory=list)
    wave: str = ""
    """Of what is spoken, even when its finding is said: `t flach in iii, neg in v1`."""
    consumed: bool = False
    """The findings have got their leads."""
    begin: int = 0
    """Where the words of the findings begin."""
    n_words: int = 0
    connector: str = ""
    """`and`, `or`, `comma` or empty: what stands right before."""
    prefix: list[str] = field(default_factory=list)
    """Adjectives ahead of their wave: `hohe, spitze t`."""
    minor: bool = False
    negated: bool = False
    denied: bool = False
    """What was said last was denied, which holds behind `or` too."""
    excepted: bool = False
    bare: tuple[str, ...] = ()
    """Leads of a wave of which nothing is said yet: `t in v1 neg`."""


def is_truncated(report: str) -> bool:
    """Whether a report ends where PTB-XL cut it, so that leads may be missing."""
    return len(_EDIT.split(report)[0].rstrip()) >= TRUNCATED_FROM


def parse_report(report: str) -> tuple[LeadStatement, ...]:
    """What a report of PTB-XL says of single leads, in its order; each lead, wave and kind once a part."""
    own, *edits = _EDIT.split(report)
    if is_truncated(report):
        own = _HALF_LEAD.sub("", own)  # of `iii` or of `in`
    rows = list(_read_part(normalised_text(own), "report"))
    for edit in edits:
        rows += _read_part(normalised_text(edit, edited=True), "edit")
    unique: dict[tuple[str, str, str, str], LeadStatement] = {}
    for row in rows:
        unique.setdefault((row.lead, row.wave, row.kind, row.part), row)
    return tuple(unique.values())


def _read_part(text: str, part: Part) -> Iterator[LeadStatement]:
    """The rows of a report or a note; a sentence may say more of the one before."""
    last: list[LeadStatement] = []
    for sentence in sentences(text):
        found = _read_sentence(sentence, part, last)
        if not found:
            qualifier = _said_of_the_last(sentence)
            last = [_qualified(row, qualifier) for row in last]
            continue
        yield from last
        last = found
    yield from last


def _said_of_the_last(sentence: str) -> str:
    """What a sentence without leads says of the statements before it; empty for nothing."""
    if re.match(r"\W*(?:this|these|could|may)\b", sentence) and _is_called_normal(sentence):
        return "normal variant"
    return "nonspecific" if re.match(r"\W*non-?\s?specific but", sentence) else ""


def _qualified(row: LeadStatement, qualifier: str) -> LeadStatement:
    if not qualifier or qualifier in row.qualifier:
        return row
    return replace(row, qualifier="+".join(filter(None, (row.qualifier, qualifier))))


def _read_sentence(sentence: str, part: Part, before: list[LeadStatement]) -> list[LeadStatement]:
    holds_from = max((match.end() for match in GONE.finditer(sentence)), default=0)
    rows = list(_Reader(sentence[holds_from:], part, before).rows())
    qualifiers = []
    if re.search(r"\bnon-?\s?specific|\bunspezif|\bospecif", sentence) and "intraventricular block" not in sentence:
        qualifiers.append("nonspecific")
    if _is_called_normal(sentence):
        qualifiers.append("normal variant")
    for qualifier in qualifiers:
        rows = [_qualified(row, qualifier) for row in rows]
    return rows


def _is_called_normal(sentence: str) -> bool:
    """`q waves in iii are probably normal`; not `otherwise normal ecg`."""
    words = re.sub(r"(?:otherwise|sonst|wahrscheinlich|eventuell)?\s*(?:normal\w*|noch normal\w*)\s+(?:ecg|ekg)", "",
                   sentence)
    return bool(re.search(r"\b(?:is|are|be|probably)\s+(?:probably\s+|a\s+|within\s+)*normal\b|normal variant|"
                          r"normvariant|physiologi", words))


class _Reader:
    """Reads one sentence."""

    def __init__(self, sentence: str, part: Part, before: list[LeadStatement]) -> None:
        self._text, self._part, self._before = sentence, part, before
        self._state = _State()

    def rows(self) -> Iterator[LeadStatement]:
        position = 0
        while position < len(self._text):
            short = bool(_BEFORE_SHORT.search(self._text[max(0, position - 20) : position]))
            leads, end = scan_leads(self._text, position, short=short) if self._begins_word(position) else ((), 0)
            if leads:
                yield from self._emit(leads, self._part, end)
                position = end
                continue
            match = TOKEN.match(self._text, position)
            if match is None:
                position += 1
                continue
            kind = match.lastgroup or "word"
            if kind == "these":
                yield from self._emit_these(match.end())
            elif kind == "region":
                yield from self._emit(_region(match.group()), "region", match.end())
            else:
                yield from self._take(kind, match)
            position = match.end()

    def _begins_word(self, position: int) -> bool:
        return position == 0 or not self._text[position - 1].isalnum()

    def _take(self, kind: str, match: re.Match[str]) -> Iterator[LeadStatement]:
        state, word = self._state, match.group().strip(" -")
        if kind == "wave":
            wave = _wave(word)
            self._open(wave, match)
            if wave in {"Q", "U"}:
                self._state.findings[-1].kinds.append(f"{wave.lower()} wave")
            if word.startswith(("stde", "stel")):
                self._add_word("down" if word.startswith("stde") else "up")
            elif "veraend" in word:
                self._add_word("change")
        elif kind in OF_THEMSELVES:
            wave, name = OF_THEMSELVES[kind]
            if kind == "digitalis" and not state.consumed and any(one.wave == "ST" for one in state.findings):
                return  # `st-senkung muldenfoermig v4-6`: said of the depression already
            self._open(wave, match)
            state.findings[-1].kinds = [name]
        elif kind in ADJECTIVES:
            yield from self._adjective(kind, match)
        elif kind in {"clear", "other", "atrial"}:
            self._state = _State()
            return
        elif kind == "neg":
            state.negated = True
        elif kind in {"but", "stop"}:
            state.negated = state.excepted = state.denied = False
            if kind == "stop":
                state.prefix, state.minor = [], False
        elif kind in {"except", "rather"}:
            state.excepted = True
        elif kind == "minor":
            state.minor = True
        elif kind == "word":
            state.n_words += 1
            state.prefix = []
            if state.n_words > MOST_WORDS or (state.consumed and not state.wave):
                state.findings = []
        if kind in {"comma", "or"}:
            state.connector = kind
            state.negated |= kind == "or" and state.denied
        elif kind == "join" and word in {"and", "und", "och", "&", "+"}:
            state.connector = "and"
        elif kind not in {"minor", "join", "unspecific", "notneg"} and not state.prefix:
            state.connector = ""

    def _open(self, wave: str, match: re.Match[str]) -> None:
        """A wave is named: a new finding, beside those that wait for their leads if `and` or a comma joins them."""
        state = self._state
        said = [one for one in state.findings if one.kinds]
        stays = bool(state.connector) and not state.consumed and bool(said)
        stays &= not (state.connector == "comma" and any(one.is_change for one in said))
        if not stays:
            state.findings = []
            state.begin = match.start()
        finding = _Finding(wave, minor=state.minor)
        prefix, state.prefix = state.prefix, []
        state.findings.append(finding)
        state.wave, state.consumed, state.n_words, state.bare = wave, False, 0, ()
        for kind in prefix:
            self._add_word(kind)

    def _add_word(self, kind: str) -> None:
        """An adjective of the wave that is open."""
        finding = self._state.findings[-1]
        name = KINDS.get(finding.wave, {}).get(kind)
        if name is None:
            return
        if finding.is_change:
            finding.kinds, finding.is_change = [], False
        if name == "change":
            if finding.kinds:
                return
            finding.is_change = True
        finding.kinds.append(name)

    def _adjective(self, kind: str, match: re.Match[str]) -> Iterator[LeadStatement]:
        state = self._state
        ahead = _ahead_of_wave(self._text, match.end())
        waits = bool(state.findings) and not state.consumed
        if state.bare and state.consumed and not ahead and not _leads_follow(self._text, match.end()):
            name = KINDS.get(state.wave, {}).get(kind)
            leads, state.bare = state.bare, ()
            if name is not None and name != "change":
                state.findings, state.consumed, state.n_words = [_Finding(state.wave, [name])], False, 0
                yield from self._emit(leads, self._part, match.end())
            return
        if state.excepted and kind in {"inversion", "flat", "low"}:
            state.excepted = False
            return
        if kind == "upright":
            state.findings, state.bare = [], ()
            return
        if waits and not state.findings[-1].kinds and not (state.bare and ahead):
            if state.bare and not _leads_follow(self._text, match.end()):
                self._add_word(kind)
                leads, state.bare = state.bare, ()
                yield from self._emit(leads, self._part, match.end())
                return
            self._add_word(kind)
        elif ahead:
            state.prefix.append(kind)
        elif waits:
            joined = state.connector == "or"
            self._add_word(kind)
            state.findings[-1].joined |= joined
        elif state.wave in KINDS and kind in KINDS[state.wave] and kind != "change":
            state.findings = [_Finding(state.wave, minor=state.minor)]
            state.begin, state.consumed, state.n_words, state.bare = match.start(), False, 0, ()
            self._add_word(kind)
        if waits and state.minor and state.findings:
            state.findings[-1].minor = True
        state.minor = False

    def _emit_these(self, end: int) -> Iterator[LeadStatement]:
        """`these leads`: those of the sentence before."""
        named = tuple(dict.fromkeys(row.lead for row in self._before if row.part != "region"))
        regions = tuple(dict.fromkeys(row.lead for row in self._before if row.part == "region"))
        if named:
            state = self._state
            consumed = state.consumed
            yield from self._emit(named, self._part, end)
            state.consumed = consumed and state.consumed
        if regions:
            yield from self._emit(tuple(lead for lead in regions if lead not in named), "region", end)

    def _emit(self, leads: tuple[str, ...], part: Part, end: int) -> Iterator[LeadStatement]:
        state = self._state
        said = [finding for finding in state.findings if finding.kinds]
        if state.findings and not said:
            state.bare = leads if part != "region" else ()
        blocked = state.negated or state.excepted or (state.consumed and state.n_words > 0)
        if said and not blocked:
            evidence = re.sub(r"\s+", " ", self._text[state.begin : end]).strip(" ,")
            for finding in said:
                for kind in finding.names():
                    for lead in leads:
                        yield LeadStatement(lead, finding.wave, kind, part, "minor" if finding.minor else "", evidence)
        if said:
            state.consumed, state.denied, state.negated = True, state.negated, False
            state.bare = leads if part != "region" and all(one.is_change for one in said) else ()
        state.excepted = False
        state.minor, state.n_words, state.prefix = False, 0, []


def _wave(word: str) -> str:
    if word.startswith("stt"):
        return "ST-T"
    if word.startswith("st"):
        return "ST"
    return {"t": "T", "p": "P", "q": "Q", "r": "R", "u": "U"}[word[0]]


def _region(word: str) -> tuple[str, ...]:
    """The leads that a region word stands for."""
    key = next((key for pattern, key in _REGION_WORDS if re.search(pattern, word)), "all")
    return REGIONS[key]


def _ahead_of_wave(text: str, position: int) -> bool:
    """Whether the next word, but for more adjectives, is a wave: the adjective stands before its noun."""
    while match := re.match(r"[\s,]*", text[position:]):
        position += match.end()
        token = TOKEN.match(text, position)
        if token is None:
            return False
        if token.lastgroup in ADJECTIVES or token.group() in {"und", "and", "or", "oder", "segment"}:
            position = token.end()
            continue
        return token.lastgroup in {"wave", "rprog"}
    return False


def _leads_follow(text: str, position: int) -> bool:
    """Whether a list of leads comes next: the adjective opens something new."""
    match = re.match(r"[\s,:]*(?:(?:in|ueber|of)\s+)?", text[position:])
    begin = position + (match.end() if match else 0)
    return bool(scan_leads(text, begin, short=match is not None and match.group().endswith(("in ", "ueber ")))[0])
