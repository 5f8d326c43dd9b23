import numpy as np
import pytest

from mmae_core.metrics.ec57 import BeatCounts, compare_beats


def test_a_beat_within_150_ms_is_found_and_one_beyond_is_missed_and_invented() -> None:
    counts = compare_beats(np.array([1.0, 2.0, 3.0]), np.array([1.149, 2.151, 3.0]))
    assert counts == BeatCounts(true_positive=2, false_negative=1, false_positive=1)


def test_two_detections_of_one_beat_count_once() -> None:
    counts = compare_beats(np.array([1.0]), np.array([0.95, 1.02]))
    assert counts == BeatCounts(1, 0, 1)


def test_as_many_beats_as_possible_are_matched() -> None:
    counts = compare_beats(np.array([1.0, 1.2]), np.array([1.12, 1.3]))
    assert counts == BeatCounts(2, 0, 0)


def test_the_learning_period_and_flutter_are_not_counted() -> None:
    reference = np.array([1.0, 10.0, 20.0, 30.0])
    counts = compare_beats(reference, np.array([5.0, 10.0, 21.0]), from_s=6.0, excluded_s=((19.0, 22.0),))
    assert counts == BeatCounts(1, 1, 0)


def test_shares_are_of_annotated_and_of_detected_beats() -> None:
    counts = BeatCounts(8, 2, 0) + BeatCounts(1, 0, 3)
    assert counts.sensitivity == pytest.approx(9 / 11)
    assert counts.positive_predictivity == pytest.approx(9 / 12)
    assert np.isnan(BeatCounts(0, 0, 0).sensitivity)
