"""`mmae_core score` of many records: parts, shares, processes, Parquet, lists, archives, addresses."""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
import signal
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import mmae_core.report.score_table
import mmae_core.report.score_work
from mmae_core.cli import main
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.report.map_file import map_name, read_maps
from mmae_core.report.map_parts import COLUMNS as MAP_COLUMNS
from mmae_core.report.map_parts import read_map_of
from mmae_core.scoring.checkpoint import TrainedModel, save_model

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., TrainedModel], tmp_path_factory: pytest.TempPathFactory) -> str:
    tiny = tiny_model()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {"licence": "none"})
    return str(folder)


@pytest.fixture(scope="module")
def ward(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five records twice, and one that is damaged; the demonstration's table of persons is not there."""
    folder = tmp_path_factory.mktemp("ward")
    for half in ("a", "b"):
        (folder / half).mkdir()
        for file in demo.glob("00*"):
            (folder / half / file.name).write_bytes(file.read_bytes())
    (folder / "b" / "00170_hr.dat").write_bytes(b"short")
    return folder


@pytest.fixture(scope="module")
def serial(model: str, ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table of the ward by one process in one go."""
    output = tmp_path_factory.mktemp("serial") / "serial.csv"
    assert score(model, output, ward) == 0
    return output


def score(model: str, output: Path, *arguments: str | Path) -> int:
    return main(["score", *map(str, arguments), "--output", str(output), "--model", model, "--device", "cpu"])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_a_run_stopped_between_parts_and_resumed_makes_the_same_table(
    model: str, ward: Path, serial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    read: list[str] = []

    def terminated(path: Path) -> EcgRecord:
        read.append(path.parent.name + path.stem)
        if read[-1] == "b00195_hr":
            os.kill(os.getpid(), signal.SIGTERM)
        return read_record(path)

    monkeypatch.setattr(mmae_core.report.score_table, "read_record", terminated)
    output = tmp_path / "s.csv"
    assert score(model, output, ward, "--chunk", "2") == 130
    assert "the rows of 6 of 10 records are in" in capsys.readouterr().err
    assert rows(output) == rows(serial)[:6]
    read.clear()
    monkeypatch.undo()
    assert score(model, output, ward, "--resume") == 0
    assert "4 records in" in capsys.readouterr().err
    assert output.read_bytes() == serial.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["s.csv"]


def test_a_cluster_of_this_machine_makes_the_same_table(model: str, ward: Path, serial: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.csv", ward, "--jobs", "2", "--chunk", "3") == 0
    assert (tmp_path / "s.csv").read_bytes() == serial.read_bytes()


def test_shares_make_the_table_together_wherever_their_parts_lie(
    model: str, ward: Path, serial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = []
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        output = tmp_path / str(number) / "s.csv"
        assert score(model, output, ward, "--chunk", "2", "--shard", f"{number}/2") == 0
        assert not output.exists()
        folders.append(output.with_name("s.csv.parts"))
    merged = tmp_path / "merged.csv"
    assert main(["merge", str(folders[0]), "--output", str(merged)]) == 2
    assert "2 of 5 parts are missing, first number 1" in capsys.readouterr().err
    assert main(["merge", *map(str, folders), "--output", str(merged)]) == 0
    assert merged.read_bytes() == serial.read_bytes()
    assert main(["merge", str(folders[0]), "--output", str(tmp_path / "part.csv"), "--incomplete"]) == 0
    assert len(rows(tmp_path / "part.csv")) == 6


def test_parquet_holds_what_csv_holds_with_types(model: str, ward: Path, serial: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.parquet", ward, "--summary", tmp_path / "r.parquet") == 0
    table = parquet.read_table(tmp_path / "s.parquet")
    expected = rows(serial)
    assert table.column_names == list(expected[0])
    for name in ("score", "percentile", "p_value", "rate_bpm", "start_s", "n_findings"):
        assert table[name].to_pylist() == [float(row[name]) if row[name] else None for row in expected], name
    assert table["record"].to_pylist() == [row["record"] for row in expected]
    assert table["reliable"].to_pylist() == [{"yes": True, "no": False, "": None}[row["reliable"]] for row in expected]
    assert [bool(text) for text in table["error"].to_pylist()] == [False] * 5 + [True] + [False] * 4
    assert parquet.read_table(tmp_path / "r.parquet").num_rows == 10


def test_only_scores_are_those_of_the_whole_table(model: str, ward: Path, serial: Path, tmp_path: Path) -> None:
    assert score(model, tmp_path / "s.csv", ward, "--only-scores") == 0
    for row, whole in zip(rows(tmp_path / "s.csv"), rows(serial), strict=True):
        same = ("record", "start_s", "score", "percentile", "p_value", "quality", "reliable", "error", "model")
        assert {name: row[name] for name in same} == {name: whole[name] for name in same}
        assert row["n_findings"] == row["rate_bpm"] == ""


def test_a_folder_named_as_a_bundled_model_does_not_take_its_place(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mmae-ecg-plus").mkdir()
    monkeypatch.chdir(tmp_path)
    assert score("mmae-ecg-plus", Path("s.csv"), demo / "00195_hr.hea", "--only-scores") == 0
    assert [row["error"] for row in rows(Path("s.csv"))] == [""]


def test_maps_in_few_files_are_those_of_the_archives(model: str, ward: Path, tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    assert score(model, tmp_path / "s.csv", ward / "a", "--maps", few, "--maps-as", "parquet", "--chunk", "3") == 0
    assert score(model, tmp_path / "t.csv", ward / "a", "--maps", many) == 0
    assert sorted(path.name for path in few.iterdir()) == ["maps-00000.parquet", "maps-00001.parquet"]
    for name in ("00170_hr", "00414_hr"):
        found, expected = read_map_of(few, name), read_maps(many / map_name(name))
        assert found.provenance == expected.provenance
        assert (found.lead_names, found.start_s, found.sampling_rate_hz) == (
            expected.lead_names, expected.start_s, expected.sampling_rate_hz)
        for column in MAP_COLUMNS:
            np.testing.assert_array_equal(getattr(found, column), getattr(expected, column), column)
    with pytest.raises(Exception, match="has no maps of 99999"):
        read_map_of(few, "99999")
    shutil.copy(many / map_name("00170_hr"), few)
    with pytest.raises(DatasetError, match=r"two maps in .*few: 00170_hr\.npz and in maps-00000\.parquet"):
        read_map_of(few, "00170_hr")


def test_no_map_of_an_earlier_run_is_left(model: str, ward: Path, tmp_path: Path) -> None:
    maps, output = tmp_path / "maps", tmp_path / "s.csv"
    few = ["--maps", maps, "--maps-as", "parquet"]
    assert score(model, output, ward / "a", *few, "--chunk", "2") == 0
    (maps / "maps-mine.parquet").write_bytes(b"of somebody else")
    assert score(model, output, ward / "a" / "00170_hr.hea", *few) == 2
    assert score(model, output, ward / "b", *few, "--chunk", "3", "--force") == 0
    assert sorted(path.name for path in maps.iterdir()) == ["maps-00000.parquet", "maps-00001.parquet",
                                                            "maps-mine.parquet"]
    (maps / "maps-mine.parquet").unlink()
    with pytest.raises(DatasetError, match="has no maps of 00170_hr"):  # damaged in this half
        read_map_of(maps, "00170_hr")
    (maps / "other.npz").write_bytes(b"of a record that is not named")
    assert score(model, output, ward / "a", "--maps", maps, "--force") == 0
    assert not list(maps.glob("*.parquet"))
    assert score(model, output, ward / "b", "--maps", maps, "--force") == 0
    assert len(list(maps.glob("*.npz"))) == 5
    assert not (maps / map_name("00170_hr")).exists()
    assert (maps / "other.npz").exists()


def test_a_share_begun_anew_keeps_the_maps_while_it_is_refused(model: str, ward: Path, tmp_path: Path) -> None:
    maps = ["--maps", tmp_path / "maps", "--maps-as", "parquet", "--shard", "1/2"]
    assert score(model, tmp_path / "s.csv", ward / "a", *maps, "--chunk", "2") == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "maps").iterdir()}
    assert made
    assert score(model, tmp_path / "s.csv", ward / "b", *maps, "--chunk", "2", "--force") == 2, "of another run"
    assert {path.name: path.read_bytes() for path in (tmp_path / "maps").iterdir()} == made
    assert score(model, tmp_path / "s.csv", ward / "a", *maps, "--chunk", "2", "--force") == 0
    assert {path.name for path in (tmp_path / "maps").iterdir()} == set(made)


def scores_of(path: Path) -> list[str]:
    return [row["score"] for row in rows(path)]


def test_a_list_names_records_beside_it(model: str, ward: Path, serial: Path, tmp_path: Path) -> None:
    (ward / "list.txt").write_text("# the ward\na/00262_hr.hea\n\nb/00170_hr.hea\nb/none.hea\n")
    assert score(model, tmp_path / "s.csv", f"@{ward / 'list.txt'}") == 0
    assert score(model, tmp_path / "t.csv", "--records", ward / "list.txt") == 0
    found = rows(tmp_path / "s.csv")
    assert [row["record"] for row in found] == ["00262_hr", "00170_hr", "none"]
    assert found[0]["score"] == rows(serial)[3]["score"]
    assert "no file or record none.hea" in found[2]["error"]
    assert (tmp_path / "s.csv").read_bytes() == (tmp_path / "t.csv").read_bytes()


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_records_of_an_archive_are_scored_without_unpacking_it(
    model: str, ward: Path, serial: Path, tmp_path: Path, kind: str
) -> None:
    archive = tmp_path / f"ward.{kind}"
    files = sorted(path for path in ward.rglob("*") if path.suffix in (".hea", ".dat"))
    if kind == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for file in files:
                made.write(file, file.relative_to(ward))
            made.writestr("persons.csv", "name,age\n")
    else:
        with tarfile.open(archive, "w") as tar:
            for file in files:
                tar.add(file, file.relative_to(ward))
    assert score(model, tmp_path / "s.csv", archive) == 0
    found = rows(tmp_path / "s.csv")
    assert scores_of(tmp_path / "s.csv") == scores_of(serial)
    assert [row["record"] for row in found] == [f"ward.{kind}/{row['record']}" for row in rows(serial)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.csv", archive.name]


def test_an_address_is_read_through_its_file_system(model: str, ward: Path, serial: Path, tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(ward / "a"), "/ward-of-a-test", recursive=True)
    try:
        assert score(model, tmp_path / "s.csv", "memory://ward-of-a-test") == 0
    finally:
        memory.rm("/ward-of-a-test", recursive=True)
    assert scores_of(tmp_path / "s.csv") == scores_of(serial)[:5]


@pytest.mark.parametrize(("number", "tries"), [(errno.ENOSPC, 1), (errno.EIO, 4), (None, 4)])
def test_a_fault_outside_the_recordings_is_continued(
    model: str, ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    number: int | None, tries: int,
) -> None:
    asked: list[str] = []

    def fails(place: str) -> Path:
        asked.append(place)
        raise OSError("s3://a does not answer") if number is None else OSError(number, os.strerror(number))

    monkeypatch.setattr(mmae_core.report.score_work, "local_copy", fails)
    assert score(model, tmp_path / "s.csv", ward / "a") == 2
    assert len(asked) == tries
    told = capsys.readouterr().err
    assert ("s3://a does not answer" if number is None else os.strerror(number)) in told
    if number == errno.ENOSPC:
        assert f"the rows of 0 of 5 records are kept in {tmp_path / 's.csv.parts'}. Make room and continue" in told
    else:
        assert "continue with --resume" in told
        assert "Make room" not in told
    monkeypatch.undo()
    assert score(model, tmp_path / "s.csv", ward / "a", "--resume") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--shard", "3/2"], "is no share"), (["--scheduler", "nowhere"], "no Dask scheduler at nowhere"),
        (["--only-scores", "--maps", "m"], "asks for them"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    model: str, demo: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert score(model, tmp_path / "s.csv", demo, *arguments) == 2
    assert said in capsys.readouterr().err


def test_no_records_are_an_error(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score(model, tmp_path / "s.csv") == 2
    assert "No recording is named" in capsys.readouterr().err


def test_a_complete_table_is_not_continued(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "s.csv"
    assert score(model, output, demo / "00170_hr.hea") == 0
    assert score(model, output, demo / "00170_hr.hea", "--resume") == 2
    assert "s.csv is complete" in capsys.readouterr().err


def test_a_resumed_run_with_another_model_is_refused(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(model, tmp_path / "s.csv", demo, "--shard", "1/2") == 0
    assert score("mmae-ecg-plus", tmp_path / "s.csv", demo, "--shard", "1/2", "--resume") == 2
    assert "was begun with something else: model " in capsys.readouterr().err


def hostile_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../outside.hea", "outside 1 500 10\n")
        made.writestr("/etc/absolute.hea", "absolute 1 500 10\n")
        link = zipfile.ZipInfo("link.hea")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("sound.hea", "sound 1 500 10\n../outside.dat 16\n")
    return path


def hostile_tar(path: Path) -> Path:
    with tarfile.open(path, "w") as made:
        kinds = {"../outside.hea": tarfile.REGTYPE, "/etc/absolute.hea": tarfile.REGTYPE, "link.hea": tarfile.SYMTYPE,
                 "hard.hea": tarfile.LNKTYPE, "device.hea": tarfile.CHRTYPE, "sound.hea": tarfile.REGTYPE}
        for name, kind in kinds.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname, data = kind, "/etc/passwd", b"sound 1 500 10\n../outside.dat 16\n"
            entry.size = len(data) if kind == tarfile.REGTYPE else 0
            made.addfile(entry, io.BytesIO(data))
    return path


@pytest.mark.parametrize("make", [hostile_zip, hostile_tar])
def test_what_leads_out_of_an_archive_is_never_a_record(
    model: str, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    archive = make(tmp_path / ("a" + (".zip" if make is hostile_zip else ".tar")))
    assert score(model, tmp_path / "s.csv", archive) == 2
    (row,) = rows(tmp_path / "s.csv")
    assert row["record"] == f"{archive.name}/sound"
    assert row["error"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["s.csv", archive.name])


def test_a_member_that_unpacks_to_more_than_it_states_is_refused(model: str, tmp_path: Path) -> None:
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.hea", b"a 1 500 10\n" + b" " * 1_000_000)
    data = bytearray(archive.read_bytes())
    size = (1_000_011).to_bytes(4, "little")
    for place in (data.find(size), data.rfind(size)):
        data[place : place + 4] = (5).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    assert score(model, tmp_path / "s.csv", archive) == 2
    assert "is damaged" in rows(tmp_path / "s.csv")[0]["error"]


def test_a_tar_compressed_as_a_whole_is_refused_with_what_to_do(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tar.gz").write_bytes(b"x")
    assert score(model, tmp_path / "s.csv", tmp_path / "a.tar.gz") == 2
    assert "make it a .zip or a plain .tar" in capsys.readouterr().err
