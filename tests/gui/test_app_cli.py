"""The program as it is started: arguments, pictures, figures, what is loaded when, and logs that tell nothing."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ecg_viewer import diagnostics
from ecg_viewer.qt.benchmark.budgets import BUDGETS
from ecg_viewer.qt.window.faults import FaultRelay
from mmae_core.resources import bundled_models, resource


def run(*arguments: str | Path, code: str | None = None) -> subprocess.CompletedProcess[str]:
    """`ecg-viewer ARGUMENTS` in a process of its own, without a display."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    start = ["-c", code] if code else ["-m", "ecg_viewer"]
    command = [sys.executable, *start, *map(str, arguments)]
    root = Path(__file__).parents[2]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=root, check=False)


def test_a_screenshot_shows_the_window_with_the_heat(tmp_path: Path, demo: Path) -> None:
    picture = tmp_path / "out.png"
    done = run(demo, "--screenshot", picture, "--size", "1200x800")
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1200, 800)
    # Paper and grid are pink, green and blue nearly equal; heat is yellow to red, far from blue.
    colours = (image.pixelColor(x, y) for x in range(240, 880, 2) for y in range(100, 700, 2))
    warm = sum(colour.red() > 200 and colour.green() - colour.blue() > 30 for colour in colours)
    assert warm > 100, "heat is on the paper"
    strip = (image.pixelColor(x, y) for x in range(240, 880) for y in range(50, 140))
    violet = sum(min(colour.red(), colour.blue()) - colour.green() > 40 for colour in strip)
    assert violet > 20, "findings are in the overview"
    assert [path.name for path in tmp_path.iterdir()] == ["out.png"], "no temporary file is left"


def test_a_recording_that_opens_and_cannot_be_read_says_so_at_once(tmp_path: Path) -> None:
    import wfdb

    wfdb.wrsamp("cut", 250, ["mV"], ["V1"], d_signal=np.arange(3000)[:, None], fmt=["516"], adc_gain=[200.0],
                baseline=[0], write_dir=str(tmp_path))
    data = next(tmp_path.glob("*.dat"))
    data.write_bytes(data.read_bytes()[:200])
    done = run(tmp_path / "cut.hea", "--screenshot", tmp_path / "out.png")
    assert done.returncode == 1
    assert f"{data.name} cannot be decoded" in done.stderr
    assert not (tmp_path / "out.png").exists()


