"""What a session hides before the first read is committed, and what a study locks."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.state.blinding import covered_item, covered_record
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr
from mmae_core.record import EcgRecord


class CoveredSession:
    """The part of `Session` that covers what is known of the open recording."""

    record_changed: Signal[()]
    hidden_changed: Signal[()]
    failed: Signal[Problem]
    _item: RecordItem | None
    _record: EcgRecord | None
    _covered: tuple[RecordItem, EcgRecord] | None = None
    """What is shown of the open recording while results are hidden."""
    _is_blind = False
    _locked: tuple[Path, str] | None = None
    """The only recording that may be opened, and how it is called instead of its name."""

    @property
    def is_blind(self) -> bool:
        """Whether recordings are opened with everything hidden that anybody said of them."""
        return self._is_blind

    @property
    def is_hidden(self) -> bool:
        """Whether statements and results of the open recording are hidden; nothing is assessed then."""
        return self._covered is not None

    @property
    def is_locked(self) -> bool:
        """Whether a study says which recording is open, and nobody else does."""
        return self._locked is not None

    def lock(self, path: Path | None, name: str = "") -> None:
        """Let nothing but `path` be opened, and call it `name` while it is hidden; None: anything, by its own name."""
        self._locked = None if path is None else (path, name)
        if path is None and self.is_hidden:
            self._cover()
            self.record_changed.emit()
        self.hidden_changed.emit()

    def set_blind(self, is_blind: bool) -> None:
        """Hide results from the next recording on, or no longer; `hide` and `reveal` do so for the open one."""
        if is_blind != self._is_blind:
            self._is_blind = is_blind
            self.hidden_changed.emit()

    def hide(self) -> None:
        """Forget the open recording's results, and cover what its files say."""
        if self._item is None or self._record is None or self.is_hidden:
            return
        self._cover()
        self._forget_results()
        self.record_changed.emit()
        self.hidden_changed.emit()
        self.assess()

    def reveal(self) -> None:
        """Show what is known of the open recording. Whoever listens to `hidden_changed` has it assessed."""
        if not self.is_hidden:
            return
        self._covered = None
        self._forget_results()
        self.record_changed.emit()
        self.hidden_changed.emit()

    def _cover(self) -> None:
        assert self._item is not None, "there is something to cover"
        assert self._record is not None, "it has been read"
        name = "" if self._locked is None else self._locked[1]
        self._covered = covered_item(self._item, name), covered_record(self._record, name)

    def _refuses(self, *paths: Path) -> bool:
        """Whether something else than what a study asks for was to be opened; says so."""
        if self._locked is None or paths == (self._locked[0],):
            return False
        self.failed.emit(Problem(tr("A reader study is running: it says what is read. Stop it first.")))
        return True

    def assess(self) -> None:
        """Assess the open recording, unless results are hidden."""
        raise NotImplementedError

    def _forget_results(self) -> None:
        raise NotImplementedError
