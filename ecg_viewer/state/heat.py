"""The percentiles of a whole record, collected stretch by stretch in a byte per layer, lead and 10 ms."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.quality import insert_windows
from ecg_viewer.state.signal import Signal
from mmae_core.assessment import AnomalyMap, Layer, WindowAssessment
from mmae_core.record import STANDARD_LEADS

CodeArray = NDArray[np.uint8]

PENDING = 0
"""Not yet computed. The lowest code, so that any known value wins in a column's maximum."""
NOT_ASSESSED = 1
"""Computed, but not assessed. Below every percentile for the same reason."""
FIRST_PERCENTILE_CODE = 2

COLUMNS_PER_S = 100
"""24 h of twelve leads are 104 MB, and a column is as wide as a pixel at 25 mm/s."""

LAYERS: tuple[Layer, ...] = get_args(Layer)
"""Sources of heat: named departures, the model's map, and beats unlike the patient's own."""

_CHUNK_COLUMNS = 6000
MOST_AT_ONCE = 100 * _CHUNK_COLUMNS
"""Columns reduced at once: 100 minutes."""
_KNOT_PERCENTILES = (0.0, 90.0, 99.0, 99.9, 100.0)
_KNOT_CODES = (2.0, 92.0, 164.0, 227.0, 255.0)
"""Codes at the percentiles where the step changes: 1 below the 90th, 0.13 to the 99th, 0.014 to the 99.9th, 0.0036
above.
"""


def percentile_codes(percentile: NDArray[np.floating]) -> CodeArray:
    """Percentiles (any shape, 0..100, NaN where not assessed) as codes, finest where the colours change most."""
    codes = np.rint(np.interp(percentile, _KNOT_PERCENTILES, _KNOT_CODES))
    return np.where(np.isnan(percentile), NOT_ASSESSED, codes).astype(np.uint8)


def code_percentiles() -> NDArray[np.float64]:
    """The percentile of each of the 256 codes, NaN for `PENDING` and `NOT_ASSESSED`."""
    percentiles = np.interp(np.arange(256), _KNOT_CODES, _KNOT_PERCENTILES)
    percentiles[:FIRST_PERCENTILE_CODE] = np.nan
    return percentiles


class HeatSpan(NamedTuple):
    """A stretch of a lead that one layer gives one percentile."""

    lead: str
    start_s: float
    end_s: float
    percentile: float


