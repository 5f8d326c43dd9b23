"""A model's scores of many recordings, as columns; one source of scores at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.research.localization_outcome import FindingTable, match_truth
from ecg_viewer.state.research.truth import TruthBox, TruthSource, boxes_key
from ecg_viewer.state.worklist.stored_measurements import (
    Readings,
    RowMeasurements,
    StrongestFinding,
    strongest_of_facts,
    strongest_of_findings,
)
from mmae_core.assessment import Finding, Verdict
from mmae_core.departures.results import FLAG_PERCENTILE
from mmae_core.intervals.results import Measurements
from mmae_core.messages import JoinedMessage

DEFAULT_THRESHOLD = FLAG_PERCENTILE
"""Default percentile from which a finding counts: the lowest at which one of the three layers reports findings. The
others begin higher, so that every finding counts.
"""
Tally = tuple[tuple[float, int], ...]
"""Percentiles, highest first, each with how many have it. A day of ECG has tens of thousands of findings; at any
threshold the table counts them from these few hundred pairs."""
TALLY_STEPS = 100
"""Steps per percentile point: stored percentiles are cut to hundredths; thresholds are tenths."""
TRUTH_SOURCES: tuple[TruthSource, ...] = get_args(TruthSource)
VERDICTS: tuple[Verdict, ...] = ("good", "fair", "poor")

OPEN, SCORED, FAILED = 0, 1, 2
UNKNOWN = -1
"""A count that is not known."""


@dataclass(frozen=True)
class TruthFigures:
    """How the map of one recording compares with what is known to be abnormal, at every threshold at once."""

    auroc: float
    """Of the points within the recording; NaN without points of both kinds."""
    box_percentiles: Tally
    """Of boxes: of the strongest finding that hits each, -1 if none does at any threshold."""
    false_percentiles: Tally
    """Of all findings that hit no box."""
    sources: tuple[TruthSource, ...] = ()
    """Where the boxes come from; empty if a file of scores does not say."""
    reviewed: str = ""
    """`boxes_key` of the reviewer's among them; other decisions since then make these figures outdated."""


@dataclass(frozen=True)
class RecordScore:
    """The stored result of one recording's assessment."""

    score: float = math.nan
    """Of the strongest window; compares recordings whose percentiles are equal."""
    percentile: float = math.nan
    """NaN: too many leads are missing to compare."""
    quality: float = math.nan
    """0..1, of the same window; NaN: not judged."""
    verdict: Verdict | None = None
    """`poor`: the percentile is unreliable."""
    finding_percentiles: Tally | None = None
    """Of all facts, or of findings if there are no facts; None if only scores are known."""
    problem: str = ""
    """Why there is no score, in a plain sentence."""
    truth: TruthFigures | None = None
    """None if nothing is known to be abnormal or normal there."""
    is_outdated: bool = False
    """Whether decisions have changed since, so that the map must be compared again."""
    n_windows: int = 1
    """Windows of 10 s whose strongest this is. A normal ECG of the cohort has one, so that with several the percentile
    is high by chance alone."""
    n_high: int = UNKNOWN
    """Those of them that reach `HIGH_PERCENTILE`."""
    strongest: StrongestFinding | None = None
    """None: there is none, or, of scores alone and of an `is_earlier` score, that is not known."""
    measured: RowMeasurements | None = None
    """None: not measured."""
    is_earlier: bool = False
    """Whether an earlier version of the program stored it, without the two fields above."""

    @property
    def waits(self) -> bool:
        """Whether it is shown but must be scored again."""
        return self.is_outdated or self.is_earlier


@dataclass(frozen=True)
class ScoreSource:
    """Where scores come from: a model in this program, or a file from another run."""

    model: str
    """Name and version; empty if the file does not say."""
    sha256: str = ""
    """Of the model's weights, and of a later calibration; empty if not known."""
    file: str = ""
    """Name of the file; empty for what this program scored."""


