"""What the user is told when something went wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something the user should know of, in a plain sentence."""

    message: str
    details: str = ""
