"""Reads the structured reports that `sr_writer` writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ecg_viewer.export.exchange.codes import OWN_SCHEME, QUANTITIES, Code, own
from ecg_viewer.export.exchange.reported import ExchangedReport, ReportedFinding, ReportedMeasurement
from ecg_viewer.export.exchange.sr_writer import (
    COMPREHENSIVE_SR,
    CONCLUSION,
    CONCLUSIONS,
    FINDING,
    FINDINGS,
    LEAD,
    MEASUREMENTS,
    PERCENTILE,
    PERSON_NAME,
    WAVEFORM_ANNOTATION_SR,
)
from ecg_viewer.state.review.review import Conclusion
from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import DataSet, ElementFile
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.report.layer_columns import UNITS

_CONTENT, _MEASURED, _TEXT, _PERSON_NAME = 0x0040A730, 0x0040A300, 0x0040A160, 0x0040A123
_CODE = frozenset({tags.CODE_VALUE, tags.CODING_SCHEME, tags.CODE_MEANING})
_SEQUENCES = {
    _CONTENT: frozenset({_CONTENT, _MEASURED, _TEXT, _PERSON_NAME, tags.CONCEPT_NAME, tags.CONCEPT_CODE}),
    _MEASURED: frozenset({tags.NUMERIC_VALUE, tags.MEASUREMENT_UNITS}),
    tags.CONCEPT_NAME: _CODE, tags.CONCEPT_CODE: _CODE, tags.MEASUREMENT_UNITS: _CODE,
}
_WANTED = frozenset({0x00080005, tags.SOP_CLASS_UID, tags.CONCEPT_NAME, _CONTENT})
_QUANTITY_OF = {(quantity.dicom.scheme, quantity.dicom.value): name for name, quantity in QUANTITIES.items()}
Key = tuple[str, str]
"""Scheme and value of a code."""


def read_dicom_sr(path: Path) -> ExchangedReport:
    """The report in a file of `sr_writer`.

    Raises UnreadableRecord if it is damaged, UnsupportedRecord if it is no report of this program.
    """
    data_set = ElementFile(RecordingFile.of(path), _SEQUENCES, _WANTED, tags.WAVEFORM_ANNOTATIONS).data_set
    is_report = data_set.text(tags.SOP_CLASS_UID) in (WAVEFORM_ANNOTATION_SR, COMPREHENSIVE_SR)
    if not is_report or _key(data_set, tags.CONCEPT_NAME) != _key_of(own("annotations")):
        raise UnsupportedRecord(
            f"{path.name} is no structured report of this program; one that it exported is expected.", code="foreign"
        )
    items = data_set.items(_CONTENT)
    parts = _by_concept(items)
    return ExchangedReport(
        _text(parts, own("record-name")), _text(parts, own("record-sha256")),
        tuple(_measurements(items)),
        tuple(_finding(item, path.name) for item in _in_container(items, FINDINGS)
              if _key(item, tags.CONCEPT_NAME) == _key_of(FINDING)),
        _conclusion(_by_concept(_in_container(items, CONCLUSIONS))),
    )


def _conclusion(parts: dict[Key, DataSet]) -> Conclusion | None:
    text = "\n".join(_text(parts, CONCLUSION).splitlines())
    return Conclusion(text, _reviewer(parts), _text(parts, own("concluded"))) if text else None


def _reviewer(parts: dict[Key, DataSet]) -> str:
    person = parts.get(_key_of(PERSON_NAME))
    return "" if person is None else person.text(_PERSON_NAME).removesuffix("^")


def _measurements(items: tuple[DataSet, ...]) -> Iterator[ReportedMeasurement]:
    for item in _in_container(items, MEASUREMENTS):
        quantity = _QUANTITY_OF.get(_key(item, tags.CONCEPT_NAME))
        if quantity is None:
            continue
        parts = _by_concept(item.items(_CONTENT))
        yield ReportedMeasurement(
            quantity, _measured(item)[0], UNITS[quantity], _text(parts, own("reason")), _number(parts, PERCENTILE),
            _text(parts, own("normals")), _number(parts, own("start")) or 0.0, _number(parts, own("end")) or 0.0,
        )


def _finding(item: DataSet, name: str) -> ReportedFinding:
    parts = _by_concept(item.items(_CONTENT))
    start_s, end_s = _number(parts, own("start")), _number(parts, own("end"))
    if start_s is None or end_s is None:
        raise UnreadableRecord(f"A finding in {name} has no start or end. Export it again.")
    value, unit = _measured(parts.get(_key_of(own("value"))))
    return ReportedFinding(
        _coded(parts, LEAD).meaning.removeprefix("Lead "), start_s, end_s, _number(parts, own("peak")),
        _coded(parts, own("found-by")).value.replace("-", " "), _text(parts, own("wave")), _text(parts, own("kind")),
        _number(parts, PERCENTILE), value, unit, _text(parts, own("sentence")), _text(parts, own("label")),
        _text(parts, own("note")), _reviewer(parts), _text(parts, own("decided")), _text(parts, own("signal-problem")),
        _text(parts, own("model-sha256")),
    )


def _in_container(items: tuple[DataSet, ...], concept: Code) -> tuple[DataSet, ...]:
    container = _by_concept(items).get(_key_of(concept))
    return () if container is None else container.items(_CONTENT)


def _by_concept(items: tuple[DataSet, ...]) -> dict[Key, DataSet]:
    """The first item of each concept."""
    found: dict[Key, DataSet] = {}
    for item in items:
        found.setdefault(_key(item, tags.CONCEPT_NAME), item)
    return found


def _key(item: DataSet, tag: int) -> Key:
    code = next(iter(item.items(tag)), None)
    return ("", "") if code is None else (code.text(tags.CODING_SCHEME), code.text(tags.CODE_VALUE))


def _key_of(code: Code) -> Key:
    return code.scheme, code.value


def _coded(parts: dict[Key, DataSet], concept: Code) -> Code:
    item = parts.get(_key_of(concept))
    code = None if item is None else next(iter(item.items(tags.CONCEPT_CODE)), None)
    if code is None:
        return Code("", OWN_SCHEME, "")
    return Code(code.text(tags.CODE_VALUE), code.text(tags.CODING_SCHEME), code.text(tags.CODE_MEANING))


def _text(parts: dict[Key, DataSet], concept: Code) -> str:
    item = parts.get(_key_of(concept))
    return "" if item is None else item.text(_TEXT)


def _number(parts: dict[Key, DataSet], concept: Code) -> float | None:
    return _measured(parts.get(_key_of(concept)))[0]


def _measured(item: DataSet | None) -> tuple[float | None, str]:
    """Value and unit of a numeric item; None and an empty text without them."""
    measured = None if item is None else next(iter(item.items(_MEASURED)), None)
    if measured is None or (value := measured.number(tags.NUMERIC_VALUE)) is None:
        return None, ""
    unit = next(iter(measured.items(tags.MEASUREMENT_UNITS)), None)
    meaning = "" if unit is None else unit.text(tags.CODE_MEANING)
    return value, "" if meaning == "no units" else meaning
