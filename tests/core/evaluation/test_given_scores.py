"""Scores that somebody else's method gave: the same report as of a model that ran here, and every doubt said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from mmae_core.cli import main
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate import evaluate_detection
from mmae_core.evaluation.score_files import ScoreColumn, read_scores, scores_of
from mmae_core.metrics.detection import delong
from mmae_core.report.evaluation_page import render_html
from mmae_core.report.score_columns import COLUMNS
from mmae_core.scoring.checkpoint import TrainedModel, save_model


@pytest.fixture(scope="module")
def ids(ptbxl_mini: Path) -> list[str]:
    """The 16 labelled records of fold 9."""
    return [str(entry.ecg_id) for entry in load_index(ptbxl_mini).select(folds=[9]) if entry.label]


@pytest.fixture(scope="module")
def abnormal(ptbxl_mini: Path) -> list[bool]:
    return [entry.label == "abnormal" for entry in load_index(ptbxl_mini).select(folds=[9]) if entry.label]


@pytest.fixture(scope="module")
def tables(ptbxl_mini: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PTB-XL without its recordings, which given scores do not need."""
    folder = tmp_path_factory.mktemp("tables")
    for name in ("ptbxl_database.csv", "scp_statements.csv"):
        shutil.copy(ptbxl_mini / name, folder)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines into a table."""

    def written(*lines: str, name: str = "mine.csv") -> Path:
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return written


@pytest.fixture
def score_file(write: Callable[..., Path], ids: list[str]) -> Callable[..., Path]:
    """A table of the fold's records with scores 0, 1, 2 ...; `edit` changes its rows."""

    def written(edit: Callable[[list[str]], list[str]] = lambda rows: rows, name: str = "mine.csv") -> Path:
        return write("ecg_id,score", *edit([f"{record},{place}" for place, record in enumerate(ids)]), name=name)

    return written


def evaluated(folder: Path, path: Path, columns: tuple[str, ...] = (), **options: Any) -> dict[str, Any]:
    own, *others = read_scores(path, columns)
    return dict(evaluate_detection(own, folder, [9], others=others, **options))


def refusal(folder: Path, path: Path, **options: Any) -> str:
    with pytest.raises(DatasetError) as found:
        evaluated(folder, path, **options)
    return str(found.value)


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory, tiny_model: Callable[..., TrainedModel]) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    tiny = tiny_model()
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})
    return folder


def test_a_models_own_scores_from_a_file_give_its_own_report_to_the_last_digit(
    ptbxl_mini: Path, model_folder: Path, tmp_path: Path
) -> None:
    data = ["--data", str(ptbxl_mini), "--folds", "9"]
    scores = tmp_path / "scores.csv"
    assert main(["evaluate", *data, "--model", str(model_folder), "--output", str(tmp_path / "own.json"),
                 "--save-scores", str(scores)]) == 0
    assert main(["evaluate", *data, "--scores", str(scores), "--output", str(tmp_path / "given.json"),
                 "--html", str(tmp_path / "given.html")]) == 0
    own, given = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("own", "given"))
    for part in ("detection", "curves", "superclasses", "age", "sex", "device", "within", "noise", "records",
                 "uniformity", "bootstrap"):
        assert given[part] == own[part], part
    assert given["model"]["name"] == "scores"
    assert "--scores scores.csv" in given["command"]
    assert "What scores gave was read from files" in (tmp_path / "given.html").read_text()


def test_no_recording_is_needed_where_all_scores_are_given(
    ptbxl_mini: Path, tables: Path, score_file: Callable[..., Path]
) -> None:
    found, whole = evaluated(tables, score_file()), evaluated(ptbxl_mini, score_file())
    assert found["detection"] == whole["detection"]
    assert found["noise"]["none"]["suspected"]["n"] == 0


def test_the_figures_are_those_of_the_scores(
    tables: Path, score_file: Callable[..., Path], abnormal: list[bool]
) -> None:
    found = evaluated(tables, score_file())
    assert found["detection"]["auroc"] == pytest.approx(roc_auc_score(abnormal, range(16)))
    assert [record["score"] for record in found["records"]] == list(range(16))


def test_several_columns_are_several_methods(
    tables: Path, write: Callable[..., Path], ids: list[str], abnormal: list[bool]
) -> None:
    rows = [f"{record},{place},{(place * 7) % 16}" for place, record in enumerate(ids)]
    found = evaluated(tables, write("record,first,second", *rows))
    assert found["model"]["name"] == "first"
    (other,) = found["others"]
    first, second = np.arange(16.0), np.arange(16.0) * 7 % 16
    assert other["model"]["name"] == "second"
    assert other["detection"]["auroc"] == pytest.approx(roc_auc_score(abnormal, second))
    assert other["comparison"] == delong(first, second, np.array(abnormal))
    assert "second" in render_html(found)


