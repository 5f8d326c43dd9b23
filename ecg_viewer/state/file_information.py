"""What a recording's file says about it; anything that could identify the person is kept apart.

Lines that identify (dates, names, numbers, free comments) are hidden until the reader asks, and hidden again
at the next recording. They are never logged and no export takes them unless asked to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ecg_viewer.state.person import ShownPerson, stated_by, stated_in
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import duration_text
from ecg_viewer.state.words.statement_words import SOURCE, meaning, statements_explained
from mmae_core.record import AverageBeats, Device, EcgRecord, StoredSignal
from mmae_core.report.recording_info import names_somebody

LONGEST_VALUE = 300
IN_MV = {"mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "nv": 1e-6, "v": 1e3}
"""Millivolts in a unit of voltage, so that resolutions of all formats are told alike."""
_DEVICE = re.compile(r"(ecg )?(device|recorder|equipment|electrocardiograph|cart|model)", re.IGNORECASE)
_FILTER = re.compile(
    r"((high|low|band)[- ]?pass|notch|mains|baseline|muscle|ac)?[- ]?(filters?|bandwidth|frequency)( setting)?|"
    r"(high|low|band)[- ]?pass|notch",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"([-\d.,/–~<>=()+ ]|"
    r"\b(k?hz|m?s|on|off|none|yes|no|to|and|high|low|band|pass|notch|ac|mains|muscle|baseline|order)\b)+",
    re.IGNORECASE,
)
"""Matches a filter setting; a comment with any other words is not one."""
_AGE_OR_SEX = re.compile(r"(age|sex|gender)\s*:\s*[\w.]+(\s*[a-z]+)?", re.IGNORECASE)
"""Matches a comment that gives only age or sex."""
_NUMBERED = re.compile(r"\d{4}|serial|s/n", re.IGNORECASE)
"""A device name with this many digits may be a serial number, which could identify the person."""


@dataclass(frozen=True)
class HeaderField:
    """One line of the header."""

    title: str
    """In the current language."""
    value: str
    identifies: bool = False
    """Whether it could reveal who was recorded, or exactly when."""


def header_lines(record: EcgRecord, item: RecordItem | None = None) -> tuple[HeaderField, ...]:
    """All header lines of a recording, those that cannot identify first. Reads no file."""
    lines = [
        *(HeaderField(tr("Doubt"), translated(doubt)) for doubt in record.doubts),
        *_signal_lines(record),
        *_device_lines(record.device, record.average_beats),
        *_dataset_lines(item),
        *_time_lines(record),
        *_comment_lines(record, item),
        *(HeaderField(title, _short(value), identifies=True) for title, value in record.identity),
        HeaderField(tr("Files"), ", ".join(path.name for path in record.source.paths)),
    ]
    return tuple(sorted(lines, key=lambda line: line.identifies))


def shown_lines(lines: tuple[HeaderField, ...], *, with_identity: bool) -> tuple[HeaderField, ...]:
    """The lines that may be shown or exported."""
    return tuple(line for line in lines if with_identity or not line.identifies)


class RecordHeader:
    """Whether identifying lines are shown; hidden again at every new recording."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self._lines: tuple[HeaderField, ...] = ()
        self._is_identity_shown = False

    @property
    def is_identity_shown(self) -> bool:
        return self._is_identity_shown

    @property
    def n_hidden(self) -> int:
        """The number of hidden lines."""
        return 0 if self._is_identity_shown else sum(line.identifies for line in self._lines)

    @property
    def lines(self) -> tuple[HeaderField, ...]:
        """The lines that may be shown now."""
        return shown_lines(self._lines, with_identity=self._is_identity_shown)

    def show_record(self, record: EcgRecord | None, item: RecordItem | None = None) -> None:
        """Another recording was opened: hide its identity again."""
        self._lines = () if record is None else header_lines(record, item)
        self._is_identity_shown = False
        self.changed.emit()

    def show_identity(self, shown: bool) -> None:
        """Show or hide identifying lines."""
        if shown != self._is_identity_shown:
            self._is_identity_shown = shown
            self.changed.emit()


def _signal_lines(record: EcgRecord) -> list[HeaderField]:
    encodings = dict.fromkeys(signal.encoding for signal in record.stored_signals)
    lines = [
        HeaderField(tr("Format"), ", ".join((record.source.format, *encodings))),
        HeaderField(
            tr("Duration"),
            tr("{duration} ({n} samples)").format(
                duration=duration_text(record.duration_s), n=number(record.n_samples, ",")
            ),
        ),
        HeaderField(tr("Sampling rate"), _rates(record)),
        HeaderField(tr("Leads"), ", ".join(record.lead_names)),
    ]
    if record.derived_leads:
        derived = ", ".join(lead for lead in record.lead_names if lead in record.derived_leads)
        lines.append(HeaderField(tr("Computed from I and II"), derived))
    if record.extra_channels:
        channels = ", ".join(f"{channel.name} ({channel.unit})" for channel in record.extra_channels)
        lines.append(HeaderField(tr("Other channels"), _short(channels)))
    if record.stored_signals:
        lines.append(HeaderField(tr("Resolution"), _resolutions(record.stored_signals)))
    return lines


