"""What a recording's file holds, and every doubt about it: for `mmae_core info FILE`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import numpy as np

from mmae_core.departures.person import stated_person
from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.record import AverageBeats, Device, EcgRecord
from mmae_core.writers.sample_blocks import blocks

MAX_READ = 24_000_000
"""Samples of all traces that are looked through for stretches without values: about an hour of twelve leads."""
HIDDEN = "hidden, because it could identify somebody; --identity shows it"
SIGNAL_S = 10.0
"""Of the signal, that doubts are looked for in."""
_NAMES_SOMEBODY = re.compile(r"\b(by|dr|physician|doctor|technician|referr\w*|name|tel|phone)\b", re.IGNORECASE)


def names_somebody(statement: str) -> bool:
    """Whether a device's statement may name a person, as `Confirmed by …` does."""
    return _NAMES_SOMEBODY.search(statement) is not None


def recording_document(record: EcgRecord, *, with_identity: bool = False) -> dict[str, Any]:
    """Everything the file says, as JSON values; what identifies somebody only if asked for.

    Ages over 89 are not given (HIPAA safe harbour, 45 CFR 164.514). What the device states is under `device`: these are
    its words and numbers, not this program's. Reads annotations, the first 10 s for doubts about the signal, and the
    samples of a recording of up to `MAX_READ`.
    """
    person = stated_person(record)
    annotations, doubts = _annotations(record)
    without_values, more = _without_values(record)
    document: dict[str, Any] = {
        "name": record.name,
        "format": record.source.format,
        "files": [path.name for path in record.source.paths],
        "doubts": list(dict.fromkeys([*map(str, record.doubts), *doubts, *_signal_doubts(record), *more])),
        "sampling_rate_hz": record.sampling_rate_hz,
        "n_samples": record.n_samples,
        "duration_s": record.duration_s,
        "without_values": without_values,
        "leads": list(record.lead_names),
        "derived_leads": [lead for lead in record.lead_names if lead in record.derived_leads],
        "other_channels": [{"name": channel.name, "unit": channel.unit} for channel in record.extra_channels],
        "stored_signals": [
            {"name": stored.name, "unit": stored.unit, "steps_per_unit": stored.steps_per_unit,
             "sampling_rate_hz": stored.sampling_rate_hz, "encoding": stored.encoding}
            for stored in record.stored_signals
        ],
        "is_filtered_for_the_model": record.is_filtered,
        "start": _start(record, with_identity),
        "age_years": person.age,
        "is_over_89": person.is_over_oldest,
        "sex": person.sex,
        "n_annotations": annotations,
        "average_beats": None if record.average_beats is None else _beats(record.average_beats),
        "device": None if record.device is None else _device(record.device, with_identity),
        "n_identifying": len(record.identity) + len(record.comments),
    }
    if with_identity:
        document["identity"] = [{"title": title, "value": value} for title, value in record.identity]
        document["comments"] = list(record.comments)
    return document


