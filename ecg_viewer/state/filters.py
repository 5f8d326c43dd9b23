"""Display filters by name. They change what is drawn and measured on the paper, never the model's input.

All are zero-phase: run forwards and backwards, so that no wave moves in time. The edges of a pass band are where the
amplitude has fallen to 71 % (-3 dB) after both runs.
Pass bands are those of electrocardiographs: 0.05-150 Hz is the diagnostic bandwidth (AHA 1990, IEC 60601-2-25),
0.05-40 Hz keeps the ST segment, 0.5-40 Hz is what monitors show.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import FloatArray

DIAGNOSTIC_HZ = 150.0
"""Upper band edge required of a diagnostic ECG (AHA 1990)."""
ST_HZ = 0.05
"""Highest lower edge with which ST is read (AHA/ACC/HRS 2007)."""
HIGHEST_SHARE = 0.45
"""Highest edge as a share of the sampling rate; closer to the Nyquist frequency a filter has no room for its slope."""
NOTCH_Q = 30.0
"""Centre / width of a notch, single run; a compromise between width and ringing at the QRS."""
SETTLING_PERIODS = 1.5
"""Settling time in periods of the lower edge: less than 0.3 % of a transient is left after two first-order runs."""
NOTCH_SETTLING_S = 1.0
_TWO_RUNS = math.sqrt(2) - 1
"""Squared ratio by which a Butterworth edge moves so that two runs together are 3 dB down at the nominal edge."""


@dataclass(frozen=True)
class Filter:
    """A pass band or a notch."""

    id: str
    title: str
    """English, for `tr`."""
    low_hz: float | None = None
    high_hz: float | None = None
    notch_hz: float | None = None

    @property
    def is_as_recorded(self) -> bool:
        """Whether it changes nothing."""
        return self.low_hz is None and self.high_hz is None and self.notch_hz is None

    @property
    def name(self) -> str:
        """As shown in menus and on the paper, in the current language."""
        return tr(self.title)

    @property
    def moves_st(self) -> bool:
        """Whether ST is not to be read with it: it fails the impulse test (`ecg_viewer.state.filter_response`)."""
        return self.low_hz is not None and self.low_hz > ST_HZ

    @property
    def warning(self) -> str:
        """What a reader must know while it is on; empty if nothing."""
        said = []
        if self.high_hz is not None and self.high_hz < DIAGNOSTIC_HZ:
            said.append(tr(
                "Below diagnostic bandwidth: above {high:g} Hz the trace is cut, so that QRS amplitudes, notches and "
                "pacing spikes look smaller than recorded."
            ).format(high=self.high_hz))
        if self.moves_st:
            said.append(tr(
                "ST is not to be read with this filter: what lies below {low:g} Hz is cut, and a QRS moves the ST "
                "segment beside it. Measured ST is of the recording as it is."
            ).format(low=self.low_hz))
        return " ".join(said)

    @property
    def margin_s(self) -> float:
        """Extra seconds to filter on either side of a stretch."""
        of_band = 0.0 if self.low_hz is None else SETTLING_PERIODS / self.low_hz
        return max(of_band, 0.0 if self.notch_hz is None and self.high_hz is None else NOTCH_SETTLING_S)

    def available(self, sampling_rate_hz: float) -> str:
        """Why the filter is impossible at this sampling rate; empty if it is possible."""
        highest = max(self.high_hz or 0.0, self.notch_hz or 0.0)
        if highest <= HIGHEST_SHARE * sampling_rate_hz:
            return ""
        return tr("{name} needs at least {least:.0f} samples a second; this recording has {rate:g}.").format(
            name=self.name, least=math.ceil(highest / HIGHEST_SHARE), rate=sampling_rate_hz
        )

    def apply(self, signal: FloatArray, sampling_rate_hz: float) -> FloatArray:
        """Filter samples (leads, n); the result has the same shape, with the invalid samples (NaN) where they were.

        Raises ValueError if the sampling rate cannot carry the filter.
        """
        reason = self.available(sampling_rate_hz)
        if reason:
            raise ValueError(reason)
        if self.is_as_recorded or signal.shape[1] == 0:
            return signal
        from mmae_core.scipy_parts import sosfiltfilt

        sections = sections_of(self, sampling_rate_hz)
        padding = min(round(self.margin_s * sampling_rate_hz), signal.shape[1] - 1)
        filtered = np.full_like(signal, np.nan)
        for lead, samples in enumerate(signal):
            valid = np.isfinite(samples)
            if valid.any():
                # Even padding: odd padding about a sample on an R peak would shift the baseline.
                values = sosfiltfilt(sections, _without_gaps(samples, valid), padtype="even", padlen=padding)
                filtered[lead, valid] = values[valid]
        return filtered


def _without_gaps(samples: FloatArray, valid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Samples (n,) with NaN interpolated linearly, as filtering would spread them over the recording."""
    values = samples.astype(np.float64)
    if not valid.all():
        places = np.arange(samples.size)
        values[~valid] = np.interp(places[~valid], places[valid], values[valid])
    return values


