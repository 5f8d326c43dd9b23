"""Scores of the leads of many records of PTB-XL, in chunks by one process or several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.cohort import ChunkTask, WriteChunk
from mmae_core.datasets.ptbxl import PtbxlEntry, load_index
from mmae_core.errors import EcgError
from mmae_core.evaluation.chunk_plan import ChunkPlan, Progress
from mmae_core.evaluation.compare_cache import digest
from mmae_core.evaluation.given_maps import MapLeads
from mmae_core.evaluation.lead_scorer import LayerScores, LeadScorer, LeadValues
from mmae_core.evaluation.scored_cases import kept_for_others, method_digest
from mmae_core.evaluation.scorers import load_scorer
from mmae_core.evaluation.viewer_layers import layers_of
from mmae_core.model.device import use_one_thread
from mmae_core.readers import read_record
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer

Layers = Mapping[str, LayerScores]


@dataclass(frozen=True)
class ScoreLeads:
    """Scores the leads of records named by number, and whether the method's other layers are wanted of each."""

    key: str
    """Of the method."""
    folder: str
    """Where processes that are not given the method find it."""
    device: str
    data: str
    """The folder of PTB-XL."""
    scorer: WindowScorer | None = field(default=None, compare=False)
    """Of the process that is given it."""

    name = "leads"
    endings = ("json",)

    def options(self) -> Mapping[str, Any]:
        return {"method": self.key, "device": self.device}

    def open(self) -> WriteChunk:
        scorer = self.scorer
        if scorer is None:
            use_one_thread()
            scorer = load_scorer(self.folder, self.device)
        entries = {entry.ecg_id: entry for entry in load_index(Path(self.data)).entries}
        paper, others, _ = layers_of(scorer)
        return partial(_write, [] if paper is None else [paper], others, entries)


def _write(
    paper: Sequence[LeadScorer], others: Sequence[LeadScorer], entries: Mapping[int, PtbxlEntry], task: ChunkTask
) -> None:
    rows = []
    for (ecg_id, with_others), refused in task.each_or_reason():
        layers, reason = ({}, refused) if refused else \
            layers_of_entry(entries[ecg_id], [*paper, *others] if with_others else paper)
        rows.append([{name: _plain(layer) for name, layer in layers.items()}, reason])
    task.path("json").write_text(json.dumps(rows), encoding="utf-8")


def layers_of_entry(entry: PtbxlEntry, scorers: Sequence[LeadScorer]) -> tuple[Layers, str]:
    """The layers of every scorer for one record, and why some are missing; empty if none is.

    Without its recording, those of given maps alone.
    """
    if not entry.has_file:
        maps = [scorer.layers(entry) for scorer in scorers if isinstance(scorer, MapLeads)]
        return {name: layer for found in maps for name, layer in found.items()}, "" if maps else "not on disk"
    layers: dict[str, LayerScores] = {}
    reasons: list[str] = []
    try:
        record = read_record(entry.path)
    except EcgError as error:
        return {}, str(error)
    for scorer in scorers:
        try:
            layers |= scorer.score(record, entry)
        except EcgError as error:
            reasons.append(str(error))
    return layers, "; ".join(reasons)


class LeadsInChunks:
    """Scores leads as a plan says; what is done is kept until the plan is finished."""

    def __init__(self, plan: ChunkPlan, scorer: WindowScorer, data: Path, progress: Progress | None = None) -> None:
        self._plan = plan
        self._scorer = scorer
        self._data = data
        self._progress = progress

    def __call__(self, named: Sequence[PtbxlEntry], normals: Sequence[PtbxlEntry]) -> Iterator[tuple[Layers, str]]:
        """Layers and reasons of records that are named, with all layers, and then of normals, as the paper shows them.
        """
        items = [[entry.ecg_id, True] for entry in named] + [[entry.ecg_id, False] for entry in normals]
        with self._plan.place("leads") as place:
            is_shared = self._plan.is_shared
            folder = kept_for_others(self._scorer, place) if is_shared else place
            device = getattr(self._scorer, "device", "cpu")
            work = ScoreLeads(_digest(self._scorer), str(folder), device, str(self._data.absolute()),
                              None if is_shared else self._scorer)
            run = self._plan.run(work, items, place, self._progress)
            for part in run.paths("json"):
                for layers, reason in json.loads(part.read_text(encoding="utf-8")):
                    yield {name: _restored(values) for name, values in layers.items()}, reason


def _digest(scorer: WindowScorer) -> str:
    """Checksum of all that the layers depend on: percentiles too."""
    calibration = scorer.model.calibration.to_dict() if isinstance(scorer, AutoencoderScorer) else None
    return digest({"method": method_digest(scorer), "calibration": calibration})


def _plain(layer: LayerScores) -> list[Any]:
    def numbers(values: LeadValues | None) -> list[float] | None:
        return None if values is None else np.asarray(values, np.float64).tolist()

    return [numbers(layer.heat), {kind: numbers(values) for kind, values in layer.kinds.items()},
            numbers(layer.st_t_percentile), None if layer.has_finding is None else bool(layer.has_finding)]


def _restored(values: list[Any]) -> LayerScores:
    def array(numbers: list[float] | None) -> LeadValues | None:
        return None if numbers is None else np.array(numbers, np.float64)

    heat, kinds, st_t_percentile, has_finding = values
    return LayerScores(array(heat), {kind: np.array(numbers, np.float64) for kind, numbers in kinds.items()},
                       array(st_t_percentile), has_finding)
