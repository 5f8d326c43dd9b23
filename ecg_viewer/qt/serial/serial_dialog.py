"""The window of one patient's recordings over time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.serial.serial_beats import SerialBeats
from ecg_viewer.qt.serial.serial_maps import SerialMaps
from ecg_viewer.qt.serial.serial_tables import SerialDifferences, SerialReferences
from ecg_viewer.qt.serial.serial_trends import SerialTrends
from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.file_information import RecordHeader
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.serial.board import SerialBoard, SerialEntry
from ecg_viewer.state.serial.words import basis_text, entry_text, when_text
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE, percentile_text

SIZE = (1240, 760)
SCREEN_SHARE = 0.94


class SerialDialog(Retranslatable, QDialog):
    """A non-modal window; follows the board while it is open."""

    opened = Signal(Path)
    """A recording is to be opened."""

    def __init__(
        self, board: SerialBoard, header: RecordHeader, paper: PaperView, heat: HeatMap, themes: ThemeKeeper,
        current: Callable[[], Path | None], parent: QWidget,
    ) -> None:
        """`heat` is that of the open recording; `current` tells which recording is open."""
        super().__init__(parent)
        self._board, self._header, self._current = board, header, current
        set_texts(self, window_title="Recordings of this patient")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.headline = PlainLabel()
        self.headline.setWordWrap(True)
        self.earlier, self.later = (set_texts(QComboBox(), name=name) for name in (
            translatable("Earlier recording"), translatable("Later recording")))
        for box in (self.earlier, self.later):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            box.currentIndexChanged.connect(self._choose)
        self.add_button = set_texts(QPushButton(), text="Add a recording…",
                                    tip="Choose a recording of the worklist to compare with")
        self.marked_button = set_texts(QPushButton(), text="Add the marked ones",
                                       tip="Compare with the recordings that are marked in the worklist")
        self.open_button = set_texts(QPushButton(), text="Open the earlier one",
                                     tip="Open the earlier recording on the paper")
        self.copy_button = set_texts(QPushButton(), text="Copy", tip="Copy the comparison as text for a spreadsheet")
        self.close_button = set_texts(QPushButton(), text="Close")
        for button in (self.add_button, self.marked_button, self.open_button, self.copy_button, self.close_button):
            button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._open_earlier)
        self.beats = SerialBeats(board, paper)
        self.differences = SerialDifferences(board, paper.view_state)
        self.references, self.maps = SerialReferences(board), SerialMaps(board, paper, heat)
        self.trends = SerialTrends(board, paper)
        self.trends.opened.connect(self.opened)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.references)
        both.addWidget(self.maps)
        self.tabs = QTabWidget()
        titles = (translatable("Average beats"), translatable("Differences"), translatable("Two references"),
                  translatable("Trends"))
        for page, title in zip((self.beats, self.differences, both, self.trends), titles, strict=True):
            self.tabs.addTab(page, title)
        set_texts(self.tabs, name="Recordings of this patient", tabs=titles)
        self.tabs.currentChanged.connect(self.refresh)
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        self._lay_out(badge)
        board.changed.connect(self.refresh)
        header.changed.connect(self.refresh)
        themes.changed.connect(self._dress)
        paper.view_state.layout_changed.connect(self.refresh)
        paper.view_state.calibration_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what the board has now; does nothing while hidden."""
        if not self.isVisible():
            return
        board = self._board
        self.headline.setText(board.message or basis_text(board))
        self._fill_boxes()
        earlier, later = board.earlier, board.later
        self.open_button.setEnabled(earlier is not None)
        self.copy_button.setEnabled(board.comparison is not None)
        self.beats.texts = tuple("" if entry is None else self._text(entry) for entry in (earlier, later))  # type: ignore[assignment]
        self.references.when = "" if earlier is None else when_text(
            earlier, board, with_identity=self._header.is_identity_shown)
        self.beats.refresh()
        self.differences.refresh()
        self.references.refresh()
        self.maps.update()
        self.trends.refresh(self._text, self._current())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.refresh()

    def _lay_out(self, badge: QWidget) -> None:
        choice, bottom = QHBoxLayout(), QHBoxLayout()
        for label, box in ((translatable("Earlier:"), self.earlier), (translatable("Later:"), self.later)):
            words = set_texts(PlainLabel(), text=label)
            words.setBuddy(box)
            choice.addWidget(words)
            choice.addWidget(box, 1)
        for button in (self.open_button, self.add_button, self.marked_button):
            choice.addWidget(button)
        bottom.addWidget(badge)
        bottom.addStretch(1)
        for button in (self.copy_button, self.close_button):
            bottom.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.headline)
        layout.addLayout(choice)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(bottom)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], round(SCREEN_SHARE * room.width())), min(SIZE[1], round(SCREEN_SHARE * room.height())))

    def _text(self, entry: SerialEntry) -> str:
        return entry_text(entry, self._board, with_identity=self._header.is_identity_shown)

    def _fill_boxes(self) -> None:
        board = self._board
        entries = [(self._box_text(entry), str(entry.item.path)) for entry in board.entries]
        for box, chosen in ((self.earlier, board.earlier), (self.later, board.later)):
            blocker = QSignalBlocker(box)
            if [(box.itemText(row), box.itemData(row)) for row in range(box.count())] != entries:
                box.clear()
                for text, path in entries:
                    box.addItem(text, path)
            box.setCurrentIndex(-1 if chosen is None else box.findData(str(chosen.item.path)))
            box.setEnabled(chosen is not None)
            del blocker

    def _box_text(self, entry: SerialEntry) -> str:
        """`2 May 1989 · 00039 · percentile 97.3`, or why it cannot be compared."""
        percentile = self._board.percentile(entry)
        if entry.problem:
            return f"{entry.item.name}: {entry.problem}"
        waiting = tr("being measured") if entry.ecg is None else ""
        score = "" if percentile != percentile else tr("percentile {percentile}").format(
            percentile=percentile_text(percentile))
        return " · ".join(filter(None, (self._text(entry), score, waiting)))

    def _choose(self) -> None:
        paths = self.earlier.currentData(), self.later.currentData()
        if all(paths) and paths[0] != paths[1]:
            self._board.choose(Path(paths[0]), Path(paths[1]))
        else:
            self.refresh()

    def _open_earlier(self) -> None:
        if self._board.earlier is not None:
            self.opened.emit(self._board.earlier.item.path)

    def _dress(self) -> None:
        self.refresh()
