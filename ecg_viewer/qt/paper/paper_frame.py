"""What does not scroll: labels, pulses, time axis, readout, and marks over the traces."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from ecg_viewer.paint.trace_painter import paint_line
from ecg_viewer.qt.paper.lead_labels import gutter_label_box, label_colour, label_font, label_of, paint_label
from ecg_viewer.qt.paper.tile_painter import Scene, paint_grid, screen_stroke
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.render.pulse import pulse_lines
from ecg_viewer.render.theme import Theme
from ecg_viewer.render.time_axis import DEFAULT_LABEL_PX, ticks
from ecg_viewer.render.trace_shades import TraceShade
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.words.numbers import number
from mmae_core.clock import Clock

READOUT_PX = 17
"""Height of the line that states scale and filter."""
LEAST_READOUT_PX = 9
"""Least letter height, on a paper too narrow for the readout."""
DERIVED_TIP = translatable("{lead} is not in the file; it is computed from I and II.")


def paint_gutter(scene: Scene, base_font: QFont) -> QImage:
    """The standing left part: on the grid a pulse for each row that has room, and the names if they stand there."""
    ratio, geometry, theme = scene.layout.device_ratio, scene.layout.geometry, scene.theme
    width_px = scene.layout.gutter_px
    image = QImage(width_px, scene.layout.paper_height_px, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.paper))
    painter = QPainter(image)
    pulse_left = scene.layout.label_px
    pulse_scene_left = -pulse_left - round(geometry.px_per_mm)  # a 5-mm line lies where the pulse rises
    paint_grid(painter, scene, pulse_scene_left, width_px)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = screen_stroke(TraceShade(theme.trace), ratio)
    for x, y in pulse_lines(geometry):
        paint_line(painter, x + pulse_left + 0.5, y, stroke)
    if scene.layout.has_labels_in_gutter:
        font = label_font(base_font, geometry.pitch_px / ratio)
        painter.scale(ratio, ratio)
        painter.setFont(font)
        for row in geometry.rows:
            text, colour = label_of(scene, row), label_colour(scene, row)
            box = gutter_label_box(scene.layout, row, text, font)
            paint_label(painter, box, text, colour, theme, at_front=row.lead == scene.inks.front)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@dataclass(frozen=True)
class AxisStretch:
    """A part of the time axis, in device-independent pixels."""

    left: float
    right: float
    start_s: float
    end_s: float


@dataclass(frozen=True)
class StripContent:
    """What the strip under the paper says."""

    stretches: tuple[AxisStretch, ...]
    """From left to right."""
    duration_s: float
    px_per_s: float
    """In device-independent pixels."""
    readout: str
    note: str
    clock: Clock | None = None
    """Times of day instead of times from the beginning."""


def paint_strip(painter: QPainter, strip: QRectF, content: StripContent, theme: Theme, font: QFont) -> None:
    """The time axis; below it the readout in the right corner, and a note beside it."""
    painter.fillRect(strip, QColor(theme.strip))
    painter.fillRect(QRectF(strip.left(), strip.top(), strip.width(), 1), QColor(theme.rule))
    font = QFont(font)
    font.setPixelSize(12)
    bold = QFont(font)
    bold.setBold(True)
    metrics, bold_metrics = QFontMetricsF(font), QFontMetricsF(bold)
    axis, line = QRectF(strip), QRectF(strip)
    axis.setHeight(strip.height() - READOUT_PX)
    line.setTop(axis.bottom() - 2)
    room = strip.width() - 16
    width = bold_metrics.horizontalAdvance(content.readout)
    if width > room:  # beside another paper; speed and gain come first
        bold.setPixelSize(max(LEAST_READOUT_PX, math.floor(bold.pixelSize() * room / width)))
        bold_metrics = QFontMetricsF(bold)
    readout = bold_metrics.elidedText(content.readout, Qt.TextElideMode.ElideRight, room)
    width = bold_metrics.horizontalAdvance(readout)
    right = strip.right() - 8 - width
    painter.setFont(bold)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(right, line.top(), width + 4, line.height()), _MIDDLE_LEFT, readout)
    painter.setFont(font)
    painter.setPen(QColor(theme.quiet_text))
    if content.note:
        room = right - 18 - strip.left() - 8
        note = metrics.elidedText(content.note, Qt.TextElideMode.ElideRight, max(room, 0.0))
        width = metrics.horizontalAdvance(note)
        right -= width + 18
        painter.drawText(QRectF(right, line.top(), width + 4, line.height()), _MIDDLE_LEFT, note)
    for stretch in content.stretches:
        last_s = min(stretch.end_s, content.duration_s)
        label_px = DEFAULT_LABEL_PX if content.clock is None else metrics.horizontalAdvance("00:00:00.0") + 16
        for tick in ticks(stretch.start_s, last_s, content.px_per_s, content.duration_s, label_px, content.clock):
            x = round(stretch.left + (tick.time_s - stretch.start_s) * content.px_per_s)
            painter.fillRect(QRectF(x, strip.top(), 1, 6 if tick.label else 3), QColor(theme.quiet_text))
            width = metrics.horizontalAdvance(tick.label)
            left = max(strip.left() + 4, x - width / 2)
            if len(content.stretches) > 1:
                left = max(left, stretch.left + 2)
            if tick.label and left + width <= min(strip.right(), stretch.right):
                painter.drawText(QRectF(left, axis.top() + 4, width + 4, axis.height() - 4), _MIDDLE_LEFT, tick.label)


def paint_column_times(painter: QPainter, stretches: tuple[AxisStretch, ...], theme: Theme, font: QFont) -> None:
    """At the top of each column the times that it shows."""
    font = QFont(font)
    font.setPixelSize(11)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    for stretch in stretches:
        text = f"{number(stretch.start_s, '.1f')}–{number(stretch.end_s, '.1f')} s"
        width = metrics.horizontalAdvance(text)
        box = QRectF(stretch.right - width - 8, 2, width, metrics.height())
        if box.left() > stretch.left + 40:
            painter.fillRect(box.adjusted(-3, 0, 3, 0), QColor(theme.strip))
            painter.setPen(QColor(theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_brackets(painter: QPainter, area: QRectF, left: float, right: float, colour: QColor) -> None:
    """Square brackets round `left`..`right` over the height of `area`; an end outside `area` stays open."""
    arm = min(7.0, max(2.0, (right - left) / 3))
    for x, direction in ((left, 1), (right, -1)):
        if area.left() - 0.5 <= x <= area.right() + 0.5:
            inner = min(x, x + direction * arm)
            painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), colour)
            painter.fillRect(QRectF(inner, area.top(), arm, 2), colour)
            painter.fillRect(QRectF(inner, area.bottom() - 2, arm, 2), colour)
    start, end = max(left, area.left()), min(right, area.right())
    if end > start:
        faint = QColor(colour)
        faint.setAlphaF(0.35)
        painter.fillRect(QRectF(start, area.top(), end - start, 1), faint)
        painter.fillRect(QRectF(start, area.bottom() - 1, end - start, 1), faint)


def paint_cursor(painter: QPainter, traces: QRectF, x: float, theme: Theme) -> None:
    """A thin line through all leads at the time under the mouse."""
    if traces.left() <= x < traces.right():
        colour = QColor(theme.quiet_text)
        colour.setAlphaF(0.55)
        painter.fillRect(QRectF(round(x), traces.top(), 1, traces.height()), colour)


def paint_tool(painter: QPainter, traces: QRectF, text: str, theme: Theme, font: QFont) -> None:
    """At the top of the paper, in the colour of human marks: which tool the mouse is, and how to end it."""
    font = QFont(font)
    font.setPixelSize(12)
    font.setBold(True)
    metrics = QFontMetricsF(font)
    colour = QColor(theme.human_colour)
    painter.fillRect(QRectF(traces.left(), traces.top(), traces.width(), 2), colour)
    box = QRectF(0, traces.top(), metrics.horizontalAdvance(text) + 20, metrics.height() + 6)
    box.moveLeft(round(traces.center().x() - box.width() / 2))
    painter.fillRect(box, colour)
    painter.setFont(font)
    painter.setPen(QColor(theme.paper))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_focus_ring(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Show that the paper has the keyboard focus."""
    painter.setPen(QPen(QColor(theme.human_colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def paint_message(painter: QPainter, area: QRectF, text: str, theme: Theme, font: QFont) -> None:
    """A sentence in the middle of the paper."""
    font = QFont(font)
    font.setPixelSize(14)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    wanted = metrics.boundingRect(area.adjusted(40, 20, -40, -20), int(_CENTRED), text)
    box = QRectF(0, 0, wanted.width() + 32, wanted.height() + 20)
    box.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.rule))
    painter.setBrush(QColor(theme.strip))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(theme.text))
    painter.drawText(box.adjusted(16, 10, -16, -10), int(_CENTRED), text)


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def bracket_area(area: LeadArea, row: Row, layout: PaperLayout) -> QRectF:
    """Where brackets in a lead's area may be: a little higher than its heat."""
    grown = 0.04 * layout.geometry.pitch_px
    top, bottom = row.band_top_px - grown, row.band_top_px + row.band_height_px + grown
    return QRectF(area.left, top / layout.device_ratio, area.width, (bottom - top) / layout.device_ratio)
