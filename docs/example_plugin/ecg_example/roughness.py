"""Scores a window by how much neighbouring samples differ: a method of seven lines, to be beaten."""

from collections.abc import Sequence

import numpy as np

from mmae_core.config import PreprocessConfig
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import WindowScores


class Roughness:
    """A `WindowScorer`."""

    name = "roughness"
    preprocess = PreprocessConfig()
    needs_r_peaks = False
    n_parameters = 0
    macs_per_record = 0

    def __init__(self) -> None:
        self.training: dict[str, object] = {}

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """The mean absolute step of each window, and as a map each sample's."""
        steps = np.stack([np.abs(np.diff(item.signal, axis=1, prepend=item.signal[:, :1])) for item in inputs])
        scores = steps.mean(axis=(1, 2), dtype=np.float64)
        return WindowScores(scores, steps if with_maps else None, ("",) * len(inputs))


def make_scorer(device: str) -> Roughness:
    """What the entry point names: called with `cpu`, `cuda` or `mps`."""
    return Roughness()
