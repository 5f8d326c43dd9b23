"""Suspicions from leads held against each other: limb leads that break their laws, a late lead, one lead stored twice.

- Limb leads: I + III = II and aVR + aVL + aVF = 0 hold by definition (Einthoven 1912, Goldberger 1942) whatever the
  electrodes' places, so a record that breaks them has leads mixed up, renamed or scaled apart. If they hold without one
  lead, it is that one. In PTB-XL's folds 1 to 8 (2,000 normals and 2,147 abnormal records) they are broken by at most
  1.8 % of the leads' size, but for two records; in the challenge's of 2011 by at most 5.5 %.
- A late lead: the QRS of a chest lead is a mixture of those of the other leads at the same time (they come from one
  dipole, nearly), so a lead that fits the others much better when it is shifted was recorded or stored late. Bundle
  branch blocks reach 30 ms in a lead that fits anyway; less than 35 ms is not looked for. In a limb lead it breaks the
  laws above.
- The same lead twice: neighbours that are alike differ by 1 % of their size and more in the same 4,147 records.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from mmae_core.assessment import Suspicion
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

MAX_MISFIT = 0.1
"""Root mean square by which the limb leads break their laws, as a share of theirs."""
MIN_MISFIT_MV = 0.02
ALONE_SHARE = 0.2
"""One lead breaks the laws alone if without it so much of the misfit is left at most."""
LIMB_OF_I_AND_II = np.array([(1, 0), (0, 1), (-1, 1), (-0.5, -0.5), (1, -0.5), (-0.5, 1)])
"""The six limb leads as multiples of I and II."""
SAME_LEAD = 0.005
"""Root mean square difference of two leads, as a share of the smaller one's, below which they are the same."""
MIN_SAME_MV = 0.02
"""Smaller leads are alike because there is nothing in them."""
COMPARED_HZ = 100.0
"""Leads are held against each other at about this rate."""
MAX_LAG_S = 0.1
MIN_LAG_S = 0.035
MIN_MISFIT_IN_TIME = 0.5
"""Share of a lead's slopes that the others cannot explain at the same time, above which it may be late."""
MAX_MISFIT_SHIFTED = 0.8
"""It is late if they fail to explain at most this share of that after the shift."""
MIN_OTHERS = 4
"""So many other leads are needed to tell."""
INDEPENDENT = tuple(STANDARD_LEADS.index(lead) for lead in ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6"))


def limb_misfit(
    signal_mv: Array, usable: NDArray[np.bool_], is_valid: NDArray[np.bool_] | None = None
) -> Suspicion | None:
    """Whether (12, samples) in mV break the laws of Einthoven and Goldberger by more than noise.

    Held against each other only where all six have a value: (samples,) `is_valid`; None: everywhere.
    """
    if not usable[:6].all():
        return None
    limbs = signal_mv[:6] if is_valid is None or is_valid.all() else signal_mv[:6, is_valid]
    if limbs.shape[1] < 2:
        return None
    limbs = limbs[:, :: max(1, limbs.shape[1] // 1000)]  # the laws hold at every sample: a thousand will do
    limbs = limbs - limbs.mean(axis=1, keepdims=True)
    size = float(np.sqrt(np.square(limbs).mean()))
    i, ii, iii, avr, avl, avf = limbs
    laws = {
        "I + III = II": i + iii - ii, "aVR + aVL + aVF = 0": avr + avl + avf, "aVR = -(I + II)/2": avr + (i + ii) / 2,
    }
    misfits = {law: float(np.sqrt(np.square(rest).mean())) for law, rest in laws.items()}
    law = max(misfits, key=lambda law: misfits[law])
    if misfits[law] < max(MIN_MISFIT_MV, MAX_MISFIT * size):
        return None
    values: dict[str, str | float] = {"law": law, "misfit_mv": misfits[law], "share": 100 * misfits[law] / size}
    alone = _breaks_alone(limbs)
    if alone is None:
        text = Message("Limb leads may be mixed up or wrongly scaled: {law} is broken by {misfit_mv:.2f} mV rms, "
                       "{share:.0f} % of the leads' own.", **values)
    elif alone[1]:
        text = Message("Lead {lead} may be upside down: the other limb leads, which agree, say the opposite ({law} is "
                       "broken by {misfit_mv:.2f} mV rms, {share:.0f} % of the leads' own).", lead=alone[0], **values)
    else:
        text = Message("Lead {lead} contradicts the other limb leads, which agree: {law} is broken by {misfit_mv:.2f} "
                       "mV rms, {share:.0f} % of the leads' own.", lead=alone[0], **values)
    return Suspicion("limb-leads-disagree", text)


def _breaks_alone(limbs: Array) -> tuple[str, bool] | None:
    """The limb lead without which the other five fit, and whether it runs against what they say of it."""
    rests = []
    for lead in range(6):
        others = [row for row in range(6) if row != lead]
        inverse = np.linalg.pinv(LIMB_OF_I_AND_II[others])
        rests.append(float(np.square(limbs[others] - LIMB_OF_I_AND_II[others] @ (inverse @ limbs[others])).sum()))
    whole = limbs - LIMB_OF_I_AND_II @ (np.linalg.pinv(LIMB_OF_I_AND_II) @ limbs)
    lead = int(np.argmin(rests))
    if rests[lead] > ALONE_SHARE**2 * float(np.square(whole).sum()):
        return None
    others = [row for row in range(6) if row != lead]
    expected = LIMB_OF_I_AND_II[lead] @ (np.linalg.pinv(LIMB_OF_I_AND_II[others]) @ limbs[others])
    size = float(np.sqrt(np.square(expected).sum() * np.square(limbs[lead]).sum()))
    return STANDARD_LEADS[lead], bool(expected @ limbs[lead] < -0.9 * size)


def late_lead(signal_mv: Array, sampling_rate_hz: float, usable: NDArray[np.bool_]) -> Suspicion | None:
    """The chest lead of (12, samples) in mV that fits the others much better when shifted in time, if there is one."""
    rows = [row for row in INDEPENDENT if usable[row]]
    step = max(1, round(sampling_rate_hz / COMPARED_HZ))
    rate_hz = sampling_rate_hz / step
    reach = round(MAX_LAG_S * rate_hz)
    if len(rows) <= MIN_OTHERS or signal_mv.shape[1] // step < 8 * reach:
        return None
    slopes = _slopes(signal_mv[rows], step)
    middle = slopes[:, reach : slopes.shape[1] - reach]
    found: list[tuple[float, str, float]] = []
    for place, row in enumerate(rows):
        if row >= 6:
            unexplained = _unexplained(np.delete(middle, place, axis=0), slopes[place])
            best = int(np.argmin(unexplained))
            in_time, shifted = unexplained[reach], unexplained[best]
            lag_s = (best - reach) / rate_hz
            if abs(lag_s) >= MIN_LAG_S and in_time >= MIN_MISFIT_IN_TIME and shifted <= MAX_MISFIT_SHIFTED * in_time:
                found.append((float(shifted / in_time), STANDARD_LEADS[row], lag_s))
    if not found:
        return None
    _, lead, lag_s = min(found)
    values: dict[str, str | float] = {"lead": lead, "lag_ms": 1000 * abs(lag_s)}
    text = (
        Message("Lead {lead} may be late: its beats come about {lag_ms:.0f} ms after those of the other leads. Do not "
                "measure across leads.", **values) if lag_s > 0 else
        Message("Lead {lead} may be early: its beats come about {lag_ms:.0f} ms before those of the other leads. Do "
                "not measure across leads.", **values)
    )
    return Suspicion("late-lead", text)


def _slopes(signal: Array, step: int) -> Array:
    """Slopes of (leads, samples) summed over `step` samples, which leaves QRS, without a mean."""
    n = signal.shape[1] // step
    fewer = signal if step == 1 else np.add.reduceat(signal[:, : n * step], np.arange(0, n * step, step), axis=1)
    slopes = fewer[:, 2:] - fewer[:, :-2]
    return np.asarray(slopes - slopes.mean(axis=1, keepdims=True))


def _unexplained(others: Array, lead: Array) -> Array:
    """(lags,) share of `lead`, shifted, that no mixture of `others` (leads, samples) explains; the middle lag is 0."""
    products = others @ others.T
    products += np.eye(len(others)) * max(1e-6 * float(np.trace(products)), 1e-12)
    shifted = sliding_window_view(lead, others.shape[1])
    along = shifted @ others.T
    explained = (along * np.linalg.solve(products, along.T).T).sum(axis=1)
    sums = np.concatenate(([0.0], np.cumsum(np.square(lead))))
    energy = sums[others.shape[1] :] - sums[: -others.shape[1]]
    return np.asarray(1 - explained / np.maximum(energy, 1e-12))


def same_leads(signal_mv: Array, usable: NDArray[np.bool_]) -> Suspicion | None:
    """Whether two of (12, samples) in mV are one lead stored twice."""
    rows = np.flatnonzero(usable)
    leads = signal_mv[rows, :: max(1, signal_mv.shape[1] // 2000)]
    leads = leads - leads.mean(axis=1, keepdims=True)
    products = leads @ leads.T
    energy = products.diagonal()
    apart = energy[:, None] + energy[None, :] - 2 * products
    smaller = np.minimum(energy[:, None], energy[None, :])
    same = (apart < SAME_LEAD**2 * smaller) & (smaller > MIN_SAME_MV**2 * leads.shape[1])
    pairs = np.argwhere(np.triu(same, 1))
    if not len(pairs):
        return None
    names = list(dict.fromkeys(STANDARD_LEADS[rows[place]] for place in pairs.ravel()))
    text = Message("Leads {leads} are the same: one of them is a copy, or their electrodes touch.",
                   leads=", ".join(sorted(names, key=STANDARD_LEADS.index)))
    return Suspicion("same-leads", text)
