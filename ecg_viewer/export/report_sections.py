"""What the pages of findings say, as titles, sentences and tables: the same in a PDF and in HTML. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.finding_rows import FindingRow, finding_rows
from ecg_viewer.export.report_head import ReportHead
from ecg_viewer.state.assessment import Assessment, LeadResult, Phase
from ecg_viewer.state.measure.interval_words import interval_lines, stretch_text
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS
from ecg_viewer.state.time_of_day import clock_of
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.empty_list_words import no_findings_sentence
from ecg_viewer.state.words.kind_words import LAYER_WORDS, kind_text
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.layer_words import LAYER_LIMITS, LAYER_TITLES
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import (
    RESEARCH_USE_NOTICE,
    comparison_sentence,
    is_long,
    percentile_text,
    quality_text,
    time_text,
)
from mmae_core.clock import Clock
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS
from mmae_core.messages import JoinedMessage
from mmae_core.own_beats.results import OwnBeats

MOST_LISTED = 200
"""Rows of findings that pages list; a day of recording may have very many."""
MOST_SHAPED = 20
"""Stretches of which pages tell the shapes of the beats."""


@dataclass(frozen=True)
class Column:
    """A column of a table: `mm` wide, or a `share` of what the others leave."""

    title: str
    mm: float = 0.0
    share: float = 0.0


@dataclass(frozen=True)
class TableRow:
    """One row; a cell may have several lines."""

    cells: tuple[str, ...]
    is_of_reader: bool = False
    """Whether a person confirmed or marked what it says."""


@dataclass(frozen=True)
class ReportTable:
    """Rows under column names. The first cell of a row names it if `names_rows`."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    names_rows: bool = False


@dataclass(frozen=True)
class ReportSection:
    """A title with sentences and tables under it."""

    title: str
    parts: tuple[str | ReportTable, ...]


def report_sections(content: RecordContent, stretch: tuple[float, float]) -> tuple[ReportSection, ...]:
    """Everything the pages of findings say, from the top down; `stretch` is what the pages of paper show, in s."""
    found = [*_conclusion(content), _findings(content, stretch)]
    if content.measurements is not None:
        found.append(_measurements(content))
    found.append(_leads(content))
    if content.cautions:
        found.append(ReportSection(tr("Caution"), tuple(translated(note) for note in content.cautions)))
    notes = content.not_assessed or (tr("Nothing was left out.") if content.is_assessed else tr("No model was asked."),)
    found.append(ReportSection(tr("Not assessed"), tuple(translated(note) for note in notes)))
    if content.measurements is not None or content.not_said:
        found.append(_not_measured(content))
    return (*found, ReportSection(tr("What this is not for"), (tr(RESEARCH_USE_NOTICE),)))


def listed_rows(rows: Sequence[FindingRow], stretch: tuple[float, float]) -> list[FindingRow]:
    """All rows, or of very many the decided ones and the strongest of a stretch."""
    if len(rows) <= MOST_LISTED:
        return list(rows)
    decided = [row for row in rows if row.is_touched]
    shown = [row for row in rows if not row.is_touched and row.reaches(*stretch)]
    chosen = [*decided[: 5 * MOST_LISTED], *shown[: max(0, MOST_LISTED - len(decided))]]
    return sorted(chosen, key=lambda row: row.number)


def shape_sentences(stretches: Sequence[OwnBeats]) -> list[str]:
    """`Beats by shape: 11 of shape A, 1 of shape B (wide)`, of a recording of one stretch; else with its times."""
    sentences = []
    for part in stretches:
        if not part.shapes:
            continue
        shapes = (tr("{n} of shape {name} (wide)") if shape.is_wide else tr("{n} of shape {name}")
                  for shape in part.shapes)
        listed = ", ".join(text.format(n=number(shape.n_beats, ","), name=shape.name)
                           for text, shape in zip(shapes, part.shapes, strict=True))
        text = tr("Beats by shape: {shapes}").format(shapes=listed)
        if len(stretches) > 1:
            text = tr("{start} to {end} s:").format(start=number(part.start_s, ".6g"),
                                                    end=number(part.end_s, ".6g")) + " " + text
        sentences.append(text)
    return sentences[:MOST_SHAPED]


