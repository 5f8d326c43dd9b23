"""Vocabulary of PTB-XL's reports in English, German and Swedish.

A report is lower case with umlauts written as `ae`, `oe`, `ue`, `aa` (see `normalised_text`). `TOKEN` finds the next
relevant word; the name of its group is its type.
"""

from __future__ import annotations

import re

_UMLAUTS = str.maketrans({"Ä": "ae", "ä": "ae", "Ö": "oe", "ö": "oe", "Ü": "ue", "ü": "ue", "ß": "ss", "Å": "aa",
                          "å": "aa", "#": "ue"})
"""Reports are lower case, but for their umlauts (`ventrikulÄre`); one charset wrote `#bergang`."""

_NOISE = (
    (re.compile(r"consensus label derived from.*"), ""),
    (re.compile(r"\b(?:s\s*[i1]\s*[-/, ]?\s*)?q\s*(?:iii|3)\s*[-/ ]*(?:t\s*iii)?\s*-?\s*(?:links)?typ\b"), "; "),
    (re.compile(r"\bs\s*1\s*[-/ ]?\s*q\s*3\b"), "; "),
    (re.compile(r"(\ba-?v\s*-?\s*block|\bmobitz|\bgrad|\btyp(?:e)?|\bdegree)[ .-]*(?:i{1,3}|[123])\b\.?"), r"\1"),
    (re.compile(r"\bi{1,3}\s*\.\s*(?=grad)"), ""),
    (re.compile(r"\b\d{1,2}[:.]\d{1,2}[:.]\d{2,4}\b|\b\d{1,2}:\d{2}\b"), " "),
    (re.compile(r"\bin\s*(?=(?:v\s?[1-6]|av[rlf]|iii?|i)(?![a-z0-9]))"), "in "),
    (re.compile(r"\bst\s*&\s*t\b|\bst\s*,?\s*(?:and|und|och)\s*t\b|\bst\s*-\s*t\b"), "stt "),
    (re.compile(r"\bu\.?\s?-?\s?(?=well)"), "u"),
    (re.compile(r"\bweder\b([^.;]*?)\bnoch\b"), r"nor\1nor"),
)
_SWEDISH = re.compile(r"rytm|saenk|foeraendr|saasom|vaenster|hoeger|avvik|vaag|\boch\b|ospecif|arbet|kammar|"
                      r"misstank|skada|inger")
_SWEDISH_IN = re.compile(r"\bi\s+(?=v\s?[1-6]|av[rlf]|iii?\b|i\b|infer|later|anter|samtlig|alla|broest|extrem)")
_EDIT_LEAD = r"(?=I{1,3}(?![a-z])|aV[RLFrlf]|[Vv]\s?[1-6])"
_EDIT_GLUED = re.compile(rf"(rSR|rSr|rsR|RSR|rS|QS|qs|qRs?|QR|rqs|Q|q|S|s|STs?|R/S>1|R|r|T)"
                         rf"{_EDIT_LEAD}")
_EDIT_WORD = re.compile(rf"(?<=[a-zäöü]{{3}}){_EDIT_LEAD}")
_COMPLEXES = {"qR": "q", "qRs": "q", "QR": "q", "rqs": "qs"}
"""Complexes in which a Q wave is what stands out."""

_ABBREVIATIONS = (
    "neg|pos|biphas|diph|intraventr|intravent|atr|path|kompl|inkompl|chron|fragl|ant|post|inf|lat|asz|desz|verd|vd|ca|"
    "sign|sek|insp|ev|evtl|evt|wahrsch|diskr|mod|abgefl|ventr|supraventr|extr|re|li|uebl|bzw|z|b|v|a|u|d|h|dd|vs|nb|"
    "ablt|abl|des|desc|aszend|t|muldenf|schenkelbl|repol|tachyk|bradyk|vorh|angedeut|symm|term|praeterm|insb|insbes|unspez|regred|progr|st"
)
GONE = re.compile(
    r"\b(?:has|have)\s+(?:now\s+|since\s+)?(?:resolved|disappeared|gone|normali[sz]ed)\b"
    r"|(?<!\br waves )(?<!\br wave )\b(?:is|are)\s+(?:now\s+)?(?:absent|no longer\s+(?:present|seen|visible|evident))\b"
    r"|\bnicht mehr\s+(?:nachweisbar|vorhanden|sichtbar|zu sehen)\b"
)
"""What was said ahead of it is no longer so."""
_IS_ABBREVIATION = re.compile(rf"(?:^|[^a-z])(?:{_ABBREVIATIONS})$")

