"""A cohort of normals is scored in parts on disk: the result depends neither on how they are cut nor on who does it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from mmae_core.cohort import ChunkTask, RecordChunk
from mmae_core.errors import Cancelled, DatasetError
from mmae_core.evaluation.chunk_plan import ChunkPlan
from mmae_core.evaluation.cohort_scores import (
    NamedRecording,
    ScoreNormals,
    calibrate,
    keep_model,
    scored_normals,
    scored_recordings,
    scoring_key,
)
from mmae_core.evaluation.fit_parts import MeasureParts, fit_columns, fit_parts
from mmae_core.readers import read_record
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.calibration import CohortCalibration, build_calibration
from mmae_core.scoring.checkpoint import TrainedModel

Work = TypeVar("Work")


@pytest.fixture(scope="module")
def assessor(tiny_model: Callable[..., TrainedModel]) -> Assessor:
    return Assessor(tiny_model(), "cpu")


@pytest.fixture(scope="module")
def records(ptbxl_mini: Path) -> list[Path]:
    """Nine real records at 100 Hz."""
    return sorted(ptbxl_mini.glob("records100/*/*.hea"))[:9]


@pytest.fixture(scope="module")
def paths(records: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The real ones with one among them that cannot be read."""
    broken = tmp_path_factory.mktemp("broken") / "broken.hea"
    broken.write_text("broken 12 100 1000\n")
    return [*records[:5], broken, *records[5:]]


@pytest.fixture(scope="module")
def whole(assessor: Assessor, paths: list[Path]) -> CohortCalibration:
    """Of one part."""
    return calibrate(assessor, paths, "x")[0]


@pytest.fixture
def parts_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChunkPlan.run, "__defaults__", (None, 4))


def test_the_calibration_is_that_of_all_windows_in_memory(
    assessor: Assessor, paths: list[Path], whole: CohortCalibration
) -> None:
    with scored_normals(assessor, paths) as normals:
        (block,) = normals.blocks(np.ones(len(normals), bool))
        assert block.phases is not None
        expected = build_calibration("x", normals.records, normals.leads, np.array(block.points),
                                     np.array(block.segments), np.array(block.phases), 10.0)
        held = sum(column.nbytes for column in normals.columns.values()) / len(normals)
        on_disk = sum(part.stat().st_size for part in normals.parts) / len(normals)
    assert whole.to_dict() == expected.to_dict()
    assert held < 250, "bytes a record in memory"
    assert on_disk > 20 * held, "its map is in the file alone"


@pytest.mark.usefixtures("parts_of_four")
def test_a_stopped_run_goes_on_in_parts_and_gives_the_same(
    assessor: Assessor, paths: list[Path], whole: CohortCalibration, tmp_path: Path
) -> None:
    place = tmp_path / "out.parts"

    def stop(done: int, total: int) -> None:
        if done > 9:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        calibrate(assessor, paths, "x", stop, ChunkPlan(folder=place))
    assert len(list(place.glob("normals/part-*.npy"))) == 2
    done: list[int] = []
    plan = ChunkPlan(resume=True, folder=place)
    found, left_out = calibrate(assessor, paths, "x", lambda n, total: done.append(n), plan)
    assert done == [8, 9, 10], "two parts of four were there"
    assert found.to_dict() == whole.to_dict()
    assert [name for name, _ in left_out] == ["broken"]
    plan.finish()
    assert not place.exists()


def _sent(work: Work) -> Work:
    """The work as another process gets it."""
    sent: Work = pickle.loads(pickle.dumps(work))  # noqa: S301 - our own
    return sent