def _conclusion(content: RecordContent) -> tuple[ReportSection, ...]:
    """What the reader wrote, with who wrote it and when; nothing without it."""
    head = ReportHead.of(content)
    if not head.conclusion:
        return ()
    lines = (line for line in head.conclusion.splitlines() if line.strip())
    return (ReportSection(tr("Conclusion"), (*lines, head.written_by)),)


def _findings(content: RecordContent, stretch: tuple[float, float]) -> ReportSection:
    rows = finding_rows(content)
    listed = listed_rows(rows, stretch)
    parts: list[str | ReportTable] = []
    if len(listed) < len(rows):
        sentence = tr("{shown} of {count}: those that were decided, and the strongest on these pages. The tables (CSV) "
                      "and the JSON hold all.")
        parts.append(sentence.format(shown=len(listed), count=number(len(rows), ",")))
    if not content.findings:
        return ReportSection(tr("Findings"), (*parts, _none(content.assessment)))
    columns = (Column(tr("No."), 8.0), Column(tr("Finding"), share=0.5), Column(tr("Leads"), 24.0),
               Column(tr("Time"), 38.0), Column(tr("Percentile"), 19.0), Column(tr("Found by"), 24.0),
               Column(tr("Decision"), 28.0), Column(tr("Label and note"), share=0.3), Column(tr("Signal"), share=0.2))
    long, clock = is_long(content.record.duration_s), clock_of(content.record)
    table = ReportTable(columns, tuple(TableRow(_finding_cells(row, long, clock), row.is_positive) for row in listed))
    return ReportSection(tr("Findings"), (*parts, table))


def _none(assessment: Assessment) -> str:
    if assessment.phase is Phase.NONE:
        return tr("None.")
    if assessment.phase.is_running:
        return tr("None so far: the recording was not yet assessed as a whole.")
    return no_findings_sentence(assessment)


def _finding_cells(row: FindingRow, long: bool, clock: Clock | None) -> tuple[str, ...]:
    first, percentile = row.first, row.percentile
    shown = "–" if percentile is None else percentile_text(percentile)
    if row.unreliable:
        shown = tr("unreliable")  # as in the window: its number may say more about the signal than the heart
    words = dict.fromkeys(" – ".join(filter(None, (item.label, item.note))) for item in row.findings)
    return (str(row.number), _what(row), ", ".join(row.leads) or "–", _when(row, long, clock), shown, _author(first),
            _decision(row), "\n".join(filter(None, words)), _worst_fault(row.unreliable))


def _what(row: FindingRow) -> str:
    """What a fact says, with the sentence of its strongest finding; of a finding alone its kind."""
    first = row.first
    if row.fact is None:
        return kind_text(first.kind) if first.kind else "–"
    title, sentence = translated(row.fact.title), translated(first.sentence)
    return title if not sentence or sentence == title else f"{title}\n{sentence}"


def _when(row: FindingRow, long: bool, clock: Clock | None) -> str:
    """From where to where, and in how many beats or places."""
    first_s, last_s = min(item.start_s for item in row.findings), max(item.end_s for item in row.findings)
    start, end = (time_text(time_s, long=long, clock=clock) for time_s in (first_s, last_s))
    text = f"{start} – {end}" + ("" if long or clock is not None else " s")
    fact = row.fact
    if fact is not None and fact.n_beats > 1:
        return tr("{beats} of {all} beats, {span}").format(beats=number(fact.n_beats, ","),
                                                          all=number(fact.of_beats, ","), span=text)
    if len(row.findings) > 1:
        return tr("{n} places, {span}").format(n=number(len(row.findings), ","), span=text)
    return text


