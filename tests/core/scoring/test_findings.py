from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.errors import ConfigError
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.calibration import CohortCalibration, build_calibration
from mmae_core.scoring.finding_config import FindConfig
from mmae_core.scoring.findings import find

RATE_HZ = 100.0
N_NORMALS = 100
ONE_IN_FIFTY = FindConfig(min_percentile=98.0)
"""A hundred normals tell no 99.5th percentile from the 99th."""


@pytest.fixture(scope="module")
def calibration() -> CohortCalibration:
    """A hundred normals whose strongest points in lead k are (k + 1) times 0.01, 0.02 ... 1.00."""
    peaks = np.arange(1, N_NORMALS + 1) / N_NORMALS
    points = np.zeros((N_NORMALS, 12, 20), np.float32)
    points[:, :, 10] = peaks[:, None] * np.arange(1, 13)
    return build_calibration("", peaks, peaks[:, None].repeat(12, axis=1), points,
                             np.ones((N_NORMALS, 12, 40), np.float32))


def map_of(scores: np.ndarray, calibration: CohortCalibration, start_s: float = 0.0) -> AnomalyMap:
    score = scores.astype(np.float32)
    return AnomalyMap(
        start_s=start_s, sampling_rate_hz=RATE_HZ, score=score, percentile=calibration.point_percentiles(score),
        peak_percentile=calibration.peak_percentiles(score), windows=(), model_name="", device="cpu",
    )


def found_in(
    calibration: CohortCalibration, *bumps: tuple[str, int, int, float], config: FindConfig | None = None,
    gaps: tuple[tuple[str, int, int], ...] = (), start_s: float = 0.0,
) -> tuple[Finding, ...]:
    """Findings in a silent map of 10 s with stretches (lead, first, end, score) and unassessed (lead, first, end)."""
    scores = np.zeros((12, 1000))
    for lead, first, end, score in bumps:
        scores[STANDARD_LEADS.index(lead), first:end] = score
    for lead, first, end in gaps:
        scores[STANDARD_LEADS.index(lead), first:end] = np.nan
    return find(map_of(scores, calibration, start_s), calibration, config or ONE_IN_FIFTY)


def spans(findings: tuple[Finding, ...]) -> list[tuple[str, float, float]]:
    return [(finding.lead, round(finding.start_s, 6), round(finding.end_s, 6)) for finding in findings]


def test_a_silent_map_has_no_findings(calibration: CohortCalibration) -> None:
    assert found_in(calibration) == ()
    assert find(map_of(np.full((12, 1000), np.nan), calibration), calibration) == ()


def test_an_interval_is_found_in_its_lead_and_time(calibration: CohortCalibration) -> None:
    (finding,) = found_in(calibration, ("II", 300, 340, 1.9), ("II", 310, 311, 1.99), start_s=60.0)
    assert (finding.lead, finding.start_s, finding.end_s, finding.peak_s) == ("II", 63.0, 63.4, 63.1)
    assert finding.percentile == 99.0, "99 of 100 normals have nothing so strong in lead II"
    assert finding.peak_score == pytest.approx(1.99)


def test_leads_are_judged_by_their_own_normals(calibration: CohortCalibration) -> None:
    assert spans(found_in(calibration, ("I", 300, 340, 1.5), ("III", 300, 340, 1.5))) == [("I", 3.0, 3.4)]


def test_what_many_normals_reach_is_no_finding(calibration: CohortCalibration) -> None:
    assert found_in(calibration, ("I", 300, 340, 0.97)) == (), "over the edge's 90 %, below 98 %"
    assert spans(found_in(calibration, ("I", 300, 340, 0.99))) == [("I", 3.0, 3.4)]


def test_by_default_the_map_marks_only_what_less_than_one_normal_in_two_hundred_shows(
    calibration: CohortCalibration
) -> None:
    scores = np.zeros((12, 1000))
    scores[0, 300:340] = 0.99

    assert find(map_of(scores, calibration), calibration) == ()


def test_an_interval_reaches_to_its_edge_percentile(calibration: CohortCalibration) -> None:
    shoulders = (("I", 280, 300, 0.92), ("I", 300, 340, 1.5), ("I", 340, 400, 0.85))
    assert spans(found_in(calibration, *shoulders)) == [("I", 2.8, 3.4)]


def test_near_intervals_are_one_and_far_ones_two(calibration: CohortCalibration) -> None:
    assert spans(found_in(calibration, ("V1", 100, 120, 50), ("V1", 130, 150, 50))) == [("V1", 1.0, 1.5)]
    assert spans(found_in(calibration, ("V1", 100, 120, 50), ("V1", 131, 150, 51))) == [
        ("V1", 1.31, 1.5), ("V1", 1.0, 1.2),
    ]


def test_no_interval_covers_what_was_not_assessed(calibration: CohortCalibration) -> None:
    found = found_in(calibration, ("V1", 100, 150, 50), gaps=(("V1", 120, 125),))
    assert sorted(spans(found)) == [("V1", 1.0, 1.2), ("V1", 1.25, 1.5)]


def test_a_blip_is_no_finding(calibration: CohortCalibration) -> None:
    assert found_in(calibration, ("V1", 100, 103, 50)) == ()
    assert spans(found_in(calibration, ("V1", 100, 104, 50))) == [("V1", 1.0, 1.04)]


def test_an_interval_may_touch_either_end(calibration: CohortCalibration) -> None:
    found = found_in(calibration, ("V6", 0, 20, 50), ("V6", 980, 1000, 50))
    assert sorted(spans(found)) == [("V6", 0.0, 0.2), ("V6", 9.8, 10.0)]


def test_the_strongest_comes_first_and_the_limit_keeps_it(calibration: CohortCalibration) -> None:
    bumps = (("I", 100, 120, 0.99), ("I", 300, 320, 2.0), ("aVR", 300, 320, 12.0), ("II", 500, 520, 1.97))
    found = found_in(calibration, *bumps)
    assert [finding.lead for finding in found] == ["aVR", "I", "I", "II"]
    percentiles = [finding.percentile for finding in found]
    assert percentiles == sorted(percentiles, reverse=True)
    only_two = found_in(calibration, *bumps, config=replace(ONE_IN_FIFTY, limit=2))
    assert [finding.lead for finding in only_two] == ["aVR", "I"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("edge_percentile", 101.0), ("min_percentile", -1.0), ("merge_gap_s", -0.1), ("min_duration_s", -0.1),
     ("limit", -1), ("min_duration_s", float("nan"))],
)
def test_settings_that_cannot_work_are_refused_by_name(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=field):
        FindConfig(**{field: value})
