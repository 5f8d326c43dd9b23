"""Proves a Debian package where nothing else is: `python packaging/prove_deb.py DEB` as root.

Makes an empty Debian of each release with debootstrap, installs the package there with apt, starts the program under
Xvfb and watches the screen until the window and the heat are there, runs `smoke_test.py`, trains a little, removes
the package and looks for what stays. Writes what it found to `docs/install_proof.md`, and pictures.

Needs root, debootstrap, Xvfb, about 4 GB of disk and a mirror of Debian. Takes some ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers.chroots import (
    ProofFailed,
    belongs_to_program,
    command,
    forget_files,
    inside,
    listing,
    mounted,
    prepare,
    remove_tree,
)
from installers.screen import HEAT_PIXELS, WINDOW_PART, bright_part, heat_pixels, save_picture, screen, wait_for

CHECKOUT = Path(__file__).resolve().parents[1]
RELEASES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
BUSY = 3.0
"""Load above which the times tell of the machine rather than of the program; the proof itself is a load of 1 to 2."""
PAGE = CHECKOUT / "docs" / "install_proof.md"


def prove(deb: Path, release: str, work: Path, scores: Path | None) -> dict[str, object]:
    """Install, use and remove the package in an empty system of that release. Returns what was measured."""
    base, root = work / f"{release}-base", work / release
    if not (base / "usr/bin/dpkg").exists():
        shutil.rmtree(base, ignore_errors=True)
        say(f"{release}: debootstrap")
        command("debootstrap", "--variant=minbase", release, str(base))
    remove_tree(root)
    command("cp", "--archive", "--reflink=auto", str(base), str(root))
    with mounted(root):
        prepare(root)
        before = listing(root)
        shutil.copyfile(deb, root / "tmp" / deb.name)
        say(f"{release}: apt install")
        started = time.monotonic()
        inside(root, "apt-get", "install", "--yes", "--quiet", "--no-install-recommends", f"/tmp/{deb.name}")
        seconds: dict[str, float] = {"install with its dependencies": time.monotonic() - started}
        (root / "tmp" / deb.name).unlink()
        packages = inside(root, "dpkg-query", "--show", "--showformat", "${Package}\n").split()
        inside(root, "useradd", "--create-home", "reader")
        pictures = work / "pictures"
        pictures.mkdir(exist_ok=True)
        for name in ("first start", "later start"):
            if name == "first start":
                forget_files(root / "usr/lib/ecg-viewer")
            say(f"{release}: {name}")
            to_window, to_heat = watch_start(root, pictures / f"{release}-{name.split()[0]}.png")
            seconds |= {f"{name}: window": to_window, f"{name}: heat": to_heat}
        say(f"{release}: smoke test")
        smoke = smoke_test(root, scores, pictures, release)
        say(f"{release}: training in a second process")
        smoke["trained"] = train_a_little(root)
        say(f"{release}: removal")
        inside(root, "apt-get", "purge", "--yes", "--quiet", "ecg-viewer")
        stays = sorted(path for path in listing(root) - before if belongs_to_program(path))
        if stays:
            raise ProofFailed(f"{release}: after removal these stay: {', '.join(stays[:20])}")
    found = {"release": RELEASES[release], "packages": len(packages),
             "seconds": {name: round(value, 1) for name, value in seconds.items()}, "smoke_test": smoke, "stays": stays}
    remove_tree(root)
    return found


def watch_start(root: Path, picture: Path) -> tuple[float, float]:
    """Seconds from starting the program to its window, and to heat on the bundled recording, on a screen of Xvfb.

    Leaves a picture of the screen. Raises ProofFailed if either does not come.
    """
    with screen(root) as (display, buffer):
        started = time.monotonic()
        program = subprocess.Popen(
            ["chroot", "--userspec=reader:reader", str(root), "/usr/bin/env", "-i", "HOME=/home/reader", "LANG=C.UTF-8",
             "PATH=/usr/bin:/bin", f"DISPLAY={display}", "ecg-viewer"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        try:
            to_window = wait_for(lambda: bright_part(buffer) > WINDOW_PART, program, started, "window")
            to_heat = wait_for(lambda: heat_pixels(buffer) > HEAT_PIXELS, program, started, "heat")
            time.sleep(2.0)  # what else is drawn: the list, the header
            save_picture(buffer, picture)
        except ProofFailed:
            save_picture(buffer, picture.with_name(f"failed-{picture.name}"))
            raise
        finally:
            program.terminate()
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()
    return to_window, to_heat


def smoke_test(root: Path, scores: Path | None, pictures: Path, release: str) -> dict[str, object]:
    """Run `smoke_test.py` against the package. The script needs Python, so it runs here, through `chroot`."""
    bridge = root.parent / "bridge"
    shutil.rmtree(bridge, ignore_errors=True)
    bridge.mkdir()
    for name in ("ecg-viewer", "mmae_core"):
        # Files that the script makes must be seen inside: its temporary folder is inside the system.
        script = bridge / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" --inside "{root}" {name} "$@"\n')
        script.chmod(0o755)
    taken = root / "tmp" / "pictures"
    taken.mkdir(exist_ok=True)
    arguments = ["--all", "--json", str(root.parent / "smoke.json")]
    arguments += ["--scores", str(scores)] if scores is not None else []
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "packaging" / "smoke_test.py"), str(bridge), str(taken), *arguments],
        env=os.environ | {"TMPDIR": str(root / "tmp")}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProofFailed(f"{release}: {done.stderr or done.stdout}")
    for picture in taken.glob("*.png"):
        shutil.copyfile(picture, pictures / f"{release}-{picture.name}")
    found: dict[str, object] = json.loads((root.parent / "smoke.json").read_text(encoding="utf-8"))
    return found


def run_inside(arguments: Sequence[str]) -> int:
    """`--inside ROOT NAME ARGUMENT…`: a command of the package in the other system, with paths as seen from here."""
    root, name, *rest = arguments
    home = os.environ["HOME"].removeprefix(root)
    environment = [f"{key}={os.environ[key].removeprefix(root)}" for key in ("HOME", "QT_QPA_PLATFORM", "TMPDIR")
                   if key in os.environ]
    line = ["chroot", root, "/usr/bin/env", "-i", f"--chdir={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", *environment,
            name, *(argument.removeprefix(root) for argument in rest)]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    # The folder that `info --demo` names is asked for from here.
    sys.stdout.write(root * (rest == ["info", "--demo"]) + done.stdout.decode("utf-8"))
    return done.returncode


def train_a_little(root: Path) -> str:
    """Train a model for one epoch on copies of the bundled recordings, as the window's own normals do it.

    Returns the last line that training wrote. Raises ProofFailed if it makes no model.
    """
    normals = root / "tmp" / "normals"
    normals.mkdir()
    demo = root / "usr/lib/ecg-viewer/_internal/mmae_core/resources/demo"
    headers = sorted(demo.glob("*.hea"))
    for number in range(42):
        source, name = headers[number % len(headers)], f"r{number:02}"
        (normals / f"{name}.hea").write_text(source.read_text(encoding="utf-8").replace(source.stem, name))
        shutil.copyfile(source.with_suffix(".dat"), normals / f"{name}.dat")
    said = inside(root, "mmae_core", "train", "--data", "/tmp/normals", "--output", "/tmp/run", "--preset", "plus",
                  "--epochs", "1", "--cross-lead-epochs", "1", "--batch-size", "4", "--cache", "/tmp/cache")
    if not (root / "tmp/run/model/model.json").is_file():
        raise ProofFailed(f"Training made no model:\n{said}")
    inside(root, "mmae_core", "info", "/tmp/run/model")
    return "one epoch of preset plus on 42 records; calibrated"


def page(found: Sequence[dict[str, Any]], deb: Path, installed_mb: float, *, compared: bool) -> str:
    """The result as a page of the documentation."""
    now = datetime.now(UTC)
    load = os.getloadavg()[0]
    version = found[0]["smoke_test"]["version"]
    busy = ": a loaded machine, and an idle one is faster" if load > BUSY else ""
    lines = [
        "# Proof of the Debian package", "",
        "Written by `packaging/prove_deb.py`; each run replaces it. [Install](install.md) says how to install.", "",
        f"On {now:%Y-%m-%d}, {deb.name} (version {version}, {deb.stat().st_size / 1e6:.1f} MB, {installed_mb:.0f} MB "
        f"installed) was installed with apt in empty systems made with debootstrap, used, and removed. "
        f"{os.cpu_count()} cores, load at the end {load:.1f}{busy}.", "",
        "| | " + " | ".join(one["release"] for one in found) + " |", "|---|" + "---|" * len(found),
    ]
    for name in found[0]["seconds"]:
        lines.append(f"| {name}, s | " + " | ".join(f"{one['seconds'][name]:.1f}" for one in found) + " |")
    scores = found[0]["smoke_test"]["scores"]
    equal = ", equal to those of the source tree to 1e-5" if compared else ""
    rows = {
        "packages in the system afterwards": [one["packages"] for one in found],
        "scores of the demo": [f"{len(one['smoke_test']['scores'])}{equal}" for one in found],
        "intervals of 00234_hr": [", ".join(f"{name} {value}" for name, value in one["smoke_test"]["intervals"].items())
                                  for one in found],
        "exported": [", ".join(one["smoke_test"]["exported"]) for one in found],
        "a file that is no recording": [one["smoke_test"]["refusal"] for one in found],
        "training in a second process": [one["smoke_test"]["trained"] for one in found],
        "left after `apt purge`": [", ".join(one["stays"]) or "nothing" for one in found],
    }
    lines += [f"| {name} | {' | '.join(map(str, values))} |" for name, values in rows.items()]
    lines += [
        "", "The first start has no settings, and none of the program's files in the file cache; the later start has "
        "both. A window is there once a quarter of the screen is bright, heat once the paper holds its colours. Both "
        "are seen on a screen of Xvfb (1600 x 1000), where everything is drawn by the processor.", "",
        "Scores: " + ", ".join(f"{name} {score:.5f}" for name, score in scores.items()) + ".",
    ]
    return "\n".join(lines) + "\n"


def say(line: str) -> None:
    """What is being done, on standard error."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Prove the package named on the command line; 0 when it works everywhere."""
    if sys.argv[1:2] == ["--inside"]:
        return run_inside(sys.argv[2:])
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("deb", type=Path)
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "proof", help="folder for the systems")
    parser.add_argument("--release", action="append", choices=RELEASES, help="only this one (default: all)")
    parser.add_argument("--scores", type=Path, metavar="CSV",
                        help="what `mmae_core score` of the source tree says of the demo; compared to 1e-5")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the result goes")
    options = parser.parse_args()
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    if options.scores is None:
        say("The scores are compared with nothing; --scores names what the source tree says.")
    try:
        found = [prove(options.deb.resolve(), one, work, options.scores and options.scores.resolve())
                 for one in options.release or RELEASES]
    except ProofFailed as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    installed = command("dpkg-deb", "--field", str(options.deb), "Installed-Size")
    text = page(found, options.deb, int(installed) * 1024 / 1e6, compared=options.scores is not None)
    options.page.write_text(text, encoding="utf-8")
    (work / "proof.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