def _author(finding: ReviewedFinding) -> str:
    if finding.found_by == "reviewer":
        return tr("reviewer")
    return tr("model") if finding.layer == "model" else tr(LAYER_WORDS[finding.layer])


def _decision(row: FindingRow) -> str:
    """Of all of it; where that differs, how many of its places were decided and how."""
    decision, first = row.decision, row.first
    if decision == "some":
        states = [item.decision for item in row.findings]
        parts = (f"{STATE_SYMBOLS[state]} {number(states.count(state), ',')} {tr(STATE_WORDS[state])}"
                 for state in STATE_WORDS if state in states)
        return ", ".join(parts)
    text = f"{STATE_SYMBOLS[decision]} {tr(STATE_WORDS[decision])}"
    return f"{text} ({first.reviewer})" if decision != "unreviewed" and first.reviewer else text


def _measurements(content: RecordContent) -> ReportSection:
    """What was measured, what of it departs, and the shapes of the beats."""
    measured = content.measurements
    assert measured is not None, "asked for only with measurements"
    departing = {row.quantity: row.departure for row in content.measured_rows}
    columns = (Column(tr("Quantity"), 24.0), Column(tr("Value"), share=0.34), Column(tr("From"), share=0.2),
               Column(tr("Compared with normal ECGs"), share=0.46))
    rows = []
    for departure, line in zip(departing.values(), interval_lines(measured, FORMULAS[DEFAULT_FORMULA]), strict=True):
        compared = "" if departure is None else translated(departure.sentence)
        rows.append(TableRow((line.name, line.text, line.basis, compared)))
    table = ReportTable(columns, tuple(rows), names_rows=True)
    shapes = shape_sentences(content.assessment.layers.own)
    return ReportSection(tr("Measurements"), (table, stretch_text(measured), *shapes))


def _leads(content: RecordContent) -> ReportSection:
    parts: list[str | ReportTable] = [_lead_table(content)]
    if content.window is not None:
        parts += filter(None, (comparison_sentence(content.window, content.assessment.window_counts),
                               quality_text(content.window.quality, of_strongest=content.record.duration_s > 10)))
    return ReportSection(tr("Leads in the strongest 10 s"), tuple(parts))


def _lead_table(content: RecordContent) -> str | ReportTable:
    standings = content.lead_scores
    if not standings:
        return content.assessment.message or tr("Nothing was assessed.")
    columns = (Column("", 24.0), *(Column(item.lead, share=1 / len(standings)) for item in standings))
    whole = content.window is None or content.window.reliable
    scores = [_lead_percentile(item, is_reliable=whole and not item.is_poor) for item in standings]
    signal = [tr("poor") if item.is_poor else "" for item in standings]
    rows = [TableRow((tr("Percentile"), *scores))]
    if any(signal):
        rows.append(TableRow((tr("Signal"), *signal)))
    return ReportTable(columns, tuple(rows), names_rows=True)


def _lead_percentile(result: LeadResult, *, is_reliable: bool) -> str:
    """In brackets if it is unreliable."""
    if math.isnan(result.percentile):
        return tr("n/a")
    figure = percentile_text(result.percentile)
    return figure if is_reliable else f"({figure})"


def _not_measured(content: RecordContent) -> ReportSection:
    """What the other two layers could not assess, and what no layer can detect: no heat does not mean normal."""
    limits = (f"{tr(LAYER_TITLES[layer])}: {tr(limit)}" for layer, limit in LAYER_LIMITS.items())
    return ReportSection(tr("Not measured or compared"), (*content.not_said, *limits))


def _worst_fault(reason: str) -> str:
    """The first of what was found in a signal; a row that repeats it all for each finding would fill pages."""
    parts = reason.parts if isinstance(reason, JoinedMessage) else (reason,)
    return translated(parts[0]) + (" …" if len(parts) > 1 else "") if parts else ""