def summarise(
    assessment: Assessment, truth: TruthFigures | None = None, measured: Measurements | None = None
) -> RecordScore:
    """The stored result of a complete assessment."""
    window = assessment.strongest_window
    if window is None:
        problem = assessment.message or JoinedMessage("; ", assessment.notes) or "nothing could be assessed"
        row = None if measured is None else RowMeasurements.of(measured)
        return RecordScore(problem=problem, truth=truth, measured=row)
    quality = window.quality
    facts = tuple(assessment.layers.facts.values())
    return RecordScore(
        score=window.score,
        percentile=window.percentile,
        quality=math.nan if quality is None else quality.score,
        verdict=None if quality is None else quality.verdict,
        finding_percentiles=tally([fact.percentile for fact in facts or assessment.findings]),
        truth=truth,
        n_windows=max(1, assessment.window_counts.n),
        n_high=assessment.window_counts.n_high,
        strongest=strongest_of_facts(facts) if facts else strongest_of_findings(assessment.findings),
        measured=None if measured is None else RowMeasurements.of(measured),
    )


def tally(percentiles: Sequence[float] | NDArray[np.float64]) -> Tally:
    """Count the findings of each percentile."""
    steps = np.floor(np.asarray(percentiles, np.float64) * TALLY_STEPS + 1e-6)  # 97.1 is 9709.999… hundredths
    values, counts = np.unique(steps / TALLY_STEPS, return_counts=True)
    return tuple(zip(values[::-1].tolist(), counts[::-1].tolist(), strict=True))


def truth_figures(
    auroc: float, boxes: Sequence[TruthBox], findings: Iterable[Finding] | FindingTable
) -> TruthFigures:
    """Hits and false alarms of `state.research.outcome.compare`, kept so that any threshold can be asked later."""
    outcome = match_truth(boxes, findings, 0.0)
    mine = boxes_key(box for box in boxes if box.source == "reviewer")
    return TruthFigures(auroc, tally(outcome.box_percentiles), tally(outcome.false_percentiles),
                        tuple(dict.fromkeys(box.source for box in boxes)), mine)


def with_decisions(score: RecordScore, reviewed: Sequence[TruthBox]) -> RecordScore:
    """A stored score, marked as outdated if it was compared with other decisions than these."""
    used = "" if score.truth is None else score.truth.reviewed
    if score.problem or used == boxes_key(reviewed):
        return score
    return replace(score, truth=None, is_outdated=True)


