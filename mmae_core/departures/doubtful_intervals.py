"""Intervals that were measured but are not compared with normals, because another wave may have been taken for P or T.

Limits are set by the few most extreme normals, and nearly all PR of 350 ms or QTc of 550 ms in ECGs called normal are
such mistakes (of 21 normals of PTB-XL's folds 1-8 with a PR from 260 ms that nobody called long, 16 fail these rules;
of 52 records with a PR from 235 ms that are called first-degree block or long PR, 4). The measured value is kept; it is
only not compared, and `doubted` says why.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.carried import EVERYTHING, VOLTAGE_UNITS, Carried
from mmae_core.departures.measurements import Measured, quantity_keys
from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.intervals.results import Examination, Measurements, WaveBounds
from mmae_core.messages import Message

LONGEST_P_S = 0.18
"""A P wave lasts 0.12 s, in a large and slow atrium 0.16; a longer one includes U or the end of T."""
U_AFTER_T_S = 0.07
"""A wave that begins within this time after the end of T, and long enough before the QRS, is more often U."""
U_AHEAD_S = 0.32
"""Least time before the QRS for that."""
P_IN_T_SHARE = 0.66
"""Where no P was found, a T that ends after this share of the R-R interval may include it."""
U_IN_T_S = 0.18
"""T ends within this time after its peak; otherwise it includes U."""


def compared_vector(
    examination: Examination, measured: Measured, carried: Carried = EVERYTHING
) -> tuple[NDArray[np.float64], tuple[Message, ...]]:
    """`measured.vector()` with NaN for doubted quantities, and the reasons."""
    vector = measured.vector()
    doubts = doubted(examination)
    keys = quantity_keys()
    for name in doubts:
        vector[keys.index(name)] = math.nan
    reasons = list(dict.fromkeys(doubts.values()))
    if carried.amplitudes_doubted is not None:
        known = LEAD_QUANTITIES | RECORD_QUANTITIES
        vector[[known[key.partition(":")[0]].unit in VOLTAGE_UNITS for key in keys]] = math.nan
        reasons.append(carried.amplitudes_doubted)
    return vector, tuple(reasons)


def doubted(examination: Examination) -> dict[str, Message]:
    """Quantities of the record that are not to be compared, with the reason."""
    found, waves = examination.measurements, examination.bounds
    if waves is None:
        return {}
    doubts: dict[str, Message] = {}
    if (of_pr := _of_pr(found, waves)) is not None:
        doubts["pr_ms"] = of_pr
    if (of_qt := _of_qt(found, waves)) is not None:
        doubts |= {"qt_ms": of_qt, "qtc_ms": of_qt}
    return doubts


def _of_pr(found: Measurements, waves: WaveBounds) -> Message | None:
    if found.pr_ms.value is None or waves.p_on is None or waves.p_end is None:
        return None
    if waves.p_end - waves.p_on > LONGEST_P_S:
        return Message("PR is not compared: P seems to last {ms:.0f} ms, and may hold another wave",
                       ms=1000 * (waves.p_end - waves.p_on))
    if waves.t_end is None or found.rr_s is None or found.pr_ms.value <= 1000 * U_AHEAD_S:
        return None
    if waves.p_on + found.rr_s - waves.t_end < U_AFTER_T_S:
        return Message("PR is not compared: what was taken for P follows T so closely that it may be U")
    return None


def _of_qt(found: Measurements, waves: WaveBounds) -> Message | None:
    if found.qt_ms.value is None or waves.t_peak is None or waves.t_end is None or found.rr_s is None:
        return None
    if found.pr_ms.value is None and waves.t_end > P_IN_T_SHARE * found.rr_s:
        return Message("QT is not compared: no P wave was found, and what was taken for the end of T may be P")
    if waves.t_end - waves.t_peak > U_IN_T_S:
        return Message("QT is not compared: T seems to end {ms:.0f} ms after its peak, and may hold U",
                       ms=1000 * (waves.t_end - waves.t_peak))
    return None
