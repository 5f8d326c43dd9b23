"""Four recordings at once: papers in two rows of two, scrolled and scaled together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.qt.research.four_panel import FourPanel
from ecg_viewer.qt.research.turns import Turns
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.render.geometry import joined_extents
from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from ecg_viewer.state.research.comparison import LinkedViews
from ecg_viewer.state.research.four import CHOICE_WORDS, Choice
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

N_PANELS = 4
LAYOUTS = ("3x4", "3x4+II", "6x2", "12x1")
"""Those that can be read on a quarter of a screen, first what suits it."""
SCREEN_SHARE = 0.96
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}


class FourDialog(QDialog):
    """A window made anew each time; closing it ends its threads and lets its recordings go."""

    chosen = Signal(Path)
    """A recording is to be opened in the main window."""
    choice_wanted = Signal(str)
    """Other four recordings."""
    ended = Signal()
    """It is closed, and its threads have ended."""

    def __init__(self, window: Host, make_scorer: Callable[[str], Scorer]) -> None:
        super().__init__(window)
        self._window = window
        self._is_open = True
        set_texts(self, window_title="Four ECGs")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        model = window.session.model
        self._lane = WorkerLane("four model")
        self._turns = Turns(self._lane)
        scorer = make_scorer(model.device if model is not None and model.device else "auto")
        self.panels = tuple(FourPanel(place + 1, window.session, scorer, self._turns) for place in range(N_PANELS))
        first = self.panels[0].session.view
        self.views = tuple(LinkedViews(first, panel.session.view) for panel in self.panels[1:])
        self.which = set_texts(QComboBox(), name="Which four recordings")
        add_items(self.which, ((words, choice) for choice, words in CHOICE_WORDS.items()))
        self.which.activated.connect(lambda: self.choice_wanted.emit(self.which.currentData()))
        self.layout_box = set_texts(QComboBox(), name="Layout of the four papers")
        add_items(self.layout_box, ((LAYOUTS_BY_ID[layout].title, layout) for layout in LAYOUTS))
        self.layout_box.currentIndexChanged.connect(self._arrange)
        self.open_button = set_texts(QPushButton(), text="Open", tip="Open the recording with the frame (Enter)")
        self.close_button = set_texts(QPushButton(), text="Close")
        for button in (self.open_button, self.close_button):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_button.clicked.connect(self.open_active)
        self.close_button.clicked.connect(self.close)
        self.problem = PlainLabel()
        self.problem.setObjectName("quiet")
        self.problem.setWordWrap(True)
        self._lay_out()
        for panel in self.panels:
            panel.activated.connect(lambda panel=panel: self.activate(self.panels.index(panel)))
            panel.open_wanted.connect(self.open_active)
            panel.failed.connect(lambda problem: self.problem.setText(problem.message))
            panel.paper.reach.own_changed.connect(self._line_up)
        window.themes.changed.connect(self._dress, Qt.ConnectionType.QueuedConnection)
        self._take_over()
        self.activate(0)

    @property
    def active(self) -> FourPanel:
        """The one with the frame."""
        return next(panel for panel in self.panels if panel.is_active)

    def show_recordings(self, choice: Choice, paths: Sequence[Path]) -> None:
        """Show these recordings, four at most, from the upper left."""
        self.which.setCurrentIndex(self.which.findData(choice))
        self.problem.setText("")
        for panel, path in zip(self.panels, paths, strict=False):
            panel.show()
            if panel.path not in (None, path):
                panel.session.close()  # one that cannot be read leaves no other in its place
            panel.session.open([path])
        for panel in self.panels[len(paths):]:
            panel.hide()
        self.activate(0)

    def activate(self, place: int) -> None:
        """Put the frame round one of those that are shown."""
        if not self.panels[place].isHidden():
            for at, panel in enumerate(self.panels):
                panel.set_active(at == place)
            self.panels[place].paper.setFocus()

    def open_active(self) -> None:
        """Open the recording with the frame in the main window, and close this one."""
        path = self.active.path
        if path is not None:
            self.close()
            self.chosen.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, view = Qt.Key(event.key()), self.panels[0].session.view
        place = self.panels.index(self.active)
        if key in _STEPS and 0 <= place + _STEPS[key] < N_PANELS:
            self.activate(place + _STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_active()
        elif event.text() in ("+", "-"):
            view.step_gain(1 if event.text() == "+" else -1)
        elif event.text() in ("[", "]"):
            view.step_speed(1 if event.text() == "]" else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            view.scroll_by_windows(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)  # Esc closes

    def done(self, result: int) -> None:
        """Esc and the window's own button end here, too."""
        self._end()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._window.themes.changed.disconnect(self._dress)
        for views in self.views:
            views.close()
        self._turns.close()
        self._lane.ask_to_stop()
        for panel in self.panels:
            panel.close_threads()
        self._lane.close()
        self.deleteLater()
        self.ended.emit()

    def _lay_out(self) -> None:
        top, grid = QHBoxLayout(), QGridLayout()
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        hint = set_texts(PlainLabel(), text=translatable("Arrow keys choose, Enter opens; + − [ ] Page: all four"))
        hint.setObjectName("quiet")
        for widget in (self.which, self.layout_box, hint, self.problem, badge, self.open_button, self.close_button):
            top.addWidget(widget)
        top.setStretchFactor(self.problem, 1)
        grid.setSpacing(4)
        for place, panel in enumerate(self.panels):
            grid.addWidget(panel, place // 2, place % 2)
        for track in range(2):
            grid.setRowStretch(track, 1)
            grid.setColumnStretch(track, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(top)
        layout.addLayout(grid, 1)
        room = self.screen().availableGeometry()
        self.resize(round(SCREEN_SHARE * room.width()), round(SCREEN_SHARE * room.height()))

    def _take_over(self) -> None:
        """Scale, heat and colours of the main window; the layout is this window's own."""
        theirs, view = self._window.session.view, self.panels[0].session.view
        view.set_speed(theirs.calibration.mm_per_s)
        view.set_gain(theirs.calibration.mm_per_mv)
        view.set_heat_look(theirs.heat_look)
        view.set_heat_visible(theirs.heat_visible)
        self._arrange()
        self._dress()

    def _arrange(self) -> None:
        cabrera = self._window.session.view.lead_choice.cabrera
        self.panels[0].session.view.restore_leads(LeadChoice(layout=self.layout_box.currentData(), cabrera=cabrera))

    def _dress(self) -> None:
        if self._is_open:
            for panel in self.panels:
                panel.dress(self._window.themes, self._window.paper)

    def _line_up(self) -> None:
        """The same lead at the same height on all papers."""
        shown = [panel for panel in self.panels if panel.session.record is not None and not panel.isHidden()]
        records = [panel.session.record for panel in shown]
        leads = tuple(dict.fromkeys(lead for record in records if record is not None for lead in record.trace_names))
        extents = joined_extents(panel.paper.reach.own for panel in shown)
        heights = [panel.foot.own_height(panel.paper) for panel in shown]
        for panel in shown:
            panel.foot.least_px = max(heights)
            panel.session.view.set_common_leads(leads)
            panel.paper.reach.set_common(extents)
            panel.paper.set_foot(panel.foot)
