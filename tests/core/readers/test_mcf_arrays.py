from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mmae_core.config import PreprocessConfig
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.readers.mcf_arrays import (
    has_detection_arrays,
    has_localization_arrays,
    load_detection,
    load_localization,
    load_signals,
)
from mmae_core.scoring.preprocess import bandpass, prepare_as_published, prepare_filtered, prepare_window


@pytest.fixture(scope="module")
def signal_mv(demo: Path) -> NDArray[np.float32]:
    """A real record at 500 Hz, (12, 5000)."""
    return read_record(demo / "00170_hr").read()


@pytest.fixture
def arrays(tmp_path: Path) -> Path:
    """Both benchmarks, three recordings each."""
    signals = np.random.default_rng(0).normal(0, 0.2, size=(3, 5000, 12))
    np.save(tmp_path / "test.npy", signals)
    np.save(tmp_path / "label.npy", np.array([0, 1, 0]))
    np.save(tmp_path / "benchmark_data.npy", signals.astype(np.float32))
    labels = np.zeros((3, 5000, 12), np.int64)
    labels[1, 200:300, 4] = 1
    np.save(tmp_path / "benchmark_label.npy", labels)
    return tmp_path


def change(folder: Path, name: str, array: NDArray[Any]) -> Path:
    np.save(folder / name, array)
    return folder


def test_the_published_arrays_are_read_leads_first(arrays: Path) -> None:
    assert has_detection_arrays(arrays)
    assert has_localization_arrays(arrays)
    detection = load_detection(arrays)
    assert detection.abnormal.tolist() == [False, True, False]
    assert len(detection.data) == 3
    window = detection.data.window(2)
    assert (window.shape, window.dtype) == ((12, 5000), np.float32)
    np.testing.assert_array_equal(window[7], np.load(arrays / "test.npy")[2, :, 7].astype(np.float32))
    assert not detection.data.min_max_scaled
    localization = load_localization(arrays)
    assert np.argwhere(localization.mask(1))[[0, -1]].tolist() == [[4, 200], [4, 299]]
    assert not localization.mask(0).any()
    (arrays / "label.npy").unlink()
    assert not has_detection_arrays(arrays)


@pytest.mark.parametrize(
    ("shape", "advice"),
    [
        ((3, 12, 5000), r"exchanged: save array\.transpose\(0, 2, 1\)"),
        ((5000, 12), r"one recording: save array\[None\]"),
        ((3, 1000, 12), "sampled at 100 Hz"),
        ((3, 12, 1000), "sampled at 100 Hz"),
        ((3, 4800, 12), r"cropped to samples 100\.\.4900 already"),
        ((3, 5000, 8), "has 8 leads; all twelve"),
        ((3, 7, 5), r"expected \(N, 5000, 12\)"),
        ((0, 5000, 12), "holds no recording"),
    ],
)
def test_a_wrong_shape_is_explained(arrays: Path, shape: tuple[int, ...], advice: str) -> None:
    with pytest.raises(DatasetError, match=advice):
        load_detection(change(arrays, "test.npy", np.zeros(shape)))


def test_what_is_no_filtered_ecg_in_millivolts_is_explained(arrays: Path) -> None:
    signals = np.load(arrays / "test.npy")
    for changed, reason in (
        (signals * 1000, "µV"), (signals / 1000, "in V: multiply by 1000"), ((signals * 1000).astype(int), "gain"),
    ):
        with pytest.raises(DatasetError, match=reason):
            load_detection(change(arrays, "test.npy", changed))
    signals[1, 17, 3] = np.nan
    with pytest.raises(DatasetError, match="recording 1 has 1 values that are no numbers"):
        load_detection(change(arrays, "test.npy", signals))


def test_arrays_that_somebody_scaled_already_are_recognised(arrays: Path) -> None:
    signals = np.load(arrays / "test.npy")
    low, high = signals.min(axis=1, keepdims=True), signals.max(axis=1, keepdims=True)
    assert load_signals(change(arrays, "test.npy", 2 * (signals - low) / (high - low) - 1) / "test.npy").min_max_scaled


