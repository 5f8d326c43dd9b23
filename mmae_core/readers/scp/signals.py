"""Decodes the leads of an SCP-ECG file: sections 3 to 6 of EN 1064 (5.6 to 5.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.lead_names import SCP_INVERTED_AVR, SCP_LEADS
from mmae_core.readers.scp.huffman import HuffmanDecoder, read_tables
from mmae_core.readers.scp.sections import ScpSections, SectionBody
from mmae_core.record import FloatArray

RHYTHM_SECTION = 6
AVERAGE_SECTION = 5
MAX_BEATS = 100_000
MAX_TOTAL_SAMPLES = 16_000_000
"""Over all leads; half an hour of twelve leads at 500 Hz has 11 million."""

_REFERENCE_SUBTRACTED = 0b001
_LEAD_BYTES = 9
_BEAT_BYTES = 14
_MAX_VALUE = 1 << 17
"""Samples have 16 bits; sums with a reference beat may have one more."""


_MORE_NAMES = {
    SCP_INVERTED_AVR: "-aVR", 19: "CC5", 20: "CM5", 70: "Nehb D", 71: "Nehb A", 72: "Nehb J", 86: "Chest",
    92: "MCL1", 93: "MCL2", 94: "MCL3", 95: "MCL4", 96: "MCL5", 97: "MCL6",
}
"""Lead numbers of SCP-ECG beside the twelve and those of `lead_names`."""


def lead_name(number: int) -> str:
    """The name of a lead number."""
    return SCP_LEADS.get(number) or _MORE_NAMES.get(number, f"SCP lead {number}")


@dataclass(frozen=True)
class LeadDefinition:
    """One lead of section 3."""

    start: int
    """First sample, in the file's own numbers, which begin at 1 or, from some devices, at 0."""
    end: int
    """Last sample."""
    number: int
    """Lead number of SCP-ECG."""

    @property
    def n_samples(self) -> int:
        return self.end - self.start + 1


@dataclass(frozen=True)
class LeadSignals:
    """The decoded leads of a section."""

    rate_hz: float
    nanovolts_per_step: int
    leads: tuple[NDArray[np.int64], ...]
    """In the order of section 3, in steps."""

    def millivolts(self, row: int) -> NDArray[np.float64]:
        """One lead."""
        return np.asarray(self.leads[row] * (self.nanovolts_per_step * 1e-6), np.float64)


@dataclass(frozen=True)
class BeatPlace:
    """Where a beat lies in the rhythm, in sample numbers of the file."""

    type: int
    """0 for beats from which the reference beat was subtracted."""
    start: int
    fiducial: int
    end: int


@dataclass(frozen=True)
class ReferenceBeat:
    """Section 4: the reference beat and the places from which it was subtracted."""

    length_ms: int
    fiducial: int
    """Sample of the reference beat, the first being 1."""
    beats: tuple[BeatPlace, ...]


@dataclass(frozen=True)
class DecodedSignals:
    """The rhythm and the average beats of a file."""

    definitions: tuple[LeadDefinition, ...]
    rhythm: LeadSignals | None
    """None when the file holds average beats only."""
    rhythm_mv: tuple[FloatArray, ...]
    average: LeadSignals | None
    reference: ReferenceBeat | None
    doubts: tuple[Message, ...]

    @property
    def first_sample(self) -> int:
        """Number of the first sample of the recording in the file's own numbers."""
        return min(definition.start for definition in self.definitions)


def decode_signals(sections: ScpSections, file_name: str) -> DecodedSignals:
    """Decode everything. Raises UnreadableRecord if it is damaged, UnsupportedRecord for bimodal compression."""
    lead_section = sections.get(3)
    if lead_section is None:
        raise UnreadableRecord(f"{file_name} has no section 3, which names the leads. Export it again.")
    definitions, is_subtracted = _read_definitions(lead_section)
    tables = sections.get(2)
    decoder = None if tables is None else HuffmanDecoder(read_tables(tables), file_name)
    reference_section = sections.get(4)
    reference = None if reference_section is None else _read_reference(reference_section)
    doubts: list[Message] = []
    average_section, rhythm_section = sections.get(AVERAGE_SECTION), sections.get(RHYTHM_SECTION)
    if average_section is None and rhythm_section is None:
        raise UnsupportedRecord(
            f"{file_name} holds no signals: sections 5 and 6 are missing. Found sections "
            f"{', '.join(map(str, sorted(sections.bodies)))}; export the ECG with its rhythm.",
            code="foreign",
        )
    average = None
    if average_section is not None:
        try:
            average = _decode_average(average_section, len(definitions), reference, decoder)
        except UnreadableRecord:
            if is_subtracted or rhythm_section is None:
                raise
            doubts.append(Message("The average beats in the file are damaged and left out."))
    rhythm = None
    if rhythm_section is not None:
        rhythm, definitions = _decode_rhythm(rhythm_section, definitions, decoder, doubts)
    rhythm_mv: tuple[FloatArray, ...] = ()
    if rhythm is not None:
        beats = None
        if is_subtracted:
            beats = _subtracted_beats(rhythm, average, reference, file_name)
        rhythm_mv = tuple(
            _with_reference(rhythm, average, reference, beats, row, definitions[row]) for row in range(len(definitions))
        )
    return DecodedSignals(definitions, rhythm, rhythm_mv, average, reference, tuple(doubts))


