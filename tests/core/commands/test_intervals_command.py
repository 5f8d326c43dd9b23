"""`mmae_core intervals` on a recording: all QTc, deviations from beat to beat, and every lead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mmae_core.cohort.workers
from mmae_core.cli import main
from mmae_core.departures.lead_table_results import TABLE_QUANTITIES
from mmae_core.intervals.measure import measure_record
from mmae_core.intervals.results import FORMULAS
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource


def test_the_report_has_every_lead_all_qtc_and_deviations(tmp_path: Path) -> None:
    recording, output = resource("demo") / "00170_hr.hea", tmp_path / "intervals.json"
    assert main(["intervals", "--data", str(recording), "--output", str(output)]) == 0
    (row,) = json.loads(output.read_text())["records"]
    measured = measure_record(read_record(recording))
    assert row["pr_ms"] == pytest.approx(measured.pr_ms.value, abs=0.05)
    assert set(row["qtc_ms_by_formula"]) == set(FORMULAS)
    assert row["qtc_ms_by_formula"]["Bazett"] == pytest.approx(
        FORMULAS["Bazett"].correct(measured.qt_ms.value or 0, measured.rr_s or 1), abs=0.05)
    assert row["rhythm"]["regular"] is measured.is_regular
    assert row["beat_to_beat"]["rr_ms"]["beats"] == len(measured.intervals_s)
    by_lead = row["by_lead"]["leads"]
    assert list(by_lead) == list(STANDARD_LEADS)
    assert all(set(cells) == set(TABLE_QUANTITIES) for cells in by_lead.values())
    assert all(cell["value"] is not None or cell["reason"] for cells in by_lead.values() for cell in cells.values())


def test_processes_measure_what_one_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = resource("demo")
    monkeypatch.setattr(mmae_core.cohort.workers, "has_dask", lambda: False)
    outputs = [tmp_path / "one.json", tmp_path / "two.json"]
    for output, jobs in zip(outputs, ("1", "2"), strict=True):
        assert main(["intervals", "--data", str(demo), "--output", str(output), "--jobs", jobs]) == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert len(json.loads(outputs[0].read_text())["records"]) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.json"]
