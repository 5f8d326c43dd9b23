"""A capability of the window: its actions, panels and overlays, added without the window knowing what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from ecg_viewer.qt.actions import ActionSpec, Needs

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class Feature(QObject):
    """Made once, after the paper and the panels; listed in `ecg_viewer.qt.window.features`, in any order.

    Features share Qt-free state, never each other's widgets.
    """

    changed = Signal()
    """What is available or checked may have changed."""
    actions: ClassVar[tuple[ActionSpec, ...]] = ()
    menu_place: ClassVar[int]
    """Where its actions and panels stand among those of the others: lower places first, each place once."""
    requires: ClassVar[tuple[type[Feature], ...]] = ()
    """Features it asks the window for while it is made, so that they must be made before."""

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of `actions` does, by its id."""
        return {}

    def available(self) -> frozenset[Needs]:
        """The needs that this feature knows to be satisfied now."""
        return frozenset()

    def checked(self) -> dict[str, bool]:
        """The state of the checkable ones among `actions`."""
        return {}

    def ready(self) -> None:
        """All actions of the window are made; whoever puts some of them on buttons does so now."""

    def retranslate(self) -> None:
        """The language has changed: set the texts of actions and tabs that depend on what is open."""

    def may_close(self) -> bool:
        """The window is about to close; False, after asking the user, keeps it open."""
        return True

    def close(self) -> None:
        """The window closes: stop what runs, save what is to be kept."""
