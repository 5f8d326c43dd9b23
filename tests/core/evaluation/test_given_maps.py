"""Maps that somebody else's method gave: measured as a model's own, and refused with the record's name."""

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

from mmae_core.cli import main
from mmae_core.datasets.annotated_folder import load_annotated
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate_leads import evaluate_leads
from mmae_core.evaluation.evaluate_localization import evaluate_localization
from mmae_core.evaluation.given_maps import GivenMaps
from mmae_core.evaluation.lead_scorer import PlainMeasurement
from mmae_core.evaluation.localization_cases import LocalizationCase, annotated_cases, normal_cases
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.checkpoint import TrainedModel, save_model
from mmae_core.scoring.window_scorer import AutoencoderScorer

RATE_HZ = 50.0


@pytest.fixture(scope="module")
def scorer(tiny_model: Callable[..., TrainedModel]) -> AutoencoderScorer:
    return AutoencoderScorer(tiny_model())


@pytest.fixture
def cases(lesion_folder: Path) -> list[LocalizationCase]:
    return annotated_cases(load_annotated(lesion_folder))


@pytest.fixture
def maps(cases: list[LocalizationCase], scorer: AutoencoderScorer, tmp_path: Path) -> Path:
    """The scorer's own maps as files."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for case in cases:
        write(folder, case.id, map_of(scorer, case))
    return folder


def map_of(scorer: AutoencoderScorer, case: LocalizationCase) -> np.ndarray:
    found = scorer.score_windows([case.prepare(scorer.preprocess)], with_maps=True).maps
    assert found is not None
    return found[0]


def write(folder: Path, name: str, score: np.ndarray, **further: Any) -> None:
    np.savez(folder / f"{name}.npz", score=score, **{"sampling_rate_hz": RATE_HZ, **further})


def refusal(maps: Path, cases: list[LocalizationCase]) -> str:
    with pytest.raises(DatasetError) as found:
        evaluate_localization(GivenMaps(maps), cases, {})
    return str(found.value)


def test_a_methods_maps_from_files_give_its_own_figures_to_the_last_digit(
    cases: list[LocalizationCase], scorer: AutoencoderScorer, maps: Path
) -> None:
    own, given = (dict(evaluate_localization(method, cases, {})) for method in (scorer, GivenMaps(maps)))
    for part in ("localization", "lead_auroc", "pointing_game", "overlap", "kinds", "curves"):
        assert given[part] == own[part], part
    assert given["model"]["name"] == "mine"
    assert any("read from files" in warning for warning in given["warnings"])


def test_maps_of_many_records_in_one_parquet_file_are_the_same(
    cases: list[LocalizationCase], scorer: AutoencoderScorer, maps: Path, tmp_path: Path
) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "parts"
    folder.mkdir()
    for number, some in enumerate((cases[:4], cases[4:])):
        rows = [(case.id, lead, RATE_HZ, row) for case in some
                for lead, row in zip(STANDARD_LEADS, map_of(scorer, case).tolist(), strict=True)][::-1]
        names = ("record", "lead", "sampling_rate_hz", "score")
        table = arrow.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        parquet.write_table(table, folder / f"maps-{number}.parquet", row_group_size=24)
    for case in cases:
        np.testing.assert_array_equal(GivenMaps(folder).map_of([case.id]), GivenMaps(maps).map_of([case.id]))


def test_maps_are_compared_with_a_models_own(
    lesion_folder: Path, maps: Path, tiny_model: Callable[..., TrainedModel], tmp_path: Path
) -> None:
    tiny, output = tiny_model(), tmp_path / "r.json"
    save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})
    assert main(["evaluate", "--data", str(lesion_folder), "--maps", str(maps), "--against", str(tmp_path / "tiny"),
                 "--output", str(output), "--html", str(tmp_path / "r.html")]) == 0
    found = json.loads(output.read_text())
    assert found["against"]["comparison"]["pooled_auroc"]["difference"] == 0
    assert found["command"].startswith("mmae_core evaluate --data DIR --folds 9 --maps mine --against tiny")


@pytest.mark.parametrize("second", ["39.0", "00039", "00039_hr", "00039_lr"])
def test_two_maps_of_one_recording_are_refused(tmp_path: Path, second: str) -> None:
    for name in ("39", "40", second):
        write(tmp_path, name, np.zeros((12, 500)))
    spelled = {number: [f"000{number}", f"000{number}_hr", f"000{number}_lr"] for number in ("39", "40")}
    maps = GivenMaps(tmp_path)
    with pytest.raises(DatasetError, match=rf"2 maps of 39: .*{second}.* move the others elsewhere"):
        maps.require(spelled)
    with pytest.raises(DatasetError, match="2 maps of 39"):
        maps.map_of(["39", *spelled["39"]])
    assert maps.map_of(["40", *spelled["40"]]) is not None


def test_recordings_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    write(tmp_path, "1", np.full((12, 500), 3.0))
    rows = [(name, RATE_HZ, [value] * 500) for value, name in enumerate(("a/1", "b/1")) for _ in STANDARD_LEADS]
    columns = dict(zip(("record", "sampling_rate_hz", "score"), map(list, zip(*rows, strict=True)), strict=True))
    table = arrow.table(columns | {"lead": [*STANDARD_LEADS] * 2})
    parquet.write_table(table, tmp_path / "maps-0.parquet")
    maps = GivenMaps(tmp_path)
    for value, name in ((0.0, "a/1"), (1.0, "b/1"), (3.0, "1")):
        found = maps.map_of([name])
        assert found is not None
        assert found[0, 0] == value
    with pytest.raises(DatasetError, match="3 maps of c/1"):
        maps.map_of(["c/1"])
    parquet.write_table(table, tmp_path / "maps-1.parquet")
    with pytest.raises(DatasetError, match=r"map of a/1 is in maps-0\.parquet and in maps-1\.parquet"):
        GivenMaps(tmp_path)
    (tmp_path / "maps-1.parquet").unlink()
    parquet.write_table(table, tmp_path / "maps-0.parquet", row_group_size=6)
    with pytest.raises(DatasetError, match="a/1 is in two row groups of maps-0"):
        GivenMaps(tmp_path)


def test_rows_are_put_into_the_order_of_the_leads_that_they_name(
    cases: list[LocalizationCase], scorer: AutoencoderScorer, maps: Path
) -> None:
    expected = GivenMaps(maps).map_of([cases[0].id])
    assert expected is not None
    write(maps, cases[0].id, expected[::-1], lead_names=list(STANDARD_LEADS[::-1]))
    np.testing.assert_array_equal(GivenMaps(maps).map_of([cases[0].id]), expected)


def test_a_missing_map_is_refused_by_name_and_left_out_only_on_demand(
    cases: list[LocalizationCase], maps: Path
) -> None:
    (maps / "r2.npz").unlink()
    assert "has no map of 1 of 6 recordings (r2). Expected r2.npz" in refusal(maps, cases)
    found = evaluate_localization(GivenMaps(maps, allow_missing=True), cases, {})
    assert found["localization"]["n_records"] == 5
    assert found["records"][2]["reason"] == "no map was given"
    assert "They are in no figure" in found["warnings"][0]


GOOD = np.ones((12, 500), np.float32)


@pytest.mark.parametrize(("arrays", "words"), [
    ({"score": GOOD[:, :480]}, "map of r1 has 480 samples a lead; its first 10 s are 500"),
    ({"score": GOOD.T}, "map of r1 has 500 rows and no lead_names"),
    ({"score": GOOD[:8]}, "map of r1 has 8 rows and no lead_names"),
    ({"score": GOOD[0]}, "map of r1 has shape"),
    ({"score": GOOD.astype(str)}, "map of r1 has shape"),
    ({"score": GOOD, "lead_names": ["I"] * 12}, "map of r1 has 12 rows called I, I"),
    ({"score": GOOD, "sampling_rate_hz": 100.0}, "map of r1 is at 100 Hz and others are at 50 Hz"),
    ({"score": GOOD, "sampling_rate_hz": 0.0}, "map of r1 says 0 Hz"),
    ({"score": GOOD, "start_s": 5.0}, "map of r1 begins at 5 s"),
    ({"score": np.where(np.arange(500) == 3, np.inf, GOOD)}, "map of r1 has infinite values"),
    ({"heat": GOOD}, "map of r1 has no array score"),
])
def test_a_map_of_another_form_is_refused_with_its_records_name(
    cases: list[LocalizationCase], maps: Path, arrays: dict[str, Any], words: str
) -> None:
    np.savez(maps / "r1.npz", **{"sampling_rate_hz": RATE_HZ, **arrays})
    assert words in refusal(maps, cases)


def test_a_file_that_is_no_archive_is_refused(cases: list[LocalizationCase], maps: Path) -> None:
    (maps / "r3.npz").write_bytes(b"PK nothing")
    assert "r3.npz cannot be read" in refusal(maps, cases)


def test_normals_need_maps_too(
    cases: list[LocalizationCase], maps: Path, write_noise: Callable[..., Path], scorer: AutoencoderScorer
) -> None:
    normals = normal_cases([write_noise("n0", seed=50)])
    with pytest.raises(DatasetError, match=r"no map of 1 of 1 recordings \(n0\)"):
        evaluate_localization(GivenMaps(maps), cases, {}, normals=normals)
    write(maps, "n0", map_of(scorer, normals[0]))
    given, own = (evaluate_localization(method, cases, {}, normals=normals) for method in (GivenMaps(maps), scorer))
    assert given["overlap"] == own["overlap"]


def test_leads_are_ranked_by_the_mean_of_their_map(
    lead_folder: Path, named_leads: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    for entry in load_index(lead_folder).select(folds=[9]):
        named = np.array([lead in named_leads.get(entry.report, ()) for lead in STANDARD_LEADS], np.float32)
        write(folder, f"{entry.ecg_id:05d}_hr", np.repeat(named[:, None], 500, axis=1))
    output = tmp_path / "r.json"
    command = ["evaluate", "--data", str(lead_folder), "--task", "leads", "--maps", str(folder)]
    assert main([*command, "--output", str(output)]) == 0
    found = json.loads(output.read_text())
    assert found["leads"]["any"] == {"auroc": 1.0, "ci95": None, "n": 3}
    assert set(found["layers"]) == {"map, mean", "map, highest", "plain measurement"}
    (folder / f"{int(found['records'][0]['id']):05d}_hr.npz").unlink()
    with pytest.raises(DatasetError, match="no map of 1 of 3 recordings"):
        evaluate_leads([PlainMeasurement()], "map, mean", GivenMaps(folder), lead_folder, [9])


def test_maps_for_detection_and_scores_for_localization_are_refused(
    ptbxl_mini: Path, maps: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--data", str(ptbxl_mini), "--maps", str(maps), "--output", str(tmp_path / "r.json")]) == 2
    assert "detection is measured on scores of records" in capsys.readouterr().err
    assert main(["evaluate", "--data", str(ptbxl_mini), "--task", "leads", "--maps", str(tmp_path / "none"),
                 "--output", str(tmp_path / "r.json")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_scores_and_maps_of_one_method_make_one_report_without_a_recording(
    lead_folder: Path, named_leads: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    folder, scores, entries = tmp_path / "maps", tmp_path / "mine.csv", load_index(lead_folder).select(folds=[9])
    folder.mkdir()
    scores.write_text("ecg_id,score\n" + "".join(f"{entry.ecg_id},{entry.age}\n" for entry in entries))
    for entry in entries:
        if entry.report in named_leads:
            named = np.array([lead in named_leads[entry.report] for lead in STANDARD_LEADS], np.float32)
            write(folder, str(entry.ecg_id), np.repeat(named[:, None], 500, axis=1))
    for records in lead_folder.glob("records*"):
        shutil.rmtree(records)
    output, page = tmp_path / "r.json", tmp_path / "r.html"
    assert main(["evaluate", "--data", str(lead_folder), "--scores", str(scores), "--maps", str(folder),
                 "--output", str(output), "--html", str(page)]) == 0
    found = json.loads(output.read_text())
    assert found["kind"] == "detection"
    assert found["named_leads"]["leads"]["any"]["auroc"] == 1.0
    assert set(found["named_leads"]["layers"]) == {"map, mean", "map, highest"}
    assert "Named leads (maps that were given)" in page.read_text()


def test_a_comparison_has_the_maps_of_a_method_whose_scores_are_given(
    lead_folder: Path, named_leads: dict[str, tuple[str, ...]], lesion_folder: Path, maps: Path,
    cases: list[LocalizationCase], scorer: AutoencoderScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = load_index(lead_folder).select(folds=[9])
    for name, sign in (("one", 1), ("two", -1)):
        (tmp_path / f"{name}.csv").write_text(
            "ecg_id,score\n" + "".join(f"{entry.ecg_id},{sign * entry.ecg_id}\n" for entry in entries))
    for entry in entries:
        if entry.report in named_leads:
            named = np.array([lead in named_leads[entry.report] for lead in STANDARD_LEADS], np.float32)
            write(maps, str(entry.ecg_id), np.repeat(named[:, None], 500, axis=1))
    for records in lead_folder.glob("records*"):
        shutil.rmtree(records)
    command = ["compare", "--data", str(lead_folder), "--lesions", str(lesion_folder), "--scores",
               str(tmp_path / "one.csv"), "--scores", str(tmp_path / "two.csv"), "--output", str(tmp_path / "t")]
    assert main([*command, "--maps", f"three={maps}"]) == 2
    assert "names none of the methods of --scores; expected NAME=DIR with one of one, two" in capsys.readouterr().err
    assert main([*command, "--maps", f"one={maps}"]) == 0
    found = json.loads((tmp_path / "t" / "compare.json").read_text())
    one, two = found["methods"]
    own = evaluate_localization(scorer, cases, {})["localization"]
    assert one["localization"]["pooled_auroc"] == own["pooled_auroc"]
    assert one["leads"]["own"] == {"auroc": 1.0, "ci95": None, "n": 3}
    assert two["localization"] is two["leads"] is None
    (maps / "r2.npz").unlink()
    assert main([*command, "--force", "--maps", f"one={maps}"]) == 2
    assert "has no map of 1 of 6 recordings (r2)" in capsys.readouterr().err
    assert main([*command, "--force", "--allow-missing", "--maps", f"one={maps}"]) == 0
    assert "has no map of 1 of 6 recordings (r2)" in (tmp_path / "t" / "compare.md").read_text()


@settings(max_examples=80, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_map_is_read_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    np.savez_compressed(tmp_path / "8.npz", score=GOOD, sampling_rate_hz=RATE_HZ, lead_names=STANDARD_LEADS)
    damaged = bytearray((tmp_path / "8.npz").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "8.npz").write_bytes(damaged[:data.draw(st.sampled_from([len(damaged), 40, 3]))])
    found = None
    with suppress(DatasetError):  # anything else is a failure
        found = GivenMaps(tmp_path).map_of(["8"])
    assert found is None or (found.shape == (12, 500) and not np.isinf(found).any())
