"""What stands round every page: heading, research-use badge, provenance, number; and the legend of the heat."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.page_options import MARGIN_MM, UNITS_PER_MM, PageOptions
from ecg_viewer.export.pages.page_fills import page_fills
from ecg_viewer.export.pages.pens_and_text import (
    HEADING_MM,
    RULE_MM,
    SMALL_MM,
    TEXT_MM,
    badge,
    box,
    elided,
    line_mm,
    pen,
    text_width_mm,
    wrapped,
    write,
    write_lines,
)
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.export.report_head import waiting_sentence
from ecg_viewer.paint.heat_painter import paint_strip
from ecg_viewer.render.heat_bands import EDGED_LAYERS, edge_band
from ecg_viewer.render.legend_colours import LEGEND_TICKS, legend_place, legend_ramp, unreliable_colour
from ecg_viewer.state.measure.header_line import SEPARATOR, header_parts, header_text
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.layer_words import LAYER_TITLES
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE, record_sentence, strongest_sentence, window_sentence
from mmae_core.assessment import Layer
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS

SWATCH_MM = 4.0
RAMP_MM = 34.0
"""Width of the legend's ramp."""
RAMP_COLUMNS = 170


def title(painter: QPainter, content: RecordContent, options: PageOptions, beside: str) -> None:
    """Name of the recording, what the page shows and the badge, in one line."""
    theme, width = options.theme, options.size_mm[0]
    left_of_badge = badge(painter, width - MARGIN_MM, MARGIN_MM, tr(RESEARCH_USE_BADGE), theme.text)
    room = left_of_badge - MARGIN_MM - 4
    name = elided(content.name, room * 0.6, HEADING_MM, bold=True)
    write(painter, MARGIN_MM, MARGIN_MM, name, HEADING_MM, theme.text, bold=True)
    left = MARGIN_MM + text_width_mm(name, HEADING_MM, bold=True) + 4
    top = MARGIN_MM + (line_mm(HEADING_MM) - line_mm(TEXT_MM)) * 0.75
    write(painter, left, top, elided(beside, left_of_badge - left - 4, TEXT_MM), TEXT_MM, theme.quiet_text)


def title_bottom() -> float:
    """Where a page goes on below its title, in millimetres."""
    return MARGIN_MM + line_mm(HEADING_MM) + 0.6


def heading(painter: QPainter, content: RecordContent, options: PageOptions, beside: str) -> float:
    """Title and sentences at the top of a later page. Returns where the page goes on, in millimetres (see
    `heading_bottom`).
    """
    theme, width = options.theme, options.size_mm[0]
    title(painter, content, options, beside)
    top = title_bottom()
    for text, colour in _sentences(content, theme.text, theme.quiet_text):
        lines = wrapped(text, width - 2 * MARGIN_MM, TEXT_MM)
        top = write_lines(painter, MARGIN_MM, top, lines, TEXT_MM, colour)
    return top + 1.2


def heading_bottom(content: RecordContent, options: PageOptions) -> float:
    """Where a page goes on below its heading, in millimetres."""
    width = options.size_mm[0] - 2 * MARGIN_MM
    n_lines = sum(len(wrapped(text, width, TEXT_MM)) for text, _ in _sentences(content, "", ""))
    return title_bottom() + n_lines * line_mm(TEXT_MM) + 1.2


def _sentences(content: RecordContent, colour: str, quiet: str) -> list[tuple[str, str]]:
    sentences = [record_sentence(content.record)]
    if content.window is not None:
        model = content.provenance.model
        sentence = window_sentence(content.window, None if model is None else model.n_normals)
        is_long = len(content.assessment.windows) > 1
        sentences.append(strongest_sentence(sentence, content.assessment.window_counts) if is_long else sentence)
    elif content.assessment.message:
        sentences.append(content.assessment.message)
    found = [(" · ".join(sentences), colour)]
    if waiting := waiting_sentence(content):
        found.append((waiting, colour))
    if content.measurements is not None:
        found.append((measured_line(content), colour))
    if content.statements:
        found.append((tr("Data set's statements: {statements}").format(statements=content.statements), quiet))
    if content.identity is not None:
        found.append((tr("Patient: {identity}").format(identity=" · ".join(content.identity.lines)), colour))
    return found


def measured_line(content: RecordContent) -> str:
    """`56 years, male · 75/min · PR 240 ms (above 98.8 % of normal ECGs) · …`; empty if nobody has measured."""
    measured = content.measurements
    if measured is None:
        return ""
    parts = header_parts(measured, FORMULAS[DEFAULT_FORMULA], content.departures)
    stretch = ""
    if content.record.duration_s > measured.duration_s + 1e-6:
        stretch = tr("{start} to {end} s:").format(
            start=number(measured.start_s, ".6g"), end=number(measured.start_s + measured.duration_s, ".6g"))
    text = SEPARATOR.join(part for part in (content.person.text, header_text(parts)) if part)
    return f"{stretch} {text}".strip()


def footer_height(provenance: Provenance, options: PageOptions) -> float:
    """What `footer` takes at the bottom, in millimetres, the margin included."""
    return MARGIN_MM + 1.6 + len(_footer_lines(provenance, options)) * line_mm(SMALL_MM)


