"""Asks what is to be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ecg_viewer.qt.widgets.file_filters import recording_filter
from ecg_viewer.state.settings import Settings
from ecg_viewer.state.words.language import tr


def last_folder(settings: Settings) -> str:
    """Where something was opened last; empty if nothing was."""
    return str(Path(settings.recent_files[0]).parent) if settings.recent_files else ""


def ask_recordings(parent: QWidget, start: str) -> list[Path]:
    """Recordings; empty if none was chosen."""
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("Open recordings"), start, recording_filter()
    )
    return [Path(name) for name in names]


def ask_folder(parent: QWidget, title: str, start: str) -> Path | None:
    """A folder; None if none was chosen. `title` is already translated."""
    name = QFileDialog.getExistingDirectory(parent, title, start)
    return Path(name) if name else None
