"""A text field for a label, on the paper beside its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ecg_viewer.qt.review.review_dialogs import label_completer
from ecg_viewer.qt.widgets.translated_texts import set_texts

WIDTH_PX = 190
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The list of suggestions opens, or another window comes to the front: the label is still being written."""


class LabelEdit(QLineEdit):
    """Enter or losing focus keeps the label, Esc discards it. Only one signal is emitted, once."""

    kept = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget, place: QRectF, label: str, used: Sequence[str]) -> None:
        """`place` is the labelled area, in the parent's coordinates; the field is placed below or above it."""
        super().__init__(label, parent)
        self._is_done = False
        set_texts(
            self, name="Label of the finding", placeholder="Label, then Enter", tip="Enter keeps it, Esc gives up."
        )
        self.setCompleter(label_completer(used, self))
        self.resize(WIDTH_PX, self.sizeHint().height())
        x = min(max(place.center().x() - WIDTH_PX / 2, 2), parent.width() - WIDTH_PX - 2)
        below = place.bottom() + 4
        y = below if below + self.height() <= parent.height() else max(place.top() - self.height() - 4, 2)
        self.move(round(x), round(y))
        self.returnPressed.connect(self._keep)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def give_up(self) -> None:
        """As Esc."""
        self._end(self.given_up.emit)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # the window's shortcuts are off while a label is typed
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self._keep()

    def _keep(self) -> None:
        self._end(lambda: self.kept.emit(self.text().strip()))

    def _end(self, tell: Callable[[], None]) -> None:
        if not self._is_done:
            self._is_done = True
            self.hide()
            self.deleteLater()
            tell()
