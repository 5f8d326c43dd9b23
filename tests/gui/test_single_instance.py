"""A second start hands its paths to the window that is open; a dead one's socket is in nobody's way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ecg_viewer import app
from ecg_viewer.app import Program
from ecg_viewer.qt.single_instance import SingleInstance

ROOT = Path(__file__).parents[2]
MakeProgram = Callable[..., Program]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short path: a socket's may have about a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="ecg") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "ecg_viewer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def test_a_second_process_gives_its_paths_and_ends(
    runtime: Path, demo: Path, make_program: MakeProgram, qtbot: QtBot
) -> None:
    program = make_program()
    first = SingleInstance(parent=program.app)
    try:
        assert not first.hand_over_or_listen([])
        first.received.connect(program.window.receive_paths)
        program.window.showMinimized()
        second = start(demo / "00234_hr.hea")
        qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.returncode == 0, second.communicate()[1]
        second.communicate()
        qtbot.waitUntil(lambda: program.session.record is not None)
        assert program.session.record.name == "00234_hr"
        assert not program.window.windowState() & Qt.WindowState.WindowMinimized
    finally:
        first.close()


def test_the_first_window_listens_and_the_second_hands_over(runtime: Path, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(runtime), SingleInstance(runtime)
    assert not first.hand_over_or_listen([])
    try:
        taken: list[list[Path]] = []
        first.received.connect(taken.append)
        # Both ends in one process: the second's blocking wait would keep the first from answering.
        socket = QLocalSocket()
        socket.connectToServer(second.address)
        assert socket.waitForConnected()
        socket.write(b'["/a/b.hea", "/c d/e.hea"]\n')
        socket.flush()
        qtbot.waitUntil(lambda: taken != [])
        qtbot.waitUntil(lambda: socket.bytesAvailable() > 0)
        assert socket.readAll().data() == b"opened\n"
        assert taken == [[Path("/a/b.hea"), Path("/c d/e.hea")]]
    finally:
        first.close()


@pytest.mark.parametrize("request_bytes", [b"nonsense\n", b'{"paths": 1}\n', b"[1, 2]\n"])
def test_what_is_no_request_is_turned_away(runtime: Path, qtbot: QtBot, request_bytes: bytes) -> None:
    first = SingleInstance(runtime)
    assert first.hand_over_or_listen([]) is False
    try:
        taken: list[list[Path]] = []
        first.received.connect(taken.append)
        socket = QLocalSocket()
        socket.connectToServer(first.address)
        assert socket.waitForConnected()
        socket.write(request_bytes)
        socket.flush()
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
        assert taken == []
    finally:
        first.close()


def test_a_stale_socket_is_replaced(runtime: Path, qtbot: QtBot) -> None:
    """The socket's file of a process that was killed is still there."""
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ecg_viewer.qt.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "instance = SingleInstance(Path(sys.argv[1]))\n"
        "assert instance.listen()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(runtime)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    instance = SingleInstance(runtime)
    assert Path(instance.address).exists(), "the dead process left its socket"
    assert instance.hand_over([]) is False
    assert instance.hand_over_or_listen([]) is False
    try:
        socket = QLocalSocket()
        socket.connectToServer(instance.address)
        assert socket.waitForConnected()
    finally:
        instance.close()


def test_a_folder_of_someone_else_is_not_used(runtime: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    instance = SingleInstance(runtime)
    assert instance.hand_over_or_listen([]) is False
    assert not Path(instance.address).exists()


class Reached(Exception):
    """The window was about to be built."""


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [
        ([], True),
        (["--new-window"], False),
        (["--screenshot", "x.png"], False),
        (["--benchmark", "."], False),
    ],
)
def test_only_a_plain_start_looks_for_an_open_window(
    runtime: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], asks: bool, qtbot: QtBot
) -> None:
    asked: list[SingleInstance] = []

    def look() -> SingleInstance:
        asked.append(SingleInstance(runtime))
        return asked[-1]

    def build(*_: object) -> None:
        raise Reached

    monkeypatch.setattr(app, "_instance", look)
    monkeypatch.setattr(app, "build", build)
    monkeypatch.chdir(runtime)
    with pytest.raises(Reached):
        app.main(arguments)
    assert bool(asked) is asks
    for instance in asked:
        instance.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_folder_that_leads_to_somebody_elses_is_not_used(tmp_path: Path, runtime: Path, qtbot: QtBot) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    link = tmp_path / "link"
    link.symlink_to(foreign)
    instance = SingleInstance(link)
    assert not instance.hand_over_or_listen([])
    assert not list(foreign.iterdir()), "no socket, no lock"
    wide = tmp_path / "wide"
    wide.mkdir()
    wide.chmod(0o777)
    own = SingleInstance(wide)
    assert not own.hand_over_or_listen([])
    own.close()
    assert wide.stat().st_mode & 0o077 == 0, "closed to others before it is used"
