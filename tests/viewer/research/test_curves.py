"""Curves over the threshold are the tab's figures, at every threshold."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Scored
from ecg_viewer.state.job_protocols import Finished
from ecg_viewer.state.research.localization_outcome import localization, match_truth
from ecg_viewer.state.research.threshold_curves import THRESHOLDS, CurveTracker, event_curves, point_curves
from ecg_viewer.state.research.truth import TruthBox, truth_mask
from ecg_viewer.state.research.truth_tracker import TruthRead, TruthTracker
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.metrics.localization import crop
from mmae_core.record import STANDARD_LEADS

RATE = 100.0
BOXES = (TruthBox(("V3",), 2.0, 3.0, "st_shift", "lesion"), TruthBox(("I", "II"), 15.0, 15.5, "st_shift", "lesion"))


@pytest.fixture
def noisy_map() -> AnomalyMap:
    """20 s of scores that are higher in boxes, the heat a different order of them in each lead; aVL not assessed."""
    generator = np.random.default_rng(7)
    score = generator.random((12, 2000)).astype(np.float32)
    score += 0.4 * truth_mask(BOXES, 0.0, RATE, 2000)
    score[STANDARD_LEADS.index("aVL")] = np.nan
    heat = (100 * (score / 1.4) ** np.linspace(0.05, 0.4, 12)[:, None]).astype(np.float32)
    return AnomalyMap(0.0, RATE, score, heat, heat, (), "m", "cpu")


def finding(lead: str, start_s: float, percentile: float) -> Finding:
    return Finding(lead, start_s, start_s + 0.2, start_s + 0.1, percentile, percentile / 100)


def test_sensitivity_and_specificity_are_shares_of_the_points_inside_and_outside_boxes(noisy_map: AnomalyMap) -> None:
    curves = point_curves(noisy_map.score, noisy_map.peak_percentile, RATE, BOXES)
    heat, mask = crop(noisy_map.peak_percentile, RATE), crop(truth_mask(BOXES, 0.0, RATE, 2000), RATE)
    known = np.isfinite(heat)
    for threshold in (90.0, 93.7, 97.0, 99.9):
        found = curves.at(threshold)
        over = heat >= np.float32(threshold)
        assert found.sensitivity == pytest.approx(over[mask & known].mean())
        assert found.specificity == pytest.approx(1 - over[~mask & known].mean())
    sensitivity, specificity = curves.over(THRESHOLDS)
    assert (np.diff(sensitivity) <= 0).all()
    assert (np.diff(specificity) >= 0).all()
    assert 0 < sensitivity[0] < 1


def test_the_area_under_the_curve_is_that_of_the_tab_and_the_threshold_stands_on_the_heats_curve(
    noisy_map: AnomalyMap,
) -> None:
    curves = point_curves(noisy_map.score, noisy_map.peak_percentile, RATE, BOXES)
    tab = localization(noisy_map, BOXES)
    assert curves.score_auroc == tab.auroc
    assert curves.n_inside + curves.n_outside == tab.n_points
    for curve, auroc in ((curves.score_roc, tab.auroc), (curves.heat_roc, curves.heat_auroc)):
        assert curve[0].tolist() == [0, 0]
        assert curve[-1].tolist() == [1, 1]
        assert np.trapezoid(curve[:, 1], curve[:, 0]) == pytest.approx(auroc, abs=0.002)
    here = curves.at(95.0)
    on_curve = np.interp(1 - here.specificity, curves.heat_roc[:, 0], curves.heat_roc[:, 1])
    assert on_curve == pytest.approx(here.sensitivity, abs=0.01)


def test_hits_misses_and_false_alarms_are_those_of_the_outcome_at_every_threshold() -> None:
    findings = (finding("V3", 2.1, 97.0), finding("V3", 2.6, 99.1), finding("II", 15.1, 96.5),
                finding("V6", 8.0, 99.5), finding("V6", 9.0, 95.5))
    curves = event_curves(BOXES, findings, 20.0)
    for threshold in (*THRESHOLDS, 96.5, 99.1):
        outcome, here = match_truth(BOXES, findings, float(threshold)), curves.at(float(threshold))
        assert (here.n_hits, here.n_misses, here.n_false) == tuple(
            map(len, (outcome.hits, outcome.misses, outcome.false_alarms)))
    hits, misses, false = curves.rates([97.0])
    assert (hits[0], misses[0], false[0]) == (3.0, 3.0, 3.0)


def test_without_points_inside_there_is_no_sensitivity(noisy_map: AnomalyMap) -> None:
    curves = point_curves(noisy_map.score, noisy_map.peak_percentile, RATE, ())
    assert np.isnan(curves.at(95.0).sensitivity)
    assert not np.isnan(curves.at(95.0).specificity)
    assert np.isnan(curves.score_auroc)
    assert len(curves.score_roc) == 0


def test_curves_are_measured_once_the_recording_is_assessed_and_only_while_somebody_looks(
    bench: object, lane: object, noisy_map: AnomalyMap
) -> None:
    measuring, drawing = type(lane)(), type(lane)()
    tracker = TruthTracker(bench.session, lane, measuring)
    curves = CurveTracker(bench.session, tracker, drawing)
    bench.open()
    lane.answer(TruthRead(BOXES))
    bench.session.assess()
    bench.modelling.answer(ModelInfo("m", "1", "cpu"), Scored(noisy_map, (finding("V3", 2.1, 97.0),), 20.0), Finished())
    assert drawing.jobs == [], "nobody looks"
    curves.set_active(True)
    drawing.run()
    measuring.run()
    assert curves.points is not None
    assert curves.events is not None
    assert tracker.localization is not None
    assert curves.points.score_auroc == tracker.localization.auroc
    assert curves.events.at(90.0).n_hits == 1
    tracker.set_reviewed((TruthBox(("V6",), 5.0, 6.0, "mine", "reviewer"),))
    assert curves.points is None, "of other regions"
    drawing.run()
    assert curves.events.at(90.0).n_misses == 2
    bench.open()
    assert curves.events is None
    drawing.answer(event_curves(BOXES, (), 20.0))
    assert curves.events is None, "what was asked before is of another recording"