TOKEN = re.compile(
    r"(?P<except>\b(?:ausser|except|utom|ohne v)\b)"
    r"|(?P<notneg>\b(?!(?:no|kein\w*)\s+(?:sign\w*\.?|definit\w*)\s+(?!change|veraend))"
    r"(?:not?|nicht|ej|kein\w*)\b(?=\s+(?:be\s|excluded|meeting|sign|certain|evident|auszuschl|change|"
    r"significant|uteslut|beurteil|bestaem|diagnos|definit|ger|anzeichen|hinweis|longer)))"
    r"|(?P<rather>\b(?:rather than|instead of|no longer|statt|anstatt|previously|frueher)\b)"
    r"|(?P<neg>\b(?:fehlende[nrs]?|absent|missing)\s+(?=q\b)"
    r"|(?<!lagetyp )\b(?:normal\w*|good|preserved|adequate|gute?|regelrechte|unauffaellige|ausreichende)\s+"
    r"(?=r[- ]*(?:wave\s+|zacken[- ]?)?\s*(?:progr|zuwachs|aufbau))"
    r"|\b(?:no|not|nor|neither|without|absence of|kein|keine|keinen|keiner|keinerlei|ohne|avsaknad|nicht|ej|"
    r"ingen|inga|inget|utan)\b(?:\s+sign\.)?)"
    r"|(?P<but>\b(?:but|aber|jedoch|men)\b)"
    r"|(?P<normal>\b(?:(?:is|are|may be|could be|be|is probably|are probably|probably|within) normal\b|"
    r"normal variants?\b|normvarianten?\b|physiologi\w+|noch normal\b|normal variant))"
    r"|(?P<these>\b(?:these|the same|diesen|denselben|samma|dessa)\s+(?:leads|abl\w*|avledning\w*))"
    r"|(?P<other>\b(?:other|remaining|uebrigen|restlichen|oevriga)\s+(?:\w+\s+)?(?:leads|abl\w*|avledning\w*))"
    r"|(?P<region>\b(?:(?:(?:left|right|anterior|lateral|inferior|septal|antero\w+|high|mid|standard|infero\w+|chest|"
    r"precordial|limb|v|all|most|many|several|some)(?:\s*(?:&|and|,)\s*|\s+))+leads?\b"
    r"|throughout\b|in\s+general\b|generell\b|diffus\w*\b|allgemein\b|algemein\b|ueberall\b"
    r"|(?:in\s+)?(?:allen|saemtlichen|samtliga|alla)\s+(?:abl\w*|avledning\w*)"
    r"|brustwand\w*|(?:linke?n?|rechten?)\s*praekordial\w*|praecordial\w*|praekordial\w*|broestavledning\w*"
    r"|extremitaet\w*|extremitetsavledning\w*|extr\.?\s*-?\s*abl\w*|periphere?n?\s+abl\w*"
    r"|(?:hoch|antero|infero|postero)?-?(?:lateral|septal|inferior|anterior)(?:en?|t)?\b"
    r"(?!\s*-?\s*(?:infar|isch|hemi|wand|myok|lead|avb|block|schen|lead|damage|subendo|skada|belast|und\s+\w+\s+infar))"
    r"(?:\s+(?:abl\w*|avledning\w*|spitze(?=\s+t)))?))"
    r"|(?P<rprog>(?:(?:poor|reduced|slow|delayed|loss of|no|absent|bad|impaired|schlechte?r?|schwache|fehlende[rs]?|"
    r"verzoegerte|mangelhafte|mangelnde|geringfuegige|geringe|abnorme?|traege|verminderte|keine?|langsame|unzureichende|gestoerte|"
    r"leichte?|leicht|sprunghafte|nedsatt|daalig)\s+)*"
    r"(?:progression of r waves?|\br[- ]*(?:wave\s+|zacken[- ]?)?\s*(?:progr\w*\.?|progredien\w*|zuwachs|aufbau)))"
    r"|(?P<rloss>\br[- ]*(?:verlust|reduktion|regred\w*|regression|amputation)|verlust (?:der|des|von) r\b)"
    r"|(?P<qs>\bqs(?:[- ]*(?:complex\w*|waves?|zacken?|komplex\w*|form\w*|typ|pattern))?\b)"
    r"|(?P<delay>\b(?:intra\w*\.?\s*)?(?:leitungsstoe?o?erung\w*|leitungsverzoegerung\w*|leitungsverz\w*"
    r"|conduction (?:delay|defect|disturbance)|retledningsrubbning))"
    r"|(?P<notch>\b(?:notching|splitterung|aufsplitterung|knotung|verknotung)\w*)"
    r"|(?P<infarct>\b(?:infarkt|infarct)\w*\s*(?:\w+\s*)?(?=\(\s*(?:v\s?[1-6]|iii?\b|i\b|av[rlf])))"
    r"|(?P<lowvolt>\blow[- ]?voltage\w*|\bnieder(?:spannung|voltage)\w*)"
    r"|(?P<digitalis>\bdigitalisveraend\w*|\bmulde\w*)"
    r"|(?P<atrial>\batriale\s+(?:leitungs\w*))"
    r"|(?P<clear>\b(?:lagetyp|linkstyp|rechtstyp|steil\w*|\w*lagetyp|\w*rhythm\w*|\w*rytm\b|\w*block\w*|ekg|ecg|infar\w*"
    r"|\w*hypertroph\w*|\w*systole\w*|qualit\w*|\w*artefa\w*|artifact\w*|base-?line\w*|drift\w*|sokolow\w*"
    r"|ausfall\w*|\w*ausfall|muskel\w*|\w*zittern|elektrod\w*|electrod\w*|p-\s?\w*cardiale|p[- ]pulmonale"
    r"|p[- ]mitrale|\w*flimmern|\w*flattern|fibrillation|transition\w*|uebergang\w*|\w*ueberlast\w*|\w*ueberbelast\w*"
    r"|voltages?|rsr?s?\b|llt|mlt|slt|rsb|lsb|lahb?|rate|kompletter|\w*bradyk\w*|\w*tachyk\w*|repol\w*|pq|qt))"
    r"|(?P<wave>\bst(?:de|el)?[-_ ]*(?:segments?|segment|strecken?|strecke|abgaenge?|abgang|veraenderungen?)?\b"
    r"|\bstt(?:[- ]*(?:waves?|segments?|strecken?))?\b|\bst(?=(?:hebung|senkung))"
    r"|\b[tpqru]\s*-?\s*(?:waves?|wellen?|zacken?|welle|zacke|vaag\w*)\b|\buwell\w*|\b[tpqr]\b(?!\s*[-/]\s*s\b))"
    r"|(?P<down>\b(?:depress\w*|senkung\w*|gesenkt\w*|saenkning\w*|saenkt\w*|absenkung\w*))"
    r"|(?P<up>\b(?:elevat\w*|hebung\w*|angehoben\w*|gehoben\w*|hoejning\w*|hoejd\w*|anhebung\w*))"
    r"|(?P<inversion>\b(?:invert\w*|inversion\w*|neg(?:ativ\w*)?\b\.?|praeterm\w*\.?\s*neg\w*|negativer\w*))"
    r"|(?P<flat>\b(?:flat\w*|flach\w*|abgeflacht\w*|abflach\w*|abgefl\b\.?|verflacht\w*|avflack\w*|flack\w*"
    r"|isoelektr\w*|fehlend\w*|fehlt|absent))"
    r"|(?P<low>\b(?:low|niedrig\w*|laag\w*))"
    r"|(?P<biphasic>\b(?:bi-?phas\w*\.?|bi-?pol\w*|diphas\w*|difas\w*))"
    r"|(?P<tall>\b(?:tall|dominant|peaked|hoch|hohe[sr]?|hoeher\w*|spitze?[sr]?|zugespitzt\w*|ueber?hoe?o?eh\w*"
    r"|erhoeht\w*|vergroessert\w*|zel[tl]foerm\w*|hoeg[at]?\w*|spetsig\w*))"
    r"|(?P<upright>\b(?:upright|aufrecht\w*|positiv\w*|pos\b\.?|isoelectric|unauffaellig\w*))"
    r"|(?P<notched>\b(?:notched|bifid|2-zipflig\w*|zweizipflig\w*|zweigipflig\w*|2-gipflig\w*|doppelgipflig\w*"
    r"|gekerbt\w*))"
    r"|(?P<small>\b(?:small|tiny|winzig\w*|klein\w*|liten|litet|smaa))"
    r"|(?P<change>\b(?:changes?|veraend\w*|abnormal\w*|foeraendr\w*|abnorm\w*))"
    r"|(?P<minor>\b(?:slight\w*|minor|ninor|minimal\w*|diskret\w*|leicht\w*|gering\w*|angedeut\w*|grenzwertig\w*"
    r"|shallow|borderline|mild\w*|obetydlig\w*))"
    r"|(?P<unspecific>\b(?:non-?\s?specific|unspezifisch\w*|unspecific|ospecif\w*))"
    r"|(?P<join>\b(?:in|and|und|och|samt|sowie|over|ueber|bis|with|mit|of|auch|also|leads?|waves?|are|is|was|now|to"
    r"|the|but|v\.?a|both|om|von|ableitung\w*|abl\w*\.?|abt\w*|segments?|terminal\w*|praetermin\w*|deep\w*|tief\w*|show|shows|a|an|degree|much|more|auch)\b"
    r"|[&+(:])"
    r"|(?P<or>\b(?:or|oder|bzw|eller)\b)"
    r"|(?P<comma>[,/])"
    r"|(?P<stop>[.);!?])"
    r"|(?P<word>[a-z0-9][a-z0-9<>=%*'_-]*)"
)

