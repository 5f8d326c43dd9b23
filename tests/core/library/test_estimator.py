"""The detector as scikit-learn's users expect it, and recordings as vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.base import clone, is_outlier_detector
from sklearn.pipeline import make_pipeline

import mmae_core
from mmae_core import STANDARD_LEADS, ConfigError, EcgAnomalyDetector, EcgError
from mmae_core.errors import DatasetError
from mmae_core.evaluation import own_cohort
from mmae_core.scoring.checkpoint import TrainedModel

RATE_HZ = 100.0


@pytest.fixture(scope="module")
def normals(ptbxl_mini_signals: NDArray[np.float32]) -> NDArray[np.float32]:
    """(20, 12, 1000): five recordings, each four times with other noise."""
    noise = np.random.default_rng(3).normal(0, 0.01, (20, 12, 1000)).astype(np.float32)
    return np.concatenate([ptbxl_mini_signals] * 4) + noise


@pytest.fixture(scope="module")
def ptbxl_mini_signals() -> NDArray[np.float32]:
    from mmae_core.resources import resource

    paths = sorted(resource("demo").glob("*_hr.hea"))[:5]
    return np.stack([mmae_core.read_record(path).read()[:, ::5] for path in paths])


@pytest.fixture
def detector(tiny_model: Callable[..., TrainedModel]) -> EcgAnomalyDetector:
    return EcgAnomalyDetector(tiny_model(), sampling_rate_hz=RATE_HZ, leads=STANDARD_LEADS)


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty own normals, instead of fifty, so that the tests are short."""
    monkeypatch.setattr(own_cohort, "MIN_OWN_NORMALS", 20)


def test_a_higher_score_is_more_normal_as_scikit_learn_has_it(
    detector: EcgAnomalyDetector, ptbxl_mini_signals: NDArray[np.float32]
) -> None:
    own = [one.score for one in mmae_core.score_many(ptbxl_mini_signals, RATE_HZ, STANDARD_LEADS, model=detector.model)]
    np.testing.assert_array_equal(detector.score_samples(ptbxl_mini_signals), [-score for score in own])


@pytest.mark.usefixtures("few_are_enough")
def test_fitting_makes_own_normals_the_cohort(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32]
) -> None:
    before = detector.model
    assert detector.set_params(contamination=0.1).fit(normals) is detector
    assert detector.model is before
    assert detector.n_normals_ == detector.model_.calibration.n_records == 20
    assert detector.left_out_ == ()
    scores = -detector.score_samples(normals)
    np.testing.assert_allclose(np.sort(scores), np.sort(detector.model_.calibration.record_scores), rtol=1e-6)
    decided = detector.predict(normals)
    assert (decided == -1).sum() == 1, "p = 2/21 for the strongest of the cohort itself, 3/21 for the next"
    assert decided[int(np.argmax(scores))] == -1
    np.testing.assert_array_equal(decided == -1, detector.decision_function(normals) < 0)


@pytest.mark.usefixtures("few_are_enough")
def test_unusual_is_what_a_conformal_p_value_says(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32]
) -> None:
    detector.set_params(contamination=0.1).fit(normals)
    odd = normals[:2] * np.where(np.arange(1000) % 50 < 25, 1.0, -1.0).astype(np.float32)
    given = np.concatenate([normals, odd])
    p_values = [detector.model_.calibration.p_value(-score) for score in detector.score_samples(given)]
    np.testing.assert_array_equal(detector.predict(given) == -1, np.array(p_values) <= 0.1)


@pytest.mark.usefixtures("few_are_enough")
def test_too_small_a_cohort_calls_nothing_unusual(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32]
) -> None:
    detector.set_params(contamination=0.01).fit(normals)
    assert detector.offset_ == -np.inf
    assert set(detector.predict(normals)) == {1}


@pytest.mark.usefixtures("few_are_enough")
def test_too_few_normals_are_refused_and_unusable_ones_are_named(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32]
) -> None:
    with pytest.raises(DatasetError, match="at least 20 are needed for percentiles"):
        detector.fit(normals[:19])
    flat = normals[0].copy()
    flat[2] = 0
    detector.fit([*normals, flat, normals[0, :, :400], normals[3]])
    reasons = dict(detector.left_out_)
    assert reasons["recording 22"] == "the same recording as another one"
    assert reasons["recording 20"] == "not assessable in every lead"
    assert "too short" in reasons["recording 21"]