def _read_definitions(section: SectionBody) -> tuple[tuple[LeadDefinition, ...], bool]:
    n_leads, flags = section.unpack("BB", 0)
    if not n_leads:
        raise UnreadableRecord(f"{section.file_name} states no leads. Export it again.")
    definitions = tuple(
        LeadDefinition(*section.unpack("IIB", 2 + _LEAD_BYTES * row)) for row in range(n_leads)
    )
    for definition in definitions:
        if definition.end < definition.start:
            raise UnreadableRecord(
                f"Lead number {definition.number} of {section.file_name} ends at sample {definition.end} before it "
                f"begins, at {definition.start}."
            )
    return definitions, bool(flags & _REFERENCE_SUBTRACTED)


def _read_reference(section: SectionBody) -> ReferenceBeat:
    length_ms, fiducial, n_beats = section.unpack("HHH", 0)
    if n_beats * _BEAT_BYTES > len(section) or n_beats > MAX_BEATS:
        raise UnreadableRecord(
            f"{section.file_name} states {n_beats} beats in section 4, which has room for "
            f"{len(section) // _BEAT_BYTES}."
        )
    beats = tuple(BeatPlace(*section.unpack("HIII", 6 + _BEAT_BYTES * number)) for number in range(n_beats))
    return ReferenceBeat(length_ms, fiducial, beats)


def _decode_average(
    section: SectionBody, n_leads: int, reference: ReferenceBeat | None, decoder: HuffmanDecoder | None
) -> LeadSignals:
    """The reference beats; section 4 states their length."""
    header = _SignalHeader.of(section, n_leads)
    length = None if reference is None or not reference.length_ms else round(
        reference.length_ms * header.rate_hz / 1000
    )
    leads = [header.decode(row, length, decoder)[0] for row in range(n_leads)]
    return LeadSignals(header.rate_hz, header.nanovolts_per_step, tuple(leads))


def _decode_rhythm(
    section: SectionBody, definitions: tuple[LeadDefinition, ...], decoder: HuffmanDecoder | None,
    doubts: list[Message],
) -> tuple[LeadSignals, tuple[LeadDefinition, ...]]:
    header = _SignalHeader.of(section, len(definitions))
    if header.is_bimodal:
        raise UnsupportedRecord(
            f"{section.file_name} is stored with bimodal compression, which leaves out three of four samples between "
            "the QRS complexes: the curve cannot be restored exactly. Export it without that compression.",
        )
    total = sum(min(definition.n_samples, 8 * size) for definition, size in zip(definitions, header.sizes, strict=True))
    if total > MAX_TOTAL_SAMPLES:
        raise UnreadableRecord(
            f"{section.file_name} states {total} samples; at most {MAX_TOTAL_SAMPLES} are decoded."
        )
    leads, found = [], []
    for row, definition in enumerate(definitions):
        values, bits_left = header.decode(row, definition.n_samples, decoder)
        n_samples = definition.n_samples
        if _counts_one_too_many(definition, header, decoder is not None, bits_left, len(values)):
            n_samples -= 1
            values = values[:n_samples]
        elif len(values) < n_samples:
            doubts.append(Message(
                "Lead {lead} holds {present} samples; {stated} are stated.",
                lead=lead_name(definition.number), present=len(values), stated=n_samples,
            ))
            n_samples = len(values)
        if not n_samples:
            raise UnreadableRecord(f"Lead number {definition.number} of {section.file_name} holds no samples.")
        leads.append(values)
        found.append(replace(definition, end=definition.start + n_samples - 1))
    return LeadSignals(header.rate_hz, header.nanovolts_per_step, tuple(leads)), tuple(found)


def _counts_one_too_many(
    definition: LeadDefinition, header: _SignalHeader, is_packed: bool, bits_left: int, n_decoded: int
) -> bool:
    """Whether a lead that begins at 0 gives the number of samples as its end.

    Such files hold one sample less than they state; the last bits, which fill a byte, would be decoded as one more.
    """
    if definition.start != 0:
        return False
    if n_decoded == definition.n_samples - 1:
        return True
    tenths_s = (10 * definition.end / header.rate_hz) % 1
    return n_decoded == definition.n_samples and bits_left < 8 and is_packed and tenths_s == 0


