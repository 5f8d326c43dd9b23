"""The events of the review journal, and how they identify recordings and findings."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args
from uuid import uuid4

from mmae_core.assessment import Finding
from mmae_core.readers.recording_paths import bare_path

Kind = Literal[
    "decided", "noted", "own_set", "own_removed", "marker_set", "marker_removed", "record_state", "concluded", "seen",
    "linked", "first_read", "second_read", "shown_unread", "study_read", "adjudicated", "merged",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
BOOKKEEPING: frozenset[Kind] = frozenset({"seen", "linked"})
"""Events that say which file is which recording; not decisions."""

FILE_KEY = "file:"
"""Begins the provisional name of a recording whose SHA-256 is not known yet."""
LONGEST_S = 60 * 86_400.0
"""No recording is longer; decisions are sorted by minutes, of which a false one may not fill the memory."""
TIME_DIGITS = 4
"""Decimals of seconds: finer than a sample at 1 kHz, coarse enough that a finding computed again is the same one."""


def now_text() -> str:
    """The time as the journal keeps it: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_id() -> str:
    """A unique id for an event, a finding of the reviewer's own or a marker."""
    return uuid4().hex


def new_ids(n: int) -> list[str]:
    """`n` unique ids from one call for random bytes: a group can have thousands of decisions."""
    chance = os.urandom(16 * n).hex()
    return [chance[32 * place : 32 * (place + 1)] for place in range(n)]


@dataclass(frozen=True)
class Event:
    """Something a reviewer did; never changed afterwards."""

    kind: Kind
    record: str
    """SHA-256 of the recording's files, or a `file_key` while that is not known."""
    reviewer: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    """Plain JSON values; what each kind holds is in `review.fold`."""
    event_id: str = field(default_factory=new_id)
    time: str = field(default_factory=now_text)
    number: int | None = None
    """Its number in the journal; None until it is written."""
    order: str = ""
    """In a journal with entries of other machines: its place among all of them, to be compared as text."""

    def payload_text(self) -> str:
        """JSON without NaN. Raises ValueError or TypeError for anything else."""
        return json.dumps(dict(self.payload), ensure_ascii=False, sort_keys=True, allow_nan=False)


def in_order(events: Iterable[Event]) -> list[Event]:
    """As things were done: written ones by their place, then those that wait to be written, as given."""
    found = list(events)
    written = sorted((event for event in found if event.number is not None),
                     key=lambda event: (event.order, event.number or 0))
    return [*written, *(event for event in found if event.number is None)]


def file_key(paths: Sequence[Path], stamps: Sequence[tuple[int, int]] = ()) -> str:
    """A provisional name from place, size and time of change of a recording's files; of one of several in a file, from
    its own place and that file.

    `stamps` are size and time of each when it was opened: a file put in its place since is another recording. Without
    them the files are asked, which raises OSError.
    """
    digest = hashlib.sha256()
    if len(stamps) != len(paths):
        found = [_status(path) for path in paths]
        stamps = [(status.st_size, status.st_mtime_ns) for status in found]
    for path, (size, modified_ns) in zip(paths, stamps, strict=True):
        digest.update(f"{path.absolute()}\n{size}\n{modified_ns}\n".encode("utf-8", "surrogateescape"))
    return FILE_KEY + digest.hexdigest()[:40]


def _status(path: Path) -> os.stat_result:
    """Of a file, or of the one that a path leads into."""
    for place in (path, *path.parents):
        try:
            return place.stat()
        except NotADirectoryError:
            continue
    raise FileNotFoundError(path)


def path_text(path: Path) -> str:
    """How the journal names a recording's place: absolute, the same for header, signal file and bare name."""
    return str(bare_path(path.absolute()))


def interval_s(values: Mapping[str, Any]) -> tuple[float, float]:
    """Begin and end of what a payload is about. Raises KeyError, TypeError or ValueError if no recording has it."""
    start_s, end_s = float(values["start_s"]), float(values["end_s"])
    if not -LONGEST_S <= start_s <= end_s <= LONGEST_S:
        raise ValueError(f"no interval of a recording: {start_s} s to {end_s} s")
    return start_s, end_s


@dataclass(frozen=True)
class FindingId:
    """Identifies a finding: interval, model, layer and kind."""

    lead: str
    start_s: float
    end_s: float
    model: str
    """SHA-256 of the model's weights."""
    layer: str = "model"
    """As `Finding.layer`; journals of earlier versions know the model's map only, and name no layer."""
    kind: str = ""
    """As `Finding.kind`, of the layers with names: several departures may lie on one wave."""

    @classmethod
    def of(cls, finding: Finding, model_sha256: str) -> FindingId:
        """The name of a finding of this model."""
        start_s, end_s = round(finding.start_s, TIME_DIGITS), round(finding.end_s, TIME_DIGITS)
        if finding.layer == "model":
            return cls(finding.lead, start_s, end_s, model_sha256)
        return cls(finding.lead, start_s, end_s, model_sha256, finding.layer, finding.kind)

    @classmethod
    def from_payload(cls, values: Mapping[str, Any]) -> FindingId:
        """Read back what `to_payload` wrote. Raises KeyError, TypeError or ValueError."""
        return cls(str(values["lead"]), *interval_s(values), str(values["model"]),
                   str(values.get("layer", "model")), str(values.get("kind", "")))

    def to_payload(self) -> dict[str, Any]:
        named = {} if self.layer == "model" else {"layer": self.layer, "kind": self.kind}
        return {"lead": self.lead, "start_s": self.start_s, "end_s": self.end_s, "model": self.model, **named}

    def overlap(self, other: FindingId) -> float:
        """Intersection over union of two intervals of one lead, layer and kind, 0..1; 0 for different ones."""
        if (self.lead, self.layer, self.kind) != (other.lead, other.layer, other.kind):
            return 0.0
        common = min(self.end_s, other.end_s) - max(self.start_s, other.start_s)
        union = max(self.end_s, other.end_s) - min(self.start_s, other.start_s)
        if union <= 0 or math.isnan(union):
            return float(self.start_s == other.start_s)
        return max(common, 0.0) / union
