"""The pages of findings: titles, sentences and tables of the report, dealt to pages and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.page_options import MARGIN_MM, PageOptions
from ecg_viewer.export.pages.pens_and_text import (
    RULE_MM,
    SMALL_MM,
    TEXT_MM,
    box,
    line_mm,
    mm,
    pen,
    wrapped,
    write,
    write_lines,
)
from ecg_viewer.export.report_sections import ReportSection, ReportTable

ROW_GAP_MM = 0.9


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


def blocks(sections: Sequence[ReportSection], options: PageOptions) -> list[PageBlock]:
    """The sections as what stays together on a page, from the top down."""
    width = options.size_mm[0] - 2 * MARGIN_MM
    found: list[PageBlock] = []
    for section in sections:
        found.append(_heading(section.title))
        for part in section.parts:
            found += _table(part, width) if isinstance(part, ReportTable) else [_paragraph(part, width)]
    return found


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


def _table(table: ReportTable, width_mm: float) -> list[PageBlock]:
    rest = width_mm - sum(column.mm for column in table.columns)
    widths = [column.mm or column.share * rest for column in table.columns]
    header = _row([column.title for column in table.columns], widths, is_header=True)
    return [header, *(_row(row.cells, widths, human=row.is_of_reader) for row in table.rows)]


def _row(
    values: Sequence[str], widths: Sequence[float], *, is_header: bool = False, human: bool = False
) -> PageBlock:
    left, cells = MARGIN_MM, []
    size = SMALL_MM + 0.2 if is_header else TEXT_MM
    for value, width in zip(values, widths, strict=True):
        cells.append((left, tuple(wrapped(value, width - 1.5, size))))
        left += width
    height = max(len(lines) for _, lines in cells) * line_mm(size) + ROW_GAP_MM
    return PageBlock(height, tuple(cells), size, is_header=is_header, rule=True, human=human)
