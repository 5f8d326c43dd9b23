"""Keeps the window's actions enabled and checked as their table says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from ecg_viewer.qt.feature import Feature
from ecg_viewer.state.blinding import is_allowed
from ecg_viewer.state.session import Session


class ActionStates(QObject):
    """Refreshes all actions at most once per turn of the event loop, however many changes are reported.

    `flush` does it at once, for whoever reads or triggers an action in the turn of the change.
    """

    def __init__(
        self, session: Session, actions: Mapping[str, QAction], features: Collection[Feature], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._was_blind = False
        self.refreshes = 0
        """How often the actions were refreshed, for those who measure."""
        self._session = session
        self._actions = actions
        self._features = features
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        session.record_changed.connect(self.refresh_soon)
        session.records.changed.connect(self.refresh_soon)
        session.hidden_changed.connect(self.refresh_soon)
        session.findings_changed.connect(self.refresh_soon)
        session.assessment_changed.connect(self.refresh_soon)
        for feature in features:
            feature.changed.connect(self.refresh_soon)
        self._refresh()

    def refresh_soon(self) -> None:
        """Something changed: refresh in the next turn of the event loop."""
        if not self._timer.isActive():
            self._timer.start(0)

    def flush(self) -> None:
        """Refresh now if something has changed since the last time."""
        if self._timer.isActive():
            self._timer.stop()
            self._refresh()

    def close(self) -> None:
        """The window closes: nothing is refreshed any more."""
        self._timer.stop()
        self._timer.timeout.disconnect(self._refresh)

    def _refresh(self) -> None:
        self.refreshes += 1
        blind, hidden = self._session.is_blind, self._session.is_hidden
        was_blind, self._was_blind = self._was_blind, blind or hidden
        for feature in self._features:
            known: dict[object, bool] = {}
            """Answers that several actions of the feature ask for."""
            for spec in feature.actions:
                action = self._actions[spec.id]
                may = not self._was_blind or is_allowed(spec.id, is_hidden=hidden, in_study=self._session.is_locked)
                if spec.enabled is not None and may:
                    if spec.enabled not in known:
                        known[spec.enabled] = spec.enabled(feature)
                    may = known[spec.enabled]
                if spec.enabled is not None or self._was_blind or was_blind:
                    action.setEnabled(may)
                if spec.checked is not None:
                    action.setChecked(spec.checked(feature))
