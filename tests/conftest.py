"""For all tests: nothing of the user's is read or written, and Qt draws into memory."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ |= {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"}  # the window follows the system's language; tests read English

EXAMPLE_PLUGIN = Path(__file__).parents[1] / "docs" / "example_plugin"

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


@pytest.fixture
def install_plug_ins(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes a package of modules with entry points appear installed: `install(name, groups, modules)`.

    A folder with its metadata is put on the path, which is all that `importlib.metadata` looks at.
    """
    from mmae_core import plug_ins
    from mmae_core.readers import registry

    def forget() -> None:
        plug_ins.look_again()
        registry.formats_of_others.cache_clear()

    def install(
        name: str, groups: Mapping[str, Mapping[str, str]], modules: Mapping[str, str] | Path, version: str = "1.0"
    ) -> None:
        folder = tmp_path_factory.mktemp("site")
        metadata = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        metadata.mkdir()
        described = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (metadata / "METADATA").write_text(described, encoding="utf-8")
        lines = [line for group, points in groups.items()
                 for line in (f"[{group}]", *(f"{point} = {target}" for point, target in points.items()), "")]
        (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
        if isinstance(modules, Path):
            monkeypatch.syspath_prepend(modules)
        else:
            for module, text in modules.items():
                (folder / f"{module}.py").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(folder)
        forget()

    yield install
    monkeypatch.undo()
    forget()


@pytest.fixture
def example_package(install_plug_ins: Any) -> None:
    """The example of the documentation, as if it were installed: its entry points are those of its pyproject.toml."""
    project = tomllib.loads((EXAMPLE_PLUGIN / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    install_plug_ins(project["name"], project["entry-points"], EXAMPLE_PLUGIN, project["version"])
