from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Scored
from ecg_viewer.state.job_protocols import Failed, Finished
from ecg_viewer.state.research.localization_outcome import Localization
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.research.research_words import event_word, figures_text, outcome_text, points_text, truth_text
from ecg_viewer.state.research.truth import TruthBox, reviewer_boxes
from ecg_viewer.state.research.truth_tracker import TruthRead, TruthTracker
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS

BOXES = (TruthBox(("V3",), 2.0, 3.0, "st_shift", "lesion"), TruthBox(("I", "II"), 15.0, 15.5, "st_shift", "lesion"))


def finding(lead: str, start_s: float, percentile: float) -> Finding:
    return Finding(lead, start_s, start_s + 0.2, start_s + 0.1, percentile, percentile / 100)


def scored(start_s: float, end_s: float, *findings: Finding, lead: str = "V3") -> Scored:
    """A map that is high in one lead from 2 to 3 s."""
    score = np.zeros((12, round((end_s - start_s) * 100)), np.float32)
    times = start_s + np.arange(score.shape[1]) / 100
    score[STANDARD_LEADS.index(lead), (times >= 2) & (times < 3)] = 1
    return Scored(AnomalyMap(start_s, 100.0, score, score, score, (), "m", "cpu"), findings, end_s)


@pytest.fixture
def tracker(bench: object, lane: object) -> TruthTracker:
    """Of an open recording of 20 s, its truth read, nothing assessed."""
    measuring = type(lane)()
    made = TruthTracker(bench.session, lane, measuring)
    made.measuring = measuring
    bench.open()
    lane.answer(TruthRead(BOXES))
    bench.session.assess()
    bench.modelling.answer(ModelInfo("m", "1", "cpu"))
    return made


def test_hits_and_misses_follow_the_findings_and_the_threshold(tracker: TruthTracker, bench: object) -> None:
    bench.modelling.answer(scored(0, 20, finding("V3", 2.1, 97.0), finding("V6", 8.0, 99.5)))
    assert [event.kind for event in tracker.events()] == ["hit", "false alarm", "miss"]
    bench.session.view.set_heat_threshold(98)
    assert [event.kind for event in tracker.events()] == ["miss", "false alarm", "miss"]
    assert tracker.outcome is not None
    assert outcome_text(tracker.outcome, bench.session.assessment) == (
        "At the 98th percentile: 0 of 2 hit, 2 missed, 1 false alarms. So far: 20 of 20 s are assessed.")
    bench.modelling.answer(Finished())
    assert outcome_text(tracker.outcome, bench.session.assessment).endswith("1 false alarms.")


def test_the_cards_figures_are_not_taken_for_those_of_the_strongest_of_several_windows() -> None:
    point = OperatingPoint(1.5, 95.0, 0.8, 0.95, "fold 9")
    assert points_text((point,), 2.0).endswith("This recording's score is 2.00.")
    assert points_text((point,), 2.0, 180).endswith(
        "The strongest of 180 10-s windows has a score of 2.00; the card's figures are of one 10-s window per ECG.")


def test_what_nobody_has_assessed_is_not_missed(tracker: TruthTracker, bench: object) -> None:
    assert tracker.outcome is not None
    assert outcome_text(tracker.outcome, bench.session.assessment) == "Hits and misses: once the recording is assessed."
    bench.modelling.answer(Failed("It lacks V2.", "", is_expected=True, is_unsupported=True))
    assert outcome_text(tracker.outcome, bench.session.assessment) == (
        "The recording is not assessed: nothing in it is hit or missed.")
    assert event_word("miss", bench.session.assessment) == "– Not assessed"


def test_figures_are_of_the_whole_map_once_it_is_complete(tracker: TruthTracker, bench: object) -> None:
    bench.modelling.answer(scored(10, 20))
    bench.modelling.answer(scored(0, 10))
    assert tracker.measuring.jobs == []
    bench.modelling.answer(Finished())
    tracker.measuring.run()
    found = tracker.localization
    assert found is not None
    n_positive = 100 + 2 * 50
    # The first box is found wholly and the second not at all: half the positives above everything, the rest tied.
    assert found.auroc == pytest.approx(0.75)
    assert found.chance == pytest.approx(n_positive / (12 * 1960))
    assert "AUROC 0.750" in figures_text(found, True, False)


