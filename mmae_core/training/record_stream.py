"""Windows of recordings that come one after the other and lie in no file: prepared in parts, and never held together.

A run that is killed is given the same recordings again; those of finished parts are compared with what was prepared and
not prepared again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import Config
from mmae_core.errors import ConfigError, DatasetError, EcgError, ModelMismatch
from mmae_core.files import JSON_FAULTS, replacing, try_lock
from mmae_core.model.training_facts import KEY_LENGTH, record_key
from mmae_core.record import EcgRecord
from mmae_core.training.hold_out import parted_words, patient_of
from mmae_core.training.prepared_parts import PART_RECORDS, join, stacked, tokens_of, training_inputs
from mmae_core.training.training_data import TrainingSet, whole_index

OpenRecord = Callable[[], EcgRecord]
Count = Callable[[int], None]
"""Called with how many recordings are done."""
SIDES = ("chosen", "held-out")
STREAM_FORMAT = 2
MOST_KEY_BYTES = 64_000_000
"""Larger files are not read once more for their key."""
STREAM_FILE = "normals.json"
"""Of the folder: written when all windows are there."""


@dataclass(frozen=True)
class StreamedNormals:
    """Windows of all recordings, by the name of the input they are prepared for."""

    chosen: dict[str, TrainingSet]
    """To train on."""
    held_out: dict[str, TrainingSet]
    """Not to be trained on; empty if there are none."""
    places_held_out: tuple[int, ...]
    """0-based numbers of the recordings that are held out."""
    record_keys: tuple[str, ...]
    """Of the recordings trained on (see `record_key`)."""
    parted: str
    """By what they were parted, in words."""
    n_records: int
    patients: str
    """Digest of the patients that were named for them."""


@dataclass
class _Part:
    """What is known of some recordings, besides their windows."""

    digests: list[str] = field(default_factory=list)
    patients: list[str] = field(default_factory=list)
    """Digests of the patients named for them; empty where none was."""
    names: dict[str, list[str]] = field(default_factory=lambda: {side: [] for side in SIDES})
    left_out: list[list[str]] = field(default_factory=list)
    places_held_out: list[int] = field(default_factory=list)
    record_keys: list[str] = field(default_factory=list)
    n_unknown: int = 0
    """Recordings that do not say who they are of."""

    def add(self, other: _Part) -> None:
        """Append what is known of further recordings."""
        self.digests += other.digests
        self.patients += other.patients
        for side in SIDES:
            self.names[side] += other.names[side]
        self.left_out += other.left_out
        self.places_held_out += other.places_held_out
        self.record_keys += other.record_keys
        self.n_unknown += other.n_unknown


def stream_windows(
    recordings: Iterable[OpenRecord], configs: Mapping[str, Config], folder: Path, *,
    patients: Iterable[str | int | None] | None = None, hold_out_every: int = 10, progress: Count | None = None,
    resume: bool = True,
) -> StreamedNormals:
    """Prepare recordings for each of some inputs, in `folder`; what is finished there is not asked for again.

    One patient in `hold_out_every` is held out, chosen by a checksum of `patients` (or what a recording says of
    itself), so that the rest of the recordings has no say in it; of recordings of unknown patients every n-th. 0 holds
    out none. A recording that cannot be opened or used is left out. Raises DatasetError if nothing usable remains,
    ModelMismatch if recordings or patients are not those that earlier parts were made from, ConfigError if another
    process works in the folder, if it holds windows already and `resume` is False, if patients are not as many as
    recordings or named by anything but text and whole numbers, or for a `hold_out_every` of 1 or below 0.
    """
    _require_share(hold_out_every)
    named = None if patients is None else map(_as_text, patients)
    folder.mkdir(parents=True, exist_ok=True)
    asked = {"format": STREAM_FORMAT, "hold_out_every": hold_out_every, "inputs": {
        name: {"preprocess": config.to_dict()["preprocess"], "n_segments": config.model.n_segments}
        for name, config in configs.items()}}
    free = try_lock(folder / ".lock")
    if free is None:
        raise ConfigError(f"Another process prepares recordings in {folder}. Wait until it is done, or name another "
                          "folder.")
    try:
        if not resume and _holds_windows(folder):
            raise ConfigError(f"{folder} holds windows that an earlier call prepared. Continue it with resume=True and "
                              "the same recordings, or name another folder.")
        found = _finished(folder, asked)
        if found is None:
            found = _stream(recordings, configs, folder, asked, named, progress)
        else:
            _require_same_patients(found, named, folder)
    finally:
        free()
    return found


def _stream(
    recordings: Iterable[OpenRecord], configs: Mapping[str, Config], folder: Path, asked: Mapping[str, Any],
    patients: Iterable[str | None] | None, progress: Count | None,
) -> StreamedNormals:
    parts = folder / "parts"
    _require_same_request(parts, asked)
    every = int(asked["hold_out_every"])
    known = _named(patients)
    pairs = enumerate(zip(recordings, known, strict=False))
    whole, number, done = _Part(), 0, 0
    while chunk := list(islice(pairs, PART_RECORDS)):
        kept = _kept(parts, number)
        if kept is None or len(kept.digests) != len(chunk):
            kept = _prepared(chunk, configs, parts, number, every)
        else:
            _require_same_records(kept, chunk, folder)
        whole.add(kept)
        number, done = number + 1, done + len(chunk)
        chunk.clear()  # before the next recordings come
        if progress:
            progress(done)
    if patients is not None and next(known) != _NOBODY:
        raise ConfigError("There are more patients than recordings; name one for each.")
    if not whole.names["chosen"]:
        shutil.rmtree(parts, ignore_errors=True)  # what is mended then is looked at again
        reasons = "; ".join(f"{name}: {reason}" for name, reason in whole.left_out[:3])
        why = f"First reasons: {reasons}" if reasons else (
            "All of them are held out: they are too few." if done else "None was given.")
        raise DatasetError(f"None of the {done} recordings can be used for training. {why}")
    for side in SIDES:
        for name, config in configs.items():
            files = [parts / f"{row:05d}.{name}.{side}.npy" for row in range(number)]
            join(files, folder / f"{name}.{side}.npy", folder / f"{name}.{side}.json", config.model,
                 {"names": whole.names[side], "left_out": whole.left_out})
    digest = hashlib.sha256(json.dumps([asked, whole.digests, whole.patients], sort_keys=True).encode()).hexdigest()
    with replacing(folder / STREAM_FILE) as temporary:
        temporary.write_text(json.dumps({
            "asked": asked, "key": digest, "places_held_out": whole.places_held_out, "records": whole.record_keys,
            "parted": parted_words(whole.n_unknown, done) if every else "", "patients": _joined(whole.patients),
            "n_records": done,
        }), encoding="utf-8")
    shutil.rmtree(parts)
    found = _finished(folder, asked)
    assert found is not None, "it was written a moment ago"
    return found


def _prepared(
    chunk: list[tuple[int, tuple[OpenRecord, str | None]]], configs: Mapping[str, Config], parts: Path, number: int,
    every: int,
) -> _Part:
    """Prepare a part's recordings and write its files, the one that says that it is done last."""
    part = _Part()
    tokens: dict[tuple[str, str], list[NDArray[np.float16]]] = {(name, side): [] for name in configs for side in SIDES}
    for place, (open_record, patient) in chunk:
        part.patients.append(_patient_digest(patient, place))
        try:
            record = open_record()
            digest = _digest(record)
            inputs = {name: training_inputs(record, config) for name, config in configs.items()}
        except ConfigError:  # what was said of all of them is wrong
            raise
        except EcgError as error:
            part.digests.append("")
            part.left_out.append([f"recording {place}", str(error)])
            continue
        part.digests.append(digest)
        patient = patient or patient_of(record)
        part.n_unknown += patient is None
        side = SIDES[_is_held_out(patient, place, every)]
        if side == "chosen":
            part.record_keys.append(_key(record, digest))
        else:
            part.places_held_out.append(place)
        part.names[side] += [record.name] * len(next(iter(inputs.values())))
        for name, items in inputs.items():
            tokens[name, side] += [tokens_of(item, configs[name].model) for item in items]
    parts.mkdir(parents=True, exist_ok=True)
    for (name, side), rows in tokens.items():
        with replacing(parts / f"{number:05d}.{name}.{side}.npy") as temporary, temporary.open("wb") as stream:
            np.save(stream, stacked(rows, configs[name].model), allow_pickle=False)
    with replacing(parts / f"{number:05d}.json") as temporary:
        temporary.write_text(json.dumps(vars(part)), encoding="utf-8")
    return part


