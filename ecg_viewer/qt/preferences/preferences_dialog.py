"""The dialog: one page per section, one control per preference. Changes apply at once; Cancel reverts them."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.preferences.preference_controls import Control, TextControl, control_for
from ecg_viewer.qt.widgets.labels import label_for
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.models import Models
from ecg_viewer.state.preferences import PREFERENCES, SECTIONS, Preference, defaults
from ecg_viewer.state.settings import SettingsFile

MARGIN = 24
"""Around the pages, and around the dialog on a small screen."""
_Button = QDialogButtonBox.StandardButton


class PreferencesDialog(QDialog):
    """Changes the settings while it is open; `reject` puts back what they were."""

    def __init__(self, settings: SettingsFile, models: Models, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Preferences")
        self._settings = settings
        self._models = models
        self._before = settings.settings
        self.controls: dict[str, Control] = {}
        self._pages: list[QWidget] = []
        self.tabs = QTabWidget()
        set_texts(self.tabs, name="Preferences")
        pages = {section: [item for item in PREFERENCES if item.section == section] for section in SECTIONS}
        for items in filter(None, pages.values()):
            self.tabs.addTab(_scrolling(self._page(items)), "")
        set_texts(self.tabs, tabs=[section for section, items in pages.items() if items])
        self.buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel | _Button.RestoreDefaults)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(_Button.RestoreDefaults).clicked.connect(self.restore_defaults)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(self.buttons)
        self.buttons.button(_Button.RestoreDefaults).setAutoDefault(False)  # Enter must not do that
        self.buttons.button(_Button.Ok).setDefault(True)
        self._fit()
        settings.changed.connect(self._show)
        self._show()
        self.tabs.setFocus()

    def restore_defaults(self) -> None:
        """Restore the defaults on every page."""
        for control in self.controls.values():
            if isinstance(control, TextControl):
                control.edit.setModified(False)
        self._settings.change(**defaults())

    def accept(self) -> None:
        """Close and keep all changes, including typed text."""
        typed = {field: control.text for field, control in self.controls.items() if isinstance(control, TextControl)}
        self._settings.change(**typed)
        super().accept()

    def reject(self) -> None:
        """Close and take every change of this dialog back."""
        before = {item.field: getattr(self._before, item.field) for item in PREFERENCES}
        self._settings.change(**before)
        self._settings.change(**before)  # an effect may have remembered what it did, such as the model's name
        super().reject()

    def _fit(self) -> None:
        """As large as the largest page, but no larger than the screen; there the pages scroll."""
        width = max(page.sizeHint().width() for page in self._pages) + 2 * MARGIN
        height = max(page.heightForWidth(width - 2 * MARGIN) for page in self._pages)
        around = self.sizeHint().height() - self.tabs.sizeHint().height() + self.tabs.tabBar().sizeHint().height()
        available = self.screen().availableSize()
        self.resize(min(width, available.width() - MARGIN), min(height + around + MARGIN, available.height() - MARGIN))

    def _page(self, items: list[Preference]) -> QWidget:
        page = QWidget()
        self._pages.append(page)
        form = QFormLayout(page)
        form.setContentsMargins(16, 16, 16, 16)
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for item in items:
            control = self.controls[item.field] = control_for(item, self._models)
            control.chosen.connect(self._take)
            form.addRow(label_for(control.field, item.text), control.widget)
            if item.tip:
                hint = set_texts(PlainLabel(), text=item.tip)
                hint.setObjectName("quiet")
                hint.setWordWrap(True)
                hint.setMinimumWidth(320)
                form.addRow("", hint)
        return page

    def _take(self, field: str, value: object) -> None:
        self._settings.change(**{field: value})

    def _show(self) -> None:
        """Update the controls from the settings."""
        values = asdict(self._settings.settings)
        for field, control in self.controls.items():
            with QSignalBlocker(control):
                control.show_value(values[field])


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it, and bring themselves into view
    area.setWidget(page)
    return area
