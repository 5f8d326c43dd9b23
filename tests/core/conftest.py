"""Real records of PTB-XL, and WFDB records written for one test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from mmae_core.record import STANDARD_LEADS

DATA = Path(__file__).parents[1] / "data"

WriteRecord = Callable[..., Path]


@pytest.fixture(scope="session")
def ptbxl_mini() -> Path:
    """24 records of PTB-XL in its own layout: 8 normal of folds 1-8, 8 normal and 8 abnormal of fold 9."""
    return DATA / "ptbxl-mini"


@pytest.fixture
def write_record(tmp_path: Path) -> WriteRecord:
    """Writes a record of one format-16 file and returns its header; the samples of lead k are k, k + 1, k + 2 ..."""

    def write(
        name: str = "rec",
        leads: Sequence[str] = STANDARD_LEADS,
        n_samples: int = 1000,
        rate_hz: float = 100,
        gain: str = "1000(0)/mV",
        comments: str = "",
        digital: np.ndarray | None = None,
        folder: Path = tmp_path,
    ) -> Path:
        if digital is None:
            digital = np.arange(n_samples)[:, None] + np.arange(len(leads))
        digital.astype("<i2").tofile(folder / f"{name}.dat")
        lines = [f"{name} {len(leads)} {rate_hz:g} {len(digital)}"]
        lines += [f"{name}.dat 16 {gain} 16 0 0 0 0 {lead}" for lead in leads]
        header = folder / f"{name}.hea"
        header.write_text("\n".join(lines) + "\n" + comments, encoding="utf-8")
        return header

    return write
