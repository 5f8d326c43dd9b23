"""A file is read in pieces, refused before memory is taken, and not mistaken for another that took its place."""

from __future__ import annotations

import os
import socket
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.recording_file import RecordingFile

BOMB = (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]><r>&j;</r>")


def a_file(folder: Path, content: bytes, name: str = "rec.bin") -> RecordingFile:
    path = folder / name
    path.write_bytes(content)
    return RecordingFile.of(path)


def test_a_file_and_its_bytes_are_read_alike(tmp_path: Path) -> None:
    content = bytes(range(256)) * 1000
    for file in (a_file(tmp_path, content), RecordingFile.of(content, "rec.bin")):
        assert (file.name, file.size) == ("rec.bin", 256_000)
        assert file.head == content[: 64 << 10]
        assert file.read_at(300, 5) == content[300:305]
        assert file.read_all(256_000) == content
        values = file.array("<i2", 4, 3)
        np.testing.assert_array_equal(values, np.frombuffer(content[4:10], "<i2"))
        assert not values.flags.writeable


def test_what_is_larger_than_allowed_or_than_the_file_costs_no_memory(tmp_path: Path) -> None:
    with (tmp_path / "sparse.bin").open("wb") as stream:
        stream.truncate(1 << 33)
    file = RecordingFile.of(tmp_path / "sparse.bin")
    small = a_file(tmp_path, bytes(100))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableRecord, match=r"sparse\.bin has 8,589,934,592 bytes; .* at most 1,000,000"):
            file.read_all(1_000_000)
        with pytest.raises(UnreadableRecord, match=r"rec\.bin is truncated: .* and the file has 100"):
            small.array(np.float64, 0, 1 << 40)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
    for offset, size in ((-1, 5), (0, -5), (96, 5)):
        with pytest.raises(UnreadableRecord, match="truncated"):
            small.read_at(offset, size)


def test_a_file_that_another_took_the_place_of_is_not_read(tmp_path: Path) -> None:
    file = a_file(tmp_path, bytes(1000))
    assert file.path is not None
    other = tmp_path / "other"
    other.write_bytes(bytes(1000))
    os.utime(other, ns=(0, os.stat(file.path).st_mtime_ns))
    os.replace(other, file.path)
    with pytest.raises(UnreadableRecord, match=r"rec\.bin was changed while open"):
        file.read_at(0, 10)
    with pytest.raises(UnreadableRecord, match="was changed while open"):
        file.require_unchanged()


def test_a_file_cut_while_open_is_not_read(tmp_path: Path) -> None:
    file = a_file(tmp_path, bytes(1000))
    assert file.path is not None
    with file.path.open("rb+") as stream:
        stream.truncate(10)
    with pytest.raises(UnreadableRecord, match="was changed while open"):
        file.read_at(0, 5)
    file.path.unlink()
    with pytest.raises(UnreadableRecord, match="can no longer be read"):
        file.read_at(0, 5)


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        for path, kind in ((tmp_path, "a folder"), (tmp_path / "pipe", "a pipe"), (tmp_path / "s", "a socket"),
                           (Path("/dev/zero"), "a device")):
            with pytest.raises(UnreadableRecord, match=f"is {kind}; a file with a recording is expected"):
                RecordingFile.of(path)
    with pytest.raises(UnreadableRecord, match="There is no file gone in the folder"):
        RecordingFile.of(tmp_path / "gone")
    with pytest.raises(UnreadableRecord, match="cannot be opened"):
        RecordingFile.of("nul\0byte")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_xml_is_known_by_its_root_in_any_encoding(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = (f'<?xml version="1.0" encoding="{declared}"?>\n<!-- <other/> -->\n'
            '<!DOCTYPE RestingECG SYSTEM "restecg.dtd">\n<m:RestingECG xmlns:m="urn:ge">Größe</m:RestingECG>')
    file = RecordingFile.of(text.encode(encoding), "ecg.xml")
    assert file.is_xml_of({"RestingECG"})
    assert file.is_xml_of({"other", "RestingECG"}, "urn:ge")
    assert not file.is_xml_of({"other"})
    assert not file.is_xml_of({"RestingECG"}, "urn:philips")
    assert file.parse_xml().text == "Größe"


def test_an_encoding_declared_wrongly_does_no_harm() -> None:
    file = RecordingFile.of('<?xml version="1.0" encoding="UTF-16"?><r>Größe</r>'.encode(), "ecg.xml")
    assert file.parse_xml().text == "Größe"


@pytest.mark.parametrize("content", [b"", b"no xml", b"<", b"\xff\xfe", b"<!--", b"<?xml", bytes(100)])
def test_what_is_no_xml_is_of_no_root(content: bytes) -> None:
    assert not RecordingFile.of(content).is_xml_of({"r", ""})
    with pytest.raises(UnreadableRecord, match="is damaged XML"):
        RecordingFile.of(content).parse_xml()


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><r/>',
        b'<!DOCTYPE r [<!ENTITY once "only">]><r>&once;</r>',
    ],
)  # fmt: skip
def test_entities_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableRecord, match="defines XML entities or fetches other files"):
        RecordingFile.of(content, "ecg.xml").parse_xml()


def test_deep_nesting_and_long_documents_are_refused() -> None:
    with pytest.raises(UnreadableRecord, match="nests more than 200 XML elements"):
        RecordingFile.of(b"<a>" * 100_000, "deep.xml").parse_xml()
    with pytest.raises(UnreadableRecord, match="at most 1,000"):
        RecordingFile.of(b"<a>" + b" " * 5000 + b"</a>", "long.xml").parse_xml(1000)


def test_pieces_at_equal_distances_are_read_without_what_lies_between(tmp_path: Path) -> None:
    path = tmp_path / "some.bin"
    path.write_bytes(bytes(range(100)))
    expected = [bytes([3, 4]), bytes([33, 34]), bytes([63, 64])]
    for file in (RecordingFile.of(path), RecordingFile.of(path.read_bytes())):
        assert file.read_every(30, 3, 2, 3) == expected
        assert file.read_every(30, 3, 2, 0) == []
        with pytest.raises(UnreadableRecord, match="truncated"):
            file.read_every(30, 3, 2, 5)
    file = RecordingFile.of(path)
    path.write_bytes(bytes(99))
    with pytest.raises(UnreadableRecord, match="changed while open"):
        file.read_every(30, 3, 2, 3)
