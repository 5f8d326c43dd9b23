"""Stretches are joined: windows once, findings whole again, strongest first."""

from __future__ import annotations

import numpy as np

from ecg_viewer.state.assessment import Assessment, Phase, Scored, join_findings
from mmae_core.assessment import AnomalyMap, Finding, WindowAssessment

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
    joined = join_findings(parts, (60.0, 120.0), PEAKS)
    assert len(joined) == 2
    assert joined[0] == Finding("V1", 58.0, 61.0, 60.5, 99, 5.0)


def test_neighbours_elsewhere_stay_apart() -> None:
    parts = [finding("V1", 1.0, 2.0), finding("V1", 2.0, 3.0)]
    assert len(join_findings(parts, (60.0,), PEAKS)) == 2


def test_beyond_all_normals_the_peak_relative_to_the_lead_decides() -> None:
    peaks = (1.0, 10.0, *(1.0,) * 10)
    strong_in_a_quiet_lead = finding("I", 0, 1, 100, peak=5.0)
    larger_in_a_loud_lead = finding("II", 0, 1, 100, peak=20.0)
    assert join_findings([larger_in_a_loud_lead, strong_in_a_quiet_lead], (), peaks)[0] == strong_in_a_quiet_lead


def test_a_window_shared_by_two_stretches_counts_once_and_notes_are_said_once() -> None:
    result = Assessment(Phase.SCORING, total_s=20.0)
    result = result.with_stretch(Scored(stretch(10, 20, window(5.0, 1.0, "V1 is flat."), window(10.0, 3.0)), (), 10.0))
    result = result.with_stretch(Scored(stretch(0, 10, window(0.0, 2.0, "V1 is flat."), window(5.0, 1.0)), (), 20.0))
    assert [item.start_s for item in result.windows] == [0.0, 5.0, 10.0]
    assert result.strongest_window is not None
    assert result.strongest_window.start_s == 10.0
    assert result.notes == ("V1 is flat.",)
    assert [lead for lead, _ in result.lead_ranking][:2] == ["V6", "I"]


def test_without_a_score_there_is_no_strongest_window() -> None:
    result = Assessment(Phase.SCORING).with_stretch(Scored(stretch(0, 10, window(0.0, NAN)), (), 10.0))
    assert result.strongest_window is None
    assert result.lead_ranking == ()
