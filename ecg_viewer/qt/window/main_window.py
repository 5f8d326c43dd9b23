"""The window: panels around the paper. It wires; what is known lives in `ecg_viewer.state`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ecg_viewer.jobs.opening import demo_folder
from ecg_viewer.qt.actions import make_actions, tooltip
from ecg_viewer.qt.collector import WindowCollector
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.host import Host
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.paper.heat_legend import HeatLegend
from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.message_bar import MessageBar
from ecg_viewer.qt.window.action_states import ActionStates
from ecg_viewer.qt.window.empty_state import EmptyState
from ecg_viewer.qt.window.menus import Menus
from ecg_viewer.qt.window.screen_names import screen_key
from ecg_viewer.qt.window.status_bar import StatusBar
from ecg_viewer.qt.window.tool_bar import ViewerToolBar
from ecg_viewer.qt.window.window_frame import NARROW_PX, WindowFrame
from ecg_viewer.qt.worker import WorkerLane, close_all
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.session import Session
from ecg_viewer.state.settings import SettingsFile, Theme
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import RESEARCH_USE_NOTICE

AnyFeature = TypeVar("AnyFeature", bound=Feature)


class MainWindow(Host):
    """One window on one session. Closing it stops the session's workers and waits for them."""

    closing = Signal()
    """The window is gone from the screen and takes no more paths from later starts."""
    frame: WindowFrame
    status: StatusBar
    tool_bar: ViewerToolBar

    def __init__(
        self, session: Session, settings: SettingsFile, themes: ThemeKeeper, lanes: tuple[WorkerLane, ...],
        make_features: Callable[[Host], Iterable[Feature]],
    ) -> None:
        """`make_features` gives the window's capabilities one by one, each made when the one before has its actions."""
        super().__init__()
        self.session = session
        self.settings = settings
        self.themes = themes
        self._lanes = lanes
        self._is_watching_screen = False
        self._collector = WindowCollector(self)
        self.setWindowTitle("ECG Viewer")
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 520)
        session.view.set_heat_opacity(settings.settings.heat_opacity)
        self.paper = PaperView(session.view, session.heat, self)
        self.legend = HeatLegend(themes.paper)
        self.notice_bar = MessageBar("notice", translatable("I understand"))
        self.error_bar = MessageBar("error", translatable("Close"))
        self.status = StatusBar(session)
        self.setStatusBar(self.status)
        self.actions_by_id = {}
        self.empty_state = EmptyState()
        self.frame = WindowFrame(
            (self.notice_bar, self.error_bar),
            self.paper,
            self.empty_state,
            QWidget(),  # the worklist takes this place
            QWidget(),  # the review's table takes this one
            self.legend,
        )
        self.setCentralWidget(self.frame)
        self._features: dict[type[Feature], Feature] = {}
        for feature in make_features(self):
            self._features[type(feature)] = feature
            self.actions_by_id |= make_actions(self, feature.actions, feature)
        self.action_specs = tuple(spec for feature in self._features.values() for spec in feature.actions)
        self.empty_state.offer(self.actions_by_id[name] for name in ("open", "open_folder", "open_demo"))
        self.tool_bar = ViewerToolBar(session, self.actions_by_id, self)
        self.addToolBar(self.tool_bar)
        self.menus = Menus(
            self, self.action_specs, self.actions_by_id, settings, session.models, session.open, self.choose_theme
        )
        for feature in self._features.values():
            feature.ready()
        self._connect()
        self._show_theme()
        self._states = ActionStates(session, self.actions_by_id, self._features.values(), self)
        self.paper.setFocus()

    def feature(self, kind: type[AnyFeature]) -> AnyFeature:
        """The window's feature of a kind. Raises KeyError before it is made."""
        feature = self._features[kind]
        assert isinstance(feature, kind)
        return feature

    def action(self, action_id: str) -> QAction:
        """An action, enabled and checked as things stand at this moment. Raises KeyError for an unknown one."""
        self._states.flush()
        return self.actions_by_id[action_id]

    @property
    def refreshes(self) -> int:
        """How often all actions were refreshed so far."""
        return self._states.refreshes

    @property
    def records_panel(self) -> QWidget:
        return self.frame.records_panel

    @property
    def findings_panel(self) -> QWidget:
        return self.frame.findings_panel

    @property
    def centre(self) -> QSplitter:
        """Holds the paper; further papers stand beside it."""
        return self.frame.centre

    def add_side_tab(self, widget: QWidget, title: str) -> None:
        """Put a panel beside the summary, at the right below the findings; `title` is English."""
        self.frame.add_side_tab(widget, title)

    def add_side_panel(self, panel: QWidget, title: str) -> None:
        """Put a panel into the scrolling side tab of that English title, below those that are there."""
        self.frame.add_side_panel(panel, title)

    def add_strip(self, widget: QWidget, *, top: bool) -> None:
        """Put a strip as wide as the paper above it, or below it."""
        self.frame.add_strip(widget, top=top)

    def set_records_panel(self, panel: QWidget) -> None:
        """Put another list of recordings at the left."""
        self.frame.set_records_panel(panel)

    def set_findings_panel(self, panel: QWidget) -> None:
        """Put another list of findings at the top right."""
        self.frame.set_findings_panel(panel)

    def worker(self, name: str) -> WorkerLane:
        """A new thread for a feature's long work; the window stops it when it closes."""
        lane = WorkerLane(name)
        self._lanes = (*self._lanes, lane)
        return lane

    def fit_panels(self) -> None:
        """In a small window, give the room to the ECG; called once, when the first size is known."""
        if self.width() < NARROW_PX:
            self.frame.leave_room_for_paper(self.width())

    def show_notice_once(self) -> None:
        """At the first start, show the research-use notice, without blocking."""
        if not self.settings.settings.notice_seen:
            self.show_notice()

    def show_notice(self) -> None:
        """Show the research-use notice."""
        self.notice_bar.show_message(tr(RESEARCH_USE_NOTICE))

    def show_empty_state(self) -> None:
        """Offer the ways to open something while nothing is open, nor about to be."""
        is_empty = self.session.record is None and not self.session.is_opening
        self.frame.show_empty(is_empty)

    def show_problem(self, problem: Problem) -> None:
        """Show what went wrong; what is open stays."""
        self.error_bar.show_message(problem.message, problem.details, problem.weight)

    def receive_paths(self, paths: list[Path]) -> None:
        """Another start of the program was given `paths` (perhaps none): open them, and come to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if paths:
            self.session.open(paths)

    def retranslate(self) -> None:
        """Set the texts of actions, menus and features anew in the chosen language; widgets do so by themselves."""
        for spec in self.action_specs:
            self.actions_by_id[spec.id].setText(tr(spec.text))
            self.actions_by_id[spec.id].setToolTip(tooltip(spec))
        self.menus.retranslate()
        if not self.notice_bar.isHidden():
            self.show_notice()
        for feature in self._features.values():
            feature.retranslate()

    def choose_theme(self, theme: Theme) -> None:
        """Use light, dark or the system's colours from now on."""
        self.settings.change(theme=theme)
        self.themes.choose(theme)

    def open_demo(self) -> None:
        """Open the recordings that come with the program, if it has any."""
        folder = demo_folder()
        if folder is None:
            self.show_problem(Problem(tr("This installation has no demo recordings. Open a recording of your own.")))
        else:
            self.session.open([folder], "demo")

    def use_screen(self) -> None:
        """Take over what is known of the screen the window is on."""
        measured = self.settings.settings.px_per_mm.get(screen_key(self.screen()))
        self.paper.set_screen_scale(None if measured is None else ScreenScale(measured))
        self.tool_bar.set_millimetres_known(self.paper.screen_scale.is_known)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._states.flush()  # a key typed in the turn of a change must find its action enabled
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            _accept_a_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            _accept_a_copy(event)
            self.session.open(paths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.use_screen()
        if not self._is_watching_screen:
            self._is_watching_screen = True
            self.windowHandle().screenChanged.connect(self.use_screen)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange:
            self.full_screen_changed.emit()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once, then wait for the threads: destroying a running one would crash the program."""
        if not all(feature.may_close() for feature in self._features.values()):
            return event.ignore()
        self.hide()
        self.closing.emit()
        self._states.close()
        for feature in self._features.values():
            feature.close()
        self.settings.change(heat_opacity=self.session.view.heat_look.opacity)
        close_all(self._lanes)
        self.paper.close_loader()
        self._collector.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        session, view = self.session, self.session.view
        session.failed.connect(self.show_problem)
        session.record_changed.connect(self._show_record)
        session.opening_changed.connect(self.show_empty_state)
        session.opened.connect(self._remember)
        view.heat_changed.connect(self._show_heat)
        self.paper.load_failed.connect(self.error_bar.show_message)
        self.themes.changed.connect(self._show_theme)
        self.status.cancel_clicked.connect(session.cancel)
        self.paper.hovered.connect(self.status.show_cursor)
        self.notice_bar.dismissed.connect(self._accept_notice)

    def _show_record(self) -> None:
        record = self.session.record
        self.setWindowTitle("ECG Viewer" if record is None else f"{record.name} – ECG Viewer")
        self.error_bar.withdraw()

    def _remember(self, path: Path) -> None:
        self.settings.remember_file(path.absolute())

    def _accept_notice(self) -> None:
        self.settings.change(notice_seen=True)

    def _show_heat(self) -> None:
        self.legend.set_look(self.session.view.heat_look)

    def _show_theme(self) -> None:
        self.paper.set_theme(self.themes.paper)
        self.legend.set_theme(self.themes.paper)
        self.menus.show_theme(self.themes.theme)


def _accept_a_copy(event: QDropEvent) -> None:
    """Take what is dropped, never as a move: the program it came from would delete the files."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
