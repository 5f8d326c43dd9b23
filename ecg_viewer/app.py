"""`ecg-viewer [PATH…]`: the window first, then the recording, then the model."""

from __future__ import annotations

import argparse
import gc
import math
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecg_viewer import diagnostics
from ecg_viewer.jobs.model_process import ProcessScorer, scorer_of_the_window
from ecg_viewer.jobs.opening import demo_folder, hashing_job, opening_job, reading_job
from ecg_viewer.jobs.scoring import Scorer, checking_job, scoring_job
from ecg_viewer.qt.program import Program
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.models import Models
from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.settings import DEVICES, THEMES, SettingsFile
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from mmae_core import __version__

if TYPE_CHECKING:
    from ecg_viewer.jobs.process_line import ModelProcess
    from ecg_viewer.qt.single_instance import SingleInstance

DEFAULT_SIZE = (1440, 900)
SMALLEST_SIZE, LARGEST_SIZE = 320, 16_000
TURN_S = 0.0005
"""How long a worker may keep the GIL. The window's thread asks for it dozens of times per repaint, and Python's default
of 5 ms would be waited for each time.
"""
EXPORT = "export"
"""As the first argument: write files, show no window."""
STUDY = "study"
"""As the first argument: make, run or report a reader study; only `run` shows the window."""
JOURNAL = "journal"
"""As the first argument: check the review journal, show no window."""


