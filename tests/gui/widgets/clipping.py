"""Run in a process of its own, which is the only way to choose Qt's scale: prints what is cut off as JSON.

`clipping.py PICTURES LANGUAGE WIDTH HEIGHT`, under QT_SCALE_FACTOR.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from ecg_viewer.app import build
from ecg_viewer.jobs.opening import demo_folder
from ecg_viewer.qt.screenshot import wait_until
from ecg_viewer.state.settings import SettingsFile

DIALOGS = (
    "help", "about", "calibrate", "preferences", "choose_leads", "reviewer", "export", "export_benchmark",
    "print_preview", "add_finding_form", "compare_listed",
)
"""Actions that open a dialog of the program's own."""


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def main(pictures: Path, language: str, width: int, height: int) -> None:
    controls = load("controls")
    scorer = load_scorer()
    settings = SettingsFile(pictures / f"settings-{language}.json")
    settings.change(language=language, notice_seen=True, reviewer="Dr. Vera Musterfrau")
    program = build(settings, scorer)
    window, session = program.window, program.session
    window.resize(width, height)
    window.fit_panels()
    window.show()
    folder = demo_folder()
    assert folder is not None
    session.open([folder], "demo")
    wait_until(lambda: bool(session.sha256) and not session.assessment.phase.is_running, 20)
    found: dict[str, list[str]] = {}

    def look(name: str, widget: QDialog | None = None) -> None:
        QApplication.processEvents()
        QApplication.processEvents()
        shown = widget or window
        shown.grab().save(str(pictures / f"{name}-{language}.png"), "PNG", 100)  # 100: not compressed, as seldom seen
        found[name] = controls.clipped(shown)

    look("window")
    tabs = window.frame.side_tabs
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        look(f"tab-{index}")
    window.show_notice()
    look("notice")
    window.notice_bar.hide()
    for action_id in DIALOGS:
        if action_id not in window.actions_by_id:
            found[action_id] = ["there is no such action"]
            continue
        window.action(action_id).trigger()
        wait_until(lambda: controls.open_dialog() is not None, 10)
        dialog = controls.open_dialog()
        if dialog is None:
            found[action_id] = ["no dialog opened"]
            continue
        look(action_id, dialog)
        if action_id == "preferences":
            for index in range(dialog.tabs.count()):
                dialog.tabs.setCurrentIndex(index)
                look(f"preferences-{index}", dialog)
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.action("tour").trigger()
    look("tour")
    settings.change(theme="dark")
    look("dark")
    window.close()
    print(json.dumps({name: lines for name, lines in found.items() if lines}))


def load_scorer() -> object:
    """The model of the tests: known answers at once."""
    spec = importlib.util.spec_from_file_location("gui_conftest", Path(__file__).parents[1] / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gui_conftest"] = module
    spec.loader.exec_module(module)
    return module.FakeScorer()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
