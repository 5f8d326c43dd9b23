"""The file of normals' average beats: who they are of, and the beats as weights of common shapes.

Kept are the eight independent leads at 100 Hz; the other limb leads follow from I and II. A beat is the mean of all
plus weights times the principal shapes of all; the weights are rounded to whole steps. What that costs is in the file's
card.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.files import NUMPY_FAULTS, replacing
from mmae_core.normal_beats.aligned import RATE_HZ, STORED_HZ, TIMES_S, VALUES
from mmae_core.readers.make_record import DERIVED
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource
from mmae_core.scipy_parts import CubicSpline
from mmae_core.signals.lead_geometry import INDEPENDENT

Floats = NDArray[np.float32]

VERSION = 1
STORED_S = TIMES_S[:: RATE_HZ // STORED_HZ]
"""Times at which beats are kept."""
VALUE_STEP_MV = 0.005
NO_VALUE = np.iinfo(np.int16).min
"""Stands for a value that was not measured."""
SEXES = ("", "male", "female")
"""By code; empty where unknown."""
LIMIT_MB = 64
"""More than this is no file of normal beats."""


@dataclass(frozen=True)
class NormalBeats:
    """The average beats of many normal ECGs."""

    ecg_ids: NDArray[np.int32]
    """(normals,) PTB-XL's number of each recording."""
    ages: Floats
    """(normals,) years; NaN where unknown or over 89."""
    sexes: NDArray[np.uint8]
    """(normals,) index into `SEXES`."""
    rates_bpm: Floats
    """(normals,)"""
    reach: NDArray[np.uint8]
    """(normals, 2) first and last index of `STORED_S` that the recording's beat reaches."""
    weights: NDArray[np.int16]
    """(normals, shapes) in whole steps."""
    mean: Floats
    """(8, stored times) mV."""
    shapes: Floats
    """(shapes, 8, stored times) mV for each step."""
    values: NDArray[np.int16]
    """(normals, values, 12) of `VALUES` in steps of `VALUE_STEP_MV`; `NO_VALUE` where not measured."""
    about: Mapping[str, Any]
    """Data, licence, counts, errors and command."""

    def __len__(self) -> int:
        return len(self.ecg_ids)

    def beats(self, rows: NDArray[np.int64], lead: str) -> Floats:
        """(rows, times) mV of one lead on `TIMES_S`; NaN where a recording's beat does not reach."""
        mean, shapes = self._fine[lead]
        mv = mean + self.weights[rows].astype(np.float32) @ shapes
        at = np.arange(len(TIMES_S)) * STORED_HZ / RATE_HZ
        first, last = self.reach[rows, :1], self.reach[rows, 1:]
        mv[(at < first) | (at > last)] = np.nan
        return np.asarray(mv, np.float32)

    def values_mv(self, rows: NDArray[np.int64]) -> Floats:
        """(rows, values, 12) of `VALUES`, NaN where not measured."""
        stored = self.values[rows]
        return np.where(stored == NO_VALUE, np.nan, stored * VALUE_STEP_MV).astype(np.float32)

    @cached_property
    def _fine(self) -> dict[str, tuple[Floats, Floats]]:
        """By lead, the mean (times,) and the shapes (shapes, times) at `RATE_HZ`."""
        def fine(stored: Floats) -> Floats:
            return np.asarray(CubicSpline(STORED_S, stored, axis=-1)(TIMES_S), np.float32)

        mean, shapes = fine(self.mean), fine(self.shapes)
        found = {STANDARD_LEADS[lead]: (mean[row], shapes[:, row]) for row, lead in enumerate(INDEPENDENT)}
        for lead, (of_1, of_2) in DERIVED.items():
            found[lead] = (of_1 * mean[0] + of_2 * mean[1], of_1 * shapes[:, 0] + of_2 * shapes[:, 1])
        return found

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        head = {"version": VERSION, "values": VALUES, "about": self.about}
        low, high = (self.weights & 0xFF).astype(np.uint8).T, (self.weights >> 8).astype(np.int8).T
        with replacing(path) as temporary, temporary.open("wb") as stream:
            np.savez_compressed(
                stream, ecg_ids=self.ecg_ids, ages=self.ages, sexes=self.sexes, rates_bpm=self.rates_bpm,
                reach=self.reach, low=np.ascontiguousarray(low), high=np.ascontiguousarray(high), mean=self.mean,
                shapes=self.shapes.astype(np.float16), values=np.ascontiguousarray(self.values.transpose(1, 2, 0)),
                head=np.frombuffer(json.dumps(head).encode(), np.uint8))

    @classmethod
    def load(cls, path: Path) -> NormalBeats:
        """Read a file of normal beats. Raises DatasetError if the file is not one or of another version."""
        try:
            if path.stat().st_size > LIMIT_MB * 1_000_000:
                raise ValueError(f"it is larger than {LIMIT_MB} MB")
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                head = json.loads(arrays["head"].tobytes())
                weights = (arrays["high"].astype(np.int16) << 8) | arrays["low"]
                found = cls(
                    arrays["ecg_ids"], arrays["ages"], arrays["sexes"], arrays["rates_bpm"], arrays["reach"],
                    weights.T.astype(np.int16), arrays["mean"], arrays["shapes"].astype(np.float32),
                    arrays["values"].transpose(2, 0, 1), head["about"])
            if head["version"] != VERSION or tuple(head["values"]) != VALUES:
                raise ValueError(f"it is of version {head['version']}; {VERSION} is expected")
            found.require_consistent()
        except NUMPY_FAULTS as error:
            raise DatasetError(f"{path.name} is no file of normal beats: {error}. Make it with `mmae_core "
                               "normal-beats`.") from error
        return found

    def require_consistent(self) -> None:
        """Raises ValueError if the arrays do not belong together."""
        n, (k, leads, times) = len(self.ecg_ids), self.shapes.shape
        wanted: dict[str, tuple[NDArray[Any], tuple[int, ...]]] = {
            "ages": (self.ages, (n,)), "sexes": (self.sexes, (n,)), "rates_bpm": (self.rates_bpm, (n,)),
            "reach": (self.reach, (n, 2)), "weights": (self.weights, (n, k)), "mean": (self.mean, (leads, times)),
            "shapes": (self.shapes, (k, len(INDEPENDENT), len(STORED_S))),
            "values": (self.values, (n, len(VALUES), len(STANDARD_LEADS))),
        }
        for name, (array, shape) in wanted.items():
            if array.shape != shape:
                raise ValueError(f"{name} has the shape {array.shape}; {shape} is expected")
        if n and int(self.sexes.max()) >= len(SEXES):
            raise ValueError(f"a sex is coded {self.sexes.max()}")


@lru_cache(maxsize=1)
def bundled_normal_beats() -> NormalBeats:
    """The normals that come with the program, read once. Raises MissingResource, DatasetError."""
    return NormalBeats.load(resource("normal_beats", "normal_beats.npz"))
