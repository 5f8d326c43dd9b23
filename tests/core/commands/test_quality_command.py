"""`mmae_core quality`, what it is validated with, and what scoring does with a poor record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluation.chunk_plan import ChunkPlan
from mmae_core.evaluation.quality_validation import read_labels, share, validate
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel

WriteRecord = Callable[..., Path]


@pytest.fixture
def ward(ptbxl_mini: Path, write_record: WriteRecord, tmp_path: Path) -> Path:
    """Six records named by number: 1-3 are real and clean, 4-6 have dead leads; `gone` lacks its signals."""
    folder = tmp_path / "ward"
    folder.mkdir()
    sources = sorted((ptbxl_mini / "records100" / "00000").glob("*.hea"))[:6]
    for number, source in enumerate(sources, start=1):
        digital = (1000 * read_record(source).read()).T.round().astype(np.int16)
        if number > 3:
            digital[:, :number] = 0
        write_record(str(number), digital=digital, folder=folder)
    (write_record("gone", folder=folder).with_suffix(".dat")).unlink()
    return folder


def report(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_the_command_writes_a_row_for_each_record_and_says_why_one_has_none(
    ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "quality.json"
    assert main(["quality", "--data", str(ward), "--output", str(output)]) == 0
    rows = {row["record"]: row for row in report(output)["records"]}
    assert list(rows) == ["1", "2", "3", "4", "5", "6", "gone"]
    assert [rows[str(number)]["reliable"] for number in range(1, 7)] == [True, True, True, False, False, False]
    assert rows["4"]["leads"]["I"] == {"score": 0.0, "reasons": ["flat for 10.0 of 10 s"]}
    assert rows["4"]["reasons"][0] == "I, II, III, aVR: flat for 10.0 of 10 s"
    assert rows["4"]["leads"]["V6"]["score"] > 0.9
    assert "gone.dat" in rows["gone"]["error"]
    said = capsys.readouterr().err
    assert "3 poor; 1 records could not be judged" in said


def test_workers_are_sent_absolute_paths(
    ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent: list[tuple[str, str]] = []

    def note(plan: ChunkPlan, work: object, items: list[tuple[str, str]], *_: object) -> None:
        sent.extend(items)
        raise DatasetError("enough")

    monkeypatch.setattr(ChunkPlan, "run", note)
    monkeypatch.chdir(ward)
    assert main(["quality", "--data", "1.hea", "--output", str(tmp_path / "quality.json")]) == 2
    assert sent == [("1", str(ward / "1.hea"))], capsys.readouterr().err


def test_validation_splits_by_record_number(ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "quality.csv"
    words = {number: "acceptable" if number <= 3 else "unacceptable" for number in range(1, 7)}
    labels.write_text("record,quality\n" + "".join(f"{number},{word}\n" for number, word in words.items())
                      + "7,acceptable\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="at least 2"):
        validate([{"record": "1", "score": 1.0, "start_s": 0.0}], {"1": False})
    rows = [{"record": str(number), "score": score, "start_s": 0.0} for number, score in
            enumerate((0.9, 0.8, 0.99, 0.1, 0.85, 0.2, 0.95, 0.3), start=1)]
    truth = {str(number): number in (4, 5, 6, 8) for number in range(1, 10)}
    rows += [{"record": str(number), "score": 0.5 + number / 100, "start_s": 0.0} for number in (11, 12, 13, 14)]
    truth |= {"11": True, "12": False, "13": False, "14": False}
    figures = validate(rows, truth)
    assert figures["n_without_score"] == 1
    parts = figures["parts"]
    assert [(part["n_acceptable"], part["n_unacceptable"]) for part in parts.values()] == [(7, 5), (3, 3), (4, 2)]
    assert parts["even (limit chosen here)"]["auroc"] == 1.0
    assert parts["odd"]["auroc"] == pytest.approx(7 / 8)
    assert parts["odd"]["sensitivity"]["count"] == 1
    assert parts["odd"]["specificity"]["count"] == 3
    assert main(["quality", "--data", str(ward), "--output", str(tmp_path / "o.json"), "--validate",
                 str(labels)]) == 2
    assert "at least 2" in capsys.readouterr().err
    assert not (tmp_path / "o.json").exists()


@pytest.mark.parametrize(("text", "message"), [
    ("record,quality\n1,good\n", "line 2.*'good'"), ("name,grade\n1,2\n", "line 2"), ("record,quality\n", "no record"),
])
def test_labels_that_make_no_sense_are_explained(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=message):
        read_labels(path)


def test_a_share_has_wilsons_interval() -> None:
    value = share(np.array([True] * 8 + [False] * 2))
    assert (value["share"], value["count"], value["of"]) == (0.8, 8, 10)
    assert value["ci95"] == pytest.approx([0.4902, 0.9433], abs=1e-4)
    assert share(np.array([], bool))["share"] is None


def test_false_alarms_and_exchanged_arms_are_counted_on_ptbxl(ptbxl_mini: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    assert main(["quality", "--data", str(ptbxl_mini), "--folds", "9", "--output", str(output)]) == 0
    shares = report(output)["ptbxl"]["shares"]
    assert (shares["poor, normal"]["count"], shares["poor, normal"]["of"]) == (0, 8)
    assert shares["arms as recorded, suspected, normal"]["count"] == 0
    assert shares["arms exchanged, suspected, normal"]["count"] >= 7
    assert shares["arms exchanged, suspected, abnormal"]["of"] == 8
    as_recorded = shares["unit as recorded, suspected, normal"]
    assert (as_recorded["count"], as_recorded["of"]) == (0, 8)
    assert all(shares[f"unit wrong by {factor}, suspected, normal"]["count"] >= 7 for factor in (1000, 200, 0.005))


def test_a_poor_records_percentile_is_called_unreliable(
    tiny_model: Callable[..., TrainedModel], ptbxl_mini: Path, record_of: Callable[..., EcgRecord]
) -> None:
    signal = read_record(ptbxl_mini / "records100" / "00000" / "00035_lr.hea").read()
    assessor = Assessor(tiny_model(), "cpu")
    (good,) = assessor.assess(record_of(signal, 100.0)).windows
    assert good.reliable
    assert good.quality is not None
    assert good.quality.verdict == "good"
    assert not any("unreliable" in note for note in good.notes)
    signal[6] += np.random.default_rng(1).normal(0, 2, signal.shape[1])
    signal[7, 200:] = 0.0
    (poor,) = assessor.assess(record_of(signal, 100.0)).windows
    assert not poor.reliable
    assert 0 <= poor.percentile <= 100
    (note,) = (note for note in poor.notes if note.startswith("percentile unreliable because of signal quality: "))
    assert "V2: flat for 8.0 of 10 s" in note


def test_each_window_of_a_long_record_has_its_own_quality(
    tiny_model: Callable[..., TrainedModel], ptbxl_mini: Path, record_of: Callable[..., EcgRecord]
) -> None:
    signal = read_record(ptbxl_mini / "records100" / "00000" / "00035_lr.hea").read()
    spoilt = signal.copy()
    spoilt[6:9] = 0.0
    windows = Assessor(tiny_model(), "cpu").assess(record_of(np.hstack((signal, spoilt)), 100.0)).windows
    assert [window.start_s for window in windows] == [0.0, 5.0, 10.0]
    assert [window.reliable for window in windows] == [True, False, False]


@pytest.mark.parametrize(("command", "every"), [("quality", 8), ("intervals", 20)])
def test_a_ptbxl_folder_is_read_by_its_table_and_thinned(
    command: str, every: int, ptbxl_mini: Path, tmp_path: Path
) -> None:
    output = tmp_path / "report.json"
    assert main([command, "--data", str(ptbxl_mini), "--every", str(every), "--output", str(output)]) == 0
    rows = report(output)["records"]
    entries = load_index(ptbxl_mini).entries
    assert [row["record"] for row in rows] == [entry.path.stem for entry in entries[::every]], "each recording once"
    assert report(output)["every"] == every
    assert len(entries) == 24


def test_a_plain_folder_is_thinned_too(ward: Path, tmp_path: Path) -> None:
    output = tmp_path / "quality.json"
    assert main(["quality", "--data", str(ward), "--every", "3", "--output", str(output)]) == 0
    assert [row["record"] for row in report(output)["records"]] == ["1", "4", "gone"]


@pytest.mark.parametrize("command", ["quality", "intervals"])
def test_where_no_record_could_be_read_the_command_says_why_and_keeps_its_report(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.hea").write_text("no header\n", encoding="utf-8")
    output = tmp_path / "report.json"
    assert main([command, "--data", str(tmp_path / "bad.hea"), "--output", str(output)]) == 2
    assert "None of the recordings (1) could be read or measured. The first: " in capsys.readouterr().err
    assert json.loads(output.read_text(encoding="utf-8"))["records"][0]["record"] == "bad"
