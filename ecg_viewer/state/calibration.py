"""Paper speed, gain and screen scale: mm/s, mm/mV and pixels per millimetre."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

SPEEDS_MM_PER_S = (12.5, 25.0, 50.0, 100.0)
"""Paper speeds offered to the user."""
USUAL_SPEEDS_MM_PER_S = (25.0, 50.0)
GAINS_MM_PER_MV = (2.5, 5.0, 10.0, 20.0, 40.0)
"""Gains offered to the user; one gain for all leads, so that amplitudes stay comparable."""
SPEED_LIMITS_MM_PER_S = (1.0, 200.0)
"""Limits of zooming: 200 ms are 40 mm wide at the fast end, an hour 3.6 m at the slow end."""
PLAUSIBLE_SCREEN_MM = (20.0, 2000.0)
"""A screen edge outside this range is a wrong report of the driver."""
NOMINAL_PX_PER_MM = 96.0 / 25.4
"""Assumed for drawing if a screen does not report its size; never used to state millimetres."""
BANK_CARD_WIDTH_MM = 85.60
"""Width of an ID-1 card (ISO/IEC 7810), used to calibrate a screen."""


@dataclass(frozen=True)
class Calibration:
    """Paper speed and gain, the same for all leads."""

    mm_per_s: float = 25.0
    mm_per_mv: float = 10.0

    def __post_init__(self) -> None:
        for name, value in (("mm_per_s", self.mm_per_s), ("mm_per_mv", self.mm_per_mv)):
            if not (math.isfinite(value) and value > 0):
                raise ValueError(f"{name} must be a positive number, got {value!r}")

    @property
    def is_usual(self) -> bool:
        """Whether it is a routine: 10 mm/mV at 25 mm/s, or at the 50 mm/s of German-speaking hospitals."""
        is_usual_speed = any(math.isclose(self.mm_per_s, speed) for speed in USUAL_SPEEDS_MM_PER_S)
        return is_usual_speed and math.isclose(self.mm_per_mv, 10.0)

    def with_speed(self, mm_per_s: float) -> Calibration:
        return replace(self, mm_per_s=mm_per_s)

    def with_gain(self, mm_per_mv: float) -> Calibration:
        return replace(self, mm_per_mv=mm_per_mv)

    def speed_stepped(self, steps: int) -> Calibration:
        """The preset `steps` faster (or slower, if negative); the fastest or slowest one at the ends."""
        return self.with_speed(_stepped(SPEEDS_MM_PER_S, self.mm_per_s, steps))

    def gain_stepped(self, steps: int) -> Calibration:
        """The preset gain `steps` higher (or lower, if negative); the highest or lowest one at the ends."""
        return self.with_gain(_stepped(GAINS_MM_PER_MV, self.mm_per_mv, steps))


def _stepped(presets: tuple[float, ...], value: float, steps: int) -> float:
    """The preset `steps` away from `value`, which may lie between two presets or beyond them."""
    if steps > 0:
        beyond = [preset for preset in presets if preset > value and not math.isclose(preset, value)]
        return beyond[min(steps, len(beyond)) - 1] if beyond else max(value, presets[-1])
    if steps < 0:
        beyond = [preset for preset in reversed(presets) if preset < value and not math.isclose(preset, value)]
        return beyond[min(-steps, len(beyond)) - 1] if beyond else min(value, presets[0])
    return value


@dataclass(frozen=True)
class ScreenScale:
    """Pixels (Qt's device-independent ones) in a millimetre of the screen; None when the screen does not say."""

    px_per_mm: float | None

    @classmethod
    def from_screen(cls, width_mm: float, height_mm: float, width_px: float, height_px: float) -> ScreenScale:
        """The scale a screen reports; None if its physical size is impossible.

        Impossible: an edge of 0 or outside 20-2000 mm, or pixels not square to within 5 %. Such reports are common.
        """
        shortest, longest = PLAUSIBLE_SCREEN_MM
        if not (shortest <= width_mm <= longest and shortest <= height_mm <= longest):
            return cls(None)
        across, down = width_px / width_mm, height_px / height_mm
        if min(across, down) <= 0 or max(across, down) / min(across, down) > 1.05:
            return cls(None)
        return cls((across + down) / 2)

    @classmethod
    def from_bar(cls, length_px: float, length_mm: float = BANK_CARD_WIDTH_MM) -> ScreenScale:
        """The scale of a screen on which a bar of `length_px` was matched to an object of `length_mm`."""
        if not (length_px > 0 and length_mm > 0):
            raise ValueError(f"a bar needs a positive length, got {length_px} px for {length_mm} mm")
        return cls(length_px / length_mm)

    @property
    def is_known(self) -> bool:
        return self.px_per_mm is not None

    @property
    def drawing_px_per_mm(self) -> float:
        """Pixels a millimetre is drawn with: the true pitch where known, else that of a nominal 96-dpi screen."""
        return NOMINAL_PX_PER_MM if self.px_per_mm is None else self.px_per_mm


def readout_text(calibration: Calibration, scale: ScreenScale, is_auto_fit: bool = False) -> str:
    """The scale as written on the paper: `25 mm/s · 10 mm/mV`.

    An automatic scale is named as such, even if it happens to be the standard one. If the screen size is unknown,
    pixels are given: `94 px/s · 38 px/mV · display size unavailable`.
    """
    if scale.px_per_mm is None:
        px_per_s = calibration.mm_per_s * scale.drawing_px_per_mm
        px_per_mv = calibration.mm_per_mv * scale.drawing_px_per_mm
        unknown = tr("{speed:.0f} px/s · {gain:.0f} px/mV · display size unavailable")
        return _fitted(unknown.format(speed=px_per_s, gain=px_per_mv), is_auto_fit)
    text = f"{number(calibration.mm_per_s, '.3g')} mm/s · {number(calibration.mm_per_mv, '.3g')} mm/mV"
    if calibration.is_usual and not is_auto_fit:
        return text
    return _fitted(tr("{scale} · non-standard").format(scale=text), is_auto_fit)


def _fitted(text: str, is_auto_fit: bool) -> str:
    return tr("auto-fit · {scale}").format(scale=text) if is_auto_fit else text
