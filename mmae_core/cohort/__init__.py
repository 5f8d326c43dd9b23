"""Work on many records: in chunks, on one process, several, or a Dask cluster, and continued after any kill.

What is to be done with the records of a chunk is a `ChunkWork`; `run_chunks` does it for all chunks that are not done:

    @dataclass(frozen=True)                      # it travels to worker processes: small, and of plain values
    class Prepare:
        cohort: str
        name = "prepare"                         # what the folder holds, in the manifest and in sentences
        endings = ("npy", "csv")                 # a chunk leaves part-00012.npy and part-00012.csv

        def options(self):                       # all that the files depend on besides the records: for the manifest
            return {"cohort": self.cohort, "preprocess": ...}

        def open(self):                          # once in each process: loads a model, sets threads
            network = ...
            def write(task: ChunkTask) -> None:  # writes task.path(ending) for each ending
                rows = [... for path, reason in task.each_or_reason()]  # with a reason: not to be read again
                numpy.save(task.path("npy"), rows)
            return write

    summary = run_chunks(Prepare(...), paths, folder, jobs=2, resume=True, progress=advance(bar))
    for part in summary.paths("npy"):            # in the order of the records, whoever wrote them
        ...

Every file of a chunk appears whole, under its name, when the chunk is done; `manifest.json` says of which records,
options, program and package versions all of them are, and a run with others is refused in a sentence. Parts depend on
nothing else: not on the number of processes, nor on what was killed when. `items` are what JSON knows: texts, numbers,
lists of them.
"""

from mmae_core.cohort.chunk_work import ChunkTask, ChunkWork, RecordChunk, WriteChunk, chunks_of
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.cohort.part_folder import Shard
from mmae_core.cohort.run_chunks import RunSummary, run_chunks

__all__ = [
    "ChunkTask",
    "ChunkWork",
    "CohortError",
    "RecordChunk",
    "RunSummary",
    "Shard",
    "WriteChunk",
    "chunks_of",
    "run_chunks",
]