def test_what_cannot_be_assessed_is_neither_normal_nor_unusual(
    detector: EcgAnomalyDetector, ptbxl_mini_signals: NDArray[np.float32]
) -> None:
    given = [ptbxl_mini_signals[0], ptbxl_mini_signals[0, :, :100]]
    assert np.isnan(detector.score_samples(given)).tolist() == [False, True]
    assert detector.predict(given)[1] == 0
    with pytest.raises(EcgError, match="too short"):
        detector.set_params(unassessable="raise").predict(given)


def test_scikit_learn_clones_it_and_puts_it_into_a_pipeline(
    detector: EcgAnomalyDetector, ptbxl_mini_signals: NDArray[np.float32]
) -> None:
    copied = clone(detector.set_params(contamination=0.2))
    assert copied is not detector
    assert copied.get_params() == detector.get_params()
    assert is_outlier_detector(copied)
    in_line = make_pipeline(copied)
    np.testing.assert_array_equal(in_line.score_samples(ptbxl_mini_signals[:2]),
                                  detector.score_samples(ptbxl_mini_signals[:2]))
    assert "contamination=0.2" in repr(copied)
    with pytest.raises(ConfigError, match="no parameter 'rate'"):
        detector.set_params(rate=500)
    with pytest.raises(ConfigError, match="a share of normal ECGs"):
        detector.set_params(contamination=5).predict(ptbxl_mini_signals[:1])
    with pytest.raises(ConfigError, match="contamination = 'auto'; it is a share"):
        detector.set_params(contamination="auto").predict(ptbxl_mini_signals[:1])


@pytest.mark.usefixtures("few_are_enough")
def test_a_fitted_detector_is_a_model_for_everything_else(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="was not fitted"):
        detector.save(tmp_path / "ours")
    detector.fit(normals, cohort="our ward")
    found = mmae_core.load_model(detector.save(tmp_path / "ours"))
    assert found.calibration.cohort == "our ward"
    np.testing.assert_array_equal(EcgAnomalyDetector(found, sampling_rate_hz=RATE_HZ, leads=STANDARD_LEADS)
                                  .score_samples(normals[:2]), detector.score_samples(normals[:2]))


@pytest.mark.usefixtures("few_are_enough")
def test_another_model_named_after_fitting_counts_from_the_next_fit_on(
    detector: EcgAnomalyDetector, normals: NDArray[np.float32], tmp_path: Path
) -> None:
    before = detector.fit(normals).score_samples(normals[:2])
    detector.set_params(model="mmae-ecg-faithful")
    np.testing.assert_array_equal(detector.score_samples(normals[:2]), before)
    saved = mmae_core.load_model(detector.save(tmp_path / "ours"))
    np.testing.assert_array_equal(EcgAnomalyDetector(saved, sampling_rate_hz=RATE_HZ, leads=STANDARD_LEADS)
                                  .score_samples(normals[:2]), before)


def test_a_generator_of_arrays_is_taken(
    detector: EcgAnomalyDetector, ptbxl_mini_signals: NDArray[np.float32]
) -> None:
    def one_by_one() -> Iterator[NDArray[np.float32]]:
        yield from ptbxl_mini_signals[:2]

    assert detector.score_samples(one_by_one()).shape == (2,)


def test_a_vector_for_each_recording_alone_or_among_others(ptbxl_mini_signals: NDArray[np.float32]) -> None:
    vectors = mmae_core.embed(ptbxl_mini_signals, RATE_HZ, STANDARD_LEADS)
    assert vectors.shape == (5, 64)
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors[2], mmae_core.embed(ptbxl_mini_signals[2:3], RATE_HZ, STANDARD_LEADS)[0])
    apart = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    assert apart[~np.eye(5, dtype=bool)].min() > 0.1, "different hearts have different vectors"
    twice = np.concatenate([ptbxl_mini_signals[0]] * 2, axis=1)
    assert mmae_core.embed([twice], RATE_HZ, STANDARD_LEADS).shape == (1, 64)
    assert mmae_core.embed([], RATE_HZ, STANDARD_LEADS).shape == (0, 64)


def test_the_detector_transforms_into_the_same_vectors(
    detector: EcgAnomalyDetector, ptbxl_mini_signals: NDArray[np.float32]
) -> None:
    of_model = mmae_core.embed(ptbxl_mini_signals, RATE_HZ, STANDARD_LEADS, model=detector.model)
    np.testing.assert_array_equal(detector.transform(ptbxl_mini_signals), of_model)
    assert of_model.shape == (5, 16)
