"""The model in the window: choosing another one, assessing what is open, and stopping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.window.open_dialogs import ask_folder, last_folder
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

ASSESS_AT_LATEST_MS = 400
"""Start assessing after this time even if the trace is not yet drawn or the window is hidden."""


def _is_assessing(feature: ModelFeature) -> bool:
    return feature.window.session.assessment.phase.is_running


class ModelFeature(Feature):
    """Assesses a recording as soon as its trace is on the screen."""

    menu_place = 4
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("open_model", "Model", translatable("Other model folder…"), (),
                   translatable("Choose a folder that mmae_core train or mmae_core release has written; it is "
                                "remembered."),
                   do=lambda self: self.open_model()),
        ActionSpec("assess", "Model", translatable("Assess again"), ("Ctrl+R",),
                   translatable("Let the model assess the open recording again."),
                   do=lambda self: self.window.session.assess(), enabled=has_record, separate=True),
        ActionSpec("cancel", "Model", translatable("Stop assessing"), ("Esc",),
                   translatable("Stop; what is known so far stays."),
                   do=lambda self: self.window.session.cancel(), enabled=_is_assessing),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        session = window.session
        self._at_latest = QTimer(self)
        self._at_latest.setSingleShot(True)
        self._at_latest.setInterval(ASSESS_AT_LATEST_MS)
        self._at_latest.timeout.connect(session.assess)
        session.record_changed.connect(self._at_latest.start)
        session.hidden_changed.connect(self._assess_revealed)
        # Queued, as the trace is shown while the paper is being painted.
        window.paper.trace_shown.connect(self._assess_now, Qt.ConnectionType.QueuedConnection)
        session.models.chosen.connect(self._remember)

    def open_model(self) -> None:
        """Ask for a folder with a model, and use it."""
        models = self.window.session.models
        in_use = models.current
        start = last_folder(self.window.settings.settings)
        if in_use is not None and not in_use.is_bundled:
            start = str(Path(in_use.key).parent)
        folder = ask_folder(self.window, tr("Open the folder of a model"), start)
        if folder is not None:
            models.choose_folder(folder)

    def close(self) -> None:
        self._at_latest.stop()

    def _assess_now(self) -> None:
        """The trace is on the screen: start assessing, unless that has been done."""
        if self._at_latest.isActive():
            self._at_latest.stop()
            self.window.session.assess()

    def _assess_revealed(self) -> None:
        """Results may be seen now, and the trace has long been there."""
        if self._at_latest.isActive() and not self.window.session.is_hidden and self.window.paper.is_complete:
            self._assess_now()

    def _remember(self) -> None:
        """Remember the model the user chose, but not one named on the command line."""
        models = self.window.session.models
        if not models.is_for_this_start_only:
            self.window.settings.change(model=models.to_remember)
