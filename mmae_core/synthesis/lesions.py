"""Abnormal beats planted into a normal record, with exactly known leads and times.

Every lesion is a change added to the signal: waves of the record's own median beat are taken off, moved, stretched,
mirrored or scaled, so that noise, wander and everything beside the lesion stay what they were. All changes begin and
end at zero with raised-cosine edges: there is no seam. They are made in the independent leads I, II and V1..V6; III,
aVR, aVL and aVF follow by Einthoven's and Goldberger's equations, and a lesion of single limb leads is a vector in the
frontal plane, so that its reciprocal change appears where it does in a patient.

At strength 1 (all amounts grow with strength, and at 0 nothing changes):

====================  =================================================================================================
premature_wide_beat   a beat 38 % of the R-R interval early, without P wave, QRS twice as long and 1.3 times as
                      tall, its frontal axis turned by 90-180 degrees, T against the QRS; the beat that was due is
                      missing: a full compensatory pause (ventricular premature beats: QRS >= 120 ms, discordant T)
pause                 one whole beat (P, QRS, T) is missing: two R-R intervals, as in sinus arrest or exit block
st_elevation          0.2 mV from the J point, fading out with the T wave, in one territory (Thygesen et al. 2018, doi
                      10.1161/CIR.0000000000000617: new elevation >= 0.1 mV, in V2-V3 >= 0.2 mV for men from 40 on)
st_depression         0.15 mV (ibid.: new horizontal or downsloping depression >= 0.05 mV)
t_inversion           T mirrored on the isoelectric line where it is upright in one territory (ibid.: > 0.1 mV)
wide_qrs              QRS 1.6 times as long, 80-95 ms becoming 130-150 ms (bundle branch block: >= 120 ms; Surawicz et
                      al. 2009, doi 10.1161/CIRCULATIONAHA.108.191095), T of the same beat displaced and discordant
lost_p                no P wave before the QRS, as in a junctional beat or rhythm
alternans             QRS, or T, of every other beat smaller by 40 %
====================  =================================================================================================

The mask. A beat's change marks a lead if it reaches `MARKED_MV` there, from the first to the last sample at which it
exceeds `EDGE_MV`. Both are millivolts whatever the strength; outside the mask nothing differs by `MARKED_MV` or more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ConfigError, UnsupportedRecord
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scipy_parts import PchipInterpolator, gaussian_filter1d
from mmae_core.signals.lead_geometry import (
    AXES,
    TERRITORIES,
    Array,
    chest,
    from_plane,
    frontal_direction,
    to_plane,
    twelve_leads,
    unit,
)
from mmae_core.synthesis.beat_shape import BeatShape, window

MARKED_MV = 0.05
"""Half a millimetre on paper, the least that is measured by eye."""
EDGE_MV = 0.02
MIN_T_MV = 0.1
"""Height, in its lead or along its territory's axis, of a T wave that is mirrored: the result counts as inversion."""
LEAD_IN = 12
"""Samples before the onset of a stretched QRS, in which it rises from zero."""
MIN_P_MV = 0.08
"""Height, in the lead where it is highest, of a P wave whose loss can be seen."""

Extent = Literal["beat", "record"]
Change = Callable[[int], Array]
"""The change (8, samples) in mV, independent leads, that a lesion makes to the beat of that number."""
Maker = Callable[["LesionSettings"], Change]


@dataclass(frozen=True)
class LesionSettings:
    """The parameters of a lesion."""

    shape: BeatShape
    strength: float
    leads: tuple[str, ...]
    """Asked for; empty: a territory is drawn."""
    rng: np.random.Generator
    details: dict[str, Any]
    """Filled by the maker with what it drew."""


@dataclass(frozen=True)
class Planted:
    """A record with one lesion."""

    signal_mv: FloatArray
    """(12, samples)"""
    mask: NDArray[np.bool_]
    """(12, samples)"""
    beats: tuple[int, ...]
    """Numbers of the beats that were changed."""
    details: dict[str, Any]
    """What was drawn: territory, axis, wave."""


