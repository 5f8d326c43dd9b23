"""What an evaluation has scored is kept in parts: figures depend neither on how they are cut nor on who scores."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from mmae_core.cohort import ChunkTask, RecordChunk
from mmae_core.config import PreprocessConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import Cancelled, ConfigError
from mmae_core.evaluation import scored_cases
from mmae_core.evaluation.chunk_plan import HERE, ChunkPlan
from mmae_core.evaluation.detection_cases import prepare_array, prepare_record
from mmae_core.evaluation.evaluate import evaluate_detection
from mmae_core.evaluation.scored_cases import (
    CasesInChunks,
    ScoreListedCases,
    case_of,
    item_of,
    kept_for_others,
    method_digest,
)
from mmae_core.evaluation.scored_leads import LeadsInChunks, ScoreLeads, layers_of_entry
from mmae_core.evaluation.viewer_layers import layers_of
from mmae_core.readers.mcf_arrays import SignalArray
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import AutoencoderScorer, Prepare, ScoredCase, WindowScorer, score_each

Work = TypeVar("Work")


@pytest.fixture(scope="module")
def scorer(tiny_model: Callable[..., TrainedModel]) -> AutoencoderScorer:
    return AutoencoderScorer(tiny_model())


@pytest.fixture(scope="module")
def cases(ptbxl_mini: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Prepare]:
    """Six records, of which the third cannot be read."""
    broken = tmp_path_factory.mktemp("broken") / "broken.hea"
    broken.write_text("broken 12 100 1000\n")
    paths = sorted(ptbxl_mini.glob("records100/*/*.hea"))[:5]
    return [partial(prepare_record, path) for path in (*paths[:2], broken, *paths[2:])]


@pytest.fixture
def parts_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChunkPlan.run, "__defaults__", (None, 4))


def _sent(work: Work) -> Work:
    """The work as another process gets it."""
    sent: Work = pickle.loads(pickle.dumps(work))  # noqa: S301 - our own
    return sent


def _assert_equal(found: Sequence[ScoredCase], expected: Sequence[ScoredCase]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal([one.score, *one.parts.values()], [other.score, *other.parts.values()])
        assert (list(one.parts), one.reason, one.is_read) == (list(other.parts), other.reason, other.is_read)
        assert (one.map is None) == (other.map is None)
        if one.map is not None and other.map is not None:
            np.testing.assert_array_equal(one.map, other.map)


@pytest.mark.usefixtures("parts_of_four")
@pytest.mark.parametrize("with_maps", [False, True])
def test_parts_hold_the_results_to_the_last_digit(
    scorer: AutoencoderScorer, cases: list[Prepare], with_maps: bool
) -> None:
    found = list(CasesInChunks(HERE)(scorer, cases, with_maps=with_maps))
    _assert_equal(found, list(score_each(scorer, cases, with_maps=with_maps)))
    assert [one.is_read for one in found] == [True, True, False, True, True, True]


def test_a_process_that_is_sent_the_work_writes_the_same(
    scorer: AutoencoderScorer, cases: list[Prepare], tmp_path: Path
) -> None:
    work = ScoreListedCases(method_digest(scorer), str(kept_for_others(scorer, tmp_path)), "cpu", True)
    chunk = RecordChunk(0, 0, tuple(map(item_of, cases[:3])))
    for number, one in enumerate((_sent(work), dataclasses.replace(work, scorer=scorer))):
        files = {ending: tmp_path / f"{number}.{ending}" for ending in work.endings}
        with ChunkTask(chunk, files, tmp_path / f"{number}.tries") as task:
            one.open()(task)
    for ending in work.endings:
        assert (tmp_path / f"0.{ending}").read_bytes() == (tmp_path / f"1.{ending}").read_bytes()


def test_each_record_is_read_while_the_trail_stands_at_it(
    scorer: AutoencoderScorer, cases: list[Prepare], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood: list[str] = []

    def prepared(path: Path, config: PreprocessConfig) -> ModelInput:
        stood.append((tmp_path / "tries").read_text())
        return prepare_record(path, config)

    monkeypatch.setattr(scored_cases, "case_of", lambda item: partial(prepared, Path(item[1])))
    chunk = RecordChunk(0, 0, tuple(map(item_of, [*cases, *cases])))
    with ChunkTask(chunk, {"json": tmp_path / "scores.json"}, tmp_path / "tries") as task:
        ScoreListedCases("key", "", "cpu", False, scorer=scorer).open()(task)
    assert stood == [f"{place:08d}\n" for place in range(12)], "12 records, more than a batch"


@pytest.mark.usefixtures("parts_of_four")
def test_a_stopped_evaluation_goes_on_and_reports_the_same(
    scorer: AutoencoderScorer, ptbxl_mini: Path, tmp_path: Path
) -> None:
    place = tmp_path / "report.json.parts"

    def stop(done: int, total: int) -> None:
        if done > 5:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        evaluate_detection(scorer, ptbxl_mini, [9], every=2, score_cases=CasesInChunks(ChunkPlan(folder=place), stop))
    done: list[int] = []
    plan = ChunkPlan(folder=place, resume=True)
    report = evaluate_detection(scorer, ptbxl_mini, [9], every=2,
                                score_cases=CasesInChunks(plan, lambda n, total: done.append(n)))
    assert done[0] == 4, "the first part was there"
    assert report == evaluate_detection(scorer, ptbxl_mini, [9], every=2)
    plan.finish()
    assert not place.exists()


def test_leads_are_scored_the_same_in_parts_and_by_a_process_that_is_sent_the_work(
    scorer: AutoencoderScorer, ptbxl_mini: Path, tmp_path: Path
) -> None:
    entries = sorted(load_index(ptbxl_mini).entries, key=lambda entry: entry.ecg_id)[:2]
    paper, others, _ = layers_of(scorer)
    assert paper is not None
    named, normal = LeadsInChunks(HERE, scorer, ptbxl_mini)(entries[:1], entries[1:])
    for (layers, reason), entry, scorers in ((named, entries[0], [paper, *others]), (normal, entries[1], [paper])):
        expected, _ = layers_of_entry(entry, scorers)
        assert reason == ""
        assert list(layers) == list(expected)
        for name, layer in layers.items():
            np.testing.assert_array_equal(layer.heat, expected[name].heat)
            assert layer.has_finding == expected[name].has_finding
            for kind, values in expected[name].kinds.items():
                np.testing.assert_array_equal(layer.kinds[kind], values)
    work = ScoreLeads("key", str(kept_for_others(scorer, tmp_path)), "cpu", str(ptbxl_mini))
    for number, one in enumerate((_sent(work), dataclasses.replace(work, scorer=scorer))):
        with ChunkTask(RecordChunk(0, 0, ([entries[0].ecg_id, True],)), {"json": tmp_path / f"{number}.json"},
                       tmp_path / "tries") as task:
            one.open()(task)
    assert (tmp_path / "0.json").read_bytes() == (tmp_path / "1.json").read_bytes()


def test_a_row_of_an_array_is_named_by_its_file(tmp_path: Path) -> None:
    signals = np.random.default_rng(0).normal(0, 0.3, (2, 5000, 12)).astype(np.float32)
    np.save(tmp_path / "test.npy", signals)
    case = partial(prepare_array, SignalArray(tmp_path / "test.npy", signals, False), 1, "minmax")
    again = case_of(item_of(case))
    assert isinstance(again, partial)
    np.testing.assert_array_equal(again.args[0].window(1), signals[1].T)
    assert again.args[1:] == (1, "minmax")


def test_a_case_is_named_by_its_whole_path() -> None:
    assert item_of(partial(prepare_record, Path("1.hea"))) == ["record", str(Path.cwd() / "1.hea")]


def test_what_lies_in_no_file_or_folder_is_refused(scorer: AutoencoderScorer, tmp_path: Path) -> None:
    class Own:
        name = "own"

    def prepared(_: object) -> ModelInput:
        raise AssertionError("never asked")

    with pytest.raises(ConfigError, match="lie in no file"):
        item_of(prepared)
    own: WindowScorer = Own()  # type: ignore[assignment]  # only its name is asked for
    with pytest.raises(ConfigError, match="own is in no folder"):
        kept_for_others(own, tmp_path)
