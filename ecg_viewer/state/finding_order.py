"""Findings sorted by strength, into which the findings of a new stretch are merged.

A day may hold tens of thousands. Adding a stretch copies lists, which costs next to nothing, and looks only at findings
near the stretch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ecg_viewer.state.quality import Windows, is_unreliable_at
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS

JOIN_GAP_S = 0.05
"""Findings of one lead that end and start this close to the border of two stretches are one finding."""
MINUTE_S = 60.0

Key = tuple[bool, float, float, float, int]
"""Unreliable, percentile and ratio to the typical peak (both negative), start, place of the lead: strongest first."""
_PLACES = {lead: place for place, lead in enumerate(STANDARD_LEADS)}


class OrderedFinding(NamedTuple):
    """A finding with its place in the order."""

    key: Key
    finding: Finding


@dataclass(frozen=True)
class FindingOrder:
    """Findings strongest first; those in leads whose signal is poor come after all others.

    Strength is the percentile and, among those beyond all normals, the peak as a multiple of the lead's typical one.
    """

    findings: tuple[Finding, ...] = ()
    by_minute: Mapping[int, tuple[OrderedFinding, ...]] = field(default_factory=dict, repr=False)
    """Entries by the minute in which they begin; where nothing has changed the tuple stays the same object."""
    _keys: tuple[Key, ...] = field(default=(), repr=False)
    _long: tuple[OrderedFinding, ...] = field(default=(), repr=False)
    """Entries that end in another minute than they begin in; few, because stretches end on minutes."""

    @classmethod
    def of(cls, findings: Iterable[Finding], typical_peaks: tuple[float, ...], windows: Windows) -> FindingOrder:
        """The order of findings that are complete already."""
        return cls()._changed((), tuple(_entry(finding, typical_peaks, windows) for finding in findings))

    @property
    def n_reliable(self) -> int:
        """So many come first; the rest lies in leads whose signal is poor."""
        return bisect_left(self._keys, (True,))

    def with_stretch(
        self,
        new: tuple[Finding, ...],
        stretch_s: tuple[float, float],
        judged_s: tuple[float, float],
        typical_peaks: tuple[float, ...],
        windows: Windows,
    ) -> FindingOrder:
        """Merge the findings of a stretch, joining those that continue across its borders.

        Findings in `judged_s`, where signal quality was reassessed, are sorted again.
        """
        touched = list(self._near(stretch_s[0] - JOIN_GAP_S, stretch_s[1] + JOIN_GAP_S))
        joined = join_findings((*(entry.finding for entry in touched), *new), stretch_s)
        known = {id(entry.finding) for entry in touched}
        judged = [entry for entry in self._near(*judged_s) if id(entry.finding) not in known]
        added = [_entry(finding, typical_peaks, windows) for finding in joined]
        for entry in judged:
            again = _entry(entry.finding, typical_peaks, windows)
            if again.key != entry.key:
                touched.append(entry)
                added.append(again)
        return self._changed(touched, added)

    def first_overlapping(self, finding: Finding) -> int | None:
        """Index of the strongest finding of the same lead and kind that overlaps this one."""
        places = [
            self._place(entry)
            for entry in self._near(finding.start_s, finding.end_s)
            if _line_of(entry.finding) == _line_of(finding)
            and entry.finding.start_s < finding.end_s
            and finding.start_s < entry.finding.end_s
        ]
        return min(places, default=None)

    def _near(self, start_s: float, end_s: float) -> Iterator[OrderedFinding]:
        """Entries that overlap a stretch, ends included."""
        for minute in range(int(max(start_s, 0.0) // MINUTE_S), int(max(end_s, 0.0) // MINUTE_S) + 1):
            for entry in self.by_minute.get(minute, ()):
                if entry.finding.start_s <= end_s and entry.finding.end_s >= start_s:
                    yield entry
        first_minute = int(max(start_s, 0.0) // MINUTE_S)
        for entry in self._long:
            begins_before = _minute(entry.finding.start_s) < first_minute
            if begins_before and entry.finding.start_s <= end_s and entry.finding.end_s >= start_s:
                yield entry

    def _changed(self, removed: Iterable[OrderedFinding], added: Iterable[OrderedFinding]) -> FindingOrder:
        findings, keys = list(self.findings), list(self._keys)
        by_minute, long = dict(self.by_minute), list(self._long)
        for entry in removed:
            place = self._place_in(findings, keys, entry)
            del findings[place], keys[place]
            minute = _minute(entry.finding.start_s)
            by_minute[minute] = tuple(item for item in by_minute[minute] if item is not entry)
            if _is_long(entry.finding):
                long = [item for item in long if item is not entry]
        for entry in added:
            place = bisect_left(keys, entry.key)
            findings.insert(place, entry.finding)
            keys.insert(place, entry.key)
            minute = _minute(entry.finding.start_s)
            by_minute[minute] = (*by_minute.get(minute, ()), entry)
            if _is_long(entry.finding):
                long.append(entry)
        return FindingOrder(tuple(findings), by_minute, tuple(keys), tuple(long))

    def _place(self, entry: OrderedFinding) -> int:
        return self._place_in(self.findings, self._keys, entry)

    @staticmethod
    def _place_in(findings: Iterable[Finding], keys: Iterable[Key], entry: OrderedFinding) -> int:
        assert isinstance(findings, list | tuple)
        assert isinstance(keys, list | tuple)
        place = bisect_left(keys, entry.key)
        while findings[place] is not entry.finding:  # findings of one strength stand side by side
            place += 1
        return place


def join_findings(findings: Iterable[Finding], borders_s: tuple[float, ...]) -> tuple[Finding, ...]:
    """Findings by lead, layer, kind and time; those cut in two by a border between stretches are joined."""
    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (_line_of(item), item.start_s)):
        previous = joined[-1] if joined else None
        if previous is not None and _line_of(previous) == _line_of(finding) and _meet(previous, finding, borders_s):
            stronger = max(previous, finding, key=lambda item: item.peak_score)
            end_s = max(previous.end_s, finding.end_s)
            joined[-1] = replace(stronger, start_s=previous.start_s, end_s=end_s)
        else:
            joined.append(finding)
    return tuple(joined)


def _meet(earlier: Finding, later: Finding, borders_s: tuple[float, ...]) -> bool:
    if later.start_s < earlier.end_s:
        return True
    return any(
        abs(earlier.end_s - border) <= JOIN_GAP_S and abs(later.start_s - border) <= JOIN_GAP_S for border in borders_s
    )


def _entry(finding: Finding, typical_peaks: tuple[float, ...], windows: Windows) -> OrderedFinding:
    lead = lead_place(finding.lead)
    is_unreliable = is_unreliable_at(windows, finding.lead, finding.peak_s)
    typical = typical_peaks[lead] if finding.layer == "model" and lead < len(typical_peaks) else 1.0
    ratio = finding.peak_score / max(typical, 1e-12)
    return OrderedFinding((is_unreliable, -finding.percentile, -ratio, finding.start_s, lead), finding)


def _line_of(finding: Finding) -> tuple[int, str, str, str]:
    """Key of findings that may be joined: lead, layer and kind (the model's have none)."""
    named = (finding.kind, finding.fact) if finding.layer != "model" else ("", "")
    return lead_place(finding.lead), finding.layer, *named


def lead_place(lead: str) -> int:
    """Index of a lead in the standard order; what concerns the whole recording comes last."""
    return _PLACES.get(lead, len(_PLACES))


def _minute(time_s: float) -> int:
    return int(max(time_s, 0.0) // MINUTE_S)


def _is_long(finding: Finding) -> bool:
    return _minute(finding.end_s) != _minute(finding.start_s)
