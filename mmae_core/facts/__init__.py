"""Merges findings of the three layers that say the same thing into one fact, one row of the list.

Something that every beat shows is one fact (`ST +0.24 mV, V1-V4, every beat`), and so is an episode or a single beat.
"""

from mmae_core.facts.gather import MOST_FACTS, facts
from mmae_core.facts.results import Fact, Stated, standing

__all__ = ["MOST_FACTS", "Fact", "Stated", "facts", "standing"]
