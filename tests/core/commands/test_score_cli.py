from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import mmae_core.report.score_table
from mmae_core.cli import main
from mmae_core.datasets.folder import record_names
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.report.map_file import read_maps
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model

COLUMNS = [
    "record", "start_s", "score", "percentile", "p_value", "windows", "quality", "reliable", "assessable_leads",
    "quality_notes", "n_findings", "strongest_finding", "strongest_lead", "strongest_kind", "strongest_layer",
    "strongest_finding_percentile", "rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "not_measured",
    "error", "model", "model_sha256",
]

WriteRecord = Callable[..., Path]


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., TrainedModel], tmp_path_factory: pytest.TempPathFactory) -> str:
    tiny = tiny_model()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {"licence": "none"})
    return str(folder)


def score(model: str, output: Path, *arguments: str | Path) -> int:
    return main(["score", *map(str, arguments), "--output", str(output), "--model", model, "--device", "cpu"])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_a_bad_record_is_a_row_and_the_rest_is_scored(
    model: str, demo: Path, write_record: WriteRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ward"
    shutil.copytree(demo, folder)
    (folder / "00170_hr.dat").write_bytes((folder / "00170_hr.dat").read_bytes()[:5000])
    (folder / "00195_hr.hea").write_text("00195_hr")
    write_record("few", leads=("V1", "V2"), folder=folder)
    assert score(model, tmp_path / "scores.csv", folder) == 0
    with (tmp_path / "scores.csv").open() as stream:
        assert stream.readline().strip().split(",") == COLUMNS
    rows = {row["record"]: row for row in table(tmp_path / "scores.csv")}
    assert list(rows) == ["00170_hr", "00195_hr", "00234_hr", "00262_hr", "00414_hr", "few"]
    for name in ("00170_hr", "00195_hr", "few"):
        assert rows[name]["error"]
        assert rows[name]["score"] == rows[name]["percentile"] == rows[name]["p_value"] == ""
    assert {(row["model"], row["model_sha256"]) for row in rows.values()} == {("tiny 1", load_model(model).sha256)}
    assert "lacks leads" in rows["few"]["error"]
    expected = Assessor(load_model(model), "cpu").assess(read_record(folder / "00262_hr")).windows[0]
    good = rows["00262_hr"]
    assert float(good["score"]) == pytest.approx(expected.score, rel=1e-4)
    assert float(good["percentile"]) == pytest.approx(expected.percentile, abs=0.01)
    assert float(good["p_value"]) == pytest.approx(expected.p_value, rel=1e-4)
    assert good["start_s"] == "0.000"
    assert good["assessable_leads"].split() == list(STANDARD_LEADS)
    assert good["quality_notes"] == good["error"] == ""
    assert good["reliable"] == "yes"
    assert expected.quality is not None
    assert float(good["quality"]) == pytest.approx(expected.quality.score, abs=0.01)
    assert "3 of 6 records scored" in capsys.readouterr().err


def test_what_cannot_be_assessed_is_said_in_the_row(model: str, write_record: WriteRecord, tmp_path: Path) -> None:
    digital = np.random.default_rng(0).normal(0, 300, size=(1000, 12)).astype(np.int16)
    digital[:, 10] = 7
    digital[300:310, 0] = -32768
    score(model, tmp_path / "s.csv", write_record("damaged", digital=digital))
    digital[:] = 7
    score(model, tmp_path / "flat.csv", write_record("flat", digital=digital))
    (row,) = table(tmp_path / "s.csv")
    assert row["assessable_leads"].split() == [lead for lead in STANDARD_LEADS if lead != "V5"]
    assert row["quality_notes"].startswith(
        "V5 not assessed: flat or missing; I partly not assessed: invalid samples; "
        "percentile likely too high: the normal cohort is of complete recordings; "
        "percentile unreliable because of signal quality: "
    )
    assert "V5: flat for 10.0 of 10 s" in row["quality_notes"]
    assert row["reliable"] == "no"
    assert float(row["quality"]) < 0.5
    assert float(row["score"]) > 0
    (row,) = table(tmp_path / "flat.csv")
    assert (row["score"], row["percentile"], row["p_value"], row["assessable_leads"], row["error"]) == ("",) * 5


def test_a_long_record_has_a_row_for_each_window(model: str, write_record: WriteRecord, tmp_path: Path) -> None:
    digital = np.random.default_rng(0).normal(0, 300, size=(2200, 12)).astype(np.int16)
    assert score(model, tmp_path / "s.csv", write_record("long", digital=digital), "--maps", tmp_path / "maps") == 0
    assert [row["start_s"] for row in table(tmp_path / "s.csv")] == ["0.000", "5.000", "10.000", "12.000"]
    assert np.load(tmp_path / "maps" / "long.npz")["score"].shape == (12, 2200)


def test_a_summary_counts_reliable_windows_as_the_table_does_and_says_why_none_has_a_percentile(
    model: str, demo: Path, write_record: WriteRecord, tmp_path: Path
) -> None:
    digital = (1000 * read_record(demo / "00170_hr").read()).T.round().astype(np.int16)
    small = write_record("small", digital=digital, rate_hz=500, gain="10000")
    assert score(model, tmp_path / "s.csv", small, "--summary", tmp_path / "r.csv") == 0
    (window,), (row,) = table(tmp_path / "s.csv"), table(tmp_path / "r.csv")
    assert (window["reliable"], window["percentile"]) == ("yes", "")
    assert (row["reliable_windows"], row["windows_with_percentile"], row["strongest_percentile"]) == ("1", "0", "")
    assert row["notes"] == window["quality_notes"]
    assert "not assessed: too small (up to 0.24 mV); no percentile: 8 leads are not assessed" in row["notes"]


def test_a_summary_has_a_row_for_each_recording(
    model: str, demo: Path, write_record: WriteRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digital = np.tile((1000 * read_record(demo / "00262_hr").read()).T.round().astype(np.int16), (3, 1))
    digital[5000:10000, 6:9] = 0  # windows that see much of it are not reliable
    long, short = (write_record(name, digital=digital[:end], rate_hz=500) for name, end in
                   (("long", None), ("short", 500)))
    summary = tmp_path / "recordings.csv"
    assert score(model, tmp_path / "s.csv", long, short, demo / "00262_hr", "--summary", summary) == 0
    assert f"s.csv, a row for each recording in {summary}; 1 could not" in capsys.readouterr().err
    found = {row["record"]: row for row in table(summary)}
    assert list(found) == ["long", "short", "00262_hr"]
    windows = [row for row in table(tmp_path / "s.csv") if row["record"] == "long"]
    reliable = [row for row in windows if row["reliable"] == "yes"]
    assert 0 < len(reliable) < len(windows)
    row, strongest = found["long"], max(reliable, key=lambda row: float(row["percentile"]))
    assert (row["windows"], row["reliable_windows"]) == (str(len(windows)), str(len(reliable)))
    assert (row["windows_with_percentile"], row["notes"]) == (str(len(reliable)), "")
    assert row["strongest_percentile"] == strongest["percentile"]
    assert float(row["share_above_90"]) == pytest.approx(
        np.mean([float(row["percentile"]) > 90 for row in reliable]), abs=1e-3)
    assert row["lowest_quality"] == min(row["quality"] for row in windows)
    assert found["short"]["error"]
    assert found["short"]["windows"] == ""
    assert {row["model_sha256"] for row in found.values()} == {load_model(model).sha256}
    assert score(model, tmp_path / "s2.csv", long, "--summary", summary) == 2
    assert f"--summary {summary} is there already" in capsys.readouterr().err
    assert score(model, tmp_path / "s2.csv", long, "--summary", tmp_path / "s2.csv") == 2
    assert "they are two tables" in capsys.readouterr().err


def test_maps_that_are_there_are_kept(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "00262_hr.npz").write_bytes(b"dear")
    assert score(model, tmp_path / "s.csv", demo / "00262_hr", "--maps", tmp_path / "maps") == 2
    assert "holds *.npz already" in capsys.readouterr().err
    assert score(model, tmp_path / "s.csv", demo / "00262_hr", "--maps", tmp_path / "maps", "--force") == 0
    assert read_maps(tmp_path / "maps" / "00262_hr.npz").sampling_rate_hz == 500


def test_help_says_that_windows_overlap(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", "--help"])
    assert "the rows of a longer recording overlap by half" in " ".join(capsys.readouterr().out.split())


def test_maps_hold_score_and_percentile_at_the_records_own_rate(model: str, demo: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.csv", demo / "00262_hr", "--maps", tmp_path / "maps") == 0
    with np.load(tmp_path / "maps" / "00262_hr.npz") as maps:
        expected = Assessor(load_model(model), "cpu").assess(read_record(demo / "00262_hr"))
        assert maps["score"].shape == maps["percentile"].shape == (12, 5000)
        np.testing.assert_allclose(maps["score"], expected.score, rtol=1e-4)
        np.testing.assert_allclose(maps["percentile"], expected.percentile, atol=0.01)
        np.testing.assert_allclose(maps["peak_percentile"], expected.peak_percentile, atol=0.01)
    read = read_maps(tmp_path / "maps" / "00262_hr.npz")
    assert (read.lead_names, read.sampling_rate_hz, read.start_s) == (STANDARD_LEADS, 500, 0)
    assert read.provenance["model"]["weights_sha256"] == load_model(model).sha256
    (tmp_path / "other.npz").write_bytes(b"nothing")
    with pytest.raises(DatasetError, match=r"other\.npz cannot be read as maps"):
        read_maps(tmp_path / "other.npz")


def test_records_of_one_name_in_two_folders_are_told_apart(model: str, demo: Path, tmp_path: Path) -> None:
    for ward, source in (("a", "00262_hr"), ("b", "00170_hr")):
        (tmp_path / ward).mkdir()
        for suffix in (".hea", ".dat"):
            shutil.copy(demo / f"{source}{suffix}", tmp_path / ward / f"{source}{suffix}")
        header = tmp_path / ward / f"{source}.hea"
        header.rename(tmp_path / ward / "1.hea")
    assert score(model, tmp_path / "s.csv", tmp_path / "a", tmp_path / "b", "--maps", tmp_path / "maps") == 0
    rows = table(tmp_path / "s.csv")
    assert [row["record"] for row in rows] == ["a/1", "b/1"]
    assert rows[0]["score"] != rows[1]["score"]
    assert sorted(path.name for path in (tmp_path / "maps").iterdir()) == ["a__1.npz", "b__1.npz"]


def test_names_tell_records_apart() -> None:
    assert record_names([Path("x/1.hea"), Path("x/2.dat"), Path("y/3")]) == ["1", "2", "3"]
    assert record_names([Path("x/1.hea"), Path("x/y/1.hea"), Path("x/z/2")]) == ["1", "y/1", "z/2"]


def test_a_recording_inside_a_file_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "exams.hdf5").write_bytes(b"")
    names = record_names([tmp_path / "exams.hdf5" / "1238362", tmp_path / "exams.hdf5" / "7", tmp_path / "a.hea"])
    assert names == ["exams.hdf5/1238362", "exams.hdf5/7", "a"]


def test_a_record_named_in_several_ways_is_scored_once(model: str, demo: Path, tmp_path: Path) -> None:
    ways = (demo / "00262_hr.dat", demo / "00262_hr", demo / "00262_hr.hea", demo / "00170_hr.hea")
    assert score(model, tmp_path / "s.csv", *ways) == 0
    assert [row["record"] for row in table(tmp_path / "s.csv")] == ["00262_hr", "00170_hr"]


def test_a_path_that_is_not_there_is_a_row(model: str, demo: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.csv", tmp_path / "gone", demo / "00262_hr", tmp_path / "gone2.hea") == 0
    gone, good, gone_too = table(tmp_path / "s.csv")
    assert (gone["record"], good["record"], gone_too["record"]) == ("gone", "00262_hr", "gone2")
    assert "no file or record gone" in gone["error"]
    assert "gone2" in gone_too["error"]
    assert good["error"] == ""


def test_a_ptbxl_folder_is_scored_at_500_hz_where_present(model: str, ptbxl_mini: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.csv", ptbxl_mini) == 0
    names = [row["record"] for row in table(tmp_path / "s.csv")]
    assert len(names) == 24
    assert "00035_hr" in names
    assert "00003_lr" in names
    assert "00035_lr" not in names


def test_the_table_is_there_when_it_is_complete(model: str, demo: Path, tmp_path: Path) -> None:
    output = tmp_path / "new" / "s.csv"
    assert score(model, output, demo / "00262_hr") == 0
    assert list(output.parent.iterdir()) == [output]


@pytest.mark.parametrize("kind", ["folder", "below a file"])
def test_an_output_that_cannot_be_written_is_said_before_any_work(
    model: str, demo: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    output = tmp_path if kind == "folder" else tmp_path / "file" / "s.csv"
    assert score(model, output, demo, "--maps", tmp_path / "maps") == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith(f"mmae_core: --output {tmp_path}")
    assert not (tmp_path / "maps").exists()


def test_nothing_to_score_is_an_error(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert score(model, tmp_path / "s.csv", tmp_path / "empty") == 2
    assert "no recording" in capsys.readouterr().err
    assert not (tmp_path / "s.csv").exists()


def test_an_unknown_model_is_an_error(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score("mmae-gone", tmp_path / "s.csv", demo) == 2
    assert "There is no model 'mmae-gone'" in capsys.readouterr().err


def test_many_missing_leads_give_a_score_and_no_percentile(
    model: str, write_record: WriteRecord, tmp_path: Path
) -> None:
    digital = np.random.default_rng(0).normal(0, 300, size=(1000, 12)).astype(np.int16)
    digital[:, 6:9] = 7
    score(model, tmp_path / "s.csv", write_record("precordial", digital=digital))
    (row,) = table(tmp_path / "s.csv")
    assert float(row["score"]) > 0
    assert row["percentile"] == row["p_value"] == ""
    assert "no percentile: 3 leads are not assessed" in row["quality_notes"]


def test_a_name_that_is_no_text_is_written_with_its_bytes(model: str, demo: Path, tmp_path: Path) -> None:
    shutil.copy(demo / "00262_hr.hea", tmp_path)
    shutil.copy(demo / "00262_hr.dat", tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe4.hea")).write_text("x")
    assert score(model, tmp_path / "s.csv", tmp_path) == 0
    assert sorted(row["record"] for row in table(tmp_path / "s.csv")) == ["00262_hr", "b\\udce4"]


def test_an_interruption_keeps_the_rows_so_far(
    model: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = mmae_core.report.score_table.read_record

    def interrupted(path: Path) -> EcgRecord:
        if path.stem == "00234_hr":
            raise KeyboardInterrupt
        return read(path)

    monkeypatch.setattr(mmae_core.report.score_table, "read_record", interrupted)
    assert score(model, tmp_path / "s.csv", demo) == 130
    assert [row["record"] for row in table(tmp_path / "s.csv")] == ["00170_hr", "00195_hr"]


def test_memory_that_does_not_suffice_for_one_record_is_its_row(
    model: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(path: Path) -> EcgRecord:
        raise MemoryError

    monkeypatch.setattr(mmae_core.report.score_table, "read_record", too_large)
    assert score(model, tmp_path / "s.csv", demo) == 2, "none was scored"
    assert {row["error"] for row in table(tmp_path / "s.csv")} == {"not enough memory for this record"}


def test_a_long_record_scored_in_stretches_has_the_windows_of_the_whole(
    model: str, write_record: WriteRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digital = np.random.default_rng(0).normal(0, 300, size=(4300, 12)).astype(np.int16)
    path = write_record("long", digital=digital)
    score(model, tmp_path / "whole.csv", path)
    monkeypatch.setattr(mmae_core.report.score_table, "STRETCH_S", 12.0)
    score(model, tmp_path / "stretches.csv", path)
    assert table(tmp_path / "stretches.csv") == table(tmp_path / "whole.csv")
    assert [row["start_s"] for row in table(tmp_path / "whole.csv")][-2:] == ["30.000", "33.000"]
    assert {row["windows"] for row in table(tmp_path / "whole.csv")} == {str(len(table(tmp_path / "whole.csv")))}


def test_a_file_that_ends_early_is_told_of_even_where_too_little_is_left_to_score(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header, signal = (tmp_path / f"00170_hr.{ending}" for ending in ("hea", "dat"))
    header.write_bytes((demo / header.name).read_bytes())
    signal.write_bytes((demo / signal.name).read_bytes()[:60_000])
    summary = tmp_path / "of_records.csv"
    assert score(model, tmp_path / "s.csv", header, "--summary", summary) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "The first: 00170_hr is too short for the model: it lasts 5 s" in said
    assert "1 record in" in said
    early = "The signal file ends early: the last 5 s of 10 s are missing."
    (row,), (of_record,) = table(tmp_path / "s.csv"), table(summary)
    assert row["quality_notes"] == of_record["notes"] == early
    assert "too short" in row["error"]
    assert "too short" in of_record["error"]


def test_the_closing_line_counts_and_names_what_has_no_score(
    model: str, write_record: WriteRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digital = np.random.default_rng(0).normal(0, 300, size=(1000, 12)).astype(np.int16)
    good = write_record("good", digital=digital)
    flat = write_record("flat", digital=np.zeros_like(digital))
    short = write_record("short", digital=digital[:500])
    assert score(model, tmp_path / "s.csv", good, flat, short) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "1 of 3 records scored into" in said
    assert ("; 1 could not be read or assessed (short); 1 was read, but no lead in it can be assessed (flat); the "
            "table says why.") in said
    assert score(model, tmp_path / "t.csv", flat) == 2
    assert "The record could not be scored: 1 was read, but" in capsys.readouterr().err


def test_a_path_that_is_not_there_is_named_and_no_table_is_written(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(model, tmp_path / "scores.csv", tmp_path / "nowhere") == 2
    assert "There is no file, record or folder" in capsys.readouterr().err
    assert not (tmp_path / "scores.csv").exists()
    for command, output in (("evaluate", "report.json"), ("synthesize", "lesions")):
        assert main([command, "--data", str(tmp_path / "nowhere"), "--output", str(tmp_path / output)]) == 2
        assert "There is no folder" in capsys.readouterr().err
