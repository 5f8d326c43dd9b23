"""What a feature may use of its window. The window implements it; a feature knows no more of the window than this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QSplitter, QWidget

    from ecg_viewer.qt.feature import Feature
    from ecg_viewer.qt.paper import PaperView
    from ecg_viewer.qt.paper.heat_legend import HeatLegend
    from ecg_viewer.qt.theme import ThemeKeeper
    from ecg_viewer.qt.widgets.message_bar import MessageBar
    from ecg_viewer.qt.window.status_bar import StatusBar
    from ecg_viewer.qt.window.tool_bar import ViewerToolBar
    from ecg_viewer.qt.window.window_frame import WindowFrame
    from ecg_viewer.qt.worker import WorkerLane
    from ecg_viewer.state.problem import Problem
    from ecg_viewer.state.session import Session
    from ecg_viewer.state.settings import SettingsFile

AnyFeature = TypeVar("AnyFeature", bound="Feature")


class Host(QMainWindow):
    """The window as features see it: a session, a paper, and places for panels, actions and messages."""

    session: Session
    settings: SettingsFile
    themes: ThemeKeeper
    paper: PaperView
    legend: HeatLegend
    notice_bar: MessageBar
    error_bar: MessageBar
    status: StatusBar
    frame: WindowFrame
    tool_bar: ViewerToolBar
    """Made after the features: there from `Feature.ready` on."""
    actions_by_id: dict[str, QAction]
    """To put actions on buttons, or to change their texts; `action` tells how they stand."""

    @property
    def records_panel(self) -> QWidget:
        """The list of recordings at the left."""
        raise NotImplementedError

    @property
    def findings_panel(self) -> QWidget:
        """The list of findings at the top right."""
        raise NotImplementedError

    @property
    def centre(self) -> QSplitter:
        """Holds the paper; further papers stand beside it."""
        raise NotImplementedError

    def feature(self, kind: type[AnyFeature]) -> AnyFeature:
        """The window's feature of a kind. Raises KeyError before it is made."""
        raise NotImplementedError

    def action(self, action_id: str) -> QAction:
        """An action, enabled and checked as things stand at this moment. Raises KeyError for an unknown one."""
        raise NotImplementedError

    def worker(self, name: str) -> WorkerLane:
        """A new thread for a feature's long work; the window stops it when it closes."""
        raise NotImplementedError

    def add_side_tab(self, widget: QWidget, title: str) -> None:
        """Put a panel beside the summary, at the right below the findings; `title` is already translated."""
        raise NotImplementedError

    def add_strip(self, widget: QWidget, *, top: bool) -> None:
        """Put a strip as wide as the paper above it, or below it."""
        raise NotImplementedError

    def set_records_panel(self, panel: QWidget) -> None:
        """Put another list of recordings at the left."""
        raise NotImplementedError

    def set_findings_panel(self, panel: QWidget) -> None:
        """Put another list of findings at the top right."""
        raise NotImplementedError

    def show_problem(self, problem: Problem) -> None:
        """Say in the window what went wrong; whatever is open stays."""
        raise NotImplementedError

    def show_empty_state(self) -> None:
        """Offer the ways to open something while nothing is open, nor about to be."""
        raise NotImplementedError

    def open_demo(self) -> None:
        """Open the recordings that come with the program, if it has any."""
        raise NotImplementedError
