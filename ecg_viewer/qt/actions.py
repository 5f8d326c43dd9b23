"""What an action is: its key, menu, text and tip, what it does, and when it is enabled and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from ecg_viewer.state.words.language import tr, translatable

MENUS = (translatable("File"), translatable("View"), translatable("Measure"), translatable("Findings"),
         translatable("Model"), translatable("Help"))
"""An action's menu is one of these, or `View/Layout` for one inside it, made where its first action stands."""
SUBMENUS = (translatable("Go to"), translatable("Speed and gain"), translatable("Panels"), translatable("Worklist"))
"""Menus inside these that several features share."""


@dataclass(frozen=True)
class ActionSpec:
    """One thing the user can do. `do`, `enabled` and `checked` are given the feature in whose table it stands."""

    id: str
    menu: str
    """One of `MENUS`, or one inside it, as in `View/Layout`."""
    text: str
    """In the menu and the help dialog; English, shown through `tr`."""
    keys: tuple[str, ...] = ()
    """The first one is shown in the menu."""
    tip: str = ""
    """What it does, in a sentence; shown in the help dialog and as a tooltip."""
    _: KW_ONLY
    do: Callable[[Any], object]
    """Called when the user triggers or toggles it."""
    enabled: Callable[[Any], bool] | None = None
    """Whether it makes sense now; None: always."""
    checked: Callable[[Any], bool] | None = None
    """Whether it is ticked now; None: it cannot be."""
    separate: bool = False
    """Whether a separator precedes it in the menu."""
    group: str = ""
    """Of the checkable actions of a group exactly one is checked."""

    @property
    def checkable(self) -> bool:
        """Whether the menu shows a tick at it."""
        return self.checked is not None


def make_actions(parent: QWidget, specs: Iterable[ActionSpec], owner: object) -> dict[str, QAction]:
    """An action of the window `parent` for each of `specs`, which are those of the feature `owner`."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in specs:
        action = QAction(tr(spec.text), parent)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setToolTip(tooltip(spec))
        action.setStatusTip("")
        action.triggered.connect(_caller(spec, owner))
        parent.addAction(action)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        actions[spec.id] = action
    return actions


def tooltip(spec: ActionSpec) -> str:
    """The sentence and the keys: `Scroll by what is visible. (Right)`."""
    keys = key_text(spec)
    return f"{tr(spec.tip)} ({keys})" if keys else tr(spec.tip)


def key_text(spec: ActionSpec) -> str:
    """Keys as this platform writes them."""
    return tr(" or ").join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys)


def _caller(spec: ActionSpec, owner: object) -> Callable[[bool], None]:
    """Drops the checked state that Qt sends along; what is checked is in the state objects."""

    def call(_checked: bool = False) -> None:
        spec.do(owner)

    return call
