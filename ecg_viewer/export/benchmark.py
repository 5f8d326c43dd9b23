"""Reviewed recordings as a localization benchmark: arrays in the published shape, WFDB records, a manifest.

What a person confirmed or marked is positive, what was dismissed is negative, and a reviewed recording without any
positive stretch is normal. An undecided finding is neither: its stretch is ignored beside positive ones, and a window
with undecided findings only is left out. So are recordings whose review is not finished.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.export.benchmark_manifest import MANIFEST, LeftOut, Truth, Window, manifest, truth_of
from ecg_viewer.export.content import ReviewedFinding
from ecg_viewer.export.export_files import (
    AlreadyThere,
    CannotExport,
    Existing,
    Folder,
    file_name,
    writing,
    writing_folder,
)
from ecg_viewer.export.findings_json import json_text
from ecg_viewer.export.provenance import now
from ecg_viewer.state.review.review import RecordState
from ecg_viewer.state.words.language import tr
from mmae_core.errors import Cancelled, EcgError
from mmae_core.files import JSON_FAULTS
from mmae_core.readers.wfdb_files import SUFFIXES
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, require_model_leads, require_model_length

RECORDS = "records"
"""Folder of the WFDB records inside the benchmark's."""
IGNORED = "benchmark_ignored.npy"
"""Beside `benchmark_label.npy` and of its shape: 1 in undecided findings. Absent if there are none."""
ARRAYS = ("test.npy", "label.npy", "benchmark_data.npy", "benchmark_label.npy", IGNORED)
RECORD_ENDINGS = (*SUFFIXES, ".lesion")
WINDOW_S = 10.0
"""Window length of the published arrays: 5000 samples at 500 Hz."""

Progress = Callable[[int, int, str], None]
"""(done, total, name of the recording)"""


@dataclass(frozen=True)
class ReviewedRecord:
    """A recording and what a person decided about it."""

    path: Path
    name: str
    state: RecordState
    findings: tuple[ReviewedFinding, ...] = ()
    """Decided findings and those marked by hand."""
    undecided: tuple[ReviewedFinding, ...] = ()
    """The model's undecided findings."""


@dataclass(frozen=True)
class Made:
    """The contents of a written benchmark."""

    folder: Path
    n_windows: int
    n_positive: int
    """Windows with a positive stretch."""
    left_out: tuple[tuple[str, str], ...]
    """Recordings left out, each with the reason."""
    left_windows: tuple[LeftOut, ...]
    """Windows of recordings that are in it, neither positive nor normal."""
    n_ignored: int
    """Undecided findings beside positive ones."""
    truth: Truth

    @property
    def n_normal(self) -> int:
        return self.n_windows - self.n_positive


def write_benchmark(
    records: Iterable[ReviewedRecord],
    folder: Folder,
    *,
    unfinished: bool = False,
    unread: Sequence[tuple[str, str]] = (),
    progress: Progress = lambda done, total, name: None,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], datetime] = now,
) -> Made:
    """Write a benchmark into `folder`, which holds no other one.

    `unread` are recordings that could not be opened, with the reason; they are counted as left out. `unfinished`
    includes recordings with decisions whose review is not marked as finished. Raises CannotExport if no recording
    qualifies, there is a benchmark already or it cannot be written; Cancelled.
    """
    records = list(records)
    require_room(folder)
    windows: list[Window] = []
    left_out, left_windows = list(unread), []
    with writing_folder(folder.path) as part:
        (part / RECORDS).mkdir()
        for done, reviewed in enumerate(records):
            if should_stop():
                raise Cancelled("The export was stopped.")
            progress(done, len(records), reviewed.name)
            reason = _refusal(reviewed, unfinished)
            if not reason:
                try:
                    found, without = _windows_of(reviewed, part / RECORDS, {window.file for window in windows})
                except EcgError as error:
                    reason = str(error)
                else:
                    reason = "" if found else _undecided(without)
                    windows += found
                    left_windows += without if found else []
            if not reason:
                continue
            left_out.append((reviewed.name, reason))
        if not windows:
            raise CannotExport(_nothing(left_out))
        positive = [window for window in windows if window.positives]
        document = manifest(windows, left_out, left_windows, clock())
        _save(part / "test.npy", np.stack([window.signal for window in windows]))
        _save(part / "label.npy", np.array([bool(window.positives) for window in windows], np.float32))
        if positive:
            _save(part / "benchmark_data.npy", np.stack([window.signal for window in positive]))
            _save(part / "benchmark_label.npy", np.stack([window.mask for window in positive]))
        if any(window.ignored.any() for window in positive):
            _save(part / IGNORED, np.stack([window.ignored for window in positive]))
        (part / MANIFEST).write_text(json_text(document), encoding="utf-8")
        _put(part, folder.path)
    progress(len(records), len(records), "")
    return Made(
        folder.path, len(windows), len(positive), tuple(left_out), tuple(left_windows),
        sum(len(window.undecided) for window in windows), truth_of(windows),
    )


