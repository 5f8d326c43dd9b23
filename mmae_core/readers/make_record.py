"""Turns what a reader found in a file into an `EcgRecord`: standard leads in order, the rest beside them, checked."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Literal

import numpy as np

from mmae_core.errors import Cancelled, UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.device_filters import filter_doubts
from mmae_core.readers.lead_names import MORE_LEADS, is_electrode_name, lead_of
from mmae_core.readers.limits import MAX_CHANNELS, MAX_DURATION_S, MAX_RATE_HZ, MIN_RATE_HZ
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import (
    STANDARD_LEADS,
    Annotation,
    AverageBeats,
    Channel,
    Device,
    EcgRecord,
    FloatArray,
    ReadSamples,
    Source,
    StoredSignal,
)

ReadChannels = Callable[[Sequence[int], int, int], FloatArray]
"""(rows of channels, first sample, end sample) -> float32 (those channels, samples)."""
DERIVED = {"III": (-1.0, 1.0), "aVR": (-0.5, -0.5), "aVL": (1.0, -0.5), "aVF": (-0.5, 1.0)}
"""Einthoven's and Goldberger's leads as multiples of I and II."""
LIMB_LEADS = frozenset({"I", "II", *DERIVED})
MAX_NAME = 60
COMPUTED = "Computed from leads I and II"
"""How a file says of which limb leads it holds computed traces: with their names behind a colon."""
_COMPUTED = re.compile(COMPUTED + r": ((?:III|aVR|aVL|aVF)(?:, (?:III|aVR|aVL|aVF))*)\.?", re.IGNORECASE)
_DIGEST_SAMPLES = 1 << 18


@dataclass(frozen=True)
class ReadChannel:
    """One channel of a file, in the order in which its samples are read."""

    name: str
    """As in the file."""
    unit: str
    """`mV` for an ECG channel, which is read scaled to mV; otherwise its own unit."""
    code: str = ""
    """Standard code of the lead, such as `MDC_ECG_LEAD_I`, `5.6.3-9-1` or `2:1`."""
    lead: str | None = None
    """The lead, where the reader knows it."""
    stored: StoredSignal | None = None
    """How it is stored, as far as the file says."""
    is_computed: bool = False
    """Whether the file says that it was computed from I and II."""


@dataclass(frozen=True)
class FileSource(Source):
    """The files of a recording as they were when it was opened, or one of several recordings of a file."""

    files: tuple[RecordingFile, ...] = ()
    part: str = ""
    """Name of the recording in a file of several."""
    digest_part: Callable[[Callable[[], bool]], str] | None = None
    """Checksum of that recording alone."""

    @property
    def own_paths(self) -> tuple[Path, ...]:
        return tuple(path / self.part for path in self.paths[:1]) if self.part else self.paths

    @property
    def stamps(self) -> tuple[tuple[int, int], ...]:
        files = self.files[:1] if self.part else self.files
        found = [(file.stamp.size, file.stamp.modified_ns) for file in files if file.stamp is not None]
        return tuple(found) if len(found) == len(self.own_paths) else ()

    def _digest(self, should_stop: Callable[[], bool]) -> str:
        if self.part and self.digest_part is not None:
            return self.digest_part(should_stop)
        if not self.paths:
            digest = hashlib.sha256()
            for file in self.files:
                digest.update(file.read_at(0, file.size))
            return digest.hexdigest()
        checksum = super()._digest(should_stop)
        self.require_unchanged()
        return checksum

    def require_unchanged(self) -> None:
        """Raise UnreadableRecord if a file is another than the one that was opened."""
        for file in self.files:
            file.require_unchanged()


def make_record(
    file: RecordingFile,
    *,
    format_name: str,
    rate_hz: float,
    n_samples: int,
    channels: Sequence[ReadChannel],
    read: ReadSamples,
    name: str = "",
    part: str = "",
    paths: Sequence[Path] = (),
    start_time: datetime | time | None = None,
    start_time_note: Message | None = None,
    annotations: Sequence[Annotation] = (),
    comments: tuple[str, ...] = (),
    doubts: Sequence[Message] = (),
    device: Device | None = None,
    average_beats: AverageBeats | None = None,
    age_years: float | None = None,
    sex: Literal["male", "female"] | None = None,
    identity: Sequence[tuple[str, str]] = (),
    is_filtered: bool = False,
    read_channels: ReadChannels | None = None,
) -> EcgRecord:
    """A recording from its channels; `read(start, end)` gives all of them, float32 (channels, samples).

    The twelve leads come in their order, those the file lacks are computed from I and II, an inverted one is turned.
    Everything else becomes an extra channel. `paths` are all files of the recording if they are more than `file`;
    `part` names it in a file of several. `read_channels` reads some channels alone, where that costs less. Raises
    UnreadableRecord or UnsupportedRecord if a number is impossible, there are no samples, or no channel is in volts.
    """
    _require_possible(file, rate_hz, n_samples, len(channels))
    chosen = _Leads.among(channels)
    _require_voltages(file, channels, chosen)
    recorded = [lead for lead in STANDARD_LEADS if lead in chosen.rows]
    derived = [lead for lead in DERIVED if lead not in chosen.rows and {"I", "II"} <= chosen.rows.keys()]
    stated = {lead for comment in comments for lead in computed_leads(comment)}
    computed = [lead for lead in recorded
                if lead in DERIVED and (lead in stated or channels[chosen.rows[lead]].is_computed)]
    names = tuple(lead for lead in STANDARD_LEADS if lead in chosen.rows or lead in derived)
    others = [row for row in range(len(channels)) if row not in chosen.rows.values()]
    lead_rows = [chosen.rows[lead] for lead in recorded]
    signs = np.array([[-1 if lead in chosen.inverted else 1] for lead in recorded], np.float32)

    def read_rows(rows: Sequence[int], start: int, end: int) -> FloatArray:
        if read_channels is not None:
            return np.asarray(read_channels(rows, start, end), np.float32)
        return np.asarray(read(start, end), np.float32)[rows]

    def read_leads(start: int, end: int) -> FloatArray:
        leads = read_rows(lead_rows, start, end)
        return _with_limb_leads(leads * signs if chosen.inverted else leads, recorded, names)

    def read_others(start: int, end: int) -> FloatArray:
        return read_rows(others, start, end)

    nameless = Message("The file names none of the twelve leads: what it holds is shown, but cannot be assessed.")
    if not names and not any(str(nameless) in str(doubt) for doubt in doubts):
        doubts = (*doubts, nameless)
    return EcgRecord(
        name=name or (Path(file.name).stem + (f" {part}" if part else "")),
        sampling_rate_hz=float(rate_hz),
        n_samples=int(n_samples),
        lead_names=names,
        source=_source(file, format_name, paths, part, rate_hz, channels, n_samples, read),
        read_leads=read_leads,
        derived_leads=frozenset((*derived, *computed)),
        extra_channels=_extra_channels(channels, others, names),
        read_extra_channels=read_others if others else None,
        start_time=start_time,
        start_time_note=start_time_note,
        annotations=annotations,
        comments=tuple(comment for comment in comments if not computed_leads(comment)),
        stored_signals=tuple(channel.stored for channel in channels if channel.stored is not None),
        is_filtered=is_filtered,
        doubts=(*chosen.doubts, *doubts, *filter_doubts(device)),
        device=device,
        average_beats=average_beats,
        age_years=age_years,
        sex=sex,
        identity=tuple(identity),
    )


@dataclass(frozen=True)
class _Leads:
    """Which channel each of the twelve leads is."""

    rows: dict[str, int]
    inverted: frozenset[str]
    doubts: tuple[Message, ...]

    @classmethod
    def among(cls, channels: Sequence[ReadChannel]) -> _Leads:
        """The first channel of each lead, in mV."""
        found = [_lead_of(channel) for channel in channels]
        has_limb_lead = any(lead in LIMB_LEADS for lead, _ in found)
        rows: dict[str, int] = {}
        inverted: set[str] = set()
        times: Counter[str] = Counter()
        for row, (channel, (lead, is_inverted)) in enumerate(zip(channels, found, strict=True)):
            if lead not in STANDARD_LEADS or channel.unit != "mV":
                continue
            if is_electrode_name(channel.name) and not channel.lead and not channel.code and not has_limb_lead:
                continue  # C3 and C4 without I or II are electrodes of an EEG
            times[lead] += 1
            if lead not in rows:
                rows[lead] = row
                if is_inverted:
                    inverted.add(lead)
        doubts = [Message("Lead {lead} is recorded upside down (“{name}”); it is shown the usual way up.",
                          lead=lead, name=shortened(channels[rows[lead]].name)) for lead in sorted(inverted)]
        doubts += [Message("Lead {lead} is recorded {n} times: the first is shown, the others are further channels.",
                           lead=lead, n=n) for lead, n in times.items() if n > 1]
        return cls(rows, frozenset(inverted), tuple(doubts))


def computed_text(record: EcgRecord) -> str:
    """`Computed from leads I and II: III, aVR`; empty if no lead was computed."""
    leads = [lead for lead in record.lead_names if lead in record.derived_leads]
    return f"{COMPUTED}: {', '.join(leads)}" if leads else ""


def computed_leads(text: str) -> frozenset[str]:
    """The leads that a text as `computed_text` writes it names; none of another text."""
    found = _COMPUTED.search(text)
    if found is None:
        return frozenset()
    names = {lead.casefold(): lead for lead in DERIVED}
    return frozenset(names[word.casefold()] for word in found[1].split(", "))


def shortened(text: str, most: int = MAX_NAME) -> str:
    """`text` fit for one line of a message."""
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= most else printable[: most - 3] + "..."


def _lead_of(channel: ReadChannel) -> tuple[str | None, bool]:
    return (channel.lead, False) if channel.lead else lead_of(channel.name, channel.code)


def _require_possible(file: RecordingFile, rate_hz: float, n_samples: int, n_channels: int) -> None:
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise UnsupportedRecord(
            f"{file.name} states {rate_hz:g} samples a second; {MIN_RATE_HZ:g} to {MAX_RATE_HZ:,.0f} can be read.",
            code="rate",
        )
    if not 0 < n_channels <= MAX_CHANNELS:
        raise UnsupportedRecord(f"{file.name} holds {n_channels:,} channels; 1 to {MAX_CHANNELS:,} can be read.")
    if n_samples <= 0:
        raise UnreadableRecord(f"{file.name} describes a recording without samples.")
    if n_samples / rate_hz > MAX_DURATION_S:
        raise UnreadableRecord(f"{file.name} describes {n_samples:,} samples at {rate_hz:g} Hz, more than a year.")


def _require_voltages(file: RecordingFile, channels: Sequence[ReadChannel], chosen: _Leads) -> None:
    for channel in channels:
        lead, _ = _lead_of(channel)
        if lead in STANDARD_LEADS and channel.unit != "mV" and lead not in chosen.rows:
            raise UnsupportedRecord(
                f"Lead {lead} of {file.name} is in '{shortened(channel.unit)}'; expected V, mV, µV or nV. Its "
                "millivolts are unknown.",
                code="unit",
            )
    if not any(channel.unit == "mV" for channel in channels):
        found = ", ".join(shortened(channel.name or "unnamed", 20) for channel in channels[:16])
        raise UnsupportedRecord(
            f"{file.name} holds no ECG: none of its channels is in volts. Found: {found}; expected any of "
            f"{', '.join(STANDARD_LEADS)}.",
            code="leads",
        )


def _with_limb_leads(leads: FloatArray, recorded: Sequence[str], names: Sequence[str]) -> FloatArray:
    """The recorded leads, and among them those computed from I and II."""
    if len(recorded) == len(names):
        return leads
    result = np.empty((len(names), leads.shape[1]), np.float32)
    for row, lead in enumerate(names):
        if lead in recorded:
            result[row] = leads[recorded.index(lead)]
        else:
            of_1, of_2 = DERIVED[lead]
            result[row] = of_1 * leads[recorded.index("I")] + of_2 * leads[recorded.index("II")]
    return result


def _extra_channels(
    channels: Sequence[ReadChannel], others: Sequence[int], leads: Sequence[str]
) -> tuple[Channel, ...]:
    """The other channels, each under a name of its own."""
    used = set(leads)
    result = []
    for row in others:
        channel = channels[row]
        lead, is_inverted = _lead_of(channel)
        base = lead if lead in MORE_LEADS and not is_inverted else shortened(channel.name.strip())
        base = base or f"channel {row + 1}"
        name, number = base, 2
        while name in used:
            name, number = f"{base} ({number})", number + 1
        used.add(name)
        result.append(Channel(name, channel.unit))
    return tuple(result)


def _source(
    file: RecordingFile, format_name: str, paths: Sequence[Path], part: str, rate_hz: float,
    channels: Sequence[ReadChannel], n_samples: int, read: ReadSamples,
) -> FileSource:
    def digest_part(should_stop: Callable[[], bool]) -> str:
        digest = hashlib.sha256(repr((rate_hz, n_samples, [channel.name for channel in channels])).encode())
        for start in range(0, n_samples, _DIGEST_SAMPLES):
            if should_stop():
                raise Cancelled(f"The checksum of {file.name} was cancelled.")
            stretch = read(start, min(start + _DIGEST_SAMPLES, n_samples))
            digest.update(np.ascontiguousarray(stretch, "<f4").tobytes())
        return digest.hexdigest()

    own = () if file.path is None else (file.path,)
    all_paths = tuple(paths) or own
    files = (file,) if not paths else tuple(file if path in own else RecordingFile.of(path) for path in paths)
    return FileSource(all_paths, format_name, files, part, digest_part)
