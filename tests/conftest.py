"""For all tests: nothing of the user's is read or written, and Qt draws into memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ |= {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"}  # the window follows the system's language; tests read English


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
