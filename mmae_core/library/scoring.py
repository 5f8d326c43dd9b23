"""`score` and `score_many`: a recording in, everything that the program says of it out."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, overload

import torch

from mmae_core.departures.person import UNKNOWN, Person, filled, person_of_values
from mmae_core.errors import ConfigError, EcgError, UnsupportedRecord
from mmae_core.library.arrays import is_number, require_person
from mmae_core.library.recordings import ArrayDescription, as_record, one_of_many, several
from mmae_core.library.result import EcgScore
from mmae_core.record import EcgRecord
from mmae_core.report.window_readings import person_or_unknown, read_windows
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, bundled_models, load_model

MOST_S = 3600.0
"""Longest stretch whose maps are held: 12 leads at 500 Hz take 0.3 GB an hour."""

_kept = threading.local()


def score(
    recording: Any, sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, *,
    unit: str | None = None, age_years: float | None = None, sex: Literal["male", "female"] | None = None,
    model: TrainedModel | str | Path | None = None, device: str = "auto", start_s: float = 0.0,
    end_s: float | None = None, name: str = "",
) -> EcgScore:
    """Where a recording departs from normal ECGs, and how rare that is among them.

    `recording` is a path, an `EcgRecord`, a `wfdb.Record`, or an array (leads, samples). An array needs its rate and
    the leads of its rows in their order, and in whole numbers also `unit`. `age_years` and `sex` choose the normals
    that measurements are compared with; without them, what the file says. `model` is a `TrainedModel` from
    `load_model`, the name of a bundled one, or a model folder. Of a long recording `start_s` and `end_s` choose a
    stretch of at most an hour.

    The numbers are those of `mmae_core score`. Torch computes on one thread meanwhile, which is fastest. Raises
    UnsupportedRecord (leads or length missing, sampled too slowly, values that are no mV), UnreadableRecord,
    ConfigError, ModelMismatch: each an `EcgError` that says what was found and what to do.
    """
    require_person(age_years, sex)
    record = as_record(recording, ArrayDescription(sampling_rate_hz, leads, unit), name)
    return score_record(record, assessor_of(model, device), start_s, end_s, person_of_values(sex, age_years))


@overload
def score_many(
    recordings: Iterable[Any], sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, *,
    unit: str | None = None, model: TrainedModel | str | Path | None = None, device: str = "auto",
    return_errors: Literal[False] = False,
) -> Iterator[EcgScore]: ...


@overload
def score_many(
    recordings: Iterable[Any], sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, *,
    unit: str | None = None, model: TrainedModel | str | Path | None = None, device: str = "auto",
    return_errors: Literal[True],
) -> Iterator[EcgScore | EcgError]: ...


def score_many(
    recordings: Iterable[Any], sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, *,
    unit: str | None = None, model: TrainedModel | str | Path | None = None, device: str = "auto",
    return_errors: bool = False,
) -> Iterator[EcgScore | EcgError]:
    """Score recordings one after the other, each when it is asked for: a generator, which may be endless.

    What is stated holds for every array; paths, `EcgRecord` and `wfdb.Record` among them say it themselves. An array of
    shape (recordings, leads, samples) is several recordings. With `return_errors` a recording that cannot be scored
    gives its `EcgError` in its place, otherwise that is raised. For many files `mmae_core score --jobs` uses all cores.
    """
    stated = ArrayDescription(sampling_rate_hz, leads, unit)
    assessor = assessor_of(model, device)
    for number, recording in enumerate(several(recordings)):
        try:
            yield score_record(one_of_many(recording, stated, number), assessor)
        except EcgError as error:
            if not return_errors:
                raise
            yield error


def score_record(
    record: EcgRecord, assessor: Assessor, start_s: float = 0.0, end_s: float | None = None, stated: Person = UNKNOWN
) -> EcgScore:
    """Score a stretch of a recording; what is `stated` of the person goes before what its file says.

    Raises as `score` does.
    """
    for name, value in (("start_s", start_s), ("end_s", end_s)):
        if not (is_number(value) or (name == "end_s" and value is None)):
            raise ConfigError(f"{name} = {value!r} is no number of seconds.")
    if not (math.isfinite(start_s) and (end_s is None or end_s > start_s) and 0 <= start_s < record.duration_s):
        raise ConfigError(f"There is no stretch from {start_s} s to {end_s} s in {record.name}, which lasts "
                          f"{record.duration_s:.6g} s.")
    last_s = record.duration_s if end_s is None else min(end_s, record.duration_s)
    if last_s - start_s > MOST_S:
        raise UnsupportedRecord(
            f"{record.name} lasts {record.duration_s:,.0f} s. The maps of at most {MOST_S:,.0f} s are held at once: "
            "choose a stretch with start_s and end_s, or use `mmae_core score`, which reads long ones piece by piece.")
    person = filled(stated, person_or_unknown(record))
    with one_thread():
        anomaly_map = assessor.assess(record, start_s, end_s)
        windows = read_windows(assessor, record, anomaly_map, person)
    return EcgScore(record, anomaly_map, windows, assessor.model, person)


def assessor_of(model: TrainedModel | str | Path | None = None, device: str = "auto") -> Assessor:
    """The model, ready to assess; the one used last by this thread is kept.

    A bundled model named again is not loaded again; a folder is, because it may have changed.
    """
    if not (model is None or isinstance(model, TrainedModel | str | os.PathLike)):
        raise ConfigError(f"model is a TrainedModel of load_model, a name or a folder; found {type(model).__name__}.")
    last: tuple[object, str, Assessor] | None = getattr(_kept, "last", None)
    may_stay = isinstance(model, TrainedModel) or model is None or model in bundled_models()
    if last is not None and may_stay and last[1] == device and (last[0] is model or last[0] == str(model)):
        return last[2]
    assessor = Assessor(model if isinstance(model, TrainedModel) else load_model(model), device)
    _kept.last = (model if isinstance(model, TrainedModel) else str(model), device, assessor)
    return assessor


class _Threads:
    """How many threads torch had before, and who computes on one at present."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._n_within = 0
        self._before = 1
        self._own = threading.local()

    def enter(self) -> None:
        with self._lock:
            depth: int = getattr(self._own, "depth", 0)
            if not depth:
                self._own.before = torch.get_num_threads()
                if not self._n_within:
                    self._before = self._own.before
                elif self._own.before == 1:  # a thread that is new to torch begins with what another has set last
                    self._own.before = self._before
                self._n_within += 1
            self._own.depth = depth + 1
            torch.set_num_threads(1)

    def leave(self) -> None:
        with self._lock:
            self._own.depth -= 1
            if not self._own.depth:
                self._n_within -= 1
                torch.set_num_threads(self._own.before)


_threads = _Threads()


@contextmanager
def one_thread() -> Iterator[None]:
    """Torch computes on one thread, which is fastest for windows one by one; afterwards on as many as before.

    Several threads may be within at a time.
    """
    _threads.enter()
    try:
        yield
    finally:
        _threads.leave()