_NOBODY = "\0no patient named"


def _named(patients: Iterable[str | None] | None) -> Iterator[str | None]:
    """A patient for each recording, however many; after the last that is named `_NOBODY`."""
    return repeat(None) if patients is None else chain(patients, repeat(_NOBODY))


def _patient_digest(patient: str | None, place: int) -> str:
    """Empty for None. Raises ConfigError where the patients have ended."""
    if patient == _NOBODY:
        raise ConfigError(f"There are {place} patients for more recordings; name one for each, None where it is not "
                          "known.")
    return "" if not patient else hashlib.sha256(patient.encode()).hexdigest()[:KEY_LENGTH]


def _joined(patients: list[str]) -> str:
    return hashlib.sha256(json.dumps(patients).encode()).hexdigest()


def _is_held_out(patient: str | None, place: int, every: int) -> bool:
    if not every:
        return False
    if patient is None:
        return place % every == every - 1
    return int.from_bytes(hashlib.sha256(patient.encode()).digest()[:8]) % every == 0


def _require_share(every: object) -> None:
    if not isinstance(every, int) or every < 0 or every == 1:
        raise ConfigError(f"hold_out_every = {every!r}: one patient in so many is held out. It is a whole number from "
                          "2 on, or 0, which holds out none.")


def _as_text(patient: object) -> str | None:
    """A patient's number as text; None stays. Raises ConfigError for anything else, such as NaN of a table."""
    if patient is None or isinstance(patient, str):
        return patient
    if isinstance(patient, Integral):
        return str(patient)
    raise ConfigError(f"patients holds {patient!r}. A patient is named by text or a whole number; None is one who is "
                      "not known.")


