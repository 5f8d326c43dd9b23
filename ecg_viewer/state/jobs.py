"""What the state asks of worker threads, without knowing of threads: jobs that report, tickets to cancel them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Report(Protocol):
    """A running job's way to the one who asked for it."""

    def send(self, event: object) -> None:
        """Hand an intermediate result over; dropped if the request is no longer current."""

    def stopped(self) -> bool:
        """Whether the job should end now because nobody waits for it any more."""


Job = Callable[[Report], None]
"""Work for another thread. It ends by returning, or by raising `Cancelled` or another error."""


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
    """For whoever asks for them: the traceback. Never logged, it may name files."""
    is_expected: bool
    """Whether the error is one the program foresees (`EcgError`), not a fault of the program."""
    is_unsupported: bool = False
    """Whether the recording is intact but cannot be assessed."""


class Ticket(Protocol):
    """One request."""

    def cancel(self) -> None:
        """Ask the job to stop; `Stopped` is still delivered, intermediate results no longer are."""


class Lane(Protocol):
    """Runs one job after another, elsewhere. A new request replaces the one before it: its results are dropped."""

    def submit(self, job: Job, receive: Callable[[object], None]) -> Ticket:
        """Run `job`; `receive` gets what it sends, then `Finished`, `Stopped` or `Failed`, on the caller's thread."""
