"""Keeps `python -m` from importing modules out of the working folder."""

import os
import sys


def forget_start_folder(main_file: str) -> None:
    """Remove the working folder from `sys.path`, where `python -m` puts it first, unless the program lies there.

    A folder of recordings from anywhere may hold a `torch.py`. `main_file` is the `__main__.py` of a package, which
    must call this before it imports anything but this module.
    """
    program = os.path.dirname(os.path.dirname(os.path.abspath(main_file)))
    try:
        start = os.getcwd()
    except FileNotFoundError:  # removed since; nothing can be imported from it
        return
    if not sys.flags.safe_path and sys.path and sys.path[0] in ("", start) and not os.path.samefile(start, program):
        del sys.path[0]
