"""Lanes that take turns on one thread, so that four recordings need one model in memory and not four."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Finished, Job, Stopped, Ticket

Receive = Callable[[object], None]


class _Turn:
    """One request: a ticket that its sender may cancel, waiting or running."""

    def __init__(self, owner: TurnLane, job: Job, receive: Receive) -> None:
        self.owner, self.job, self.receive = owner, job, receive
        self.is_cancelled = False
        self.running: Ticket | None = None

    def cancel(self) -> None:
        self.is_cancelled = True
        if self.running is not None:
            self.running.cancel()


class Turns:
    """The queue in front of a thread."""

    def __init__(self, lane: WorkerLane) -> None:
        self._lane = lane
        self._waiting: deque[_Turn] = deque()
        self._current: _Turn | None = None
        self._is_closed = False

    def lane(self) -> TurnLane:
        """A lane of its own for one session."""
        return TurnLane(self)

    def submit(self, owner: TurnLane, job: Job, receive: Receive) -> Ticket:
        """Put a request at the end; it replaces the owner's one before, which is asked to stop."""
        for turn in (*self._waiting, self._current):
            if turn is not None and turn.owner is owner:
                turn.cancel()
        turn = _Turn(owner, job, receive)
        self._waiting.append(turn)
        self._next()
        return turn

    def close(self) -> None:
        """Let nobody have a turn any more; the thread is closed by whoever made it."""
        self._is_closed = True
        self._waiting.clear()
        if self._current is not None:
            self._current.cancel()

    def _next(self) -> None:
        while self._current is None and self._waiting and not self._is_closed:
            turn = self._waiting.popleft()
            if turn.is_cancelled:
                turn.receive(Stopped())
                continue
            self._current = turn
            turn.running = self._lane.submit(turn.job, self._deliver)

    def _deliver(self, event: object) -> None:
        turn = self._current
        assert turn is not None, "only the one whose turn it is reports"
        is_over = isinstance(event, Finished | Stopped | Failed)
        if is_over:
            self._current = None
        turn.receive(event)
        if is_over:
            self._next()


class TurnLane:
    """Implements `state.job_protocols.Lane` for one of several that share a thread."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def submit(self, job: Job, receive: Receive) -> Ticket:
        """Run `job` when it is its turn."""
        return self._turns.submit(self, job, receive)
