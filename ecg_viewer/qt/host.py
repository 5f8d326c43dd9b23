"""What a feature may use of its window. The window implements it; a feature knows no more of the window than this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QSplitter

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QTabWidget, QWidget

    from ecg_viewer.qt.actions import ActionSpec
    from ecg_viewer.qt.paper import PaperView
    from ecg_viewer.qt.paper.heat_legend import HeatLegend
    from ecg_viewer.qt.paper.hover import Hover
    from ecg_viewer.qt.paper.layer_legend import LayerLegend
    from ecg_viewer.qt.theme import ThemeKeeper
    from ecg_viewer.qt.widgets.message_bar import MessageBar
    from ecg_viewer.qt.worker import WorkerLane
    from ecg_viewer.state.problem import Problem
    from ecg_viewer.state.session import Session
    from ecg_viewer.state.settings import SettingsFile


class Status(Protocol):
    """The status bar."""

    def showMessage(self, text: str, timeout: int = ...) -> None: ...

    def currentMessage(self) -> str: ...

    def clearMessage(self) -> None: ...

    def show_cursor(self, hover: Hover | None) -> None:
        """What is at a point of a paper; None: nothing."""


class ToolBar(Protocol):
    """The tool bar."""

    def show_place(self, place: int | None, count: int, none: str = "") -> None:
        """Between its arrows: the position in the list of findings, or `none` if that is empty."""


class Frame(QSplitter):
    """The window's columns: list of recordings, middle, right column."""

    panels_changed = Signal()
    """`records_wanted` or `findings_wanted` may have changed."""
    records_wanted: bool
    findings_wanted: bool
    """Whether the user wants to see the list and the right column; a wide table may hide them all the same."""
    side_tabs: QTabWidget
    cover_panel: QWidget | None
    """What stands in place of the right column; None: its own content."""

    @property
    def side(self) -> QSplitter:
        """Of the right column: findings above, tabs below."""
        raise NotImplementedError

    def show_records(self) -> None:
        """Show the list of recordings."""
        raise NotImplementedError

    def toggle_records(self) -> None:
        """Show or hide the list of recordings."""
        raise NotImplementedError

    def toggle_findings(self) -> None:
        """Show or hide the right column."""
        raise NotImplementedError

    def cover(self, panel: QWidget | None) -> None:
        """Show `panel` in place of the right column and nothing beside the paper; None: everything again."""
        raise NotImplementedError

    def cover_records(self, panel: QWidget | None) -> None:
        """Show `panel` in place of the list of recordings; None: the list again."""
        raise NotImplementedError

    def add_heading(self, widget: QWidget) -> None:
        """Put a line above the findings and the tabs, which says whose they are."""
        raise NotImplementedError

    def add_above_legend(self, legend: LayerLegend) -> None:
        """Put the layers' legend above that of the colours; it shrinks with it in a low window."""
        raise NotImplementedError


class Host(QMainWindow):
    """The window as features see it: a session, a paper, and places for panels, actions and messages."""

    full_screen_changed = Signal()
    """The window takes the whole screen, or no longer."""
    session: Session
    settings: SettingsFile
    themes: ThemeKeeper
    paper: PaperView
    legend: HeatLegend
    notice_bar: MessageBar
    error_bar: MessageBar
    status: Status
    frame: Frame
    tool_bar: ToolBar
    """Made after the features: there from `Feature.ready` on."""
    actions_by_id: dict[str, QAction]
    """To put actions on buttons, or to change their texts; `action` tells how they stand."""
    action_specs: tuple[ActionSpec, ...]
    """What all features declare, in the order of the menus; there from `Feature.ready` on."""

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

    def action(self, action_id: str) -> QAction:
        """An action, enabled and checked as things stand at this moment. Raises KeyError for an unknown one."""
        raise NotImplementedError

    def worker(self, name: str) -> WorkerLane:
        """A new thread for a feature's long work; the window stops it when it closes."""
        raise NotImplementedError

    def add_side_tab(self, widget: QWidget, title: str) -> None:
        """Put a panel beside the summary, at the right below the findings; `title` is English."""
        raise NotImplementedError

    def add_side_panel(self, panel: QWidget, title: str) -> None:
        """Put a panel into the scrolling side tab of that English title, below those that are there."""
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

    def show_notice(self) -> None:
        """Show the research-use notice."""
        raise NotImplementedError

    def use_screen(self) -> None:
        """Take over what is known of the screen the window is on."""
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
