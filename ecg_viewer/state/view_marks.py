"""What is marked on the paper: an interval under review, and the mouse."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """A marked stretch of one lead."""

    lead: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Cursor:
    """Position of the mouse."""

    time_s: float
    lead: str | None = None
