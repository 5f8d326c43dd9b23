"""Start of the frozen program: one executable for both commands, told apart by the name it is called by."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from pathlib import Path

PACKAGES = ("ecg_viewer", "mmae_core")


def main() -> int:
    """Run the command of that name, or `-m MODULE` of this project, as Python would in an environment."""
    multiprocessing.freeze_support()  # a second process of this program does its work here, and ends
    give_streams()
    if module := named_module(sys.argv[1:]):
        sys.argv = sys.argv[sys.argv.index("-m") + 1 :]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    if Path(sys.argv[0]).stem == "mmae_core":
        from mmae_core.cli import main as core

        return core()
    from ecg_viewer.start import main as viewer

    return viewer()


def named_module(arguments: list[str]) -> str | None:
    """The module of this project that `[-P] -m MODULE …` asks for: how the program starts parts of itself."""
    if arguments[:1] == ["-P"]:
        arguments = arguments[1:]
    if len(arguments) < 2 or arguments[0] != "-m":
        return None
    return arguments[1] if arguments[1].split(".")[0] in PACKAGES else None


def give_streams() -> None:
    """A program without a console has no standard output on Windows; what it says there goes nowhere."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open as long as the program
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


if __name__ == "__main__":
    sys.exit(main())
