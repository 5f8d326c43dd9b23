"""Any bytes are a record or an error meant for the user: never another exception, never a huge allocation."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmae_core.errors import EcgError
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_header import parse_header
from mmae_core.record import STANDARD_LEADS


def outcome(action: Callable[[], Any]) -> Any:
    """What `action` returns, or the error meant for the user; any other exception fails the test."""
    try:
        return action()
    except EcgError as error:
        return error


@given(st.binary(max_size=400))
def test_any_bytes_are_a_header_or_an_error(data: bytes) -> None:
    header = outcome(lambda: parse_header(data, Path("rec.hea")))
    if isinstance(header, EcgError):
        assert "rec.hea" in str(header)
    else:
        assert header.segments or header.n_signals == len(header.signals)


ODD = ["~", "..", "/etc/passwd", "rec/2", "#", "0", "-1", "nan", "1e400", "99999999999", "12:00:00", "x", "1(2)/V"]
ODD_WORDS = st.sampled_from(ODD) | st.text(max_size=6)
FORMATS = ["8", "16", "24", "32", "61", "80", "160", "212", "310", "311", "508", "516", "16x4", "212x2", "16:3", "16+2"]


def mostly(*usual: str) -> st.SearchStrategy[str]:
    """One of the usual words nine times in ten, so that fuzzing gets past the first field."""
    return st.integers(0, 9).flatmap(lambda chance: ODD_WORDS if chance == 0 else st.sampled_from(usual))


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Headers that are nearly right: one to four signals, each word usually one that could stand there."""
    leads = draw(st.lists(st.sampled_from(STANDARD_LEADS), min_size=1, max_size=4, unique=True))
    samples = draw(mostly("", "0", "1", "7", "20"))
    lines = [f"rec {draw(mostly(str(len(leads))))} {draw(mostly('100', '360.5'))} {samples}"]
    form = draw(mostly(*FORMATS))
    for lead in leads:
        gain = draw(mostly("1000(0)/mV", "2e2", "1/µV"))
        lines.append(f"{draw(mostly('rec.dat'))} {form} {gain} {draw(mostly('16 0 0 0 0', ''))} {draw(mostly(lead))}")
    return "\n".join(lines + draw(st.lists(ODD_WORDS, max_size=1).map(lambda words: [f"#{word}" for word in words])))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(headers(), st.binary(max_size=20) | st.binary(min_size=80, max_size=400))
def test_any_header_beside_any_data_is_a_record_or_an_error(tmp_path: Path, header: str, data: bytes) -> None:
    (tmp_path / "rec.hea").write_text(header, encoding="utf-8", errors="replace")
    (tmp_path / "rec.dat").write_bytes(data)
    tracemalloc.start()
    try:
        record = outcome(lambda: read_record(tmp_path / "rec.hea"))
        if not isinstance(record, EcgError):
            signal = outcome(lambda: record.read(0, 50))
            extra = outcome(lambda: record.read_extra(1, 3))
            assert isinstance(signal, EcgError) or signal.shape == (len(record.lead_names), min(50, record.n_samples))
            assert isinstance(extra, EcgError) or len(extra) == len(record.extra_channels)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64e6, "importing wfdb and pandas is the most it may cost"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_real_header_with_damage_is_a_record_or_an_error(
    tmp_path: Path, ptbxl_mini: Path, data: st.DataObject
) -> None:
    source = ptbxl_mini / "records100/00000/00003_lr"
    content = bytearray(source.with_suffix(".hea").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (tmp_path / "00003_lr.hea").write_bytes(content)
    (tmp_path / "00003_lr.dat").write_bytes(source.with_suffix(".dat").read_bytes())
    signal = outcome(lambda: read_record(tmp_path / "00003_lr").read(0, 100))
    assert isinstance(signal, EcgError) or signal.dtype == np.float32
