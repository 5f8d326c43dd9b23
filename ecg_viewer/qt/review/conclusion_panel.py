"""The tab in which a reviewer writes what the recording comes to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.review.conclusion_words import author_text
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.templates import not_measured_mark, not_stated_mark
from ecg_viewer.state.words.language import tr

TYPING_MS = 150
"""What is typed is in a file after so long at most."""


class ConclusionPanel(Retranslatable, QWidget):
    """The text, who wrote it, and whether it is kept. Leaving the field keeps it."""

    wanted = Signal()
    """The field was entered while nobody has said who reviews."""
    finished = Signal(object, str)
    """`RecordFiles` of the recording that the text was written for, and the text."""
    typed = Signal(object, str)
    """The same while it is being written, after `TYPING_MS` at most."""
    left = Signal()
    """Esc: back to the ECG."""

    def __init__(self, open_review: OpenReview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._open_review = open_review
        self._files: RecordFiles | None = None
        """Of the recording whose text stands in the field."""
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        set_texts(self.text, name="Conclusion of the recording",
                  placeholder="What this recording comes to, in your words. Nothing is written for you.",
                  tip="Kept when you leave the field, and again whenever you change it. (Ctrl+K)")
        self.state = PlainLabel()
        self.state.setObjectName("quiet")
        self.state.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        self.row = FlowRow()
        layout.addWidget(self.row)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.state)
        self._marks = _Marks(self.text.document())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell_typed)
        self.text.textChanged.connect(self._follow_typing)
        open_review.changed.connect(self.show_review)
        open_review.saved_changed.connect(self._show_state)
        self.show_review()

    @property
    def is_typing(self) -> bool:
        """Whether the field holds what the journal was not given."""
        return self.text.document().isModified() and self._files is not None

    def edit(self, *, to_end: bool = True) -> None:
        """Put the cursor into the field, `to_end` behind the text."""
        if self.text.isEnabled():
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if to_end:
                self.text.moveCursor(QTextCursor.MoveOperation.End)

    def insert(self, text: str) -> None:
        """Put a text at the cursor, on a line of its own if something else stands before it."""
        cursor = self.text.textCursor()
        is_after = not cursor.atBlockStart() and not cursor.hasSelection()
        cursor.insertText(f"\n{text}" if is_after else text)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def keep(self) -> None:
        """Hand on what was typed, for the recording it was typed for."""
        if self.is_typing:
            self._typing.stop()
            self.text.document().setModified(False)
            self.finished.emit(self._files, self.text.toPlainText())

    def stop(self) -> None:
        """The window closes."""
        self._typing.stop()

    def retranslate(self) -> None:
        self._marks.rehighlight()
        self._show_state()

    def show_review(self) -> None:
        """Show the open recording's conclusion; what is being typed stays while its recording is open."""
        files = self._open_review.files
        is_same = files is not None and self._files is not None and files.paths == self._files.paths
        if self.is_typing and is_same:
            self._files = files  # its checksum may be known by now
            return
        self.keep()
        self._files = files
        conclusion = self._open_review.conclusion
        text = "" if conclusion is None else conclusion.text
        if text != self.text.toPlainText() or not is_same:
            self.text.setPlainText(text)
        self.text.document().setModified(False)
        self.text.setEnabled(files is not None)
        self.text.setReadOnly(not self._open_review.reviewer)
        self._show_state()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Leaving keeps the text; a click or a key asks for the reviewer's name if need be; Esc goes back to the ECG.
        """
        kind = event.type()
        if watched is self.text:
            if kind == QEvent.Type.FocusOut:
                self.keep()
            elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonRelease:
                self._ask_for_name()
            elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and kind in (
                    QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event.accept()
                if kind == QEvent.Type.KeyPress:
                    self.keep()
                    self.left.emit()
                return True
            elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.text().isprintable():
                self._ask_for_name()
        return False

    def _ask_for_name(self) -> None:
        if self.text.isReadOnly() and self.text.isEnabled():
            self.wanted.emit()

    def _follow_typing(self) -> None:
        if self.is_typing:
            if not self._typing.isActive():
                self._typing.start()
            self._show_state()

    def _tell_typed(self) -> None:
        if self.is_typing:
            self.typed.emit(self._files, self.text.toPlainText())

    def _show_state(self) -> None:
        conclusion = self._open_review.conclusion
        if self.is_typing:
            said = tr("not yet in the journal")
        elif conclusion is None:
            said = ""
        elif not self._open_review.is_saved:
            said = tr("saving…")
        else:
            said = tr("saved · {author}").format(author=author_text(conclusion))
        self.state.setText(said)


class _Marks(QSyntaxHighlighter):
    """What could not be filled in stands out: bold and underlined, whatever the colours are."""

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        for mark in (not_measured_mark(), not_stated_mark()):
            start = text.find(mark)
            while start >= 0:
                self.setFormat(start, len(mark), look)
                start = text.find(mark, start + len(mark))
