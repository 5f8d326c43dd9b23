"""Named instants of a recording. A `MarkerStore` stores them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr

MAX_NAME = 80
"""Characters of a name; more would not fit a line on the paper."""


@dataclass(frozen=True)
class Marker:
    """A named instant."""

    id: str
    time_s: float
    name: str

    def to_values(self) -> dict[str, Any]:
        """What a store keeps, plain JSON values."""
        return {"kind": "instant", "time_s": self.time_s, "name": self.name}

    @classmethod
    def from_values(cls, marker_id: str, values: Mapping[str, Any]) -> Marker | None:
        """Read back what `to_values` gave; None for values of something else than an instant."""
        time_s, name = values.get("time_s"), values.get("name")
        if values.get("kind") != "instant" or not isinstance(time_s, int | float) or not isinstance(name, str):
            return None
        return cls(marker_id, float(time_s), name) if math.isfinite(time_s) else None


class KeptMarker(Protocol):
    """A stored marker: an id and plain JSON values."""

    @property
    def id(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class MarkerStore(Protocol):
    """Keeps what belongs to the open recording and can undo it; `state.review.book.OpenReview` is one."""

    @property
    def changed(self) -> Signal[()]:
        """Something is kept that was not, or another recording is open."""

    @property
    def markers(self) -> Sequence[KeptMarker]:
        """All that is kept for the open recording."""

    def set_marker(self, marker_id: str, values: Mapping[str, Any], text: str) -> None:
        """Keep values, in the place of what had this id; `text` names it after `Undo`."""

    def remove_marker(self, marker_id: str, text: str) -> None:
        """Forget an id. Raises KeyError."""


class Markers:
    """The instants among what a store keeps for the open recording."""

    def __init__(self, store: MarkerStore) -> None:
        self.changed: Signal[()] = Signal()
        self._store = store
        store.changed.connect(self._announce)

    @property
    def all(self) -> tuple[Marker, ...]:
        """Earliest first."""
        read = (Marker.from_values(kept.id, kept.values) for kept in self._store.markers)
        known = (marker for marker in read if marker is not None)
        return tuple(sorted(known, key=lambda marker: (marker.time_s, marker.id)))

    def add(self, time_s: float, name: str = "") -> Marker:
        """Mark an instant; without a name it is called `Marker 3`, by the lowest free number."""
        marker = Marker(uuid4().hex, time_s, _clean(name) or self._free_name())
        self._store.set_marker(marker.id, marker.to_values(), tr("set marker {name}").format(name=marker.name))
        return marker

    def rename(self, marker_id: str, name: str) -> None:
        """Give another name; an empty one changes nothing. Raises KeyError."""
        before, name = self._marker(marker_id), _clean(name)
        if name and name != before.name:
            after = Marker(marker_id, before.time_s, name)
            self._store.set_marker(marker_id, after.to_values(), tr("rename marker {name}").format(name=before.name))

    def remove(self, marker_id: str) -> None:
        """Take one away. Raises KeyError."""
        name = self._marker(marker_id).name
        self._store.remove_marker(marker_id, tr("remove marker {name}").format(name=name))

    def beside(self, time_s: float, steps: int) -> Marker | None:
        """The next marker after a time, or before it if `steps` is negative; None at the ends."""
        later = [marker for marker in self.all if marker.time_s > time_s + 1e-6]
        earlier = [marker for marker in self.all if marker.time_s < time_s - 1e-6]
        if steps > 0:
            return later[0] if later else None
        return earlier[-1] if earlier else None

    def _marker(self, marker_id: str) -> Marker:
        for marker in self.all:
            if marker.id == marker_id:
                return marker
        raise KeyError(marker_id)

    def _announce(self) -> None:
        self.changed.emit()

    def _free_name(self) -> str:
        names = {marker.name for marker in self.all}
        candidates = (tr("Marker {n}").format(n=number) for number in range(1, len(names) + 2))
        return next(name for name in candidates if name not in names)


def _clean(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME]
