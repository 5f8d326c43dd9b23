"""The menu bar, made from the table of actions, with recent files and the choice of colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from ecg_viewer.qt.actions import MENUS, ActionSpec
from ecg_viewer.qt.window.model_menu import ModelMenu
from ecg_viewer.state.models import Models
from ecg_viewer.state.settings import THEMES, SettingsFile, Theme
from ecg_viewer.state.words.language import tr, translatable

THEME_NAMES: dict[Theme, str] = {
    "system": translatable("As the system"),
    "light": translatable("Light"),
    "dark": translatable("Dark"),
    "high-contrast": translatable("High contrast"),
}

LAST = "quit"
"""Stays at the end of its menu, after what features add."""


class Menus:
    """Fills the window's menu bar; recent files are listed when their menu opens."""

    def __init__(
        self,
        window: QMainWindow,
        specs: Sequence[ActionSpec],
        actions: Mapping[str, QAction],
        settings: SettingsFile,
        models: Models,
        open_paths: Callable[[list[Path]], object],
        choose_theme: Callable[[Theme], None],
    ) -> None:
        self._settings = settings
        self._open_paths = open_paths
        self._choose_theme = choose_theme
        self.recent = QMenu(tr("Open recent"), window)
        self.recent.aboutToShow.connect(self.fill_recent)
        self.recent.triggered.connect(self._open_recent)
        self.themes = QMenu(tr("Colours"), window)
        self._fill_themes()
        self._menus = {title: window.menuBar().addMenu(tr(title)) for title in MENUS}
        for spec in (*(spec for spec in specs if spec.id != LAST), *(spec for spec in specs if spec.id == LAST)):
            menu = self.menu(spec.menu)
            if spec.separate:
                menu.addSeparator()
            if spec.id == "full_screen":
                menu.addMenu(self.themes)
            menu.addAction(actions[spec.id])
            if spec.id == "open_folder":
                menu.addMenu(self.recent)
            if spec.id == "open_model":
                self.models = ModelMenu(menu, actions[spec.id], models)
        self.fill_recent()

    def menu(self, path: str) -> QMenu:
        """The menu `View` or, as `View/Layout`, one inside it, which is made the first time it is asked for."""
        if path not in self._menus:
            outer, _, title = path.rpartition("/")
            self._menus[path] = self.menu(outer).addMenu(tr(title))
        return self._menus[path]

    def fill_recent(self) -> None:
        """List recent files, latest first, and a way to clear them."""
        self.recent.clear()
        paths = self._settings.settings.recent_files
        for text in paths:
            path = Path(text)
            action = self.recent.addAction(f"{path.name}  ({path.parent.name})".replace("&", "&&"))
            action.setData(text)
        if paths:
            self.recent.addSeparator()
            self.recent.addAction(tr("Clear the list"))
        self.recent.menuAction().setEnabled(bool(paths))

    def retranslate(self) -> None:
        """The language has changed."""
        for path, menu in self._menus.items():
            menu.setTitle(tr(path.rpartition("/")[2]))
        self.recent.setTitle(tr("Open recent"))
        self.themes.setTitle(tr("Colours"))
        for action in self.themes.actions():
            action.setText(tr(THEME_NAMES[action.data()]))
        for action in self.recent.actions():
            if not action.data() and not action.isSeparator():
                action.setText(tr("Clear the list"))
        self.models.retranslate()

    def show_theme(self, theme: Theme) -> None:
        """Tick the choice in force."""
        for action in self.themes.actions():
            action.setChecked(action.data() == theme)

    def _fill_themes(self) -> None:
        group = QActionGroup(self.themes)
        self.themes.triggered.connect(self._pick_theme)
        for theme in THEMES:
            action = self.themes.addAction(tr(THEME_NAMES[theme]))
            action.setCheckable(True)
            action.setData(theme)
            group.addAction(action)
        self.show_theme(self._settings.settings.theme)

    def _open_recent(self, action: QAction) -> None:
        if action.data():
            self._open_paths([Path(action.data())])
        else:
            self._settings.forget_files(self._settings.settings.recent_files)
            self.recent.menuAction().setEnabled(False)

    def _pick_theme(self, action: QAction) -> None:
        self._choose_theme(action.data())
