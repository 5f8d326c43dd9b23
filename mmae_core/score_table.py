"""`mmae_core score`: a table over many recordings in which a bad one is a row, not the end."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmae_core.assess import Assessor
from mmae_core.assessment import AnomalyMap, WindowAssessment
from mmae_core.datasets.folder import record_names
from mmae_core.errors import EcgError
from mmae_core.files import replacing
from mmae_core.map_file import MapFile, write_maps
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord

COLUMNS = (
    "record", "start_s", "score", "percentile", "p_value", "windows", "quality", "reliable", "assessable_leads",
    "quality_notes", "error", "model", "model_sha256",
)
STRETCH_S = 600.0
"""Long records are scored so much at a time."""


@dataclass(frozen=True)
class TableSummary:
    """How many records were named, and which of them have no score."""

    n_records: int
    failed: tuple[str, ...]
    """Names of those that could not be read or assessed."""
    unscored: tuple[str, ...]
    """Names of those that were read, but in which no lead can be assessed."""


def write_score_table(
    assessor: Assessor,
    records: Sequence[Path],
    output: Path,
    maps_folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> TableSummary:
    """Score records into a CSV file with one row for each 10-s window, and their maps into .npz files if asked to.

    `percentile` and `p_value` compare one window with normal ECGs of one window each. `windows` is how many the record
    has: the highest percentile of several is high by chance alone.

    `quality` is the record score of `mmae_core.quality`, 0..1; where `reliable` says no, the percentile does not count.
    Every row names the model, so that scores of two models are not taken for one. A record that cannot be read or
    assessed gets one row that says why. The table appears when it is complete or when the user interrupts it, then with
    the rows so far. Long records are scored in stretches, unless their maps are asked for: a map is held whole.
    """
    failed: list[str] = []
    unscored: list[str] = []
    interrupted = False
    names = record_names(records)
    model = [f"{assessor.model.name} {assessor.model.version}", assessor.model.sha256]
    with replacing(output) as part, part.open("w", newline="", encoding="utf-8", errors="backslashreplace") as stream:
        table = csv.writer(stream)
        table.writerow(COLUMNS)
        for done, (path, name) in enumerate(zip(records, names, strict=True), start=1):
            try:
                record = read_record(path)
                if maps_folder is None:
                    windows = _windows(assessor, record)
                else:
                    anomaly_map = assessor.assess(record)
                    windows = anomaly_map.windows
                    _write_map(maps_folder / f"{name.replace('/', '__')}.npz", anomaly_map, assessor)
            except EcgError as error:
                failed.append(name)
                table.writerow([*_failure(name, str(error)), *model])
            except MemoryError:
                failed.append(name)
                table.writerow([*_failure(name, "not enough memory for this record"), *model])
            except KeyboardInterrupt:
                interrupted = True
                break
            else:
                table.writerows([*row, *model] for row in _rows(name, windows))
                if all(np.isnan(window.score) for window in windows):
                    unscored.append(name)
            if progress:
                progress(done, len(records))
    if interrupted:
        raise KeyboardInterrupt
    return TableSummary(len(records), tuple(failed), tuple(unscored))


def _windows(assessor: Assessor, record: EcgRecord) -> tuple[WindowAssessment, ...]:
    """All windows of a record, in order, without ever holding more than a stretch of it."""
    windows: dict[float, WindowAssessment] = {}
    start_s = 0.0
    while not windows or start_s < record.duration_s:
        end_s = min(start_s + STRETCH_S, record.duration_s)
        windows.update((window.start_s, window) for window in assessor.assess(record, start_s, end_s).windows)
        start_s = end_s
    return tuple(windows[start] for start in sorted(windows))


def _rows(name: str, windows: Sequence[WindowAssessment]) -> Iterable[list[str]]:
    for window in windows:
        yield [
            name, f"{window.start_s:.3f}", _number(window.score, ".6g"), _number(window.percentile, ".2f"),
            _number(window.p_value, ".6g"), str(len(windows)),
            "" if window.quality is None else f"{window.quality.score:.2f}",
            "yes" if window.reliable else "no", " ".join(window.assessable_leads), "; ".join(window.notes), "",
        ]


def _failure(name: str, reason: str) -> list[str]:
    return [name, *[""] * (COLUMNS.index("error") - 1), reason]


def _number(value: float, form: str) -> str:
    return "" if np.isnan(value) else format(value, form)


def _write_map(path: Path, anomaly_map: AnomalyMap, assessor: Assessor) -> None:
    model = assessor.model
    maps = MapFile(
        STANDARD_LEADS, anomaly_map.sampling_rate_hz, anomaly_map.start_s, anomaly_map.score, anomaly_map.percentile,
        anomaly_map.peak_percentile,
        {"model": {"name": model.name, "version": model.version, "weights_sha256": model.sha256}},
    )
    with replacing(path) as part, part.open("wb") as stream:
        write_maps(stream, maps)
