"""Scores from a file in the place of a method that scores: matched with the records of a benchmark, and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from mmae_core.datasets.ptbxl import PtbxlIndex
from mmae_core.errors import DatasetError
from mmae_core.evaluation.given_maps import GivenMaps
from mmae_core.evaluation.score_files import ScoreColumn, listed, record_key
from mmae_core.scoring.window_scorer import (
    Prepare,
    ScoreCases,
    ScoredCase,
    WindowScorer,
    describe_scorer,
    folds_calibrated_on,
    score_each,
)

FEW_VALUES = 2
"""A column of so few different scores holds decisions rather than scores."""


class NamedCase(Protocol):
    """A recording with a name, and how to make it a method's input."""

    @property
    def id(self) -> str:
        """Name within its data."""

    @property
    def prepare(self) -> Prepare:
        """Reads it."""


@dataclass(frozen=True)
class GivenScores:
    """One method's scores of the records that are evaluated."""

    name: str
    scores: Mapping[str, float]
    """By id; records without a score are not in it."""
    facts: Mapping[str, Any]
    """What a report says of the method."""
    said: tuple[str, ...] = ()
    """What a reader of its figures must know."""
    training: dict[str, Any] = field(default_factory=dict)
    """As of a `WindowScorer`; empty unless a report says it."""
    maps: GivenMaps | None = None
    """Maps of the same method."""

    @property
    def remarks(self) -> list[str]:
        """What must be known of scores and maps together."""
        return list(dict.fromkeys([*self.said, *(() if self.maps is None else self.maps.said)]))

    def result(self, record: str) -> ScoredCase:
        """The result for one record, by its id."""
        score = self.scores.get(record)
        if score is None:
            return ScoredCase(float("nan"), {}, None, f"{self.facts['scores_from']} has no score of it", False)
        return ScoredCase(score, {}, None, "", True)


EvaluatedMethod = WindowScorer | GivenScores
"""What detection can be measured of."""


@dataclass(frozen=True)
class KnownRecords:
    """The records of a data set, and those of them that are evaluated."""

    spellings: Mapping[str, str]
    """Every way to name a record, of those that are not evaluated too -> id."""
    evaluated: Sequence[str]
    """Ids."""
    example: str
    """How to name a record, for messages."""


def ptbxl_records(index: PtbxlIndex, evaluated: Sequence[str]) -> KnownRecords:
    """Records of PTB-XL: `39`, `00039`, `00039_hr`, `00039_lr`, or a path that ends so."""
    spellings: dict[str, str] = {}
    for entry in index.entries:
        number = str(entry.ecg_id)
        padded = f"{entry.ecg_id:05d}"
        stems = [path.stem for path in (entry.path_100hz, entry.path_500hz) if path is not None]
        spellings |= dict.fromkeys((number, padded, f"{padded}_hr", f"{padded}_lr", *stems), number)
    return KnownRecords(spellings, evaluated, "an ecg_id such as 39, or a file such as 00039_hr")


def numbered_records(n_records: int, evaluated: Sequence[str]) -> KnownRecords:
    """Records of an array, by row from 0."""
    return KnownRecords({str(row): str(row) for row in range(n_records)}, evaluated, "a row of the array, from 0")


def match_scores(column: ScoreColumn, known: KnownRecords, *, allow_missing: bool = False) -> GivenScores:
    """The scores of the records that are evaluated; what else a file holds is counted and said.

    Raises DatasetError for records that the data set does not know, that occur twice, or that lack a score (unless
    `allow_missing`), and for scores that are all the same.
    """
    ids = _ids(column, known)
    asked = dict.fromkeys(known.evaluated)
    scores = {record: float(score) for record, score in zip(ids, column.scores, strict=True)
              if record in asked and np.isfinite(score)}
    missing = [record for record in asked if record not in scores]
    said: list[str] = []
    if missing:
        words = (f"{column.file}, column {column.column}, has no score of {len(missing):,} of the {len(asked):,} "
                 f"records that are evaluated ({listed(missing)})")
        if not allow_missing or not scores:
            raise DatasetError(f"{words}. Score every record, or evaluate the others alone with --allow-missing; the "
                               "figures are then of other records than everybody else's.")
        said.append(f"{words}. They are in no figure: figures of a choice of records are not those of the benchmark.")
    values = np.unique(list(scores.values()))
    if len(values) == 1:
        raise DatasetError(f"{column.file}: every score in the column {column.column} is {values[0]:g}; there is "
                           "nothing to rank.")
    if len(values) <= FEW_VALUES:
        said.append(f"{column.file}: the column {column.column} holds {len(values)} different values. These look like "
                    "decisions; AUROC and average precision need the scores before the threshold.")
    if beside := len(set(ids) - set(asked)):
        said.append(f"{column.file} has {beside:,} further records, which are not among those that are evaluated "
                    "(another fold, no label, or left out by --every).")
    return GivenScores(column.name, scores, _facts(column), tuple(said), dict(column.facts.get("trained_on") or {}))


def _ids(column: ScoreColumn, known: KnownRecords) -> list[str]:
    found = [known.spellings.get(record_key(record)) for record in column.records]
    unknown = [record for record, one in zip(column.records, found, strict=True) if one is None]
    if unknown:
        raise DatasetError(f"{column.file} names {len(unknown):,} records that are not in the data: "
                           f"{listed([repr(record[:40]) for record in unknown])}. Expected {known.example}.")
    ids = [one for one in found if one is not None]
    twice = [record for record, count in Counter(ids).items() if count > 1]
    if twice:
        raise DatasetError(f"{column.file} has several rows of {len(twice):,} "
                           f"{'record' if len(twice) == 1 else 'records'}: {listed(twice)}. One row a record is "
                           "expected; of several windows give one score, for example the first's.")
    return ids


def _facts(column: ScoreColumn) -> dict[str, Any]:
    unknown: dict[str, Any] = {"n_parameters": None, "macs_per_record": None, "needs_r_peaks": None, "trained_on": {},
                               "sha256": None, "configuration": ""}
    return {**unknown, **column.facts, "name": column.name, "scores_from": column.file, "column": column.column,
            "scores_sha256": column.sha256}


def calibrated_folds(method: EvaluatedMethod) -> tuple[int, ...]:
    """Folds of PTB-XL whose normals calibrate a method's percentiles, as far as that is stated."""
    if isinstance(method, GivenScores):
        return tuple(method.facts.get("folds_calibrated_on") or ())
    return folds_calibrated_on(method)


def describe_method(method: EvaluatedMethod) -> dict[str, Any]:
    """What a report says of a method."""
    return dict(method.facts) if isinstance(method, GivenScores) else describe_scorer(method)


def results_of(
    method: EvaluatedMethod, cases: Sequence[NamedCase], score_cases: ScoreCases = score_each
) -> Iterator[ScoredCase]:
    """A method's results in the order of the cases."""
    if isinstance(method, GivenScores):
        yield from (method.result(case.id) for case in cases)
    else:
        yield from score_cases(method, [case.prepare for case in cases])
