from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import wfdb

from mmae_core.datasets.annotated_folder import is_annotated, load_annotated
from mmae_core.errors import DatasetError, UnreadableRecord
from mmae_core.readers.wfdb_spans import Span, read_spans
from mmae_core.record import STANDARD_LEADS

Mark = tuple[int, str, int, str]
WriteRecord = Callable[..., Path]


def annotate(header: Path, marks: Sequence[Mark]) -> Path:
    """Write marks (sample, symbol, signal, note) as the record's `.lesion`."""
    samples, symbols, channels, notes = zip(*marks, strict=True)
    wfdb.wrann(
        header.stem, "lesion", np.array(samples), list(symbols), chan=np.array(channels), aux_note=list(notes),
        write_dir=str(header.parent),
    )
    return header.with_suffix(".lesion")


def test_stretches_are_read_by_lead_and_note(write_record: WriteRecord) -> None:
    header = write_record(leads=("V6", *STANDARD_LEADS[:11]))
    path = annotate(header, [
        (100, "(", 0, "wide beat"), (100, "(", 2, "wide beat"), (120, "N", 0, ""), (160, "(", 0, ""),
        (160, ")", 0, ""), (180, ")", 2, ""), (200, ")", 0, ""),
    ])
    assert read_spans(path) == (
        Span("V6", 100, 160, "wide beat"), Span("II", 100, 180, "wide beat"), Span("V6", 160, 200, ""),
    )


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ([(10, ")", 0, "")], r"'\)' at sample 10 of signal 0 closes nothing"),
        ([(10, "(", 3, "")], r"'\(' at sample 10 of signal 3 is never closed"),
        ([(10, "(", 1, ""), (20, ")", 2, "")], "closes nothing"),
        ([(10, "(", 40, ""), (20, ")", 40, "")], "signal 40, which is no standard lead"),
    ],
)
def test_marks_that_make_no_sense_are_explained(
    write_record: WriteRecord, marks: list[Mark], reason: str
) -> None:
    path = annotate(write_record(), marks)
    with pytest.raises(UnreadableRecord, match=reason):
        read_spans(path)


def test_a_damaged_annotation_file_is_named(write_record: WriteRecord) -> None:
    path = annotate(write_record(), [(10, "(", 0, "x"), (20, ")", 0, "")])
    path.write_bytes(b"\x01")  # half of a mark
    with pytest.raises(UnreadableRecord, match=r"rec\.lesion cannot be read"):
        read_spans(path)


def test_a_folder_of_annotated_records_is_loaded(write_record: WriteRecord, tmp_path: Path) -> None:
    assert not is_annotated(tmp_path)
    first, second, _ = (write_record(name) for name in ("a", "b", "c"))
    annotate(first, [(100, "(", 6, "st-elevation"), (100, "(", 7, "st-elevation"), (300, ")", 6, ""),
                     (400, ")", 7, "")])
    annotate(second, [(0, "(", 0, "pause"), (500, "(", 1, ""), (900, ")", 1, ""), (1000, ")", 0, "")])
    assert is_annotated(tmp_path)
    records = load_annotated(tmp_path)
    assert [(record.path.stem, record.kind) for record in records] == [
        ("a", "st-elevation"), ("b", "pause + lesion"), ("c", "none"),
    ]
    expected = np.zeros((12, 1000), bool)
    expected[6, 100:300] = expected[7, 100:400] = True
    np.testing.assert_array_equal(records[0].mask, expected)
    assert records[1].mask[0].all()
    assert records[1].mask.sum() == 1400
    assert not records[2].mask.any()


def test_a_lesion_outside_its_record_is_an_error(write_record: WriteRecord, tmp_path: Path) -> None:
    annotate(write_record(), [(900, "(", 0, "x"), (1001, ")", 0, "")])
    with pytest.raises(DatasetError, match="sample 900 to 1001 does not lie in a record of 1000"):
        load_annotated(tmp_path)


def test_a_folder_without_lesions_is_an_error(write_record: WriteRecord, tmp_path: Path) -> None:
    write_record()
    with pytest.raises(DatasetError, match=r"1 records and no lesions.*synthesize"):
        load_annotated(tmp_path)
