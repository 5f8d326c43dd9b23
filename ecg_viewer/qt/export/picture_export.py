"""The paper as a picture for the clipboard, with the provenance lines of every export."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ecg_viewer.render.theme import Theme
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE

MARGIN_PX = 8
TEXT_PX = 12


def paper_picture(paper: QWidget, theme: Theme, lines: tuple[str, ...]) -> QImage:
    """The widget as it looks now, with `lines` and the research-use line below it."""
    shot = paper.grab().toImage()
    ratio = shot.devicePixelRatio()
    font = QFont(paper.font())
    font.setPixelSize(TEXT_PX)
    metrics = QFontMetricsF(font)
    width = paper.width()
    text = "\n".join(lines)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    room = QRectF(MARGIN_PX, 0, width - 2 * MARGIN_PX, 10_000)
    badge_height = metrics.height() + MARGIN_PX
    text_height = metrics.boundingRect(room, int(flags), text).height()
    height = paper.height() + badge_height + text_height + MARGIN_PX
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.strip))
    painter = QPainter(image)
    painter.drawImage(0, 0, shot)
    painter.setPen(QColor(theme.text))
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    top = paper.height() + MARGIN_PX / 2
    painter.drawText(QRectF(MARGIN_PX, top, width - 2 * MARGIN_PX, badge_height), RESEARCH_USE_BADGE)
    painter.setFont(font)
    painter.drawText(room.translated(0, top + badge_height - MARGIN_PX / 2), int(flags), text)
    painter.end()
    return image
