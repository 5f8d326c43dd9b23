"""The models to choose from, in the menu Model: one is ticked, and says in a tooltip what it is."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.models import ModelChoice, Models
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import model_explanation


class ModelMenu:
    """A tickable line for each model above the line `before`, made anew when the models change."""

    def __init__(self, menu: QMenu, before: QAction, models: Models) -> None:
        self._menu = menu
        self._before = before
        self._models = models
        self._group = QActionGroup(menu)
        self._group.triggered.connect(self._choose)
        menu.setToolTipsVisible(True)
        models.changed.connect(self._refresh)
        self._refresh()

    @property
    def actions(self) -> list[QAction]:
        """The lines, in the order of the menu."""
        return self._group.actions()

    def retranslate(self) -> None:
        """The language has changed."""
        for action, choice in zip(self.actions, self._models.choices, strict=True):
            action.setText(self._text(choice))
        self._refresh()

    def _refresh(self) -> None:
        """Lines that are there already keep their place, so that the menu does not flicker while it is open."""
        lines = {action.data(): action for action in self._group.actions()}
        choices = self._models.choices
        for key in lines.keys() - {choice.key for choice in choices}:
            self._group.removeAction(lines[key])
            self._menu.removeAction(lines[key])
            lines.pop(key).deleteLater()
        for choice in choices:
            action = lines.get(choice.key)
            if action is None:
                action = QAction(self._text(choice), self._menu)
                action.setCheckable(True)
                action.setData(choice.key)
                self._group.addAction(action)
                self._menu.insertAction(self._before, action)
            action.setChecked(choice == self._models.current)
            action.setToolTip(plain_tip(self._tip(choice)))

    def _text(self, choice: ModelChoice) -> str:
        is_default = choice.is_bundled and choice == self._models.choices[0]
        return (choice.title + (tr(" (default)") if is_default else "")).replace("&", "&&")

    def _tip(self, choice: ModelChoice) -> str:
        info = self._models.info(choice)
        place = tr("Comes with the program.") if choice.is_bundled else choice.key
        return place if info is None else f"{place}\n{model_explanation(info)}"

    def _choose(self, action: QAction) -> None:
        self._models.choose(action.data())