def recording_lines(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(title, text) of a `recording_document`, in words."""
    yield "Format", f"{document['format']}: {', '.join(document['files'])}"
    for doubt in document["doubts"]:
        yield "DOUBT", doubt
    yield "Duration", (f"{document['duration_s']:.6g} s: {document['n_samples']:,} samples at "
                       f"{document['sampling_rate_hz']:g} Hz")
    if document["without_values"] is None:
        yield "No values", "not looked for: the recording is long"
    for gap in document["without_values"] or ():
        names = "all leads" if gap["is_all"] else ", ".join(gap["names"])
        yield "No values", f"{gap['duration_s']:.6g} s of {document['duration_s']:.6g} s: {names}"
    yield "Leads", ", ".join(document["leads"]) or "none of the twelve"
    if document["derived_leads"]:
        yield "Computed", f"{', '.join(document['derived_leads'])}: from I and II, not recorded"
    if document["other_channels"]:
        yield "More channels", ", ".join(f"{item['name']} ({item['unit']})" for item in document["other_channels"])
    for text in dict.fromkeys(map(_resolution, document["stored_signals"])):
        yield "Stored as", text
    if document["is_filtered_for_the_model"]:
        yield "Filter", "already filtered for the model"
    start = document["start"]
    yield "Start", " ".join(text for text in (start["date"], start["time_of_day"]) if text) or "not stated"
    if start["note"]:
        yield "", start["note"]
    age = "over 89" if document["is_over_89"] else f"{document['age_years']:.3g}" if document["age_years"] else ""
    yield "Age, sex", ", ".join(text for text in (age, document["sex"]) if text) or "not stated"
    if document["n_annotations"]:
        yield "Annotations", f"{document['n_annotations']:,}"
    beats = document["average_beats"]
    if beats is not None:
        text = f"{len(beats['leads'])} leads, {beats['n_samples']} samples at {beats['sampling_rate_hz']:g} Hz"
        yield "Average beats", "; ".join(part for part in (text, beats["note"], "kept apart") if part)
    if document["device"] is not None:
        yield from _device_lines(document["device"])
    yield from _identity_lines(document)


def _annotations(record: EcgRecord) -> tuple[int, list[str]]:
    try:
        return len(record.annotations), []
    except UnreadableRecord as error:
        return 0, [str(error)]


def _signal_doubts(record: EcgRecord) -> list[str]:
    """What the first 10 s look like they were taken with, or why they cannot be read."""
    from mmae_core.signals.quality import assess_quality

    try:
        if not record.lead_names:
            record.read_extra(0, round(SIGNAL_S * record.sampling_rate_hz))
            return []
        return [str(suspicion.text) for suspicion in assess_quality(record, 0.0, SIGNAL_S).suspicions]
    except UnreadableRecord as error:
        return [str(error)]
    except UnsupportedRecord:  # too short to tell
        return []


def _without_values(record: EcgRecord) -> tuple[list[dict[str, Any]] | None, list[str]]:
    """How long traces have no value, those of one length together, None if that is not looked for; and doubts."""
    names = record.trace_names
    if record.n_samples * len(names) > MAX_READ:
        return None, []
    try:
        missing = sum((np.isnan(block).sum(axis=1) for block in blocks(record)), np.zeros(len(names), np.int64))
    except UnreadableRecord as error:
        return [], [str(error)]
    found = [(int(count), [name for name, n in zip(names, missing, strict=True) if n == count])
             for count in sorted(set(missing.tolist()), reverse=True) if count]
    return [{"names": those, "is_all": len(those) == len(names), "duration_s": count / record.sampling_rate_hz}
            for count, those in found], []


def _start(record: EcgRecord, with_identity: bool) -> dict[str, str | None]:
    start = record.start_time
    note = None if record.start_time_note is None else str(record.start_time_note)
    if start is None:
        return {"date": None, "time_of_day": None, "note": note}
    date = f"{start:%Y-%m-%d}" if isinstance(start, datetime) and with_identity else None
    return {"date": date, "time_of_day": f"{start:%H:%M:%S}", "note": note}


def _beats(beats: AverageBeats) -> dict[str, Any]:
    return {"leads": list(beats.lead_names), "sampling_rate_hz": beats.rate_hz,
            "n_samples": int(beats.signal_mv.shape[1]), "note": str(beats.note)}


def _device(device: Device, with_identity: bool) -> dict[str, Any]:
    return {
        "manufacturer": device.manufacturer,
        "model": device.model,
        "filters": list(device.filters),
        "measurements": [{"name": item.name, "value": item.value, "unit": item.unit} for item in device.measurements],
        "statements": [text if with_identity or not names_somebody(text) else HIDDEN for text in device.statements],
    }


def _device_lines(device: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Device", " ".join(text for text in (device["manufacturer"], device["model"]) if text) or "not named"
    if device["filters"]:
        yield "Its filters", "; ".join(device["filters"])
    if device["measurements"]:
        yield "It measured", "; ".join(f"{item['name']} {item['value']} {item['unit']}".strip()
                                       for item in device["measurements"])
    for statement in device["statements"]:
        yield "It states", statement


def _identity_lines(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "identity" not in document:
        if document["n_identifying"]:
            n = document["n_identifying"]
            words = "1 field or comment hidden; --identity shows it" if n == 1 else (
                f"{n} fields or comments hidden; --identity shows them")
            yield "Identity", words
        return
    for item in document["identity"]:
        yield item["title"], item["value"]
    for comment in document["comments"]:
        yield "Comment", comment


def _resolution(stored: Mapping[str, Any]) -> str:
    if stored["encoding"].startswith("float") and stored["steps_per_unit"] == 1:
        return f"{stored['encoding']}, in {stored['unit']}, {stored['sampling_rate_hz']:g} Hz"
    gain = f"{stored['steps_per_unit']:,g} steps per {stored['unit']}" if stored["steps_per_unit"] else "no gain stated"
    return f"{stored['encoding']}, {gain}, {stored['sampling_rate_hz']:g} Hz"