def _key(record: EcgRecord, digest: str) -> str:
    """By which an evaluation knows that a recording was trained on: as `record_key` of its file, if it has one."""
    files = record.source.paths
    has_file = len(files) > 0 and record.source.own_paths == files and files[0].is_file()
    if has_file and files[0].stat().st_size <= MOST_KEY_BYTES:
        return record_key(files[0])
    return digest[:KEY_LENGTH]


def _digest(record: EcgRecord) -> str:
    """SHA-256 of leads, rate and samples."""
    digest = hashlib.sha256(f"{record.sampling_rate_hz}|{'|'.join(record.lead_names)}".encode())
    digest.update(np.ascontiguousarray(record.read()).tobytes())
    return digest.hexdigest()


def _require_same_request(parts: Path, asked: Mapping[str, Any]) -> None:
    """Begin anew if what is there was prepared for something else."""
    path = parts / "asked.json"
    found = None
    with suppress(*JSON_FAULTS):
        found = json.loads(path.read_text(encoding="utf-8"))
    if found != json.loads(json.dumps(asked)):
        shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir(parents=True)
        with replacing(path) as temporary:
            temporary.write_text(json.dumps(asked), encoding="utf-8")


def _require_same_records(kept: _Part, chunk: list[tuple[int, tuple[OpenRecord, str | None]]], folder: Path) -> None:
    for expected, named, (place, (open_record, patient)) in zip(kept.digests, kept.patients, chunk, strict=True):
        if _patient_digest(patient, place) != named:
            raise ModelMismatch(f"Recording {place} was prepared in {folder} with another patient named for it. Name "
                                "the same patients in the same order, or name another folder.")
        try:
            found = _digest(open_record())
        except ConfigError:
            raise
        except EcgError:
            found = ""
        if expected and found != expected:
            raise ModelMismatch(f"Recording {place} is another than the one that was prepared in {folder}. Give the "
                                "same recordings in the same order, or name another folder.")


def _kept(parts: Path, number: int) -> _Part | None:
    """A part that is done; None if it is not, or not whole."""
    try:
        values = json.loads((parts / f"{number:05d}.json").read_text(encoding="utf-8"))
        part = _Part(**values)
        return part if len(part.patients) == len(part.digests) else None
    except JSON_FAULTS:
        return None


def _holds_windows(folder: Path) -> bool:
    return (folder / STREAM_FILE).exists() or any((folder / "parts").glob("[0-9]*.json"))


def _require_same_patients(found: StreamedNormals, patients: Iterable[str | None] | None, folder: Path) -> None:
    named = list(islice(_named(patients), found.n_records + 1))
    too_many = patients is not None and named[-1] != _NOBODY
    digests = [_patient_digest(patient, place) for place, patient in enumerate(named[:-1])]
    if too_many or _joined(digests) != found.patients:
        raise ModelMismatch(f"The windows in {folder} were prepared with other patients named for the recordings. Name "
                            "the same ones in the same order, or name another folder.")


def _finished(folder: Path, asked: Mapping[str, Any]) -> StreamedNormals | None:
    """What a folder holds, if all of it is there and as it was written, for the same request."""
    try:
        found = json.loads((folder / STREAM_FILE).read_text(encoding="utf-8"))
        if found["asked"] != json.loads(json.dumps(asked)):
            return None
        places, keys = tuple(map(int, found["places_held_out"])), tuple(map(str, found["records"]))
        key, parted = str(found["key"]), str(found["parted"])
        n_records, patients = int(found["n_records"]), str(found["patients"])
    except JSON_FAULTS:
        return None
    sets: dict[str, dict[str, TrainingSet]] = {side: {} for side in SIDES}
    for side, name in _each(asked):
        tokens = folder / f"{name}.{side}.npy"
        index = whole_index(tokens, tokens.with_suffix(".json"))
        if index is None:
            return None
        if index["names"]:
            left_out = tuple((record, reason) for record, reason in index["left_out"])
            sets[side][name] = TrainingSet(np.load(tokens, mmap_mode="r", allow_pickle=False), tuple(index["names"]),
                                           left_out, f"{key}-{name}-{side}")
    return StreamedNormals(sets["chosen"], sets["held-out"], places, keys, parted, n_records, patients)


def _each(asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((side, name) for side in SIDES for name in asked["inputs"])
