"""What the tests of readers share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from mmae_core.record import EcgRecord

FORMATS = Path(__file__).parents[2] / "data" / "formats"
TOLERANCE_MV = 1e-6
"""Of figures that the JSON gives to six decimals."""


@pytest.fixture
def require_expected() -> Callable[[EcgRecord, str], None]:
    """Asserts that a record has the rate, length and samples that `expected/NAME.json` states.

    They were found without the readers that are tested.
    """
    return _require_expected


def _require_expected(record: EcgRecord, name: str) -> None:
    expected = json.loads((FORMATS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert record.sampling_rate_hz == expected["sampling_rate_hz"]
    assert record.n_samples == expected["n_samples"]
    assert list(record.lead_names) == expected["lead_names_canonical_order"]
    signal = record.read()
    for row, lead in zip(signal, record.lead_names, strict=True):
        known = expected["leads"][lead]
        found = [*row[:5], np.nanmin(row), np.nanmax(row), row[1000], row[-1], np.nanmean(row.astype(np.float64))]
        right = [*known["first5"], known["min"], known["max"], known["sample_1000"], known["last"], known["mean"]]
        assert np.allclose(found, right, rtol=0, atol=TOLERANCE_MV), lead


@pytest.fixture(autouse=True)
def _no_fault_is_hidden(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """`read_record` turns a reader's own fault into a sentence and logs it; here that is a failure."""
    yield
    if "acme" not in request.fixturenames:
        faults = [record.getMessage() for record in caplog.get_records("call")
                  if record.name == "mmae_core.readers.registry"]
        assert faults == []
