"""What is under the mouse."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hover:
    """A point of the paper, as a sentence in the status bar needs it."""

    lead: str
    time_s: float
    amplitude_mv: float | None
    """The recorded value; None where the recording is invalid or has not been read at full detail."""
    percentile: float | None
    """Share of normal ECGs' points that are lower; None where the model gave no answer."""
    assessed: bool
    """False where the model could not assess; True with `percentile` None means that it is not yet computed."""
    is_unreliable: bool = False
    """Whether the lead's signal is too poor there for its percentile to count."""
