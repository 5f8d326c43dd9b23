"""The shapes of a whole recording: those of its chunks, each joined to the one it resembles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.holter.chunk import ChunkShape
from mmae_core.own_beats.residual import RATE_HZ
from mmae_core.own_beats.shapes import ALIKE, REACH_S, likeness

MOST_SHAPES = 26
"""Most shapes kept, a letter each; later ones join the one they resemble most."""


class _Kept:
    """The sums of one shape."""

    def __init__(self, shape: ChunkShape) -> None:
        self.qrs = np.nan_to_num(shape.qrs).astype(np.float64) * shape.n_beats
        self.beat = np.nan_to_num(shape.beat_mv).astype(np.float64) * shape.n_beats
        self.weight = np.isfinite(shape.qrs[:, 0]).astype(np.float64) * shape.n_beats
        self.width_sum = shape.width_s * shape.n_beats
        self.count = shape.n_beats

    def add(self, shape: ChunkShape, shift: int) -> None:
        """Join the beats of a chunk, moved by `shift` samples."""
        self.qrs += _moved(np.nan_to_num(shape.qrs), shift) * shape.n_beats
        self.beat += _moved(np.nan_to_num(shape.beat_mv), shift) * shape.n_beats
        self.weight += np.isfinite(shape.qrs[:, 0]) * shape.n_beats
        self.width_sum += shape.width_s * shape.n_beats
        self.count += shape.n_beats

    def mean(self, total: NDArray[np.float64]) -> NDArray[np.float32]:
        """(leads, samples), NaN in leads that none of the beats was seen in."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(self.weight[:, None] > 0, total / self.weight[:, None], np.nan), np.float32)


def _moved(beat: NDArray[np.float32], shift: int) -> NDArray[np.float32]:
    """(leads, samples) earlier by `shift` samples, its ends drawn out."""
    at = np.clip(np.arange(beat.shape[1]) + shift, 0, beat.shape[1] - 1)
    return np.asarray(beat[:, at])


class ShapeBook:
    """Takes the shapes of chunks, in order, and gives each its number in the recording."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []

    def place(self, shape: ChunkShape) -> int:
        """The number of the shape that this one joins, or of a new one."""
        reach = round(REACH_S * RATE_HZ)
        best, highest, shift = -1, 0.0, 0
        for place, kept in enumerate(self._kept):
            common = (kept.weight > 0) & np.isfinite(shape.qrs[:, 0])
            if common.any():
                template = kept.mean(kept.qrs)[common, reach:-reach]
                found, moved = likeness(template, shape.qrs[common], reach)
                if found > highest:
                    best, highest, shift = place, found, moved
        if best >= 0 and (highest >= ALIKE or len(self._kept) >= MOST_SHAPES):
            self._kept[best].add(shape, shift)
            return best
        if len(self._kept) >= MOST_SHAPES:
            return -1
        self._kept.append(_Kept(shape))
        return len(self._kept) - 1

    def __len__(self) -> int:
        return len(self._kept)

    def width_s(self, place: int) -> float:
        """Mean duration of its QRS."""
        return self._kept[place].width_sum / self._kept[place].count

    def beat_mv(self, place: int) -> NDArray[np.float32]:
        """(leads, samples) its average beat."""
        return self._kept[place].mean(self._kept[place].beat)