def test_a_recording_that_cannot_be_opened_gives_a_message_and_no_picture(tmp_path: Path) -> None:
    bad = tmp_path / "broken.hea"
    bad.write_text("nonsense\n")
    done = run(bad, "--screenshot", tmp_path / "out.png")
    assert done.returncode == 1
    assert "broken" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no-such-record"], "no file, record or folder no-such-record"),
        (["--size", "big"], "no size"),
        (["--size", "10x10"], "out of range"),
        (["--device", "abacus"], "abacus"),
        (["--screenshot", "no/such/folder/x.png"], "does not exist"),
        (["--benchmark", "no-such-record"], "no-such-record"),
    ],
)
def test_bad_arguments_end_with_status_2_and_a_sentence(arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_version_is_told_without_starting_anything() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("ecg-viewer ")


def test_an_unknown_model_is_named_and_the_status_is_1(tmp_path: Path, demo: Path) -> None:
    done = run(demo / "00170_hr", "--model", "no-such-model", "--screenshot", tmp_path / "out.png")
    assert done.returncode == 1
    assert "no-such-model" in done.stderr
    assert list(tmp_path.iterdir()) == [], "no picture without the heat that was asked for"


BRIEF = """
import sys
from ecg_viewer.app import main
from ecg_viewer.qt.benchmark import run
run.N_FRAMES, run.N_LAYOUT_FRAMES, run.N_WARM_UP, run.N_OPENINGS, run.N_JUMPS = 60, 20, 2, 2, 2
sys.exit(main())
"""
"""The program with fewer repetitions: it is asked what it measures, not how exactly."""


def test_the_benchmark_prints_its_figures_as_json_for_the_model_named(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(resource("models", bundled_models()[0]), folder)
    description = folder / "model.json"
    text = description.read_text(encoding="utf-8")
    description.write_text(re.sub('"name": "[^"]*"', '"name": "mine"', text, count=1), encoding="utf-8")
    done = run(
        "--benchmark", demo / "00170_hr.hea", "--model", folder, "--benchmark-hours", "0.05", "--benchmark-reopen", "3",
        code=BRIEF,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["program"]["model"] == "mine"
    assert 0 < report["window_visible_s"] < report["heat_since_start_s"] < 60
    assert report["heat_since_start_s"] == pytest.approx(
        report["window_visible_s"] + report["first_record"]["first_heat_s"], abs=0.002)
    for opening in ("first_record", "further_records_model_loaded"):
        assert 0 < report[opening]["first_trace_s"] < report[opening]["first_heat_s"]
    assert report["further_records_model_loaded"]["first_heat_s"] < report["first_record"]["first_heat_s"]
    assert 0 < report["scroll_frame_ms"]["median"] <= report["scroll_frame_ms"]["p95"]
    assert report["longest_gui_stall_ms"]["scoring"] >= 0
    assert report["peak_memory_mb"] > 50
    assert report["long_recording"]["peak_memory_mb"] >= report["peak_memory_mb"]
    assert report["long_recording"]["hours"] == 0.05
    assert report["long_recording"]["assessed_s"] == pytest.approx(180), "all of it"
    assert report["reopening"]["recordings"] == 3
    assert {row["what"] for row in report["budgets"]} == {budget.what for budget in BUDGETS}
    assert all(row["met"] == (row["measured"] <= row["at_most"]) for row in report["budgets"])


def test_the_benchmark_of_the_start_measures_nothing_else(demo: Path) -> None:
    done = run("--benchmark", demo / "00170_hr.hea", "--benchmark-start")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert set(report) == {"window_visible_s", "heat_since_start_s", "first_record", "processor_s",
                           "longest_stall_while_model_starts_ms"}
    assert report["heat_since_start_s"] > report["window_visible_s"] > 0


WINDOW_FIRST = """
import sys
from ecg_viewer.app import build
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.state.settings import SettingsFile
from PySide6.QtWidgets import QApplication
import os; os.environ["QT_QPA_PLATFORM"] = "offscreen"
program = build(SettingsFile(), ModelScorer())
program.window.show()
for _ in range(5):
    program.app.processEvents()
assert program.window.isVisible()
heavy = sorted({"torch", "scipy", "wfdb", "pandas", "sklearn", "safetensors"} & set(sys.modules))
program.window.close()
print("loaded:", heavy)
"""


def test_the_window_is_there_before_torch_scipy_wfdb_or_pandas_is_loaded() -> None:
    done = run(code=WINDOW_FIRST)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "loaded: []"


TURNS = """
import sys
from ecg_viewer import app
def told(*_arguments):
    print(sys.getswitchinterval())
    sys.exit(0)
app.build = told
app.main(["--new-window"])
"""


def test_the_windows_thread_gets_its_turn_ten_times_as_soon_as_usual() -> None:
    done = run(code=TURNS)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == 0.0005


def test_logs_hold_neither_paths_nor_messages_that_may_name_a_patient(user_folders: Path) -> None:
    other = logging.StreamHandler(io.StringIO())  # writes the exception out in full, and first
    logging.getLogger("ecg_viewer").addHandler(other)
    diagnostics.start_logging()
    try:
        try:
            raise ValueError("/home/someone/Mustermann_1961.hea is broken")
        except ValueError:
            logging.getLogger("ecg_viewer.test").exception("reading failed")
    finally:
        diagnostics.stop_logging()
        logging.getLogger("ecg_viewer").removeHandler(other)
    text = (diagnostics.log_folder() / "ecg-viewer.log").read_text(encoding="utf-8")
    assert "reading failed" in text
    assert "ValueError in gui/test_app_cli.py:" in text
    assert "Mustermann" not in text
    assert str(Path.home()) not in text
    assert user_folders in diagnostics.log_folder().parents


def test_an_exception_nobody_caught_is_told_in_the_window_with_details(
    qtbot: QtBot, make_program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(diagnostics.threading, "excepthook", diagnostics.threading.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    program = make_program()
    diagnostics.install_hooks(FaultRelay(program.window).report)
    try:
        raise ZeroDivisionError("in a slot")
    except ZeroDivisionError as error:
        sys.excepthook(ZeroDivisionError, error, error.__traceback__)
    bar = program.window.error_bar
    qtbot.waitUntil(bar.isVisible)
    assert "ZeroDivisionError" in bar.text
    assert "in a slot" in bar.details
    bar.details_button.click()
    assert bar.children()[-1].details.toPlainText() == bar.details


TORCH_BEFORE_QT = """
import sys
import ecg_viewer.app as app
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            print("Qt was loaded first:", "PySide6" in sys.modules)
            raise SystemExit(0)
sys.meta_path.insert(0, Finder())
sys.platform = "win32"
app.main([])
"""


def test_on_windows_torch_is_loaded_before_qt() -> None:
    done = run(code=TORCH_BEFORE_QT)
    assert done.stdout.strip() == "Qt was loaded first: False", done.stderr


def test_a_picture_of_a_recording_whose_samples_cannot_be_read_fails_at_once(tmp_path: Path) -> None:
    import wfdb

    wave = np.random.default_rng(0).integers(-999, 999, (5000, 1))
    wfdb.wrsamp("rec", 250, ["mV"], ["II"], d_signal=wave, fmt=["516"], adc_gain=[200.0], baseline=[0],
                write_dir=str(tmp_path))  # fmt: skip
    data = tmp_path / "rec.dat"
    data.write_bytes(data.read_bytes()[:4000])
    done = run(tmp_path / "rec.hea", "--screenshot", tmp_path / "out.png")
    assert done.returncode == 1, "it ends before this test's own time limit, and does not wait for the heat"
    assert done.stderr.startswith("ecg-viewer: ")
    assert not (tmp_path / "out.png").exists()


def test_the_crash_log_of_an_earlier_start_is_kept(user_folders: Path) -> None:
    diagnostics.start_logging()
    diagnostics.stop_logging()
    crash = diagnostics.log_folder() / "crash.log"
    crash.write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    diagnostics.start_logging()
    diagnostics.stop_logging()
    assert crash.read_text(encoding="utf-8").startswith("Fatal Python error")
    assert user_folders in crash.parents


def test_no_part_of_the_window_is_a_window_of_its_own_while_it_is_made() -> None:
    """It would be seen for a moment at every start."""
    done = run(code=WINDOW_FIRST)
    assert "propagateSizeHints" not in done.stderr, "the offscreen platform says so of each window that is shown"
