"""Does every chunk that is not yet done."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mmae_core.cohort.chunk_work import ChunkWork, RecordChunk, chunk_size, chunks_of
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.cohort.part_folder import (
    PartFolder,
    Shard,
    make_manifest,
    read_manifest,
    require_same,
    write_manifest,
)
from mmae_core.cohort.worker import ChunkDone, ChunkJob, do_chunk, forget_opened, open_work
from mmae_core.cohort.workers import Workers, workers_of
from mmae_core.errors import EcgError
from mmae_core.files import NO_ROOM
from mmae_core.stopping import stopping_on_sigterm

Progress = Callable[[int, int], None]
WHOLE = Shard()
RETRIES = 3
"""A chunk that raises is done again so often."""
MOST_LOSSES = 100
"""Chunks that may be lost with processes that end without any chunk done in between."""
LOOK_S = 5
"""Where no chunk ends for so long, it is asked whether there are workers at all."""
AHEAD = 3
"""Chunks that wait for each worker, so that none of them waits."""


@dataclass
class RunSummary:
    """What a run has left."""

    folder: Path
    n_chunks: int
    """Of the whole list, of all shards."""
    n_items: int
    n_items_done: int
    """By this run; those done before are not counted."""
    peak_bytes: dict[str, int] = field(default_factory=dict)
    """The most memory of each process that worked."""

    def paths(self, ending: str) -> list[Path]:
        """The files of all chunks, in order. Raises CohortError, saying what is missing, unless all are there."""
        return all_parts(self.folder, ending, self.n_chunks)


def run_chunks(
    work: ChunkWork, items: Sequence[Any], folder: Path, *, jobs: int = 1, scheduler: str = "",
    shard: Shard = WHOLE, resume: bool = False, force: bool = False, size: int = 0,
    progress: Progress | None = None, forget: Callable[[], None] | None = None,
) -> RunSummary:
    """Do `work` on all items in chunks of `size` (0: by their number), each leaving files in `folder`.

    `jobs` processes of this machine, one thread each, or the workers of a Dask `scheduler` (`tcp://…`) do it; with
    `jobs=1` this process alone, without any package more. Chunks that are done are left as they are if `resume`;
    without it a folder that holds some is refused, with `force` begun anew. `shard` does its share of them; `force`
    then begins that share anew, in a folder of the same run.
    `forget` is called besides, once nothing speaks against that: it removes what lies elsewhere.
    `progress(done, total)` counts items, those of earlier runs included.

    A process that ends is replaced and its chunk done again; a chunk that raises is tried `RETRIES` times more.
    Raises CohortError if the folder is of another run, is in use, or chunks were given up, after the others are done;
    what `ChunkWork.open` raises; OSError for a full disk. After any of them, Ctrl+C or SIGTERM, which acts like it,
    `resume` continues.
    """
    folder = folder.absolute()
    parts = PartFolder(folder, work.endings)
    with stopping_on_sigterm(), parts.locked(shard):
        found = None if force and shard.count == 1 else read_manifest(folder)
        size = size or (int(found["chunk"]) if found else chunk_size(len(items)))
        manifest = make_manifest(work.name, work.options(), items, size)
        if found is not None:
            require_same(found, manifest, folder, shard)
        if force:
            parts.forget(shard)
            if forget is not None:
                forget()
        parts.clean(shard)
        chunks = [chunk for chunk in range(-(-len(items) // size)) if shard.has(chunk)]
        done = parts.done().intersection(chunks)
        if done and not resume:
            raise CohortError(f"{folder} holds {len(done):,} of {len(chunks):,} parts of an earlier run. Continue it "
                              "with --resume, or begin anew with --force.")
        if found is None:
            write_manifest(folder, manifest)
        mine = (chunk for chunk in chunks_of(items, size) if shard.has(chunk.number) and chunk.number not in done)
        summary = RunSummary(folder, -(-len(items) // size), len(items), 0)
        count = _Count(progress, [_length(chunk, size, len(items)) for chunk in chunks],
                       sum(_length(chunk, size, len(items)) for chunk in done))
        job = ChunkJob(work, str(folder), manifest)
        if jobs == 1 and not scheduler:
            _in_this_process(job, mine, summary, count)
        elif len(done) < len(chunks):
            parts.forget_tries(shard)  # what an earlier run noted: whoever stopped that one stopped its workers too
            try:
                with workers_of(jobs, scheduler) as workers:
                    _by_workers(workers, job, mine, summary, count)
            finally:
                parts.forget_tries(shard)
    return summary


def all_parts(folder: Path, ending: str, n_chunks: int) -> list[Path]:
    """The files of all chunks, in order. Raises CohortError unless all are there."""
    parts = PartFolder(folder, (ending,))
    missing = sorted(set(range(n_chunks)) - parts.done())
    if missing:
        raise CohortError(f"{folder} lacks {len(missing):,} of {n_chunks:,} parts, first number {missing[0]}. "
                          "Continue the run, or its other shards, with --resume.")
    return [parts.part(number, ending) for number in range(n_chunks)]


class _Count:
    """Items that are done, told to whoever wants to know."""

    def __init__(self, progress: Progress | None, lengths: Sequence[int], done: int) -> None:
        self._progress = progress
        self._total = sum(lengths)
        self._done = 0
        self(done)

    def __call__(self, n: int) -> None:
        self._done += n
        if self._progress and n:
            self._progress(self._done, self._total)


def _length(chunk: int, size: int, n_items: int) -> int:
    return min(size, n_items - chunk * size)


class _Failures:
    """Chunks that raised: each is done again `RETRIES` times, then given up; told when the others are done."""

    def __init__(self) -> None:
        self._tries: Counter[int] = Counter()
        self._given_up: dict[int, Exception] = {}

    def is_tried_again(self, chunk: RecordChunk, error: Exception) -> bool:
        """Whether a chunk that raised this is to be done again."""
        self._tries[chunk.number] += 1
        if self._tries[chunk.number] <= RETRIES:
            return True
        self._given_up[chunk.number] = error
        return False

    def tell(self) -> None:
        """Raise CohortError if chunks were given up."""
        if self._given_up:
            number, first = min(self._given_up.items(), key=lambda item: item[0])
            raise CohortError(
                f"{len(self._given_up):,} chunks failed, {RETRIES + 1} times each; number {number}: "
                f"{type(first).__name__}: {first}. The others are done: continue with --resume.") from first


def _ends_the_run(error: Exception) -> bool:
    """What no further try would change; anything else, of a worker, a network or a file system, is tried again."""
    return isinstance(error, EcgError) or (isinstance(error, OSError) and error.errno in NO_ROOM)


def _in_this_process(job: ChunkJob, chunks: Iterator[RecordChunk], summary: RunSummary, count: _Count) -> None:
    failures = _Failures()
    try:
        for chunk in chunks:
            open_work(job)  # what it raises would be raised for every chunk
            told = _Once(count)
            while True:
                try:
                    done = do_chunk(job, chunk, told.again())
                except Exception as error:
                    if _ends_the_run(error):
                        raise
                    if not failures.is_tried_again(chunk, error):
                        break
                else:
                    _add(summary, done)
                    break
    finally:
        forget_opened()
    failures.tell()


class _Once:
    """Counts the items of a chunk once, however often it is done."""

    def __init__(self, count: _Count) -> None:
        self._count = count
        self._told = 0

    def again(self) -> Callable[[int], None]:
        """What to call with the items of the next try."""
        seen = 0

        def step(n: int) -> None:
            nonlocal seen
            seen += n
            if seen > self._told:
                self._count(seen - self._told)
                self._told = seen

        return step


def _by_workers(
    workers: Workers, job: ChunkJob, chunks: Iterator[RecordChunk], summary: RunSummary, count: _Count
) -> None:
    again: deque[RecordChunk] = deque()
    running: dict[Future[ChunkDone], RecordChunk] = {}
    failures = _Failures()
    losses = 0
    while True:
        # After a loss one chunk at a time shows at which record it was, where all processes end together.
        most = 1 if again and workers.end_together else AHEAD * workers.count
        while len(running) < most and (chunk := again.popleft() if again else next(chunks, None)):
            running[workers.submit(job, chunk)] = chunk
        if not running:
            break
        finished, _ = wait(running, LOOK_S, return_when=FIRST_COMPLETED)
        if not finished:
            workers.require_some()
        for future in finished:
            chunk = running.pop(future)
            try:
                done = future.result()
            except Exception as error:
                if _ends_the_run(error):
                    raise
                if is_loss := workers.is_loss(error):
                    losses += 1
                if is_loss or failures.is_tried_again(chunk, error):
                    again.append(chunk)
            else:
                losses = 0
                _add(summary, done)
                count(done.n_items)
        if losses > MOST_LOSSES:
            raise CohortError(f"Worker processes ended {losses} times without one chunk done. Perhaps there is not "
                              "memory enough for so many; continue with --resume and fewer --jobs.")
    failures.tell()


def _add(summary: RunSummary, done: ChunkDone) -> None:
    summary.n_items_done += done.n_items
    if done.peak_bytes is not None:
        summary.peak_bytes[done.process] = max(done.peak_bytes, summary.peak_bytes.get(done.process, 0))
