"""The preferences action, and the effects of changed settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.preferences.effects import AT_START, EFFECTS, apply
from ecg_viewer.qt.preferences.preferences_dialog import PreferencesDialog
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class PreferencesFeature(Feature):
    """Opens the dialog; follows the settings, whoever changes them."""

    menu_place = 180
    actions = (
        ActionSpec("preferences", "File", translatable("Preferences…"), ("Ctrl+,",),
                   translatable("Colours, language, paper, heat, reviewer and model."),
                   do=lambda self: self.open(), separate=True),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._applied = window.settings.settings
        for field in AT_START:
            EFFECTS[field](window, self._applied)
        window.settings.changed.connect(self._follow)

    def open(self) -> None:
        """Show the dialog."""
        PreferencesDialog(self.window.settings, self.window.session.models, self.window).open()

    def _follow(self) -> None:
        before, self._applied = self._applied, self.window.settings.settings
        apply(self.window, before, self._applied)
