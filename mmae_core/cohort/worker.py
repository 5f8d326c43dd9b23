"""What a process does with one chunk, whoever started it."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.cohort.chunk_work import ChunkTask, ChunkWork, RecordChunk, WriteChunk
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.cohort.part_folder import PartFolder, manifest_digest, package_versions, read_manifest

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Numbers of the options in glibc's malloc.h."""
KEPT_BYTES = {M_TRIM_THRESHOLD: 256 << 20, M_MMAP_THRESHOLD: 32 << 20}
"""Freed memory up to this stays with the process; blocks up to this come from it (32 MiB are glibc's limit)."""
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": str(KEPT_BYTES[M_TRIM_THRESHOLD]),
    "MALLOC_MMAP_THRESHOLD_": str(KEPT_BYTES[M_MMAP_THRESHOLD]),
}
"""Of worker processes: one thread each, because the other cores belong to the other processes, and memory is kept."""


@dataclass(frozen=True)
class ChunkJob:
    """What is the same for all chunks of a run."""

    work: ChunkWork
    folder: str
    manifest: Mapping[str, Any]


@dataclass(frozen=True)
class ChunkDone:
    """A chunk whose files are there."""

    number: int
    n_items: int
    process: str
    """Machine and process that did it."""
    peak_bytes: int | None
    """The most memory that process has held so far; None where the system does not say."""


_opened: dict[str, WriteChunk] = {}
_one_at_a_time = threading.Lock()
"""Workers of a foreign cluster may have several threads; what is opened is for one, and cores are for processes."""


def do_chunk(job: ChunkJob, chunk: RecordChunk, progress: Callable[[int], None] | None = None) -> ChunkDone:
    """Write a chunk's files. Raises CohortError if this process sees another folder or has other packages."""
    parts = PartFolder(Path(job.folder), job.work.endings)
    with _one_at_a_time:
        _require_folder(job, parts.path)
        if not parts.is_done(chunk.number):  # its answer may have been lost with a worker
            write = open_work(job)
            written = {ending: parts.unfinished(chunk.number, ending) for ending in parts.endings}
            with ChunkTask(chunk, written, parts.trail(chunk.number), progress) as task:
                write(task)
            parts.finish(chunk.number, written)
    return ChunkDone(chunk.number, len(chunk.items), f"{platform.node()} {os.getpid()}", peak_memory_bytes())


def open_work(job: ChunkJob) -> WriteChunk:
    """The function that writes chunks; a process keeps that of the last run.

    Raises CohortError if this process has other packages, and what `ChunkWork.open` raises.
    """
    key = manifest_digest(job.manifest)
    if key not in _opened:
        here, wanted = dict(package_versions()), job.manifest["versions"]
        if here != wanted:
            names = [name for name in wanted if here.get(name) != wanted[name]]
            raise CohortError(f"The worker on {platform.node()} has {_versions(here, names)}; the run was begun "
                              f"with {_versions(wanted, names)}. Install the same everywhere.")
        _opened.clear()
        keep_freed_memory()
        _opened[key] = job.work.open()
    return _opened[key]


def _versions(found: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{name} {found.get(name, '(none)')}" for name in names)


def forget_opened() -> None:
    """Let go of what this process has loaded for a run."""
    _opened.clear()


def _require_folder(job: ChunkJob, folder: Path) -> None:
    found = read_manifest(folder)
    if found is None or manifest_digest(found) != manifest_digest(job.manifest):
        raise CohortError(f"The worker on {platform.node()} does not find this run in {folder}. Workers on other "
                          "machines need the output's folder, and the recordings, under the same path.")


def start_worker_process() -> None:
    """End this process when the one that started it has gone, however it ended."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: Any) -> None:
    parent.join()
    os._exit(1)


def keep_freed_memory() -> None:
    """Tell the C library to keep freed memory for reuse; nothing where it is not glibc."""
    if platform.libc_ver()[0] != "glibc":
        return
    mallopt = ctypes.CDLL(None).mallopt
    for option, n_bytes in KEPT_BYTES.items():
        mallopt(option, n_bytes)


@contextmanager
def worker_environment() -> Iterator[None]:
    """Within the block processes begin with `ENVIRONMENT`: libraries read it when they are loaded."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def peak_memory_bytes() -> int | None:
    """The most memory that this process has held; None where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if found := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
            return 1024 * int(found[1])
    except OSError:
        pass
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
