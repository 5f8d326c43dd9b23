"""Finds the intervals of an anomaly map that depart from the normal cohort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.calibration import CohortCalibration
from mmae_core.scoring.finding_config import FindConfig
from mmae_core.scoring.phases import PHASES, REST, UNKNOWN


def find(
    anomaly_map: AnomalyMap, calibration: CohortCalibration, config: FindConfig | None = None
) -> tuple[Finding, ...]:
    """The intervals of a map that depart from normal, strongest first.

    Strength is the highest `AnomalyMap.peak_percentile` in the interval; among equal ones, how many times its strongest
    point exceeds that of the median normal in the lead.
    """
    config = config or FindConfig()
    rate = anomaly_map.sampling_rate_hz
    found: list[tuple[float, float, Finding]] = []
    for index, lead in enumerate(STANDARD_LEADS):
        scores = anomaly_map.score[index]
        high = anomaly_map.peak_percentile[index] >= config.edge_percentile  # NaN compares False
        typical_peak = float(np.median(calibration.lead_peaks[index]))
        for start, end in _intervals(high, np.isfinite(scores), round(config.merge_gap_s * rate)):
            if (end - start) / rate < config.min_duration_s:
                continue
            ranks = anomaly_map.peak_percentile[index, start:end]
            percentile = float(np.nanmax(ranks))
            if percentile < config.min_percentile:
                continue
            peak = start + int(np.nanargmax(np.where(ranks == percentile, scores[start:end], np.nan)))
            peak_score = float(scores[peak])
            offset = anomaly_map.start_s
            finding = Finding(
                lead, offset + start / rate, offset + end / rate, offset + peak / rate, percentile, peak_score,
                wave=_wave(anomaly_map, peak),
            )
            found.append((percentile, peak_score / max(typical_peak, 1e-12), finding))
    found.sort(key=lambda item: (item[0], item[1]), reverse=True)
    return tuple(finding for _, _, finding in found[: config.limit])


def _wave(anomaly_map: AnomalyMap, sample: int) -> str:
    """The wave a sample lies in; empty between waves and where none is known."""
    code = UNKNOWN if anomaly_map.phases is None else int(anomaly_map.phases[sample])
    return "" if code in {UNKNOWN, REST} else PHASES[code]


def _intervals(high: NDArray[np.bool_], known: NDArray[np.bool_], merge_gap: int) -> list[tuple[int, int]]:
    """Half-open runs of `high`, joined across gaps of at most `merge_gap` samples that were all assessed."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], high.astype(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] <= merge_gap and known[runs[-1][1] : start].all():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
