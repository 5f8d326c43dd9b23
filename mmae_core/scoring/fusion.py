"""Combines the parts of a score: each becomes a z-score among the normals trained on, then they are averaged.

Each part is a logarithm, so that its distribution among normals is nearly Gaussian. The score is the mean of the
z-scores, weighted if the model says so.
Nothing is fitted to abnormal records.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError, ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scoring.amplitude import LEVELS
from mmae_core.scoring.beat_part import BeatNormals
from mmae_core.scoring.departure_part import NormalMeasurements
from mmae_core.scoring.part_scores import PartScores as PartScores  # noqa: PLC0414 - offered beside `Fusion`

LARGEST = 1e6
"""Of means and spreads; they belong to logarithms, millivolts and maps."""


@dataclass(frozen=True)
class Fusion:
    """Mean and spread of every part among normals."""

    fitted_on: str
    """Who the normals are, as shown to the user."""
    n_records: int
    records: Mapping[str, tuple[float, float]]
    """Mean and standard deviation of each part among records."""
    leads: Mapping[str, FloatArray]
    """(2, 12) the same for each lead."""
    map_peaks: Mapping[str, FloatArray]
    """(12,) strongest point of each part's map in the median normal's lead."""
    amplitude: FloatArray
    """(2, 12, 6) mean and spread of the normals' amplitude profiles."""
    beat: BeatNormals | None = None
    """The normals' median beats; None for models without that part."""
    measurements: NormalMeasurements | None = None
    """The normals' measurements; None for models without that part."""

    @property
    def is_usable(self) -> bool:
        """Whether every number is known and of a usable size, and every spread positive."""
        spreads = [pair[1] for pair in self.records.values()]
        spreads += [float(rows[1].min()) for rows in self.leads.values()]
        spreads += [float(peaks.min()) for peaks in self.map_peaks.values()] + [float(self.amplitude[1].min())]
        means = [pair[0] for pair in self.records.values()]
        means += [float(rows[0].sum()) for rows in self.leads.values()] + [float(self.amplitude[0].sum())]
        return bool((np.abs([*means, *spreads]) < LARGEST).all() and min(spreads) > 0)

    def combine(self, parts: Mapping[str, PartScores], weights: Sequence[float] | None = None) -> PartScores:
        """The mean z-score of records and of leads over the parts that have one.

        `weights` are those of `parts`, in their order; None: all weigh the same.
        """
        records, leads = [], []
        for name, part in parts.items():
            mean, spread = self.records[name]
            records.append((part.records - mean) / spread)
            leads.append((part.leads - self.leads[name][0]) / self.leads[name][1])
        return PartScores(_mean_of_known(np.stack(records), weights), _mean_of_known(np.stack(leads), weights))

    def combine_maps(self, maps: Mapping[str, FloatArray]) -> FloatArray:
        """(N, 12, samples) mean of maps of that shape, each divided by the median normal's strongest point."""
        scaled = [points / self.map_peaks[name][:, None] for name, points in maps.items()]
        return _mean_of_known(np.stack(scaled)).astype(np.float32)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, fit for JSON."""
        values = {
            "fitted_on": self.fitted_on, "n_records": self.n_records,
            "records": {name: list(values) for name, values in self.records.items()},
            "leads": {name: values.tolist() for name, values in self.leads.items()},
            "map_peaks": {name: values.tolist() for name, values in self.map_peaks.items()},
            "amplitude": self.amplitude.tolist(),
        }
        if self.beat is not None:
            values["beat"] = self.beat.to_dict()
        if self.measurements is not None:
            values["measurements"] = self.measurements.to_dict()
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Fusion:
        """Build from `to_dict`'s form. Raises ModelMismatch, with the reason, if it is none."""
        try:
            fusion = cls(
                str(values["fitted_on"]), int(values["n_records"]),
                {name: (float(pair[0]), float(pair[1])) for name, pair in values["records"].items()},
                {name: _float32(rows) for name, rows in values["leads"].items()},
                {name: _float32(rows) for name, rows in values["map_peaks"].items()},
                _float32(values["amplitude"]),
                BeatNormals.from_dict(values["beat"]) if "beat" in values else None,
                NormalMeasurements.from_dict(values["measurements"]) if "measurements" in values else None,
            )
        except JSON_FAULTS as error:
            raise ModelMismatch(f"The model's fusion of scores cannot be read: {error!r}") from error
        n_leads = len(STANDARD_LEADS)
        shapes = [rows.shape == (2, n_leads) for rows in fusion.leads.values()]
        shapes += [rows.shape == (n_leads,) for rows in fusion.map_peaks.values()]
        shapes.append(fusion.amplitude.shape == (2, n_leads, len(LEVELS)))
        if not all(shapes):
            raise ModelMismatch("The model's fusion of scores is for other leads than its model's.")
        if not fusion.is_usable:
            raise ModelMismatch("The model's fusion of scores holds spreads that are not positive numbers.")
        return fusion


def _float32(values: Any) -> FloatArray:
    """An array; numbers too large for it become infinite, to be refused."""
    with np.errstate(over="ignore"):
        return np.asarray(values, np.float32)


def fit_fusion(
    fitted_on: str, parts: Mapping[str, PartScores], map_peaks: Mapping[str, FloatArray], amplitude: FloatArray,
    beat: BeatNormals | None = None, measurements: NormalMeasurements | None = None,
) -> Fusion:
    """Means and spreads from normals. Missing values are left out; `amplitude` is (2, 12, 6).

    Raises DatasetError if a part has no spread among them, or no normal has one of the leads.
    """
    fusion = Fusion(
        fitted_on,
        len(next(iter(parts.values())).records),
        {name: (float(np.nanmean(part.records)), float(np.nanstd(part.records))) for name, part in parts.items()},
        {name: np.stack([np.nanmean(part.leads, axis=0), np.nanstd(part.leads, axis=0)]).astype(np.float32)
         for name, part in parts.items()},
        {name: np.asarray(means, np.float32) for name, means in map_peaks.items()},
        amplitude,
        beat,
        measurements,
    )
    if not fusion.is_usable:
        raise DatasetError(f"The parts of a score cannot be compared by these {fusion.n_records} normal records: they "
                           "are all alike, or lack a lead. Name more of them.")
    return fusion


def _mean_of_known(stacked: NDArray[Any], weights: Sequence[float] | None = None) -> NDArray[Any]:
    """Mean along the first axis, ignoring NaN; NaN where all values are."""
    if weights is not None:
        shares = np.reshape(weights, (-1, *[1] * (stacked.ndim - 1))) * np.isfinite(stacked)
        with np.errstate(invalid="ignore"):  # of rows that are NaN throughout, which stay NaN
            weighted: NDArray[Any] = np.where(shares > 0, stacked * shares, 0.0).sum(axis=0) / shares.sum(axis=0)
        return weighted
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of rows that are NaN throughout, which stay NaN
        mean: NDArray[Any] = np.nanmean(stacked, axis=0)
    return mean