class Results:
    """Scores of n recordings as columns, each (n,). Filled row by row."""

    def __init__(self, n: int, source: ScoreSource, normal: NDArray[np.bool_], threshold: float) -> None:
        """`normal` marks recordings that are known to be normal: every finding in them is a false alarm."""
        self.source = source
        self.threshold = threshold
        self.scores: dict[int, RecordScore] = {}
        self.phase = np.full(n, OPEN, np.int8)
        self.score, self.percentile, self.quality, self.auroc = (np.full(n, np.nan) for _ in range(4))
        self.verdict = np.full(n, UNKNOWN, np.int8)
        """Place in `VERDICTS`."""
        self.n_findings, self.n_hits, self.n_misses, self.n_false = (np.full(n, UNKNOWN, np.int32) for _ in range(4))
        self.n_windows = np.ones(n, np.int32)
        """More than one: the score is the strongest of so many windows."""
        self.truth = np.where(normal, 0, UNKNOWN).astype(np.int8)
        """What is known: a bit for each of `TRUTH_SOURCES`, 0 that the recording is normal, `UNKNOWN` for nothing."""
        self.readings = Readings(n)
        self._normal = normal
        self._n_waiting = 0

    @property
    def n_done(self) -> int:
        """Recordings that were scored or failed, and need not be scored again."""
        return len(self.scores) - self._n_waiting

    @property
    def n_failed(self) -> int:
        """Recordings that could not be scored."""
        return int((self.phase == FAILED).sum())

    @property
    def done(self) -> list[int]:
        """The rows that `n_done` counts."""
        return [row for row, score in self.scores.items() if not score.waits]

    @property
    def counts(self) -> NDArray[np.bool_]:
        """(n,) where a score can be compared: its percentile is known and the signal good enough for it to count.

        A source without any percentile has scores alone, which compare as well.
        """
        known = np.isfinite(self.percentile if self.has_percentiles else self.score)
        return np.asarray(known & (self.verdict != VERDICTS.index("poor")))

    @property
    def has_percentiles(self) -> bool:
        """Whether any recording has one; a report of `mmae_core evaluate` has scores alone."""
        return bool(np.isfinite(self.percentile).any()) or not self.source.file

    def put(self, scores: Mapping[int, RecordScore]) -> None:
        """Store results by row, replacing earlier ones."""
        self._n_waiting += sum(score.waits for score in scores.values()) - sum(
            self.scores[row].waits for row in scores if row in self.scores)
        self.scores.update(scores)
        rows, found = list(scores), list(scores.values())
        self.phase[rows] = [FAILED if score.problem else SCORED for score in found]
        self.score[rows] = [score.score for score in found]
        self.percentile[rows] = [score.percentile for score in found]
        self.quality[rows] = [score.quality for score in found]
        self.n_windows[rows] = [score.n_windows for score in found]
        self.verdict[rows] = [UNKNOWN if score.verdict is None else VERDICTS.index(score.verdict) for score in found]
        self.auroc[rows] = [math.nan if score.truth is None else score.truth.auroc for score in found]
        self.truth[rows] = [self._truth(row, score.truth) for row, score in zip(rows, found, strict=True)]
        for row, score in scores.items():
            is_known = score.finding_percentiles is not None and not score.is_earlier
            self.readings.put(row, score.strongest, score.measured, is_known=is_known)
        self._count(rows)

    def set_threshold(self, threshold: float) -> None:
        """Count findings from another percentile on."""
        self.threshold = threshold
        self._count(list(self.scores))

    def set_source(self, source: ScoreSource) -> None:
        """The same scores, of which more is known now."""
        self.source = source

    def _truth(self, row: int, truth: TruthFigures | None) -> int:
        if truth is None:
            return 0 if self._normal[row] else UNKNOWN
        return sum(1 << place for place, source in enumerate(TRUTH_SOURCES) if source in truth.sources) or UNKNOWN

    def _count(self, rows: Sequence[int]) -> None:
        """Count what reaches the threshold in some rows."""
        found = [self.scores[row] for row in rows]
        truths = [score.truth for score in found]
        findings = self._reaching([score.finding_percentiles for score in found])
        hits = self._reaching([None if truth is None else truth.box_percentiles for truth in truths])
        false = self._reaching([None if truth is None else truth.false_percentiles for truth in truths])
        n_boxes = np.array([
            UNKNOWN if truth is None else sum(count for _, count in truth.box_percentiles) for truth in truths
        ], np.int64)
        self.n_findings[rows], self.n_hits[rows] = findings, hits
        self.n_misses[rows] = np.where(n_boxes == UNKNOWN, UNKNOWN, n_boxes - hits)
        self.n_false[rows] = np.where((n_boxes == UNKNOWN) & self._normal[rows], findings, false)

    def _reaching(self, tallies: Sequence[Tally | None]) -> NDArray[np.int64]:
        """How many of each tally reach the threshold; `UNKNOWN` for None."""
        lengths = [0 if one is None else len(one) for one in tallies]
        pairs = chain.from_iterable(chain.from_iterable(one or () for one in tallies))
        flat = np.fromiter(pairs, float, 2 * sum(lengths)).reshape(-1, 2)
        reaching = flat[:, 0] >= self.threshold
        owners = np.repeat(np.arange(len(tallies)), lengths)[reaching]
        counted = np.bincount(owners, flat[reaching, 1], minlength=len(tallies)).astype(np.int64)
        return np.where([one is None for one in tallies], UNKNOWN, counted)
