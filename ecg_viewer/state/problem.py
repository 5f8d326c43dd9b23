"""What the user is told when something went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How long a message stays."""

    PASSING = 0
    """Until there is another one, or another recording."""
    LASTING = 1
    """Until somebody closes it: it is said once."""
    GRAVE = 2
    """Work could be lost: above all others, until somebody closes it or the trouble is over."""


@dataclass(frozen=True)
class Problem:
    """Something the user should know of, in a plain sentence."""

    message: str
    details: str = ""
    weight: Weight = Weight.PASSING
