"""What `mmae_core score` says beside the model's score: findings of all layers, measurements, maps of the layers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.assessment import Finding
from mmae_core.cli import main
from mmae_core.departures.person import person_of
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import Fact
from mmae_core.intervals.results import Measurements, Reason, Value
from mmae_core.layers import read_layers
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.layer_columns import FACT_COLUMNS, MEASURED_COLUMNS, fact_cells, measured_cells
from mmae_core.report.layer_maps import named_map, own_map
from mmae_core.report.map_file import MapFile, read_maps, write_maps
from mmae_core.resources import resource
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model
from mmae_core.scoring.findings import find


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., TrainedModel], tmp_path_factory: pytest.TempPathFactory) -> str:
    tiny = tiny_model()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {"licence": "none"})
    return str(folder)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_a_window_and_its_recording_have_strongest_finding_and_measurements(
    model: str, demo: Path, tmp_path: Path
) -> None:
    arguments = ["score", str(demo / "00170_hr"), "--output", str(tmp_path / "s.csv"), "--summary",
                 str(tmp_path / "r.csv"), "--maps", str(tmp_path / "maps"), "--model", model, "--device", "cpu"]
    assert main(arguments) == 0
    (row,), (whole,) = table(tmp_path / "s.csv"), table(tmp_path / "r.csv")
    record = read_record(demo / "00170_hr")
    anomaly_map = Assessor(load_model(model), "cpu").assess(record)
    found = find(anomaly_map, load_model(model).calibration)
    reading = read_layers(record, 0.0, 10.0, person=person_of(record), model=found)
    strongest = max(reading.facts, key=lambda fact: fact.percentile)
    assert row["n_findings"] == str(len(reading.facts))
    assert (row["strongest_finding"], row["strongest_kind"], row["strongest_layer"]) == (
        strongest.title, strongest.kind, strongest.layer)
    assert float(row["strongest_finding_percentile"]) == pytest.approx(strongest.percentile, abs=0.01)
    measured = reading.examination.measurements
    assert measured.rate_bpm.value is not None
    assert row["rate_bpm"] == f"{measured.rate_bpm.value:.0f}"
    for name in (*FACT_COLUMNS, *MEASURED_COLUMNS):
        assert whole[name] == row[name], "of one window they are the same"
    maps = read_maps(tmp_path / "maps" / "00170_hr.npz")
    assert maps.named_percentile is not None
    assert maps.own_percentile is not None
    assert maps.named_percentile.shape == maps.own_percentile.shape == maps.score.shape
    odd = max(reading.own_beats.beats, key=lambda beat: beat.departure)
    lead = reading.own_beats.leads[int(np.nanargmax(odd.lead_percentiles))]
    assert maps.own_percentile[STANDARD_LEADS.index(lead), round(odd.r_s * 500)] == pytest.approx(
        np.nanmax(odd.lead_percentiles), abs=0.01)


def test_a_record_that_cannot_be_read_has_no_measurements_and_says_why(model: str, tmp_path: Path) -> None:
    (tmp_path / "torn.hea").write_text("torn")
    main(["score", str(resource("demo", "00262_hr.hea")), str(tmp_path / "torn.hea"), "--output",
          str(tmp_path / "s.csv"), "--model", model, "--device", "cpu"])
    _, row = table(tmp_path / "s.csv")
    assert row["error"]
    assert {row[name] for name in (*FACT_COLUMNS, *MEASURED_COLUMNS)} == {""}


@pytest.mark.parametrize(("seconds", "leads"), [(6.0, STANDARD_LEADS), (10.0, ("I", "II"))])
def test_a_record_that_only_the_model_refuses_is_measured_all_the_same(
    model: str, write_record: Callable[..., Path], tmp_path: Path, seconds: float, leads: tuple[str, ...]
) -> None:
    whole = read_record(resource("demo", "00234_hr.hea")).read()
    rows = [STANDARD_LEADS.index(lead) for lead in leads]
    digital = np.round(1000 * whole[rows, : round(seconds * 500)].T).astype(np.int16)
    refused = write_record("refused", leads=leads, rate_hz=500, digital=digital)
    summary = tmp_path / "r.csv"
    main(["score", str(refused), "--output", str(tmp_path / "s.csv"), "--summary", str(summary), "--model", model,
          "--device", "cpu"])
    reading = read_layers(read_record(refused), 0.0, seconds)
    rate = reading.examination.measurements.rate_bpm.value
    assert rate is not None
    for path in (tmp_path / "s.csv", summary):
        (row,) = table(path)
        assert row["error"]
        assert row["model"]
        assert float(row["rate_bpm"]) == pytest.approx(rate, abs=0.5)
        assert row["n_findings"] == str(len(reading.facts))
    assert table(tmp_path / "s.csv")[0]["score"] == ""


def measurements(rate: float | None, axis: float) -> Measurements:
    none = Value.none(Reason.NO_P)
    return Measurements(0.0, 10.0, none if rate is None else Value(rate), none, Value(90.0), none, Value(axis))


def test_over_stretches_measurements_are_medians_and_reasons_are_of_what_none_of_them_has() -> None:
    cells = dict(zip(MEASURED_COLUMNS, measured_cells(
        [measurements(60.0, 170.0), measurements(None, -170.0), measurements(80.0, -178.0)]), strict=True))
    assert (cells["rate_bpm"], cells["qrs_ms"], cells["pr_ms"]) == ("70", "90", "")
    assert cells["axis_deg"] == "-178", "an angle goes the short way round"
    assert cells["not_measured"].startswith("pr_ms: no P wave that keeps its place before the QRS; qt_ms: ")
    assert "rate_bpm" not in cells["not_measured"]


def test_the_strongest_of_several_windows_findings_is_told_and_each_counted_once() -> None:
    def fact(key: str, percentile: float) -> Fact:
        return Fact(key, "named", key, ("V2", "V3"), "ST", "ST elevation", percentile, 3, 3, ())

    assert fact_cells([fact("a", 97.0), fact("b", 99.25), fact("a", 98.0)]) == [
        "2", "b", "V2", "ST elevation", "named", "99.25"]
    assert fact_cells([]) == ["0", "", "", "", "", ""]


def departure(lead: str | None, percentile: float) -> Departure:
    return Departure("st_j60_mv", "ST elevation", "ST", lead, 1, 0.2, "mV", 99.0, 100, "all", 4.0, 95.0, 0.0, 0.1,
                     Message("ST"), percentile)


def test_maps_of_the_layers_lie_on_the_beats_and_say_where_nothing_was_compared() -> None:
    found = RecordDepartures(10.0, 14.0, (departure("V2", 99.0), departure(None, 96.0), departure("V2", 91.0)),
                             (11.0, 12.0))
    silent = RecordDepartures(14.0, 16.0)
    named = named_map((found, silent), 10.0, 100.0, 600)
    v2, ii = STANDARD_LEADS.index("V2"), STANDARD_LEADS.index("II")
    assert named[v2, 105] == 99.0, "the strongest of what lies over each other"
    assert named[v2, 205] == 99.0
    assert named[v2, 150] == 0.0
    assert named[ii, 105] == 96.0, "what all leads show together"
    assert np.isnan(named[:, 400:]).all(), "no beats were found there"
    beat = OwnBeat(11.0, 10.8, 11.4, 0, True, 5.0, 99.0, np.array([5.0, np.nan], np.float32),
                   np.array([99.0, np.nan], np.float32))
    own = own_map((OwnBeats(10.0, 14.0, ("V2", "II"), (beat,), (Shape("A", 1, False),)),), 10.0, 100.0, 600)
    assert own[v2, 100] == 99.0
    assert own[v2, 200] == 0.0
    assert own[ii, 100] == 0.0
    assert np.isnan(own[STANDARD_LEADS.index("V6")]).all(), "a lead that was not compared"


def test_maps_of_an_earlier_version_still_open(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 100, 50, dtype=np.float32), (12, 1))
    whole = MapFile(STANDARD_LEADS, 100.0, 0.0, ramp, ramp, ramp, {"model": {}}, None, ramp, ramp)
    earlier = MapFile(STANDARD_LEADS, 100.0, 0.0, ramp, ramp, ramp, {"model": {}})
    for maps, name in ((whole, "new"), (earlier, "old")):
        with (tmp_path / f"{name}.npz").open("wb") as stream:
            write_maps(stream, maps)
    with np.load(tmp_path / "old.npz") as archive:
        assert set(archive) == {"lead_names", "sampling_rate_hz", "start_s", "provenance", "score", "percentile",
                                "peak_percentile"}, "what earlier versions wrote"
    read = read_maps(tmp_path / "old.npz")
    assert read.named_percentile is read.own_percentile is None
    np.testing.assert_array_equal(read_maps(tmp_path / "new.npz").own_percentile, ramp)


def test_findings_are_of_the_window_they_peak_in() -> None:
    """A finding of the stretch that lies outside a window is no finding of it."""
    from mmae_core.report.window_readings import _inside

    found = tuple(Finding("V2", at, at + 0.1, at + 0.05, 99.0, 2.0) for at in (4.0, 9.98, 12.0))
    assert [finding.start_s for finding in _inside(found, 0.0, 10.0)] == [4.0]
    assert [finding.start_s for finding in _inside(found, 5.0, 10.0)] == [9.98, 12.0]
