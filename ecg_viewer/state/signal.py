"""A signal that state objects emit and views listen to, without Qt."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Generic, TypeVarTuple
from weakref import WeakMethod

Arguments = TypeVarTuple("Arguments")


class Signal(Generic[*Arguments]):
    """Calls every connected function, in the order of connection.

    Methods of Python objects are held weakly, so that a connection never keeps a closed window alive; everything else
    (functions, lambdas, methods of built-in objects) is held until it is disconnected.
    """

    def __init__(self) -> None:
        self._slots: list[Callable[[], Callable[..., Any] | None]] = []

    def connect(self, slot: Callable[[*Arguments], object]) -> None:
        """Call `slot` at every emission; connecting the same slot twice has no further effect."""
        if not self._is_connected(slot):
            self._slots.append(_held(slot))

    def disconnect(self, slot: Callable[[*Arguments], object]) -> None:
        """Stop calling `slot`. Raises ValueError if it is not connected."""
        if not self._is_connected(slot):
            raise ValueError(f"{slot!r} is not connected to this signal")
        self._slots = [held for held in self._slots if held() != slot]

    def emit(self, *arguments: *Arguments) -> None:
        """Call the slots that are connected now. An exception in a slot reaches the caller."""
        self._slots = [held for held in self._slots if held() is not None]
        for held in tuple(self._slots):
            slot = held()
            if slot is not None:
                slot(*arguments)

    def __len__(self) -> int:
        """How many slots are connected and alive."""
        return sum(held() is not None for held in self._slots)

    def __bool__(self) -> bool:
        return True

    def _is_connected(self, slot: Callable[[*Arguments], object]) -> bool:
        return any(held() == slot for held in self._slots)


def _held(slot: Callable[..., Any]) -> Callable[[], Callable[..., Any] | None]:
    """A reference that gives `slot` back when called, or None once its object is gone."""
    return WeakMethod(slot) if inspect.ismethod(slot) else lambda: slot
