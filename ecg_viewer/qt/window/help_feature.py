"""The menu Help: keys and actions, the documentation, the notice, the log and About."""

from __future__ import annotations

from typing import ClassVar

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.window.about import AboutDialog, show_documentation, show_log_folder
from ecg_viewer.qt.window.help_dialog import HelpDialog
from ecg_viewer.state.words.language import translatable


class HelpFeature(Feature):
    """Dialogs about the program."""

    menu_place = 5
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("help", "Help", translatable("Keys and actions"), ("?", "F1"), translatable("This list."),
                   do=lambda self: self.show_help()),
        ActionSpec("documentation", "Help", translatable("Documentation"), (),
                   translatable("Guide, glossary, commands and results, in the browser; no network is needed."),
                   do=lambda self: show_documentation(self.window.show_problem)),
        ActionSpec("notice", "Help", translatable("Research-use notice"), (),
                   translatable("Show the notice of the first start again."),
                   do=lambda self: self.window.show_notice()),
        ActionSpec("log_folder", "Help", translatable("Show log folder"), (),
                   translatable("The log holds no paths and nothing about patients."),
                   do=lambda self: show_log_folder()),
        ActionSpec("about", "Help", translatable("About"), (), translatable("Version, model and licences."),
                   do=lambda self: AboutDialog(self.window.session.model, self.window).open(), separate=True),
    )

    def show_help(self) -> None:
        """List keys and actions."""
        HelpDialog(self.window.action_specs, self.window).open()
