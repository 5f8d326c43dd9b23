"""What the user is told when something went wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something the user should know of, in a plain sentence."""

    message: str
    details: str = ""
    is_grave: bool = False
    """Work could be lost: what is less grave does not take its place, and stands below it."""