@dataclass(frozen=True)
class _SignalHeader:
    """The begin of section 5 or 6."""

    section: SectionBody
    nanovolts_per_step: int
    rate_hz: float
    difference: int
    """0: samples; 1: first differences; 2: second differences."""
    is_bimodal: bool
    sizes: tuple[int, ...]
    """Bytes of each lead."""

    @classmethod
    def of(cls, section: SectionBody, n_leads: int) -> _SignalHeader:
        nanovolts, interval_us, difference, flag = section.unpack("HHBB", 0)
        if not nanovolts or not interval_us or difference > 2:
            raise UnreadableRecord(
                f"Section {section.number} of {section.file_name} states {nanovolts} nV a step, a sample each "
                f"{interval_us} µs and differences of order {difference}. Positive numbers and an order of 0 to 2 are "
                "expected."
            )
        sizes = section.unpack(f"{n_leads}H", 6)
        if 6 + 2 * n_leads + sum(sizes) > len(section):
            raise UnreadableRecord(
                f"Section {section.number} of {section.file_name} has {len(section)} bytes; its leads need "
                f"{6 + 2 * n_leads + sum(sizes)}. The file is damaged or incomplete: fetch it again."
            )
        is_bimodal = section.number == RHYTHM_SECTION and flag == 1
        return cls(section, nanovolts, 1e6 / interval_us, difference, is_bimodal, sizes)

    def decode(self, row: int, n_samples: int | None, decoder: HuffmanDecoder | None) -> tuple[NDArray[np.int64], int]:
        """Samples of one lead, at most `n_samples`, and the bits that are left behind them."""
        begin = 6 + 2 * len(self.sizes) + sum(self.sizes[:row])
        packed = self.section.data[begin : begin + self.sizes[row]]
        if decoder is None:
            values = np.frombuffer(packed, "<i2", len(packed) // 2).astype(np.int64)[:n_samples]
            bits_left = 8 * (len(packed) - 2 * len(values))
        else:
            values, bits_left = decoder.decode(packed, 8 * len(packed) if n_samples is None else n_samples)
        values = _summed(values, self.difference)
        if len(values) and np.abs(values).max() > _MAX_VALUE:
            raise UnreadableRecord(
                f"Section {self.section.number} of {self.section.file_name} reaches {np.abs(values).max()} steps; "
                "samples have 16 bits. The file is damaged: fetch it again."
            )
        return values, bits_left


def _summed(values: NDArray[np.int64], difference: int) -> NDArray[np.int64]:
    """Samples from their differences; the first one or two are samples themselves."""
    if difference == 0 or len(values) < difference:
        return values
    if difference == 1:
        return np.cumsum(values)
    steps = values.copy()
    if len(steps) > 1:
        steps[1] -= values[0]
        steps[1:] = np.cumsum(steps[1:])
    return np.cumsum(steps)


def _subtracted_beats(
    rhythm: LeadSignals, average: LeadSignals | None, reference: ReferenceBeat | None, file_name: str
) -> tuple[BeatPlace, ...]:
    """The places where the reference beat has to be added again."""
    if average is None or reference is None:
        raise UnreadableRecord(
            f"{file_name} says that a reference beat was subtracted, and lacks section "
            f"{4 if reference is None else 5}, so that the curve cannot be restored. Export it again."
        )
    if average.rate_hz != rhythm.rate_hz:
        raise UnsupportedRecord(
            f"{file_name} subtracts a reference beat of {average.rate_hz:g} Hz from a rhythm of {rhythm.rate_hz:g} Hz; "
            "only equal rates can be restored exactly. Export it without that compression."
        )
    return tuple(beat for beat in reference.beats if beat.type == 0 and 0 < beat.start <= beat.end)


def _with_reference(
    rhythm: LeadSignals, average: LeadSignals | None, reference: ReferenceBeat | None,
    beats: Sequence[BeatPlace] | None, row: int, definition: LeadDefinition,
) -> FloatArray:
    """One lead of the rhythm in mV, with the reference beat added where it was subtracted."""
    values = rhythm.millivolts(row)
    if beats and average is not None and reference is not None:
        beat_mv = average.millivolts(row)
        for beat in beats:
            in_beat = beat.start - beat.fiducial + reference.fiducial - 1
            at = beat.start - definition.start
            skipped = max(0, -in_beat, -at)
            n_samples = min(beat.end - beat.start + 1, len(beat_mv) - in_beat, len(values) - at)
            if n_samples > skipped:
                values[at + skipped : at + n_samples] += beat_mv[in_beat + skipped : in_beat + n_samples]
    return np.asarray(values, np.float32)
