"""For all tests: nothing of the user's is read or written, and Qt draws into memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ |= {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"}  # the window follows the system's language; tests read English

WAIT_MS = 90_000
"""How long a test waits for what must happen. It ends sooner than the test's own time limit (in pyproject.toml), so
that a failure names what did not happen; no wait has a time of its own, since a slow machine is not a defect."""


class PatientQtBot(QtBot):
    """Waits up to `WAIT_MS` for everything."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = WAIT_MS, **options: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals: list[SignalInstance], *, timeout: int = WAIT_MS, **options: Any) -> Any:  # noqa: N802
        return super().waitSignals(signals, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders for settings, logs and caches that belong to one test; programs it starts inherit them."""
    home = tmp_path_factory.mktemp("user")
    for variable in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(home / variable.lower()))
    for variable in ("APPDATA", "LOCAL_APPDATA"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{variable}", str(home / variable.lower()))
    if sys.platform == "darwin":
        monkeypatch.setenv("HOME", str(home))
    return home
