"""Messages shown when something went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How long a message stays."""

    PASSING = 0
    """Until the next message or the next recording."""
    LASTING = 1
    """Until it is closed: shown once."""
    GRAVE = 2
    """Work could be lost: shown above all others until it is closed or resolved."""


@dataclass(frozen=True)
class Problem:
    """Something the user should know, in a plain sentence."""

    message: str
    details: str = ""
    weight: Weight = Weight.PASSING