def test_a_process_that_is_sent_the_work_writes_the_same(
    plus_model: TrainedModel, records: list[Path], tmp_path: Path
) -> None:
    assessor = Assessor(plus_model, "cpu")
    keep_model(plus_model, tmp_path / "model")
    work = ScoreNormals(scoring_key(plus_model), str(tmp_path / "model"), "cpu", True)
    chunk = RecordChunk(0, 0, tuple(map(str, records[:3])))
    for number, one in enumerate((_sent(work), dataclasses.replace(work, assessor=assessor))):
        files = {ending: tmp_path / f"{number}.{ending}" for ending in work.endings}
        with ChunkTask(chunk, files, tmp_path / f"{number}.tries") as task:
            one.open()(task)
    for ending in work.endings:
        assert (tmp_path / f"0.{ending}").read_bytes() == (tmp_path / f"1.{ending}").read_bytes()


def test_parts_of_a_score_are_fitted_the_same_by_a_process_that_is_sent_the_work(
    plus_model: TrainedModel, records: list[Path], tmp_path: Path
) -> None:
    bare = dataclasses.replace(plus_model, fusion=None)
    fitting = Assessor(bare, "cpu", fitting=True)
    keep_model(bare, tmp_path / "model")
    work = MeasureParts(scoring_key(bare), str(tmp_path / "model"), bare.config.to_dict(), "cpu")
    with ChunkTask(RecordChunk(0, 0, tuple(map(str, records[:4]))), {"npz": tmp_path / "sent.npz"},
                   tmp_path / "tries") as task:
        _sent(work).open()(task)
    with np.load(tmp_path / "sent.npz") as columns:
        sent = fit_columns(fitting, dict(columns), "x", 4)
    assert sent.to_dict() == fit_parts(fitting, records[:4], "x").to_dict()


def test_the_paths_of_a_run_do_not_depend_on_the_working_folder(
    assessor: Assessor, records: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[str]] = []

    def note(plan: ChunkPlan, work: object, items: list[str], place: Path, *_: object) -> None:
        sent.append([*items, str(place)])
        raise Cancelled

    monkeypatch.setattr(ChunkPlan, "run", note)
    monkeypatch.chdir(records[0].parent)
    named = [Path(records[0].name)]
    for begin in (lambda: calibrate(assessor, named, "x", plan=ChunkPlan(folder=Path("kept"))),
                  lambda: fit_parts(assessor, named, "x", plan=ChunkPlan(folder=Path("kept")))):
        with pytest.raises(Cancelled):
            begin()
    kept = records[0].parent / "kept"
    assert sent == [[str(records[0]), str(kept / "normals")], [str(records[0]), str(kept / "parts")]]


def test_recordings_that_come_one_by_one_calibrate_like_files(assessor: Assessor, paths: list[Path]) -> None:
    names: list[str] = []
    coming = (NamedRecording(path.stem, partial(read_record, path)) for path in paths)
    with scored_recordings(assessor, coming, names) as one_by_one, scored_normals(assessor, paths) as of_files:
        np.testing.assert_array_equal(one_by_one.records, of_files.records)
        np.testing.assert_array_equal(one_by_one.leads, of_files.leads)
        assert one_by_one.left_out == of_files.left_out
        assert one_by_one.sampling_rates_hz == of_files.sampling_rates_hz == {100.0: 9}
    assert names == [path.stem for path in paths]


def test_a_cohort_of_which_nothing_can_be_read_is_refused(assessor: Assessor, paths: list[Path]) -> None:
    with pytest.raises(DatasetError, match="None of the 1 records could be scored"), \
            scored_normals(assessor, [paths[5]]):
        pass


def test_the_key_of_scores_ignores_the_calibration_and_nothing_else(
    assessor: Assessor, whole: CohortCalibration, plus_model: TrainedModel
) -> None:
    model = assessor.model
    other = dataclasses.replace(model, calibration=whole)
    assert scoring_key(other) == scoring_key(model)
    assert scoring_key(plus_model) != scoring_key(dataclasses.replace(plus_model, fusion=None))
    unsaved = dataclasses.replace(model, sha256="")
    assert scoring_key(unsaved) != scoring_key(model)