def qualifies(state: RecordState, *, has_findings: bool, unfinished: bool) -> bool:
    """Whether a recording can be part of a benchmark, as far as its review goes."""
    return state == "reviewed" or (state == "in progress" and unfinished and has_findings)


def _refusal(reviewed: ReviewedRecord, unfinished: bool) -> str:
    """Why a recording cannot be part of a benchmark; empty if it can."""
    if qualifies(reviewed.state, has_findings=bool(reviewed.findings), unfinished=unfinished):
        return ""
    if reviewed.state == "in progress":
        return tr("its review is not finished: mark it as reviewed when every finding is decided")
    return tr("nobody has reviewed it")


def _undecided(windows: Sequence[LeftOut]) -> str:
    return tr("nothing in it is positive, and it is not known to be normal; findings not decided: {n}").format(
        n=sum(item.n_undecided for item in windows)
    )


def _nothing(left_out: Sequence[tuple[str, str]]) -> str:
    if not left_out:
        return tr("There is no recording to make a benchmark of.")
    name, reason = left_out[0]
    text = tr("None of {count} recordings can be part of a benchmark. The first, {name}: {reason}.").format(
        count=len(left_out), name=name, reason=reason.rstrip(".")
    )
    return text + " " + tr("To review a recording, open it in ECG Viewer, confirm (C) or dismiss (D) its findings, "
                           "mark what the model has missed, then press Ctrl+Enter.")


def _windows_of(
    reviewed: ReviewedRecord, folder: Path, taken: set[str]
) -> tuple[list[Window], list[LeftOut]]:
    """The windows of a recording, written as WFDB records, and those left out; no file stays of one that fails."""
    from mmae_core.readers import read_record
    from mmae_core.readers.wfdb_writer import LeadInterval, write_intervals, write_record

    record = read_record(reviewed.path)
    require_model_leads(record)
    require_model_length(record, WINDOW_S)
    sha256, rate = record.source.sha256, record.sampling_rate_hz
    size = round(WINDOW_S * rate)
    starts = window_starts(record.duration_s, reviewed.findings)
    known = [start_s for start_s in starts if _is_known(reviewed, start_s)]
    left_out = [
        LeftOut(record.name, start_s, len(_inside(reviewed.undecided, start_s)))
        for start_s in starts if start_s not in known
    ]
    windows = []
    signals = [_recorded(record, round(start_s * rate), size) for start_s in known]
    for start_s, signal in zip(known, signals, strict=True):
        name = _free_name(reviewed.name, start_s if len(starts) > 1 or start_s else None, taken)
        taken.add(name)
        positives = [item for item in _inside(reviewed.findings, start_s) if item.is_positive]
        negatives = [item for item in _inside(reviewed.findings, start_s) if not item.is_positive]
        undecided = _inside(reviewed.undecided, start_s)
        spans = [(*_samples(item, start_s, rate, size), item) for item in positives]
        write_record(folder, name, signal, rate)
        if spans:
            write_intervals(folder, name, "lesion", [
                LeadInterval(first, last, STANDARD_LEADS.index(item.lead), item.label or "finding")
                for first, last, item in spans
            ], rate)
        mask = _mask(positives, start_s)
        ignored = _mask(undecided, start_s) & (1 - mask) & (1 - _mask(negatives, start_s))
        left = [item for item in undecided if (_mask([item], start_s) & ignored).any()]
        windows.append(
            Window(record.name, sha256, start_s, name, rate, _filtered(signal, rate), mask, ignored, positives,
                   negatives, left)
        )
    return windows, left_out


def _inside(findings: Iterable[ReviewedFinding], start_s: float) -> list[ReviewedFinding]:
    """The findings that overlap the window that begins at `start_s`."""
    return [item for item in findings if item.start_s < start_s + WINDOW_S and item.end_s > start_s]


def _is_known(reviewed: ReviewedRecord, start_s: float) -> bool:
    """Whether a window is positive or normal; it is neither if its only findings are dismissed or undecided ones."""
    is_positive = any(item.is_positive for item in _inside(reviewed.findings, start_s))
    return is_positive or not _inside(reviewed.undecided, start_s)


