"""Chooses own normals, shows what was found of them, and makes models that compare with them or learn from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.own_normals.training_run import TrainingRun
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.own_normals import (
    ExaminedNormals,
    apart_sentence,
    coverage_sentence,
    drift_sentence,
    left_out_sentence,
)
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number

SHOWN, NORMALS, FOLDER = "shown", "normals", "folder"
PRESETS = ("faithful", "plus")
EPOCHS = {"faithful": 300, "plus": 100}
"""As `mmae_core.config.PRESETS` have them; a test compares."""


@dataclass(frozen=True)
class OfferedRecordings:
    """What the list of recordings offers."""

    shown: tuple[Path, ...]
    normals: tuple[Path, ...]
    """Those of `shown` whose only diagnostic superclass is NORM."""


class OwnNormalsDialog(Retranslatable, QDialog):
    """Stays beside the window; what was found is forgotten when another choice is made."""

    examine_wanted = Signal(object, str)
    """(recordings, a tuple of paths, or the path of a folder; name of the cohort)"""
    stop_wanted = Signal()
    recalibrate_wanted = Signal(object)
    """`ExaminedNormals`"""
    train_wanted = Signal(object, str, str, int)
    """(recordings or folder, name of the cohort, preset, epochs)"""
    open_wanted = Signal(Path)
    """A recording to look at."""

    def __init__(
        self, listed: Callable[[], OfferedRecordings], ask_folder: Callable[[], Path | None], training: TrainingRun,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Own normals")
        self._listed = listed
        self._ask_folder = ask_folder
        self._training = training
        self._folder: Path | None = None
        self._found: ExaminedNormals | None = None
        self._failure = ""
        self._left_out: set[Path] = set()
        self._examined_without: set[Path] = set()
        """What was left out when the recordings were examined."""
        self._offered = {*listed().shown}
        self.source = QComboBox()
        add_items(self.source, [(self._shown_text, SHOWN), (self._normals_text, NORMALS), (self._folder_text, FOLDER)])
        set_texts(self.source, name="Which normals")
        self.choose = set_texts(QPushButton(), text="Choose folder…")
        self.cohort = set_texts(QLineEdit(), name="Name of the cohort", placeholder="normals of ward 3, 2026",
                                tip="Stands beside every percentile that compares with these normals.")
        self.examine = set_texts(QPushButton(), text="Examine")
        self.stop = set_texts(QPushButton(), text="Stop")
        self.bar = QProgressBar()
        set_texts(self.bar, name="Recordings examined")
        self.found_text = PlainLabel()
        self.found_text.setWordWrap(True)
        self.found_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                            | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.found_text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.apart = set_texts(QListWidget(), name="Recordings that stand apart",
                               tip="Double click or Enter opens one. Untick it to leave it out.")
        self.recalibrate = set_texts(QPushButton(), text="Make a model with these percentiles",
                                     tip="The networks stay as they are; percentiles compare with these normals. Takes "
                                         "seconds.")
        self.preset = QComboBox()
        for name in PRESETS:
            self.preset.addItem(name, name)
        set_texts(self.preset, name="Kind of model")
        self.epochs = QSpinBox()
        self.epochs.setRange(1, 10_000)
        self.epochs.setValue(EPOCHS[PRESETS[0]])
        set_texts(self.epochs, name="Epochs")
        self.train = set_texts(QPushButton(), text="Train a model",
                               tip="A new model learns from these normals alone. Takes hours on a computer without a "
                                   "graphics card; it can be stopped, and goes on where it was.")
        self.stop_training = set_texts(QPushButton(), text="Stop training")
        self.training_bar = QProgressBar()
        set_texts(self.training_bar, name="Progress of training")
        self.training_text = PlainLabel()
        self.training_text.setWordWrap(True)
        self._arrange()
        self._connect()
        self.resize(640, 620)
        self.show_progress(None)
        self._refresh()

    @property
    def recordings(self) -> tuple[Path, ...] | Path | None:
        """What is chosen: recordings, or a folder; None if no folder has been chosen yet."""
        if self.source.currentData() == FOLDER:
            return self._folder
        return tuple(path for path in self._listed_paths() if path not in self._left_out)

    @property
    def left_out(self) -> frozenset[Path]:
        """What the user unticked."""
        return frozenset(self._left_out)

    def retranslate(self) -> None:
        self._refresh()

    def show_progress(self, progress: tuple[int, int] | None) -> None:
        """Recordings examined and all; None when nothing is examined."""
        self.bar.setVisible(progress is not None)
        self.stop.setVisible(progress is not None)
        self.examine.setVisible(progress is None)
        if progress is not None:
            self.bar.setRange(0, max(progress[1], 1))
            self.bar.setValue(progress[0])

    def show_found(self, found: ExaminedNormals) -> None:
        """What was found of the own normals."""
        self._found, self._failure = found, ""
        self._refresh()

    def show_failure(self, sentence: str) -> None:
        """Why they cannot be used."""
        self._found, self._failure = None, sentence
        self._refresh()

    def list_changed(self) -> None:
        """The list may offer other recordings: then what was found was of the former ones."""
        if self.source.currentData() != FOLDER and set(self._listed_paths()) != self._offered:
            self._forget()
        self._refresh()

    def _arrange(self) -> None:
        source = QHBoxLayout()
        source.addWidget(self.source, 1)
        source.addWidget(self.choose)
        form = QFormLayout()
        form.addRow(set_texts(PlainLabel(), text="Normals"), source)
        form.addRow(set_texts(PlainLabel(), text="Name of the cohort"), self.cohort)
        examine = QHBoxLayout()
        examine.addWidget(self.bar, 1)
        examine.addWidget(self.stop)
        examine.addStretch(0)
        examine.addWidget(self.examine)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.found_text)
        scroll.setMinimumHeight(120)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        make = QHBoxLayout()
        make.addStretch(1)
        make.addWidget(self.recalibrate)
        percentiles = set_texts(QGroupBox(), title="Percentiles against these normals")
        inside = QVBoxLayout(percentiles)
        inside.addLayout(examine)
        inside.addWidget(scroll, 1)
        inside.addWidget(self.apart)
        inside.addLayout(make)
        anew = set_texts(QGroupBox(), title="A model that learns from these normals")
        row = QHBoxLayout()
        row.addWidget(set_texts(PlainLabel(), text="Kind of model"))
        row.addWidget(self.preset)
        row.addWidget(set_texts(PlainLabel(), text="Epochs"))
        row.addWidget(self.epochs)
        row.addStretch(1)
        row.addWidget(self.stop_training)
        row.addWidget(self.train)
        learning = QVBoxLayout(anew)
        learning.addLayout(row)
        learning.addWidget(self.training_bar)
        learning.addWidget(self.training_text)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addWidget(percentiles, 1)
        layout.addWidget(anew)
        note = set_texts(PlainLabel(), text="Research use only - not for diagnosis. Who is normal, you decide: "
                                            "anything abnormal among these recordings becomes normal to the model.")
        note.setObjectName("quiet")
        note.setWordWrap(True)
        layout.addWidget(note)
        self.apart.setMaximumHeight(110)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(self._forget)
        self.cohort.textChanged.connect(self._forget_found)
        self.choose.clicked.connect(self._choose_folder)
        self.examine.clicked.connect(self._examine)
        self.stop.clicked.connect(self.stop_wanted)
        self.recalibrate.clicked.connect(self._recalibrate)
        self.preset.currentTextChanged.connect(lambda name: self.epochs.setValue(EPOCHS[name]))
        self.train.clicked.connect(self._train)
        self.stop_training.clicked.connect(self._training.stop)
        self.apart.itemActivated.connect(lambda item: self.open_wanted.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.apart.itemChanged.connect(self._tick)
        self._training.changed.connect(self.refresh_training)
        self._training.finished.connect(partial(self._say_training, translatable("The model is ready and in use.")))
        self._training.stopped.connect(partial(self._say_training, translatable(
            "Stopped. Train again with the same choices to go on.")))
        self._training.failed.connect(lambda sentence, _details: self._say_training(sentence))

    def refresh_training(self) -> None:
        """Show how far the training is."""
        run = self._training
        self.training_bar.setVisible(run.is_running)
        self.stop_training.setVisible(run.is_running)
        self.train.setVisible(not run.is_running)
        if not run.is_running:
            return
        self.training_bar.setValue(run.percent)
        stages = {"preparing": tr("Preparing the recordings"), "training": tr("Training"),
                  "calibrating": tr("Comparing with held-out normals")}
        words = stages.get(run.stage, tr("Starting"))
        if run.loss is not None and run.plan is not None:
            words += " · " + tr("epoch {n} of {total}, loss {loss}").format(
                n=run.epoch, total=run.plan.epochs, loss=number(run.loss, ".3f"))
        self.training_text.setText(words)

    def _say_training(self, sentence: str, _model: object = None) -> None:
        self.refresh_training()
        self.training_text.setText(tr(sentence))

    def _examine(self) -> None:
        chosen = self.recordings
        if chosen is not None:
            self._forget_found()
            self._examined_without = set(self._left_out)
            self.examine_wanted.emit(chosen, self.cohort.text().strip())

    def _recalibrate(self) -> None:
        if self._found is not None:
            self.recalibrate_wanted.emit(self._found)

    def _train(self) -> None:
        chosen = self.recordings
        if chosen is not None:
            self.train_wanted.emit(chosen, self.cohort.text().strip(), self.preset.currentData(), self.epochs.value())

    def _choose_folder(self) -> None:
        folder = self._ask_folder()
        if folder is not None:
            self._folder = folder
            self.source.setCurrentIndex(self.source.findData(FOLDER))
            self._forget()
            set_texts(self.source)

    def _tick(self, item: QListWidgetItem) -> None:
        path = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked:
            self._left_out.discard(path)
        else:
            self._left_out.add(path)
        self._show_what_can_be_made()

    def _listed_paths(self) -> tuple[Path, ...]:
        offered = self._listed()
        return offered.shown if self.source.currentData() == SHOWN else offered.normals

    def _forget(self) -> None:
        self._left_out.clear()
        self._examined_without.clear()
        self._offered = set(self._listed_paths())
        self._forget_found()

    def _forget_found(self) -> None:
        if self.stop.isVisibleTo(self):
            self.stop_wanted.emit()  # what is being examined is no longer what is chosen
        self._found, self._failure = None, ""
        self._refresh()

    def _refresh(self) -> None:
        for place, text in enumerate((self._shown_text, self._normals_text, self._folder_text)):
            self.source.setItemText(place, text())
        is_ready = bool(self.recordings) and bool(self.cohort.text().strip())
        self.examine.setEnabled(is_ready)
        self.train.setEnabled(is_ready)
        self._show_what_can_be_made()
        found = self._found
        if found is None:
            self.found_text.setText(self._failure or tr(
                "At least 50 normals are needed, and a name for them. They are scored with the model in use; then you "
                "see whether they belong to its present cohort, and whether their own percentiles hold."))
        else:
            lines = [left_out_sentence(found), drift_sentence(found.drift, found.former_cohort),
                     coverage_sentence(found), apart_sentence(found)]
            self.found_text.setText("\n\n".join(line for line in lines if line))
        self._fill_apart(() if found is None else found.apart)
        self.refresh_training()

    def _show_what_can_be_made(self) -> None:
        """A model is made of what was examined: not while something else is ticked."""
        self.recalibrate.setEnabled(self._found is not None and self._left_out == self._examined_without)

    def _fill_apart(self, paths: Sequence[Path]) -> None:
        self.apart.blockSignals(True)
        self.apart.clear()
        for path in paths:
            item = QListWidgetItem(path.stem)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if path in self._left_out else Qt.CheckState.Checked)
            self.apart.addItem(item)
        self.apart.blockSignals(False)
        self.apart.setVisible(bool(paths))

    def _shown_text(self) -> str:
        return tr("Recordings shown in the list ({n})").format(n=number(len(self._listed().shown), ","))

    def _normals_text(self) -> str:
        return tr("Of these, the normal ones: NORM alone ({n})").format(n=number(len(self._listed().normals), ","))

    def _folder_text(self) -> str:
        return tr("A folder") if self._folder is None else tr("Folder {name}").format(name=self._folder.name)
