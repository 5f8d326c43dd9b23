"""The panels of a blinded first read: the form before anything is shown, and the question after."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.study.read_form import ReadForm
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.review.reads import READ_WORDS, Reads
from ecg_viewer.state.words.language import tr


class FirstReadPanel(QScrollArea):
    """In the place of findings and summary, while they are hidden."""

    committed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_texts(self, name="First read")
        self._inside = inside = QWidget()
        inside.setObjectName("panel")
        self.setWidget(inside)
        self.title = set_texts(PlainLabel(), text="First read, blinded")
        self.title.setObjectName("headline")
        self.why = set_texts(
            PlainLabel(),
            text="Statements, report, measurements and everything that the program finds appear when you have "
                 "committed a first decision. It is kept with its time, and you are asked once more after seeing them.",
        )
        self.why.setObjectName("quiet")
        self.why.setWordWrap(True)
        self.form = ReadForm()
        self.commit = set_texts(QPushButton(), text="Commit and show", tip="Keep this decision, then show everything. "
                                                                           "(Ctrl+Alt+Return)")
        self.commit.clicked.connect(self.committed)
        KeyGuard(self).guard(self.commit)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self.title, self.why, self.form, self.commit):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.form.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.commit.setEnabled(self.form.is_complete)
        self.setMinimumWidth(self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())


class SecondReadPanel(Retranslatable, QWidget):
    """Above the findings, once after they have appeared."""

    kept = Signal()
    committed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = Reads()
        self.setObjectName("caution")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_texts(self, name="Decision after seeing the results")
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.keep = set_texts(QPushButton(), text="Keep it", tip="The first decision stands. (Q)")
        self.change = set_texts(QPushButton(), text="Change it…")
        self.change.setCheckable(True)
        self.form = ReadForm()
        self.commit = set_texts(QPushButton(), text="Commit the change", tip="Keep the changed decision. "
                                                                             "(Ctrl+Alt+Return)")
        buttons = QHBoxLayout()
        for button in (self.keep, self.change):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.said)
        layout.addLayout(buttons)
        layout.addWidget(self.form)
        layout.addWidget(self.commit)
        KeyGuard(self).guard(self.keep, self.change, self.commit)
        self.keep.clicked.connect(self.kept)
        self.commit.clicked.connect(self.committed)
        self.change.toggled.connect(self._show)
        self.form.changed.connect(self._show)
        self._show()

    @property
    def is_changing(self) -> bool:
        """Whether the form is open."""
        return self.change.isChecked()

    def ask(self, reads: Reads, leads: tuple[str, ...]) -> None:
        """Ask about the first decision."""
        if reads == self._reads or reads.first is None:
            return
        self._reads = reads
        self.change.setChecked(False)
        self.form.clear(leads)
        self.form.fill(reads.first)
        self.retranslate()

    def forget(self) -> None:
        """Nothing is asked."""
        self._reads = Reads()

    def retranslate(self) -> None:
        first = self._reads.first
        if first is not None:
            self.said.setText(tr("Your first read: {decision}, {confidence} % sure. And now that you have seen the "
                                 "rest?").format(decision=tr(READ_WORDS[first.decision]),
                                                 confidence=f"{first.confidence:.0f}"))

    def _show(self) -> None:
        self.form.setVisible(self.is_changing)
        self.commit.setVisible(self.is_changing)
        self.commit.setEnabled(self.form.is_complete)
        self.keep.setEnabled(not self.is_changing)


class PlainList(QListView):
    """Names of recordings in the order in which they were added, and nothing else about them."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_texts(self, name="Recordings, in the order in which they were opened")
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
