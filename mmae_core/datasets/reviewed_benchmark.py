"""`benchmark.json`: description of the arrays and records written by `ecg-viewer export --format benchmark`.

It states who drew the borders of the truth and which stretches are undecided: these are excluded from evaluation. The
format is `resources/schemas/benchmark.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS
from mmae_core.readers.limits import MAX_DURATION_S
from mmae_core.record import STANDARD_LEADS

MANIFEST = "benchmark.json"
RECORDS = "records"
"""The folder of the WFDB records, below the manifest's."""


@dataclass(frozen=True)
class ReviewedTruth:
    """Who drew the borders of the positive stretches."""

    found_by_model: int
    """A model's findings that a person confirmed."""
    by_hand: int
    """Marked by a person."""
    models: Mapping[str, int]
    """How many of them by the SHA-256 of the model's weights; empty where the manifest does not say."""

    def to_dict(self) -> dict[str, Any]:
        """Fit for JSON."""
        return {"found_by_model": self.found_by_model, "by_hand": self.by_hand, "models": dict(self.models)}


@dataclass(frozen=True)
class ReviewedSet:
    """The contents of the manifest."""

    name: str
    """Of its folder."""
    n_reviewers: int
    truth: ReviewedTruth
    windows: tuple[Mapping[str, Any], ...]

    @property
    def n_positive(self) -> int:
        """Windows with a positive stretch."""
        return sum(bool(window["positives"]) for window in self.windows)

    def ignored_in_row(self, row: int, rate_hz: float, n_samples: int) -> NDArray[np.bool_] | None:
        """(12, n_samples) True where nobody has decided, of a row of the localization arrays; None without any."""
        return self._ignored("localization_row", row, rate_hz, n_samples)

    def ignored_in_file(self, name: str, rate_hz: float, n_samples: int) -> NDArray[np.bool_] | None:
        """(12, n_samples) True where nobody has decided, of a WFDB record by its name; None without any."""
        return self._ignored("file", name, rate_hz, n_samples)

    def _ignored(self, key: str, value: object, rate_hz: float, n_samples: int) -> NDArray[np.bool_] | None:
        window = next((window for window in self.windows if window[key] == value), None)
        if window is None or not window.get("undecided"):
            return None
        mask = np.zeros((len(STANDARD_LEADS), n_samples), bool)
        for kind, ignored in (("undecided", True), ("negatives", False), ("positives", False)):
            for box in window.get(kind, ()):  # decided stretches win where they overlap undecided ones
                first, end = (round((box[side] - window["start_s"]) * rate_hz) for side in ("start_s", "end_s"))
                first = min(max(first, 0), n_samples - 1)
                mask[STANDARD_LEADS.index(box["lead"]), first : max(end, first + 1)] = ignored
        return mask


def reviewed_set(folder: str | Path) -> ReviewedSet | None:
    """The manifest of a benchmark's folder, or of that of its records; None if there is none.

    Raises DatasetError if it is damaged.
    """
    folder = Path(folder).absolute()
    places = (folder, folder.parent) if folder.name == RECORDS else (folder,)
    path = next((place / MANIFEST for place in places if (place / MANIFEST).is_file()), None)
    if path is None:
        return None
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        windows = tuple(document["windows"])
        for window in windows:
            for box in (*window["positives"], *window["negatives"], *window.get("undecided", ())):
                _ = STANDARD_LEADS.index(box["lead"])
                _require_times(box["start_s"], box["end_s"])
            _ = window["file"], window["localization_row"]
            _require_times(window["start_s"])
        return ReviewedSet(path.parent.name, len(document.get("reviewers") or ()), _truth(document), windows)
    except JSON_FAULTS as error:
        raise DatasetError(f"{path.name} does not describe a benchmark of reviewed recordings: {error}.") from error


def _require_times(*times: object) -> None:
    """Raises TypeError or ValueError for what is no time in a recording, in seconds."""
    for time_s in times:
        if not isinstance(time_s, int | float) or not abs(time_s) <= MAX_DURATION_S:
            raise ValueError(f"{time_s!r} is no time in a recording")


def _truth(document: Mapping[str, Any]) -> ReviewedTruth:
    """The manifest's own counts; those of its boxes in manifests from before it had any."""
    stated = document.get("truth")
    if stated:
        models = {str(name): int(count) for name, count in stated["models"].items()}
        return ReviewedTruth(int(stated["found_by_model"]), int(stated["by_hand"]), models)
    boxes = [box for window in document["windows"] for box in window["positives"]]
    by_model = sum(box["found_by"] == "model" for box in boxes)
    return ReviewedTruth(by_model, len(boxes) - by_model, {})
