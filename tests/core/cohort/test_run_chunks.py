"""Chunks of records: done once, whole or not at all, and continued after anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mmae_core.cohort.workers
from mmae_core.cohort import CohortError, RunSummary, Shard, run_chunks
from mmae_core.cohort.part_folder import MANIFEST, package_versions


@pytest.fixture(autouse=True)
def _work_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def squares(factor: int = 1) -> Any:
    import counting_work

    return counting_work.Squares(factor)


def lines(summary: RunSummary) -> list[str]:
    return [line for part in summary.paths("txt") for line in part.read_text().splitlines()]


def test_every_item_is_done_once_in_order(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    summary = run_chunks(squares(), range(7), tmp_path / "p", size=3,
                         progress=lambda done, total: seen.append((done, total)))
    assert lines(summary) == ["0", "1", "4", "9", "16", "25", "36"]
    assert [part.name for part in summary.paths("more")] == ["part-00000.more", "part-00001.more", "part-00002.more"]
    assert seen == [(n, 7) for n in range(1, 8)]
    assert summary.n_items_done == 7
    assert sorted(path.name for path in (tmp_path / "p").iterdir() if not path.name.startswith("part-")) == [MANIFEST]


def test_what_is_done_is_not_done_again_and_what_is_damaged_is(tmp_path: Path) -> None:
    first = run_chunks(squares(), range(7), tmp_path, size=3)
    kept = first.paths("txt")[0]
    kept.write_text("kept\n")
    first.paths("more")[2].unlink()
    (tmp_path / "part-00002.txt.host-1.tmp").write_text("half")
    summary = run_chunks(squares(), range(7), tmp_path, resume=True)
    assert summary.n_items_done == 1
    assert lines(summary) == ["kept", "9", "16", "25", "36"]
    assert list(tmp_path.glob("*.tmp")) == []


def test_an_interrupted_run_continues_with_the_chunk_it_was_at(tmp_path: Path) -> None:
    items = [1, 2, 3, ["interrupted", str(tmp_path / "mark")], 5]
    with pytest.raises(KeyboardInterrupt):
        run_chunks(squares(), items, tmp_path / "p", size=2)
    assert [path.name for path in (tmp_path / "p").glob("part-*.txt")] == ["part-00000.txt"]
    summary = run_chunks(squares(), items, tmp_path / "p", size=2, resume=True)
    assert lines(summary) == ["1", "4", "9", "went on", "25"]
    assert summary.n_items_done == 3


@pytest.mark.parametrize(
    ("factor", "items", "size", "said"),
    [(2, 7, 3, "factor 1, now 2"), (1, 8, 3, "7 records, now 8"), (1, 7, 2, "chunks of 3, now of 2")],
)
def test_a_folder_of_another_run_is_refused_with_what_differs(
    tmp_path: Path, factor: int, items: int, size: int, said: str
) -> None:
    run_chunks(squares(), range(7), tmp_path, size=3)
    with pytest.raises(CohortError, match=said):
        run_chunks(squares(factor), range(items), tmp_path, size=size, resume=True)


def test_the_same_records_in_another_order_are_other_records(tmp_path: Path) -> None:
    run_chunks(squares(), [1, 2], tmp_path)
    with pytest.raises(CohortError, match="other records, or in another order"):
        run_chunks(squares(), [2, 1], tmp_path, resume=True)


def test_parts_of_an_earlier_run_are_neither_mixed_in_nor_lost_unasked(tmp_path: Path) -> None:
    run_chunks(squares(), range(7), tmp_path, size=3)
    with pytest.raises(CohortError, match="holds 3 of 3 parts of an earlier run"):
        run_chunks(squares(), range(7), tmp_path, size=3)
    summary = run_chunks(squares(2), range(4), tmp_path, size=3, force=True)
    assert lines(summary) == ["0", "2", "8", "18"]
    assert len(list(tmp_path.glob("part-*.txt"))) == 2


def test_a_part_of_other_package_versions_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_chunks(squares(), range(3), tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    assert manifest["versions"] == dict(package_versions())
    manifest["versions"]["numpy"] = "1.0"
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(CohortError, match=r"numpy 1\.0, now "):
        run_chunks(squares(), range(3), tmp_path, resume=True)


def test_shards_do_their_share_and_together_all(tmp_path: Path) -> None:
    shares = [run_chunks(squares(), range(10), tmp_path, size=2, shard=Shard(number, 3)) for number in (1, 2)]
    assert [share.n_items_done for share in shares] == [4, 4]
    with pytest.raises(CohortError, match="lacks 1 of 5 parts, first number 2"):
        shares[0].paths("txt")
    last = run_chunks(squares(), range(10), tmp_path, size=2, shard=Shard.parse("3/3"))
    assert lines(last) == [str(n * n) for n in range(10)]


def test_a_share_begins_its_own_parts_anew_and_loses_none_of_another_run(tmp_path: Path) -> None:
    for number in (1, 2):
        run_chunks(squares(), range(4), tmp_path, size=1, shard=Shard(number, 2))
    with pytest.raises(CohortError, match=r"factor 1, now 2.* or remove that folder, which holds all shares' parts"):
        run_chunks(squares(2), range(4), tmp_path, size=1, shard=Shard(1, 2), force=True)
    assert len(list(tmp_path.glob("part-*.txt"))) == 4
    assert run_chunks(squares(), range(4), tmp_path, size=1, shard=Shard(1, 2), force=True).n_items_done == 2


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/2"])
def test_a_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CohortError, match="--shard"):
        Shard.parse(text)


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    from mmae_core.cohort.part_folder import PartFolder

    with (PartFolder(tmp_path, ("txt",)).locked(Shard()),
          pytest.raises(CohortError, match="Another run is writing into")):
        run_chunks(squares(), range(3), tmp_path)


@pytest.fixture
def _without_dask(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(mmae_core.cohort.workers, "has_dask", lambda: False)
    return


@pytest.mark.usefixtures("_without_dask")
def test_without_dask_a_killed_process_is_replaced_and_an_item_that_kills_is_named(tmp_path: Path) -> None:
    items = [*range(8), ["ends once", str(tmp_path / "once")], 9, ["ends", str(tmp_path / "ever")], 11]
    summary = run_chunks(squares(), items, tmp_path / "p", size=2, jobs=2)
    found = lines(summary)
    assert found[:8] == [str(n * n) for n in range(8)]
    given_up = "the process ended 3 times at this record, perhaps for want of memory"
    assert found[8:] == ["ended once", "81", given_up, "121"]
    assert list((tmp_path / "p").glob("*.tries")) == []


STOPPED = """
import sys
from pathlib import Path
import mmae_core.cohort.workers
from counting_work import Squares
from mmae_core.cohort import run_chunks

