"""A lesion set says the same in its records, its annotations, its arrays and its list, and repeats to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wfdb
from numpy.typing import NDArray

from mmae_core.cli import main
from mmae_core.config import PreprocessConfig
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.preprocess import bandpass, resample
from mmae_core.synthesis.lesions import KINDS
from mmae_core.synthesis.synthesize import Recipe, SynthesisSummary, synthesize

FOLDS = tuple(range(1, 10))


@pytest.fixture(scope="module")
def made(ptbxl_mini: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SynthesisSummary]:
    """Ten records with every kind of lesion, and two normals."""
    folder = tmp_path_factory.mktemp("sets") / "lesions"
    return folder, synthesize(ptbxl_mini, folder, Recipe(folds=FOLDS, records=10, normals=2))


@pytest.fixture(scope="module")
def documents(made: tuple[Path, SynthesisSummary]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((made[0] / "lesions.json").read_text())["records"]
    return records


def mask_of_annotations(folder: Path, name: str) -> NDArray[np.bool_]:
    """(12, 5000) out of the `.lesion` file."""
    mask = np.zeros((12, 5000), bool)
    if not (folder / f"{name}.lesion").exists():
        return mask
    marks = wfdb.rdann(str(folder / name), "lesion")
    assert marks.fs == 500
    begun: dict[int, int] = {}
    for sample, symbol, lead, note in zip(marks.sample, marks.symbol, marks.chan, marks.aux_note, strict=True):
        if symbol == "(":
            assert note.strip("\0") in KINDS
            begun[lead] = sample
        else:
            assert symbol == ")"
            mask[lead, begun.pop(lead) : sample] = True
    assert not begun
    return mask


def test_every_kind_is_there_and_normals_follow(
    made: tuple[Path, SynthesisSummary], documents: list[dict[str, Any]]
) -> None:
    assert set(made[1].kinds) == set(KINDS)
    assert [record["normal"] for record in documents] == [False] * 10 + [True] * 2
    assert len({record["source"] for record in documents}) == len(documents), "no record is used twice"
    assert [record["name"] for record in documents] == [f"{number:05d}" for number in range(1, len(documents) + 1)]


def test_annotations_arrays_and_list_agree(
    made: tuple[Path, SynthesisSummary], documents: list[dict[str, Any]]
) -> None:
    data, labels = np.load(made[0] / "benchmark_data.npy"), np.load(made[0] / "benchmark_label.npy")
    assert data.shape == labels.shape == (len(documents), 5000, 12)
    assert data.dtype == np.float32
    assert set(np.unique(labels)) == {0, 1}
    for number, record in enumerate(documents):
        opened = read_record(made[0] / f"{record['name']}.hea")
        assert opened.sampling_rate_hz == 500
        assert opened.lead_names == STANDARD_LEADS
        filtered = bandpass(opened.read().astype(np.float64), PreprocessConfig())
        np.testing.assert_allclose(data[number].T, filtered, atol=1e-5)
        mask = mask_of_annotations(made[0], record["name"])
        assert np.array_equal(labels[number].T.astype(bool), mask)
        leads = [STANDARD_LEADS[lead] for lead in np.flatnonzero(mask.any(axis=1))]
        assert leads == [lead for lesion in record["lesions"] for lead in lesion["leads"]]
        for lesion in record["lesions"]:
            times = np.flatnonzero(mask.any(axis=0))
            assert (lesion["start_s"], lesion["end_s"]) == (times[0] / 500, (times[-1] + 1) / 500)
            assert lesion["strength"] == 1.0


def test_records_are_their_sources_where_nothing_is_marked(
    made: tuple[Path, SynthesisSummary], documents: list[dict[str, Any]], ptbxl_mini: Path
) -> None:
    for record in documents:
        source = read_record(ptbxl_mini / f"{record['source']}.hea")
        before = resample(source.read().astype(np.float64), source.sampling_rate_hz, 500, 5000)
        after = read_record(made[0] / f"{record['name']}.hea").read()
        mask = mask_of_annotations(made[0], record["name"])
        difference = np.abs(after - before)
        assert difference[~mask].max() < 0.051
        if record["normal"]:
            assert difference.max() < 0.0006, "a normal record differs by rounding alone"
            assert not mask.any()
        else:
            assert all(difference[lead][mask[lead]].max() > 0.049 for lead in np.flatnonzero(mask.any(axis=1)))


def test_a_seed_repeats_every_byte_and_another_does_not(ptbxl_mini: Path, tmp_path: Path) -> None:
    recipe = Recipe(folds=FOLDS, records=3, normals=1)
    for name, seed in (("first", 4), ("again", 4), ("other", 5)):
        synthesize(ptbxl_mini, tmp_path / name, Recipe(**{**recipe.__dict__, "seed": seed}))
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    for name in files:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name
    assert (tmp_path / "first/00001.dat").read_bytes() != (tmp_path / "other/00001.dat").read_bytes()


def test_extent_tells_one_beat_from_all(ptbxl_mini: Path, tmp_path: Path) -> None:
    shares = {}
    for extent in ("beat", "record"):
        recipe = Recipe(folds=FOLDS, records=2, normals=0, kinds=("st_elevation",), extent=extent, leads=("V2", "V3"))
        synthesize(ptbxl_mini, tmp_path / extent, recipe)
        labels = np.load(tmp_path / extent / "benchmark_label.npy")
        assert (labels.any(axis=1) == [lead in {"V2", "V3"} for lead in STANDARD_LEADS]).all()
        shares[extent] = labels[:, :, STANDARD_LEADS.index("V2")].mean(axis=1)
    assert shares["beat"].max() < 0.15
    assert shares["record"].min() > 0.2


def test_several_lesions_lie_apart(ptbxl_mini: Path, tmp_path: Path) -> None:
    synthesize(ptbxl_mini, tmp_path / "set", Recipe(folds=FOLDS, records=2, normals=0, lesions=2))
    for record in json.loads((tmp_path / "set/lesions.json").read_text())["records"]:
        first, second = sorted(record["lesions"], key=lambda lesion: lesion["start_s"])
        assert first["kind"] != second["kind"]
        assert first["end_s"] <= second["start_s"]


def test_without_strength_records_are_untouched(ptbxl_mini: Path, tmp_path: Path) -> None:
    synthesize(ptbxl_mini, tmp_path / "set", Recipe(folds=FOLDS, records=2, normals=0, strength=0))
    assert not np.load(tmp_path / "set/benchmark_label.npy").any()
    record = json.loads((tmp_path / "set/lesions.json").read_text())["records"][0]
    source = read_record(ptbxl_mini / f"{record['source']}.hea")
    before = resample(source.read().astype(np.float64), source.sampling_rate_hz, 500, 5000)
    assert np.abs(read_record(tmp_path / "set/00001.hea").read() - before).max() < 0.0006


def test_a_set_is_replaced_only_when_asked_and_nothing_else_ever(ptbxl_mini: Path, tmp_path: Path) -> None:
    recipe = Recipe(folds=FOLDS, records=1, normals=0, kinds=("pause",))
    synthesize(ptbxl_mini, tmp_path / "set", recipe)
    with pytest.raises(DatasetError, match=r"already holds a lesion set.*--force"):
        synthesize(ptbxl_mini, tmp_path / "set", recipe)
    synthesize(ptbxl_mini, tmp_path / "set", Recipe(**{**recipe.__dict__, "kinds": ("lost_p",)}), force=True)
    record = json.loads((tmp_path / "set/lesions.json").read_text())["records"][0]
    assert record["lesions"][0]["kind"] == "lost_p"
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter1.txt").write_text("Years of work.")
    with pytest.raises(DatasetError, match="is no lesion set; choose another folder"):
        synthesize(ptbxl_mini, tmp_path / "thesis", recipe, force=True)
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter1.txt"]


def test_a_set_that_cannot_be_filled_leaves_nothing(ptbxl_mini: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="There are 8 normal records in fold 9; 900 are asked for"):
        synthesize(ptbxl_mini, tmp_path / "set", Recipe(records=900, normals=0))
    with pytest.raises(DatasetError, match=r"Only 0 of 8 records.*at strength 0\.01 changes no lead"):
        synthesize(ptbxl_mini, tmp_path / "set", Recipe(records=8, normals=0, strength=0.01, kinds=("st_elevation",)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kinds": ("flutter",)}, "no lesion 'flutter'"),
        ({"leads": ("V9",)}, "no lead 'V9'"),
        ({"records": 0}, "records is 0; it must be at least 1"),
        ({"normals": -1}, "normals is -1"),
        ({"every": 0}, "every is 0"),
        ({"strength": 9.0}, "strength is 9"),
        ({"extent": "record", "lesions": 2}, "leaves no room for a second"),
        ({"extent": "record", "kinds": ("pause",)}, "pause cannot be in every beat"),
    ],
)
def test_a_recipe_that_cannot_work_is_refused_before_anything_is_read(
    values: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=message):
        synthesize(tmp_path / "nowhere", tmp_path / "set", Recipe(**values))


def test_the_command_writes_a_set_and_explains_errors(
    ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["synthesize", "--data", str(ptbxl_mini), "--output", str(tmp_path / "set"), "--folds", "1-9",
                 "--records", "2", "--normals", "1", "--kinds", "pause", "st_elevation"]
    assert main(arguments) == 0
    assert "1 pause, 1 st_elevation; 1 normals left as they are" in capsys.readouterr().err
    assert main(arguments) == 2
    assert "already holds a lesion set" in capsys.readouterr().err
    assert main([*arguments, "flutter", "--force"]) == 2
    assert "no lesion 'flutter'" in capsys.readouterr().err
