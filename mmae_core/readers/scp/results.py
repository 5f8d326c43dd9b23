"""What the device made of the ECG: measurements and statements, sections 7, 8, 10 and 11 of EN 1064."""

from __future__ import annotations

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.lead_names import SCP_LEADS
from mmae_core.readers.scp.patient import decoded
from mmae_core.readers.scp.sections import ScpSections, SectionBody
from mmae_core.record import DeviceMeasurement

MAX_STATEMENTS = 255
_NOT_MEASURED = frozenset({19_999, 29_998, 29_999, -32_768, 65_535})
"""Values that stand for not computed, rejected and lead not present."""
_NO_AXIS = 999
"""Stands for an undefined axis; of intervals and amplitudes it is a value like others."""
_BLOCK_BYTES = 16
_SPIKE_BYTES = 10
"""4 for place and amplitude, 6 for its kind."""
_FULL_TEXT, _CODE = 2, 1
_LEAD_VALUES = (
    ("P duration", "ms"), ("PR interval", "ms"), ("QRS duration", "ms"), ("QT interval", "ms"), ("Q duration", "ms"),
    ("R duration", "ms"), ("S duration", "ms"), ("R' duration", "ms"), ("S' duration", "ms"), ("Q amplitude", "µV"),
    ("R amplitude", "µV"), ("S amplitude", "µV"), ("R' amplitude", "µV"), ("S' amplitude", "µV"),
    ("J amplitude", "µV"), ("P amplitude, positive", "µV"), ("P amplitude, negative", "µV"),
    ("T amplitude, positive", "µV"), ("T amplitude, negative", "µV"), ("ST slope", "µV/s"),
)
"""First values of a lead in section 10; those behind describe shapes by code."""


def read_measurements(sections: ScpSections) -> tuple[DeviceMeasurement, ...]:
    """Global measurements, then those of each lead. What is cut off is left out."""
    found: list[DeviceMeasurement] = []
    for number, reader in ((7, _global), (10, _of_leads)):
        section = sections.get(number)
        if section is None:
            continue
        try:
            reader(section, found)
        except UnreadableRecord:
            continue  # the measurements found so far are whole
    return tuple(found)


def read_statements(sections: ScpSections, encoding: str) -> tuple[str, ...]:
    """The device's statements in full text; by code where section 8 is missing."""
    texts, codes = _statements(sections.get(8), encoding, has_kind=False)
    if texts:
        return texts
    texts, codes = _statements(sections.get(11), encoding, has_kind=True)
    return texts or codes


def _global(section: SectionBody, found: list[DeviceMeasurement]) -> None:
    n_blocks, n_spikes, mean_rr, mean_pp = section.unpack("BBHH", 0)
    for name, mean in (("RR interval", mean_rr), ("PP interval", mean_pp)):
        if mean:
            _add(found, name, mean, "ms")
    if n_blocks:
        p_on, p_off, qrs_on, qrs_off, t_off, p_axis, qrs_axis, t_axis = section.unpack("HHHHHhhh", 6)
        _add_span(found, "P duration", p_on, p_off)
        _add_span(found, "PR interval", p_on, qrs_on)
        _add_span(found, "QRS duration", qrs_on, qrs_off)
        _add_span(found, "QT interval", qrs_on, t_off)
        for name, axis in (("P axis", p_axis), ("QRS axis", qrs_axis), ("T axis", t_axis)):
            if axis != _NO_AXIS:
                _add(found, name, axis, "°")
    offset = 6 + n_blocks * _BLOCK_BYTES + n_spikes * _SPIKE_BYTES
    (n_complexes,) = section.unpack("H", offset)
    if n_complexes in _NOT_MEASURED:
        n_complexes = 0
    ventricular, atrial, qtc = section.unpack("HHH", offset + 2 + n_complexes)
    for name, value, unit in (("Ventricular rate", ventricular, "/min"), ("Atrial rate", atrial, "/min"),
                              ("QTc interval", qtc, "ms")):
        if value:
            _add(found, name, value, unit)


def _of_leads(section: SectionBody, found: list[DeviceMeasurement]) -> None:
    (n_leads,) = section.unpack("H", 0)
    offset = 4
    for _ in range(min(n_leads, 255)):
        number, length = section.unpack("HH", offset)
        lead = SCP_LEADS.get(number, f"lead {number}")
        n_values = min(length // 2, len(_LEAD_VALUES))
        values = section.unpack(f"{n_values}h", offset + 4)
        for (name, unit), value in zip(_LEAD_VALUES, values, strict=False):
            _add(found, f"{name} ({lead})", value, unit)
        offset += 4 + length


def _add(found: list[DeviceMeasurement], name: str, value: int, unit: str) -> None:
    if value not in _NOT_MEASURED:
        found.append(DeviceMeasurement(name, str(value), unit))


def _add_span(found: list[DeviceMeasurement], name: str, start: int, end: int) -> None:
    if not _NOT_MEASURED & {start, end} and end > start:
        found.append(DeviceMeasurement(name, str(end - start), "ms"))


def _statements(section: SectionBody | None, encoding: str, has_kind: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(in full text, by code)."""
    texts: list[str] = []
    codes: list[str] = []
    if section is None or len(section) < 9:
        return (), ()
    offset, n_statements = 9, section.data[8]
    for _ in range(n_statements):
        if offset + 3 > len(section):
            break
        _, length = section.unpack("BH", offset)
        body = section.data[offset + 3 : offset + 3 + length]
        offset += 3 + length
        kind = _FULL_TEXT
        if has_kind and body:
            kind, body = body[0], body[1:]
        text = decoded(body.replace(b"\0", b" ") if encoding != "utf_16_le" else body, encoding)
        if text and kind == _FULL_TEXT:
            texts.append(text)
        elif text and kind == _CODE:
            codes.append(text)
    return tuple(texts), tuple(codes)
