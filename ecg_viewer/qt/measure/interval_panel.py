"""The side tab of automatic measurements: values with units, or the reason why there is none."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.measure.side_tab import ROW_PX, fill, make_label, make_table
from ecg_viewer.qt.widgets.labels import set_or_hide
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.detail_tracker import DetailTracker
from ecg_viewer.state.measure.interval_details import (
    DetailedLine,
    detailed_lines,
    device_text,
    device_tip,
    doubt_text,
    rhythm_text,
)
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.measure.interval_words import method_text, stretch_text
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.intervals.results import FORMULAS


class IntervalPanel(Retranslatable, QWidget):
    """Listens to the board. The buttons emit signals."""

    def __init__(
        self, session: Session, tracker: IntervalTracker, details: DetailTracker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.copy_asked: Signal[()] = Signal()
        self.average_asked: Signal[()] = Signal()
        self.fiducials_asked: Signal[()] = Signal()
        self.again_asked: Signal[()] = Signal()
        self._session, self._tracker, self._details = session, tracker, details
        self.state = make_label("quiet")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        set_texts(self.progress, name="Measuring")
        self.table = make_table(translatable("Measured intervals"), 3)
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.rhythm, self.doubt, self.device = make_label(""), make_label(""), make_label("")
        self.formula = QComboBox()
        self.formula.addItems(list(FORMULAS))
        set_texts(self.formula, name="Formula of the corrected QT interval")
        self.formula.currentTextChanged.connect(tracker.set_formula)
        formula_label = set_texts(PlainLabel(), text="QTc by")
        formula_label.setBuddy(self.formula)
        self.formula_text = make_label("quiet")
        row = QHBoxLayout()
        row.addWidget(formula_label)
        row.addWidget(self.formula, 1)
        self.copy_button = set_texts(QPushButton(), text="Copy")
        self.fiducials_button = set_texts(QPushButton(), text="Fiducials")
        self.fiducials_button.setCheckable(True)
        self.average_button = set_texts(QPushButton(), text="Average beat…")
        self.again_button = set_texts(QPushButton(), text="Measure again")
        self.method = make_label("quiet")
        buttons = QGridLayout()
        for number, (button, signal, tip) in enumerate((
            (self.copy_button, self.copy_asked, translatable("Copy all values as text")),
            (self.fiducials_button, self.fiducials_asked, translatable("Draw the measured instants on the paper")),
            (self.average_button, self.average_asked, translatable("Show the average beat of each lead")),
            (self.again_button, self.again_asked, translatable("Measure what is shown now")),
        )):
            set_texts(button, tip=tip, description=tip)
            button.clicked.connect(signal.emit)
            buttons.addWidget(button, number // 2, number % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(5)
        for widget in (self.state, self.progress, self.device, self.table, self.rhythm, self.doubt):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(self.formula_text)
        layout.addLayout(buttons)
        layout.addWidget(self.method)
        layout.addStretch(1)
        for signal in (tracker.changed, details.changed, session.view.heat_changed):
            signal.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Say what is known."""
        tracker, measured = self._tracker, self._tracker.measurements
        self.progress.setVisible(tracker.is_running)
        if tracker.message:
            self.state.setText(tracker.message)
        elif measured is not None:
            self.state.setText(stretch_text(measured))
        else:
            self.state.setText(tr("Measuring…") if tracker.is_running else tr("Nothing has been measured yet."))
        compares = self._session.view.heat_visible
        lines = () if measured is None else detailed_lines(
            measured, tracker.formula, self._details.details, compares=compares)
        fill(self.table, (tr("Interval"), tr("Value"), tr("Normal")),
             [(line.name, line.value, line.normal) for line in lines], left=frozenset({0, 1}))
        self.table.clearSpans()
        for row, line in enumerate(lines):
            self._show_line(row, line)
        device = None if self._session.record is None else self._session.record.device
        for label, text in ((self.rhythm, "" if measured is None else rhythm_text(measured)),
                            (self.doubt, "" if measured is None else doubt_text(measured)),
                            (self.device, "" if measured is None else device_text(device, measured))):
            set_or_hide(label, f"⚠ {text}" if text and label is not self.rhythm else text)
        self.device.setToolTip(plain_tip("" if measured is None else device_tip(device, measured)))
        self.table.setVisible(bool(lines))
        self._fit()
        self.method.setText("" if measured is None else method_text(measured))
        self.formula_text.setText(f"{tracker.formula.formula} ({tracker.formula.source})")
        with QSignalBlocker(self.formula):
            self.formula.setCurrentText(tracker.formula.name)
        self.fiducials_button.setChecked(tracker.shows_fiducials)
        self.copy_button.setEnabled(measured is not None)
        self.average_button.setEnabled(tracker.average is not None)

    def _show_line(self, row: int, line: DetailedLine) -> None:
        """What it was taken from as tooltip; a reason takes the room of value and limits; the chosen QTc is bold."""
        if not line.is_measured:
            self.table.setSpan(row, 1, 1, 2)
        for column in range(3):
            item = self.table.item(row, column)
            if item is None:
                continue
            if column:
                item.setToolTip(plain_tip(f"{line.value}\n{line.tip}".strip()))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {line.tip}" if item.text() else "")
            item.setForeground(self.palette().text() if line.is_measured else self.palette().placeholderText())
            font = item.font()
            font.setBold(line.is_chosen)
            item.setFont(font)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        """Reasons wrap: rows are as high as their text."""
        others = self.table.columnWidth(0) + self.table.columnWidth(2)
        self.table.setColumnWidth(1, max(self.table.viewport().width() - others, 60))
        self.table.resizeRowsToContents()
        height = 4 + self.table.horizontalHeader().sizeHint().height()
        for row in range(self.table.rowCount()):
            self.table.setRowHeight(row, max(self.table.rowHeight(row), ROW_PX + 3))
            height += self.table.rowHeight(row)
        self.table.setFixedHeight(max(height, ROW_PX))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
