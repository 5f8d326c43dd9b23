"""The line of measurements above the paper, shortened to the width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.header_line import SEPARATOR, HeaderPart, header_parts, header_text
from ecg_viewer.state.measure.interval_tracker import WHOLE_UP_TO_S, IntervalTracker
from ecg_viewer.state.measure.interval_words import stretch_text
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import instant_text, is_long

MARGIN_PX = 10
PADDING_PX = 4


class HeaderLine(Retranslatable, QWidget):
    """Rate, PR, QRS, QT/QTc and axis of the open recording, or of what is shown of a long one."""

    def __init__(self, session: Session, tracker: IntervalTracker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tracker = session, tracker
        self._parts: tuple[HeaderPart, ...] = ()
        self._says = ""
        """Text shown instead of measurements."""
        self._tip = ""
        self._places: list[tuple[QRectF, HeaderPart]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_texts(self, name="Measurements")
        for signal in (tracker.changed, session.assessment_changed, session.record_changed, session.view.heat_changed):
            signal.connect(self.refresh)
        session.heat.layers_changed.connect(self.refresh)
        self.refresh()

    @property
    def text(self) -> str:
        """The full text, however narrow the line."""
        return header_text(self._parts) if self._parts else self._says

    @property
    def shown(self) -> str:
        """What there is room for."""
        return SEPARATOR.join(self._fitting()) if self._parts else self._says

    def tip_at(self, x: float) -> str:
        """Tooltip of the measurement at a position."""
        self._lay_out()
        part = next((part for area, part in self._places if area.left() <= x <= area.right()), None)
        return "\n".join(filter(None, (self._tip if part is None else part.tip, "" if part is None else self._tip)))

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        measured, record = self._tracker.measurements, self._session.record
        before = self._parts, self._says
        self._parts, self._tip = (), ""
        if record is None:
            self._says = ""
        elif measured is not None:
            end_s = measured.start_s + measured.duration_s
            shows = self._session.view.heat_visible and "named" in self._session.heat.layers
            layers = self._session.assessment.layers
            departures = layers.departures_around(measured.start_s, end_s) if shows else None
            self._parts = header_parts(measured, self._tracker.formula, departures)
            self._tip = stretch_text(measured)
            clock = self._session.view.time_of_day.clock
            if record.duration_s > WHOLE_UP_TO_S:
                self._tip = tr("From {start} to {end}, about what is shown.").format(
                    start=instant_text(measured.start_s, long=is_long(record.duration_s), clock=clock),
                    end=instant_text(end_s, long=is_long(record.duration_s), clock=clock),
                ) + "\n" + self._tip
        elif self._tracker.message:
            self._says = tr("Could not measure: {reason}").format(reason=self._tracker.message)
            self._tip = self._tracker.message
        else:
            self._says = tr("Rate, PR, QRS, QT and axis are being measured…")
        self.setAccessibleDescription(self.text)
        if (self._parts, self._says) != before:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, round(QFontMetricsF(self._bold()).height()) + 2 * PADDING_PX)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(event.pos().x())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if not self._parts:
            painter.setPen(quiet)
            area = QRectF(self.rect()).adjusted(MARGIN_PX, 0, -MARGIN_PX, 0)
            says = QFontMetricsF(self.font()).elidedText(self._says, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, middle, says)
        self._lay_out()
        for place, ((area, part), words) in enumerate(zip(self._places, self._fitting(), strict=False)):
            painter.setFont(self._bold() if part.departs else self.font())
            painter.setPen(text)
            shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, area.width() + 1)
            painter.drawText(area, middle, shown)
            if place + 1 < len(self._places):
                painter.setFont(self.font())
                painter.setPen(quiet)
                painter.drawText(QRectF(area.right(), 0, 40, self.height()), middle, SEPARATOR)
        painter.end()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _width(self, part: HeaderPart, words: str) -> float:
        return QFontMetricsF(self._bold() if part.departs else self.font()).horizontalAdvance(words)

    def _fitting(self) -> list[str]:
        """The longest forms that fit; what departs from normal is shortened last."""
        room = self.width() - 2 * MARGIN_PX
        gap = QFontMetricsF(self.font()).horizontalAdvance(SEPARATOR) * (len(self._parts) - 1)
        words = [part.text for part in self._parts]
        for departs, form in ((False, 1), (True, 1), (False, 2), (True, 2)):
            if gap + sum(map(self._width, self._parts, words)) <= room:
                break
            words = [part.forms[form] if part.departs == departs else old
                     for part, old in zip(self._parts, words, strict=True)]
        return words

    def _lay_out(self) -> None:
        gap = QFontMetricsF(self.font()).horizontalAdvance(SEPARATOR)
        x, right = float(MARGIN_PX), float(self.width() - MARGIN_PX)
        self._places = []
        for part, words in zip(self._parts, self._fitting(), strict=True):
            width = min(self._width(part, words), right - x)
            if width <= 0:
                break
            self._places.append((QRectF(x, 0, width, self.height()), part))
            x += width + gap
