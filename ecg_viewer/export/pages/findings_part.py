"""Findings on pages: what was found, decided and noted, the leads' scores, and what was not assessed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.page_options import MARGIN_MM, PageOptions
from ecg_viewer.export.pages.ink import (
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
from ecg_viewer.state.assessment import Assessment, LeadStanding, Phase
from ecg_viewer.state.core_words import said
from ecg_viewer.state.language import tr
from ecg_viewer.state.no_findings import no_findings_sentence
from ecg_viewer.state.numbers import number
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS
from ecg_viewer.state.wording import (
    RESEARCH_USE_NOTICE,
    comparison_sentence,
    is_long,
    percentile_text,
    quality_text,
    time_text,
)
from mmae_core.said import Joined

ROW_GAP_MM = 0.9
MOST_LISTED = 200
"""Findings that pages list; a day of recording has tens of thousands."""


@dataclass(frozen=True)
class Block:
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


def blocks(content: RecordContent, options: PageOptions, stretch: tuple[float, float]) -> list[Block]:
    """Everything the pages of findings say, from the top down; `stretch` is what the pages of paper show."""
    width = options.size_mm[0] - 2 * MARGIN_MM
    listed = listed_findings(content, stretch)
    found = [_heading(tr("Findings"))]
    if len(listed) < len(content.findings):
        sentence = tr("{shown} of {count}: those that were decided, and the strongest on these pages. The tables (CSV) "
                      "and the JSON hold all.")
        found.append(_paragraph(sentence.format(shown=len(listed), count=number(len(content.findings), ",")), width))
    found += _finding_table(content, listed, width)
    found += [_heading(tr("Leads in the strongest 10 s")), *_lead_table(content, width)]
    if content.window is not None:
        for sentence in (comparison_sentence(content.window, content.assessment.window_counts),
                         quality_text(content.window.quality, of_strongest=content.record.duration_s > 10)):
            if sentence:
                found.append(_paragraph(sentence, width))
    if content.cautions:
        found += [_heading(tr("Caution")), *(_paragraph(said(note), width) for note in content.cautions)]
    found.append(_heading(tr("Not assessed")))
    notes = content.not_assessed or (tr("Nothing was left out.") if content.is_assessed else tr("No model was asked."),)
    found += [_paragraph(said(note), width) for note in notes]
    found += [_heading(tr("What this is not for")), _paragraph(tr(RESEARCH_USE_NOTICE), width)]
    return found


def listed_findings(content: RecordContent, stretch: tuple[float, float]) -> list[tuple[int, ReviewedFinding]]:
    """Findings with their numbers: all, or of very many the decided ones and the strongest of a stretch."""
    numbered = list(enumerate(content.findings, 1))
    if len(numbered) <= MOST_LISTED:
        return numbered
    start_s, end_s = stretch
    decided = [item for item in numbered if item[1].decision != "unreviewed" or item[1].note]
    others = [item for item in numbered if item[1].decision == "unreviewed" and not item[1].note]
    shown = [item for item in others if item[1].start_s < end_s and item[1].end_s > start_s]
    chosen = [*decided[: 5 * MOST_LISTED], *shown[: max(0, MOST_LISTED - len(decided))]]
    return sorted(chosen, key=lambda item: item[0])


def paginate(found: list[Block], room_mm: float) -> list[list[Block]]:
    """Blocks dealt to pages; a table that goes on repeats its column names, a heading stays with what follows."""
    pages: list[list[Block]] = [[]]
    used = 0.0
    header: Block | None = None
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


def paint_blocks(painter: QPainter, page: list[Block], options: PageOptions, top_mm: float) -> None:
    """Draw the blocks of one page."""
    theme = options.theme
    for block in page:
        colour = theme.quiet_text if block.is_header else theme.human_ink if block.human else theme.text
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


def _heading(text: str) -> Block:
    size = TEXT_MM + 0.7
    return Block(line_mm(size) + 2.4, ((MARGIN_MM, (text,)),), size, is_heading=True)


def _paragraph(text: str, width_mm: float) -> Block:
    lines = tuple(wrapped(text, width_mm, TEXT_MM))
    return Block(len(lines) * line_mm(TEXT_MM) + 0.5, ((MARGIN_MM, lines),))


def _row(values: list[str], widths: list[float], *, is_header: bool = False, human: bool = False) -> Block:
    left, cells = MARGIN_MM, []
    size = SMALL_MM + 0.2 if is_header else TEXT_MM
    for value, width in zip(values, widths, strict=True):
        cells.append((left, tuple(wrapped(value, width - 1.5, size))))
        left += width
    height = max(len(lines) for _, lines in cells) * line_mm(size) + ROW_GAP_MM
    return Block(height, tuple(cells), size, is_header=is_header, rule=True, human=human)


def _finding_table(
    content: RecordContent, listed: list[tuple[int, ReviewedFinding]], width: float
) -> list[Block]:
    if not content.findings:
        return [_paragraph(_none(content.assessment), width)]
    widths = [8.0, 13.0, 34.0, 22.0, 26.0, 34.0]
    rest = width - sum(widths)
    widths += [rest * 0.62, rest * 0.38]
    header = [tr("No."), tr("Lead"), tr("From – to"), tr("Percentile"), tr("Found by"), tr("Decision"),
              tr("Label and note"), tr("Signal")]
    long = is_long(content.record.duration_s)
    rows = [_row(header, widths, is_header=True)]
    for place, finding in listed:
        rows.append(_row(_finding_cells(place, finding, long), widths, human=finding.is_positive))
    return rows


def _none(assessment: Assessment) -> str:
    if assessment.phase is Phase.NONE:
        return tr("None.")
    if assessment.phase.is_running:
        return tr("None so far: the recording was not yet assessed as a whole.")
    return no_findings_sentence(assessment)


def _finding_cells(place: int, finding: ReviewedFinding, long: bool) -> list[str]:
    start, end = time_text(finding.start_s, long=long), time_text(finding.end_s, long=long)
    unit = "" if long else " s"
    percentile = "–" if finding.percentile is None else percentile_text(finding.percentile)
    if finding.unreliable:
        percentile = tr("unreliable")  # as in the window: its number may say more about the signal than the heart
    author = tr("model") if finding.found_by == "model" else tr("reviewer")
    decision = f"{STATE_SYMBOLS[finding.decision]} {tr(STATE_WORDS[finding.decision])}"
    if finding.decision != "unreviewed" and finding.reviewer:
        decision += f" ({finding.reviewer})"
    words = " – ".join(part for part in (finding.label, finding.note) if part)
    return [str(place), finding.lead, f"{start} – {end}{unit}", percentile, author, decision, words,
            _worst_fault(finding.unreliable)]


def _worst_fault(reason: str) -> str:
    """The first of what was found in a signal; a row that repeats it all for each finding would fill pages."""
    parts = reason.parts if isinstance(reason, Joined) else (reason,)
    return said(parts[0]) + (" …" if len(parts) > 1 else "") if parts else ""


def _lead_percentile(standing: LeadStanding, *, is_reliable: bool) -> str:
    """In brackets where it does not count."""
    if math.isnan(standing.percentile):
        return tr("n/a")
    figure = percentile_text(standing.percentile)
    return figure if is_reliable else f"({figure})"


def _lead_table(content: RecordContent, width: float) -> list[Block]:
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
