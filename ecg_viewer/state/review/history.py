"""Undo and redo: a linear history of commands that can undo themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecg_viewer.state.signal import Signal

LONGEST = 1_000
"""Commands kept; older ones can no longer be undone, but what they did stays."""


@dataclass(frozen=True)
class Command:
    """Something that was done and can be undone."""

    text: str
    """What it did, written after `Undo` in the menu: `confirm V3, 2.00 s`."""
    redo: Callable[[], object]
    undo: Callable[[], object]


class History:
    """A linear history: doing something after undoing drops what was undone. Emits `changed` at every step."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self._commands: list[Command] = []
        self._position = 0
        """Number of commands in force."""

    @property
    def undo_text(self) -> str | None:
        """What `undo` would take back; None if there is nothing."""
        return self._commands[self._position - 1].text if self._position else None

    @property
    def redo_text(self) -> str | None:
        """What `redo` would do again; None if there is nothing."""
        return self._commands[self._position].text if self._position < len(self._commands) else None

    def do(self, command: Command) -> None:
        """Run a command and keep it. If it raises, the error reaches the caller and the command is not kept."""
        command.redo()
        del self._commands[self._position :]
        self._commands.append(command)
        del self._commands[:-LONGEST]
        self._position = len(self._commands)
        self.changed.emit()

    def undo(self) -> bool:
        """Take the latest command back. Returns False if there is none."""
        if self._position == 0:
            return False
        self._commands[self._position - 1].undo()
        self._position -= 1
        self.changed.emit()
        return True

    def redo(self) -> bool:
        """Do the command again that was undone last. Returns False if there is none."""
        if self._position == len(self._commands):
            return False
        self._commands[self._position].redo()
        self._position += 1
        self.changed.emit()
        return True
