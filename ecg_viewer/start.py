"""The command `ecg-viewer`: starts the model's process, then imports the viewer, which takes a while."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from ecg_viewer.jobs.process_line import process_ahead


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the viewer. Returns the exit status, as `ecg_viewer.app.main` does."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    ahead = process_ahead(arguments)
    try:
        gc.disable()  # what is imported is no garbage, and looking for some would take a tenth of the time
        from ecg_viewer.app import main as viewer

        gc.freeze()
        gc.enable()
        return viewer(arguments, ahead)
    finally:
        if ahead is not None:
            ahead.end()
