"""The help dialog: all actions and their keys, searchable, in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.actions import MENUS, ActionSpec, key_text
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.screen_room import dialog_size
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.window.mouse_help import GESTURES
from ecg_viewer.state.words.language import tr

N_COLUMNS = 2
TITLE_ROWS = 1
"""Height of a title in lines, for balancing the columns."""


@dataclass(frozen=True)
class HelpLine:
    """An action or gesture, in the current language."""

    text: str
    keys: str
    tip: str

    def matches(self, words: list[str]) -> bool:
        """Whether every word occurs somewhere in it."""
        said = f"{self.text} {self.keys} {self.tip}".casefold()
        return all(word in said for word in words)


class HelpDialog(Retranslatable, QDialog):
    """A list of all actions and gestures, and a field that narrows it down while one types."""

    def __init__(self, specs: Sequence[ActionSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self._specs = specs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Keys and actions")
        self.resize(dialog_size(parent.screen(), 1120, 780))
        self.search = QLineEdit()
        set_texts(self.search, placeholder="Find an action or a key", name="Find an action or a key")
        self.search.setClearButtonEnabled(True)
        self.count = PlainLabel()
        self.count.setObjectName("quiet")
        self.text = QTextBrowser()
        set_texts(self.text, name="Keys and actions")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
        self.search.textChanged.connect(self._show)
        self._show()
        self.search.setFocus()

    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        groups = help_groups(self._specs)
        found = matching(groups, self.search.text())
        n, total = (sum(len(lines) for lines in some.values()) for some in (found, groups))
        self.count.setText(tr("{n} of {total}").format(n=n, total=total))
        self.text.setHtml(help_html(found) if found else f"<p>{escape(tr('Nothing by that name.'))}</p>")


def help_groups(actions: Sequence[ActionSpec]) -> dict[str, list[HelpLine]]:
    """Every one of `actions` by the title of its menu, then what the mouse does."""
    groups: dict[str, list[HelpLine]] = {}
    for menu in MENUS:
        specs = [spec for spec in actions if spec.menu.partition("/")[0] == menu]
        lines = [HelpLine(tr(spec.text).replace("&", ""), key_text(spec), tr(spec.tip)) for spec in specs]
        if lines:
            groups[tr(menu)] = lines
    groups[tr("Mouse")] = [HelpLine(tr(what), "", tr(does)) for what, does in GESTURES]
    return groups


def matching(groups: dict[str, list[HelpLine]], typed: str) -> dict[str, list[HelpLine]]:
    """The lines that have every word of `typed`; groups without any are left out."""
    words = typed.casefold().split()
    found = {title: [line for line in lines if line.matches(words)] for title, lines in groups.items()}
    return {title: lines for title, lines in found.items() if lines}


def help_html(groups: dict[str, list[HelpLine]]) -> str:
    """The groups in two columns of about the same length, in their order."""
    cells = "".join(
        f'<td width="{100 // N_COLUMNS}%" valign="top">{"".join(_group(title, groups[title]) for title in column)}</td>'
        for column in columns({title: len(lines) for title, lines in groups.items()})
    )
    return f'<table width="100%" cellspacing="8"><tr>{cells}</tr></table>'


def columns(lengths: dict[str, int]) -> list[list[str]]:
    """The titles in reading order, cut into two where the longer side is shortest."""
    titles = list(lengths)
    sizes = [lengths[title] + TITLE_ROWS for title in titles]
    cut = min(range(len(titles) + 1), key=lambda at: (max(sum(sizes[:at]), sum(sizes[at:])), at))
    return [titles[:cut], titles[cut:]]


def _group(title: str, lines: list[HelpLine]) -> str:
    """A title and a paragraph a line: the name with its keys, what it does below."""
    paragraphs = "".join(
        '<p style="margin-top: 0; margin-bottom: 7px; margin-left: 4px">'
        f'<b>{escape(line.text)}</b>{_keys(line.keys)}<br>{escape(line.tip)}</p>'
        for line in lines
    )
    return f'<h3 style="margin-top: 4px; margin-bottom: 6px">{escape(title)}</h3>{paragraphs}'


def _keys(keys: str) -> str:
    return f' &nbsp; <span style="white-space: nowrap"><code>{escape(keys)}</code></span>' if keys else ""