def plant(
    signal_mv: FloatArray,
    shape: BeatShape,
    kind: str,
    *,
    beats: Sequence[int],
    rng: np.random.Generator,
    strength: float = 1.0,
    leads: Sequence[str] = (),
) -> Planted:
    """Change some beats of a record (12, samples) at 500 Hz whose beats are described by `shape`.

    `leads` chooses where ST, T and alternans lesions lie (empty: drawn, alternans in all); the other kinds concern all.
    Raises ConfigError for a kind, lead or strength that there is not, and UnsupportedRecord if the record or a beat
    cannot carry the lesion or no lead would change by as much as `MARKED_MV`.
    """
    if kind not in KINDS:
        raise ConfigError(f"There is no lesion '{kind}'; there are {', '.join(KINDS)}.")
    if not 0 <= strength <= 5:
        raise ConfigError(f"The strength is {strength:g}; it must lie between 0 (no change) and 5.")
    unknown = [lead for lead in leads if lead not in STANDARD_LEADS]
    if unknown:
        raise ConfigError(f"There is no lead {', '.join(unknown)}; there are {', '.join(STANDARD_LEADS)}.")
    details: dict[str, Any] = {}
    mask = np.zeros(signal_mv.shape, bool)
    if strength == 0:
        return Planted(signal_mv.copy(), mask, (), details)
    change_of = KINDS[kind].maker(LesionSettings(shape, strength, tuple(leads), rng, details))
    total = np.zeros(signal_mv.shape)
    for beat in beats:
        change = twelve_leads(change_of(beat))
        mask |= marked(change)
        total += change
    if not mask.any():
        raise UnsupportedRecord(f"{kind} at strength {strength:g} changes no lead by {MARKED_MV:g} mV")
    return Planted((signal_mv + total).astype(np.float32), mask, tuple(beats), details)


def marked(change: Array) -> NDArray[np.bool_]:
    """The mask (12, samples) of one beat's change (12, samples) in mV."""
    mask = np.zeros(change.shape, bool)
    for row, lead in zip(mask, np.abs(change), strict=True):
        if lead.max() >= MARKED_MV:
            above = np.flatnonzero(lead > EDGE_MV)
            row[above[0] : above[-1] + 1] = True
    return mask


def _territory(settings: LesionSettings, without: Sequence[str] = ()) -> tuple[str, ...]:
    if settings.leads:
        return settings.leads
    name = str(settings.rng.choice(list(TERRITORIES)))
    settings.details["territory"] = name
    return tuple(lead for lead in TERRITORIES[name] if lead not in without)


def _erased(shape: BeatShape, beat: int) -> Array:
    """The change that takes a whole beat off and leaves the record's own noise where it was.

    In the QRS, where beats differ by more than the noise, the noise is a mirror image of that beside it.
    """
    peak = int(shape.peaks[beat])
    start, end = peak + shape.qrs_on - 6, peak + shape.qrs_off + 8
    if start < end - start or end + (end - start) >= shape.n_samples:
        raise UnsupportedRecord("a beat too close to the end of the record")
    times = np.arange(start, end)
    left, right = shape.residual[:, 2 * start - times], shape.residual[:, 2 * end - times]
    share = 0.5 - 0.5 * np.cos(np.pi * (times - start + 0.5) / (end - start))
    change = -shape.place(shape.beat(beat), peak, shape.first)
    fill = (1 - share) * left + share * right - shape.residual[:, times]
    change[:, times] += fill * window(times, start + 4, end - 4, 8)
    return np.asarray(change)


def _stretched(shape: BeatShape, qrs_factor: float, room: int) -> tuple[Array, Array]:
    """A beat from the QRS on, QRS longer by a factor, (8, `LEAD_IN` + `room`), and where it has passed into T.

    The QRS begins at sample `LEAD_IN`. The ST segment gives way, T keeps its length; both ends are zero.
    """
    qrs = shape.qrs_off - shape.qrs_on
    wide = qrs * qrs_factor
    st, wave = shape.t_on - shape.qrs_off, shape.t_end - shape.t_on
    st_kept = max(0.4 * st, st - (wide - qrs))
    if wide + st_kept + wave + 20 > room:
        raise UnsupportedRecord("no room for a longer beat")
    knots = np.cumsum([0, wide, st_kept, wave, 25])
    source = np.array([shape.qrs_on, shape.qrs_off, shape.t_on, shape.t_end, shape.t_end + 25]) - shape.first
    times = np.arange(-LEAD_IN, room)
    at = PchipInterpolator(np.append(knots, 2 * room), np.append(source, source[-1] + 2 * room))(np.maximum(times, 0))
    length = shape.template.shape[1]
    beat = np.stack([np.interp(at, np.arange(length), lead, right=0.0) for lead in shape.template])
    passed = np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip((times - wide) / max(8.0, 0.6 * st_kept) + 0.5, 0, 1)))
    # the template is not quite zero where P ends and QRS begins
    faded = beat * window(times, 8, room - 10, 16)
    return gaussian_filter1d(faded, 3.0, axis=1, mode="constant"), passed


