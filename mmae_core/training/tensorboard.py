"""Metrics of a run for TensorBoard, if that package is installed: the lines of metrics.jsonl as curves."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mmae_core.errors import ConfigError

BOARD_FOLDER = "tensorboard"
"""Of a run: `tensorboard --logdir RUN` finds it."""
NOT_CURVES = frozenset({"step", "epoch", "processes"})


def require_tensorboard() -> None:
    """Raise ConfigError if the package is missing."""
    if importlib.util.find_spec("tensorboard") is None:
        raise ConfigError("--tensorboard needs the package tensorboard, which is not installed: pip install "
                          "tensorboard. metrics.jsonl holds the same numbers.")


@contextmanager
def board(run_folder: Path, *, wanted: bool) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """A function that takes each line of metrics.jsonl; it does nothing unless wanted.

    Of a resumed run the curves go on at its first new line, whatever was drawn beyond it. Raises ConfigError if the
    package is missing.
    """
    if not wanted:
        yield lambda line: None
        return
    require_tensorboard()
    from torch.utils.tensorboard import SummaryWriter

    writers: list[Any] = []

    def write(line: Mapping[str, Any]) -> None:
        if not writers:
            writers.append(SummaryWriter(str(run_folder / BOARD_FOLDER), purge_step=line["step"]))
        for name, value in line.items():
            if name not in NOT_CURVES and value is not None:
                writers[0].add_scalar(name, value, line["step"])
        writers[0].flush()

    try:
        yield write
    finally:
        for writer in writers:
            writer.close()
