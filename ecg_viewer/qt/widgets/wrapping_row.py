"""A row of controls that wraps in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP_PX = 4
ROW_GAP_PX = 3


class FlowRow(QWidget):
    """Places groups of controls from left to right; a group that does not fit begins another row.

    Groups are never split.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[QWidget] = []
        self._trailing: set[QWidget] = set()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def groups(self) -> tuple[QWidget, ...]:
        return tuple(self._groups)

    def add_group(self, group: QWidget, *, trailing: bool = False) -> None:
        """Append a group; what is trailing stands at the end of its row."""
        group.setParent(self)
        if trailing:
            self._trailing.add(group)
        group.show()
        self._groups.append(group)
        self.refit()

    def sizeHint(self) -> QSize:
        return QSize(sum(group.sizeHint().width() + GAP_PX for group in self._groups) - GAP_PX, self.height())

    def minimumSizeHint(self) -> QSize:
        widest = max((group.sizeHint().width() for group in self._groups), default=0)
        return QSize(widest, self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a control says something longer or shorter
            self.refit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def refit(self) -> None:
        """Place the groups anew: the width, or what a control says, has changed."""
        height = self._place()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _place(self) -> int:
        x = y = row_height = 0
        row: list[tuple[QWidget, QRect]] = []
        for group in self._groups:
            size = group.sizeHint()
            if x and x + size.width() > self.width():
                self._settle(row, row_height)
                row, x, y, row_height = [], 0, y + row_height + ROW_GAP_PX, 0
            row.append((group, QRect(x, y, size.width(), size.height())))
            x += size.width() + GAP_PX
            row_height = max(row_height, size.height())
        self._settle(row, row_height)
        return max(1, y + row_height)

    def _settle(self, row: list[tuple[QWidget, QRect]], height: int) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        slack = max(0, self.width() - row[-1][1].right() - 1) if row else 0
        for group, place in row:
            if group in self._trailing:
                place.translate(slack, 0)
            place.moveTop(place.top() + (height - place.height()) // 2)
            if is_mirrored:
                place.moveLeft(self.width() - place.right() - 1)
            group.setGeometry(place)
