"""Check an installed program from outside, as a user meets it: `smoke_test.py COMMANDS_FOLDER PICTURES_FOLDER`.

Standard library only, and nothing of the program is imported: what runs is what was installed.
"""

from __future__ import annotations

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
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class SmokeTestFailed(Exception):
    """The installed program did not do what it should; the message holds what it printed."""


def check(commands: Path, pictures: Path) -> None:
    """Run the installed commands on the bundled files; leave `demo.png` and `unusual.png`. Raises SmokeTestFailed."""
    demo, unusual = pictures.resolve() / "demo.png", pictures.resolve() / "unusual.png"
    with tempfile.TemporaryDirectory(prefix="smoke-") as empty:
        home = Path(empty)
        info = run(commands, "mmae_core", ["info"], home)
        if "SHA-256" not in info:
            raise SmokeTestFailed(f"`mmae_core info` names no checksum of the bundled model:\n{info}")
        print(info)
        # No path: the bundled recordings. Then one of them by its path, found as the program finds it.
        take_picture(commands, [], demo, home)
        question = "from mmae_core.resources import resource; print(resource('demo'))"
        folder = Path(run(commands, "python", ["-I", "-c", question], home).strip())
        take_picture(commands, [str(folder / UNUSUAL_RECORD)], unusual, home)


def take_picture(commands: Path, paths: Sequence[str], picture: Path, home: Path) -> None:
    """Let the installed viewer save its window. Raises SmokeTestFailed unless a picture of that size is there."""
    size = "{}x{}".format(*SIZE)
    run(commands, "ecg-viewer", [*paths, "--screenshot", str(picture), "--size", size], home)
    found = png_size(picture)
    if found != SIZE:
        raise SmokeTestFailed(f"{picture} should be a window of {SIZE} pixels; found {found}.")
    print(f"{picture}: {found[0]} x {found[1]} pixels, {picture.stat().st_size} bytes")


def run(commands: Path, name: str, arguments: Sequence[str], folder: Path) -> str:
    """Standard output of an installed command, run in a folder that is its home too."""
    program = shutil.which(name, path=str(commands))
    if program is None:
        raise SmokeTestFailed(f"{commands} has no command {name}.")
    done = subprocess.run(
        [program, *arguments], cwd=folder, env=clean_environment(folder), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )
    if done.returncode:
        raise SmokeTestFailed(f"{name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


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
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        check(Path(sys.argv[1]), Path(sys.argv[2]))
    except SmokeTestFailed as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
