"""The log file and the handling of unexpected errors. Logs hold no paths and nothing about patients."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO

import platformdirs

from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.words.language import tr
from mmae_core import __version__
from mmae_core.files import make_private_folder, private_file

CRASHES = "crash.log"
LOG_BYTES = 500_000
"""Size at which the log file is rotated; two older ones are kept."""

_log = logging.getLogger("ecg_viewer")
_crash_file: TextIO | None = None

FaultListener = Callable[[str, str], None]
"""Called with a plain sentence and the details to show on request; may be called from any thread."""


class _WithoutMessages(logging.Formatter):
    """Writes exceptions as type and place only: their messages may hold a file's path or a recording's name."""

    def format(self, record: logging.LogRecord) -> str:
        """Ignores an exception text that another handler may have cached in the record."""
        written, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = written

    def formatException(self, ei: object) -> str:  # noqa: N802  # logging's own name
        assert isinstance(ei, tuple)
        return fault_summary(ei[1])


class _PrivateFiles(logging.handlers.RotatingFileHandler):
    """Each file is made for its owner alone."""

    def _open(self) -> TextIOWrapper:
        private_file(Path(self.baseFilename))
        return super()._open()


def log_folder() -> Path:
    """Where the log files are."""
    return Path(platformdirs.user_log_dir(APP_NAME))


def start_logging() -> None:
    """Log to a rotating file in the user's log folder; without such a folder, do not log."""
    global _crash_file  # noqa: PLW0603  # faulthandler needs the file to stay open as long as the process
    _log.setLevel(logging.INFO)
    _log.propagate = False
    folder = log_folder()
    try:
        make_private_folder(folder)
        handler: logging.Handler = _PrivateFiles(
            folder / "ecg-viewer.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
        crash = folder / CRASHES
        if crash.exists() and crash.stat().st_size > LOG_BYTES:
            crash.replace(crash.with_name("crash.log.1"))
        private_file(crash)
        _crash_file = crash.open("a", encoding="utf-8")  # what an earlier start left may be wanted yet
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutMessages("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    stream = _crash_file if _crash_file is not None else sys.stderr
    if stream is not None:  # a windowed program on Windows has no stderr
        faulthandler.enable(stream)
    _log.info("started, version %s, Python %s, %s", __version__, platform.python_version(), platform.system())


def record_crashes() -> None:
    """Let a crash of this process be added to the same file; `start_logging` of the window's process keeps it small."""
    global _crash_file  # noqa: PLW0603
    with contextlib.suppress(OSError):
        make_private_folder(log_folder())
        crash = log_folder() / CRASHES
        private_file(crash)
        _crash_file = crash.open("a", encoding="utf-8")
        faulthandler.enable(_crash_file)


def stop_logging() -> None:
    """Close the files, so that tests and a second start in one process find them free."""
    global _crash_file  # noqa: PLW0603
    for handler in tuple(_log.handlers):
        _log.removeHandler(handler)
        handler.close()
    if _crash_file is not None:
        faulthandler.disable()
        _crash_file.close()
        _crash_file = None


def install_hooks(listener: FaultListener) -> None:
    """Let every exception that nothing caught, in a slot or on a thread, reach the log and `listener`."""

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected: %s", fault_summary(error))
        if sys.stderr is not None:
            sys.__excepthook__(kind, error, trace)
        message = tr("Something went wrong inside the program ({kind}). The window can still be used.")
        listener(message.format(kind=kind.__name__), "".join(traceback.format_exception(kind, error, trace)))

    def on_thread_exception(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception


def fault_summary(error: BaseException | None) -> str:
    """`ValueError in state/heat.py:62 < qt/paper.py:120`: the innermost place first, no message, no path."""
    if error is None:
        return "no exception"
    if isinstance(told := getattr(error, "happened_in", None), str):  # in the model's process
        return told
    places = []
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        parts = Path(frame.filename).parts
        places.append(f"{'/'.join(parts[-2:]) if len(parts) > 1 else frame.filename}:{frame.lineno}")
    return f"{type(error).__name__} in {' < '.join(places[:12]) or 'an unknown place'}"
