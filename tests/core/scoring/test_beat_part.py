"""The median beat as a part of the score: what it compares, and when it has nothing to say."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import PreprocessConfig
from mmae_core.errors import DatasetError, ModelMismatch
from mmae_core.intervals.signal_stretch import Stretch
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.beat_part import N_VALUES, BeatNormals, BeatShapes, beat_part, beat_shapes, fit_beats
from mmae_core.scoring.preprocess import ModelInput, prepare

RECORDS = sorted((Path(__file__).parents[2] / "data" / "ptbxl-mini").rglob("*_hr.hea"))[:6]


@pytest.fixture(scope="module")
def inputs() -> list[ModelInput]:
    return [prepare(read_record(path), PreprocessConfig()) for path in RECORDS]


@pytest.fixture(scope="module")
def shapes(inputs: list[ModelInput]) -> BeatShapes:
    return beat_shapes(inputs)


def _recorded_as(item: ModelInput, **changes: object) -> ModelInput:
    assert item.recorded is not None
    return dataclasses.replace(item, recorded=dataclasses.replace(item.recorded, **changes))


def _many(random: np.random.Generator, n: int) -> BeatShapes:
    return BeatShapes(random.normal(size=(n, 12, N_VALUES)).astype(np.float32), random.uniform(0.6, 1.2, n))


def test_every_real_record_has_a_beat_in_every_lead(shapes: BeatShapes) -> None:
    assert np.isfinite(shapes.values).all()
    assert ((shapes.rr_s > 0.4) & (shapes.rr_s < 1.6)).all()


def test_the_order_of_leads_in_the_file_does_not_matter(inputs: list[ModelInput], shapes: BeatShapes) -> None:
    recorded = inputs[0].recorded
    assert recorded is not None
    turned = _recorded_as(inputs[0], mv=recorded.mv[::-1], lead_names=recorded.lead_names[::-1])
    np.testing.assert_array_equal(beat_shapes([turned]).values[0], shapes.values[0])


def test_the_sampling_rate_hardly_matters(inputs: list[ModelInput], shapes: BeatShapes) -> None:
    recorded = inputs[0].recorded
    assert recorded is not None
    assert recorded.rate_hz == 500
    coarse = Stretch(recorded.mv.reshape(12, -1, 2).mean(axis=2), 250, recorded.lead_names, 0.0)
    values = beat_shapes([dataclasses.replace(inputs[0], recorded=coarse)]).values[0]
    assert np.corrcoef(values.ravel(), shapes.values[0].ravel())[0, 1] > 0.99


def test_a_record_of_noise_has_no_beat(inputs: list[ModelInput]) -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, (12, 5000)).astype(np.float32)
    found = beat_shapes([_recorded_as(inputs[0], mv=noise)])
    assert np.isnan(found.values).all()
    assert np.isnan(found.rr_s).all()


def test_filtered_samples_alone_have_no_beat(inputs: list[ModelInput]) -> None:
    assert np.isnan(beat_shapes([dataclasses.replace(inputs[0], recorded=None)]).rr_s).all()


def test_an_inverted_t_wave_is_farther_from_normals(inputs: list[ModelInput]) -> None:
    """A T wave turned over in V4-V6 of one record, against normals that are that record with noise of 10 µV."""
    recorded = inputs[0].recorded
    assert recorded is not None
    random = np.random.default_rng(3)
    noisy = [_recorded_as(inputs[0], mv=recorded.mv + random.normal(0, 0.01, recorded.mv.shape).astype(np.float32))
             for _ in range(60)]
    cohort = beat_shapes(noisy)
    normals = fit_beats(BeatShapes(cohort.values[:50], random.uniform(0.6, 1.2, 50)))
    turned = cohort.values[50:].copy()
    turned[:, 9:, 24:36] *= -1
    plain = beat_part(BeatShapes(cohort.values[50:], np.full(10, 0.9)), normals)
    changed = beat_part(BeatShapes(turned, np.full(10, 0.9)), normals)
    assert changed.records.min() > plain.records.max()
    assert (changed.leads[:, 9:] > plain.leads[:, 9:]).all()
    np.testing.assert_array_equal(changed.leads[:, :9], plain.leads[:, :9])


def test_what_follows_from_the_rate_is_no_departure() -> None:
    random = np.random.default_rng(1)
    cohort = _many(random, 400)
    slope = np.float32(5.0) * np.log(cohort.rr_s)[:, None, None]
    normals = fit_beats(BeatShapes(cohort.values, cohort.rr_s))
    along = fit_beats(BeatShapes((cohort.values + slope).astype(np.float32), cohort.rr_s))
    np.testing.assert_allclose(along.spread, normals.spread, rtol=1e-3)
    np.testing.assert_allclose(along.mean_variance, normals.mean_variance, rtol=1e-3)


def test_a_missing_lead_counts_as_the_normals_own() -> None:
    random = np.random.default_rng(2)
    normals, one = fit_beats(_many(random, 300)), _many(random, 1)
    without = one.values.copy()
    without[0, 7] = np.nan
    found = beat_part(BeatShapes(without, one.rr_s), normals)
    assert np.isnan(found.leads[0]).tolist() == [lead == "V2" for lead in STANDARD_LEADS]
    mean = one.values - normals.departures(one).astype(np.float32)
    without[0, 7] = mean[0, 7]
    whole = beat_part(BeatShapes(without, one.rr_s), normals)
    assert found.records[0] == pytest.approx(whole.records[0], abs=1e-4)


def test_without_a_beat_the_part_says_nothing() -> None:
    normals = fit_beats(_many(np.random.default_rng(4), 50))
    none = BeatShapes(np.full((1, 12, N_VALUES), np.nan, np.float32), np.array([np.nan]))
    part = beat_part(none, normals)
    assert np.isnan(part.records).all()
    assert np.isnan(part.leads).all()


def test_the_description_gives_nearly_the_same_numbers_back() -> None:
    random = np.random.default_rng(5)
    normals, some = fit_beats(_many(random, 100)), _many(random, 8)
    again = BeatNormals.from_dict(json.loads(json.dumps(normals.to_dict())))
    np.testing.assert_allclose(beat_part(some, again).records, beat_part(some, normals).records, rtol=1e-4)


def test_normals_without_beats_are_refused() -> None:
    with pytest.raises(DatasetError, match="0 of 1"):
        fit_beats(BeatShapes(np.full((1, 12, N_VALUES), np.nan, np.float32), np.array([np.nan])))


@pytest.mark.parametrize(("key", "value"), [("variances", [1.0]), ("mean_variance", 0.0), ("spread", None)])
def test_a_damaged_description_is_refused(key: str, value: object) -> None:
    values = fit_beats(_many(np.random.default_rng(6), 50)).to_dict() | {key: value}
    with pytest.raises(ModelMismatch):
        BeatNormals.from_dict(values)
