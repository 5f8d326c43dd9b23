"""The list of episodes: by time or the strongest first, by kind; a click goes there; written as CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.holter.rows_table import LazyRows, RowsTable
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.holter.holter_words import KIND_WORDS, episode_text, kind_word, length_text
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import when_text
from mmae_core.clock import Clock
from mmae_core.holter.results import Episode

HEADS = (translatable("Start"), translatable("Length"), translatable("What"), translatable("Lead"),
         translatable("Measured"))


class EpisodeTab(Retranslatable, QWidget):
    """Shows the board's episodes."""

    chosen = Signal(object)
    """The episode to go to."""
    limits_asked = Signal()
    export_asked = Signal(str)
    """`csv` or `json`."""

    def __init__(self, board: HolterBoard, view: ViewState) -> None:
        super().__init__()
        self._board, self._view = board, view
        self._shown: tuple[Episode, ...] = ()
        self.order = QComboBox()
        set_texts(self.order, name="Order of the episodes")
        add_items(self.order, ((translatable("By time"), "time"), (translatable("Strongest first"), "strength")))
        self.kind = QComboBox()
        set_texts(self.kind, name="Kind of episode")
        add_items(self.kind, ((translatable("All kinds"), ""), *((words, kind) for kind, words in KIND_WORDS.items())))
        for box in (self.order, self.kind):
            box.currentIndexChanged.connect(self.refresh)
        self.count = PlainLabel()
        self.count.setObjectName("quiet")
        self.limits_button = set_texts(QPushButton(), text="Limits…",
                                       tip="What is listed as an episode, and from which value on")
        self.csv_button = set_texts(QPushButton(), text="Save as CSV…", tip="Write all episodes as a table")
        self.json_button = set_texts(QPushButton(), text="Save as JSON…",
                                     tip="Write trends, episodes, shapes and variability with the limits used")
        self.limits_button.clicked.connect(self.limits_asked)
        self.csv_button.clicked.connect(lambda: self.export_asked.emit("csv"))
        self.json_button.clicked.connect(lambda: self.export_asked.emit("json"))
        self.table = RowsTable("Episodes", HEADS, frozenset({1}))
        self.table.chosen.connect(lambda row: self.chosen.emit(self._shown[row]))
        top = QHBoxLayout()
        for widget in (self.order, self.kind):
            top.addWidget(widget)
        top.addWidget(self.count, 1)
        for button in (self.limits_button, self.csv_button, self.json_button):
            button.setAutoDefault(False)
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        board.changed.connect(self.refresh)
        view.time_of_day.changed.connect(self.refresh)

    def retranslate(self) -> None:
        self.table.retranslate()
        self.refresh()

    @property
    def shown(self) -> tuple[Episode, ...]:
        """The episodes of the rows."""
        return self._shown

    def refresh(self) -> None:
        """Show what the board has now."""
        found = self._board.found
        episodes = () if found is None else found.episodes
        kind = self.kind.currentData()
        if kind:
            episodes = tuple(item for item in episodes if item.kind == kind)
        if self.order.currentData() == "strength":
            episodes = tuple(sorted(episodes, key=lambda item: -item.strength))
        self._shown = episodes
        clock = self._view.time_of_day.clock
        self.table.show_rows(LazyRows(len(episodes), partial(_cells, episodes, clock, self._view.duration_s)))
        self.count.setText(tr("episodes: {n}").format(n=number(len(episodes), ",")))
        has_any = found is not None
        for button in (self.csv_button, self.json_button):
            button.setEnabled(has_any)


def _cells(episodes: Sequence[Episode], clock: Clock | None, duration_s: float, row: int) -> tuple[str, ...]:
    """The words of a row. No method: rows that hold on to their widget would be collected with it in any order."""
    item = episodes[row]
    return (when_text(clock, item.start_s, duration_s), length_text(item), kind_word(item.kind), item.lead or "",
            episode_text(item))
