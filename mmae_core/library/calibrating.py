"""Percentiles against own normals: recordings of any kind, from a list or a generator, and a model folder."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mmae_core.errors import ConfigError
from mmae_core.evaluation.cohort_scores import NamedRecording
from mmae_core.evaluation.own_cohort import OwnCohort, examine_own_recordings, recalibrate
from mmae_core.library.arrays import require_person
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.library.scoring import assessor_of, one_thread
from mmae_core.record import EcgRecord
from mmae_core.scoring.checkpoint import TrainedModel, load_model

Sex = Literal["male", "female"]


@dataclass(frozen=True)
class CalibratedModel:
    """A model whose percentiles compare with own normals, and what was found of these."""

    model: TrainedModel
    cohort: OwnCohort
    """How they stand against the model's former normals (`drift`), whether the percentiles hold for each sex and age
    (`coverage`), who stands apart, and who was left out and why."""


def calibrate(
    recordings: Iterable[Any], model: TrainedModel | str | Path | None = None, *,
    sampling_rate_hz: float | None = None, leads: Iterable[str] | None = None, unit: str | None = None,
    ages_years: Iterable[float | None] | None = None, sexes: Iterable[Sex | None] | None = None,
    cohort: str = "own normals", output: str | Path | None = None, device: str = "auto",
    progress: Callable[[int], None] | None = None,
) -> CalibratedModel:
    """Compare with normal recordings of your own from now on, as `mmae_core recalibrate` does; networks stay.

    `recordings` is a list, a generator or an array (recordings, leads, samples) of what `score` takes;
    `sampling_rate_hz`, `leads` and `unit` say of arrays what they do not say themselves. Each is asked for once, and of
    each the first 10 s count; memory does not grow with their number. `ages_years` and `sexes` are of the recordings
    in their order, None where not known; they are for the check of groups alone. `cohort` is who the normals are, in
    words. With `output` the model folder is written there; its name is the folder's. `progress(done)` counts.

    A recording given twice counts once. Whether the model was trained on one is not looked for: the command knows it
    of files. Raises DatasetError below 50 usable normals; ConfigError for what makes no sense, or if ages or sexes are
    not as many as the recordings.
    """
    assessor = assessor_of(model, device)
    stated = ArrayDescription(sampling_rate_hz, leads, unit)
    with one_thread():
        found = examine_own_recordings(
            assessor, _named(recordings, stated, ages_years, sexes), cohort,
            progress=None if progress is None else lambda done, _: progress(done))
    if output is None:
        return CalibratedModel(dataclasses.replace(assessor.model, calibration=found.calibration), found)
    folder = Path(output)
    return CalibratedModel(load_model(recalibrate(assessor.model, found, folder, name=folder.name)), found)


def _named(
    recordings: Iterable[Any], stated: ArrayDescription, ages_years: Iterable[float | None] | None,
    sexes: Iterable[Sex | None] | None,
) -> Iterator[NamedRecording]:
    """The recordings, each with what was said of its person. Raises ConfigError for more or fewer ages or sexes."""
    ages = _BesideEach("ages_years", ages_years)
    of_sexes = _BesideEach("sexes", sexes)
    for number, recording in enumerate(several(recordings)):
        age_years, sex = ages.next(number), of_sexes.next(number)
        if isinstance(age_years, float) and math.isnan(age_years):  # of a table, where it is not known
            age_years = None
        require_person(age_years, sex)
        yield NamedRecording(_name(recording, number), partial(_opened, recording, stated, number, age_years, sex))
    ages.require_end()
    of_sexes.require_end()


class _BesideEach:
    """Values that are as many as the recordings; None throughout where none were given."""

    def __init__(self, name: str, values: Iterable[Any] | None) -> None:
        self._name = name
        self._values = None if values is None else iter(values)

    def next(self, number: int) -> Any:
        """The value of recording `number`."""
        if self._values is None:
            return None
        try:
            return next(self._values)
        except StopIteration:
            raise ConfigError(f"{self._name} has {number} values, and there are more recordings: give one for each, "
                              "None where it is not known.") from None

    def require_end(self) -> None:
        """Raise ConfigError if there are more values than recordings."""
        if self._values is not None and next(self._values, _END) is not _END:
            raise ConfigError(f"{self._name} has more values than there are recordings: give one for each.")


_END = object()


def _name(recording: Any, number: int) -> str:
    if isinstance(recording, EcgRecord):
        return recording.name
    return Path(recording).name if isinstance(recording, str | os.PathLike) else f"recording {number}"


def _opened(
    recording: Any, stated: ArrayDescription, number: int, age_years: float | None, sex: Sex | None
) -> EcgRecord:
    record = one_of_many(recording, stated, number)
    if age_years is None and sex is None:
        return record
    return dataclasses.replace(record, age_years=record.age_years if age_years is None else float(age_years),
                               sex=sex or record.sex)
