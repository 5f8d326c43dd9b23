from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model
from mmae_core.scoring.explain import Explanation, explain
from mmae_core.scoring.preprocess import filtered_mv, prepare


@pytest.fixture(scope="module")
def record(demo: Path) -> EcgRecord:
    return read_record(demo / "00195_hr.hea")


@pytest.fixture(scope="module")
def bundled() -> Assessor:
    return Assessor(load_model("mmae-ecg-plus"), "cpu")


@pytest.fixture(scope="module")
def found(bundled: Assessor, record: EcgRecord) -> Explanation:
    return explain(bundled, record, 0.0)


def test_an_explanation_says_what_the_assessment_says(
    found: Explanation, bundled: Assessor, record: EcgRecord
) -> None:
    assessed = bundled.assess(record, with_expected=True)
    np.testing.assert_array_equal(found.score, assessed.score)
    np.testing.assert_array_equal(found.expected_mv, assessed.expected_mv)
    assert found.window.score == assessed.windows[0].score
    assert tuple(row.percentile for row in found.leads) == assessed.windows[0].lead_percentiles


def test_the_parts_of_the_map_make_the_map(found: Explanation) -> None:
    """Their mean is the map: smoothing does not mind in which order it is done."""
    assert set(found.maps) == {"global", "local", "segments", "cross_lead"}
    np.testing.assert_allclose(
        (found.maps["segments"] + found.maps["cross_lead"]) / 2, found.score, rtol=1e-4, atol=1e-5
    )
    assert np.isnan(found.score[:, :100]).all(), "the recording's ends are not assessed"


def test_the_parts_of_the_score_make_the_score(found: Explanation) -> None:
    score = load_model(None).config.score
    weights = dict(zip(score.parts, score.part_weights or [1.0] * len(score.parts), strict=True))
    assert set(found.z_scores) == set(weights) == {"cross_lead", "beat", "departures"}
    mean = np.average(list(found.z_scores.values()), weights=[weights[name] for name in found.z_scores])
    assert mean == pytest.approx(found.window.score)
    assert all(row.z_scores.keys() == found.z_scores.keys() for row in found.leads)


def test_expected_and_residual_lie_in_the_models_pass_band(found: Explanation, record: EcgRecord) -> None:
    """The residual is of the filtered signal; nothing of it claims to be the recording."""
    item = prepare(record, load_model("mmae-ecg-plus").config.preprocess)
    np.testing.assert_allclose(found.input_mv, filtered_mv(item), atol=1e-6)
    np.testing.assert_allclose(found.residual_mv + found.expected_mv, found.input_mv, atol=1e-5)
    assert found.pass_band_hz == (1.0, 25.0)
    row = found.leads[STANDARD_LEADS.index("V2")]
    assert row.rms_residual_mv == pytest.approx(float(np.sqrt(np.square(found.residual_mv[7]).mean())), rel=1e-4)
    assert 0 < row.rms_residual_mv < float(found.input_mv[7].std())


def test_on_the_slow_baseline_the_models_input_lies_where_the_recording_does(
    found: Explanation, record: EcgRecord
) -> None:
    """What remains between them is above 25 Hz, but for the first and the last second."""
    recorded = record.read()
    apart = recorded - (found.input_mv + found.slow_mv)
    for index in range(12):
        assert abs(apart[index, 500:-500].mean()) < 0.01
        smoothed = np.convolve(apart[index], np.ones(250) / 250, mode="same")[500:-500]
        assert np.abs(smoothed).max() < 0.02
    assert np.abs(found.slow_mv).max() > 0.02


def test_every_pass_hides_a_quarter_and_together_they_make_the_expected_trace(found: Explanation) -> None:
    passes = [found.masked_pass(index) for index in range(found.n_passes)]
    assert len(passes) == 36
    sums, counts = np.zeros(found.input_mv.shape), np.zeros(found.input_mv.shape)
    for one in passes:
        assert len(one.global_segments) == 10
        assert one.region[0] <= one.local_segments[0] < one.region[1] == one.region[0] + 4
        for segments, trace in ((one.global_segments, one.global_mv), (one.local_segments, one.local_mv)):
            hidden = np.zeros(found.input_mv.shape[1], bool)
            for segment in segments:
                hidden[segment * 125 : (segment + 1) * 125] = True
            np.testing.assert_array_equal(np.isfinite(trace), np.broadcast_to(hidden, trace.shape))
            sums += np.nan_to_num(trace)
            counts += np.isfinite(trace)
    np.testing.assert_allclose(sums / counts, found.expected_mv, atol=1e-4)
    first = passes[0]
    error = np.sqrt(np.nanmean(np.square(first.global_mv - found.input_mv)))
    assert first.error_mv[0] == pytest.approx(error, rel=1e-4)
    with pytest.raises(IndexError, match="36 passes"):
        found.masked_pass(36)


def test_what_is_not_assessed_is_neither_expected_nor_restored(
    bundled: Assessor, record: EcgRecord, record_of: Callable[..., EcgRecord]
) -> None:
    signal = record.read()
    signal[4] = 0.0
    flat = explain(bundled, record_of(signal, 500.0), 0.0)
    for values in (flat.input_mv, flat.expected_mv, flat.masked_pass(0).global_mv, *flat.maps.values()):
        assert np.isnan(values[4]).all()
    assert np.isnan(flat.leads[4].rms_residual_mv)
    assert np.isnan(flat.leads[4].percentile)


def test_a_window_beyond_the_end_is_moved_into_the_record(
    tiny_model: Callable[..., TrainedModel], record_of: Callable[..., EcgRecord]
) -> None:
    signal = np.random.default_rng(0).normal(0, 0.3, (12, 1400)).astype(np.float32)
    assessor = Assessor(tiny_model(), "cpu")
    found = explain(assessor, record_of(signal, 100.0), 9.0)
    assert (found.start_s, found.end_s) == (4.0, 14.0)
    assert set(found.maps) == {"global", "local", "segments"}
    assert found.z_scores == {}
    with pytest.raises(UnsupportedRecord, match="too short"):
        explain(assessor, record_of(signal[:, :900], 100.0), 0.0)


def test_a_map_of_one_part_is_in_units_of_the_cohorts_strongest_points(
    tiny_model: Callable[..., TrainedModel], record_of: Callable[..., EcgRecord]
) -> None:
    model = tiny_model()
    signal = np.random.default_rng(0).normal(0, 0.3, (12, 1000)).astype(np.float32)
    found = explain(Assessor(model, "cpu"), record_of(signal, 100.0), 0.0)
    typical = np.median(model.calibration.lead_peaks, axis=1)
    np.testing.assert_allclose(found.maps["segments"] * typical[:, None], found.score, rtol=1e-5)
