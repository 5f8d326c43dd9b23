"""The beats found in a stretch, their average and their deviations; without SciPy, so that showing them needs none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Samples = NDArray[np.int64]


@dataclass(frozen=True)
class Beats:
    """The beats found in a stretch, and which of them are of the prevailing kind."""

    r_samples: Samples
    """(beats,) where each beat's QRS is, aligned among beats of one shape."""
    is_typical: NDArray[np.bool_]
    """(beats,) whether it is of the prevailing shape and not premature."""
    is_premature: NDArray[np.bool_]
    is_alike: NDArray[np.bool_]
    """(beats,) of the prevailing shape: the most frequent one, or one nearly as frequent that comes less early."""
    is_regular: bool
    """Whether the intervals are regular enough to call a beat premature."""
    follows_gap: NDArray[np.bool_]
    """(beats,) no interval lies between a beat and the one before it, but a gap in the signal."""
    gap: NDArray[np.bool_]
    """(samples,) where most leads carry no signal."""

    @property
    def intervals(self) -> Samples:
        """(intervals,) samples from beat to beat, those across gaps left out."""
        return np.diff(self.r_samples)[~self.follows_gap[1:]]

    def __len__(self) -> int:
        return len(self.r_samples)


@dataclass(frozen=True)
class AverageBeat:
    """The mean of the typical beats of a stretch, lead by lead."""

    rate_hz: float
    r_index: int
    """Sample of the R-peak in the averages."""
    mv: Array
    """(leads, length) mean in mV above the PQ segment. Each beat counts until the next one begins; where the next has
    begun after all of them, as in bigeminy, the average ends."""
    beats_mv: Array
    """(used, leads, length) the beats in it, aligned and levelled."""
    used: NDArray[np.int64]
    """Numbers of the beats in it, counted from 0."""
    r_samples: NDArray[np.int64]
    """(beats,) R-peaks of all beats found, including those left out."""
    rr_s: float
    """Median R-R interval of the typical beats."""
    left_out: tuple[tuple[str, int], ...]
    """Reasons and how many beats each explains: `other shape`, `premature`, `cut off`."""

    def of(self, which: NDArray[np.int64]) -> AverageBeat:
        """The average of some of its beats, by their index in `used`."""
        some = self.beats_mv[which]
        return replace(self, mv=some.mean(axis=0), beats_mv=some, used=self.used[which])

    @property
    def n_used(self) -> int:
        return len(self.used)

    @property
    def n_beats(self) -> int:
        return len(self.r_samples)

    @property
    def times_s(self) -> Array:
        """(length,) seconds from the R-peak."""
        return np.asarray((np.arange(self.mv.shape[1]) - self.r_index) / self.rate_hz)


@dataclass(frozen=True)
class Spread:
    """Standard deviation over beats, in the unit of the quantity."""

    sd: float
    n_beats: int
    """Beats, of R-R and rate intervals, that it was taken from."""
