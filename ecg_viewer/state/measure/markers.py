"""Named instants of a recording. Where they are kept is the affair of a `MarkerStore`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

from ecg_viewer.state.language import tr
from ecg_viewer.state.signal import Signal

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


class MarkerStore(Protocol):
    """Keeps what belongs to the open recording; ids and values are the owner's."""

    def marker_values(self) -> Mapping[str, Mapping[str, Any]]:
        """All that is kept for the open recording, by id."""

    def set_marker(self, marker_id: str, values: Mapping[str, Any]) -> None:
        """Keep values, in the place of what had this id."""

    def remove_marker(self, marker_id: str) -> None:
        """Forget an id; one that is not there is no error."""


class MemoryStore:
    """Keeps markers while the program runs, apart for each recording."""

    def __init__(self) -> None:
        self._by_record: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._record = ""

    def use_record(self, key: str) -> None:
        """What is asked and kept from now on belongs to this recording."""
        self._record = key

    def marker_values(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self._by_record.get(self._record, {}))

    def set_marker(self, marker_id: str, values: Mapping[str, Any]) -> None:
        self._by_record.setdefault(self._record, {})[marker_id] = dict(values)

    def remove_marker(self, marker_id: str) -> None:
        self._by_record.get(self._record, {}).pop(marker_id, None)


class Markers:
    """The markers of the open recording, by time. `edited` carries a marker as it was and as it is, None for none."""

    def __init__(self, store: MarkerStore) -> None:
        self.changed: Signal[()] = Signal()
        self.edited: Signal[Marker | None, Marker | None] = Signal()
        """Not emitted by `restore` and `reload`."""
        self._store = store
        self._markers: dict[str, Marker] = {}

    @property
    def all(self) -> tuple[Marker, ...]:
        """Earliest first."""
        return tuple(sorted(self._markers.values(), key=lambda marker: (marker.time_s, marker.id)))

    def reload(self) -> None:
        """Ask the store again: another recording is open, or somebody else has changed what is kept."""
        read = (Marker.from_values(marker_id, values) for marker_id, values in self._store.marker_values().items())
        self._markers = {marker.id: marker for marker in read if marker is not None}
        self.changed.emit()

    def add(self, time_s: float, name: str = "") -> Marker:
        """Mark an instant; without a name it is called `Marker 3`, by the lowest free number."""
        marker = Marker(uuid4().hex, time_s, _clean(name) or self._free_name())
        self._change(None, marker)
        return marker

    def rename(self, marker_id: str, name: str) -> None:
        """Give another name; an empty one changes nothing. Raises KeyError."""
        before = self._markers[marker_id]
        name = _clean(name)
        if name and name != before.name:
            self._change(before, Marker(marker_id, before.time_s, name))

    def remove(self, marker_id: str) -> None:
        """Take one away. Raises KeyError."""
        self._change(self._markers[marker_id], None)

    def restore(self, before: Marker | None, after: Marker | None) -> None:
        """Put `after` in the place of `before`, as undo and redo do."""
        if before is not None and after is None:
            self._store.remove_marker(before.id)
            self._markers.pop(before.id, None)
        elif after is not None:
            self._store.set_marker(after.id, after.to_values())
            self._markers[after.id] = after
        self.changed.emit()

    def beside(self, time_s: float, steps: int) -> Marker | None:
        """The next marker after a time, or before it if `steps` is negative; None at the ends."""
        later = [marker for marker in self.all if marker.time_s > time_s + 1e-6]
        earlier = [marker for marker in self.all if marker.time_s < time_s - 1e-6]
        if steps > 0:
            return later[0] if later else None
        return earlier[-1] if earlier else None

    def _change(self, before: Marker | None, after: Marker | None) -> None:
        self.restore(before, after)
        self.edited.emit(before, after)

    def _free_name(self) -> str:
        names = {marker.name for marker in self._markers.values()}
        candidates = (tr("Marker {n}").format(n=number) for number in range(1, len(names) + 2))
        return next(name for name in candidates if name not in names)


def _clean(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME]