if __name__ == "__main__":
    mmae_core.cohort.workers.has_dask = lambda: False
    run_chunks(Squares(), [["waits", sys.argv[1]], 2], Path(sys.argv[2]), size=1, jobs=int(sys.argv[3]), resume=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals that a process can answer")
@pytest.mark.parametrize(("jobs", "stop", "noted"), [(2, "SIGTERM", 0), (2, "SIGKILL", 1), (1, "SIGTERM", 0)])
def test_a_run_that_is_stopped_condemns_no_record(tmp_path: Path, jobs: int, stop: str, noted: int) -> None:
    script, mark, parts = tmp_path / "script.py", tmp_path / "mark", tmp_path / "parts"
    script.write_text(STOPPED)
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parents[2])])}
    for _ in range(2):
        process = subprocess.Popen([sys.executable, script, mark, parts, str(jobs)], env=environment,
                                   stderr=subprocess.DEVNULL)
        try:
            while process.poll() is None and not mark.exists():
                time.sleep(0.01)
        finally:
            process.send_signal(getattr(signal, stop))
            process.wait()
        mark.unlink()
        assert len(b"".join(path.read_bytes() for path in parts.glob("*.tries")).splitlines()) == noted


@pytest.mark.usefixtures("_without_dask")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_chunk_that_raises_is_tried_again_and_told_when_the_others_are_done(tmp_path: Path, jobs: int) -> None:
    items = [1, ["raises", ""], *range(2, 6)]
    with pytest.raises(CohortError, match="1 chunks failed, 4 times each; number 0: RuntimeError: of this item"):
        run_chunks(squares(), items, tmp_path, size=2, jobs=jobs)
    assert [path.name for path in sorted(tmp_path.glob("part-*.txt"))] == ["part-00001.txt", "part-00002.txt"]


def test_a_chunk_that_is_done_at_the_second_try_counts_its_items_once(tmp_path: Path) -> None:
    seen: list[int] = []
    items = [1, ["raises once", str(tmp_path / "mark")], 3]
    summary = run_chunks(squares(), items, tmp_path / "p", size=2, progress=lambda done, _: seen.append(done))
    assert lines(summary) == ["1", "went on", "9"]
    assert seen == [1, 2, 3]


def test_work_that_cannot_be_opened_ends_a_run_of_this_process_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    def fail(_work: Any) -> None:
        opened.append(1)
        raise RuntimeError("no model")

    work = squares()
    monkeypatch.setattr(type(work), "open", fail)
    with pytest.raises(RuntimeError, match="no model"):
        run_chunks(work, range(4), tmp_path, size=2)
    assert len(opened) == 1


@pytest.mark.usefixtures("_without_dask")
def test_a_scheduler_without_dask_is_refused_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CohortError, match=r"pip install \"mmae-core\[cohort\]\""):
        run_chunks(squares(), range(3), tmp_path, scheduler="tcp://127.0.0.1:1")
