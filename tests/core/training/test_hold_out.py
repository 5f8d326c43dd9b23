"""Normals that calibrate are of other patients than those trained on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.commands.shared.normals import normals_of
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError
from mmae_core.training.hold_out import hold_out, patients_of

PATHS = [Path(f"r{number:03d}.hea") for number in range(100)]


def test_nobody_is_on_both_sides() -> None:
    patients = [f"p{number // 3}" for number in range(100)]  # 34 patients of three recordings
    parted = hold_out(PATHS, patients, 20)
    of = dict(zip(PATHS, patients, strict=True))
    assert not {of[path] for path in parted.chosen} & {of[path] for path in parted.held_out}
    assert sorted((*parted.chosen, *parted.held_out)) == PATHS
    assert len(parted.held_out) >= 20
    assert parted.words == "by patient"


def test_one_patient_in_ten_is_held_out_where_there_are_enough() -> None:
    patients = [f"p{number // 2}" for number in range(100)]
    parted = hold_out(PATHS, patients, 5)
    assert [patients[PATHS.index(path)] for path in parted.held_out] == [
        name for number in (9, 19, 29, 39, 49) for name in [f"p{number}"] * 2]


def test_without_patients_every_tenth_recording_is_held_out_and_that_is_said() -> None:
    parted = hold_out(PATHS, [None] * 100, 5)
    assert list(parted.held_out) == PATHS[9::10]
    assert parted.words == "by recording: none says who it is of"


def test_recordings_of_unknown_patients_count_as_one_each() -> None:
    parted = hold_out(PATHS, ["p0"] * 60 + [None] * 40, 2)
    assert set(PATHS[:60]) <= set(parted.chosen)
    assert parted.words.startswith("by patient; 40 of 100 recordings do not say who they are of")


def test_more_patients_are_held_out_where_tenths_have_too_few_recordings() -> None:
    patients = ["many"] * 40 + [f"p{number}" for number in range(60)]
    assert len(hold_out(PATHS, patients, 25).held_out) >= 25


def test_one_patient_cannot_be_parted() -> None:
    with pytest.raises(DatasetError, match="100 recordings of 1 patients cannot be parted"):
        hold_out(PATHS, ["p"] * 100, 20)


def test_patients_are_those_of_ptb_xls_table_or_what_a_recording_says(ptbxl_mini: Path, tmp_path: Path) -> None:
    entries = load_index(ptbxl_mini).entries[:3]
    paths = [path for entry in entries for path in (entry.path_100hz, entry.path_500hz) if path is not None]
    known = {path: str(entry.patient_id) for entry in entries for path in (entry.path_100hz, entry.path_500hz)}
    assert patients_of([*paths, tmp_path / "absent.hea"]) == [*(known[path] for path in paths), None]


@pytest.mark.usefixtures("small_cohorts")
def test_a_list_of_ptb_xl_records_is_parted_by_patient(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    normals = load_index(ptbxl_mini).select(label="normal")
    names = tmp_path / "names.txt"
    names.write_text("\n".join(entry.path.stem for entry in normals))
    monkeypatch.setattr("mmae_core.training.hold_out._numbered", lambda number: str(number % 4))
    released: list[list[Path]] = []
    monkeypatch.setattr("mmae_core.commands.train.release_run",
                        lambda *values: released.append([*values[2]]) or released.append([*values[8]]))
    assert main(["train", "--data", str(ptbxl_mini), "--names", str(names), "--output", str(tmp_path / "run"),
                 "--config", str(tiny_settings), "--epochs", "1", "--no-compile", "--device", "cpu",
                 "--cache", str(tmp_path / "cache")]) == 0
    held_out, trained_on = ({entry.patient_id % 4 for entry in normals if entry.path in paths} for paths in released)
    assert held_out
    assert trained_on
    assert not held_out & trained_on
    assert "recordings are held out, by patient." in capsys.readouterr().err


def test_where_whole_paths_are_named_their_common_folder_is_not_searched(
    ptbxl_mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [entry.path.absolute() for entry in load_index(ptbxl_mini).select(label="normal")][:3]
    names = tmp_path / "names.txt"
    names.write_text("\n".join(map(str, [*paths, tmp_path / "gone.hea"])))
    monkeypatch.setattr("mmae_core.datasets.folder.os.walk", None)
    options = argparse.Namespace(data=Path(tmp_path.anchor), names=names)
    with pytest.raises(DatasetError, match="holds 3 recordings to train on"):
        normals_of(options)
    assert "1 names in names.txt mean no record" in capsys.readouterr().err


@pytest.mark.usefixtures("small_cohorts")
def test_where_no_recording_says_who_it_is_of_the_command_says_so(
    write_noise: Callable[..., Path], tiny_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    for number in range(12):
        write_noise(f"n{number:02d}", seed=number, folder=clinic)
    assert main(["train", "--data", str(clinic), "--output", str(tmp_path / "run"), "--config", str(tiny_settings),
                 "--epochs", "1", "--no-compile", "--device", "cpu", "--cache", str(tmp_path / "cache")]) == 0
    assert "2 of 12 recordings are held out, by recording: none says who it is of." in capsys.readouterr().err
    assert '"held_out": "by recording: none says who it is of"' in (tmp_path / "run" / "training.json").read_text()
