"""All limits of what a long recording is said to contain, in one place: each with its source, each changeable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from mmae_core.errors import ConfigError


@dataclass(frozen=True)
class HolterLimits:
    """Limits of episodes and of heart rate variability. None of them is a diagnosis: each says what is listed."""

    fast_bpm: float = 100.0
    """Faster is listed as fast: tachycardia begins there (ACC/AHA/HRS 2015, supraventricular tachycardia)."""
    slow_bpm: float = 50.0
    """Slower is listed as slow: bradycardia begins there (ACC/AHA/HRS 2018, bradycardia)."""
    rate_beats: int = 8
    """Intervals whose mean is the rate at a moment: an early beat and the pause behind it leave it as it is."""
    least_rate_s: float = 30.0
    """A fast, slow or irregular stretch lasts at least this long (30 s: ESC 2020, atrial fibrillation on a strip)."""
    pause_s: float = 2.0
    """A longer interval between two beats is a pause. Guidelines act on 3 s; Holter reports list from 2 s."""
    irregular_share: float = 0.1
    """An irregular stretch: the median change from interval to interval is more than this share of the interval."""
    irregular_beats: int = 31
    """Intervals among which that median is taken."""
    st_shift_mv: float = 0.1
    """An ST shift reaches this, up or down, against the lead's own median, and"""
    st_shift_s: float = 60.0
    """lasts this long, shifts less than this apart being one: "1 mm, 1 minute, 1 minute apart", as in ambulatory ST
    monitoring (ACC/AHA 1999) and among the criteria of the Long-Term ST Database (Jager et al. 2003)."""
    run_beats: int = 3
    """So many beats in a row of another shape than the usual one there are a run."""
    poor_s: float = 10.0
    """Poor signal is listed from this length on; it is told in steps of 10 s."""
    least_nn_share: float = 0.5
    """Heart rate variability is refused where fewer of all intervals are between two normal beats, and"""
    least_nn: int = 240
    """where there are fewer such intervals: about those of the 5 minutes that Task Force 1996 asks for."""
    least_segments: int = 4
    """SDANN and the SDNN index need this many 5-minute segments (Task Force 1996: of 24 hours)."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise ConfigError(f"The limit {name} is {value}; it must be above 0.")
        if self.slow_bpm >= self.fast_bpm:
            raise ConfigError(f"Slow is below {self.slow_bpm:g} a minute and fast above {self.fast_bpm:g}; slow must "
                              "be less.")

    def with_values(self, values: Mapping[str, float]) -> HolterLimits:
        """These limits with some changed, by name. Raises ConfigError for an unknown name or a senseless value."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        if unknown := sorted(set(values) - set(known)):
            raise ConfigError(f"There is no limit {', '.join(unknown)}; there are {', '.join(known)}.")
        return HolterLimits(**{name: type(known[name])(value) for name, value in {**known, **values}.items()})
