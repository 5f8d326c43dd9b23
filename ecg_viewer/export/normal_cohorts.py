"""The normal ECGs that the other two layers compare with, which are not the model's."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.state.layers import Layers
from mmae_core.config_arguments import fold_words


@dataclass(frozen=True)
class NormalsOrigin:
    """Normal ECGs of one layer."""

    cohort: str
    """What they are, as the file of limits has it."""
    n_normals: int
    """How many at most: of a measurement, those of that sex and age."""


@dataclass(frozen=True)
class Normals:
    """Of each layer; None where it compared nothing."""

    named: NormalsOrigin | None = None
    own: NormalsOrigin | None = None

    @classmethod
    def of(cls, layers: Layers) -> Normals:
        """Of what was compared so far. Raises MissingResource, DatasetError if the limits are not there or damaged."""
        named = any(part.group for part in layers.departures)
        own = any(part.beats for part in layers.own)
        return cls(_of_measurements() if named else None, _of_own_beats() if own else None)


def _of_measurements() -> NormalsOrigin:
    from mmae_core.departures.limits import bundled_limits

    about = bundled_limits().about
    return NormalsOrigin(f"{about['data']}, {fold_words(about['folds'])}", int(about["records"]))


def _of_own_beats() -> NormalsOrigin:
    from mmae_core.own_beats.limits import bundled_beat_limits

    limits = bundled_beat_limits()
    data, records = str(limits.facts["data"]), str(limits.facts["records"])
    return NormalsOrigin(f"{data.partition(' (')[0]}: {records.partition(';')[0]}", limits.n_records)
