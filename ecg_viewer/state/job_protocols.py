"""Jobs for worker threads, as the state sees them: jobs that report, lanes that run them, tickets to cancel them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mmae_core.errors import EcgError


class Report(Protocol):
    """How a running job reports back."""

    def send(self, event: object) -> None:
        """Hand an intermediate result over; dropped if the request is no longer current."""

    def stopped(self) -> bool:
        """Whether the job was cancelled and should end now."""


Job = Callable[[Report], None]
"""Work for another thread. It ends by returning, or by raising `Cancelled` or another error."""


class ProcessEnded(EcgError):
    """A process that worked for a job has ended; the same may work the next time."""


@dataclass(frozen=True)
class Finished:
    """The job returned."""


@dataclass(frozen=True)
class Stopped:
    """The job ended early because it was asked to."""


@dataclass(frozen=True)
class Failed:
    """The job ended with an error."""

    message: str
    """A plain sentence for the window."""
    details: str
    """The traceback, shown on request. Never logged, as it may name files."""
    is_expected: bool
    """Whether this is an `EcgError`, not a bug."""
    is_unsupported: bool = False
    """Whether the recording is intact but cannot be assessed."""
    is_passing: bool = False
    """Whether it was `ProcessEnded`."""


class Ticket(Protocol):
    """One request."""

    def cancel(self) -> None:
        """Ask the job to stop; `Stopped` is still delivered, intermediate results no longer are."""


class Lane(Protocol):
    """Runs one job after another, elsewhere. A new request replaces the one before it: its results are dropped."""

    def submit(self, job: Job, receive: Callable[[object], None]) -> Ticket:
        """Run `job`; `receive` gets what it sends, then `Finished`, `Stopped` or `Failed`, on the caller's thread."""