def main(arguments: Sequence[str] | None = None, ahead: ModelProcess | None = None) -> int:
    """Run the viewer. Returns the exit status: 0 for success, 1 for failure, 2 for invalid arguments.

    `ahead` is the model's process, if it was started already; it is ended here if it is used.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == [EXPORT]:
        from ecg_viewer.export.command import main as export

        return export(arguments[1:])
    if arguments[:1] == [JOURNAL]:
        from ecg_viewer.journal_command import main as journal

        return journal(arguments[1:])
    study: tuple[Path, str | None] | None = None
    if arguments[:1] == [STUDY]:
        from ecg_viewer.study_command import main as study_command
        from ecg_viewer.study_command import parser, refusal_to_run

        asked = parser().parse_args(arguments[1:])
        if asked.task != "run":
            return study_command(arguments[1:])
        if refusal := refusal_to_run(asked.file, asked.reader):
            print(f"ecg-viewer: {refusal}", file=sys.stderr)
            return 1
        study, arguments = (asked.file.absolute(), asked.reader), ["--new-window"]
    options = _parser().parse_args(arguments)
    named = [*options.paths, *([options.benchmark] if options.benchmark else [])]
    if named:
        from mmae_core.readers.recording_paths import may_be_recording
    for path in named:
        if not may_be_recording(path):
            print(f"ecg-viewer: there is no file, record or folder {path}", file=sys.stderr)
            return 2
    if options.screenshot is not None and not options.screenshot.absolute().parent.is_dir():
        print(f"ecg-viewer: the folder of {options.screenshot} does not exist; create it first", file=sys.stderr)
        return 2
    unattended = options.screenshot is not None or options.benchmark is not None
    if unattended:
        _draw_into_memory_without_a_display()
    if sys.platform == "win32":
        # There torch 2.9 and later fails to load its libraries once Qt has loaded its own.
        import torch  # noqa: F401
    sys.setswitchinterval(TURN_S)
    settings = SettingsFile()
    if options.theme is not None and options.theme != settings.settings.theme and not unattended:
        settings.change(theme=options.theme)
    diagnostics.start_logging()
    scorer = scorer_of_the_window(options.device or settings.settings.device, ahead)
    try:
        instance = None
        if not unattended and not options.new_window:
            instance = _instance()
            if instance.hand_over_or_listen(options.paths):
                return 0
        gc.disable()  # what is imported is no garbage; the window's own collector takes over
        program = build(settings, scorer, options.theme, options.model)
        gc.freeze()
        program.window.closing.connect(scorer.close)
        program.window.resize(*(options.size or DEFAULT_SIZE))
        if options.screenshot is not None:
            from ecg_viewer.qt.screenshot import take_screenshot

            return take_screenshot(program, options.paths or _demo(), options.screenshot)
        if options.benchmark is not None:
            from ecg_viewer.qt.benchmark import Effort, run_viewer_benchmark

            effort = Effort(options.benchmark_hours, options.benchmark_reopen, options.benchmark_start)
            return run_viewer_benchmark(program, options.benchmark, effort)
        if instance is not None:
            instance.received.connect(program.window.receive_paths)
            program.window.closing.connect(instance.close)
        return _run(program, settings, options.paths, size_is_given=options.size is not None, study=study)
    finally:
        scorer.close()
        diagnostics.stop_logging()


def build(settings: SettingsFile, scorer: Scorer, theme: str | None = None, model: str | None = None) -> Program:
    """Build the window and everything behind it; the window is not yet shown.

    `model` is a bundled model's name or a folder, for this start only; without it the one chosen last is asked.
    """
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from ecg_viewer.qt.binding import USED_BY_WORKERS, make_all_classes
    from ecg_viewer.qt.features import make_features
    from ecg_viewer.qt.language import LanguageKeeper
    from ecg_viewer.qt.theme import ThemeKeeper
    from ecg_viewer.qt.window.main_window import MainWindow
    from ecg_viewer.qt.worker import WorkerLane

    make_all_classes(USED_BY_WORKERS)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("ecg-viewer")
    app.setApplicationDisplayName("ECG Viewer")
    app.setApplicationVersion(__version__)
    chosen = next((known for known in THEMES if known == theme), settings.settings.theme)
    languages = LanguageKeeper(app, settings)
    themes = ThemeKeeper(app, chosen)
    lanes = WorkerLane("reading"), WorkerLane("model"), WorkerLane("hashing")
    checking = WorkerLane("model folder")
    models = Models(
        _bundled(),
        checking,
        lambda folder: checking_job(scorer, folder),
        remembered=settings.settings.model,
        named=None if model is None else _model_key(model),
    )
    work = Work(
        open_paths=opening_job,
        read_item=reading_job,
        score=lambda key, record, focus: scoring_job(scorer, key, record, focus),
        hash=hashing_job,
        measurer=scorer if isinstance(scorer, ProcessScorer) else None,
    )
    session = Session(ViewState(), HeatMap(), models, work, *lanes)
    window = MainWindow(session, settings, themes, (*lanes, checking), make_features)
    languages.changed.connect(window.retranslate)
    icon = _icon()
    if icon is not None:
        app.setWindowIcon(QIcon(str(icon)))
    return Program(app, window, session)


def _instance() -> SingleInstance:
    """The single-instance server and client. Needs Qt's application, but no window."""
    from PySide6.QtWidgets import QApplication

    from ecg_viewer.qt.single_instance import SingleInstance

    app = QApplication.instance() or QApplication(sys.argv[:1])
    return SingleInstance(parent=app)


