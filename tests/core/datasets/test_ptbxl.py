from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from mmae_core.datasets.folder import find_records, read_names, select_named
from mmae_core.datasets.ptbxl import find_entry, is_ptbxl, load_index
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record


@pytest.fixture
def folder(ptbxl_mini: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(ptbxl_mini, tmp_path / "ptbxl"))


def edit(folder: Path, ecg_id: int, /, **values: str) -> None:
    path = folder / "ptbxl_database.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["ecg_id"] == str(ecg_id):
            row.update(values)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_row_becomes_an_entry(ptbxl_mini: Path) -> None:
    entry = next(entry for entry in load_index(ptbxl_mini).entries if entry.ecg_id == 266)
    assert (entry.patient_id, entry.age, entry.sex, entry.fold) == (641, 81.0, "female", 9)
    assert entry.statements["IMI"] == 80.0
    assert entry.statements["INVT"] == 0.0
    assert entry.superclasses == {"MI", "CD", "STTC"}
    assert entry.report.startswith("sinus rhythm. left axis deviation.")
    assert entry.path == entry.path_500hz == ptbxl_mini / "records500/00000/00266_hr.hea"
    assert entry.path_100hz == ptbxl_mini / "records100/00000/00266_lr.hea"


def test_normal_is_norm_and_nothing_else(folder: Path) -> None:
    edit(folder, 262, scp_codes="{'NORM': 100.0, 'CRBBB': 0.0}")
    edit(folder, 303, scp_codes="{'SR': 0.0, 'PVC': 100.0}")
    edit(folder, 437, scp_codes="{'NORM': 0.0, 'PVC': 100.0}")
    entries = {entry.ecg_id: entry for entry in load_index(folder).entries}
    assert entries[262].label == "abnormal", "a likelihood of 0 is unknown, not absent"
    assert entries[303].label is None, "rhythm and form statements have no superclass"
    assert entries[437].label == "normal"


def test_folds_and_labels_choose(ptbxl_mini: Path) -> None:
    index = load_index(ptbxl_mini)
    assert len(index.entries) == 24
    assert index.missing == ()
    assert len(index.select(folds=range(1, 9), label="normal")) == 8
    assert len(index.select(folds=[9], label="normal")) == 8
    assert len(index.select(folds=[9], label="abnormal")) == 8
    assert {entry.fold for entry in index.select(label="normal")} == set(range(1, 10))


def test_every_record_of_the_index_opens_at_its_rate(ptbxl_mini: Path) -> None:
    for entry in load_index(ptbxl_mini).entries:
        assert entry.path_100hz is not None
        record = read_record(entry.path_100hz)
        assert (record.sampling_rate_hz, record.duration_s, len(record.lead_names)) == (100.0, 10.0, 12)
        assert read_record(entry.path).sampling_rate_hz == (500.0 if entry.ecg_id in {35, 47, 171, 266} else 100.0)


def test_missing_files_are_named_and_the_rest_is_there(folder: Path) -> None:
    (folder / "records500/00000/00266_hr.dat").unlink()
    (folder / "records100/00000/00003_lr.dat").unlink()
    shutil.rmtree(folder / "records100/00000", ignore_errors=False, onerror=None)
    index = load_index(folder)
    assert [entry.ecg_id for entry in index.entries] == [35, 47, 171]
    assert all(entry.path_100hz is None for entry in index.entries)
    assert len(index.missing) == 21
    assert "records500/00000/00266_hr" in index.missing


def test_age_unknown_and_age_above_89_stay_as_published(folder: Path) -> None:
    edit(folder, 262, age="", patient_id="", sex="")
    edit(folder, 303, age="300.0")
    entries = {entry.ecg_id: entry for entry in load_index(folder).entries}
    assert (entries[262].age, entries[262].patient_id, entries[262].sex) == (None, None, None)
    assert entries[303].age == 300.0


def test_a_folder_is_ptbxl_by_its_database(ptbxl_mini: Path, tmp_path: Path) -> None:
    assert is_ptbxl(ptbxl_mini)
    assert not is_ptbxl(tmp_path)
    with pytest.raises(DatasetError, match=r"(scp_statements|ptbxl_database)\.csv is missing"):
        load_index(tmp_path)


def test_without_the_table_of_statements_nobody_guesses_superclasses(folder: Path) -> None:
    (folder / "scp_statements.csv").unlink()
    with pytest.raises(DatasetError, match=r"scp_statements\.csv is missing in ptbxl"):
        load_index(folder)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_that_a_spreadsheet_saved_reads_as_the_published_one(
    ptbxl_mini: Path, folder: Path, delimiter: str, encoding: str
) -> None:
    path = folder / "ptbxl_database.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    published = load_index(ptbxl_mini).entries
    found = load_index(folder).entries
    assert [(entry.ecg_id, entry.statements, entry.report, entry.superclasses) for entry in found] == [
        (entry.ecg_id, entry.statements, entry.report, entry.superclasses) for entry in published]
    assert [find_entry(entry.path) for entry in found] == list(found), "opening one record and the folder agree"


