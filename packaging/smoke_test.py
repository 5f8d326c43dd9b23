"""Check an installed program from outside, as a user meets it: `smoke_test.py COMMANDS_FOLDER PICTURES_FOLDER`.

The folder holds the commands of a wheel's environment (`.venv/bin`), of a package (`/usr/bin`), or a frozen program.
Standard library only, and nothing of the program is imported: what runs is what was installed. `--all` also scores,
measures, exports, and offers a file that is no recording; `--scores CSV` compares the scores with others.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SIZE = (1600, 1000)
LIMIT_S = 240
"""For one command; a cold start on a slow machine imports torch from disk."""
UNUSUAL_RECORD = "00234_hr"
"""A bundled record of an anterior infarction: there is heat to see."""
MEASURED = ("rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")
SCORE_TOLERANCE = 1e-5
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class SmokeTestFailed(Exception):
    """The installed program did not do what it should; the message holds what it printed."""


def check(commands: Path, pictures: Path, *, everything: bool = False, scores: Path | None = None) -> dict[str, object]:
    """Run the installed commands on the bundled files; leave `demo.png` and `unusual.png`.

    Returns what was found. Raises SmokeTestFailed.
    """
    demo, unusual = pictures.resolve() / "demo.png", pictures.resolve() / "unusual.png"
    with tempfile.TemporaryDirectory(prefix="smoke-") as empty:
        home = Path(empty)
        info = run(commands, "mmae_core", ["info"], home)
        if "SHA-256" not in info:
            raise SmokeTestFailed(f"`mmae_core info` names no checksum of the bundled model:\n{info}")
        print(info)
        # No path: the bundled recordings. Then one of them by its path.
        take_picture(commands, [], demo, home)
        folder = Path(run(commands, "mmae_core", ["info", "--demo"], home).strip())
        take_picture(commands, [str(folder / UNUSUAL_RECORD)], unusual, home)
        found: dict[str, object] = {"version": run(commands, "ecg-viewer", ["--version"], home).split()[-1]}
        if everything or scores is not None:
            found["scores"] = check_scores(commands, folder, scores, home)
        if everything:
            found["intervals"] = check_intervals(commands, folder, home)
            found["exported"] = check_export(commands, folder, home)
            found["refusal"] = check_refusal(commands, home)
    return found


def check_scores(commands: Path, demo: Path, expected: Path | None, home: Path) -> dict[str, float]:
    """Scores of the bundled recordings by name. Raises SmokeTestFailed where one differs from the table `expected`."""
    table = home / "scores.csv"
    run(commands, "mmae_core", ["score", str(demo), "--output", str(table)], home)
    found = scores_of(table)
    if len(found) != len(list(demo.glob("*.hea"))):
        raise SmokeTestFailed(f"Not every bundled recording has a score: {found}")
    for name, score in scores_of(expected).items() if expected is not None else ():
        if name not in found or abs(found[name] - score) > SCORE_TOLERANCE:
            raise SmokeTestFailed(f"The score of {name} is {found.get(name)}; expected {score}.")
    print(f"scores: {found}")
    return found


def scores_of(table: Path) -> dict[str, float]:
    """Score of each record in a table that `mmae_core score` wrote."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["record"]: float(row["score"]) for row in csv.DictReader(file)}


def check_intervals(commands: Path, demo: Path, home: Path) -> dict[str, float]:
    """Measured intervals of the unusual record. Raises SmokeTestFailed without a heart rate."""
    report = home / "intervals.json"
    run(commands, "mmae_core", ["intervals", "--data", str(demo), "--output", str(report)], home)
    rows = {row["record"]: row for row in json.loads(report.read_text(encoding="utf-8"))["records"]}
    measured = {name: rows[UNUSUAL_RECORD][name] for name in MEASURED if rows.get(UNUSUAL_RECORD, {}).get(name)}
    if "rate_bpm" not in measured:
        raise SmokeTestFailed(f"The rate of {UNUSUAL_RECORD} was not measured: {rows.get(UNUSUAL_RECORD)}")
    print(f"intervals of {UNUSUAL_RECORD}: {measured}")
    return measured