def _dataset_lines(item: RecordItem | None) -> list[HeaderField]:
    """The data set's codes in words."""
    if item is None or not item.statements:
        return []
    lines = [HeaderField(tr("Data set's statements"), statements_explained(item))]
    if any(meaning(code) for code, _ in item.statements):
        lines.append(HeaderField(tr("Source"), tr(SOURCE)))
    return lines


def _rates(record: EcgRecord) -> str:
    others = {signal.sampling_rate_hz for signal in record.stored_signals} - {record.sampling_rate_hz}
    text = f"{number(record.sampling_rate_hz, ',g')} Hz"
    if others:
        rates = ", ".join(number(rate, ",g") for rate in sorted(others))
        text += tr(" (channels stored at {rates} Hz)").format(rates=rates)
    return text


def _resolutions(signals: tuple[StoredSignal, ...]) -> str:
    """`1,000 steps per mV (1 µV a step)` for all, or for each group of channels that share it."""
    groups: dict[str, list[str]] = {}
    for signal in signals:
        groups.setdefault(_resolution(signal), []).append(signal.name or "?")
    if len(groups) == 1:
        return next(iter(groups))
    return "; ".join(f"{', '.join(names)}: {text}" for text, names in groups.items())


def _resolution(signal: StoredSignal) -> str:
    if not signal.steps_per_unit:
        return tr("not stated")
    in_mv = IN_MV.get(signal.unit.strip().lower())
    if in_mv is None:
        return tr("{steps:,g} steps per {unit}").format(steps=signal.steps_per_unit, unit=signal.unit)
    steps = signal.steps_per_unit / in_mv
    text = tr("{steps:,g} steps per {unit}").format(steps=steps, unit="mV")
    return text + tr(" ({step:.3g} µV a step)").format(step=1000 / abs(steps))


def _time_lines(record: EcgRecord) -> list[HeaderField]:
    start, note = record.start_time, record.start_time_note
    lines = [] if note is None else [HeaderField(tr("Start, what is uncertain"), translated(note))]
    if start is None:
        return [*lines, HeaderField(tr("Start"), tr("not stated"))]
    lines.insert(0, HeaderField(tr("Start, time of day"), f"{start:%H:%M:%S}"))
    if isinstance(start, datetime):
        lines.append(HeaderField(tr("Date"), f"{start:%Y-%m-%d}", identifies=True))
    return lines


def _device_lines(device: Device | None, beats: AverageBeats | None) -> list[HeaderField]:
    """What the recording device says of itself and of the ECG, named as its words."""
    lines: list[HeaderField] = []
    if device is not None:
        if name := " ".join(part for part in (device.manufacturer, device.model) if part):
            lines.append(HeaderField(tr("Device"), _short(name)))
        measured = "; ".join(f"{item.name} {item.value} {item.unit}".strip() for item in device.measurements)
        if measured:
            lines.append(HeaderField(tr("Measured by the device"), _short(measured)))
        for statement in device.statements:
            lines.append(HeaderField(tr("Stated by the device"), _short(statement),
                                    identifies=names_somebody(statement)))
    if beats is not None:
        kept = tr("{n} leads, kept apart from the recording").format(n=len(beats.lead_names))
        lines.append(HeaderField(tr("Average beats of the device"), kept))
    return lines


def _comment_lines(record: EcgRecord, item: RecordItem | None) -> list[HeaderField]:
    """Age, sex, device and filters from `key: value` comments; everything else may identify."""
    lines: list[HeaderField] = []
    filters = list(record.device.filters) if record.device is not None else []
    if item is not None and item.person:
        lines.append(HeaderField(tr("Age, sex"), item.person))
    else:
        lines += _person_lines(stated_by(record))
    for comment in record.comments:
        key, colon, value = (part.strip() for part in comment.partition(":"))
        if not colon or not value:
            known = None
        elif _AGE_OR_SEX.fullmatch(comment.strip()) and stated_in((comment,)) != ShownPerson():
            continue
        elif _FILTER.fullmatch(key) and _SETTING.fullmatch(value):
            filters.append(_short(f"{key}: {value}"))
            continue
        else:
            known = _known_line(key, value)
        if known is not None:
            lines.append(known)
        elif comment.strip() and not (colon and not value):
            lines.append(HeaderField(tr("Comment"), _short(comment), identifies=True))
    lines.append(HeaderField(tr("Recorded with filters"), "; ".join(filters) or tr("not stated")))
    return lines


def _person_lines(person: ShownPerson) -> list[HeaderField]:
    """Age and sex that measurements are compared by. Ages over 89 are not shown (HIPAA safe harbour, 45 CFR
    164.514).
    """
    lines, years = [], person.told_years
    if person.is_over_89:
        lines.append(HeaderField(tr("Age"), tr("over 89")))
    elif years is not None:
        lines.append(HeaderField(tr("Age"), number(years, "g") if float(years).is_integer() else person.age_text))
    return [*lines, HeaderField(tr("Sex"), tr(person.sex))] if person.sex else lines


def _known_line(key: str, value: str) -> HeaderField | None:
    """A comment that is understood and safe to show; None if it is not."""
    if _DEVICE.fullmatch(key):
        return HeaderField(tr("Device"), _short(value), identifies=bool(_NUMBERED.search(value)))
    return None


def _short(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable if len(printable) <= LONGEST_VALUE else f"{printable[: LONGEST_VALUE - 1]}…"
