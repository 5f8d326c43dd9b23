"""What can be done and with which keys, made from the table of actions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ecg_viewer.qt.actions import MENUS, key_text
from ecg_viewer.qt.features import all_actions
from ecg_viewer.state.language import tr

MOUSE = (
    ("Wheel, drag", "Scroll through the recording."),
    ("Ctrl + wheel", "Zoom in time."),
    ("Move the mouse", "Lead, time, amplitude and percentile stand in the status bar."),
    ("Drop files or a folder", "Opens them."),
)


class HelpDialog(QDialog):
    """A scrollable list, one table a menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys and actions")
        self.resize(620, 640)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Keys and actions")
        self.text.setHtml(help_html())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)


def help_html() -> str:
    """Every line of the table of actions, by menu."""
    parts = []
    for menu in MENUS:
        rows = [
            (tr(spec.text), key_text(spec), tr(spec.tip))
            for spec in all_actions()
            if spec.menu.partition("/")[0] == menu
        ]
        parts.append(f"<h4>{escape(tr(menu))}</h4>{_table(rows)}" if rows else "")
    parts.append(f"<h4>Mouse</h4>{_table([(what, '', does) for what, does in MOUSE])}")
    return "".join(parts)


def _table(rows: list[tuple[str, str, str]]) -> str:
    cells = "".join(
        f'<tr><td width="170"><b>{escape(text)}</b></td><td width="110">{escape(keys)}</td><td>{escape(tip)}</td></tr>'
        for text, keys, tip in rows
    )
    return f'<table width="100%" cellpadding="3">{cells}</table>'
