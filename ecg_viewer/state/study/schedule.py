"""Who reads what in which order and arm: all of it follows from the study's seed and the reader's place in the list."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from ecg_viewer.state.study.project import Arm, Study
from mmae_core.record import STANDARD_LEADS


@dataclass(frozen=True)
class Task:
    """One case to be read."""

    number: int
    """Its place in the reader's order, from 0."""
    period: int
    """From 0; a crossover has as many as arms, in each of which every recording is read once."""
    case: int
    """Place in `Study.cases`."""
    arm: Arm
    donor: int
    """The case whose heat is shown: `case` itself unless the arm shows another one's."""
    leads: tuple[int, ...] | None = None
    """For each of `STANDARD_LEADS`, the place of the lead whose heat is shown there; None: its own."""


def tasks_of(study: Study, reader: str) -> tuple[Task, ...]:
    """A reader's tasks in order. Arms are balanced: within a period each arm has equally many recordings, one more or
    less, and over all periods of a crossover each recording is read once in each arm. Readers get other arms for the
    same recording. Raises ValueError for a reader who is not in the study.
    """
    return _tasks_of(study, study.readers.index(reader))


@lru_cache(maxsize=64)
def _tasks_of(study: Study, reader: int) -> tuple[Task, ...]:
    n_arms, n_cases = len(study.arms), len(study.cases)
    ranks = _shuffled(study, n_cases, "ranks")  # the same for all readers, so that each recording meets all arms
    donors = _derangement(study, n_cases, "donors") if n_cases > 1 else [0]
    mixed = tuple(_derangement(study, len(STANDARD_LEADS), "leads"))
    mirrored = tuple(reversed(range(len(STANDARD_LEADS))))
    orders: dict[str, tuple[int, ...] | None] = {"mirrored leads": mirrored, "permuted leads": mixed}
    tasks: list[Task] = []
    for period in range(n_arms if study.design == "crossover" else 1):
        for case in _shuffled(study, n_cases, f"order {reader} {period}"):
            arm = study.arms[(ranks[case] + period + reader) % n_arms]
            donor = donors[case] if arm.heat == "other recording" else case
            tasks.append(Task(len(tasks), period, case, arm, donor, orders.get(arm.heat)))
    return tuple(tasks)


def _chance(study: Study, purpose: str) -> random.Random:
    """Seeded by text, which is the same on all machines and in all versions of Python."""
    return random.Random(f"{study.study_id} {study.seed} {purpose}")


def _shuffled(study: Study, n: int, purpose: str) -> list[int]:
    places = list(range(n))
    _chance(study, purpose).shuffle(places)
    return places


def _derangement(study: Study, n: int, purpose: str) -> list[int]:
    """An order in which nothing keeps its place: along one cycle through all (Sattolo 1986)."""
    chance, places = _chance(study, purpose), list(range(n))
    for last in range(n - 1, 0, -1):
        other = chance.randrange(last)
        places[last], places[other] = places[other], places[last]
    return places