def _run(
    program: Program, settings: SettingsFile, paths: Sequence[Path], *, size_is_given: bool,
    study: tuple[Path, str | None] | None = None,
) -> int:
    from ecg_viewer.qt.widgets.screen_room import ScreenKeeper
    from ecg_viewer.qt.window.faults import FaultRelay
    from ecg_viewer.qt.window.restore_feature import RestoreFeature

    window, session = program.window, program.session
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the program; Qt would not notice
    relay = FaultRelay(window)
    diagnostics.install_hooks(relay.report)
    last_session = window.feature(RestoreFeature)
    is_placed = last_session.restore_window(size_is_given=size_is_given)
    ScreenKeeper(window)
    if not is_placed:
        window.fit_panels()
    window.show()
    window.show_notice_once()
    if settings.set_aside is not None:
        name = settings.set_aside.name
        text = tr("The settings could not be read; the old file is kept as {name}.")
        window.show_problem(Problem(text.format(name=name), weight=Weight.LASTING))
    program.app.processEvents()  # the window is on the screen before anything is read
    if study is not None:
        from ecg_viewer.qt.study.study_feature import StudyFeature

        window.show_empty_state()
        window.feature(StudyFeature).open_study(*study)
    elif paths:
        session.open(paths)
    elif last_session.restore():
        pass  # what was open last is on its way
    elif demo_folder() is not None:
        window.open_demo()
    else:
        window.show_empty_state()
    return program.app.exec()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ecg-viewer",
        description="Shows where a 12-lead ECG departs from normal ECGs. Research use only - not for diagnosis.",
        epilog="ecg-viewer export RECORD… --format pdf --output DIR writes recordings, findings and maps to files "
               "without a window; ecg-viewer export --help says how. ecg-viewer study --help: reader studies; "
               "ecg-viewer journal --help: journals of several readers. ecg-viewer journal --verify says whether the "
               "review journal is whole.",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH",
                        help="recordings or folders of them, or PTB-XL; without any, the bundled demo recordings")
    parser.add_argument("--screenshot", type=Path, metavar="PNG",
                        help="wait for the heat, save a picture of the window, and exit")
    parser.add_argument("--benchmark", type=Path, metavar="PATH",
                        help="measure times and memory with this recording against the budgets, as JSON")
    parser.add_argument("--benchmark-hours", type=_not_negative(float), default=24.0, metavar="H",
                        help="length of the long recording that is made for the benchmark (default: 24; 0: none)")
    parser.add_argument("--benchmark-reopen", type=_not_negative(int), default=100, metavar="N",
                        help="recordings the benchmark opens to see whether memory grows (default: 100; 0: none)")
    parser.add_argument("--benchmark-start", action="store_true",
                        help="let the benchmark measure the start alone; packaging/start_times.py repeats it")
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window, such as 1600x1000")
    parser.add_argument("--device", choices=DEVICES,
                        help="where the model runs, for this start (default: as in the preferences)")
    parser.add_argument("--model", metavar="NAME|FOLDER",
                        help="a bundled model's name or a model folder, for this start (default: as chosen last)")
    parser.add_argument("--new-window", action="store_true",
                        help="open a window of its own, even while another one is open")
    parser.add_argument("--theme", choices=THEMES, help="colours; remembered (default: as last time)")
    parser.add_argument("--version", action="version", version=f"ecg-viewer {__version__}")
    return parser


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write width x height in pixels, such as 1600x1000")
    width, height = int(match[1]), int(match[2])
    if not all(SMALLEST_SIZE <= side <= LARGEST_SIZE for side in (width, height)):
        raise argparse.ArgumentTypeError(f"{text} is out of range; both sides lie in {SMALLEST_SIZE}..{LARGEST_SIZE}")
    return width, height


def _not_negative(kind: type[float]) -> Callable[[str], float]:
    def convert(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            number = -1
        if not 0 <= number < math.inf:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from 0")
        return number

    return convert


def _draw_into_memory_without_a_display() -> None:
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not has_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _bundled() -> tuple[str, ...]:
    """The bundled models; none if the installation is incomplete, which the first assessment then reports."""
    from mmae_core.errors import MissingResource
    from mmae_core.resources import bundled_models

    try:
        return bundled_models()
    except MissingResource:
        return ()


def _model_key(model: str) -> str:
    """A bundled model's name unchanged; a folder as its absolute path."""
    return str(Path(model).absolute()) if model not in _bundled() and Path(model).is_dir() else model


def _demo() -> list[Path]:
    folder = demo_folder()
    return [] if folder is None else [folder]


def _icon() -> Path | None:
    from mmae_core.errors import MissingResource
    from mmae_core.resources import resource

    try:
        return resource("icons", "ecg-viewer.png", package="ecg_viewer")
    except MissingResource:
        return None
