"""One training run as a program of its own: it can be stopped at any time and goes on where it was."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from ecg_viewer.state.words.language import tr

NAMES_FILE, WITHOUT_FILE = "names.txt", "without.txt"
MOST_LOG_CHARACTERS = 4000
_EPOCH = re.compile(r"epoch (\d+): loss ([\d.]+)")
_STAGE = re.compile(r"(preparing|training|calibrating): +(\d+)%")


@dataclass(frozen=True)
class TrainingPlan:
    """What is trained, on what, and where to."""

    data: Path
    """Folder that holds all recordings."""
    recordings: tuple[Path, ...]
    """Those to use; empty for all of the folder."""
    output: Path
    """Folder of the run; the finished model is in `model` below it."""
    preset: str
    epochs: int
    cohort: str = ""
    """Who the normals are, as the model will name them; empty for a name made from the data."""
    without: tuple[Path, ...] = ()
    """Recordings of the folder that are left out."""

    @property
    def model(self) -> Path:
        """Where the finished model will be."""
        return self.output / "model"

    def arguments(self) -> list[str]:
        """Of `mmae_core train`."""
        named = ["--names", str(self.output / NAMES_FILE)] if self.recordings else []
        named += ["--without", str(self.output / WITHOUT_FILE)] if self.without else []
        named += [f"--cohort={self.cohort}"] if self.cohort else []
        return ["train", "--data", str(self.data), "--output", str(self.output), "--preset", self.preset, "--epochs",
                str(self.epochs), "--cross-lead-epochs", str(self.epochs), "--resume", *named]


def plan_of(recordings: Sequence[Path], output: Path, preset: str, epochs: int, cohort: str = "") -> TrainingPlan:
    """A plan for single recordings, wherever they lie."""
    folder = Path(os.path.commonpath([path.absolute().parent for path in recordings]))
    return TrainingPlan(folder, tuple(recordings), output, preset, epochs, cohort)


def core_command() -> tuple[str, list[str]] | None:
    """Program and first arguments that run `mmae_core`; None where it does not come with this program."""
    if not getattr(sys, "frozen", False):
        return sys.executable, ["-P", "-m", "mmae_core"]
    suffix = Path(sys.executable).suffix
    beside = Path(sys.executable).with_name("mmae_core").with_suffix(suffix)
    return (str(beside), []) if beside.is_file() else None


class TrainingRun(QObject):
    """Runs `mmae_core train` and reads its progress."""

    changed = Signal()
    """Progress, or started."""
    finished = Signal(Path)
    """The folder of the model."""
    failed = Signal(str, str)
    """A sentence, and the last lines the program wrote."""
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._cannot_start)
        self._plan: TrainingPlan | None = None
        self._was_stopped = False
        self.log = ""
        self.stage = ""
        self.percent = 0
        self.epoch = 0
        """Epochs done in this run."""
        self.loss: float | None = None

    @property
    def plan(self) -> TrainingPlan | None:
        """What is trained now, or was last."""
        return self._plan

    @property
    def is_running(self) -> bool:
        """Whether the program runs."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, plan: TrainingPlan) -> None:
        """Start, or go on with the run in the plan's folder."""
        command = core_command()
        if command is None:
            self.failed.emit(tr("This installation cannot train: mmae_core is not beside it."), "")
            return
        self._plan, self._was_stopped, self.log, self.loss = plan, False, "", None
        self.stage, self.percent, self.epoch = "", 0, 0
        try:
            plan.output.mkdir(mode=0o700, parents=True, exist_ok=True)  # names of recordings may name people
            whole = [str(path.absolute()) for path in plan.recordings]  # so that the folder, perhaps /, is not searched
            below = [path.absolute().relative_to(plan.data.absolute()).as_posix() for path in plan.without]
            for name, names in ((NAMES_FILE, whole), (WITHOUT_FILE, below)):
                if names:
                    (plan.output / name).write_text("\n".join(names) + "\n", encoding="utf-8")
        except OSError as error:
            self.failed.emit(tr("The folder {name} cannot be written.").format(name=plan.output.name), str(error))
            return
        program, first = command
        parent = ["--parent", str(os.getpid())]  # it ends with the window, even if that is killed
        self._process.start(program, [*first, *plan.arguments(), *parent])
        self.changed.emit()

    def stop(self) -> None:
        """Stop; the run is kept up to the last epoch."""
        if self.is_running:
            self._was_stopped = True
            self._ask_to_end()

    def close(self) -> None:
        """Stop and wait for the program's end."""
        self._process.blockSignals(True)
        if self.is_running:
            self._ask_to_end()
            if not self._process.waitForFinished(5000):
                self._process.kill()
                self._process.waitForFinished(2000)

    def _ask_to_end(self) -> None:
        if sys.platform == "win32":
            self._process.kill()  # a program without a window has no other way to be asked there
        else:
            self._process.terminate()

    def _read(self) -> None:
        text = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self.log = (self.log + text.replace("\r", "\n"))[-MOST_LOG_CHARACTERS:]
        for found in _STAGE.finditer(text):
            self.stage, self.percent = found.group(1), int(found.group(2))
        for found in _EPOCH.finditer(text):
            self.epoch, self.loss = int(found.group(1)), float(found.group(2))
        self.changed.emit()

    def _end(self, status: int, _how: QProcess.ExitStatus) -> None:
        plan = self._plan
        self._read()
        if self._was_stopped:
            self.stopped.emit()
        elif status == 0 and plan is not None and (plan.model / "model.json").is_file():
            self.finished.emit(plan.model)
        else:
            self.failed.emit(tr("The training ended with an error: {reason}").format(reason=self._last_line()),
                             self.log)

    def _cannot_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit(tr("The training could not be started."), self._process.errorString())

    def _last_line(self) -> str:
        lines = [line.strip() for line in self.log.splitlines() if line.strip() and not _STAGE.search(line)]
        return lines[-1].removeprefix("mmae_core: ") if lines else tr("no reason was given")
