"""A running viewer, for those that drive it: the screenshot and the benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ecg_viewer.qt.window.main_window import MainWindow
    from ecg_viewer.state.session import Session


@dataclass
class Program:
    """The parts of a running viewer."""

    app: QApplication
    window: MainWindow
    session: Session
