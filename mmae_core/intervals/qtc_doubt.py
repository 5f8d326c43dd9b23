"""Whether one corrected QT stands for a stretch, and how far the formulas part."""

from __future__ import annotations

from mmae_core.intervals.results import FORMULAS, Measurements, Value
from mmae_core.messages import Message

FORMULAS_HOLD_BPM = (50.0, 110.0)
"""Outside these rates the formulas differ by more than 20 ms from each other at a usual QT, and none is preferred."""


def qtc_by_formula(measured: Measurements) -> dict[str, Value]:
    """QTc by the name of each of `FORMULAS`, in ms."""
    return {name: measured.qtc_ms(formula) for name, formula in FORMULAS.items()}


def qtc_doubt(measured: Measurements) -> Message | None:
    """Why a QTc that was measured is doubtful; None if it is not, or if there is none.

    A corrected QT supposes a steady rate: AHA/ACCF/HRS 2009 (part IV) advise against correcting while R-R intervals
    differ much, as in atrial fibrillation, and against Bazett's formula at fast and slow rates.
    """
    values = [value.value for value in qtc_by_formula(measured).values() if value.value is not None]
    if not values or measured.rr_s is None:
        return None
    if not measured.is_regular:
        return Message("QTc is doubtful: R-R intervals differ too much for one correction")
    rate = 60.0 / measured.rr_s
    low, high = FORMULAS_HOLD_BPM
    if low <= rate <= high:
        return None
    return Message("QTc is doubtful at {rate:.0f}/min: the formulas part by {ms:.0f} ms", rate=rate,
                   ms=max(values) - min(values))