@lru_cache(maxsize=32)
def sections_of(chosen: Filter, sampling_rate_hz: float) -> NDArray[np.float64]:
    """Second-order sections (n, 6) of one run."""
    from mmae_core.scipy_parts import butter, iirnotch, tf2sos

    rate, parts = sampling_rate_hz, []
    if chosen.low_hz is not None:
        parts.append(butter(1, _edge(chosen.low_hz, rate, _TWO_RUNS ** (1 / 2)), "highpass", fs=rate, output="sos"))
    if chosen.high_hz is not None:
        parts.append(butter(2, _edge(chosen.high_hz, rate, _TWO_RUNS ** (-1 / 4)), "lowpass", fs=rate, output="sos"))
    if chosen.notch_hz is not None:
        parts.append(tf2sos(*iirnotch(chosen.notch_hz, NOTCH_Q, fs=rate)))
    sections: NDArray[np.float64] = np.concatenate([np.asarray(part, np.float64) for part in parts])
    return sections


def _edge(frequency_hz: float, sampling_rate_hz: float, factor: float) -> float:
    """The single-run edge, shifted by `factor` in the warped frequencies of the bilinear transform."""
    warped: Any = math.tan(math.pi * frequency_hz / sampling_rate_hz) * factor
    return math.atan(warped) * sampling_rate_hz / math.pi


AS_RECORDED = Filter("none", translatable("No filter"))
FILTERS: dict[str, Filter] = {
    item.id: item
    for item in (
        AS_RECORDED,
        Filter("diagnostic", translatable("0.05–150 Hz diagnostic"), 0.05, 150.0),
        Filter("st", translatable("0.05–40 Hz"), 0.05, 40.0),
        Filter("monitor", translatable("0.5–40 Hz monitor"), 0.5, 40.0),
    )
}
"""Pass bands in the order of the menu."""
NOTCHES: dict[str, Filter] = {
    item.id: item
    for item in (
        Filter("notch_off", translatable("No mains notch")),
        Filter("notch_50", translatable("50 Hz notch"), notch_hz=50.0),
        Filter("notch_60", translatable("60 Hz notch"), notch_hz=60.0),
    )
}
"""Mains filters, chosen apart from the pass band."""


@dataclass(frozen=True)
class FilterChain:
    """The filters applied to the samples for the paper or a page; hashable."""

    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.filters)

    @property
    def name(self) -> str:
        """`No filter`, or the names of what is applied: `0.05–40 Hz, 50 Hz notch`."""
        return ", ".join(item.name for item in self.filters) or AS_RECORDED.name

    @property
    def warning(self) -> str:
        """All warnings; empty if there is nothing to know."""
        return " ".join(item.warning for item in self.filters if item.warning)

    @property
    def moves_st(self) -> bool:
        """Whether ST is not to be read behind them."""
        return any(item.moves_st for item in self.filters)

    @property
    def readout(self) -> str:
        """The name with a short warning, for the strip on the paper and for pages."""
        if self.moves_st:
            return tr("{name} (not diagnostic; ST not to be read with this filter)").format(name=self.name)
        return tr("{name} (not diagnostic)").format(name=self.name) if self.warning else self.name

    @property
    def margin_s(self) -> float:
        """Extra seconds to filter on either side of a stretch."""
        return max((item.margin_s for item in self.filters), default=0.0)

    def apply(self, signal: FloatArray, sampling_rate_hz: float) -> FloatArray:
        """Samples (leads, n) after all filters. Raises ValueError if the sampling rate cannot carry one."""
        for item in self.filters:
            signal = item.apply(signal, sampling_rate_hz)
        return signal


class DisplayFilter:
    """The reader's choice of filters. Not remembered: every start shows the ECG as recorded."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self._band = AS_RECORDED
        self._notch = NOTCHES["notch_off"]

    @property
    def band(self) -> Filter:
        return self._band

    @property
    def notch(self) -> Filter:
        return self._notch

    def choose_band(self, band_id: str) -> None:
        """Use one of `FILTERS`. Raises KeyError for a name that is none."""
        self._choose(FILTERS[band_id], self._notch)

    def choose_notch(self, notch_id: str) -> None:
        """Use one of `NOTCHES`. Raises KeyError for a name that is none."""
        self._choose(self._band, NOTCHES[notch_id])

    def in_force(self, sampling_rate_hz: float) -> FilterChain:
        """The chosen filters that are possible at a recording's sampling rate."""
        chosen = (self._band, self._notch)
        return FilterChain(
            tuple(item for item in chosen if not item.is_as_recorded and not item.available(sampling_rate_hz))
        )

    def refusal(self, sampling_rate_hz: float) -> str:
        """Why a chosen filter is not applied to a recording; empty if all are."""
        reasons = (item.available(sampling_rate_hz) for item in (self._band, self._notch))
        return " ".join(reason for reason in reasons if reason)

    def _choose(self, band: Filter, notch: Filter) -> None:
        if (band, notch) != (self._band, self._notch):
            self._band, self._notch = band, notch
            self.changed.emit()
