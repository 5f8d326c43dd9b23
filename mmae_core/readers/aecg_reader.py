"""HL7 aECG, the annotated ECG of clinical trials (`AnnotatedECG`, HL7 V3 PORT_MT020001).

Rhythm series are recordings; representative beats, which are derived series, are kept apart.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.aecg.annotations import SeriesNotes, read_notes
from mmae_core.readers.aecg.series import read_series, series_start
from mmae_core.readers.lead_names import standard_lead
from mmae_core.readers.limits import MAX_XML_BYTES
from mmae_core.readers.make_record import ReadChannel, computed_leads, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.xml.averages import average_beats
from mmae_core.readers.xml.elements import attribute, child, children, descendants, text_at, to_number
from mmae_core.readers.xml.samples import DecodedChannel, SignalInMemory, side_by_side
from mmae_core.readers.xml.times import age_at, age_in_years, day_of, sex_of
from mmae_core.record import AverageBeats, Device, EcgRecord

FORMAT = "HL7 aECG"
SUFFIXES = (".xml",)

_AGE_CODES = {"21612-7", "30525-0"}
"""LOINC: age, reported and calculated."""
_FILTERS = {
    "MDC_ECG_CTL_VBL_ATTR_FILTER_HIGH_PASS": "high-pass", "MDC_ECG_CTL_VBL_ATTR_FILTER_LOW_PASS": "low-pass",
    "MDC_ECG_CTL_VBL_ATTR_FILTER_NOTCH": "notch",
}


def claims(file: RecordingFile) -> bool:
    """Whether the root element is `AnnotatedECG`."""
    return file.is_xml_of({"AnnotatedECG"})


def recordings(file: RecordingFile) -> tuple[str, ...]:
    """Names of the rhythm series if there are several: their numbers, from 1 on."""
    plain = file.read_all(MAX_XML_BYTES).replace(b"\0", b"")  # UTF-16 as UTF-8
    if plain.count(b"<series") + plain.count(b":series") <= 1:
        return ()
    count = len(_rhythms(file.parse_xml(), file.name))
    return tuple(f"series {number}" for number in range(1, count + 1)) if count > 1 else ()


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """A rhythm series, the only one or the one that `part` names as `recordings` does.

    Raises UnreadableRecord if the file is damaged, UnsupportedRecord if it holds no rhythm or no voltages.
    """
    root = file.parse_xml()
    rhythms = _rhythms(root, file.name)
    names = [f"series {number}" for number in range(1, len(rhythms) + 1)]
    if part and part not in names:
        raise UnreadableRecord(f"{file.name} holds no {shortened(part, 20)}; it holds {', '.join(names[:8])}.")
    series = rhythms[names.index(part) if part else 0]
    decoded = read_series(series, file.name)
    signal, short = side_by_side(decoded.channels, file.name)
    start = decoded.start or series_start(series)[0] or series_start(root)[0]
    notes = read_notes(series, start, decoded.relative_zero_s)
    person = next(descendants(root, "subjectDemographicPerson"), None)
    note = decoded.utc_offset
    computed = computed_leads(text_at(root, "text"))
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=decoded.rate_hz,
        n_samples=signal.shape[1],
        channels=[ReadChannel(one.name, one.unit, one.code, stored=one.stored(decoded.rate_hz),
                              is_computed=standard_lead(one.name) in computed) for one in decoded.channels],
        read=SignalInMemory(signal),
        part=part,
        start_time=start,
        start_time_note=Message("Local time, {offset}.", offset=note) if note else None,
        annotations=notes.marks,
        comments=tuple(text for comment in descendants(root, "subjectFindingComment")
                       if (text := text_at(comment, "text"))),
        doubts=[*decoded.doubts, *short],
        device=_device(series, notes),
        average_beats=_representative_beat(root, series, file.name),
        age_years=_stated_age(root) or age_at(day_of(attribute(person, "birthTime", "value")[:8], "%Y%m%d"), start),
        sex=sex_of(attribute(person, "administrativeGenderCode", "code")),
        identity=_identity(root, series, person),
    )


def _rhythms(root: Element, name: str) -> list[Element]:
    """Series that are recordings: those with the code RHYTHM, or else those that are no beats."""
    series = [found for component in children(root, "component") for found in children(component, "series")]
    rhythms = [one for one in series if attribute(one, "code", "code").upper() == "RHYTHM"]
    rhythms = rhythms or [one for one in series if not _is_beat(one)]
    if not rhythms:
        raise UnsupportedRecord(
            f"{name} holds no rhythm series, so there is no trace to show. Export the recording again with its rhythm."
        )
    return rhythms


def _is_beat(series: Element) -> bool:
    return "BEAT" in attribute(series, "code", "code").upper()


def _representative_beat(root: Element, series: Element, name: str) -> AverageBeats | None:
    derived = [found for derivation in children(series, "derivation")
               for found in children(derivation, "derivedSeries")]
    beside = [found for component in children(root, "component") for found in children(component, "series")]
    beats = [one for one in derived + beside if _is_beat(one)]
    if not beats:
        return None

    def decode() -> tuple[tuple[DecodedChannel, ...], float]:
        decoded = read_series(beats[0], name)
        return decoded.channels, decoded.rate_hz

    return average_beats(decode, "representative beat")


def _device(series: Element, notes: SeriesNotes) -> Device | None:
    device = Device(
        manufacturer=text_at(series, "author/seriesAuthor/manufacturerOrganization/name"),
        model=text_at(series, "author/seriesAuthor/manufacturedSeriesDevice/manufacturerModelName"),
        statements=notes.statements,
        measurements=notes.measurements,
        filters=_filters(series),
    )
    return None if device == Device() else device


def _filters(series: Element) -> tuple[str, ...]:
    """Filters of a series with what is stated of them, such as `notch 60 Hz (Adaptive)`."""
    texts = []
    for outer in children(series, "controlVariable"):
        for variable in children(outer, "controlVariable"):
            kind = _FILTERS.get(attribute(variable, "code", "code"))
            if kind is None:
                continue
            details = [child(component, "controlVariable") for component in children(variable, "component")]
            quantities = [
                f"{attribute(detail, 'value', 'value')} {attribute(detail, 'value', 'unit')}"
                for detail in details if to_number(attribute(detail, "value", "value")) is not None
            ]
            remarks = [f"({text})" for detail in details if (text := text_at(detail, "value"))]
            texts.append(" ".join([kind, *quantities, *remarks]))
    return tuple(texts)


def _stated_age(root: Element) -> float | None:
    for variable in children(root, "controlVariable"):
        observation = child(variable, "relatedObservation")
        if attribute(observation, "code", "code") in _AGE_CODES:
            return age_in_years(
                to_number(attribute(observation, "value", "value")), attribute(observation, "value", "unit")
            )
    return None


def _identity(root: Element, series: Element, person: Element | None) -> list[tuple[str, str]]:
    subject = next(descendants(root, "trialSubject"), None)
    site = next(descendants(root, "trialSite"), None)
    fields = (
        ("Subject ID", attribute(subject, "id", "extension")),
        ("Name", text_at(person, "name")),
        ("Date of birth", attribute(person, "birthTime", "value")),
        ("Trial", attribute(next(descendants(root, "clinicalTrial"), None), "id", "extension")),
        ("Site", text_at(site, "location/name") or attribute(site, "id", "extension")),
        ("Device ID", attribute(series, "author/seriesAuthor/manufacturedSeriesDevice/id", "extension")),
    )
    return [(name, value) for name, value in fields if value]
