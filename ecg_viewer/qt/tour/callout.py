"""The tour's overlay: a frame around a control, and a panel with text and buttons beside it.

Neither blocks the window: the frame lets the mouse through, and everything else can be used.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.words.language import tr, translatable

WIDTH = 340
GAP = 12
"""Between the control and the callout, and from the window's edges."""


class ControlOutline(QWidget):
    """A frame around the control that is spoken of."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.palette().color(QPalette.ColorRole.Highlight)), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
        painter.end()


class Callout(QFrame):
    """A step's words, with Back, Next and a way out. Esc is one, too."""

    next_clicked = Signal()
    back_clicked = Signal()
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("callout")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.Box)
        self.setFixedWidth(WIDTH)
        self.title = PlainLabel()
        self.title.setObjectName("headline")
        self.title.setWordWrap(True)
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.place = PlainLabel()
        self.place.setObjectName("quiet")
        self.skip_button = set_texts(
            QPushButton(), text="End the tour", name="End the tour", tip="The tour is in the menu Help. (Esc)"
        )
        self.back_button = set_texts(QPushButton(), text="Back", name="Back")
        self.next_button = set_texts(QPushButton(), text="Next", name="Next")
        for button, signal in ((self.skip_button, self.ended), (self.back_button, self.back_clicked),
                               (self.next_button, self.next_clicked)):
            button.setAutoDefault(True)
            button.clicked.connect(signal)
        KeyGuard(self).guard(self.skip_button, self.back_button, self.next_button)
        row = QHBoxLayout()
        row.addWidget(self.skip_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.place)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(row)
        self.hide()

    def show_step(self, index: int, count: int, title: str, text: str) -> None:
        """Show a step, numbered from 0."""
        self.place.setText(tr("Step {n} of {count}").format(n=index + 1, count=count))
        self.title.setText(title)
        self.text.setText(text)
        self.back_button.setEnabled(index > 0)
        word = translatable("Next") if index + 1 < count else translatable("Done")
        set_texts(self.next_button, text=word, name=word)
        self.setAccessibleName(f"{self.place.text()}: {title}")
        self.setAccessibleDescription(text)
        self.setFixedHeight(self._layout.totalHeightForWidth(WIDTH))
        self.show()
        self.raise_()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_beside(self, target: QRect, room: QRect) -> None:
        """Stand where there is most room beside `target`, inside `room`; over its middle if it fills the room."""
        size = self.size()
        places = {
            QPoint(target.right() + GAP, target.top() + GAP): room.right() - target.right(),
            QPoint(target.left() - GAP - size.width(), target.top() + GAP): target.left() - room.left(),
        }
        place, space = max(places.items(), key=lambda item: item[1])
        if space < size.width() + 2 * GAP:
            below = room.bottom() - target.bottom() >= size.height() + 2 * GAP
            top = target.bottom() + GAP if below else target.center().y() - size.height() // 2
            place = QPoint(target.left() + GAP if below else target.center().x() - size.width() // 2, top)
        left = min(max(place.x(), room.left() + GAP), room.right() - GAP - size.width())
        top = min(max(place.y(), room.top() + GAP), room.bottom() - GAP - size.height())
        self.move(left, top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
