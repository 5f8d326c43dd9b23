"""Gives damaged files to everything that reads files, and reports what it should not have done.

    python tests/fuzz/run.py --minutes 60 --seed 1 --report fuzz.json

A file may be read or refused with an error of ours. It must not crash the process, raise anything else, take longer
than five seconds or more than 500 MB, or have a file outside of its folder read. What went wrong is kept under
`--keep`, so that it can be looked at; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import json
import logging
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from mutate import damaged  # noqa: E402
from targets import Target, all_targets  # noqa: E402

SLOWEST_S = 5.0
WAITING = 10
"""A process on a busy machine may wait this many times as long as it computes."""
START_S = 120.0
"""For importing everything and reading every whole file once."""
MOST_MB = 500
"""Above what the process takes with everything imported and every whole file read."""
RESTART_AFTER = 4000
"""Inputs after which a new process begins, so that the memory of one is not blamed on another."""


@dataclass(frozen=True)
class Fault:
    """Something that must not happen."""

    kind: str
    target: str
    number: int
    words: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0, help="how long to go on (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="of all damage (default 0)")
    parser.add_argument("--only", default="", help="targets whose name holds this")
    parser.add_argument("--report", type=Path, help="JSON file to write")
    parser.add_argument("--keep", type=Path, help="folder for inputs that went wrong")
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    number, peak_mb = 0, 0.0
    while time.monotonic() < end:
        number, peak = _one_process(number, end, options, counts, faults)
        peak_mb = max(peak_mb, peak)
    n = sum(counts.values())
    kinds = Counter(fault.kind for fault in faults)
    summary = {
        "inputs": n, "seed": options.seed, "by_target": dict(sorted(counts.items())),
        "crashes": kinds["crash"], "foreign_exceptions": kinds["exception"], "hangs": kinds["hang"],
        "reads_outside": kinds["outside"], "over_memory": kinds["memory"], "most_mb": round(peak_mb),
        "faults": [vars(fault) for fault in faults],
    }
    if options.report:
        options.report.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    distinct = {(fault.kind, fault.target, fault.words.splitlines()[-1] if fault.words else "") for fault in faults}
    for kind, target, words in sorted(distinct):
        print(f"{kind}: {target}: {words}")
    print(f"{n:,} damaged files over {len(counts)} kinds of input: {kinds['crash']} crashes, {kinds['exception']} "
          f"foreign exceptions, {kinds['hang']} over {SLOWEST_S:g} s, {kinds['outside']} reads outside of the folder, "
          f"{kinds['memory']} over {MOST_MB} MB; at most {peak_mb:.0f} MB.")
    return 1 if faults or not n else 0


def _one_process(
    first: int, end: float, options: argparse.Namespace, counts: Counter[str], faults: list[Fault]
) -> tuple[int, float]:
    """Watch one process until it ends; returns the number of the next input and the most memory taken, in MB."""
    here, there = multiprocessing.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    process = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, folder, first, options, end), daemon=True)
    process.start()
    there.close()
    number, target, peak, limit = first, "start", 0.0, START_S
    try:
        while True:
            if not _answers(here, process.pid, limit):
                faults.append(Fault("hang", target, number, f"no answer after {limit:g} s"))
                _keep(options.keep, folder, faults[-1])
                return number + 1, peak
            try:
                news: dict[str, Any] = here.recv()
            except EOFError:
                process.join(5)
                if process.exitcode:
                    faults.append(Fault("crash", target, number, f"exit status {process.exitcode}"))
                    _keep(options.keep, folder, faults[-1])
                    return number + 1, peak
                return number, peak
            limit = SLOWEST_S
            if "target" in news:
                number, target = news["number"], news["target"]
                continue
            if "kind" in news:
                faults.append(Fault(news["kind"], target, number, news["words"]))
            peak = max(peak, news["mb"])
            counts[target] += 1
            number += 1
    finally:
        process.kill()
        process.join()
        here.close()
        shutil.rmtree(folder, ignore_errors=True)


def _answers(news: Connection, pid: int | None, limit_s: float) -> bool:
    """Whether an answer comes within `limit_s` of computing, or `WAITING` times as long of waiting."""
    computed, begun = _cpu_s(pid), time.monotonic()
    while not news.poll(0.2):
        if _cpu_s(pid) - computed > limit_s or time.monotonic() - begun > WAITING * limit_s:
            return False
    return True


def _cpu_s(pid: int | None) -> float:
    """Seconds a process has computed; 0 once it has ended or where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _keep(keep: Path | None, folder: Path, fault: Fault) -> None:
    """Copy the damaged files that a fault belongs to."""
    if keep is None or not (folder / "case").is_dir():
        return
    target = keep / f"{fault.number:07}-{fault.kind}-{fault.target.replace(' ', '-')}"
    shutil.copytree(folder / "case", target, dirs_exist_ok=True)
    (target / "fault.txt").write_text(fault.words + "\n", encoding="utf-8")


def _work(news: Connection, folder: Path, first: int, options: argparse.Namespace, end: float) -> None:
    """Read one damaged file after another; tell what is begun and how it ended."""
    root = str(folder)
    faulthandler.enable()
    logging.disable()
    warnings.simplefilter("ignore")
    os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = os.environ["XDG_STATE_HOME"] = root
    tempfile.tempdir = root
    from mmae_core.errors import EcgError

    targets = [target for target in all_targets() if options.only in target.name]
    for target in targets:
        for files in target.seeds:
            name = _write(folder, files)
            with contextlib.suppress(EcgError):
                target.open(folder / "case", name)
    opened: list[str] = []
    sys.addaudithook(lambda event, values: opened.append(str(values[0])) if event == "open" else None)
    base_mb = _peak_mb()
    allowed = (root, sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), "/proc/self", "/usr",
               "/etc/localtime")
    for number in range(first, first + RESTART_AFTER):
        if time.monotonic() > end:
            break
        rng = random.Random(f"{options.seed}-{number}")
        target = rng.choice(targets)
        name = _write(folder, _damaged_files(target, rng))
        news.send({"target": target.name, "number": number})
        opened.clear()
        before = _peak_mb()
        fault: dict[str, str] = {}
        try:
            target.open(folder / "case", name)
        except EcgError:
            pass
        except BaseException:  # noqa: BLE001  # whatever else comes is what is looked for
            fault = {"kind": "exception", "words": traceback.format_exc(limit=-6)}
        outside = [path for path in opened if path.startswith("/") and not path.startswith(allowed)]
        if outside and not fault:
            fault = {"kind": "outside", "words": ", ".join(sorted(set(outside)))}
        peak = _peak_mb()
        if peak - base_mb > MOST_MB and peak > before and not fault:
            fault = {"kind": "memory", "words": f"{peak - base_mb:.0f} MB"}
        if fault:
            _keep(options.keep, folder, Fault(fault["kind"], target.name, number, fault["words"]))
        news.send({"mb": peak - base_mb, **fault})


def _damaged_files(target: Target, rng: random.Random) -> dict[str, bytes]:
    """A whole set of files with one of them damaged."""
    files = dict(rng.choice(target.seeds))
    other = next(iter(rng.choice(target.seeds).values()))
    names = list(files)
    name = names[0] if rng.random() < 0.8 else rng.choice(names)
    files[name] = damaged(files[name], other, rng)
    return files


def _write(folder: Path, files: Any) -> str:
    case = folder / "case"
    shutil.rmtree(case, ignore_errors=True)
    case.mkdir()
    for name, data in files.items():
        (case / name).write_bytes(data)
    return next(iter(files))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
