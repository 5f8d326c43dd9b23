"""Garbage is collected on the window's thread alone while a window is open."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot


class Loop:
    """Refers to itself: only a collection removes it."""

    def __init__(self) -> None:
        self.itself = self


def test_no_other_thread_collects_while_a_window_is_open(qtbot: QtBot, make_program) -> None:
    program = make_program()
    assert not gc.isenabled()
    collecting: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            collecting.append(threading.current_thread().name)

    gc.callbacks.append(note)
    try:
        thread = threading.Thread(target=lambda: [Loop() for _ in range(20_000)])
        thread.start()
        thread.join()
        assert thread.name not in collecting
        loop = weakref.ref(Loop())
        qtbot.waitUntil(lambda: loop() is None or len(collecting) > 200)
    finally:
        gc.callbacks.remove(note)
    assert set(collecting) == {threading.current_thread().name}
    program.window.close()
    assert gc.isenabled(), "as before"


def test_with_two_windows_the_last_one_gives_collections_back(make_program) -> None:
    first, second = make_program(), make_program()
    first.window.close()
    assert not gc.isenabled()
    second.window.close()
    assert gc.isenabled()
    second.window.close()
    assert gc.isenabled()
