"""A capability of the window: its actions, panels and overlays, added without the window knowing what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from ecg_viewer.qt.actions import ActionSpec

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

AsReviewer = Callable[[Callable[[], object]], None]
"""Does something that needs the reviewer's name, which is asked for at the first time."""


class Feature(QObject):
    """Made once, after the paper and the panels; listed in `ecg_viewer.qt.features`, in any order.

    Features share state, never each other's widgets. A feature is handed what it shares: it names the fields of
    `ecg_viewer.qt.features.SharedState` as parameters of its constructor, after the window.
    """

    changed = Signal()
    """Some of `actions` may be enabled or checked otherwise than before."""
    actions: ClassVar[tuple[ActionSpec, ...]] = ()
    menu_place: ClassVar[int]
    """Where its actions and panels stand among those of the others: lower places first, each place once."""

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.window = window

    def ready(self) -> None:
        """All actions of the window are made; whoever puts some of them on buttons does so now."""

    def retranslate(self) -> None:
        """The language has changed: set the texts of actions and tabs that depend on what is open."""

    def may_close(self) -> bool:
        """The window is about to close; False, after asking the user, keeps it open."""
        return True

    def close(self) -> None:
        """The window closes: stop what runs, save what is to be kept."""


def has_record(feature: Feature) -> bool:
    """A recording is open."""
    return feature.window.session.record is not None


def has_list(feature: Feature) -> bool:
    """One of several listed recordings is open."""
    session = feature.window.session
    return len(session.records) > 1 and session.item is not None
