"""The bundled models load, say what they are, and give the numbers they were released with."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmae_core.evaluation.release import CARD_NAME, card_text
from mmae_core.model.training_facts import trained_on
from mmae_core.readers import read_record
from mmae_core.resources import resource
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import load_model

DEMO = {
    "mmae-ecg-plus": {"00170_hr": 99.7, "00195_hr": 98.8, "00234_hr": 100.0, "00262_hr": 39.8, "00414_hr": 100.0},
    "mmae-ecg-faithful": {"00170_hr": 97.0, "00195_hr": 88.7, "00234_hr": 100.0, "00262_hr": 17.2, "00414_hr": 100.0},
}
"""Percentiles of the demo records, of which 00262 alone is normal."""


@pytest.mark.parametrize("name", DEMO)
def test_demo_records_have_the_percentiles_of_the_release(name: str, demo: Path) -> None:
    assessor = Assessor(load_model(name), "cpu")
    for record, percentile in DEMO[name].items():
        window = assessor.assess(read_record(demo / record)).windows[0]
        assert window.percentile == pytest.approx(percentile, abs=0.5), record
        assert window.notes == ()


@pytest.mark.parametrize("name", DEMO)
def test_the_card_is_that_of_the_model_beside_it(name: str) -> None:
    model = load_model(name)
    text = resource("models", name).joinpath(CARD_NAME).read_text(encoding="utf-8")
    assert text == card_text(model, model.card)
    assert "Not the paper's exact score" in text
    assert "bootstrap rounds by patient." in text, "as the report that it was made from drew them"
    assert model.card["calibration"]["n_records"] == 893
    assert model.card["licence"].endswith("CC BY 4.0")


def test_the_default_model_reaches_what_its_card_states() -> None:
    card = load_model("mmae-ecg-plus").card
    assert card["metrics"]["detection"]["auroc"] >= 0.915
    parts = card["metrics"]["branches"]
    assert max(parts, key=lambda part: parts[part]["auroc"]) == "cross_lead"
    assert {"segments", "cross_lead", "beat", "departures"} <= parts.keys()


@pytest.mark.parametrize("name", DEMO)
def test_a_record_trained_on_is_told_from_one_that_was_not(name: str, demo: Path) -> None:
    training = load_model(name).card["training"]
    assert trained_on(training, [Path("elsewhere/00001_lr.hea")]), "a normal of fold 3"
    assert trained_on(training, [demo / f"{record}.hea" for record in DEMO[name]]) == []


def test_both_networks_together_are_small() -> None:
    model = load_model("mmae-ecg-plus")
    assert model.cross_lead is not None
    networks = (model.network, model.cross_lead)
    assert sum(values.numel() for network in networks for values in network.parameters()) == 595_720
