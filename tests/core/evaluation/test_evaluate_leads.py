from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate_leads import evaluate_leads
from mmae_core.evaluation.lead_scorer import LayerScores, MapScorer, PlainMeasurement
from mmae_core.metrics.leads import lead_aurocs, mean_by_patient, mean_lead_auroc
from mmae_core.metrics.points import patient_rows
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.report.evaluation_page import render_html
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.window_scorer import AutoencoderScorer


@pytest.fixture(scope="module")
def method(tiny_model: Callable[..., TrainedModel]) -> AutoencoderScorer:
    return AutoencoderScorer(tiny_model())


class _Oracle:
    """Knows the reports; says nothing right of ST elevation."""

    def __init__(self, named_leads: Mapping[str, tuple[str, ...]]) -> None:
        self.named_leads = named_leads

    def score(self, record: EcgRecord, entry: PtbxlEntry | None) -> Mapping[str, LayerScores]:
        assert entry is not None
        named = self.named_leads.get(entry.report, ())
        heat = np.array([float(lead in named) for lead in STANDARD_LEADS])
        shown = np.where(heat > 0, 99.0, 50.0) if entry.report.startswith("t waves") else np.full(12, 50.0)
        return {"oracle": LayerScores(heat, {"elevation": -heat}, shown, bool(shown.max() > 95))}


@pytest.fixture
def oracle(named_leads: Mapping[str, tuple[str, ...]]) -> _Oracle:
    return _Oracle(named_leads)


def test_named_leads_are_set_against_the_others_of_their_record() -> None:
    scores = np.arange(12.0)[None]
    named = np.zeros((1, 12), bool)
    named[0, [10, 11]] = True
    assert lead_aurocs(scores, named) == 1.0
    named[0, :] = False
    named[0, [0, 11]] = True
    assert lead_aurocs(scores, named) == pytest.approx(0.5)


def test_avr_counts_only_where_it_is_named() -> None:
    avr = STANDARD_LEADS.index("aVR")
    scores = np.zeros((1, 12))
    scores[0, avr], scores[0, 0] = 9.0, 1.0
    named = np.zeros((1, 12), bool)
    named[0, 0] = True
    assert lead_aurocs(scores, named) == 1.0
    named[0, avr] = True
    assert lead_aurocs(scores, named) == 1.0
    named[0, 0] = False
    assert lead_aurocs(scores, named) == 1.0


def test_records_that_name_all_leads_or_none_say_nothing() -> None:
    named = np.stack([np.zeros(12, bool), np.ones(12, bool)])
    figures = mean_lead_auroc(np.ones((2, 12)), named, [1, 2])
    assert figures["n"] == 0
    assert figures["auroc"] is None


def test_the_interval_draws_patients_not_records() -> None:
    values = np.random.default_rng(0).normal(size=20)
    alone = mean_by_patient(values, list(range(20)))
    tenfold = mean_by_patient(np.repeat(values, 10), np.repeat(np.arange(20), 10).tolist())
    assert alone[0] == pytest.approx(tenfold[0])
    assert alone[1] == pytest.approx(tenfold[1])  # ten records of each patient are no more evidence
    assert mean_by_patient(values[:9], list(range(9)))[1] is None


def test_records_without_a_patient_are_patients_of_their_own() -> None:
    assert patient_rows([7, None, 7, None]).tolist() == [0, 1, 0, 2]


def test_a_layer_with_names_is_measured_by_the_departure_of_the_kind(
    lead_folder: Path, oracle: _Oracle, method: AutoencoderScorer
) -> None:
    report = evaluate_leads([], "oracle", method, lead_folder, [9], paper=oracle)
    assert report["leads"]["any"]["auroc"] == 1.0
    assert report["leads"]["any"]["n"] == 3
    kinds = report["leads"]["kinds"]
    assert (kinds["elevation"]["auroc"], kinds["depression"]["auroc"], kinds["flat"]["auroc"]) == (0.0, 1.0, 1.0)
    assert kinds["qs"] == {"auroc": None, "ci95": None, "n": 0}


def test_what_a_reader_sees_on_the_paper(lead_folder: Path, oracle: _Oracle, method: AutoencoderScorer) -> None:
    paper = evaluate_leads([], "oracle", method, lead_folder, [9], paper=oracle)["paper"]
    assert (paper["named_st_t"]["share"], paper["named_st_t"]["n"]) == (pytest.approx(1 / 3), 3)
    assert (paper["normals_any_finding"]["share"], paper["normals_st_t_heat"]["share"]) == (0.0, 0.0)
    assert paper["normals_st_t_heat"]["n"] == 8


