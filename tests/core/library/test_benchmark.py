"""A method of one's own on the benchmark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import mmae_core
from mmae_core import (
    STANDARD_LEADS,
    ConfigError,
    DatasetError,
    FunctionScorer,
    evaluate_detection,
    evaluate_recordings,
)

RATE_HZ = 500.0


def height(signal: NDArray[np.float32]) -> float:
    return float(np.abs(signal).max())


@pytest.fixture(scope="module")
def recordings() -> NDArray[np.float32]:
    """(12, 12, 5000): bursts of 1 to 12 times the noise beside them, so that the height tells their order."""
    noise = np.random.default_rng(1).normal(0, 0.1, (12, 12, 5000))
    noise[:, :, 2000:2100] *= np.arange(1, 13)[:, None, None]
    return noise.astype(np.float32)


def test_a_function_is_a_method(recordings: NDArray[np.float32]) -> None:
    report = evaluate_recordings(FunctionScorer(height, "height"), recordings, [0] * 6 + [1] * 6, RATE_HZ,
                                 STANDARD_LEADS)
    assert report["detection"]["auroc"] == 1.0
    assert (report["detection"]["n_normal"], report["detection"]["n_abnormal"]) == (6, 6)
    assert report["model"]["name"] == "height"
    turned = evaluate_recordings(FunctionScorer(lambda signal: -height(signal), "low"), recordings,
                                 np.repeat([False, True], 6), RATE_HZ, STANDARD_LEADS)
    assert turned["detection"]["auroc"] == 0.0


def test_two_methods_are_compared_on_the_same_recordings(recordings: NDArray[np.float32]) -> None:
    report = evaluate_recordings(
        FunctionScorer(height, "height"), recordings, [0, 1] * 6, RATE_HZ, STANDARD_LEADS,
        against=FunctionScorer(lambda signal: float(signal.mean()), "mean"),
    )
    assert report["against"]["model"]["name"] == "mean"
    assert report["against"]["comparison"]["n_normal"] == 6


def test_a_method_without_a_number_and_a_short_recording_are_named(recordings: NDArray[np.float32]) -> None:
    def moody(signal: NDArray[np.float32]) -> float:
        return float("nan") if height(signal) > 30 else height(signal)

    given = [*recordings, recordings[0, :, :100]]
    report = evaluate_recordings(FunctionScorer(moody, "moody"), given, [0] * 6 + [1] * 7, RATE_HZ, STANDARD_LEADS)
    (name, reason), = report["data"]["left_out"]
    assert name == "recording 12"
    assert "too short" in reason


def test_a_path_that_cannot_be_read_is_named_and_does_not_end_the_others(
    recordings: NDArray[np.float32], tmp_path: Path
) -> None:
    (tmp_path / "torn.dcm").write_bytes(b"no recording")
    given = [tmp_path / "torn.dcm", *recordings, str(tmp_path / "missing.hea")]
    report = evaluate_recordings(FunctionScorer(height, "height"), given, [0] * 7 + [1] * 7, RATE_HZ, STANDARD_LEADS)
    assert [name for name, _ in report["data"]["left_out"]] == ["torn.dcm", "missing.hea"]
    assert report["detection"]["auroc"] == 1.0
    assert (report["detection"]["n_normal"], report["detection"]["n_abnormal"]) == (6, 6)
    with pytest.raises(ConfigError, match="sampling_rate_hz"):
        evaluate_recordings(FunctionScorer(height, "height"), recordings, [0, 1] * 6)


@pytest.mark.parametrize(("labels", "said"), [
    ([0] * 6 + [2] * 6, "True or 1 for abnormal"),
    ([0, 1], "there are 12 recordings"),
    ([0] * 12, "abnormal"),
])
def test_labels_are_checked(labels: list[int], said: str, recordings: NDArray[np.float32]) -> None:
    with pytest.raises(DatasetError, match=said):
        evaluate_recordings(FunctionScorer(height, "height"), recordings, labels, RATE_HZ, STANDARD_LEADS)


def test_the_same_method_is_evaluated_on_ptbxl(ptbxl_mini: Path) -> None:
    report = evaluate_detection(FunctionScorer(height, "height"), ptbxl_mini, [9])
    assert report["detection"]["n_normal"] == report["detection"]["n_abnormal"] == 8
    assert mmae_core.load_scorer("mmae-ecg-plus").name == "mmae-ecg-plus"
