"""Scores a large cohort made of links, and says what it costs; kills it on the way, and compares.

    python packaging/cohort_benchmark.py links  PTBXL FOLDER --records 100000
    python packaging/cohort_benchmark.py run    FOLDER --jobs 2
    python packaging/cohort_benchmark.py kills  FOLDER --jobs 2 --kills 6

`run` prints records per second, CPU time per record and the memory of every process over time, as JSON. `kills` scores
the folder once in one process without a stop, then on a local cluster whose workers, and whose scheduler with all, are
killed again and again, and compares the two tables byte by byte. Needs Linux (/proc).
Options of `mmae_core score` follow after --.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SAMPLE_S = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    links = commands.add_parser("links")
    links.add_argument("source", type=Path)
    links.add_argument("folder", type=Path)
    links.add_argument("--records", type=int, default=100_000)
    for name in ("run", "kills"):
        command = commands.add_parser(name)
        command.add_argument("folder", type=Path)
        command.add_argument("--jobs", type=int, default=2)
        command.add_argument("--output", type=Path, default=Path("cohort-benchmark.parquet"))
        command.add_argument("--kills", type=int, default=6)
    given = list(sys.argv[1:] if arguments is None else arguments)
    end = given.index("--") if "--" in given else len(given)
    options = parser.parse_args(given[:end])
    options.score = given[end + 1 :]
    if options.command == "links":
        make_links(options.source, options.folder, options.records)
        return 0
    figures = timed(options) if options.command == "run" else kills(options)
    print(json.dumps(figures, indent=1))
    return 0 if figures.get("equal", True) else 1


def make_links(source: Path, folder: Path, n_records: int) -> None:
    """Hard links to the records of a folder, again and again, a folder for each round: no bytes but their names."""
    headers = sorted(source.rglob("*.hea"))
    if not headers:
        raise SystemExit(f"{source} holds no WFDB headers.")
    for number in range(n_records):
        header = headers[number % len(headers)]
        place = folder / f"round-{number // len(headers):05d}"
        place.mkdir(parents=True, exist_ok=True)
        for file in (header, header.with_suffix(".dat")):
            if not (place / file.name).exists():
                os.link(file, place / file.name)
    print(f"{n_records:,} records of {len(headers):,} in {folder}", file=sys.stderr)


def command_of(options: argparse.Namespace, output: Path, jobs: int, *more: str) -> list[str]:
    """`mmae_core score` of the folder."""
    return [sys.executable, "-m", "mmae_core", "score", str(options.folder), "--output", str(output), "--jobs",
            str(jobs), *options.score, *more]


def clear(output: Path) -> None:
    """Forget earlier runs."""
    output.unlink(missing_ok=True)
    shutil.rmtree(output.with_name(f"{output.name}.parts"), ignore_errors=True)


def timed(options: argparse.Namespace) -> dict[str, Any]:
    """Records per second and memory over time of one run."""
    clear(options.output)
    began = time.monotonic()
    process = subprocess.Popen(command_of(options, options.output, options.jobs), stderr=subprocess.PIPE, text=True)
    samples: list[dict[str, Any]] = []
    parts = options.output.with_name(f"{options.output.name}.parts")
    while process.poll() is None:
        held = {pid: megabytes(pid) for pid in tree(process.pid)}
        samples.append({"s": round(time.monotonic() - began), "parts": count_parts(parts),
                        "mb": sorted((value for value in held.values() if value > 50), reverse=True)})
        time.sleep(SAMPLE_S)
    elapsed_s = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = (process.stderr.read() if process.stderr else "").strip().splitlines()
    n_records = sum(1 for _ in options.folder.rglob("*.hea"))
    return {
        "command": " ".join(command_of(options, options.output, options.jobs)[1:]), "said": said[-2:],
        "records": n_records, "jobs": options.jobs, "elapsed_s": round(elapsed_s, 1),
        "records_per_s": round(n_records / elapsed_s, 2), "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "cpu_ms_per_record": round(1000 * (used.ru_utime + used.ru_stime) / n_records, 2),
        "page_faults_per_record": round(used.ru_minflt / n_records, 1),
        "most_mb_of_a_process": max((value for sample in samples for value in sample["mb"]), default=0),
        "memory": thinned(samples),
    }


def kills(options: argparse.Namespace) -> dict[str, Any]:
    """The table of a run that is killed again and again, beside that of one that is left in peace."""
    serial = options.output.with_name(f"serial-{options.output.name}")
    clear(serial)
    clear(options.output)
    subprocess.run(command_of(options, serial, 1), check=True)
    chance = random.Random(1)
    done = []
    process = subprocess.Popen(command_of(options, options.output, options.jobs))
    parts = options.output.with_name(f"{options.output.name}.parts")
    n_chunks = -(-sum(1 for _ in options.folder.rglob("*.hea")) // 20)
    for number in range(options.kills):
        target = (number + 1) * n_chunks // (options.kills + 3)
        while process.poll() is None and count_parts(parts) < target:
            time.sleep(0.2)
        if process.poll() is not None:
            break
        if number % 2:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            done.append(f"scheduler and all after {count_parts(parts)} parts")
            process = subprocess.Popen(command_of(options, options.output, options.jobs, "--resume"))
        else:
            workers = [pid for pid in tree(process.pid) if pid != process.pid and megabytes(pid) > 200]
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
                done.append(f"a worker after {count_parts(parts)} parts")
    status = process.wait()
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
               for path in (serial, options.output)]
    return {"status": status, "killed": done, "sha256": digests, "equal": digests[0] == digests[1] != ""}


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def megabytes(pid: int) -> int:
    """Memory that a process holds."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1000 for line in lines if line.startswith("VmRSS:")), 0)


def count_parts(folder: Path) -> int:
    """Chunks that are done."""
    try:
        return sum(name.endswith(".csv") and not name.endswith(".summary.csv") for name in os.listdir(folder))
    except OSError:
        return 0


def thinned(samples: list[dict[str, Any]], most: int = 20) -> list[dict[str, Any]]:
    """At most `most` of them, evenly."""
    step = max(1, -(-len(samples) // most))
    return samples[::step]


if __name__ == "__main__":
    sys.exit(main())
