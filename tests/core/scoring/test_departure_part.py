"""Departures with a name as a part of the score."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import PreprocessConfig
from mmae_core.errors import DatasetError, ModelMismatch
from mmae_core.readers import read_record
from mmae_core.scoring.departure_part import (
    FLOOR,
    INSIDE,
    MOST,
    NormalMeasurements,
    counted_keys,
    departure_part,
    fit_measurements,
    measured_vectors,
)
from mmae_core.scoring.preprocess import ModelInput, prepare

RECORDS = sorted((Path(__file__).parents[2] / "data" / "ptbxl-mini").rglob("*_hr.hea"))[:6]
KEYS = counted_keys()


def _normals(n: int = 500) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, len(KEYS)))


@pytest.fixture(scope="module")
def normals() -> NormalMeasurements:
    return fit_measurements(_normals())


@pytest.fixture(scope="module")
def first() -> ModelInput:
    return prepare(read_record(RECORDS[0]), PreprocessConfig())


def test_what_lies_in_the_middle_of_the_normals_has_the_lowest_score(normals: NormalMeasurements) -> None:
    part = departure_part(np.zeros((1, len(KEYS))), normals)
    assert part.records[0] == pytest.approx(np.log(FLOOR))
    np.testing.assert_allclose(part.leads[0], np.log(FLOOR))


def test_a_departure_counts_in_its_own_lead_up_to_its_most(normals: NormalMeasurements) -> None:
    vector = np.zeros((2, len(KEYS)))
    vector[0, KEYS.index("st_j60_mv:V2")] = 30.0
    vector[1, KEYS.index("st_j60_mv:V2")] = -3000.0
    part = departure_part(vector, normals)
    assert part.records[0] == pytest.approx(np.log(FLOOR + MOST / len(KEYS)))
    assert part.records[1] == pytest.approx(part.records[0])
    of_v2 = [key.endswith(":V2") for key in KEYS]
    assert part.leads[0, 7] == pytest.approx(np.log(FLOOR + MOST / sum(of_v2)))
    np.testing.assert_allclose(np.delete(part.leads[0], 7), np.log(FLOOR))


def test_both_sides_depart_alike(normals: NormalMeasurements) -> None:
    vector = np.full((1, len(KEYS)), 2.2)
    high, low = departure_part(vector, normals), departure_part(-vector, normals)
    assert high.records[0] == pytest.approx(low.records[0], abs=0.05)
    assert high.records[0] == pytest.approx(np.log(FLOOR + 2.2 - INSIDE), abs=0.1)


def test_what_was_not_measured_does_not_count(normals: NormalMeasurements) -> None:
    vector = np.full((1, len(KEYS)), 2.5)
    some = vector.copy()
    some[0, : len(KEYS) // 2] = np.nan
    whole = departure_part(vector, normals).records[0]
    assert departure_part(some, normals).records[0] == pytest.approx(whole, abs=0.1)


def test_with_little_measured_nothing_is_said(normals: NormalMeasurements) -> None:
    vector = np.full((1, len(KEYS)), np.nan)
    vector[0, -1] = 9.0
    part = departure_part(vector, normals)
    assert np.isnan(part.records).all()
    assert np.isnan(part.leads).all()


def test_a_real_record_is_measured_and_a_filtered_one_is_not(first: ModelInput) -> None:
    filtered = dataclasses.replace(first, recorded=None)
    vectors = measured_vectors([first, filtered])
    assert np.isfinite(vectors[0]).mean() > 0.8
    assert np.isnan(vectors[1]).all()


def test_a_measurement_that_few_normals_have_is_left_out() -> None:
    vectors = _normals(100)
    vectors[10:, 0] = np.nan
    assert np.isnan(fit_measurements(vectors).table[0]).all()
    vectors = np.zeros((1, len(KEYS)))
    vectors[0, 0] = 1000.0
    assert departure_part(vectors, fit_measurements(_normals(100))).records[0] > np.log(FLOOR)


def test_the_description_gives_nearly_the_same_numbers_back(normals: NormalMeasurements) -> None:
    again = NormalMeasurements.from_dict(json.loads(json.dumps(normals.to_dict())))
    some = 2 * _normals(5)
    np.testing.assert_allclose(departure_part(some, again).records, departure_part(some, normals).records, rtol=1e-3)


def test_measurements_are_known_by_name_whatever_else_is_measured_by_now(first: ModelInput) -> None:
    turned = [*reversed(KEYS), "delta_mv:V2"]
    vectors = measured_vectors([first], turned)
    np.testing.assert_array_equal(vectors[0, :-1], measured_vectors([first])[0, ::-1])
    assert np.isnan(vectors[0, -1])


def test_normals_without_measurements_are_refused() -> None:
    with pytest.raises(DatasetError, match="In none of 3"):
        fit_measurements(np.full((3, len(KEYS)), np.nan))


def test_a_model_of_other_measurements_is_refused(normals: NormalMeasurements) -> None:
    values = normals.to_dict()
    with pytest.raises(ModelMismatch, match="other measurements"):
        NormalMeasurements.from_dict(values | {"quantities": [f"{key} then" for key in values["quantities"]]})
    turned = [None if row is None else row[::-1] for row in values["table"]]
    with pytest.raises(ModelMismatch, match="ascend"):
        NormalMeasurements.from_dict(values | {"table": turned})
