"""A recording among the model's normals, and the recordings of a worklist as points."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.state.assessment import ModelInfo, WindowCounts
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.cohort_points import cohort_points, nearest, plot_kinds
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.research.score_among_normals import quantiles, score_among_normals, share_below
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore, TruthFigures, tally
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.scoring.checkpoint import load_model

POINT = OperatingPoint(8.0, 80.0, 0.7, 0.8, "PTB-XL fold 9")
INFO = ModelInfo("m", "1", "cpu", 10, operating_points=(POINT,), normal_scores=tuple(map(float, range(1, 11))))


def test_shares_of_normals_are_those_of_the_calibration() -> None:
    """So the curve and the percentile of the summary say the same."""
    calibration = load_model(None).calibration
    info = ModelScorer("cpu").load(None)
    normals = np.array(info.normal_scores)
    assert len(normals) == info.n_normals
    for score in (*normals[::300], *(float(normals[-1]) + np.array([-0.1, 1.0]))):
        assert share_below(normals, float(score)) == calibration.record_percentile(float(score))
    comparison = score_among_normals(info, float(normals[500]), 50.0, windows=WindowCounts(1, 0), is_reliable=True)
    assert comparison is not None
    scores, shares = comparison.curve
    assert np.interp(normals[500], scores, shares) == pytest.approx(calibration.record_percentile(normals[500]))
    counts, edges = comparison.histogram()
    assert counts.sum() == len(normals)
    assert edges[0] <= normals[0] <= normals[-1] <= edges[-1]


def test_a_score_far_beyond_all_normals_stands_at_the_edge() -> None:
    comparison = score_among_normals(INFO, 400.0, 100.0, windows=WindowCounts(1, 0), is_reliable=True)
    assert comparison is not None
    low, high = comparison.limits
    assert low < 1
    assert 10 < high < 30
    assert comparison.place(400.0) == high
    assert comparison.place(8.0) == 8.0
    assert score_among_normals(ModelInfo("m", "1", "cpu"), 1.0, 50.0, windows=WindowCounts(1, 0),
                               is_reliable=True) is None


def test_quantiles_name_a_score_that_so_many_normals_stay_below() -> None:
    assert quantiles(np.arange(1.0, 101.0), (5.0, 50.0, 99.0)) == [(5.0, 6.0), (50.0, 51.0), (99.0, 100.0)]


@pytest.fixture
def worklist() -> Worklist:
    made = Worklist()
    groups = (("NORM",), ("MI",), ("MI", "STTC"), (), ("NORM",))
    made.set_columns(make_columns([
        RecordItem(Path(f"{number}.hea"), str(number), superclasses=group) for number, group in enumerate(groups)
    ]))
    made.put_scores({
        0: RecordScore(1.0, 40.0), 1: RecordScore(5.0, 99.0, truth=TruthFigures(0.9, tally([98.5, -1.0]), ())),
        2: RecordScore(3.0, 90.0, verdict="poor", truth=TruthFigures(0.7, tally([98.5]), ())),
        3: RecordScore(2.0, 60.0),
    })
    made.refresh()
    return made


def test_recordings_stand_at_their_score_and_auroc_or_in_each_of_their_superclasses(worklist: Worklist) -> None:
    assert plot_kinds(worklist.table, worklist.order) == ("auroc", "superclass")
    points = cohort_points(worklist.table, worklist.order, "auroc")
    assert points.rows.tolist() == [1, 2]
    assert points.scores.tolist() == [5.0, 3.0]
    assert points.heights.tolist() == [0.9, 0.7]
    assert points.missed.tolist() == [True, False]
    assert points.reliable.tolist() == [True, False]
    points = cohort_points(worklist.table, worklist.order, "superclass")
    assert [(group.name, group.n, group.n_poor) for group in points.groups] == [
        ("NORM", 1, 0), ("MI", 1, 1), ("STTC", 0, 1), ("–", 1, 0)]
    np.testing.assert_equal([group.quartiles[1] for group in points.groups], [1.0, 5.0, np.nan, 2.0])
    np.testing.assert_equal([group.mean_auroc for group in points.groups], [np.nan, 0.9, np.nan, np.nan])
    assert (points.n_counted, points.n_poor) == (3, 1), "a poor signal is shown, and in no figure"
    assert points.rows.tolist() == [0, 1, 2, 2, 3]
    assert np.round(points.heights).tolist() == [3, 2, 2, 1, 0]
    assert points.rows[points.in_order()].tolist() == [0, 2, 1, 2, 3], "from the top, in a group by score"


def test_the_points_are_the_recordings_that_the_table_shows(worklist: Worklist) -> None:
    worklist.set_filter(WorklistFilter(superclass="MI"))
    points = cohort_points(worklist.table, worklist.order, "superclass")
    assert sorted(set(points.rows.tolist())) == sorted(worklist.order.tolist()) == [1, 2]
    worklist.set_filter(WorklistFilter(superclass="NORM"))
    assert plot_kinds(worklist.table, worklist.order) == ("superclass",)
    worklist.set_filter(WorklistFilter(state="not scored"))
    assert plot_kinds(worklist.table, worklist.order) == ()
    assert len(cohort_points(worklist.table, worklist.order, "superclass")) == 0


def test_the_nearest_point_is_found_within_reach(worklist: Worklist) -> None:
    points = cohort_points(worklist.table, worklist.order, "auroc")
    assert nearest(points, np.array([9.0, 3.0]), np.array([0.0, 4.0]), 8.0) == 1
    assert nearest(points, np.array([9.0, 8.0]), np.array([0.0, 4.0]), 8.0) is None