def test_a_table_replaces_the_rules(
    lead_folder: Path, oracle: _Oracle, method: AutoencoderScorer, tmp_path: Path
) -> None:
    report = evaluate_leads([oracle], "oracle", method, lead_folder, [9])
    ecg_id = report["records"][0]["id"]
    table = tmp_path / "truth.csv"
    table.write_text(f"ecg_id,lead,wave,kind\n{ecg_id},V6,Q,qs\n")
    replaced = evaluate_leads([oracle], "oracle", method, lead_folder, [9], truth=table)
    assert [record["named"] for record in replaced["records"]] == [{"Q qs": ["V6"]}]


def test_a_table_of_other_records_is_refused_by_its_name(
    ptbxl_mini: Path, tmp_path: Path, oracle: _Oracle, method: AutoencoderScorer
) -> None:
    table = tmp_path / "truth.csv"
    table.write_text("ecg_id,lead,wave,kind\n999999,V6,Q,qs\n")
    with pytest.raises(DatasetError, match=r"truth\.csv names no lead of any record"):
        evaluate_leads([oracle], "oracle", method, ptbxl_mini, [9], truth=table)


def test_reports_that_name_no_lead_are_refused(
    lead_folder: Path, oracle: _Oracle, method: AutoencoderScorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmae_core.evaluation.evaluate_leads.truth_of_reports", lambda entries: {})
    with pytest.raises(DatasetError, match="No report in fold 9 of"):
        evaluate_leads([oracle], "oracle", method, lead_folder, [9])


def test_a_plain_measurement_finds_the_lead_with_raised_st(record_of: Callable[..., EcgRecord]) -> None:
    time = np.arange(5000) / 500
    signal = np.zeros((12, 5000), np.float32)
    for beat in np.arange(0.6, 9.6, 0.8):
        signal += np.exp(-0.5 * ((time - beat) / 0.012) ** 2) * 1.0
        signal += np.exp(-0.5 * ((time - beat - 0.28) / 0.04) ** 2) * 0.3
        signal[7, (time > beat + 0.05) & (time < beat + 0.2)] += 0.4
        signal[3] -= np.exp(-0.5 * ((time - beat - 0.28) / 0.04) ** 2) * 0.6
    signal += np.random.default_rng(0).normal(0, 0.005, signal.shape).astype(np.float32)
    layer = PlainMeasurement().score(record_of(signal, 500.0))["plain measurement"]
    assert layer.heat is None
    assert STANDARD_LEADS[int(np.nanargmax(layer.kinds["elevation"]))] == "V2"
    assert STANDARD_LEADS[int(np.nanargmax(layer.kinds["inversion"]))] == "aVR"


def test_the_map_of_any_scorer_gives_a_score_of_each_lead(
    method: AutoencoderScorer, record_of: Callable[..., EcgRecord]
) -> None:
    signal = np.random.default_rng(1).normal(0, 0.2, (12, 5000)).astype(np.float32)
    layers = MapScorer(method).score(record_of(signal, 500.0))
    assert set(layers) == {"lead score", "map, mean", "map, highest"}
    mean, highest = layers["map, mean"].heat, layers["map, highest"].heat
    assert mean is not None
    assert highest is not None
    assert (highest > mean).all()


def test_the_command_writes_report_and_page(
    lead_folder: Path, tmp_path: Path, tiny_model: Callable[..., TrainedModel], capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = tiny_model()
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})
    output, page = tmp_path / "report.json", tmp_path / "report.html"
    main(["evaluate", "--task", "leads", "--data", str(lead_folder), "--folds", "9", "--output", str(output), "--html",
          str(page), "--model", str(tmp_path / "tiny"), "--device", "cpu"])
    report = json.loads(output.read_text())
    assert report["kind"] == "leads"
    assert report["leads"] == report["layers"][report["shown"]]
    assert "plain measurement" in report["layers"]
    assert report["leads"]["any"]["n"] == 3
    assert "over 3 records" in capsys.readouterr().err
    assert page.read_text() == render_html(report)
    assert "ST elevation: V1, V2, V3" in page.read_text()