def test_scores_are_compared_with_a_model_or_with_other_scores(
    ptbxl_mini: Path, score_file: Callable[..., Path], model_folder: Path, tmp_path: Path
) -> None:
    other = score_file(lambda rows: [f"{row.split(',')[0]},{place * 7 % 16}" for place, row in enumerate(rows)],
                       "other.csv")
    for against, name in ((other, "other"), (model_folder, "tiny")):
        output = tmp_path / f"{name}.json"
        assert main(["evaluate", "--data", str(ptbxl_mini), "--scores", str(score_file()), "--against", str(against),
                     "--output", str(output)]) == 0
        found = json.loads(output.read_text())["against"]
        assert found["model"]["name"] == name
        assert found["comparison"]["auroc_against"] == pytest.approx(found["detection"]["auroc"])


def test_a_report_of_evaluate_is_a_file_of_scores(
    tables: Path, score_file: Callable[..., Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    assert main(["evaluate", "--data", str(tables), "--scores", str(score_file()), "--output", str(report)]) == 0
    found = evaluated(tables, report)
    assert found["detection"] == evaluated(tables, score_file())["detection"]


@pytest.mark.parametrize("spelling", ["{:05d}", "{:05d}_hr", "records100/00000/{:05d}_lr.hea", "{}.0", "x\\{:05d}_hr"])
def test_a_record_may_be_named_by_number_file_or_path(
    tables: Path, write: Callable[..., Path], ids: list[str], spelling: str
) -> None:
    rows = [f"{spelling.format(int(record))},{place}" for place, record in enumerate(ids)]
    assert [record["score"] for record in evaluated(tables, write("record,score", *rows))["records"]] == list(
        range(16))


def test_semicolons_with_decimal_commas_are_read_as_meant(
    tables: Path, write: Callable[..., Path], ids: list[str]
) -> None:
    rows = [f"{record};{place},5" for place, record in enumerate(ids)]
    scores = [record["score"] for record in evaluated(tables, write("ecg_id;score", *rows))["records"]]
    assert scores == [place + 0.5 for place in range(16)]


def test_semicolons_with_commas_that_may_all_be_thousands_are_refused_unless_one_number_tells(
    write: Callable[..., Path]
) -> None:
    with pytest.raises(DatasetError, match=r"-2,001 may be -2001 or -2\.001, .* Write the numbers with a point"):
        read_scores(write("ecg_id;score", "8;-2,001", "30;7", "31;"))
    (found,) = read_scores(write("ecg_id;score", "8;1,234", "30;0,500"))
    assert found.scores.tolist() == [1.234, 0.5]


def test_parquet_is_read_like_csv(tables: Path, ids: list[str], tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "mine.parquet"
    parquet.write_table(arrow.table({"ecg_id": [int(record) for record in ids], "score": list(range(16))}), path)
    assert [record["score"] for record in evaluated(tables, path)["records"]] == list(range(16))


def test_a_missing_record_is_refused_and_named_and_left_out_only_on_demand(
    tables: Path, score_file: Callable[..., Path], ids: list[str]
) -> None:
    path = score_file(lambda rows: rows[2:])
    words = refusal(tables, path)
    assert f"no score of 2 of the 16 records that are evaluated ({ids[0]}, {ids[1]})" in words
    found = evaluated(tables, path, allow_missing=True)
    assert found["detection"]["n_normal"] + found["detection"]["n_abnormal"] == 14
    assert len(found["data"]["left_out"]) == 2
    assert "They are in no figure" in found["warnings"][0]


@pytest.mark.parametrize("cell", ["", "NaN", "n/a"])
def test_an_empty_score_is_a_missing_one(tables: Path, score_file: Callable[..., Path], cell: str) -> None:
    path = score_file(lambda rows: [rows[0].split(",")[0] + f",{cell}", *rows[1:]])
    assert "no score of 1 of the 16" in refusal(tables, path)


@pytest.mark.parametrize(("edit", "words"), [
    (lambda rows: [*rows, rows[0]], "several rows of 1 record"),
    (lambda rows: [*rows, f"{int(rows[0].split(',')[0]):05d}_lr,3"], "several rows of 1 record"),
    (lambda rows: [f"{row.split(',')[0]},0.5" for row in rows], "every score in the column score is 0.5"),
    (lambda rows: [*rows, "99999,1"], "names 1 records that are not in the data: '99999'"),
    (lambda rows: [rows[0] + "x", *rows[1:]], "line 2: '0x' in the column score is no number"),
    (lambda rows: [rows[0].split(",")[0] + ",inf", *rows[1:]], "line 2: the score in the column score is infinite"),
    (lambda rows: [rows[0] + ",5", *rows[1:]], "line 2: 3 cells, and the heading has 2. Numbers with decimal commas"),
    (lambda rows: ['3,"1,5"', "4,1.5"], "numbers with commas stand beside numbers with points"),
    (lambda rows: ['3,"1,234"', '4,"12,345"', "5,950"], "score: 1,234 may be 1234 or 1.234, and no other number"),
    (lambda rows: [], "has a heading and no record below it"),
])
def test_what_cannot_be_a_fair_figure_is_refused(
    tables: Path, score_file: Callable[..., Path], edit: Callable[[list[str]], list[str]], words: str
) -> None:
    assert words in refusal(tables, score_file(edit))


def test_scores_that_point_the_other_way_are_said_and_not_turned(
    tables: Path, write: Callable[..., Path], ids: list[str], abnormal: list[bool]
) -> None:
    rows = [f"{record},{place - 100 * ill}" for place, (record, ill) in enumerate(zip(ids, abnormal, strict=True))]
    found = evaluated(tables, write("ecg_id,score", *rows))
    assert found["detection"]["auroc"] == 0
    assert any("below 0.5" in warning and "nothing was turned round" in warning for warning in found["warnings"])


def test_records_of_other_folds_are_not_used_and_counted(
    tables: Path, score_file: Callable[..., Path]
) -> None:
    found = evaluated(tables, score_file(lambda rows: [*rows, "3,5", "4,5"]))
    assert found["detection"] == evaluated(tables, score_file())["detection"]
    assert any("2 further records" in warning for warning in found["warnings"])


def test_decisions_in_the_place_of_scores_are_noticed(
    tables: Path, score_file: Callable[..., Path]
) -> None:
    found = evaluated(tables, score_file(lambda rows: [f"{row.split(',')[0]},{place % 2}"
                                                            for place, row in enumerate(rows)]))
    assert any("look like decisions" in warning for warning in found["warnings"])


def test_a_parquet_column_of_something_else_is_no_method(ids: list[str], tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "mine.parquet"
    parquet.write_table(arrow.table({"ecg_id": ids, "a": list(range(16)), "map": [[1.0]] * 16}), path)
    with pytest.raises(DatasetError, match="leaves open which columns are scores: map"):
        read_scores(path)
    with pytest.raises(DatasetError, match="in the column map is no number"):
        read_scores(path, ["map"])


@pytest.mark.parametrize("edit", [
    lambda report: report["model"].update(trained_on="folds 1-8"),
    lambda report: report["model"].update(trained_on={"folds": ["one"]}),
    lambda report: report["records"][0].pop("id"),
    lambda report: report["records"][0].update(score="high"),
    lambda report: report.update(kind="localization"),
    lambda report: report.update(records=[]),
])
def test_a_report_that_is_not_whole_is_refused(
    tables: Path, score_file: Callable[..., Path], tmp_path: Path, edit: Callable[[dict[str, Any]], None]
) -> None:
    report = evaluated(tables, score_file())
    edit(report)
    (tmp_path / "r.json").write_text(json.dumps(report))
    with pytest.raises(DatasetError, match=r"r\.json"):
        read_scores(tmp_path / "r.json")


@pytest.mark.parametrize(("heading", "words"), [
    ("ecg_id,label", "leaves open which columns are scores: label"),
    ("patient,score", "has no column that says which record a row is of"),
    ("ecg_id,score,score", "several columns called 'score'"),
    ("ecg_id", "has no column beside ecg_id"),
])
def test_a_heading_that_leaves_open_what_is_what_is_refused(
    write: Callable[..., Path], heading: str, words: str
) -> None:
    with pytest.raises(DatasetError, match=words):
        read_scores(write(heading, ",".join("1" for _ in heading.split(","))))


def test_a_table_of_mmae_core_score_needs_no_choice_of_columns(
    tables: Path, write: Callable[..., Path], ids: list[str]
) -> None:
    known = {"record": "{0:05d}_hr", "score": "{0}.5", "start_s": "0.000", "percentile": "97.1"}
    row = ",".join(known.get(column, "") for column in COLUMNS)
    path = write(",".join(COLUMNS), *(row.format(int(record)) for record in ids))
    assert [record["score"] for record in evaluated(tables, path)["records"]] == [int(record) + 0.5 for record in ids]


def test_options_that_exclude_each_other_are_refused(
    tables: Path, score_file: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", "--data", str(tables), "--output", str(tmp_path / "r.json")]
    for further, words in (
        (["--scores", str(score_file()), "--model", "mmae-ecg-plus"], "Compare the two with --against"),
        (["--score-column", "score"], "was not given"),
        (["--scores", str(score_file()), "--task", "leads"], "give maps with --maps"),
        (["--scores", str(tmp_path / "none.csv")], "cannot be read"),
    ):
        assert main([*command, *further]) == 2
        assert words in capsys.readouterr().err
    assert not (tmp_path / "r.json").exists()


def test_score_files_alone_make_a_table_of_methods(
    tables: Path, write: Callable[..., Path], ids: list[str], abnormal: list[bool], tmp_path: Path
) -> None:
    two = write("record,first,second", *(f"{record},{place},{place * 7 % 16}" for place, record in enumerate(ids)))
    third = write("ecg_id;score", *(f"{record};-{place},5" for place, record in enumerate(ids)), name="third.csv")
    output = tmp_path / "tables"
    assert main(["compare", "--data", str(tables), "--scores", str(two), "--scores", f"mine={third}",
                 "--output", str(output)]) == 0
    found = json.loads((output / "compare.json").read_text())
    first, second = np.arange(16.0), np.arange(16.0) * 7 % 16
    assert [row["name"] for row in found["methods"]] == ["first", "second", "mine"]
    assert found["methods"][1]["against_reference"] == delong(second, first, np.array(abnormal))
    assert found["methods"][0]["detection"]["auroc"] == pytest.approx(roc_auc_score(abnormal, first))
    table = (output / "compare.md").read_text()
    assert "| method | detection AUROC |" in table
    assert "Seconds" not in table
    assert "From files, by methods that did not run here: first, second, mine" in table
    assert "--scores mine=third.csv" in (output / "compare.html").read_text()


def test_given_scores_stand_beside_a_model_that_runs_here(
    ptbxl_mini: Path, score_file: Callable[..., Path], model_folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "tables"
    assert main(["compare", "--data", str(ptbxl_mini), "--model", str(model_folder), "--scores", str(score_file()),
                 "--output", str(output)]) == 0
    model, given = json.loads((output / "compare.json").read_text())["methods"]
    assert model["seconds"]["score"] is not None
    assert given["name"] == "mine"
    assert given["seconds"]["score"] is None
    assert given["detection"] == evaluated(ptbxl_mini, score_file())["detection"]


def test_a_comparison_needs_two_methods_with_names_of_their_own(
    tables: Path, score_file: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["compare", "--data", str(tables), "--output", str(tmp_path / "t"), "--scores", str(score_file())]
    assert main(command) == 2
    assert "needs at least two methods; 1 were named" in capsys.readouterr().err
    assert main([*command, "--scores", str(score_file())]) == 2
    assert "--scores NAME=FILE" in capsys.readouterr().err


def test_arrays_take_the_place_of_a_file(tables: Path, score_file: Callable[..., Path], ids: list[str]) -> None:
    found = evaluate_detection(scores_of("mine", [int(record) for record in ids], np.arange(16)), tables, [9])
    assert found["detection"] == evaluated(tables, score_file())["detection"]
    with pytest.raises(DatasetError, match="Records number 2; expected one for each of 3"):
        scores_of("mine", [1, 2], [1.0, 2.0, 3.0])
    with pytest.raises(DatasetError, match="infinite"):
        scores_of("mine", [1], [np.inf])


@settings(max_examples=80, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_table_is_read_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    good = b"\xef\xbb\xbfecg_id;score;\"other\"\r\n8;0,5;1\r\n30;-1,25e3;nan\r\n"
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place:place + data.draw(st.integers(0, 2))] = data.draw(st.sampled_from(
            [b"", b"\0", b'"', b";", b",", b"\n", b"\xff", b"9" * 400, b"e999", b"ecg_id", b"\xc2\xb2"]))
    for name in ("t.csv", "t.json"):
        (tmp_path / name).write_bytes(damaged)
        columns: tuple[ScoreColumn, ...] = ()
        with suppress(DatasetError):  # anything else is a failure
            columns = read_scores(tmp_path / name)
        assert all(len(column.records) == len(column.scores) for column in columns)
        assert not any(np.isinf(column.scores).any() for column in columns)
