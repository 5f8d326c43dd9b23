"""A screen without a monitor, and what can be seen on it."""

from __future__ import annotations

import struct
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installers.chroots import ProofFailed, command

SCREEN = (1600, 1000)
LIMIT_S = 300.0
LOOK_EVERY_S = 0.02
PAPER_ROWS, PAPER_COLUMNS = range(150, 900, 2), range(300, 1100, 2)
"""Where the screen shows traces, and no list or legend; every second pixel is enough."""
WINDOW_PART = 0.25
"""Of the screen is bright once the window is there; the root of the screen is black."""
HEAT_PIXELS = 150


def wait_for(is_there: Callable[[], bool], program: subprocess.Popen[str], started: float, what: str) -> float:
    """Seconds from `started` until something is there. Raises ProofFailed if the program ends or time runs out."""
    while time.monotonic() - started < LIMIT_S:
        if is_there():
            return time.monotonic() - started
        if program.poll() is not None:
            said = program.stdout.read() if program.stdout else ""
            raise ProofFailed(f"The program ended with {program.returncode} before its {what} was there:\n{said}")
        time.sleep(LOOK_EVERY_S)
    raise ProofFailed(f"No {what} within {LIMIT_S:.0f} s.")


@contextmanager
def screen(root: Path) -> Iterator[tuple[str, Path]]:
    """A screen that programs in `root` can draw on: its name, and the file of its pixels (XWD)."""
    folder = root.parent / "screen"
    folder.mkdir(exist_ok=True)
    number = next(n for n in range(70, 120) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    buffer = folder / "Xvfb_screen0"
    buffer.unlink(missing_ok=True)
    width, height = SCREEN
    server = subprocess.Popen(
        ["Xvfb", f":{number}", "-screen", "0", f"{width}x{height}x24", "-fbdir", folder, "-nolisten", "tcp", "-ac"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not Path(f"/tmp/.X11-unix/X{number}").exists() or not is_whole(buffer):
            if time.monotonic() > until:
                raise ProofFailed("Xvfb did not start.")
            time.sleep(0.05)
        (root / "tmp/.X11-unix").mkdir(parents=True, exist_ok=True)
        command("mount", "--bind", "/tmp/.X11-unix", str(root / "tmp/.X11-unix"))
        try:
            yield f":{number}", buffer
        finally:
            command("umount", "--lazy", str(root / "tmp/.X11-unix"))
    finally:
        server.terminate()
        server.wait(10)


def is_whole(buffer: Path) -> bool:
    """Whether the file of a screen holds all of its pixels: the server writes it while it starts."""
    width, height = SCREEN
    return buffer.exists() and buffer.stat().st_size > width * height * 4


def pixels(buffer: Path) -> tuple[bytes, int, int]:
    """Content of a screen's XWD file: bytes as blue, green, red, unused; first byte and bytes a line."""
    content = buffer.read_bytes()
    header = struct.unpack(">25I", content[:100])
    return content, header[0] + header[19] * 12, header[12]


def bright_part(buffer: Path) -> float:
    """Part of the screen that is not black: a window's."""
    content, start, stride = pixels(buffer)
    width, height = SCREEN
    places = ((row, column) for row in range(0, height, 20) for column in range(0, width, 20))
    seen = [content[start + row * stride + column * 4 + 1] for row, column in places]
    return sum(value > 20 for value in seen) / len(seen)


def heat_pixels(buffer: Path) -> int:
    """How many pixels of the paper are yellow to orange, which neither paper, grid, trace nor text is."""
    content, start, stride = pixels(buffer)
    count = 0
    for row in PAPER_ROWS:
        line = content[start + row * stride : start + (row + 1) * stride]
        for column in PAPER_COLUMNS:
            blue, green, red = line[column * 4], line[column * 4 + 1], line[column * 4 + 2]
            count += red > 180 and red >= green and green - blue > 30
    return count


def save_picture(buffer: Path, path: Path) -> None:
    """Write what the screen shows as PNG."""
    content, start, stride = pixels(buffer)
    width, height = SCREEN
    lines = []
    for row in range(height):
        line = content[start + row * stride : start + row * stride + width * 4]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
        lines.append(b"\0" + bytes(rgb))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
             (b"IDAT", zlib.compress(b"".join(lines), 6)), (b"IEND", b""))
    blocks = [struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
              for kind, data in parts]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(blocks))