def test_labels_must_fit(arrays: Path) -> None:
    with pytest.raises(DatasetError, match=r"label\.npy has shape \(2,\); expected \(3,\)"):
        load_detection(change(arrays, "label.npy", np.array([0, 1])))
    with pytest.raises(DatasetError, match="holds the value 2"):
        load_detection(change(arrays, "label.npy", np.array([0, 1, 2])))
    with pytest.raises(DatasetError, match="holds <U4"):
        load_detection(change(arrays, "label.npy", np.array(["NORM", "MI", "CD"])))
    assert load_detection(change(arrays, "label.npy", np.array([[0.0], [1.0], [1.0]]))).abnormal.sum() == 2
    labels = np.load(arrays / "benchmark_label.npy")
    with pytest.raises(DatasetError, match="exchanged"):
        load_localization(change(arrays, "benchmark_label.npy", labels.transpose(0, 2, 1)))
    with pytest.raises(DatasetError, match="not of the same set"):
        load_localization(change(arrays, "benchmark_label.npy", labels[:2]))
    with pytest.raises(DatasetError, match="no point as abnormal"):
        load_localization(change(arrays, "benchmark_label.npy", np.zeros_like(labels)))


def test_a_file_that_is_no_array_is_named(arrays: Path) -> None:
    (arrays / "test.npy").write_text("no array")
    with pytest.raises(DatasetError, match=r"test\.npy is no plain array of numbers"):
        load_detection(arrays)
    np.savez(arrays / "several.npz", a=np.zeros(3))
    (arrays / "several.npz").replace(arrays / "test.npy")
    with pytest.raises(DatasetError, match="archive of several arrays"):
        load_detection(arrays)


def test_arrays_are_scaled_and_not_filtered_again(signal_mv: NDArray[np.float32]) -> None:
    config = PreprocessConfig()
    filtered = bandpass(signal_mv.astype(np.float64), config).astype(np.float32)
    found = prepare_filtered(filtered, 500, config)
    expected = prepare_window(signal_mv, 500, config, ends_recording=False)  # an array's last samples are kept
    np.testing.assert_allclose(found.signal, expected.signal, atol=1e-4)
    np.testing.assert_array_equal(found.assessable, expected.assessable)
    twice = prepare_window(filtered, 500, config, ends_recording=False)
    assert np.abs(twice.signal - expected.signal).max() > 0.1
    flat = filtered.copy()
    flat[3] = 0.001
    assert not prepare_filtered(flat, 500, config).lead_assessable[3]


def test_the_published_scales_are_the_authors_own(signal_mv: NDArray[np.float32]) -> None:
    config = PreprocessConfig()  # whatever the model's own scale is
    filtered = bandpass(signal_mv.astype(np.float64), config).astype(np.float32)
    filtered[5] *= 0.001  # they take flat leads as they are
    low, high = filtered.min(axis=1, keepdims=True), filtered.max(axis=1, keepdims=True)
    found = prepare_as_published(filtered, 500, config, "minmax")
    np.testing.assert_allclose(found.signal, 2 * (filtered - low) / (high - low) - 1, atol=1e-5)
    assert found.assessable.all()
    np.testing.assert_allclose(
        found.signal * found.scale_mv[:, None] + found.offset_mv[:, None], filtered, atol=1e-5)
    np.testing.assert_array_equal(prepare_as_published(filtered, 500, config, "none").signal, filtered)


def test_a_constant_lead_cannot_be_scaled_and_is_said_so(signal_mv: NDArray[np.float32]) -> None:
    broken = signal_mv.copy()
    broken[2] = 0.25
    broken[4, 100] = np.nan
    for scale in ("minmax", "none"):
        found = prepare_as_published(broken, 500, PreprocessConfig(), scale)
        assert found.lead_assessable.tolist() == [lead not in {2, 4} for lead in range(12)]
        assert (found.signal[[2, 4]] == 0).all()
        assert found.notes == ("III, aVL not assessed: constant or invalid",)