KINDS: dict[str, dict[str, str]] = {
    "ST": {"down": "depression", "up": "elevation", "tall": "elevation", "flat": "flat", "change": "change",
           "inversion": "depression"},
    "T": {"inversion": "inversion", "flat": "flat", "low": "low", "biphasic": "biphasic", "tall": "tall",
          "up": "tall", "notched": "notched", "change": "change", "small": "low", "down": "low"},
    "P": {"inversion": "inversion", "flat": "flat", "biphasic": "biphasic", "tall": "tall", "notched": "notched"},
    "R": {"small": "small r", "low": "small r", "flat": "absent r", "tall": "tall r"},
    "ST-T": {"change": "change", "down": "depression", "up": "elevation"},
}
"""What an adjective says of a wave."""
ADJECTIVES = frozenset(word for kinds in KINDS.values() for word in kinds) | {"upright"}
OF_THEMSELVES = {
    "rprog": ("R", "poor r progression"), "rloss": ("R", "r loss"), "qs": ("Q", "qs"),
    "delay": ("QRS", "conduction delay"), "notch": ("QRS", "notching"), "infarct": ("Q", "infarct"),
    "lowvolt": ("QRS", "low voltage"), "digitalis": ("ST", "depression (digitalis)"),
}
"""Words that name a wave and its finding at once."""
JOINED_ORDER = ("low", "flat", "inversion", "biphasic")
"""`flat or low` and `low or flat` are one kind, named in this order."""


def normalised_text(text: str, *, edited: bool = False) -> str:
    """A report as the rules read it: lower case, umlauts in two letters, runs of blanks as one.

    `edited` is for a cardiologist's note, in which waves are glued to leads: `QSIII`, `rSIII,qI,aVL`.
    """
    if edited:
        text = _EDIT_GLUED.sub(lambda match: f" {_COMPLEXES.get(match.group(1), match.group(1))} ", text)
        text = _EDIT_WORD.sub(" ", text).replace("Tneg", "T neg")
    text = re.sub(r"\s+", " ", text.translate(_UMLAUTS).lower()).strip()
    for pattern, instead in _NOISE:
        text = pattern.sub(instead, text)
    return _SWEDISH_IN.sub("in ", text) if _SWEDISH.search(text) else text


def sentences(text: str) -> list[str]:
    """Split at full stops that end no abbreviation, and at semicolons."""
    found, begin = [], 0
    for match in re.finditer(r"\.(?=\s|$)|;", text):
        if match.group() == "." and _IS_ABBREVIATION.search(text[:match.start()]):
            continue
        found.append(text[begin : match.end()].strip())
        begin = match.end()
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]
