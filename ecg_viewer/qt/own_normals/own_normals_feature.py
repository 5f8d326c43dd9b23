"""Own normals in the window: examined, made a model's cohort, or trained on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog

from ecg_viewer.jobs.own_normals import Examining, ModelMade, examine_job, recalibrate_job
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.own_normals.drift_strip import DriftStrip
from ecg_viewer.qt.own_normals.own_normals_dialog import OfferedRecordings, OwnNormalsDialog
from ecg_viewer.qt.own_normals.training_run import TrainingPlan, TrainingRun, plan_of
from ecg_viewer.state.job_protocols import Failed, Finished, Stopped, Ticket
from ecg_viewer.state.own_normals import NORMAL, ExaminedNormals, model_folder
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class OwnNormalsFeature(Feature):
    """The dialog, the thread that examines, and the program that trains."""

    menu_place = 41
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("own_normals", "Model", translatable("Own normals…"), ("Ctrl+Alt+N",),
                   translatable("Compare with normals of your own, or train a model on them."),
                   do=lambda self: self.open(), separate=True),
    )

    def __init__(self, window: Host, worklist: Worklist) -> None:
        super().__init__(window)
        self._worklist = worklist
        self._lane = window.worker("own normals")
        self._ticket: Ticket | None = None
        self.training = TrainingRun(self)
        self.training.finished.connect(self._use)
        self.training.failed.connect(lambda sentence, details: window.show_problem(Problem(sentence, details)))
        self.dialog: OwnNormalsDialog | None = None
        self.drift = DriftStrip(worklist, window.worker("drift of normals"), self._model, self._results_key)
        self.drift.own_normals_wanted.connect(self.open)
        window.add_strip(self.drift, top=False)
        worklist.order_changed.connect(self._list_changed)

    def open(self) -> None:
        """Show the dialog."""
        if self.dialog is None:
            dialog = self.dialog = OwnNormalsDialog(self._listed, self._ask_folder, self.training, self.window)
            dialog.examine_wanted.connect(self.examine)
            dialog.stop_wanted.connect(self._stop)
            dialog.recalibrate_wanted.connect(self._recalibrate)
            dialog.train_wanted.connect(self.train)
            dialog.open_wanted.connect(lambda path: self.window.session.open([path]))
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def examine(self, recordings: tuple[Path, ...] | Path, cohort: str) -> None:
        """Score normals with the model in use and check them."""
        left_out = self.dialog.left_out if self.dialog is not None else ()
        job = examine_job(self._model(), recordings, cohort, self.window.settings.settings.device, left_out)
        self._ticket = self._lane.submit(job, self._receive)
        self._show_progress((0, 1))

    def train(self, recordings: tuple[Path, ...] | Path, cohort: str, preset: str, epochs: int) -> None:
        """Train in a folder of the user's choice, or go on with what is there."""
        start = model_folder(cohort)
        name = QFileDialog.getExistingDirectory(
            self.window, tr("A folder for the training, empty or with a training to go on with"), str(start.parent))
        if not name:
            return
        output = Path(name)
        if isinstance(recordings, Path):
            without = () if self.dialog is None else tuple(sorted(self.dialog.left_out))
            self.training.start(TrainingPlan(recordings, (), output, preset, epochs, cohort, without))
        else:
            self.training.start(plan_of(recordings, output, preset, epochs, cohort))

    def close(self) -> None:
        self.training.close()

    def _listed(self) -> OfferedRecordings:
        items = [self._worklist.columns.items[row] for row in self._worklist.order.tolist()]
        return OfferedRecordings(tuple(item.path for item in items),
                      tuple(item.path for item in items if item.superclasses == NORMAL))

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.dialog, tr("The folder of the normals"))
        return Path(name) if name else None

    def _model(self) -> str | None:
        current = self.window.session.models.current
        return None if current is None else current.key

    def _results_key(self) -> str:
        """Of the model that assesses now; empty while another one was chosen and is not there yet."""
        model = self.window.session.model
        return "" if model is None else model.results_key

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _recalibrate(self, found: ExaminedNormals) -> None:
        self._lane.submit(recalibrate_job(found, model_folder(found.cohort)), self._receive)

    def _receive(self, event: object) -> None:
        if isinstance(event, Examining):
            self._show_progress((event.done, event.total))
        elif isinstance(event, ExaminedNormals) and self.dialog is not None:
            self.dialog.show_found(event)
        elif isinstance(event, ModelMade):
            self._use(event.folder)
        elif isinstance(event, Failed):
            if self.dialog is not None:
                self.dialog.show_failure(event.message)
            if not event.is_expected:
                self.window.show_problem(Problem(event.message, event.details))
        if isinstance(event, Finished | Stopped | Failed):
            self._show_progress(None)

    def _show_progress(self, progress: tuple[int, int] | None) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(progress)

    def _use(self, folder: Path) -> None:
        self.window.session.models.choose_folder(folder)

    def _list_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.list_changed()
