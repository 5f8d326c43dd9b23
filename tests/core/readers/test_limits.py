"""Limits on recordings are in one place, hold for every format, and cost a hostile file's author nothing of ours."""

from __future__ import annotations

import ast
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import mmae_core.readers
from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers import limits, read_record
from mmae_core.readers.wfdb_annotations import marks_of

WriteRecord = Callable[..., Path]
READERS = Path(mmae_core.readers.__file__).parent
NAMELESS = {15, 17, *range(42, 59)}
"""Codes of annotations without a symbol."""
MOST_S = 5.0
"""Of one processor; the reviewed program took 20 s to for ever."""


def altered(header: Path, old: str, new: str) -> Path:
    header.write_text(header.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return header


def test_records_of_every_format_pass_the_one_place_that_knows_the_limits() -> None:
    made = {path.relative_to(READERS).as_posix() for path in READERS.rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "EcgRecord"}
    assert made == {"make_record.py"}


def test_no_reader_has_limits_of_its_own() -> None:
    own = [f"{path.name}: {target.id}" for path in READERS.rglob("*.py") if path.name != "limits.py"
           for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Assign)
           for target in node.targets if isinstance(target, ast.Name)
           and target.id in {name for name in vars(limits) if name.isupper()}]
    assert own == []


@pytest.mark.parametrize("length", ["1000", ""])
@pytest.mark.parametrize("rate", ["1e-300", "0.001", "0.1", "9.9", "1000000", "1e300"])
def test_an_impossible_rate_is_refused_at_once_with_or_without_a_length(
    write_record: WriteRecord, rate: str, length: str
) -> None:
    header = altered(write_record(), "rec 12 100 1000", f"rec 12 {rate} {length}".rstrip())
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises((UnreadableRecord, UnsupportedRecord), match=r"impossible|more than a year|can be read"):
            read_record(header)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1e6
    assert time.process_time() - begun < MOST_S


@pytest.mark.parametrize("rate", [str(limits.MIN_RATE_HZ), "128", "500", str(limits.MAX_RATE_HZ)])
def test_rates_up_to_the_limits_are_read(write_record: WriteRecord, rate: str) -> None:
    header = altered(write_record(), "rec 12 100 1000", f"rec 12 {rate} 1000")
    assert read_record(header).sampling_rate_hz == float(rate)


def test_a_hundred_thousand_comments_take_no_time_and_most_are_left_out(write_record: WriteRecord) -> None:
    header = write_record()
    with header.open("a", encoding="utf-8") as stream:
        stream.writelines(f"# Age: {n} Sex: M, some words of a report\n" for n in range(100_000))
    begun = time.process_time()
    record = read_record(header)
    assert len(record.comments) == limits.MAX_COMMENT_LINES
    assert time.process_time() - begun < MOST_S


@pytest.mark.parametrize("line", ["rec 60000 500 1000", "rec/100001 12 500 1000000"])
def test_more_signals_or_segments_than_any_recording_has_are_refused(tmp_path: Path, line: str) -> None:
    n = int(line.split(maxsplit=1)[0].partition("/")[2] or line.split()[1])
    rows = "rec.dat 16 200 16 0 0 0 0 I\n" if "/" not in line else "~ 10\n"
    (tmp_path / "rec.hea").write_text(f"{line}\n{rows * n}", encoding="ascii")
    (tmp_path / "rec.dat").write_bytes(bytes(24_000))
    begun = time.process_time()
    with pytest.raises(UnreadableRecord):
        read_record(tmp_path / "rec.hea")
    assert time.process_time() - begun < MOST_S


def test_every_code_of_an_annotation_is_a_mark(tmp_path: Path) -> None:
    """The wfdb package has no symbol for the codes 15, 17 and 42 to 58."""
    (tmp_path / "rec.hea").write_text("rec 1 500 1000\nrec.dat 16 200 16 0 0 0 0 I\n", encoding="ascii")
    (tmp_path / "rec.dat").write_bytes(bytes(2000))
    for code in range(1, 59):
        (tmp_path / "rec.atr").write_bytes(((code << 10) + 100).to_bytes(2, "little") + bytes(2))
        ((time_s, label),) = marks_of(tmp_path / "rec.atr")
        assert time_s == pytest.approx(0.2)
        assert label == (f"code {code}" if code in NAMELESS else label)
        assert label
