"""Results of a method for many recordings: one after the other here, or in chunks by several processes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.cohort import ChunkTask, WriteChunk
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.chunk_plan import ChunkPlan, Progress
from mmae_core.evaluation.cohort_scores import MODEL_FOLDER, keep_model, scoring_key
from mmae_core.evaluation.compare_cache import method_key
from mmae_core.evaluation.detection_cases import prepare_array, prepare_entry, prepare_record
from mmae_core.evaluation.scorers import load_scorer
from mmae_core.model.device import use_one_thread
from mmae_core.peers.scoring import PeerScorer
from mmae_core.readers.described_folders import describe_everything, description_of
from mmae_core.readers.mcf_arrays import SignalArray, open_rows
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.scoring.window_scorer import AutoencoderScorer, Prepare, ScoredCase, WindowScorer, score_each

Item = list[Any]
"""A case as plain values: `["record", path]` or `["array", path, row, scale]`."""


@dataclass(frozen=True)
class ScoreListedCases:
    """Scores cases named by plain values, in chunks."""

    key: str
    """Of the method."""
    folder: str
    """Where processes that are not given the method find it."""
    device: str
    with_maps: bool
    description: SignalDescription | None = None
    """Of files that do not state it."""
    scorer: WindowScorer | None = field(default=None, compare=False)
    """Of the process that is given it."""

    name = "evaluation"

    @property
    def endings(self) -> tuple[str, ...]:
        return ("json", "npy") if self.with_maps else ("json",)

    def options(self) -> Mapping[str, Any]:
        return {"method": self.key, "device": self.device, "with_maps": self.with_maps,
                "description": str(self.description or "")}

    def open(self) -> WriteChunk:
        scorer = self.scorer
        if scorer is None:
            use_one_thread()
            describe_everything(self.description)
            scorer = load_scorer(self.folder, self.device)
        return partial(_write, scorer, self.with_maps)


def _write(scorer: WindowScorer, with_maps: bool, task: ChunkTask) -> None:
    # one by one as they are prepared: where a process ends, its successor finds the record that it stood at
    cases = (_refused(reason) if reason else case_of(item) for item, reason in task.each_or_reason())
    found = list(score_each(scorer, cases, with_maps=with_maps))
    rows = [[one.score, one.parts, one.reason, one.is_read, one.map is not None] for one in found]
    if with_maps:
        maps = [one.map for one in found if one.map is not None]
        with task.path("npy").open("wb") as stream:
            np.save(stream, np.stack(maps) if maps else np.empty(0, np.float32), allow_pickle=False)
    task.path("json").write_text(json.dumps(rows), encoding="utf-8")


class CasesInChunks:
    """Scores cases as a plan says; what is done is kept until the plan is finished."""

    def __init__(self, plan: ChunkPlan, progress: Progress | None = None) -> None:
        self._plan = plan
        self._progress = progress
        self._n_runs = 0

    def __call__(
        self, scorer: WindowScorer, cases: Sequence[Prepare], *, with_maps: bool = False
    ) -> Iterator[ScoredCase]:
        """As `score_each`, with the same numbers. Raises ConfigError for a method that other processes cannot load."""
        items = [item_of(case) for case in cases]
        first = next((Path(item[1]) for item in items), None)
        with self._plan.place(f"scores-{self._n_runs:02d}") as place:
            self._n_runs += 1
            is_shared = self._plan.is_shared
            folder = kept_for_others(scorer, place) if is_shared else place
            work = ScoreListedCases(method_digest(scorer), str(folder), getattr(scorer, "device", "cpu"), with_maps,
                                    None if first is None else description_of(first), None if is_shared else scorer)
            run = self._plan.run(work, items, place, self._progress)
            maps = run.paths("npy") if with_maps else []
            for number, part in enumerate(run.paths("json")):
                yield from _read(part, maps[number] if with_maps else None)


def item_of(case: Prepare) -> Item:
    """A case as plain values. Raises ConfigError for one that is prepared by other means."""
    if isinstance(case, partial):
        if case.func is prepare_record:
            return ["record", str(case.args[0].absolute())]
        if case.func is prepare_entry:
            return ["record", str(case.args[0].path.absolute())]
        if case.func is prepare_array:
            signals, row, published = case.args
            return ["array", str(signals.path.absolute()), row, published]
    raise ConfigError("These recordings lie in no file; they are evaluated by one process, without --resume.")


def case_of(item: Item) -> Prepare:
    """The inverse of `item_of`."""
    if item[0] == "record":
        return partial(prepare_record, Path(item[1]))
    _, path, row, published = item
    return partial(prepare_array, _signals(path), row, published)


@lru_cache(maxsize=2)
def _signals(path: str) -> SignalArray:
    return SignalArray(Path(path), open_rows(Path(path)), False)


def _refused(reason: str) -> Prepare:
    def refuse(_: object) -> Any:
        raise DatasetError(reason)

    return refuse


def method_digest(scorer: WindowScorer) -> str:
    """Checksum of all that a method's scores depend on."""
    if isinstance(scorer, AutoencoderScorer):
        return scoring_key(scorer.model)
    return method_key(scorer, getattr(scorer, "device", "cpu"))


def kept_for_others(scorer: WindowScorer, place: Path) -> Path:
    """A folder from which other processes load the same method."""
    if isinstance(scorer, AutoencoderScorer):
        keep_model(scorer.model, place / MODEL_FOLDER)
        return place / MODEL_FOLDER
    if isinstance(scorer, PeerScorer) and scorer.folder is not None:
        return scorer.folder
    raise ConfigError(f"{scorer.name} is in no folder that other processes could load it from; leave --jobs and "
                      "--scheduler out.")


def _read(part: Path, maps_file: Path | None) -> Iterator[ScoredCase]:
    maps = None if maps_file is None else np.load(maps_file, allow_pickle=False)
    at = 0
    for score, parts, reason, is_read, has_map in json.loads(part.read_text(encoding="utf-8")):
        found = None
        if has_map and maps is not None:
            found = maps[at].copy()
            at += 1
        yield ScoredCase(score, parts, found, reason, is_read)
