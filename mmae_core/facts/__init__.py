"""Merges findings of the three layers that say the same thing into one fact, one row of the list.

Something that every beat shows is one fact (`ST +0.24 mV, V1-V4, every beat`), and so is an episode or a single beat.
"""

from mmae_core.facts.gather_facts import MOST_FACTS, facts
from mmae_core.facts.results import Fact, FactSummary, strongest_first

__all__ = ["MOST_FACTS", "Fact", "FactSummary", "facts", "strongest_first"]
