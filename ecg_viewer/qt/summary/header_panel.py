"""The tab with the file's information about the recording; identity only on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.file_information import HeaderField, RecordHeader
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


TITLE_PX = 92


class HeaderPanel(Retranslatable, QScrollArea):
    """The lines of a `RecordHeader`, and the button that shows identity."""

    def __init__(self, header: RecordHeader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = header
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_texts(self, name="Recording information")
        self._content = QWidget()
        self._content.setObjectName("panel")
        self.setWidget(self._content)
        self.identity = QPushButton()
        self.identity.setCheckable(True)
        self.identity.clicked.connect(self._header.show_identity)
        self._guard = KeyGuard(self)
        self._guard.guard(self.identity)
        self._note = PlainLabel()
        self._note.setObjectName("quiet")
        self._note.setWordWrap(True)
        self._lines = QGridLayout()  # a form layout leaves wrapped words a pixel less than it has measured them for
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(4)
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.addWidget(self.identity)
        layout.addWidget(self._note)
        layout.addLayout(self._lines)
        layout.addStretch(1)
        header.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """Everything that is shown, a line for each."""
        return "\n".join(f"{line.title}: {line.value}" for line in self._header.lines)

    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.hide()
                label.deleteLater()
        lines = sorted(self._header.lines, key=lambda line: not line.identifies)  # the identifying lines come first
        for row, line in enumerate(lines):
            for column, words in enumerate(_row(line)):
                self._lines.addWidget(words, row, column, Qt.AlignmentFlag.AlignTop)
        shown, hidden = self._header.is_identity_shown, self._header.n_hidden
        self.identity.setChecked(shown)
        self.identity.setText(tr("Hide identity") if shown else tr("Show identity"))
        self.identity.setToolTip(
            tr("Dates, numbers, names and free comments: off again at the next recording, never logged or exported.")
        )
        self.identity.setEnabled(shown or hidden > 0)
        if not self._header.lines:
            note = tr("No recording is open.")
        elif hidden:
            note = tr("Hidden, because it could identify somebody: {n}").format(n=hidden)
        else:
            note = "" if shown else tr("The file says nothing that identifies anybody.")
        self._note.setText(note)
        self._note.setVisible(bool(note))


def _row(line: HeaderField) -> tuple[QLabel, QLabel]:
    title, value = PlainLabel(line.title), PlainLabel(line.value)
    title.setObjectName("quiet")
    title.setBuddy(value)
    value.setAccessibleName(line.title)
    value.setWordWrap(True)
    title.setWordWrap(True)
    title.setFixedWidth(TITLE_PX)
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return title, value


def _has_identity(feature: HeaderFeature) -> bool:
    return bool(feature.state.n_hidden) or feature.state.is_identity_shown


class HeaderFeature(Feature):
    """Adds the tab; it follows the open recording."""

    menu_place = 110
    actions = (
        ActionSpec("record_header", "View/Panels", translatable("Recording information"), ("Ctrl+I",),
                   translatable("Show sampling rate, gains, filters, device and more in the tab Info."),
                   do=lambda self: self._bring_up(), enabled=has_record),
        ActionSpec("identity", "View/Panels", translatable("Show identity"), ("Ctrl+Shift+I",),
                   translatable("Show names, numbers, dates and comments of the file in the tab Info, until "
                                "another recording is opened."),
                   do=lambda self: self._toggle_identity(), enabled=_has_identity,
                   checked=lambda self: self.state.is_identity_shown),
    )

    def __init__(self, window: Host, header: RecordHeader) -> None:
        super().__init__(window)
        self.state = header
        self.panel = HeaderPanel(self.state)
        window.add_side_tab(self.panel, translatable("Info"))
        window.session.record_changed.connect(self._show_record)
        self.state.changed.connect(self.changed.emit)

    def retranslate(self) -> None:
        is_shown = self.state.is_identity_shown
        self._show_record()
        self.state.show_identity(is_shown)

    def _show_record(self) -> None:
        self.state.show_record(self.window.session.record, self.window.session.item)

    def _toggle_identity(self) -> None:
        self.state.show_identity(not self.state.is_identity_shown)
        self._bring_up()

    def _bring_up(self) -> None:
        tabs = self.window.frame.side_tabs
        if not tabs.isVisible():
            self.window.action("show_findings").trigger()
        tabs.setCurrentWidget(self.panel)
