"""The model's explanation of the visible window, and the masking pass that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal

if TYPE_CHECKING:
    from mmae_core.record import EcgRecord
    from mmae_core.scoring.explain import Explanation, MaskedPass

KEPT = 8
"""Cached explanations, 10 MB each."""
WINDOW_S = 10.0
"""Window length of all models."""
MIN_COVER = 0.6
"""A known window is shown while it covers this share of the visible stretch, or as much as a window can."""


@dataclass(frozen=True)
class Explained:
    """A window was explained."""

    explanation: Explanation


Ask = Callable[[str | None, "EcgRecord", float], Job]
"""A model's key, a recording and a start in seconds: a job that sends `Explained`."""


class ModelView:
    """Requests explanations of the visible 10 s, only while they are shown, and caches the latest."""

    def __init__(self, session: Session, lane: Lane, ask: Ask) -> None:
        self.changed: Signal[()] = Signal()
        """What is shown, or the explanation, changed."""
        self.failed: Signal[Problem] = Signal()
        self._session, self._lane, self._ask = session, lane, ask
        self._shows: dict[str, bool] = {"expected": False, "residual": False, "parts": False, "passes": False,
                                        "table": False}
        self._known: list[tuple[tuple[str, int], Explained]] = []
        """By model and recording, latest last."""
        self._asked: tuple[tuple[str, int], float] | None = None
        self._refused: tuple[str, int] | None = None
        """Model and recording that could not be explained, so as not to retry at every scroll."""
        self._message = ""
        self._pass = 0
        self._computed: tuple[int, int, MaskedPass] | None = None
        """Cache of the pass painted last: explanation, index and pass."""
        session.record_changed.connect(self._restart)
        session.models.chosen.connect(self._restart)
        session.view.range_changed.connect(self._want)

    @property
    def explanation(self) -> Explanation | None:
        """The explanation of the window that covers the visible stretch; None if not known."""
        explained = self._find()
        return None if explained is None else explained.explanation

    @property
    def is_working(self) -> bool:
        return self._asked is not None

    @property
    def message(self) -> str:
        """Why there is nothing to show, in a plain sentence."""
        return self._message

    @property
    def pass_index(self) -> int:
        """Index of the shown pass, from 0."""
        return self._pass

    @property
    def masked_pass(self) -> MaskedPass | None:
        """The shown pass; None while nothing is known."""
        explanation = self.explanation
        if explanation is None:
            return None
        if self._computed is None or self._computed[:2] != (id(explanation), self._pass):
            self._computed = id(explanation), self._pass, explanation.masked_pass(self._pass)
        return self._computed[2]

    def shows(self, what: str) -> bool:
        """Whether `expected`, `residual`, `parts`, `passes` or `table` is shown. Raises KeyError for any other."""
        return self._shows[what]

    def set_shown(self, what: str, shown: bool) -> None:
        """Show or hide a layer of the explanation."""
        if self._shows[what] != shown:
            self._shows[what] = shown
            self._want()
            self.changed.emit()

    def toggle(self, what: str) -> None:
        self.set_shown(what, not self._shows[what])

    def step_pass(self, steps: int) -> None:
        """Show the next (or, if negative, an earlier) pass; wraps around."""
        self.set_shown("passes", True)
        explanation = self.explanation
        self._pass = max(0, self._pass + steps) if explanation is None else (self._pass + steps) % explanation.n_passes
        self.changed.emit()

    def _key(self) -> tuple[str, int]:
        model = self._session.models.current
        return "" if model is None else model.key, id(self._session.record)

    def _restart(self) -> None:
        """Another recording or model: keep cached explanations, except those of closed recordings."""
        self._known = [item for item in self._known if item[0][1] == id(self._session.record)]
        self._asked, self._refused, self._message, self._computed = None, None, "", None
        self._want()
        self.changed.emit()

    def _find(self) -> Explained | None:
        """The known window that covers most of what is visible, if it covers enough."""
        view, key = self._session.view, self._key()
        low, high = view.start_s, min(view.end_s, view.duration_s)
        best, most = None, 0.0
        for known_key, explained in self._known:
            if known_key == key:
                found = explained.explanation
                covered = min(high, found.end_s) - max(low, found.start_s)
                if covered > most:
                    best, most = explained, covered
        return best if most >= MIN_COVER * min(high - low, WINDOW_S) else None

    def _want(self) -> None:
        """Request the window in the middle of the visible stretch, if explanations are shown and it is not known."""
        record, key = self._session.record, self._key()
        if self._session.is_hidden or record is None:
            return
        if not any(self._shows.values()) or key == self._refused or self._find() is not None:
            return
        view = self._session.view
        latest = max(0.0, record.duration_s - WINDOW_S)
        middle = (view.start_s + min(view.end_s, view.duration_s)) / 2
        start_s = min(max(0.0, float(round(middle - WINDOW_S / 2))), latest)
        if self._asked == (key, start_s):
            return
        self._asked = key, start_s
        model = self._session.models.current

        def receive(event: object) -> None:
            if self._asked == (key, start_s):
                self._receive(event, key)

        self._lane.submit(self._ask(None if model is None else model.key, record, start_s), receive)
        self.changed.emit()

    def _receive(self, event: object, key: tuple[str, int]) -> None:
        if isinstance(event, Explained):
            self._known = [*self._known, (key, event)][-KEPT:]
            self._message = ""
            self._pass = min(self._pass, event.explanation.n_passes - 1)
            self.changed.emit()
        elif isinstance(event, Failed):
            self._asked, self._refused, self._message = None, key, event.message
            if not event.is_unsupported:
                self.failed.emit(Problem(event.message, event.details))
            self.changed.emit()
        elif isinstance(event, Finished | Stopped):
            self._asked = None
            self._want()
            self.changed.emit()
