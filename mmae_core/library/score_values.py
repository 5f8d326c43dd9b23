"""What a score is made of: scores, maps, findings, quality, and what was not assessed and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mmae_core.assessment import AnomalyMap, Finding, QualityReport, WindowAssessment
from mmae_core.departures.person import Person
from mmae_core.departures.results import Departure
from mmae_core.facts import Fact
from mmae_core.intervals.results import Measurements
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.report.layer_columns import strongest_fact
from mmae_core.report.map_file import MapFile
from mmae_core.report.window_readings import ScoredWindow, all_maps
from mmae_core.scoring.checkpoint import TrainedModel


@dataclass(frozen=True, eq=False)
class ScoreValues:
    """The numbers of an `EcgScore`, which shows them, too."""

    record: EcgRecord
    anomaly_map: AnomalyMap
    """The model's maps and windows, with all they know."""
    windows: tuple[ScoredWindow, ...]
    """Windows of 10 s, one every 5 s, each with the findings and measurements in it."""
    model: TrainedModel
    person: Person
    """Sex and age, as far as known, of the normals that measurements are compared with."""

    @cached_property
    def window(self) -> WindowAssessment:
        """The window that `score` is of: the strongest of those whose percentile counts, else the strongest of all."""
        return counting_window(self.anomaly_map.windows)

    @property
    def score(self) -> float:
        """Higher: less like a normal ECG. Its scale is the model's own; NaN if nothing could be assessed."""
        return self.window.score

    @property
    def percentile(self) -> float:
        """Share of normal 10-s ECGs, 0..100, with a lower score; NaN where `not_assessed` says why.

        The strongest of several windows is high by chance alone, the more so the more there are.
        """
        return self.window.percentile

    @property
    def p_value(self) -> float:
        """Share of normal 10-s ECGs with a score at least as high (conformal); NaN for a recording of several
        windows.
        """
        return self.window.p_value if len(self.windows) == 1 else math.nan

    @property
    def is_reliable(self) -> bool:
        """Whether signal quality lets the percentile count. If not it is unreliable, never abnormal."""
        return self.window.reliable

    @property
    def leads(self) -> tuple[str, ...]:
        """The rows of every map: `STANDARD_LEADS`."""
        return STANDARD_LEADS

    @property
    def sampling_rate_hz(self) -> float:
        """Of every map: the recording's own. Sample i lies at `start_s + i / sampling_rate_hz`."""
        return self.anomaly_map.sampling_rate_hz

    @property
    def start_s(self) -> float:
        """Where the maps begin, in seconds of the recording."""
        return self.anomaly_map.start_s

    @property
    def map(self) -> FloatArray:
        """(12, samples) the heat that the viewer shows: share of normal 10-s ECGs, 0..100, without anything as strong
        in any lead at any phase of the beat. One normal ECG in twenty reaches 95 somewhere. NaN where not assessed.
        """
        return self.anomaly_map.peak_percentile

    @property
    def score_map(self) -> FloatArray:
        """(12, samples) the model's own number for every sample, on its own scale; NaN where not assessed."""
        return self.anomaly_map.score

    @cached_property
    def maps(self) -> MapFile:
        """All maps, those of named departures and of own beats too, as `mmae_core score --maps` writes them."""
        return all_maps(self.model, self.record, self.anomaly_map, self.person)

    @property
    def departures(self) -> tuple[Departure, ...]:
        """Measurements outside the range of normals of that age and sex, each with value, unit and percentile.

        Of a recording of several windows those of each, in turn.
        """
        return tuple(one for item in self.windows for one in item.reading.departures.departures if one.is_flagged)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the viewer lists, strongest first in each window: findings of all three layers, equal ones joined."""
        found: dict[str, Fact] = {}
        for item in self.windows:
            for fact in item.reading.facts:
                found.setdefault(fact.key, fact)
        return tuple(found.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every place of every fact: lead, start and end in s, percentile."""
        return tuple(finding for item in self.windows for finding in item.reading.findings)

    @property
    def measurements(self) -> Measurements:
        """Rate, intervals and axis of the window that `score` is of."""
        return self._scored.reading.examination.measurements

    @property
    def quality(self) -> QualityReport | None:
        """Signal quality of the window that `score` is of; None where it was not judged."""
        return self.window.quality

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Sentences on what was not assessed, measured or compared, or does not count, each with its reason."""
        said = [*map(str, self.record.doubts)]
        for item in self.windows:
            said += [*map(str, item.window.notes), *map(str, item.reading.departures.limitations)]
        return tuple(dict.fromkeys(said))

    @property
    def _scored(self) -> ScoredWindow:
        return next(item for item in self.windows if item.window is self.window)

    @property
    def strongest(self) -> Fact | None:
        """The fact that is rarest among normal ECGs; None if nothing was found."""
        return strongest_fact(self.facts)

    def __repr__(self) -> str:
        said = "not assessed" if math.isnan(self.score) else (
            f"score {self.score:.4g}" + ("" if math.isnan(self.percentile) else f", percentile {self.percentile:.4g}"))
        unreliable = "" if self.is_reliable else ", unreliable"
        return (f"<EcgScore of {self.record.name}: {said}{unreliable}, {len(self.facts)} findings, "
                f"model {self.model.name} {self.model.version}>")


def counting_window(windows: Sequence[WindowAssessment]) -> WindowAssessment:
    """The strongest window among those whose percentile counts; if there is none, the one with the highest score."""
    counted = [window for window in windows if window.reliable and math.isfinite(window.percentile)]
    if counted:
        return max(counted, key=lambda window: (window.percentile, window.score))
    return max(windows, key=lambda window: -math.inf if math.isnan(window.score) else window.score)
