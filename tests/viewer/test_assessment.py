"""Stretches are joined: windows once, findings whole again, strongest first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecg_viewer.state.assessment import Assessment, Phase, Scored
from ecg_viewer.state.finding_order import FindingOrder, join_findings
from mmae_core.assessment import AnomalyMap, Finding, LeadQuality, QualityReport, WindowAssessment
from mmae_core.record import STANDARD_LEADS

PEAKS = (1.0,) * 12
NAN = float("nan")


def finding(lead: str, start_s: float, end_s: float, percentile: float = 99.0, peak: float = 1.0) -> Finding:
    return Finding(lead, start_s, end_s, (start_s + end_s) / 2, percentile, peak)


def window(start_s: float, score: float, note: str = "") -> WindowAssessment:
    notes = (note,) if note else ()
    leads = (50.0, *(NAN,) * 10, 90.0)
    return WindowAssessment(start_s, score, 0, 0, 50.0, 0.5, leads, (True,) * 12, notes)


def stretch(start_s: float, end_s: float, *windows: WindowAssessment) -> AnomalyMap:
    values = np.zeros((12, round((end_s - start_s) * 100)), np.float32)
    return AnomalyMap(start_s, 100.0, values, values, values, windows, "m", "cpu")


def test_a_finding_cut_by_the_border_of_two_stretches_is_one() -> None:
    parts = [finding("V1", 58.0, 60.0, 95, 2.0), finding("V1", 60.0, 61.0, 99, 5.0), finding("V2", 60.0, 60.5)]
    joined = join_findings(parts, (60.0, 120.0))
    assert len(joined) == 2
    assert joined[0] == Finding("V1", 58.0, 61.0, 60.5, 99, 5.0)


def test_neighbours_elsewhere_stay_apart() -> None:
    parts = [finding("V1", 1.0, 2.0), finding("V1", 2.0, 3.0)]
    assert len(join_findings(parts, (60.0,))) == 2


def test_beyond_all_normals_the_peak_relative_to_the_lead_decides() -> None:
    peaks = (1.0, 10.0, *(1.0,) * 10)
    strong_in_a_quiet_lead = finding("I", 0, 1, 100, peak=5.0)
    larger_in_a_loud_lead = finding("II", 0, 1, 100, peak=20.0)
    order = FindingOrder.of([larger_in_a_loud_lead, strong_in_a_quiet_lead], peaks, ())
    assert order.findings[0] == strong_in_a_quiet_lead


def test_a_window_shared_by_two_stretches_counts_once_and_notes_are_said_once() -> None:
    result = Assessment(Phase.SCORING, total_s=20.0)
    result = result.with_stretch(Scored(stretch(10, 20, window(5.0, 1.0, "V1 is flat."), window(10.0, 3.0)), (), 10.0))
    result = result.with_stretch(Scored(stretch(0, 10, window(0.0, 2.0, "V1 is flat."), window(5.0, 1.0)), (), 20.0))
    assert [item.start_s for item in result.windows] == [0.0, 5.0, 10.0]
    assert result.strongest_window is not None
    assert result.strongest_window.start_s == 10.0
    assert result.notes == ("V1 is flat.",)
    assert [lead.lead for lead in result.lead_ranking][:2] == ["V6", "I"]


def test_without_a_score_there_is_no_strongest_window() -> None:
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, window(0.0, NAN)), (), 10.0))
    assert result.strongest_window is None
    assert result.lead_ranking == ()


def judged(start_s: float, score: float, *poor: str, reliable: bool = True) -> WindowAssessment:
    """A window in which some leads are poor."""
    leads = tuple(
        LeadQuality(lead, 0.1 if lead in poor else 1.0, ("noise",) if lead in poor else ()) for lead in STANDARD_LEADS
    )
    quality = QualityReport(start_s, 10.0, 0.5, "fair" if reliable else "poor", leads, ())
    return replace(window(start_s, score), lead_percentiles=tuple(range(50, 62)), quality=quality)


def test_the_strongest_window_is_one_whose_signal_lets_it_count() -> None:
    noisy, quiet = judged(0, 9.0, reliable=False), judged(10, 1.0)
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, noisy), (), 10.0))
    assert result.strongest_window == noisy, "as long as there is no other"
    result = result.with_stretch(Scored(stretch(10, 20, quiet), (), 20.0))
    assert result.strongest_window == quiet
    assert result.n_unreliable == 1


def test_unreliable_windows_that_two_stretches_share_are_counted_once() -> None:
    windows = [judged(start, 1.0, reliable=False) for start in (0, 5, 10)]
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, *windows[:2]), (), 10.0))
    result = result.with_stretch(Scored(stretch(10, 20, *windows[1:]), (), 20.0))
    assert result.n_unreliable == 3


def test_windows_that_stand_out_are_counted_as_stretches_arrive_and_anew_where_windows_are_exchanged() -> None:
    high = [replace(judged(start, 1.0), percentile=96.0) for start in (0, 5, 10)]
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, *high[:2]), (), 10.0))
    assert result.window_counts == (2, 2)
    poor, low, unknown = (judged(10, 1.0, reliable=False), replace(judged(15, 1.0), percentile=94.9),
                          replace(judged(20, 1.0), percentile=NAN))
    again = replace(high[1], percentile=20.0)
    result = result.with_stretch(Scored(stretch(5, 25, again, poor, low, unknown), (), 25.0))
    assert result.window_counts == (3, 1), "a window that both stretches have is the later one's"
    assert replace(result, windows=tuple(high)).window_counts == (3, 3)


def test_findings_in_poor_leads_come_after_weaker_ones_in_good_leads() -> None:
    strong_in_noise, weak = finding("V1", 3, 4, 99.9), finding("V2", 5, 6, 95.1)
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, judged(0, 1.0, "V1")), (strong_in_noise,), 5))
    assert result.n_reliable_findings == 0
    result = result.with_stretch(Scored(stretch(0, 10, judged(0, 1.0, "V1")), (weak,), 10.0))
    assert result.findings == (weak, strong_in_noise)
    assert result.n_reliable_findings == 1
    assert [result.is_unreliable(item) for item in result.findings] == [False, True]
    assert [result.reason_of(item) for item in result.findings] == ["", "noise"]


def test_a_finding_is_reliable_where_one_window_around_it_finds_the_lead_good() -> None:
    windows = judged(0, 1.0, "V1"), judged(5, 1.0)
    result = Assessment(Phase.SCORING).with_stretch(
        Scored(stretch(0, 15, *windows), (finding("V1", 2, 3), finding("V1", 7, 8)), 15.0)
    )
    assert [(item.start_s, result.is_unreliable(item)) for item in result.findings] == [(7, False), (2, True)]


def test_poor_leads_are_ranked_below_all_that_count() -> None:
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, judged(0, 1.0, "V6", "V5")), (), 10.0))
    ranking = result.lead_ranking
    assert [lead.lead for lead in ranking[:2]] == ["V4", "V3"]
    assert [(lead.lead, lead.is_poor, lead.reason) for lead in ranking[-2:]] == [
        ("V6", True, "noise"), ("V5", True, "noise")
    ]