def window_starts(duration_s: float, findings: Sequence[ReviewedFinding]) -> tuple[float, ...]:
    """Starts of the 10-s windows that cover all findings; the first window alone if there are none.

    Windows lie end to end from the beginning, the last one at the end of the recording.
    """
    last = duration_s - WINDOW_S
    wanted: set[float] = set()
    for finding in findings:
        first_index = math.floor(max(finding.start_s, 0.0) / WINDOW_S)
        last_index = math.ceil(min(finding.end_s, duration_s) / WINDOW_S)
        wanted |= {min(index * WINDOW_S, last) for index in range(first_index, max(last_index, first_index + 1))}
    return tuple(sorted(wanted)) or (0.0,)


def _recorded(record: EcgRecord, first: int, size: int) -> FloatArray:
    """(12, samples) mV as recorded. Raises CannotExport where samples are missing."""
    signal = record.read(first, first + size)
    if signal.shape[1] < size:
        signal = np.pad(signal, ((0, 0), (0, size - signal.shape[1])), mode="edge")
    if not np.isfinite(signal).all():
        raise CannotExport(tr("samples are missing in it, and arrays and WFDB records of a benchmark have none"))
    return signal


def _filtered(signal: FloatArray, rate_hz: float) -> FloatArray:
    """(5000, 12) as the published arrays are: resampled and filtered, in mV."""
    from mmae_core.config import PreprocessConfig
    from mmae_core.scoring.preprocess import filtered_mv, prepare_window

    window = prepare_window(signal, rate_hz, PreprocessConfig(), ends_recording=False)  # theirs end as they are
    return np.ascontiguousarray(filtered_mv(window).T, np.float32)


def _samples(finding: ReviewedFinding, start_s: float, rate_hz: float, size: int) -> tuple[int, int]:
    """The finding's samples in a window: first, and the one after the last; at least one."""
    first = min(max(0, round((finding.start_s - start_s) * rate_hz)), size - 1)
    return first, min(max(first + 1, round((finding.end_s - start_s) * rate_hz)), size)


def _mask(findings: Iterable[ReviewedFinding], start_s: float) -> NDArray[np.uint8]:
    from mmae_core.readers.mcf_arrays import N_LEADS, N_SAMPLES, RATE_HZ

    mask = np.zeros((N_SAMPLES, N_LEADS), np.uint8)
    for finding in findings:
        first, last = _samples(finding, start_s, RATE_HZ, N_SAMPLES)
        mask[first:last, STANDARD_LEADS.index(finding.lead)] = 1
    return mask


def _free_name(name: str, start_s: float | None, taken: set[str]) -> str:
    """A record name WFDB takes (letters, digits, - and _) that is not used yet."""
    stem = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "_" for letter in name)
    stem = file_name(stem, "" if start_s is None else f"_{start_s:g}s".replace(".", "_"))
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}_{number}", number + 1
    return candidate


def _save(path: Path, array: NDArray[Any]) -> None:
    with path.open("wb") as stream:
        np.save(stream, array, allow_pickle=False)


def require_room(folder: Folder) -> None:
    """Raise CannotExport if a benchmark exists that must be kept, or other files with these names."""
    name = folder.path.absolute().name
    if (folder.path / MANIFEST).exists():
        if folder.existing is not Existing.REPLACE:
            raise AlreadyThere(
                tr("{folder} holds a benchmark already, which was left as it is. Choose another folder.").format(
                    folder=name
                )
            )
        return
    taken = [item for item in (*ARRAYS, RECORDS) if (folder.path / item).exists()]
    if taken:
        raise CannotExport(
            tr("{folder} holds {name} that is of no benchmark of this program; it was left as it is. Choose another "
               "folder.").format(folder=name, name=taken[0])
        )


def _put(part: Path, folder: Path) -> None:
    """Move the finished benchmark into place, the manifest last: a folder with a manifest is complete."""
    with writing(folder / MANIFEST) as manifest:
        for old in _files_of(folder):
            old.unlink(missing_ok=True)
        (folder / RECORDS).mkdir(exist_ok=True)
        for item in sorted(part.rglob("*")):
            if item.is_file() and item.name != MANIFEST:
                os.replace(item, folder / item.relative_to(part))
        manifest.write_bytes((part / MANIFEST).read_bytes())


def _files_of(folder: Path) -> list[Path]:
    """The files of the benchmark to be replaced, as listed in its manifest; nothing else is touched."""
    try:
        windows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["windows"]
        names = [str(window["file"]) for window in windows]
    except FileNotFoundError:
        return []
    except JSON_FAULTS as error:
        raise CannotExport(
            tr("{name} is damaged: it is not known which files belong to it. Choose another folder.").format(
                name=MANIFEST
            )
        ) from error
    records = [folder / RECORDS / f"{Path(name).name}{ending}" for name in names for ending in RECORD_ENDINGS]
    return [*records, *(folder / name for name in ARRAYS)]
