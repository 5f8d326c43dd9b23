"""Reads SCP-ECG files (EN 1064 / ISO 11073-91064): rest ECGs with Huffman coding and reference-beat subtraction."""

from __future__ import annotations

import numpy as np

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.scp.patient import read_patient
from mmae_core.readers.scp.results import read_measurements, read_statements
from mmae_core.readers.scp.sections import looks_like_scp, read_sections
from mmae_core.readers.scp.signals import DecodedSignals, LeadDefinition, LeadSignals, decode_signals, lead_name
from mmae_core.record import STANDARD_LEADS, Annotation, AverageBeats, Device, EcgRecord, FloatArray, StoredSignal

FORMAT = "SCP-ECG"
SUFFIXES = (".scp",)

_ANNOTATOR = "device"


def claims(file: RecordingFile) -> bool:
    """Whether it begins with the pointer section of SCP-ECG."""
    return looks_like_scp(file.head, file.size)


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open an SCP-ECG file; `part` is not used, for it holds one recording.

    Raises UnreadableRecord if it is damaged, UnsupportedRecord if it is compressed so that it cannot be restored.
    """
    del part
    sections = read_sections(file)
    person = read_patient(sections.get(1))
    signals = decode_signals(sections, file.name)
    doubts = [*sections.doubts, *person.doubts, *signals.doubts]
    rhythm = signals.rhythm
    if rhythm is None:
        # decode_signals has raised unless one of the two is there
        assert signals.average is not None
        doubts.append(Message("The file holds average beats only, no continuous recording."))
        rhythm = signals.average
        leads = tuple(np.asarray(rhythm.millivolts(row), np.float32) for row in range(len(rhythm.leads)))
        starts = [0] * len(leads)
    else:
        leads = signals.rhythm_mv
        starts = [definition.start - signals.first_sample for definition in signals.definitions]
    n_samples = max(start + len(lead) for start, lead in zip(starts, leads, strict=True))
    if not n_samples:
        raise UnreadableRecord(f"{file.name} holds no samples.")

    def read_samples(start: int, end: int) -> FloatArray:
        result = np.full((len(leads), end - start), np.nan, np.float32)
        for row, (first, lead) in enumerate(zip(starts, leads, strict=True)):
            low, high = max(start, first), min(end, first + len(lead))
            if high > low:
                result[row, low - start : high - start] = lead[low - first : high - first]
        return result

    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=rhythm.rate_hz,
        n_samples=n_samples,
        channels=[_channel(definition, rhythm) for definition in signals.definitions],
        read=read_samples,
        start_time=person.start_time,
        start_time_note=person.start_time_note,
        annotations=_beat_marks(signals),
        comments=person.comments,
        doubts=doubts,
        device=Device(person.manufacturer, person.model, read_statements(sections, person.encoding),
                      read_measurements(sections), person.filters),
        average_beats=None if signals.rhythm is None else _average_beats(signals),
        age_years=person.age_years,
        sex=person.sex,
        identity=person.identity,
    )


def _channel(definition: LeadDefinition, signals: LeadSignals) -> ReadChannel:
    name = lead_name(definition.number)
    stored = StoredSignal(
        name=name, unit="µV", steps_per_unit=1000 / signals.nanovolts_per_step, sampling_rate_hz=signals.rate_hz,
        encoding="16 bit",
    )
    return ReadChannel(name, "mV", f"5.6.3-9-{definition.number}", stored=stored)


def _beat_marks(signals: DecodedSignals) -> tuple[Annotation, ...]:
    """The beats of section 4, each at its fiducial point."""
    if signals.reference is None or signals.rhythm is None:
        return ()
    times = ((beat.fiducial - signals.first_sample) / signals.rhythm.rate_hz for beat in signals.reference.beats)
    return tuple(
        Annotation(time_s, None, f"QRS, type {beat.type}", annotator=_ANNOTATOR)
        for time_s, beat in zip(times, signals.reference.beats, strict=True) if time_s >= 0
    )


def _average_beats(signals: DecodedSignals) -> AverageBeats | None:
    """The reference beat of each lead known here, the twelve first."""
    if signals.average is None:
        return None
    rows: dict[str, int] = {}
    for row, definition in enumerate(signals.definitions):
        lead, is_inverted = lead_of(lead_name(definition.number))
        if lead is not None and not is_inverted and len(signals.average.leads[row]):
            rows.setdefault(lead, row)
    if not rows:
        return None
    names = [lead for lead in STANDARD_LEADS if lead in rows]
    names += [lead for lead in rows if lead not in STANDARD_LEADS]
    longest = max(len(signals.average.leads[row]) for row in rows.values())
    values = np.full((len(names), longest), np.nan, np.float32)
    for place, lead in enumerate(names):
        beat = signals.average.millivolts(rows[lead])
        values[place, : len(beat)] = beat
    return AverageBeats(tuple(names), signals.average.rate_hz, values, "reference beat")