def _room(shape: BeatShape, beat: int, onset: int) -> int:
    """Samples from `onset` to where the P wave of the beat after `beat` begins."""
    following = int(shape.peaks[beat + 1]) if beat + 1 < len(shape.peaks) else int(shape.peaks[beat]) + shape.rr
    return max(0, following + shape.p_on - 2 - onset)


def _premature_wide_beat(settings: LesionSettings) -> Change:
    shape, strength, rng = settings.shape, settings.strength, settings.rng
    from_left = bool(rng.integers(2))
    turn = float(rng.uniform(90, 180)) * (1 if rng.integers(2) else -1) * min(1.0, strength)
    settings.details["origin"] = "left ventricle" if from_left else "right ventricle"
    settings.details["axis_turned_degrees"] = round(turn)
    height = 1 + 0.3 * strength
    across = -1.0 if from_left else 1.0

    def change(beat: int) -> Array:
        if not 0 < beat < len(shape.peaks) - 1:
            raise UnsupportedRecord("no beat on both sides")
        before, peak = int(shape.peaks[beat - 1]), int(shape.peaks[beat])
        onset = before + round((1 - 0.38 * min(strength, 1.5)) * (peak - before)) + shape.qrs_on
        onset = max(onset, before + shape.t_end + 10)
        early = peak + shape.qrs_on - onset
        if early < 0.12 * shape.rr * min(1.0, strength):
            raise UnsupportedRecord("no room for an early beat between T and the next QRS")
        room = _room(shape, beat, onset)
        ectopic, passed = _stretched(shape, 1 + strength, room)
        angle = math.radians(turn)
        rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        turned = np.concatenate([from_plane(rotation @ to_plane(ectopic[:2])), across * ectopic[2:]])
        turned *= height * (1 - passed) + _discordance(ectopic, passed, strength) * passed
        settings.details["early_s"] = round(early / 500, 3)
        return _erased(shape, beat) + shape.place(turned, onset, -LEAD_IN)

    return change


def _discordance(beat: Array, passed: Array, strength: float) -> Array:
    """Factor (8, 1) for the T wave of a wide beat: against the main deflection of its QRS, more so with strength."""
    qrs, wave = beat * (1 - passed), beat * passed
    main = np.take_along_axis(qrs, np.argmax(np.abs(qrs), axis=1)[:, None], axis=1)
    crest = np.take_along_axis(wave, np.argmax(np.abs(wave), axis=1)[:, None], axis=1)
    concordant = np.sign(main) == np.sign(crest)
    return np.where(concordant, 1 - 2.3 * min(strength, 1.5), 1 + 0.3 * min(strength, 1.5))


def _pause(settings: LesionSettings) -> Change:
    def change(beat: int) -> Array:
        if not 0 < beat < len(settings.shape.peaks) - 1:
            raise UnsupportedRecord("no beat on both sides")
        return min(1.0, settings.strength) * _erased(settings.shape, beat)

    return change


def _wide_qrs(settings: LesionSettings) -> Change:
    shape, strength = settings.shape, settings.strength

    def change(beat: int) -> Array:
        peak = int(shape.peaks[beat])
        room = min(_room(shape, beat, peak + shape.qrs_on), shape.t_end - shape.qrs_on + 80)
        wide, passed = _stretched(shape, 1 + 0.6 * strength, room)
        wide *= (1 - passed) + _discordance(wide, passed, 0.6 * strength) * passed
        p_wave = shape.gains[0][beat][:, None] * shape.waves[0]
        kept = shape.place(p_wave, peak, shape.first)
        return _erased(shape, beat) + kept + shape.place(wide, peak, shape.qrs_on - LEAD_IN)

    return change


