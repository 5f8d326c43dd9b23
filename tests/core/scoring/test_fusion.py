"""Several parts of a score: z-scores among normals, their mean, and what is done where a part is missing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import Config, ScoreConfig
from mmae_core.errors import ConfigError, DatasetError, ModelMismatch
from mmae_core.evaluation.fit_parts import fit_parts
from mmae_core.readers import read_record
from mmae_core.scoring.amplitude import LEVELS, amplitude_profiles
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model
from mmae_core.scoring.fusion import Fusion, PartScores, fit_fusion
from mmae_core.scoring.preprocess import prepare

DATA = Path(__file__).parents[2] / "data" / "ptbxl-mini"
RECORDS = sorted(DATA.rglob("*_hr.hea"))[:6]


def _parts(seed: int, n: int = 50) -> dict[str, PartScores]:
    random = np.random.default_rng(seed)
    return {
        "segments": PartScores(random.normal(3, 2, n), random.normal(1, 2, (n, 12))),
        "amplitude": PartScores(random.normal(-5, 0.1, n), random.normal(4, 0.3, (n, 12))),
    }


@pytest.fixture
def fusion() -> Fusion:
    means = {"segments": np.arange(1.0, 13.0), "cross_lead": np.full(12, 2.0)}
    return fit_fusion("made-up normals", _parts(0), means, np.ones((2, 12, 6), np.float32))


def test_normals_have_mean_zero_and_every_part_the_same_say(fusion: Fusion) -> None:
    combined = fusion.combine(_parts(0))
    assert abs(combined.records.mean()) < 1e-9
    parts = _parts(0)
    for name in parts:
        alone = fusion.combine({name: parts[name]})
        assert alone.records.std() == pytest.approx(1.0)
        np.testing.assert_allclose(alone.leads.std(axis=0), 1.0, rtol=1e-5)


def test_a_missing_part_leaves_the_score_to_the_others(fusion: Fusion) -> None:
    parts = _parts(1)
    parts["amplitude"].records[3] = np.nan
    combined, alone = fusion.combine(parts), fusion.combine({"segments": parts["segments"]})
    assert combined.records[3] == alone.records[3]
    parts["segments"].records[3] = np.nan
    assert np.isnan(fusion.combine(parts).records[3])


def test_maps_are_averaged_in_units_of_normals(fusion: Fusion) -> None:
    points = np.ones((1, 12, 4), np.float32)
    combined = fusion.combine_maps({"segments": points, "cross_lead": 4 * points})
    np.testing.assert_allclose(combined[0, :, 0], (1 / np.arange(1.0, 13.0) + 2) / 2, rtol=1e-6)


def test_a_fusion_survives_being_written(fusion: Fusion) -> None:
    again = Fusion.from_dict(json.loads(json.dumps(fusion.to_dict())))
    np.testing.assert_array_equal(again.combine(_parts(2)).records, fusion.combine(_parts(2)).records)
    assert again.fitted_on == "made-up normals"


@pytest.mark.parametrize("damage", ["records", "leads", "shape"])
def test_a_damaged_fusion_is_named(fusion: Fusion, damage: str) -> None:
    values = fusion.to_dict()
    if damage == "shape":
        values["map_peaks"]["segments"] = [1.0]
    else:
        del values[damage]
    with pytest.raises(ModelMismatch, match="fusion"):
        Fusion.from_dict(values)


def test_an_amplitude_profile_is_in_millivolts_and_knows_missing_leads() -> None:
    item = prepare(read_record(RECORDS[0]), Config().preprocess)
    assessable = item.assessable.copy()
    assessable[3] = False
    profiles = amplitude_profiles([item, dataclasses.replace(item, assessable=assessable)])
    assert np.isnan(profiles[1, 3]).all()
    np.testing.assert_array_equal(profiles[0, 4], profiles[1, 4])
    lead = item.signal[1, ::5] * item.scale_mv[1] + item.offset_mv[1]
    np.testing.assert_allclose(profiles[0, 1, -1] ** 2, np.quantile(lead, LEVELS[-1]), rtol=1e-4)
    louder = dataclasses.replace(item, scale_mv=item.scale_mv * 4, offset_mv=item.offset_mv * 4)
    np.testing.assert_allclose(amplitude_profiles([louder])[0], 2 * profiles[0], rtol=1e-4)


def test_a_model_of_several_parts_scores_as_its_parts_say(plus_model: TrainedModel) -> None:
    scored = Assessor(plus_model, "cpu").score_windows(
        prepare(read_record(path), plus_model.config.preprocess) for path in RECORDS
    )
    assert plus_model.fusion is not None
    assert set(scored.parts) == {"segments", "cross_lead", "amplitude"}
    np.testing.assert_allclose(scored.scores.mean(), 0.0, atol=1e-4)  # of the very records it was fitted on
    np.testing.assert_allclose(scored.scores, plus_model.fusion.combine(scored.parts).records)
    assert 0.5 < np.nanmedian(np.nanmax(scored.points, axis=2)) < 2.0  # in units of normals' strongest points


def test_a_model_of_several_parts_comes_back_from_disk(plus_model: TrainedModel, tmp_path: Path) -> None:
    save_model(tmp_path / "plus", "plus", "1", plus_model.config, plus_model.network, plus_model.calibration, {},
               cross_lead=plus_model.cross_lead, fusion=plus_model.fusion)
    record = read_record(RECORDS[0])
    before = Assessor(plus_model, "cpu").assess(record)
    after = Assessor(load_model(tmp_path / "plus"), "cpu").assess(record)
    assert after.windows[0].score == pytest.approx(before.windows[0].score, rel=1e-5)
    np.testing.assert_allclose(after.score, before.score, rtol=1e-4)


def test_a_model_whose_parts_cannot_be_compared_is_refused(plus_model: TrainedModel, tmp_path: Path) -> None:
    save_model(tmp_path / "plus", "plus", "1", plus_model.config, plus_model.network, plus_model.calibration, {},
               cross_lead=plus_model.cross_lead)
    with pytest.raises(ModelMismatch, match="without means and spreads"):
        load_model(tmp_path / "plus")


def test_a_part_without_its_network_is_refused() -> None:
    with pytest.raises(ConfigError, match="names no leads"):
        Config(score=ScoreConfig(parts=("segments", "cross_lead")))
    with pytest.raises(ConfigError, match="each once"):
        ScoreConfig(parts=("segments", "segments"))


def test_parts_need_normals_to_be_compared(plus_model: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="need at least 2"):
        fit_parts(Assessor(plus_model, "cpu", fitting=True), [tmp_path / "absent", RECORDS[0]], "nobody")


def test_a_model_of_one_part_cannot_be_asked_for_others(tiny_model: Callable[..., TrainedModel]) -> None:
    model = tiny_model()
    score = dataclasses.replace(model.config.score, parts=("segments", "amplitude"))
    asked = dataclasses.replace(model, config=dataclasses.replace(model.config, score=score))
    with pytest.raises(ModelMismatch, match="parts amplitude, segments without means and spreads"):
        Assessor(asked, "cpu")


def test_normals_that_are_all_alike_cannot_compare_parts() -> None:
    alike = {"segments": PartScores(np.ones(5), np.ones((5, 12)))}
    with pytest.raises(DatasetError, match="all alike"):
        fit_fusion("nobody", alike, {}, np.ones((2, 12, 6), np.float32))
