"""Workers of a Dask cluster: one on this machine for the time of the run, or one whose scheduler is named.

No other module knows Dask. A connection is opened only from here: to processes of this machine, encrypted with keys
that are made for the run and known to nobody else, or to the scheduler that the user names.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from typing import Any

from mmae_core.cohort.chunk_work import RecordChunk
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.cohort.worker import ENVIRONMENT, ChunkDone, ChunkJob, do_chunk

LOOPBACK = "127.0.0.1"
CONNECT_S = 20
"""For a scheduler to answer, and then for its first worker."""
GONE_S = 600
"""Workers come and go; when all have gone for so long, the run ends."""
CLOSE_S = 5
SETTINGS: dict[str, Any] = {
    # Dask's own setting hands freed memory back at once, which doubles the time of a record.
    "distributed.nanny.pre-spawn-environ": ENVIRONMENT,
    # Pages on what workers do: nobody asked for them, and everybody on this machine could read them.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.scheduler.allowed-failures": 3,
    "distributed.scheduler.worker-saturation": 1.0,  # no chunk waits behind another while a worker is idle
    "logging": {"distributed": "critical", "distributed.client": "critical"},
    # Dask samples where workers are and keeps it for an hour: 90 KB a record.
    "distributed.worker.profile.enabled": False,
    # A worker's own limits would pause it: chunks hold a record at a time.
    # Every process of a cluster looks at itself 50 times a second: on two cores 4 % of the work.
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}


class _DaskWorkers:
    end_together = False

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._seen, self._patience_s = time.monotonic(), CONNECT_S

    @property
    def count(self) -> int:
        return max(1, self._n_now())

    def _n_now(self) -> int:
        if n_workers := len(self._client.scheduler_info(n_workers=-1)["workers"]):
            self._seen, self._patience_s = time.monotonic(), GONE_S
        return n_workers

    def require_some(self) -> None:
        if not self._n_now() and time.monotonic() - self._seen >= self._patience_s:
            raise CohortError(f"The Dask scheduler has had no worker for {self._patience_s} s. Start some, as with "
                              "`dask worker ADDRESS --nthreads 1`, then continue with --resume.")

    def is_loss(self, error: Exception) -> bool:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        return isinstance(error, CancelledError | FutureCancelledError | KilledWorker)

    def submit(self, job: ChunkJob, chunk: RecordChunk) -> Future[ChunkDone]:
        if self._client.status != "running":
            raise CohortError("The Dask scheduler has gone. What was done is kept: continue with --resume.")
        future: Future[ChunkDone] = self._executor.submit(do_chunk, job, chunk)
        return future


@contextmanager
def dask_workers(jobs: int, scheduler: str) -> Iterator[_DaskWorkers]:
    """Workers of the scheduler at an address, or `jobs` processes of this machine. Raises CohortError."""
    import dask
    from distributed import Client, LocalCluster

    for name in ("distributed", "distributed.client", "distributed.nanny", "distributed.scheduler", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # the run itself says what is lost
    with dask.config.set({} if scheduler else SETTINGS):
        if scheduler:
            cluster = None
            client = _connected(scheduler)
        else:
            cluster = LocalCluster(  # type: ignore[no-untyped-call]  # published without types
                n_workers=jobs, threads_per_worker=1, memory_limit=None, host=LOOPBACK, security=True,
                dashboard_address=f"{LOOPBACK}:0", worker_dashboard_address=None,
            )
            client = Client(cluster, set_as_default=False)  # type: ignore[no-untyped-call]
        try:
            yield _DaskWorkers(client)
        finally:
            with suppress(TimeoutError, OSError):
                client.close(timeout=CLOSE_S)
            if cluster is not None:
                with suppress(TimeoutError, OSError):
                    cluster.close(timeout=CLOSE_S)


def _connected(scheduler: str) -> Any:
    from distributed import Client

    try:
        return Client(scheduler, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise CohortError(f"There is no Dask scheduler at {scheduler[:200]}: {error}. Its address is printed by "
                          "`dask scheduler`, such as tcp://10.0.0.5:8786; with TLS it needs Dask's own settings."
                          ) from error