def test_assessing_again_forgets_the_figures(tracker: TruthTracker, bench: object) -> None:
    bench.modelling.answer(scored(0, 20), Finished())
    tracker.measuring.run()
    bench.session.assess()
    assert tracker.localization is None
    bench.modelling.answer(ModelInfo("m", "1", "cpu"), scored(0, 20, lead="V4"), Finished())
    tracker.measuring.run()
    assert tracker.localization is not None
    assert tracker.localization.auroc < 0.5


def test_what_the_reviewer_confirms_is_true_too(tracker: TruthTracker, bench: object) -> None:
    found = finding("V6", 8.0, 99.5)
    bench.modelling.answer(scored(0, 20, found))
    assert len(tracker.outcome.false_alarms) == 1
    tracker.set_reviewed(reviewer_boxes([((found.lead,), found.start_s, found.end_s, "")]))
    assert tracker.outcome.false_alarms == ()
    assert tracker.boxes[1].kind == "confirmed"
    assert "hit by definition" in truth_text(tracker.boxes)


def test_stepping_goes_round_through_all_or_one_kind(tracker: TruthTracker, bench: object) -> None:
    bench.modelling.answer(scored(0, 20, finding("V3", 2.1, 97.0), finding("V6", 8.0, 99.5)))
    view = bench.session.view
    tracker.step(1)
    assert tracker.current.kind == "hit"
    assert (view.selection.lead, view.selection.start_s) == ("V3", 2.0)
    tracker.step(1, "miss")
    assert tracker.current.start_s == 15.0
    assert view.start_s <= 15.0 <= view.end_s
    tracker.step(1)
    assert tracker.current.kind == "hit"
    tracker.step(-1)
    assert tracker.current.kind == "miss"
    tracker.step(-1, "false alarm")
    assert tracker.current.lead == "V6"


def test_another_recording_starts_without_truth(
    tracker: TruthTracker, bench: object, record: Callable[..., object]
) -> None:
    bench.open(record("other"))
    assert tracker.boxes == ()
    assert tracker.outcome is None
    assert truth_text(tracker.boxes).startswith("Nothing beside this recording")


def test_long_recordings_are_compared_but_not_measured(
    bench: object, lane: object, record: Callable[..., object]
) -> None:
    measuring = type(lane)()
    tracker = TruthTracker(bench.session, lane, measuring)
    bench.open(record("long", 1900.0))
    lane.answer(TruthRead(BOXES))
    bench.session.assess()
    bench.modelling.answer(ModelInfo("m", "1", "cpu"), scored(0, 20, finding("V3", 2.1, 97.0)), Finished())
    assert len(tracker.outcome.hits) == 1
    assert measuring.jobs == []
    assert figures_text(tracker.localization, True, tracker.is_too_long) == (
        "AUROC is not computed for recordings longer than 30 min."
    )


def test_a_damaged_truth_file_is_reported(bench: object, lane: object) -> None:
    tracker = TruthTracker(bench.session, lane, lane)
    problems: list[object] = []
    tracker.failed.connect(problems.append)
    bench.open()
    lane.answer(Failed("a.lesion cannot be read.", "", True))
    assert [problem.message for problem in problems] == ["a.lesion cannot be read."]


def test_operating_points_say_where_the_recording_stands_or_that_nothing_is_known() -> None:
    point = OperatingPoint(1.11, 91.0, 0.74, 0.9, "PTB-XL fold 9")
    text = points_text((point,), 1.5)
    assert "Specificity 90%, sensitivity 74% at a score of 1.11, percentile 91: this recording is above." in text
    assert "Measured on PTB-XL fold 9" in text
    assert "is below" in points_text((point,), 1.0)
    assert "unknown" in points_text((), 1.0)
    assert figures_text(Localization(float("nan"), float("nan"), 0.0, 10), True, False).startswith("No AUROC")
