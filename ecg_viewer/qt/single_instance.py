"""One window per user: a second start passes its paths to the open window and exits.

A local socket in the user's own folder; nothing listens on the network.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ecg_viewer.state.settings import APP_NAME
from mmae_core.files import JSON_FAULTS, make_private_folder

CONNECT_MS = 1000
"""Timeout of connecting; a local socket answers within a millisecond, and a stale one fails at once."""
ANSWER_MS = 5000
"""Timeout of the open window's answer; a window that does not answer is stuck and ignored."""
MAX_REQUEST_BYTES = 1 << 20
_ACCEPTED = b"opened\n"

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Passes paths to the open window (`hand_over`), or receives those of later starts (`listen`)."""

    received = Signal(list)
    """Paths another start was given; empty if it was given none. The window comes to the front in any case."""

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        """`folder` is where the socket is; the user's folder for such things if it is None."""
        super().__init__(parent)
        self._folder = folder if folder is not None else _runtime_folder()
        self._server: QLocalServer | None = None
        self._requests: dict[QLocalSocket, bytearray] = {}

    @property
    def address(self) -> str:
        """Where the open window listens: a socket's path, or on Windows a pipe's name with the user's folder in it.

        Users with settings of their own have a window of their own.
        """
        whose = hashlib.sha256(platformdirs.user_config_dir(APP_NAME).encode()).hexdigest()[:12]
        name = f"{APP_NAME}-{whose}"
        return name if sys.platform == "win32" else str(self._folder / name)

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Give `paths` to the window that is open. False if there is none, or it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self.address)
        if not socket.waitForConnected(CONNECT_MS):
            return False
        request = json.dumps([str(path.absolute()) for path in paths])
        socket.write(request.encode() + b"\n")
        socket.flush()
        answer = b""
        while not answer.endswith(b"\n") and socket.waitForReadyRead(ANSWER_MS):
            answer += socket.readAll().data()
        socket.disconnectFromServer()
        if answer != _ACCEPTED:
            _log.warning("the window that is open did not answer")
        return answer == _ACCEPTED

    def hand_over_or_listen(self, paths: Sequence[Path]) -> bool:
        """Give `paths` to the window that is open and return True; without one, be the one that later starts find.

        A lock keeps two simultaneous starts from both becoming the first.
        """
        if not self._has_own_folder():
            return False
        lock = QLockFile(str(self._folder / f"{APP_NAME}.lock"))
        is_alone = lock.tryLock(ANSWER_MS)
        try:
            if self.hand_over(paths):
                return True
            if is_alone:
                self.listen()
            return False
        finally:
            lock.unlock()

    def listen(self) -> bool:
        """Take the paths of later starts from now on. A socket that a dead window left behind is replaced."""
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(self.address):
            if not self._is_alive():
                QLocalServer.removeServer(self.address)
            if not server.listen(self.address):
                _log.warning("later starts cannot find this window: %s", server.errorString())
                return False
        server.newConnection.connect(self._take)
        self._server = server
        return True

    def close(self) -> None:
        """Stop listening, so that the next start is a first one."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _has_own_folder(self) -> bool:
        """Whether the socket's folder belongs to the user alone; another owner could read the paths."""
        try:
            make_private_folder(self._folder)
            found = self._folder.lstat()  # a link leads to where somebody else may write
            is_own = sys.platform == "win32" or (
                stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
            )
        except OSError as error:
            _log.warning("no folder for the socket: %s; this window is on its own", error.strerror)
            return False
        if not is_own:
            _log.warning("the folder for the socket belongs to someone else; this window is on its own")
        return is_own

    def _is_alive(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self.address)
        is_alive = socket.waitForConnected(CONNECT_MS)
        socket.abort()
        return is_alive

    def _take(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._requests[socket] = bytearray()
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._forget)
            self._read_from(socket)

    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read_from(socket)

    def _forget(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._requests.pop(socket, None)
            socket.deleteLater()

    def _read_from(self, socket: QLocalSocket) -> None:
        request = self._requests.get(socket)
        if request is None:
            return
        request += socket.readAll().data()
        if len(request) > MAX_REQUEST_BYTES:
            socket.abort()
        elif request.endswith(b"\n"):
            paths = _paths(bytes(request))
            request.clear()
            if paths is None:
                socket.abort()
            else:
                socket.write(_ACCEPTED)
                socket.flush()
                self.received.emit(paths)


def _paths(request: bytes) -> list[Path] | None:
    """The paths of a request; None for anything that is none."""
    try:
        names = json.loads(request)
    except JSON_FAULTS:
        _log.warning("something that is no request came in")
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        _log.warning("something that is no request came in")
        return None
    return [Path(name) for name in names]


def _runtime_folder() -> Path:
    """The user's folder for sockets; without a login, as over ssh, platformdirs warns of the one it falls back to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return Path(platformdirs.user_runtime_dir(APP_NAME))
