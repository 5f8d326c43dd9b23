"""Tables of samples in plain text: one column for each lead, one row for each sample.

The heading may give leads and units (`II [uV]`), and a column of times the sampling rate. What the file does not state
is asked for.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.array_record import record_of_array
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.limits import MAX_CHANNELS
from mmae_core.readers.make_record import COMPUTED
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import SignalDescription, mv_of_unit
from mmae_core.record import EcgRecord

FORMAT = "CSV"
SUFFIXES = (".csv", ".txt", ".tsv")
ASKS = True
MAX_BYTES = 128 << 20
"""Larger tables are refused: an hour of twelve leads takes about 150 MB as text."""
MOST_UNEVEN = 0.02
"""Share of an interval by which the times of samples may differ from even ones."""

_UNIT = re.compile(
    r"^(.*?)\s*[\[(]\s*([^\])]+?)\s*[\])]$|^(.*?)[_ ](uV|mV|\u00b5V|\u03bcV|V|ms|s|sec|seconds)$", re.IGNORECASE)
_TIME = re.compile(r"^(time|t|zeit|elapsed ?time|seconds|sec|timestamp)$", re.IGNORECASE)
_INDEX = re.compile(r"^(index|sample|samples|sample ?(no|number)|n|nr|)$", re.IGNORECASE)
_RATE = re.compile(r"(?:\bsampl\w*[ _]?(?:rate|frequency|freq)|\bfs\b|^[#%\s]*frequency\b)(\D{0,12}?)"
                   r"(\d+(?:[.,]\d+)*)(?:\s*(k?hz))?", re.IGNORECASE)
"""A frequency alone, or one of the sampling: not that of a filter."""
_EMPTY = frozenset({"", "nan", "+nan", "-nan", "na", "n/a", "null", "none"})
"""Cells without a value."""
MOST_APART = 0.01
"""Share by which a stated rate may differ from that of the times."""
_SAID = re.compile(r"^[#%\s]*(Age|Sex|Doubt|Computed from leads I and II):\s*(.+?)\s*$")
"""Comments above the heading, as `mmae_core convert` writes them."""
_SECONDS = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "\N{MICRO SIGN}s": 1e-6}
_SEXES: dict[str, Literal["male", "female"]] = {"male": "male", "female": "female"}
_MAX_HEADING_LINES = 64


def claims(file: RecordingFile) -> bool:
    """Whether the file is text whose rows, after a heading, hold nothing but numbers."""
    try:
        layout = _layout(_decoded(file.head))
    except (UnicodeDecodeError, UnreadableRecord, csv.Error):
        return False
    return layout is not None


def read(file: RecordingFile, part: str = "", description: SignalDescription | None = None) -> EcgRecord:
    """Read a table whole.

    Raises UnreadableRecord if a row holds something else than numbers or the times are uneven, and DescriptionNeeded
    if neither the file nor `description` gives rate, unit and leads.
    """
    try:
        text = _decoded(file.read_all(MAX_BYTES))
    except UnicodeDecodeError as error:
        raise UnreadableRecord(f"{file.name} is no text in UTF-8, UTF-16 or Latin-1.") from error
    layout = _layout(text)
    if layout is None:
        raise UnreadableRecord(f"{file.name} is no table of numbers.")
    values = _values(file.name, text, layout)
    columns, units = layout.names or [""] * values.shape[1], layout.units or [""] * values.shape[1]
    rate_hz, taken = layout.rate_hz, []
    doubts = [Message("The file says: {text}", text=text) for title, text in layout.said if title == "Doubt"]
    for place, (name, unit) in enumerate(zip(columns, units, strict=True)):
        if _TIME.match(name.strip()) and layout.names:
            found = _rate_of_times(file.name, values[:, place], _SECONDS.get(unit.lower() or "s"), layout.rate_hz)
            rate_hz = found or rate_hz
        elif place == 0 and _is_count(values[:, 0]) and _INDEX.match(name.strip()):
            doubts.append(Message("The first column counts the samples and is not shown."))
        else:
            taken.append(place)
    if not taken:
        raise UnreadableRecord(f"{file.name} holds no column of samples.")
    return record_of_array(
        file, values[:, taken].T, format_name=FORMAT, known=SignalDescription(rate_hz=rate_hz), described=description,
        columns=[columns[place] for place in taken] if layout.names else (),
        mv_per_step=[mv_of_unit(units[place]) for place in taken], doubts=doubts,
        age_years=_age(layout), sex=_sex(layout),
        comments=[f"{title}: {text}" for title, text in layout.said if title == COMPUTED],
    )


@dataclass(frozen=True)
class _Layout:
    """How a table is written."""

    separator: str
    """Empty for any white space."""
    n_heading_lines: int
    names: list[str]
    """Empty without a heading."""
    units: list[str]
    rate_hz: float | None
    said: tuple[tuple[str, str], ...]
    """Title and text of the comments that `_SAID` knows."""


def _age(layout: _Layout) -> float | None:
    text = dict(layout.said).get("Age", "")
    return float(text) if re.fullmatch(r"\d{1,3}(\.\d+)?", text) else None


def _sex(layout: _Layout) -> Literal["male", "female"] | None:
    return _SEXES.get(dict(layout.said).get("Sex", "").lower())


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data[:len(data) // 2 * 2].decode("utf-16")
    if b"\0" in data[:4096]:
        raise UnicodeDecodeError("utf-8", data[:1], 0, 1, "binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:
            return data[:error.start].decode("utf-8-sig")
        return data.decode("latin-1")


def _layout(text: str) -> _Layout | None:
    """None unless at least three rows of numbers follow a short heading."""
    lines = [line.rstrip("\r\n") for line in islice(io.StringIO(text), _MAX_HEADING_LINES + 8)]
    first = next((number for number, line in enumerate(lines[:_MAX_HEADING_LINES])
                  if _numbers(line, lines[number + 1:number + 3])), None)
    if first is None:
        return None
    separator, _ = _separator(lines[first:first + 3])
    width = len(_cells(lines[first], separator))
    if width > MAX_CHANNELS + 2:
        return None
    heading = next((line for line in reversed(lines[:first]) if line.strip(" #%")), "")
    cells = _cells(heading.strip().lstrip("#% "), separator) if heading else []
    names, units = ([], []) if len(cells) != width else map(list, zip(*map(_name_and_unit, cells), strict=True))
    said = [found for line in lines[:first] if (found := _SAID.match(line))]
    rate = next((found for line in lines[:first] if not _SAID.match(line) and len(_cells(line, separator)) != width
                 and (found := _RATE.search(line))), None)
    return _Layout(separator, first, names, units, _stated_rate(rate) if rate else None,
                   tuple((found[1], found[2]) for found in said))


def _stated_rate(found: re.Match[str]) -> float | None:
    """None where a comma may set apart thousands: `1,000 Hz`."""
    between, number, unit = found.groups()
    if not re.fullmatch(r"\d+(?:\.\d+|,\d{1,2}|,\d{4,})?", number):
        return None
    is_in_thousands = (unit or between).lower().endswith("khz") or "khz" in between.lower()
    return float(number.replace(",", ".")) * (1000 if is_in_thousands else 1) or None


def _numbers(line: str, further: list[str]) -> bool:
    """Whether this line and the further ones are rows of as many numbers."""
    if not line.strip() or len(further) < 2:
        return False
    separator, comma = _separator([line, *further])
    rows = [_cells(each, separator) for each in (line, *further)]
    if len({len(row) for row in rows}) > 1 or not any(rows[0]):
        return False
    return all(_is_number(cell, comma) for row in rows for cell in row)


def _separator(lines: list[str]) -> tuple[str, bool]:
    """What stands between the cells of the first line, and whether decimals of any are written with a comma."""
    for separator in (";", "\t"):
        if separator in lines[0]:
            return separator, any("," in line for line in lines) and not any("." in line for line in lines)
    if "," in lines[0]:
        return ",", False
    return "", False


def _cells(line: str, separator: str) -> list[str]:
    if not separator:
        return line.split()
    return [cell.strip() for cell in next(csv.reader([line.rstrip(separator) if separator == ";" else line],
                                                     delimiter=separator), [])]


def _is_number(cell: str, comma: bool) -> bool:
    if not cell:
        return True
    try:
        float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        return False
    return True


def _name_and_unit(cell: str) -> tuple[str, str]:
    cell = cell.strip().strip("'\"")
    found = _UNIT.match(cell)
    if found is None:
        return cell, ""
    if found[1] is None and found[4].lower() == "v" and lead_of(found[3])[0] is None:
        return cell, ""  # the chest lead V of a monitor, not volts
    return (found[1], found[2]) if found[1] is not None else (found[3], found[4])


def _values(name: str, text: str, layout: _Layout) -> NDArray[np.float64]:
    """All numbers, float64 (rows, columns); empty cells are NaN."""
    body = io.StringIO(text)
    for _ in range(layout.n_heading_lines):
        body.readline()
    rest = body.read()
    if re.search(r"\n[ \t\r]*\n\s*\S", rest):
        raise UnreadableRecord(f"{name} has empty lines between its rows: it is not known whether samples are missing "
                               "there.")
    if layout.separator in {";", "\t"} and "," in rest:
        if "." in rest:
            raise UnreadableRecord(f"{name} writes numbers with commas and with points: it is not known which set "
                                   "apart the decimals. Export it without separators of thousands.")
        rest = rest.replace(",", ".")
    if layout.separator == ";":
        rest = re.sub(r";[ \t]*(?=\r?\n|$)", "", rest)
    try:
        values: NDArray[np.float64] = np.loadtxt(io.StringIO(rest), delimiter=layout.separator or None, ndmin=2)
    except ValueError:
        try:
            values = np.genfromtxt(io.StringIO(rest), delimiter=layout.separator or None)
        except ValueError as error:
            words = str(error).splitlines()[0][:120]
            raise UnreadableRecord(f"{name} has rows of different length: {words}.") from error
        if values.ndim != 2:
            raise UnreadableRecord(f"{name} is no table of numbers.") from None
        _require_numbers(name, rest, layout.separator, values)
    return values


def _require_numbers(name: str, rest: str, separator: str, values: NDArray[np.float64]) -> None:
    """Raise UnreadableRecord if a cell that became NaN holds something: `>999`, `1.234.5`."""
    lines = [line for text in rest.split("\n") if (line := text.split("#")[0].strip(" \r"))]
    for row in np.flatnonzero(np.isnan(values).any(axis=1)).tolist():
        cells = lines[row].split(separator or None) if row < len(lines) else []
        wrong = next((cell.strip() for place, cell in enumerate(cells) if place < values.shape[1]
                      and np.isnan(values[row, place]) and cell.strip().lower() not in _EMPTY), None)
        if wrong is not None:
            raise UnreadableRecord(f"{name} has a cell that is no number: '{wrong[:20]}' in row {row + 1:,}.")


def _is_count(values: NDArray[np.float64]) -> bool:
    return len(values) > 2 and bool((np.diff(values) == 1).all())


def _rate_of_times(name: str, times: NDArray[np.float64], seconds: float | None, stated: float | None) -> float | None:
    """Samples a second, the stated or a whole number where the times are written too coarsely to tell it apart; None
    if the column's unit is no time.

    Raises UnreadableRecord if the samples are not evenly spaced, or the stated rate is another.
    """
    if seconds is None or len(times) < 2:
        return None
    whole = float(times[-1] - times[0])
    if not whole > 0:
        raise UnreadableRecord(f"The times of {name} do not increase.")
    step = whole / (len(times) - 1)
    off = np.abs(times - times[0] - step * np.arange(len(times))).max() / step
    decimals = max(MOST_UNEVEN, 0.6 * _resolution(times) / step)
    if not off <= decimals:
        raise UnreadableRecord(f"The samples of {name} are not evenly spaced: a time is {off:.2g} intervals away from "
                               "its place. Tables with gaps are not read.")
    rate = 1 / (step * seconds)
    if stated is not None and abs(rate - stated) > MOST_APART * stated:
        raise UnreadableRecord(f"{name} states {stated:g} samples a second, and its times say {rate:g}. Mend one of "
                               "them.")
    nearest = stated if stated is not None else float(round(rate))
    return nearest if abs(rate - nearest) <= (1e-6 + _resolution(times) / whole) * rate else rate


def _resolution(times: NDArray[np.float64]) -> float:
    """The last decimal that the times are written with."""
    for decimals in range(9):
        if np.allclose(times, np.round(times, decimals), rtol=0, atol=1e-10):
            return float(10.0 ** -decimals)
    return 0.0
