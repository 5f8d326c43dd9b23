"""A recording out of an archive or from an address: what is wrong with it, and what is only wrong at the time."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mmae_core.cohort import fetching, remote_files
from mmae_core.cohort.archives import copy_member
from mmae_core.cohort.fetching import local_copy
from mmae_core.cohort.record_list import named_records
from mmae_core.errors import DatasetError, UnreadableRecord

fsspec = pytest.importorskip("fsspec")


class Unavailable(Exception):
    """As aiohttp says it."""

    status = 503


Unavailable.__module__ = "aiohttp.client_exceptions"


class Server:
    """A file system that answers in turn with what it is given."""

    def __init__(self, *answers: Exception | bytes) -> None:
        self.answers = list(answers)

    def size(self, path: str) -> int | None:
        return None

    def info(self, path: str) -> dict[str, str]:
        return {"type": "file"} if self._next() else {}

    def get_file(self, path: str, target: str) -> None:
        Path(target).write_bytes(self._next())

    def _next(self) -> bytes:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def hidden(cause: Exception) -> FileNotFoundError:
    """As fsspec says of every fault of HTTP."""
    error = FileNotFoundError("https://a/1.xml")
    error.__cause__ = cause
    return error


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Server]:
    monkeypatch.setattr(remote_files, "PAUSES_S", (0.0, 0.0))

    def begin(*answers: Exception | bytes) -> Server:
        server = Server(*answers)
        monkeypatch.setattr(remote_files, "_opened", lambda address: (server, address))
        return server

    return begin


def fetched(place: str = "s3://bucket/1.xml") -> bytes:
    with local_copy(place) as path:
        return path.read_bytes()


@pytest.mark.parametrize("fault", [
    TimeoutError(), PermissionError(13, "Forbidden"), hidden(Unavailable()), Unavailable(),
    OSError(errno.EIO, "slow down"),
])
def test_a_fault_of_the_server_is_none_of_the_recording(serve: Callable[..., Server], fault: Exception) -> None:
    serve(fault, fault, b"here")
    assert fetched() == b"here"
    serve(*[fault] * 3)
    with pytest.raises(OSError, match=r"s3://bucket/1\.xml cannot be fetched"):
        fetched()
    serve(*[fault] * 3)
    with pytest.raises(OSError, match="cannot be fetched"):
        remote_files.exists("s3://bucket/1.dat")


def test_a_file_that_is_not_there_is_a_bad_recording(serve: Callable[..., Server]) -> None:
    gone = Unavailable()
    gone.status = 404
    for fault in (FileNotFoundError("1.xml"), hidden(gone)):
        serve(fault)
        with pytest.raises(UnreadableRecord, match=r"no file s3://bucket/1\.xml"):
            fetched()
        serve(fault)
        assert not remote_files.exists("s3://bucket/1.dat")


def test_a_full_disk_here_goes_through_at_once(serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(OSError(errno.ENOSPC, "No space left on device"), b"never asked")
    with pytest.raises(OSError, match="No space left") as found:
        remote_files.fetch("s3://bucket/1.xml", tmp_path / "1.xml")
    assert found.value.errno == errno.ENOSPC
    assert found.value.filename == str(tmp_path / "1.xml")
    assert server.answers == [b"never asked"]


def test_a_missing_package_is_said_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(protocol: str) -> Any:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "get_filesystem_class", lacking)
    (tmp_path / "list.txt").write_text("1.hea\ns3://bucket/2.hea\n")
    with pytest.raises(DatasetError, match=r"s3://bucket/2\.hea needs a package that is not installed: Install s3fs"):
        named_records([f"@{tmp_path / 'list.txt'}"], list)


def test_a_package_that_a_worker_lacks_is_no_bad_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(address: str) -> Any:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(remote_files, "_opened", lacking)
    with pytest.raises(ImportError, match="s3fs"):
        fetched()


@pytest.mark.parametrize("name", ["ö" * 200 + ".xml", "a" * 300, "." + "a" * 300, "x." + "a" * 300])
def test_a_member_of_any_name_is_unpacked(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(f"ward/{name}", "content")
    with local_copy(f"zip://ward/{name}::{tmp_path}/a.zip") as path:
        assert path.read_text() == "content"
        assert path.name.endswith(".xml") == name.endswith(".xml")


@pytest.mark.parametrize("place", ["zip://..::a.zip", "https://host/a::b", "s3://bucket/.."])
def test_a_place_that_is_none_is_a_bad_recording(place: str) -> None:
    with pytest.raises(UnreadableRecord, match="is no place of a recording"):
        fetched(place)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_a_bad_recording(tmp_path: Path, method: int) -> None:
    content = bytes(range(256)) * 40
    with zipfile.ZipFile(tmp_path / "whole.zip", "w", method) as made:
        made.writestr("a.xml", content)
    whole = (tmp_path / "whole.zip").read_bytes()
    start = 30 + len("a.xml")
    n_refused = 0
    for place in range(start, start + 40):
        damaged = tmp_path / f"{place}.zip"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            copy_member(damaged, "a.xml", tmp_path / "unpacked")
        except UnreadableRecord:
            n_refused += 1
    assert n_refused > 20


def test_a_full_disk_while_unpacking_is_no_bad_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.xml", "content")
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no device that is full")
    monkeypatch.setattr(fetching, "_local", lambda folder, name: full)
    with pytest.raises(OSError, match="No space left") as found:
        fetched(f"zip://a.xml::{tmp_path}/a.zip")
    assert found.value.errno == errno.ENOSPC