def test_a_report_of_several_lines_that_names_a_record_keeps_its_labels(folder: Path) -> None:
    report = 'first line\nsecond, records100/00000/00003_lr was "nice"\\ and more\n\nlast'
    for ecg_id in (262, 266):
        edit(folder, ecg_id, report=report)
    entries = {entry.ecg_id: entry for entry in load_index(folder).entries}
    assert entries[266].report == report
    for ecg_id in (3, 262, 266):
        assert find_entry(entries[ecg_id].path) == entries[ecg_id]


def test_missing_columns_are_named(folder: Path) -> None:
    path = folder / "ptbxl_database.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("strat_fold", "fold").replace("scp_codes", "codes"), encoding="utf-8")
    with pytest.raises(DatasetError, match="lacks the columns scp_codes, strat_fold"):
        load_index(folder)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"scp_codes": "__import__('os').getcwd()"}, "scp_codes is"),
        ({"scp_codes": "{'NORM': 'much'}"}, "scp_codes is"),
        ({"scp_codes": "[" * 5000}, "scp_codes is"),
        ({"scp_codes": ""}, "scp_codes is"),
        ({"strat_fold": "eleven"}, "strat_fold is 'eleven', expected a number"),
        ({"strat_fold": "11"}, r"strat_fold 11 is none of 1\.\.10"),
        ({"strat_fold": "nan"}, "strat_fold is 'nan'"),
        ({"ecg_id": "13"}, "ecg_id 13 occurs twice"),
        ({"filename_hr": "../../secret"}, "leads out of the folder"),
        ({"filename_lr": "/etc/passwd"}, "leads out of the folder"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_by_its_line(
    folder: Path, values: dict[str, str], message: str
) -> None:
    edit(folder, 14, **values)
    with pytest.raises(DatasetError, match=rf"ptbxl_database\.csv, line \d+: .*{message}"):
        load_index(folder)


def test_a_database_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "ptbxl_database.csv").write_bytes(b"\xff\x00ecg")
    with pytest.raises(DatasetError, match="cannot be read as a table"):
        load_index(folder)


def test_an_index_without_any_record_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "records100")
    shutil.rmtree(folder / "records500")
    with pytest.raises(DatasetError, match="None of the 24 records"):
        load_index(folder)


def test_records_are_found_below_folders_in_order(ptbxl_mini: Path) -> None:
    found = find_records([ptbxl_mini / "records500", ptbxl_mini / "records100/00000/00003_lr"])
    assert [path.name for path in found] == ["00035_hr.hea", "00047_hr.hea", "00171_hr.hea", "00266_hr.hea", "00003_lr"]
    assert find_records([ptbxl_mini]) == find_records([str(ptbxl_mini), ptbxl_mini])
    assert len(find_records([ptbxl_mini])) == 28


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no file, record or folder .*nowhere"):
        find_records([tmp_path / "nowhere"])


def test_a_clinics_list_chooses_its_normals(ptbxl_mini: Path, tmp_path: Path) -> None:
    names = tmp_path / "normals.txt"
    names.write_text("# ours\n00003_lr\n\n00004_lr.hea\n records100/00000/00005_lr \n00003_lr\nunknown\n")
    chosen, unknown = select_named(find_records([ptbxl_mini]), read_names(names))
    assert [path.stem for path in chosen] == ["00003_lr", "00004_lr", "00005_lr"]
    assert unknown == ("unknown",)


def test_a_name_that_fits_two_records_is_refused(ptbxl_mini: Path, tmp_path: Path) -> None:
    for ward in ("a", "b"):
        shutil.copytree(ptbxl_mini / "records500/00000", tmp_path / ward)
    records = find_records([tmp_path])
    with pytest.raises(DatasetError, match="00035_hr fits 2 records"):
        select_named(records, ["00035_hr"])
    assert select_named(records, ["b/00035_hr"])[0] == (tmp_path / "b/00035_hr.hea",)


def test_a_name_of_a_list_ends_with_its_line_alone(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_bytes("a\u2028b\r\nc\x0bd\n".encode())
    assert read_names(tmp_path / "list.txt") == ("a\u2028b", "c\x0bd")


def test_a_line_that_is_no_name_is_refused_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"# {'x' * 5000}\n{'a' * 4096}\n{'b' * 4097}\n")
    with pytest.raises(DatasetError, match=r"Line 3 of the list list\.txt has 4,097 characters"):
        read_names(tmp_path / "list.txt")


def test_a_list_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.bin").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(DatasetError, match=r"list\.bin cannot be read as text"):
        read_names(tmp_path / "list.bin")