def footer(painter: QPainter, provenance: Provenance, options: PageOptions, page: str) -> None:
    """Provenance under a line, with the page's number at the right."""
    width, height = options.size_mm
    top = height - footer_height(provenance, options)
    painter.setPen(pen(options.theme.rule, RULE_MM))
    painter.drawLine(box(MARGIN_MM, top + 0.6, width - 2 * MARGIN_MM, 0).topLeft(),
                     box(width - MARGIN_MM, top + 0.6, 0, 0).topLeft())
    lines = _footer_lines(provenance, options)
    write_lines(painter, MARGIN_MM, top + 1.4, lines, SMALL_MM, options.theme.quiet_text)
    at = width - MARGIN_MM - text_width_mm(page, SMALL_MM, bold=True)
    write(painter, at, top + 1.4, page, SMALL_MM, options.theme.text, bold=True)


def _footer_lines(provenance: Provenance, options: PageOptions) -> list[str]:
    room = options.size_mm[0] - 2 * MARGIN_MM - 22
    return wrapped(" · ".join(provenance.lines()), room, SMALL_MM)


def _legend_texts() -> tuple[str, tuple[tuple[str, bool], ...], list[float]]:
    """Title, swatches with whether they are faded, and their widths in millimetres."""
    swatches = ((tr("not assessed"), False), (tr("unreliable: poor signal"), True))
    widths = [SWATCH_MM + 0.6 + text_width_mm(text, SMALL_MM) + 1.6 for text, _ in swatches]
    return tr("percentile among normal ECGs"), swatches, widths


def legend_width() -> float:
    """What `legend` takes, in millimetres."""
    title, _, widths = _legend_texts()
    beside = text_width_mm(title, SMALL_MM) + sum(_layer_widths().values())
    return RAMP_MM + 1.2 + max(beside, sum(widths))


def _layer_widths() -> dict[Layer, float]:
    """The layers that have an edge of their own, with the width of sign and name in millimetres."""
    return {layer: 1.6 + SWATCH_MM + 0.6 + text_width_mm(tr(LAYER_TITLES[layer]), SMALL_MM) for layer in EDGED_LAYERS}


def legend(painter: QPainter, options: PageOptions, right_mm: float, top_mm: float) -> None:
    """The ramp of the heat with its percentiles: the same for every recording."""
    theme, look = options.theme, options.look
    title, swatches, widths = _legend_texts()
    ramp_width, ramp_height = RAMP_MM, 2.2
    left = right_mm - legend_width()
    ramp = box(left, top_mm, ramp_width, ramp_height)
    painter.fillRect(ramp, QColor(theme.paper))
    paint_strip(painter, legend_ramp(look, theme, RAMP_COLUMNS), ramp)
    painter.setPen(pen(theme.quiet_text, 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(ramp)
    free_from = left
    for percentile in LEGEND_TICKS:
        at = left + legend_place(percentile) * ramp_width
        tick = box(at, top_mm + ramp_height, 0, 0.6)
        painter.drawLine(tick.topLeft(), tick.bottomLeft())
        text = number(percentile, "g")
        width = text_width_mm(text, SMALL_MM)
        text_left = min(max(at - width / 2, left), left + ramp_width - width)
        if text_left >= free_from:
            write(painter, text_left, top_mm + ramp_height + 0.6, text, SMALL_MM, theme.quiet_text)
            free_from = text_left + width + 0.8
    at = left + ramp_width + 1.2
    write(painter, at, top_mm - 0.1, title, SMALL_MM, theme.quiet_text)
    sign_left = at + text_width_mm(title, SMALL_MM)
    for layer, width in _layer_widths().items():
        sign = box(sign_left + 1.6, top_mm, SWATCH_MM, 1.9)
        painter.setPen(pen(theme.quiet_text, 0.1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sign)
        edge_top, edge_height = edge_band(layer, round(sign.top()), round(sign.height()), UNITS_PER_MM)
        edge = QRectF(sign.left(), edge_top, sign.width(), edge_height)
        page_fills(theme).edges[layer](painter, edge, sign.left())
        write(painter, sign_left + 1.6 + SWATCH_MM + 0.6, top_mm - 0.1, tr(LAYER_TITLES[layer]), SMALL_MM,
              theme.quiet_text)
        sign_left += width
    for (text, is_faded), width in zip(swatches, widths, strict=True):
        fill = QColor(*unreliable_colour(look, theme)) if is_faded else QColor(theme.paper)
        _hatched_swatch(painter, options, at, top_mm + ramp_height + 0.7, text, fill)
        at += width


def _hatched_swatch(
    painter: QPainter, options: PageOptions, left_mm: float, top_mm: float, text: str, fill: QColor
) -> None:
    swatch = box(left_mm, top_mm, SWATCH_MM, 1.9)
    painter.fillRect(swatch, fill)
    page_fills(options.theme).hatch(painter, swatch, swatch.left())
    painter.setPen(pen(options.theme.quiet_text, 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(swatch)
    write(painter, left_mm + SWATCH_MM + 0.6, top_mm - 0.1, text, SMALL_MM, options.theme.quiet_text)


def page_rect(options: PageOptions) -> QRectF:
    """The whole sheet, in the units of a page."""
    return box(0, 0, *options.size_mm)
