"""The available models and the current one, with the fallback when a model cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr


@dataclass(frozen=True)
class ModelChoice:
    """An available model; none of its files has been read."""

    key: str
    """The name of a bundled model, or the path of a model folder."""
    is_bundled: bool = True

    @property
    def title(self) -> str:
        """`mmae-ecg-faithful`; `model (run-3)` for a folder `…/run-3/model`."""
        path = Path(self.key)
        return self.key if self.is_bundled or not path.parent.name else f"{path.name} ({path.parent.name})"


@dataclass(frozen=True)
class ModelChecked:
    """A folder was checked and holds a model."""

    key: str
    """The chosen folder, or the model folder inside it that `mmae_core train` makes."""
    info: ModelInfo


class Origin(Enum):
    """How the current model was chosen."""

    DEFAULT = "nobody: the default one"
    REMEMBERED = "the user, at an earlier start"
    NAMED = "the command line, for this start"
    CHOSEN = "the user, just now"


class Models:
    """The models to choose from, and the current one. The user's choice is remembered; `named` holds for this start
    only.

    A folder is checked on its own thread before it replaces anything on the screen.
    """

    def __init__(
        self,
        bundled: Sequence[str],
        checking: Lane,
        check: Callable[[Path], Job],
        *,
        remembered: str | None = None,
        named: str | None = None,
    ) -> None:
        """`bundled` has the default model first; `check` makes jobs that send `ModelChecked` or fail."""
        self.changed: Signal[()] = Signal()
        """The list, the current model, a model's description, or whether a folder is being checked."""
        self.chosen: Signal[()] = Signal()
        """Another model was chosen."""
        self.failed: Signal[Problem] = Signal()
        self._bundled = tuple(ModelChoice(name) for name in bundled)
        self._folders: list[ModelChoice] = []
        self._checking = checking
        self._check = check
        self._looked_at: Path | None = None
        self._infos: dict[str, ModelInfo] = {}
        self._proven: tuple[ModelChoice, Origin] | None = None
        self._origin = Origin.DEFAULT
        self._current = self._bundled[0] if self._bundled else None
        wanted = named if named is not None else remembered
        if wanted is not None:
            self._origin = Origin.NAMED if named is not None else Origin.REMEMBERED
            self._current = self._listed(wanted)

    @property
    def choices(self) -> tuple[ModelChoice, ...]:
        """The bundled models, the default one first, then folders."""
        return (*self._bundled, *self._folders)

    @property
    def current(self) -> ModelChoice | None:
        """The current model; None only in an installation without models."""
        return self._current

    @property
    def title(self) -> str:
        """Title of the current model."""
        return tr("the model") if self._current is None else self._current.title

    @property
    def looked_at(self) -> Path | None:
        """The folder that is being checked, if any."""
        return self._looked_at

    @property
    def to_remember(self) -> str | None:
        """The key to remember for the next start; None for the default."""
        is_wish = self._origin in (Origin.CHOSEN, Origin.REMEMBERED)
        return self._current.key if is_wish and self._current is not None else None

    @property
    def is_for_this_start_only(self) -> bool:
        """Whether the current model was named on the command line and is not remembered."""
        return self._origin is Origin.NAMED

    def info(self, choice: ModelChoice) -> ModelInfo | None:
        """A model's description; None until it has been loaded or checked."""
        return self._infos.get(choice.key)

    def choose(self, key: str) -> None:
        """Use the model with this key from now on; if it cannot be used, go back to the previous one."""
        self._forget_check()
        if self._current is None or key != self._current.key:
            self._switch(self._listed(key), Origin.CHOSEN)

    def choose_folder(self, folder: Path) -> None:
        """Check a folder and use the model it holds; if it holds none, report why and change nothing."""
        self._looked_at = folder

        def receive(event: object) -> None:
            self._receive_check(event)

        self._checking.submit(self._check(folder), receive)
        self.changed.emit()

    def confirm(self, info: ModelInfo) -> None:
        """The current model was loaded."""
        if self._current is None:
            return
        self._infos[self._current.key] = info
        self._proven = self._current, self._origin
        self.changed.emit()

    def fall_back(self) -> bool:
        """The current model cannot be used: go back to the previous one, else to the default.

        Returns whether there is one. A model named on the command line is not replaced.
        """
        failed, before, self._proven = self._current, self._proven, None
        if before is None or before[0] == failed:
            default = self._bundled[0] if self._bundled else None
            if self._origin not in (Origin.REMEMBERED, Origin.CHOSEN) or default is None or default == failed:
                return False
            before = default, Origin.DEFAULT
        if failed in self._folders:
            self._folders.remove(failed)
        self._switch(*before)
        return True

    def _listed(self, key: str) -> ModelChoice:
        known = next((choice for choice in self.choices if choice.key == key), None)
        if known is None:
            known = ModelChoice(key, is_bundled=False)
            self._folders.append(known)
        return known

    def _switch(self, choice: ModelChoice, origin: Origin) -> None:
        self._current, self._origin = choice, origin
        self.changed.emit()
        self.chosen.emit()

    def _receive_check(self, event: object) -> None:
        folder = self._looked_at
        if folder is None:  # another model was chosen in the meantime
            return
        if isinstance(event, ModelChecked):
            self._looked_at = None
            self._infos[event.key] = event.info
            self._switch(self._listed(event.key), Origin.CHOSEN)
        elif isinstance(event, Failed):
            self._forget_check()
            stays = "" if self._current is None else " " + tr("{model} stays in use.").format(model=self.title)
            self.failed.emit(Problem(event.message + stays, event.details))
        elif isinstance(event, Finished | Stopped):
            self._forget_check()

    def _forget_check(self) -> None:
        if self._looked_at is not None:
            self._looked_at = None
            self.changed.emit()
