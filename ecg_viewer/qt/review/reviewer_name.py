"""The reviewer's name: asked for before the first decision, and kept as in the settings."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ecg_viewer.qt.review.review_dialogs import ReviewerDialog
from ecg_viewer.state.review.open_review import OpenReview

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class ReviewerName(QObject):
    """Gives the open review its reviewer."""

    about_to_change = Signal()
    """Another name is about to be used: what is being typed belongs to the one before."""
    not_given = Signal()
    """The dialog was cancelled."""

    def __init__(self, window: Host, open_review: OpenReview) -> None:
        super().__init__(window)
        self._window = window
        self._open_review = open_review
        window.settings.changed.connect(self._follow_settings)

    def as_reviewer(self, act: Callable[[], object]) -> None:
        """Do something that needs the name, which is asked for at the first time."""
        if self._open_review.reviewer:
            act()
        else:
            self.ask(act)

    def ask(self, act: Callable[[], object] = lambda: None) -> None:
        """Ask for the name; then do something, unless the dialog is cancelled."""
        dialog = ReviewerDialog(self._open_review.reviewer or _login_name(), self._window)

        def take(name: str) -> None:
            self._window.settings.change(reviewer=name)  # heard by `_follow_settings`
            self._set(name)
            act()

        dialog.named.connect(take)
        dialog.rejected.connect(self.not_given)
        dialog.open()

    def _follow_settings(self) -> None:
        name = self._window.settings.settings.reviewer
        if name.strip() and name != self._open_review.reviewer:
            self._set(name)

    def _set(self, name: str) -> None:
        if self._open_review.reviewer:
            self.about_to_change.emit()
        self._open_review.set_reviewer(name)


def _login_name() -> str:
    """What the reviewer may be called; empty where the system does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
