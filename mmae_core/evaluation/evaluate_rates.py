"""Compares a model's percentiles of the same ECG sampled at 100 Hz and at 500 Hz."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError, EcgError
from mmae_core.evaluation.evaluate import Progress
from mmae_core.readers import read_record
from mmae_core.report_schema import REPORT_FORMAT
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import prepare


def evaluate_rates(
    model: TrainedModel, folder: Path, device: str = "cpu", *, every: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Score both versions of every PTB-XL record that is there at 100 and at 500 Hz, and compare their percentiles.

    A report fit for JSON: how far the percentiles of records and of leads differ (median, 90th percentile, most), what
    each pair has, and how many normals of the model's cohort were sampled at which rate, as far as its card says.
    Raises DatasetError if no record can be scored at both rates.
    """
    entries = load_index(folder).entries
    pairs = [entry for entry in entries if entry.path_100hz is not None and entry.path_500hz is not None][::every]
    assessor = Assessor(model, device)
    rows: list[dict[str, Any]] = []
    lead_differences: list[float] = []
    left_out: list[list[str]] = []
    for done, entry in enumerate(pairs, start=1):
        try:
            low, high = (_percentiles(assessor, path) for path in (entry.path_100hz, entry.path_500hz) if path)
        except EcgError as error:
            left_out.append([str(entry.ecg_id), str(error)])
            continue
        finally:
            if progress:
                progress(done, len(pairs))
        if np.isfinite([low[0], high[0]]).all():
            rows.append({"ecg_id": entry.ecg_id, "fold": entry.fold, "percentile_100hz": low[0],
                         "percentile_500hz": high[0]})
            differences = np.abs(np.subtract(low[1], high[1]))
            lead_differences += differences[np.isfinite(differences)].tolist()
        else:
            left_out.append([str(entry.ecg_id), "too many leads cannot be assessed"])
    if not rows:
        raise DatasetError(f"{folder.name} holds no record that can be scored both at 100 and at 500 Hz. PTB-XL keeps "
                           "them in records100 and records500.")
    calibration = model.card.get("calibration") or {}
    return {
        "format": REPORT_FORMAT, "kind": "rates",
        "model": {"name": model.name, "version": model.version, "sha256": model.sha256},
        "data": {"dataset": "PTB-XL v1.0.3", "n_pairs": len(rows), "every": every, "left_out": left_out},
        "records": spread_of([row["percentile_100hz"] - row["percentile_500hz"] for row in rows]),
        "leads": spread_of(lead_differences),
        "cohort": {"words": calibration.get("cohort"), "n_records": model.calibration.n_records,
                   "sampling_rates_hz": calibration.get("sampling_rates_hz")},
        "pairs": rows,
    }


def spread_of(differences: list[float]) -> dict[str, float]:
    """Median, 90th percentile and maximum of absolute differences."""
    sizes = np.abs(differences)
    return {"median": round(float(np.median(sizes)), 2), "p90": round(float(np.percentile(sizes, 90)), 2),
            "most": round(float(sizes.max()), 2)}


def _percentiles(assessor: Assessor, path: Path) -> tuple[float, tuple[float, ...]]:
    """Of the record's first window and of its leads."""
    item = prepare(read_record(path), assessor.model.config.preprocess)
    (window,) = assessor.describe(assessor.score_windows([item], with_maps=False))
    return window.percentile, window.lead_percentiles
