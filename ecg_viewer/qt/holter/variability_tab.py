"""Heart rate variability in numbers, and its Poincaré plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ecg_viewer.qt.holter.poincare_plot import PoincarePlot
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.holter.holter_words import VARIABILITY_ROWS, variability_note
from ecg_viewer.state.words.numbers import number


class VariabilityTab(Retranslatable, QWidget):
    """Values at the left, the plot at the right."""

    def __init__(self, board: HolterBoard) -> None:
        super().__init__()
        self._board = board
        self.plot = PoincarePlot(board)
        self.values: dict[str, PlainLabel] = {}
        grid = QGridLayout()
        for row, (name, title, _, _, meaning) in enumerate(VARIABILITY_ROWS):
            label, value = set_texts(PlainLabel(), text=title, tip=meaning), PlainLabel()
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words = set_texts(PlainLabel(), text=meaning)
            words.setObjectName("quiet")
            words.setWordWrap(True)
            for column, widget in enumerate((label, value, words)):
                grid.addWidget(widget, row, column)
            self.values[name] = value
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(14)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.note.setObjectName("quiet")
        left = QVBoxLayout()
        left.addLayout(grid)
        left.addWidget(self.note)
        left.addStretch(1)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addWidget(self.plot, 1)
        board.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what the board has now."""
        found = self._board.found
        for name, _, unit, decimals, _ in VARIABILITY_ROWS:
            value = None if found is None else getattr(found.variability, name)
            self.values[name].setText("–" if value is None else f"{number(value, f'.{decimals}f')} {unit}")
        self.note.setText("" if found is None else variability_note(found.variability))
