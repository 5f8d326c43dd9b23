"""All layers of a stretch together, and how many facts records have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmae_core.assessment import Finding
from mmae_core.cli import main
from mmae_core.errors import Cancelled
from mmae_core.evaluation.facts_validation import fact_figures
from mmae_core.facts import MOST_FACTS
from mmae_core.layers import read_layers
from mmae_core.readers import read_record
from mmae_core.resources import resource


def test_a_premature_beat_of_a_real_recording_is_one_row_that_opens_to_its_leads() -> None:
    reading = read_layers(read_record(resource("demo", "00170_hr.hea")))
    (fact,) = [fact for fact in reading.facts if fact.layer == "own"]
    assert fact.kind == "premature wide beat"
    assert len(fact.leads) > 1
    assert all(finding.start_s < 2.6 < finding.end_s for finding in fact.findings)
    assert reading.findings[0].fact == reading.facts[0].key


def test_what_the_model_finds_on_that_beat_goes_beneath_it() -> None:
    record = read_record(resource("demo", "00170_hr.hea"))
    on_beat, elsewhere = (Finding("V3", at_s, at_s + 0.1, at_s + 0.05, 99.0, 3.0) for at_s in (2.55, 4.9))
    reading = read_layers(record, model=(on_beat, elsewhere))
    (fact,) = [fact for fact in reading.facts if fact.layer == "own"]
    assert fact.model_agrees
    assert sum(finding.layer == "model" for finding in reading.findings) == 2


def test_st_depression_of_a_real_recording_is_a_named_row() -> None:
    reading = read_layers(read_record(resource("demo", "00414_hr.hea")))
    titles = [str(fact.title) for fact in reading.facts if fact.kind == "ST depression"]
    assert titles, "its report: st segments are depressed in i, ii, avl, v4,5,6"
    assert titles[0].startswith("ST -")
    assert len(reading.facts) <= MOST_FACTS


def test_a_reading_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        read_layers(read_record(resource("demo", "00170_hr.hea")), should_stop=lambda: True)


def test_rows_are_counted_by_layer_and_label() -> None:
    fact = {"layer": "own", "percentile": 99.0}
    figures = fact_figures([
        {"record": "1", "label": "normal", "extra_beats": [], "facts": []},
        {"record": "2", "label": "normal", "extra_beats": ["atrial"], "facts": [fact]},
        {"record": "3", "label": "abnormal", "extra_beats": [], "facts": [{"layer": "named"}, fact, fact]},
        {"record": "4", "label": "abnormal", "error": "damaged"},
    ])
    assert figures["normal"]["with_any"] == 0.5
    assert figures["normal"]["with_any_by_layer"] == {"named": 0.0, "model": 0.0, "own": 0.5}
    assert (figures["all"]["n"], figures["all"]["most"], figures["all"]["rows"]) == (3, 3, {"0": 1, "1": 1, "3": 1})
    assert figures["normal, no extra beats stated"]["with_any"] == 0.0
    assert figures["atrial extra beats stated"]["first_by_layer"] == {"own": 1}
    assert figures["abnormal"]["first_by_layer"] == {"named": 1}


def test_the_command_counts_rows(ptbxl_mini: Path, tmp_path: Path) -> None:
    output = tmp_path / "facts.json"
    assert main(["facts", "--data", str(ptbxl_mini), "--folds", "1-10", "--without-model", "--output",
                 str(output)]) == 0
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["figures"]["all"]["n"] == sum("facts" in row for row in report["records"]) > 0
    assert report["figures"]["all"]["most"] <= MOST_FACTS
