"""Processes that do chunks: of Python's own pool, or of Dask."""

from __future__ import annotations

import importlib.util
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Protocol

from mmae_core.cohort.chunk_work import RecordChunk
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.cohort.worker import ChunkDone, ChunkJob, do_chunk, start_worker_process, worker_environment


class Workers(Protocol):
    """Processes that take chunks."""

    @property
    def count(self) -> int:
        """How many there are now."""
        ...

    @property
    def end_together(self) -> bool:
        """Whether the end of one of them ends the others too."""
        ...

    def is_loss(self, error: Exception) -> bool:
        """Whether a process, or the way to it, was lost, and not the work that failed."""
        ...

    def require_some(self) -> None:
        """Raises CohortError if there has been none for too long; asked now and then while nothing ends."""
        ...

    def submit(self, job: ChunkJob, chunk: RecordChunk) -> Future[ChunkDone]:
        """Let one of them do a chunk; those that have ended are started anew. Raises CohortError if they cannot be."""
        ...


@contextmanager
def workers_of(jobs: int, scheduler: str) -> Iterator[Workers]:
    """The workers of a Dask scheduler, or `jobs` processes of this machine: of Dask if it is there, else of Python's
    own pool.

    Raises CohortError if there is no such scheduler, or it needs a package.
    """
    if scheduler:
        require_dask("--scheduler")
    if scheduler or has_dask():
        from mmae_core.cohort.dask_workers import dask_workers

        with dask_workers(jobs, scheduler) as found:
            yield found
        return
    pool = _Pool(jobs)
    try:
        yield pool
    finally:
        pool.close()


def has_dask() -> bool:
    """Whether Dask, and what it needs for connections that others cannot use, are installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("distributed", "cryptography"))


def require_dask(option: str) -> None:
    """Raises CohortError."""
    if not has_dask():
        raise CohortError(f'{option} needs Dask, which is not installed: pip install "mmae-core[cohort]". --jobs N '
                          "works without it on one machine.")


class _Pool:
    """Python's own: pipes instead of ports. A process that is killed breaks it, and it is made anew."""

    end_together = True

    def __init__(self, jobs: int) -> None:
        self.count = jobs
        self._pool = self._made()

    def is_loss(self, error: Exception) -> bool:
        return isinstance(error, BrokenProcessPool)

    def require_some(self) -> None:
        """They are always there: one that ends breaks the pool."""

    def _made(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, multiprocessing.get_context("spawn"), start_worker_process)

    def submit(self, job: ChunkJob, chunk: RecordChunk) -> Future[ChunkDone]:
        with worker_environment():  # processes start when there is work for them
            try:
                return self._pool.submit(do_chunk, job, chunk)
            except BrokenProcessPool:
                self.close()
                self._pool = self._made()
                return self._pool.submit(do_chunk, job, chunk)

    def close(self) -> None:
        for process in list((self._pool._processes or {}).values()):  # the pool itself would wait for their chunks
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
