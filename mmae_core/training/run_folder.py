"""The folder of a training run, for both training loops: settings, state to resume from, metrics, weights and a lock.

A process killed at any moment leaves a folder that the next one can continue.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.files import JSON_FAULTS, append_lines, replacing, try_lock

STATE_FILE = "state.safetensors"
METRICS_FILE = "metrics.jsonl"
WEIGHTS_FILE = "weights.safetensors"
LOCK_FILE = ".lock"

RunSettings = Mapping[str, Any]
StepReport = Callable[[int, int, float, float], None]
"""Called with (step, total steps, loss, learning rate or its share of the peak rate)."""


@dataclass(frozen=True)
class RunFolder:
    """The files of one training run."""

    path: Path
    settings_file: str
    """Name of the file that says what was asked for."""

    @property
    def state(self) -> Path:
        """Network, optimisers and progress of the last checkpoint; missing before the first."""
        return self.path / STATE_FILE

    @property
    def weights(self) -> Path:
        """The trained network; missing until the schedule has ended."""
        return self.path / WEIGHTS_FILE

    @contextmanager
    def opened(
        self, settings: RunSettings, *, resume: bool, is_same: Callable[[RunSettings, RunSettings], bool] | None = None
    ) -> Iterator[None]:
        """Begin or continue a run; until the block ends no other process can train in the folder.

        `is_same(found, asked)` says whether two settings mean the same training (default: they are equal). Raises
        ConfigError if another process trains there, or if there is a run and `resume` is False; ModelMismatch if that
        run has other settings.
        """
        settings = json.loads(json.dumps(settings))  # tuples become lists, as in the file
        self.path.mkdir(parents=True, exist_ok=True)
        with self._locked():
            path = self.path / self.settings_file
            if path.exists():
                if not resume:
                    raise ConfigError(
                        f"{self.path} already holds a run. Continue it with --resume, or name another folder."
                    )
                from mmae_core.scoring.checkpoint import read_json  # with torch: a lock alone needs none

                found = read_json(path)
                if not (is_same(found, settings) if is_same else found == settings):
                    raise ModelMismatch(
                        f"The run in {self.path} was started with other settings or other data and cannot be continued "
                        f"with these; a schedule keeps its length, too. Its settings are in {path.name}."
                    )
            else:
                with replacing(path) as part:
                    part.write_text(json.dumps(settings, indent=1))
            for leftover in self.path.glob(".*.part"):  # of a run that was killed while it wrote
                leftover.unlink()
            yield

    def require_free(self) -> None:
        """Raises ConfigError if another process trains here; to be asked before minutes of preparing."""
        if self.path.is_dir():
            with self._locked():
                pass

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self.path / LOCK_FILE
        free = try_lock(lock)
        if free is None:
            raise ConfigError(f"Another process{_holder(lock)} is training in {self.path}. Wait until it is done, or "
                              "name another folder.")
        try:
            with contextlib.suppress(OSError):  # Windows lets nobody write into a locked file
                lock.write_text(json.dumps({"process": os.getpid(), "computer": platform.node()}), encoding="utf-8")
            yield
        finally:
            free()

    def append_metrics(self, line: Mapping[str, Any]) -> None:
        """Add a line; `step` counts the steps done."""
        append_lines(self.path / METRICS_FILE, [json.dumps(line)])  # the state, written next, relies on this line

    def keep_metrics_until(self, step: int) -> None:
        """Drop the lines after `step`, the last one that the state knows of (0: none); they are written again.

        Raises ModelMismatch if lines until then are missing or damaged.
        """
        path = self.path / METRICS_FILE
        kept = [line for line in _lines(path) if line["step"] <= step]
        if (kept[-1]["step"] if kept else 0) != step:
            raise ModelMismatch(
                f"{METRICS_FILE} of the run in {self.path} is missing or incomplete: {STATE_FILE} has "
                f"done step {step:,}. Put the file back, or start the run anew in another folder."
            )
        with replacing(path) as part:
            part.write_text("".join(f"{json.dumps(line)}\n" for line in kept))


def _holder(lock: Path) -> str:
    """` (4711 on WARD3)`, for the sentence about a lock that is held; empty if it does not say."""
    try:
        found = json.loads(lock.read_text(encoding="utf-8"))
        return f" ({int(found['process'])} on {str(found['computer'])[:60]})"
    except JSON_FAULTS:
        return ""


def read_metrics(folder: Path) -> list[dict[str, Any]]:
    """The lines of a run's metrics.jsonl, at least one. Raises ModelMismatch if there is none, or one is damaged."""
    lines = _lines(folder / METRICS_FILE)
    if not lines:
        raise ModelMismatch(f"{METRICS_FILE} of the run in {folder} is missing or empty, so nothing is known of its "
                            "training. Put the file back, or train anew in another folder.")
    return lines


def _lines(path: Path) -> list[dict[str, Any]]:
    """All whole lines; a last one that was half written when the process died is left out."""
    try:
        texts = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    except UnicodeDecodeError as error:
        raise ModelMismatch(f"{path.name} of the run in {path.parent} is damaged: {error}. Put a whole one back, or "
                            "start the run anew in another folder.") from error
    if texts and not texts[-1].endswith("\n"):
        texts.pop()
    try:
        lines = [json.loads(text) for text in texts]
        if all(isinstance(line, dict) and isinstance(line.get("step"), int) for line in lines):
            return lines
        reason = "a line does not say its step"
    except JSON_FAULTS as error:
        reason = str(error)
    raise ModelMismatch(f"{path.name} of the run in {path.parent} is damaged: {reason}. Put a whole one back, or start "
                        "the run anew in another folder.")
