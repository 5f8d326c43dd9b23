"""What a project that uses mmae-core may write, as mypy's strict mode sees it.

`mypy` of this repository checks it with everything else; `packaging/consumer.py` checks it against an installed wheel.
Lines that must not pass say which error they expect, which is an error itself once they do pass.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_type

import numpy as np
from numpy.typing import NDArray

import mmae_core


def scores_of(folder: Path) -> dict[str, float]:
    """Percentiles of the recordings in a folder."""
    model = mmae_core.load_model("mmae-ecg-plus")
    assert_type(model, mmae_core.TrainedModel)
    found: dict[str, float] = {}
    for result in mmae_core.score_many(sorted(folder.glob("*.hea")), model=model):
        assert_type(result, mmae_core.EcgScore)
        found[result.record.name] = result.percentile
    return found


def heat_of(signal: NDArray[np.float32]) -> NDArray[np.float32]:
    """The map of an array."""
    result = mmae_core.score(signal, sampling_rate_hz=500, leads=mmae_core.STANDARD_LEADS, unit="mV", sex="female")
    assert_type(result.map, NDArray[np.float32])
    assert_type(result.departures, tuple[mmae_core.Departure, ...])
    assert_type(result.not_assessed, tuple[str, ...])
    return result.map


def failures(signals: Iterator[NDArray[np.float32]]) -> list[str]:
    """Why recordings could not be scored."""
    results = mmae_core.score_many(signals, 500, mmae_core.STANDARD_LEADS, return_errors=True)
    return [str(result) for result in results if isinstance(result, mmae_core.EcgError)]


def unusual(normals: list[NDArray[np.float32]], others: list[NDArray[np.float32]]) -> NDArray[np.int64]:
    """Which recordings are unusual among own normals."""
    detector = mmae_core.EcgAnomalyDetector(sampling_rate_hz=500, leads=mmae_core.STANDARD_LEADS).fit(normals)
    assert_type(detector, mmae_core.EcgAnomalyDetector)
    return detector.predict(others)


class Constant:
    """A method of one's own."""

    name = "constant"
    preprocess = mmae_core.PreprocessConfig()
    needs_r_peaks = False
    n_parameters = 0
    macs_per_record = 0

    def __init__(self) -> None:
        self.training: dict[str, object] = {}

    def score_windows(
        self, inputs: Sequence[mmae_core.ModelInput], *, with_maps: bool = False
    ) -> mmae_core.WindowScores:
        """The same score for every window."""
        return mmae_core.WindowScores(np.zeros(len(inputs)), None, ("",) * len(inputs))


def method() -> mmae_core.Scorer:
    """It is one, because it has the members of one."""
    return Constant()


def wrong(path: Path) -> None:
    """What a type checker must not let pass."""
    mmae_core.score(path, sampling_rate_hz="500")  # type: ignore[arg-type]
    print(mmae_core.score(path).diagnosis)  # type: ignore[attr-defined]
    mmae_core.score(path, sex="f")  # type: ignore[arg-type]
    mmae_core.read_record(7)  # type: ignore[arg-type]