def check_export(commands: Path, demo: Path, home: Path) -> list[str]:
    """Names of the exported files: a page, and findings as JSON. Raises SmokeTestFailed where one is missing."""
    run(commands, "ecg-viewer", ["export", str(demo / UNUSUAL_RECORD), "--format", "pdf,json", "--output", "out"], home)
    written = sorted(path for path in (home / "out").iterdir() if path.is_file())
    by_suffix = {path.suffix: path for path in written}
    if not {".pdf", ".json"} <= set(by_suffix):
        raise SmokeTestFailed(f"A page and its findings should have been exported; found {written}.")
    if not by_suffix[".pdf"].read_bytes().startswith(b"%PDF-"):
        raise SmokeTestFailed(f"{by_suffix['.pdf']} is no PDF.")
    if not json.loads(by_suffix[".json"].read_text(encoding="utf-8")).get("findings"):
        raise SmokeTestFailed(f"{by_suffix['.json']} holds no finding.")
    print(f"exported: {[path.name for path in written]}")
    return [path.name for path in written]


def check_refusal(commands: Path, home: Path) -> str:
    """What is said of a file that is no recording. Raises SmokeTestFailed unless it is a sentence, and a failure."""
    bad = home / "bad.hea"
    bad.write_text("this is not a recording\n", encoding="utf-8")
    done = started(commands, "ecg-viewer", ["export", str(bad), "--format", "json", "--output", "bad"], home)
    sentence = done.stderr.strip().splitlines()[0] if done.stderr.strip() else ""
    if done.returncode == 0 or "Traceback" in done.stderr or not sentence.endswith("."):
        said = f"{done.returncode} {done.stderr}"
        raise SmokeTestFailed(f"A file that is no recording should be refused in a sentence; found {said}")
    print(f"refused: {sentence}")
    return sentence


def take_picture(commands: Path, paths: Sequence[str], picture: Path, home: Path) -> None:
    """Let the installed viewer save its window. Raises SmokeTestFailed unless a picture of that size is there."""
    size = "{}x{}".format(*SIZE)
    run(commands, "ecg-viewer", [*paths, "--screenshot", str(picture), "--size", size], home)
    found = png_size(picture)
    if found != SIZE:
        raise SmokeTestFailed(f"{picture} should be a window of {SIZE} pixels; found {found}.")
    print(f"{picture}: {found[0]} x {found[1]} pixels, {picture.stat().st_size} bytes")


def run(commands: Path, name: str, arguments: Sequence[str], folder: Path) -> str:
    """Standard output of an installed command, run in a folder that is its home too. Raises SmokeTestFailed."""
    done = started(commands, name, arguments, folder)
    if done.returncode:
        raise SmokeTestFailed(f"{name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def started(commands: Path, name: str, arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """An installed command that has ended, whatever its status. Raises SmokeTestFailed if there is none."""
    program = shutil.which(name, path=str(commands))
    if program is None:
        raise SmokeTestFailed(f"{commands} has no command {name}.")
    return subprocess.run(
        [program, *arguments], cwd=folder, env=clean_environment(folder), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )


def clean_environment(home: Path) -> dict[str, str]:
    """The environment without anything that points Python at other code, with an empty home and no screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "XDG_"))}
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen"}


def png_size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG file, from its header."""
    if not picture.is_file():
        raise SmokeTestFailed(f"{picture} was not written.")
    head = picture.read_bytes()[:24]
    if len(head) < 24 or not head.startswith(PNG_SIGNATURE):
        raise SmokeTestFailed(f"{picture} is no PNG file.")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def main() -> int:
    """Check the installation named on the command line; 0 when it works."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commands", type=Path, help="folder of the commands")
    parser.add_argument("pictures", type=Path, help="folder for the pictures")
    parser.add_argument("--all", action="store_true", help="also score, measure, export, and offer a bad file")
    parser.add_argument("--scores", type=Path, metavar="CSV", help="compare scores with those of this table")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write what was found")
    options = parser.parse_args()
    try:
        found = check(options.commands.absolute(), options.pictures, everything=options.all, scores=options.scores)
    except SmokeTestFailed as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
