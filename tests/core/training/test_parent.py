"""A training ends with the program that started it, so that its folder is free."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mmae_core.files import try_lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills a process as POSIX does")
REPOSITORY = Path(__file__).parents[3]
TRAINING = """
import sys, threading
from pathlib import Path
from mmae_core.files import try_lock
from mmae_core.training.parent import end_with_parent

end_with_parent(int(sys.argv[2]), poll_s=0.05)
free = try_lock(Path(sys.argv[1]))
try:
    print("training", flush=True)
    threading.Event().wait()
finally:
    free()
"""
WINDOW = """
import os, subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1], sys.argv[2], str(os.getpid())])
"""


def test_a_training_ends_and_frees_its_folder_when_its_window_is_killed(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with subprocess.Popen([sys.executable, "-c", WINDOW, TRAINING, str(lock)], cwd=REPOSITORY, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "training\n"
        assert try_lock(lock) is None
        window.send_signal(signal.SIGKILL)
        assert window.stdout.read() == "", "its end of the pipe closes when the training ends"
    assert not lock.exists(), "it was interrupted and tidied up"


def test_a_training_whose_starter_is_gone_already_ends(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    done = subprocess.run([sys.executable, "-c", TRAINING, str(tmp_path / ".lock"), str(gone.pid)], cwd=REPOSITORY,
                          capture_output=True, text=True, check=False)
    assert "KeyboardInterrupt" in done.stderr
    assert not (tmp_path / ".lock").exists()