class HeatMap:
    """Percentiles for every lead and 10 ms of one record; empty until stretches are added.

    Where layers overlap, the strongest shown one counts. Only the model's map tells what was assessed; the other two
    mark departures only. Times are seconds of the recording, rows are `STANDARD_LEADS`. Memory is allocated minute by
    minute. `changed` is emitted with the start and end, in seconds, of what changed.
    """

    def __init__(self, n_leads: int = len(STANDARD_LEADS)) -> None:
        self.changed: Signal[float, float] = Signal()
        self.layers_changed: Signal[()] = Signal()
        """Layers were switched on or off."""
        self._n_leads = n_leads
        self._chunks: dict[int, CodeArray] = {}
        """Of the model's map, by minute."""
        self._marks: dict[Layer, dict[int, CodeArray]] = {layer: {} for layer in LAYERS if layer != "model"}
        self._shown: frozenset[Layer] = frozenset(LAYERS)
        self._counts: dict[int, tuple[int, int]] = {}
        self._nothing: CodeArray = np.full((n_leads, _CHUNK_COLUMNS), NOT_ASSESSED, np.uint8)
        """Any minute in which nothing was assessed; never written to."""
        self._nothing.setflags(write=False)
        self._percentiles = code_percentiles()
        self._duration_s = 0.0
        self._missing = PENDING
        """Code where nothing was added."""
        self._windows: tuple[WindowAssessment, ...] = ()

    @property
    def windows(self) -> tuple[WindowAssessment, ...]:
        """By start; they know where a lead's signal is too poor for its percentiles (see `state.quality`)."""
        return self._windows

    @property
    def n_leads(self) -> int:
        return self._n_leads

    @property
    def duration_s(self) -> float:
        """Length of the recording, as passed to `reset`."""
        return self._duration_s

    @property
    def n_bytes(self) -> int:
        """Memory the codes take."""
        marks = (chunk for chunks in self._marks.values() for chunk in chunks.values())
        return sum({id(chunk): chunk.nbytes for chunk in (*self._chunks.values(), *marks)}.values())

    @property
    def layers(self) -> frozenset[Layer]:
        """The layers that are shown."""
        return self._shown

    def show_layers(self, layers: Collection[Layer]) -> None:
        """Show these layers and no others. Raises ValueError for an unknown one."""
        unknown = set(layers) - set(LAYERS)
        if unknown:
            raise ValueError(f"the layers are {', '.join(LAYERS)}; found {sorted(unknown)[0]!r}")
        if frozenset(layers) != self._shown:
            self._shown = frozenset(layers)
            self.layers_changed.emit()
            self.changed.emit(0.0, math.inf)

    @property
    def is_withheld(self) -> bool:
        """Whether it is blank because results are hidden, rather than not there yet."""
        return self._missing != PENDING

    @property
    def computed_fraction(self) -> float:
        """Share of the record's leads and time, 0..1, that is no longer pending."""
        return self._share(0)

    @property
    def assessed_fraction(self) -> float:
        """Share of the record's leads and time, 0..1, for which the model gave a percentile."""
        return self._share(1)

    def reset(self, duration_s: float, *, is_withheld: bool = False) -> None:
        """Clear the map, for another recording (of `duration_s`) or another model.

        `is_withheld` leaves it blank: nothing is awaited, and nothing is painted until something is added.
        """
        missing = FIRST_PERCENTILE_CODE if is_withheld else PENDING
        if self._is_blank and (duration_s, missing) == (self._duration_s, self._missing):
            return
        self._missing = missing
        self._chunks.clear()
        for chunks in self._marks.values():
            chunks.clear()
        self._counts.clear()
        self._windows = ()
        self._duration_s = duration_s
        self.changed.emit(0.0, math.inf)

    @property
    def _is_blank(self) -> bool:
        """Whether nothing has been added since the last reset."""
        return not (self._chunks or any(self._marks.values()) or self._windows)

    def add(self, anomaly_map: AnomalyMap) -> None:
        """Store the percentiles of a stretch, replacing earlier ones.

        Each 10-ms column takes the highest of its samples, so that narrow peaks survive. Raises ValueError if the map
        has another number of leads.
        """
        percentile = anomaly_map.peak_percentile
        if percentile.ndim != 2 or percentile.shape[0] != self._n_leads:
            raise ValueError(f"expected percentiles of shape ({self._n_leads}, samples), got {percentile.shape}")
        if percentile.shape[1] == 0:
            return
        self._windows, _ = insert_windows(self._windows, anomaly_map.windows)
        first, end = self._columns(anomaly_map.start_s, anomaly_map.end_s)
        offsets = np.arange(first, end) / COLUMNS_PER_S - anomaly_map.start_s
        samples = np.floor(offsets * anomaly_map.sampling_rate_hz + 1e-6).astype(np.int64)
        samples = np.clip(samples, 0, percentile.shape[1] - 1)
        codes = np.maximum.reduceat(percentile_codes(percentile), samples, axis=1)
        if anomaly_map.start_s * COLUMNS_PER_S - first > 1e-6:  # a neighbouring stretch shares the first column
            codes[:, :1] = np.maximum(codes[:, :1], _read(self._chunks, first, first + 1, self._n_leads, self._missing))
        if end - anomaly_map.end_s * COLUMNS_PER_S > 1e-6:
            codes[:, -1:] = np.maximum(codes[:, -1:], _read(self._chunks, end - 1, end, self._n_leads, self._missing))
        self._write(first, codes)
        self.changed.emit(anomaly_map.start_s, anomaly_map.end_s)

    def mark(self, layer: Layer, spans: Iterable[HeatSpan]) -> None:
        """Add spans to the layer `named` or `own`; where they overlap the highest percentile counts.

        Spans in other leads than `STANDARD_LEADS` are left out. Raises KeyError for the model's layer.
        """
        chunks, touched = self._marks[layer], [math.inf, -math.inf]
        kept = [span for span in spans if span.lead in STANDARD_LEADS and span.end_s > max(span.start_s, 0.0)]
        codes = percentile_codes(np.array([span.percentile for span in kept])).tolist()
        for span, code in zip(kept, codes, strict=True):
            first, end = self._columns(span.start_s, min(span.end_s, self._duration_s or math.inf))
            lead = STANDARD_LEADS.index(span.lead)
            for index, inside, _ in _chunk_parts(first, end):
                if index not in chunks:
                    chunks[index] = np.full((self._n_leads, _CHUNK_COLUMNS), PENDING, np.uint8)
                np.maximum(chunks[index][lead, inside], code, out=chunks[index][lead, inside])
            touched = [min(touched[0], span.start_s), max(touched[1], span.end_s)]
        if touched[1] > touched[0] and layer in self._shown:
            self.changed.emit(max(touched[0], 0.0), touched[1])

    def mark_not_assessed(self, start_s: float, end_s: float) -> None:
        """Mark all leads of a stretch as not assessed, as in a recording too short for the model."""
        for index, inside, outside in _chunk_parts(*self._columns(start_s, end_s)):
            if outside.stop - outside.start == _CHUNK_COLUMNS:  # days of it take the memory of a minute
                self._chunks[index] = self._nothing
                self._counts.pop(index, None)
            else:
                first = index * _CHUNK_COLUMNS + inside.start
                codes = np.full((self._n_leads, inside.stop - inside.start), NOT_ASSESSED, np.uint8)
                self._write(first, codes)
        self.changed.emit(start_s, end_s)

    def slice(self, start_s: float, end_s: float, n_columns: int, layer: Layer | None = None) -> CodeArray:
        """Codes (leads, n_columns) of equal stretches from `start_s` to `end_s`, the highest code in each.

        Of what is shown, or of one layer alone, whether it is shown or not.
        """
        edges = np.linspace(start_s, end_s, n_columns, endpoint=False) * COLUMNS_PER_S
        lefts = np.floor(edges + 1e-6).astype(np.int64)
        first = int(lefts[0])
        end = max(math.ceil(end_s * COLUMNS_PER_S - 1e-6), int(lefts[-1]) + 1)
        if end - first <= MOST_AT_ONCE or n_columns == 1:
            reduced: CodeArray = np.maximum.reduceat(self._read(first, end, layer), lefts - first, axis=1)
            return reduced
        parts, start = [], 0
        while start < n_columns:  # a recording of days is reduced piece by piece
            stop = max(start + 1, int(np.searchsorted(lefts, lefts[start] + MOST_AT_ONCE)))
            until = end if stop >= n_columns else int(lefts[stop])
            here = lefts[start:stop]
            if self._is_nothing(int(here[0]), until, layer):
                parts.append(np.full((self._n_leads, len(here)), NOT_ASSESSED, np.uint8))
            else:
                parts.append(np.maximum.reduceat(self._read(int(here[0]), until, layer), here - here[0], axis=1))
            start = stop
        return np.concatenate(parts, axis=1)

    def _is_nothing(self, first: int, end: int, layer: Layer | None) -> bool:
        """Whether columns [first, end) are known to be not assessed, without a look at each."""
        if layer not in (None, "model"):
            return False
        minutes = range(first // _CHUNK_COLUMNS, (end - 1) // _CHUNK_COLUMNS + 1)
        marked = () if layer is not None else [chunks for other, chunks in self._marks.items() if other in self._shown]
        return all(self._chunks.get(minute) is self._nothing and not any(minute in chunks for chunks in marked)
                   for minute in minutes)

    def snapshot(self) -> HeatMap:
        """A map for another thread that is not reset; costs no time and no memory.

        It shares its minutes with this one: later additions to those minutes may show in both.
        """
        copy = HeatMap(self._n_leads)
        copy._nothing = self._nothing
        copy._chunks = dict(self._chunks)
        copy._marks = {layer: dict(chunks) for layer, chunks in self._marks.items()}
        copy._shown = self._shown
        copy._windows, copy._duration_s, copy._missing = self._windows, self._duration_s, self._missing
        return copy

    def copy(self) -> HeatMap:
        """A map that shares nothing with this one."""
        copy = self.snapshot()
        copy._chunks = {minute: chunk if chunk is self._nothing else chunk.copy()
                        for minute, chunk in copy._chunks.items()}
        copy._marks = {layer: {minute: chunk.copy() for minute, chunk in chunks.items()}
                       for layer, chunks in copy._marks.items()}
        return copy

    def codes(self, start_s: float, end_s: float, layer: Layer | None = None) -> CodeArray:
        """A copy of the codes (leads, columns) of a stretch, each column 10 ms from the one `start_s` lies in.

        Of what is shown, or of one layer alone.
        """
        return self._read(*self._columns(start_s, end_s), layer)

    def percentile_at(self, lead: str, time_s: float) -> float | None:
        """The percentile at an instant of a lead; None if it is pending or was not assessed."""
        percentile = float(self._percentiles[self.code_at(lead, time_s)])
        return None if math.isnan(percentile) else percentile

    def code_at(self, lead: str, time_s: float) -> int:
        """The code at an instant of a lead: `PENDING`, `NOT_ASSESSED` or a percentile's.

        A channel that is none of the twelve leads is never assessed.
        """
        if lead not in STANDARD_LEADS:
            return NOT_ASSESSED
        column = math.floor(time_s * COLUMNS_PER_S + 1e-6)
        return int(self._read(column, column + 1)[STANDARD_LEADS.index(lead), 0])

    def _columns(self, start_s: float, end_s: float) -> tuple[int, int]:
        first = max(0, math.floor(start_s * COLUMNS_PER_S + 1e-6))
        return first, max(first + 1, math.ceil(end_s * COLUMNS_PER_S - 1e-6))

    def _write(self, first: int, codes: CodeArray) -> None:
        for index, inside, outside in _chunk_parts(first, first + codes.shape[1]):
            if index not in self._chunks:
                self._chunks[index] = np.full((self._n_leads, _CHUNK_COLUMNS), self._missing, np.uint8)
            elif self._chunks[index] is self._nothing:
                self._chunks[index] = self._nothing.copy()
            self._chunks[index][:, inside] = codes[:, outside]
            self._counts.pop(index, None)

    def _read(self, first: int, end: int, layer: Layer | None = None) -> CodeArray:
        """Codes of one layer, or of all shown ones; the model's map tells what was assessed even while hidden."""
        if layer is not None and layer != "model":
            return _read(self._marks[layer], first, end, self._n_leads)
        codes = _read(self._chunks, first, end, self._n_leads, self._missing)
        if layer is not None:
            return codes
        if "model" not in self._shown:
            np.minimum(codes, FIRST_PERCENTILE_CODE, out=codes)
        for other, chunks in self._marks.items():
            if chunks and other in self._shown:
                np.maximum(codes, _read(chunks, first, end, self._n_leads), out=codes)
        return codes

    def _share(self, which: int) -> float:
        """Share of columns that are computed (0) or assessed (1); each chunk is counted again only after a change."""
        if self.is_withheld:
            return 1.0
        for index in self._chunks.keys() - self._counts.keys():
            chunk = self._chunks[index]
            if chunk is self._nothing:
                self._counts[index] = (chunk.size, 0)
                continue
            computed, assessed = int((chunk >= NOT_ASSESSED).sum()), int((chunk >= FIRST_PERCENTILE_CODE).sum())
            self._counts[index] = (computed, assessed)
        columns = math.ceil(self._duration_s * COLUMNS_PER_S - 1e-6) * self._n_leads
        return sum(counts[which] for counts in self._counts.values()) / columns if columns > 0 else 0.0


def _read(
    chunks: dict[int, CodeArray], first: int, end: int, n_leads: int, missing: int = PENDING
) -> CodeArray:
    codes = np.full((n_leads, end - first), missing, np.uint8)
    for index, inside, outside in _chunk_parts(first, end):
        if index in chunks:
            codes[:, outside] = chunks[index][:, inside]
    return codes


def _chunk_parts(first: int, end: int) -> list[tuple[int, slice, slice]]:
    """For each chunk that columns [first, end) touch: its index, where in the chunk, and where in the columns."""
    parts = []
    for index in range(first // _CHUNK_COLUMNS, (end - 1) // _CHUNK_COLUMNS + 1):
        left = max(first, index * _CHUNK_COLUMNS)
        right = min(end, (index + 1) * _CHUNK_COLUMNS)
        base = index * _CHUNK_COLUMNS
        parts.append((index, slice(left - base, right - base), slice(left - first, right - first)))
    return parts
