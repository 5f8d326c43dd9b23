"""Brings unexpected errors from any thread to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ecg_viewer.qt.window.main_window import MainWindow
from ecg_viewer.state.problem import Problem


class FaultRelay(QObject):
    """`report` may be called from any thread; the message is shown on the window's."""

    _reported = Signal(str, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def report(self, message: str, details: str) -> None:
        """Show a sentence, and details on request."""
        self._reported.emit(message, details)

    @Slot(str, str)
    def _show(self, message: str, details: str) -> None:
        self._window.show_problem(Problem(message, details))
