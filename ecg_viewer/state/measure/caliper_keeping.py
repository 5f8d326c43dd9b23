"""Keeps the calipers of each recording: while the program runs, and in the review's journal once it has a reviewer.

All calipers of a recording are one entry of the journal, which later entries replace; undoing is the calipers' own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol

from ecg_viewer.state.measure.calipers import Caliper, CaliperKind, Calipers
from ecg_viewer.state.measure.markers import KeptMarker
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal

KEPT_AS = "calipers"
"""Identifier and kind of the journal's entry."""
MOST = 500
"""Calipers that are read back; more are no reader's."""
_NUMBERS = ("first_s", "second_s", "third_s", "first_mv", "second_mv", "third_mv")


class Store(Protocol):
    """Keeps what belongs to the open recording under the reviewer's name; `OpenReview` is one."""

    @property
    def changed(self) -> Signal[()]:
        """What is kept is another, or another recording is open."""

    @property
    def reviewer(self) -> str:
        """Whose entries are shown; empty if nobody has said."""

    @property
    def markers(self) -> Sequence[KeptMarker]:
        """What is kept for the open recording."""

    def keep_marker(self, marker_id: str, values: Mapping[str, Any]) -> None:
        """Keep values in the place of those before, without a step to undo."""


class KeptCalipers:
    """Brings the calipers of a recording back when it is opened again."""

    def __init__(self, session: Session, store: Store, calipers: Calipers) -> None:
        self._session, self._store, self._calipers = session, store, calipers
        self._known: dict[tuple[str, tuple[Path, ...]], tuple[Caliper, ...]] = {}
        """By reviewer and recording, what was last shown or edited in this program."""
        self._shown: tuple[str, tuple[Path, ...]] | None = None
        store.changed.connect(self._follow)

    def open(self) -> None:
        """Another recording is open: show its calipers, if it has any."""
        self._shown = None
        self._calipers.reset(self._session.view.duration_s)
        self._follow()

    def remember(self) -> None:
        """The calipers were edited: know them while the program runs."""
        key = self._key
        if key is not None:
            self._known[key] = self._calipers.all

    def write(self) -> None:
        """Put them into the journal; nothing happens while nobody has said who reviews."""
        if self._key is not None:
            values = {"kind": KEPT_AS, "calipers": [to_values(caliper) for caliper in self._calipers.all]}
            self._store.keep_marker(KEPT_AS, values)

    @property
    def _key(self) -> tuple[str, tuple[Path, ...]] | None:
        record = self._session.record
        return None if record is None else (self._store.reviewer, record.source.own_paths)

    def _follow(self) -> None:
        """Load once for each recording and reviewer, as soon as the journal has answered."""
        key = self._key
        if key is None or key == self._shown:
            return
        found = self._known.get(key)
        if found is None:
            kept = next((marker.values for marker in self._store.markers if marker.id == KEPT_AS), None)
            found = None if kept is None else from_values(kept)
        if found is None:
            if self._shown is not None and key[0] != self._shown[0]:
                self._calipers.load(())  # of another reviewer
                self._shown = None
            return
        self._shown = key
        self._known[key] = found
        self._calipers.load(found)


def to_values(caliper: Caliper) -> dict[str, Any]:
    """A caliper as plain JSON values."""
    return {item.name: getattr(caliper, item.name) for item in fields(Caliper) if item.name != "kind"} | {
        "kind": caliper.kind.value}


def from_values(values: Mapping[str, Any]) -> tuple[Caliper, ...] | None:
    """The calipers of a kept entry, without those that make no sense; None for an entry of something else."""
    kept = values.get("calipers")
    if values.get("kind") != KEPT_AS or not isinstance(kept, list):
        return None
    read = [_caliper(item, number) for number, item in enumerate(kept[:MOST], 1) if isinstance(item, Mapping)]
    return tuple(caliper for caliper in read if caliper is not None)


def _caliper(values: Mapping[str, Any], number: int) -> Caliper | None:
    numbers = {name: values.get(name, 0.0) for name in _NUMBERS}
    lead, kinds = values.get("lead"), {kind.value: kind for kind in CaliperKind}
    if not isinstance(lead, str) or values.get("kind") not in kinds or not all(map(_is_finite, numbers.values())):
        return None
    own = values.get("number")
    return Caliper(own if isinstance(own, int) and own > 0 else number, kinds[values["kind"]], lead,
                   marches=values.get("marches") is True, **{name: float(value) for name, value in numbers.items()})


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
