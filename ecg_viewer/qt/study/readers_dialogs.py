"""Tables of several readers: how far they agree, and what they decided differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.review.adjudication import Conflict
from ecg_viewer.state.review.agreement import agreement_lines
from ecg_viewer.state.review.reads import READ_DECISIONS, READ_WORDS
from ecg_viewer.state.review.review import STATE_WORDS, STATES
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.files import formula_safe

_WORDS: dict[str, str] = {decision: READ_WORDS[decision] for decision in READ_DECISIONS}
_WORDS |= {state: STATE_WORDS[state] for state in STATES}


class AgreementDialog(QDialog):
    """The figures with their intervals; they can be copied."""

    def __init__(self, document: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Agreement of readers")
        self.resize(820, 520)
        self._lines = agreement_lines(document)
        said = PlainLabel(tr("{readers} readers, {n} recordings; 95-% intervals by drawing recordings.").format(
            readers=len(document["readers"]), n=number(document["n_recordings"], ",")))
        heads = (tr("What"), tr("Who"), tr("Figure (95-% interval)"))
        self.table = _table(heads, self._lines)
        set_texts(self.table, name="Agreement of readers")
        notes = PlainLabel("\n".join(document["notes"]))
        notes.setObjectName("quiet")
        notes.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = set_texts(QPushButton(), text="Copy as text")
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self.table, 1)
        layout.addWidget(notes)
        layout.addWidget(self.buttons)

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join("\t".join(map(formula_safe, line)) for line in self._lines))


class ConflictsDialog(QDialog):
    """Only what readers decided differently; the adjudicator settles one after the other."""

    settled = Signal(object, str)
    """The conflict and the decision."""

    def __init__(self, adjudicator: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Conflicts between readers")
        self.resize(860, 480)
        self._conflicts: tuple[Conflict, ...] = ()
        self.said = PlainLabel()
        self.table = _table((tr("Recording"), tr("About"), tr("Decisions"), tr("Settled")), ())
        set_texts(self.table, name="Conflicts between readers")
        self.decision = QComboBox()
        set_texts(self.decision, name="Decision")
        self.settle = set_texts(QPushButton(), text="Settle",
                                tip="Keep this decision as an adjudication, in your name.")
        row = QHBoxLayout()
        row.addWidget(PlainLabel(tr("Decided by {name}:").format(name=adjudicator)))
        row.addWidget(self.decision, 1)
        row.addWidget(self.settle)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.table.itemSelectionChanged.connect(self._offer)
        self.settle.clicked.connect(self._settle)
        self._offer()

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Open ones first; the selection stays on its row."""
        row = max(self.table.currentRow(), 0)
        self._conflicts = tuple(sorted(conflicts, key=lambda item: bool(item.settled)))
        rows = [(item.record[:16], _about(item), "; ".join(f"{answer.reader}: {_word(answer.text)}" for answer in
                                                            item.answers),
                 f"{_word(item.settled)} ({item.settled_by})" if item.settled else "") for item in self._conflicts]
        _fill(self.table, rows)
        n_open = sum(not item.settled for item in self._conflicts)
        self.said.setText(tr("{n} conflicts, {open} of them open.").format(n=len(rows), open=n_open) if rows else
                          tr("No conflicts: readers who decided about the same thing decided alike."))
        if rows:
            self.table.selectRow(min(row, len(rows) - 1))
        self._offer()

    @property
    def current(self) -> Conflict | None:
        """The conflict in the selected row."""
        row = self.table.currentRow()
        return self._conflicts[row] if 0 <= row < len(self._conflicts) else None

    def _offer(self) -> None:
        self.decision.clear()
        conflict = self.current
        if conflict is not None:
            offered = dict.fromkeys(answer.text for answer in conflict.answers)
            if conflict.subject == "recording":
                offered |= dict.fromkeys(READ_DECISIONS)
            for text in offered:
                self.decision.addItem(_word(text), text)
        self.settle.setEnabled(conflict is not None)

    def _settle(self) -> None:
        if self.current is not None:
            self.settled.emit(self.current, self.decision.currentData())


def _about(conflict: Conflict) -> str:
    words = {"recording": tr("the recording"), "finding": tr("a finding"), "own findings": tr("findings of their own")}
    return f"{words[conflict.subject]}, {conflict.where}" if conflict.where else words[conflict.subject]


def _word(text: str) -> str:
    return tr(_WORDS[text]) if text in _WORDS else text


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    _fill(table, rows)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.setItem(place, column, QTableWidgetItem(text))
