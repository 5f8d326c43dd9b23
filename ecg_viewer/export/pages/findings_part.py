"""The pages of findings: findings, decisions and notes, lead scores, and what was not assessed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.finding_rows import FindingRow, finding_rows
from ecg_viewer.export.page_options import MARGIN_MM, PageOptions
from ecg_viewer.export.pages.pens_and_text import (
    RULE_MM,
    SMALL_MM,
    TEXT_MM,
    box,
    line_mm,
    mm,
    pen,
    text_width_mm,
    wrapped,
    write,
    write_lines,
)
from ecg_viewer.state.assessment import Assessment, LeadResult, Phase
from ecg_viewer.state.measure.interval_words import interval_lines, stretch_text
from ecg_viewer.state.review.conclusion_words import author_text
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS
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
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS
from mmae_core.messages import JoinedMessage
from mmae_core.own_beats.results import OwnBeats

ROW_GAP_MM = 0.9
MOST_LISTED = 200
"""Rows of findings that pages list; a day of recording may have very many."""
MOST_SHAPED = 20
"""Stretches of which pages tell the shapes of the beats."""


@dataclass(frozen=True)
class PageBlock:
    """Something that stays on one page: a heading, a row of a table, a paragraph."""

    height_mm: float
    cells: tuple[tuple[float, tuple[str, ...]], ...]
    """(left edge, lines)"""
    size_mm: float = TEXT_MM
    is_heading: bool = False
    is_header: bool = False
    """Column names: repeated where the table goes on."""
    rule: bool = False
    human: bool = False


def blocks(content: RecordContent, options: PageOptions, stretch: tuple[float, float]) -> list[PageBlock]:
    """Everything the pages of findings say, from the top down; `stretch` is what the pages of paper show."""
    width = options.size_mm[0] - 2 * MARGIN_MM
    rows = finding_rows(content)
    listed = listed_rows(rows, stretch)
    found = [*_conclusion(content, width), _heading(tr("Findings"))]
    if len(listed) < len(rows):
        sentence = tr("{shown} of {count}: those that were decided, and the strongest on these pages. The tables (CSV) "
                      "and the JSON hold all.")
        found.append(_paragraph(sentence.format(shown=len(listed), count=number(len(rows), ",")), width))
    found += _finding_table(content, listed, width)
    found += _measurements(content, width)
    found += [_heading(tr("Leads in the strongest 10 s")), *_lead_table(content, width)]
    if content.window is not None:
        for sentence in (comparison_sentence(content.window, content.assessment.window_counts),
                         quality_text(content.window.quality, of_strongest=content.record.duration_s > 10)):
            if sentence:
                found.append(_paragraph(sentence, width))
    if content.cautions:
        found += [_heading(tr("Caution")), *(_paragraph(translated(note), width) for note in content.cautions)]
    found.append(_heading(tr("Not assessed")))
    notes = content.not_assessed or (tr("Nothing was left out.") if content.is_assessed else tr("No model was asked."),)
    found += [_paragraph(translated(note), width) for note in notes]
    found += _not_measured(content, width)
    found += [_heading(tr("What this is not for")), _paragraph(tr(RESEARCH_USE_NOTICE), width)]
    return found


def _conclusion(content: RecordContent, width: float) -> list[PageBlock]:
    """What a reviewer wrote, line by line, and who it was; nothing without one."""
    if content.conclusion is None:
        return []
    lines = [line for line in content.conclusion.text.splitlines() if line.strip()]
    author = tr("Written by {author}").format(author=author_text(content.conclusion))
    return [_heading(tr("Conclusion")), *(_paragraph(line, width) for line in (*lines, author))]


def listed_rows(rows: Sequence[FindingRow], stretch: tuple[float, float]) -> list[FindingRow]:
    """All rows, or of very many the decided ones and the strongest of a stretch."""
    if len(rows) <= MOST_LISTED:
        return list(rows)
    decided = [row for row in rows if row.is_touched]
    shown = [row for row in rows if not row.is_touched and row.reaches(*stretch)]
    chosen = [*decided[: 5 * MOST_LISTED], *shown[: max(0, MOST_LISTED - len(decided))]]
    return sorted(chosen, key=lambda row: row.number)


def paginate(found: list[PageBlock], room_mm: float) -> list[list[PageBlock]]:
    """Blocks dealt to pages; a table that goes on repeats its column names, a heading stays with what follows."""
    pages: list[list[PageBlock]] = [[]]
    used = 0.0
    header: PageBlock | None = None
    for index, block in enumerate(found):
        if block.is_heading:
            header = None
        following = found[index + 1] if index + 1 < len(found) else None
        wanted = block.height_mm
        if (block.is_heading or block.is_header) and following is not None:
            wanted += following.height_mm
        if pages[-1] and used + wanted > room_mm:
            pages.append([] if header is None or block.is_header else [header])
            used = sum(item.height_mm for item in pages[-1])
        pages[-1].append(block)
        used += block.height_mm
        if block.is_header:
            header = block
        elif not block.cells or len(block.cells) == 1:
            header = None
    return pages


def paint_blocks(painter: QPainter, page: list[PageBlock], options: PageOptions, top_mm: float) -> None:
    """Draw the blocks of one page."""
    theme = options.theme
    for block in page:
        colour = theme.quiet_text if block.is_header else theme.human_colour if block.human else theme.text
        for left, lines in block.cells:
            if block.is_heading:
                write(painter, left, top_mm + 1.6, lines[0], block.size_mm, colour, bold=True)
            else:
                write_lines(painter, left, top_mm, lines, block.size_mm, colour)
        top_mm += block.height_mm
        if block.rule:
            painter.setPen(pen(QColor(theme.rule), RULE_MM))
            y = mm(top_mm - ROW_GAP_MM / 2)
            painter.drawLine(QPointF(mm(MARGIN_MM), y), QPointF(box(options.size_mm[0] - MARGIN_MM, 0, 0, 0).left(), y))


def _heading(text: str) -> PageBlock:
    size = TEXT_MM + 0.7
    return PageBlock(line_mm(size) + 2.4, ((MARGIN_MM, (text,)),), size, is_heading=True)


def _paragraph(text: str, width_mm: float) -> PageBlock:
    lines = tuple(wrapped(text, width_mm, TEXT_MM))
    return PageBlock(len(lines) * line_mm(TEXT_MM) + 0.5, ((MARGIN_MM, lines),))


def _row(values: list[str], widths: list[float], *, is_header: bool = False, human: bool = False) -> PageBlock:
    left, cells = MARGIN_MM, []
    size = SMALL_MM + 0.2 if is_header else TEXT_MM
    for value, width in zip(values, widths, strict=True):
        cells.append((left, tuple(wrapped(value, width - 1.5, size))))
        left += width
    height = max(len(lines) for _, lines in cells) * line_mm(size) + ROW_GAP_MM
    return PageBlock(height, tuple(cells), size, is_header=is_header, rule=True, human=human)


def _finding_table(content: RecordContent, listed: Sequence[FindingRow], width: float) -> list[PageBlock]:
    if not content.findings:
        return [_paragraph(_none(content.assessment), width)]
    widths = [8.0, 0.0, 42.0, 20.0, 26.0, 30.0, 0.0, 0.0]
    rest = width - sum(widths)
    widths[1], widths[6], widths[7] = rest * 0.5, rest * 0.3, rest * 0.2
    header = [tr("No."), tr("Finding"), tr("Where"), tr("Percentile"), tr("Found by"), tr("Decision"),
              tr("Label and note"), tr("Signal")]
    long = is_long(content.record.duration_s)
    rows = [_row(header, widths, is_header=True)]
    for row in listed:
        rows.append(_row(_finding_cells(row, long), widths, human=row.is_positive))
    return rows


def _none(assessment: Assessment) -> str:
    if assessment.phase is Phase.NONE:
        return tr("None.")
    if assessment.phase.is_running:
        return tr("None so far: the recording was not yet assessed as a whole.")
    return no_findings_sentence(assessment)


def _finding_cells(row: FindingRow, long: bool) -> list[str]:
    first, percentile = row.first, row.percentile
    shown = "–" if percentile is None else percentile_text(percentile)
    if row.unreliable:
        shown = tr("unreliable")  # as in the window: its number may say more about the signal than the heart
    words = dict.fromkeys(" – ".join(filter(None, (item.label, item.note))) for item in row.findings)
    return [str(row.number), _what(row), _where(row, long), shown, _author(first), _decision(row),
            "\n".join(filter(None, words)), _worst_fault(row.unreliable)]


def _what(row: FindingRow) -> str:
    """What a fact says, with the sentence of its strongest finding; of a finding alone its lead, and its kind."""
    first = row.first
    if row.fact is None:
        kind = kind_text(first.kind) if first.kind else ""
        return ", ".join(filter(None, (first.lead, kind)))
    title, sentence = translated(row.fact.title), translated(first.sentence)
    return title if not sentence or sentence == title else f"{title}\n{sentence}"


def _where(row: FindingRow, long: bool) -> str:
    """From where to where, and in how many beats or places."""
    start, end = (time_text(at(item.start_s if at is min else item.end_s for item in row.findings), long=long)
                  for at in (min, max))
    text = f"{start} – {end}" + ("" if long else " s")
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


def _measurements(content: RecordContent, width: float) -> list[PageBlock]:
    """What was measured, what of it departs, and the shapes of the beats; empty if nothing was measured."""
    measured = content.measurements
    if measured is None:
        return []
    formula = FORMULAS[DEFAULT_FORMULA]
    departing = {row.quantity: row.departure for row in content.measured_rows}
    widths = [24.0, width * 0.34, width * 0.2]
    widths.append(width - sum(widths))
    found = [_heading(tr("Measurements")),
             _row([tr("Quantity"), tr("Value"), tr("From"), tr("Compared with normal ECGs")], widths, is_header=True)]
    for name, line in zip(departing, interval_lines(measured, formula), strict=True):
        departure = departing[name]
        compared = "" if departure is None else translated(departure.sentence)
        found.append(_row([line.name, line.text, line.basis, compared], widths))
    found.append(_paragraph(stretch_text(measured), width))
    found += [_paragraph(sentence, width) for sentence in shape_sentences(content.assessment.layers.own)]
    return found


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


def _not_measured(content: RecordContent, width: float) -> list[PageBlock]:
    """What the other two layers could not assess, and what no layer can detect: no heat does not mean normal."""
    if content.measurements is None and not content.not_said:
        return []
    found = [_heading(tr("Not measured or compared"))]
    found += [_paragraph(note, width) for note in content.not_said]
    found += [_paragraph(f"{tr(LAYER_TITLES[layer])}: {tr(limit)}", width) for layer, limit in LAYER_LIMITS.items()]
    return found


def _worst_fault(reason: str) -> str:
    """The first of what was found in a signal; a row that repeats it all for each finding would fill pages."""
    parts = reason.parts if isinstance(reason, JoinedMessage) else (reason,)
    return translated(parts[0]) + (" …" if len(parts) > 1 else "") if parts else ""


def _lead_percentile(result: LeadResult, *, is_reliable: bool) -> str:
    """In brackets if it is unreliable."""
    if math.isnan(result.percentile):
        return tr("n/a")
    figure = percentile_text(result.percentile)
    return figure if is_reliable else f"({figure})"


def _lead_table(content: RecordContent, width: float) -> list[PageBlock]:
    standings = content.lead_scores
    if not standings:
        return [_paragraph(content.assessment.message or tr("Nothing was assessed."), width)]
    first = text_width_mm(tr("Percentile"), TEXT_MM) + 6
    widths = [first, *[(width - first) / len(standings)] * len(standings)]
    whole = content.window is None or content.window.reliable
    scores = [_lead_percentile(item, is_reliable=whole and not item.is_poor) for item in standings]
    reliable = [tr("poor") if item.is_poor else "" for item in standings]
    rows = [_row(["", *(item.lead for item in standings)], widths, is_header=True),
            _row([tr("Percentile"), *scores], widths)]
    if any(reliable):
        rows.append(_row([tr("Signal"), *reliable], widths))
    return rows