def _st_shift(millivolts: float) -> Maker:
    def maker(settings: LesionSettings) -> Change:
        shape = settings.shape
        leads = _territory(settings)
        weights = np.zeros((8, 1))
        weights[chest(leads)] = 1.0
        direction = frontal_direction(leads)
        if direction is not None:
            limb = from_plane(unit(direction)[:, None])
            weights[:2] = limb
            rows = [STANDARD_LEADS.index(lead) for lead in leads if lead in AXES]
            weights[:2] /= float(twelve_leads(weights)[rows].max())
        first, last = shape.qrs_off - 14, shape.t_end + 20
        times = np.arange(first, last)
        rise = np.clip((times - shape.qrs_off) / 20 + 0.5, 0, 1)
        fall = np.clip((shape.t_end + 10 - times) / max(40, shape.t_end - shape.t_peak + 20), 0, 1)
        course = 0.25 * (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall))

        def change(beat: int) -> Array:
            return settings.shape.place(
                settings.strength * millivolts * weights * course, int(shape.peaks[beat]), first
            )

        return change

    return maker


def _t_inversion(settings: LesionSettings) -> Change:
    shape = settings.shape
    leads = _territory(settings, without=("V1",))  # upright in V1 is not the rule
    wave = shape.part(shape.t_on - 8, shape.t_end + 4, soft=36)
    at_peak = wave[:, shape.t_peak - shape.first]
    inverted = np.zeros_like(wave)
    upright = [row for row in chest(leads) if at_peak[row] >= MIN_T_MV]
    inverted[upright] = wave[upright]
    direction = frontal_direction(leads)
    if direction is not None:
        along = unit(direction) @ to_plane(wave[:2])
        if along[shape.t_peak - shape.first] >= MIN_T_MV:
            inverted[:2] = from_plane(unit(direction)[:, None] * along)
    if not inverted.any():
        raise UnsupportedRecord("no upright T wave in the leads of a T inversion")

    def change(beat: int) -> Array:
        scaled = shape.gains[2][beat][:, None] * inverted
        return shape.place(-2 * settings.strength * scaled, int(shape.peaks[beat]), shape.first)

    return change


def _lost_p(settings: LesionSettings) -> Change:
    shape = settings.shape
    wave = shape.waves[0]
    if not shape.has_p or np.abs(twelve_leads(wave)).max() < MIN_P_MV:
        raise UnsupportedRecord("no P wave that stands out")

    def change(beat: int) -> Array:
        scaled = shape.gains[0][beat][:, None] * wave
        return shape.place(-min(1.0, settings.strength) * scaled, int(shape.peaks[beat]), shape.first)

    return change


def _alternans(settings: LesionSettings) -> Change:
    shape = settings.shape
    wave_name = str(settings.rng.choice(["QRS", "T"]))
    settings.details["wave"] = wave_name
    if wave_name == "QRS":
        row, wave = 1, shape.part(shape.qrs_on - 2, shape.qrs_off + 6, soft=10)
    else:
        row, wave = 2, shape.part(shape.t_on - 8, shape.t_end + 4, soft=36)
    if settings.leads:
        kept = np.zeros_like(wave)
        kept[chest(settings.leads)] = wave[chest(settings.leads)]
        direction = frontal_direction(settings.leads)
        if direction is not None:
            kept[:2] = from_plane(unit(direction)[:, None] * (unit(direction) @ to_plane(wave[:2])))
        wave = kept

    def change(beat: int) -> Array:
        scaled = shape.gains[row][beat][:, None] * wave
        return shape.place(-0.4 * settings.strength * scaled, int(shape.peaks[beat]), shape.first)

    return change


@dataclass(frozen=True)
class LesionKind:
    """How a kind of lesion is made and where it can be."""

    maker: Maker
    extents: tuple[Extent, ...] = ("beat", "record")
    longest_run: int = 1
    """How many beats in a row a lesion of extent `beat` may have."""
    every: int = 1
    """Every which beat is changed."""
    whole_beats: bool = False
    """Whether a beat must lie well inside the record to be changed."""


KINDS: Mapping[str, LesionKind] = {
    "premature_wide_beat": LesionKind(_premature_wide_beat, extents=("beat",), whole_beats=True),
    "pause": LesionKind(_pause, extents=("beat",), whole_beats=True),
    "st_elevation": LesionKind(_st_shift(0.2), longest_run=3),
    "st_depression": LesionKind(_st_shift(-0.15), longest_run=3),
    "t_inversion": LesionKind(_t_inversion, longest_run=3),
    "wide_qrs": LesionKind(_wide_qrs, longest_run=3, whole_beats=True),
    "lost_p": LesionKind(_lost_p, longest_run=3),
    "alternans": LesionKind(_alternans, longest_run=3, every=2),
}
