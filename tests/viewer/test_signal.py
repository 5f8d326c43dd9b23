"""Signals of the state: who is called, in which order, and who is not kept alive."""

from __future__ import annotations

import gc
import weakref

import pytest

from ecg_viewer.state.signal import Signal


class View:
    def __init__(self) -> None:
        self.heard: list[int] = []

    def hear(self, value: int) -> None:
        self.heard.append(value)


def test_slots_are_called_with_the_arguments_in_order_of_connection() -> None:
    signal: Signal[int] = Signal()
    heard: list[tuple[str, int]] = []
    signal.connect(lambda value: heard.append(("first", value)))
    signal.connect(lambda value: heard.append(("second", value)))
    signal.emit(7)
    assert heard == [("first", 7), ("second", 7)]


def test_a_connection_does_not_keep_a_view_alive() -> None:
    signal: Signal[int] = Signal()
    view = View()
    signal.connect(view.hear)
    assert len(signal) == 1
    alive = weakref.ref(view)
    del view
    gc.collect()
    assert alive() is None
    assert len(signal) == 0
    signal.emit(1)


def test_a_slot_connected_twice_is_called_once() -> None:
    signal: Signal[int] = Signal()
    view = View()
    signal.connect(view.hear)
    signal.connect(view.hear)
    signal.emit(3)
    assert view.heard == [3]


def test_a_disconnected_slot_is_not_called() -> None:
    signal: Signal[int] = Signal()
    view = View()
    signal.connect(view.hear)
    signal.disconnect(view.hear)
    signal.emit(3)
    assert view.heard == []


def test_disconnecting_what_is_not_connected_is_an_error() -> None:
    signal: Signal[int] = Signal()
    with pytest.raises(ValueError, match="not connected"):
        signal.disconnect(View().hear)


def test_an_exception_in_a_slot_reaches_whoever_emits() -> None:
    signal: Signal[int] = Signal()
    signal.connect(lambda value: 1 // value)
    with pytest.raises(ZeroDivisionError):
        signal.emit(0)


def test_a_slot_may_disconnect_itself_while_it_is_called() -> None:
    signal: Signal[()] = Signal()
    heard: list[str] = []

    def once() -> None:
        heard.append("once")
        signal.disconnect(once)

    signal.connect(once)
    signal.connect(lambda: heard.append("always"))
    signal.emit()
    signal.emit()
    assert heard == ["once", "always", "always"]
