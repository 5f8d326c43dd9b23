"""A cluster of this machine, whose workers and scheduler are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import mmae_core.cohort.dask_workers
from mmae_core.cohort import CohortError, run_chunks

pytest.importorskip("distributed")
HERE = Path(__file__).parent
SCRIPT = """
import json, sys
from pathlib import Path
from counting_work import Squares
from mmae_core.cohort import run_chunks

if __name__ == "__main__":
    run_chunks(Squares(), json.loads(sys.argv[1]), Path(sys.argv[2]), size=1, jobs=2)
"""


def below(pid: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def listening(pids: list[int]) -> list[str]:
    """Addresses, as the kernel writes them, at which any of these processes waits for connections."""
    sockets = set()
    for pid in pids:
        for file in Path(f"/proc/{pid}/fd").iterdir():
            sockets.add(os.readlink(file).removeprefix("socket:[").removesuffix("]"))
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and cells[9] in sockets:
                found.append(cells[1].partition(":")[0])
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into Linux's /proc")
def test_workers_and_scheduler_are_killed_in_the_middle_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    items = [0, 1, ["ends once", str(tmp_path / "once")], *[["takes time", ""]] * 80, 9]
    parts = tmp_path / "parts"
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[2])])}
    process = subprocess.Popen([sys.executable, script, json.dumps(items), parts], env=environment)
    try:
        while process.poll() is None and not (parts / "part-00002.txt").exists():  # by the second worker that tried
            time.sleep(0.005)
        family = [process.pid, *below(process.pid)]
        assert set(listening(family)) == {"0100007F"}, "only processes of this machine can connect"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    n_done = len(list(parts.glob("part-*.txt")))
    assert (tmp_path / "once").exists(), "a worker has ended"
    assert 3 <= n_done < len(items), "it was killed in the middle"
    monkeypatch.syspath_prepend(str(HERE))
    import counting_work

    summary = run_chunks(counting_work.Squares(), items, parts, resume=True)
    assert summary.n_items_done == len(items) - n_done
    lines = [path.read_text().strip() for path in summary.paths("txt")]
    assert lines == ["0", "1", "ended once", *["taken"] * 80, "81"]


def test_a_scheduler_without_workers_ends_the_run_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.syspath_prepend(str(HERE))
    import counting_work

    monkeypatch.setattr(sys.modules["mmae_core.cohort.run_chunks"], "LOOK_S", 0.2)  # the function has its name
    with LocalCluster(n_workers=0, processes=False, protocol="tcp", host="127.0.0.1",
                      dashboard_address="127.0.0.1:0") as cluster:
        monkeypatch.setattr(mmae_core.cohort.dask_workers, "CONNECT_S", 1)
        with pytest.raises(CohortError, match="has had no worker for 1 s"):
            run_chunks(counting_work.Squares(), [1, 2], tmp_path, scheduler=cluster.scheduler_address)


def test_a_client_that_does_not_close_in_time_leaves_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    closed: list[str] = []

    class Fake:
        def __init__(self, *_: object, **options: object) -> None:
            self.name = "cluster" if "n_workers" in options else "client"

        def get_executor(self, pure: bool) -> None:
            pass

        def close(self, timeout: float) -> None:
            closed.append(self.name)
            raise TimeoutError

    monkeypatch.setattr(distributed, "Client", Fake)
    monkeypatch.setattr(distributed, "LocalCluster", Fake)
    with mmae_core.cohort.dask_workers.dask_workers(2, ""):
        pass
    assert closed == ["client", "cluster"]
