from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import Cancelled, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import (
    STANDARD_LEADS,
    EcgRecord,
    FloatArray,
    Source,
    require_model_leads,
    require_model_length,
)


def a_record(leads: tuple[str, ...] = STANDARD_LEADS, n_samples: int = 5000) -> EcgRecord:
    def read_leads(start: int, end: int) -> FloatArray:
        return np.tile(np.arange(start, end, dtype=np.float32), (len(leads), 1))

    return EcgRecord("rec", 500.0, n_samples, leads, Source((), "test"), read_leads)


def test_reading_is_clipped_to_the_record() -> None:
    record = a_record(n_samples=10)
    assert record.read(-5, 3).tolist()[0] == [0, 1, 2]
    assert record.read(8, 99).tolist()[0] == [8, 9]
    assert record.read(20).shape == (12, 0)
    assert record.read_extra(0, 5).shape == (0, 0)


def test_missing_leads_are_named_to_who_wants_a_score() -> None:
    require_model_leads(a_record())
    with pytest.raises(UnsupportedRecord, match="rec lacks leads V1, V6; the model needs all twelve"):
        require_model_leads(a_record(tuple(lead for lead in STANDARD_LEADS if lead not in ("V1", "V6"))))
    with pytest.raises(UnsupportedRecord, match="rec lacks lead V3;"):
        require_model_leads(a_record(tuple(lead for lead in STANDARD_LEADS if lead != "V3")))


def test_a_record_of_ten_seconds_is_long_enough_and_one_sample_less_is_not() -> None:
    require_model_length(a_record(n_samples=5000), 10.0)
    with pytest.raises(UnsupportedRecord, match=r"rec is too short .*: it lasts 4 s and 10 s are needed"):
        require_model_length(a_record(n_samples=2000), 10.0)
    with pytest.raises(UnsupportedRecord):
        require_model_length(a_record(n_samples=4999), 10.0)


def test_the_checksum_covers_header_and_signals(ptbxl_mini: Path) -> None:
    base = ptbxl_mini / "records100/00000/00003_lr"
    files = base.with_suffix(".hea").read_bytes() + base.with_suffix(".dat").read_bytes()
    assert read_record(base).source.sha256 == hashlib.sha256(files).hexdigest()


def test_a_checksum_can_be_given_up_and_computed_later(ptbxl_mini: Path) -> None:
    source = read_record(ptbxl_mini / "records100/00000/00003_lr").source
    with pytest.raises(Cancelled):
        source.read_sha256(lambda: True)
    assert source.read_sha256(lambda: False) == source.sha256
    assert source.read_sha256(lambda: True) == source.sha256, "it is known by now"


def test_a_file_that_vanished_has_no_checksum(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRecord, match=r"gone\.dat can no longer be read"):
        _ = Source((tmp_path / "gone.dat",), "WFDB").sha256
