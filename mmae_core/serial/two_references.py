"""Two references side by side: normals of the same sex and age, and the person's own earlier recording.

What departs from normals and did so before is known; what departs from the earlier recording is new, whether normals
have it or not. The cohort's question is asked of every measurement at once and answered by its family of candidates
(`mmae_core.departures`). The own question is asked where the cohort departs, and there the tolerance of that one
measurement holds; elsewhere only a difference counts that is clear among all that were compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.departures.results import Departure, Wave
from mmae_core.facts import FactSummary
from mmae_core.messages import Message
from mmae_core.serial.compare import SerialComparison, ValueDifference, value_words
from mmae_core.serial.quantities import quantity_of, wave_of
from mmae_core.serial.serial_ecg import SerialEcg
from mmae_core.serial.standings import STANDINGS, Standing

COMPARED_AS = {"t_share": "t_mv", "q_share": "q_mv", "r_first_mv": "r_mv", "s_mv": "down_mv", "qs_mv": "down_mv",
               "r_v3_mv": "r_mv:V3"}
"""What of the serial measurements answers for a quantity that only the cohort is asked about."""
ASKED_OF_BOTH = frozenset({"rate_bpm", "pr_ms", "qrs_ms", "qtc_ms", "qrs_axis_deg", "qrs_t_angle_deg", "p_mv", "q_mv",
                           "r_mv", "down_mv", "st_j60_mv", "t_mv"})
"""Serial measurements that normals are asked about, too: of the others nobody can say that they do not depart."""


@dataclass(frozen=True)
class ReferenceRow:
    """A measurement of the later recording that departs from at least one of the two references."""

    standing: Standing
    what: Message
    """`ST +0.24 mV in V2`."""
    wave: Wave
    lead: str | None
    """None for a measurement of the recording."""
    cohort_percentile: float | None
    """Of the departure from normals (`Departure.family_percentile`); None: none was found."""
    own: ValueDifference | None
    """The difference from the earlier recording; None: this is not compared, or could not be."""

    @property
    def is_new(self) -> bool:
        """Whether the earlier recording did not have it."""
        return self.standing not in ("known", "one")

    def sentence(self, when: str) -> Message:
        """What it means, with the earlier recording's date or place as `when`: `2 May 1989`."""
        if self.standing == "one":
            return (_own_alone if self.cohort_percentile is None else _cohort_alone)(self.what, when)
        return _SENTENCES[self.standing](self.what, when)


def two_references(comparison: SerialComparison) -> tuple[ReferenceRow, ...]:
    """Every departure of the later recording, new ones first, within each standing the largest difference first."""
    rows = [_of_departure(departure, comparison) for departure in comparison.later.departures.flagged]
    told = {(row.wave, row.lead) for row in rows}
    for value in comparison.beyond:
        place = (wave_of(value.key), value.lead)
        if value.is_clear and place not in told and value.key.partition(":")[0] in ASKED_OF_BOTH:
            told.add(place)
            rows.append(_of_difference(value, comparison))
    return in_order(rows)


def in_order(rows: Iterable[ReferenceRow]) -> tuple[ReferenceRow, ...]:
    """New ones first, within each standing the largest difference first."""
    return tuple(sorted(rows, key=lambda row: (STANDINGS.index(row.standing), -_ratio(row.own))))


def of_fact(fact: FactSummary, comparison: SerialComparison) -> ReferenceRow:
    """A fact of the model's map, which departs from normals, by whether the earlier recording differs there as well:
    clearly in its wave, or in any if it names none, in one of its leads.
    """
    waves = tuple(wave for wave in WAVES if wave == fact.wave)
    asked = [value for value in comparison.values if value.lead in fact.leads and math.isfinite(value.ratio)
             and (not waves or wave_of(value.key) in waves)]
    own = max(asked, key=lambda value: value.ratio, default=None)
    lead = own.lead if own is not None else next(iter(fact.leads), None)
    standing: Standing = "one" if own is None else "both" if own.is_clear else "known"
    return ReferenceRow(standing, Message("{what}", what=fact.title), next(iter(waves), "rhythm"), lead,
                        fact.percentile, own)


WAVES: tuple[Wave, ...] = ("P", "QRS", "ST", "T")
"""Waves that serial measurements lie on."""


def counts(rows: Iterable[ReferenceRow]) -> dict[Standing, int]:
    """How many rows stand in each way."""
    found: dict[Standing, int] = dict.fromkeys(STANDINGS, 0)
    for row in rows:
        found[row.standing] += 1
    return found


def _of_departure(departure: Departure, comparison: SerialComparison) -> ReferenceRow:
    own = _own(departure, comparison)
    standing: Standing
    if own is not None and math.isfinite(own.difference):
        standing = "both" if own.is_beyond else "known"
    elif _had(comparison.earlier, departure):
        standing = "known"
    else:  # that normals were not exceeded says something only where the same was asked
        standing = "both" if own is None and _was_asked(comparison.earlier, departure) else "one"
    return ReferenceRow(standing, _what(departure), departure.wave, departure.lead, departure.family_percentile, own)


def _of_difference(value: ValueDifference, comparison: SerialComparison) -> ReferenceRow:
    wave, lead = wave_of(value.key), value.lead
    departed = any((departure.wave, departure.lead) == (wave, lead)
                   for departure in comparison.earlier.departures.flagged)
    label, written = quantity_of(value.key).label, value_words(value.key, value.later)
    what = (Message("{quantity} {value}", quantity=label, value=written) if lead is None else
            Message("{quantity} {value} in {lead}", quantity=label, value=written, lead=lead))
    is_asked = bool(comparison.later.departures.group)
    return ReferenceRow("one" if not is_asked else "gone" if departed else "own", what, wave, lead, None, value)


def _was_asked(earlier: SerialEcg, departure: Departure) -> bool:
    """Whether the earlier recording was held against normals in the departure's lead, or at all if it has none."""
    known = bool(earlier.values) if departure.lead is None else departure.lead in earlier.examination.measurements.leads
    return bool(earlier.departures.group) and known


def _own(departure: Departure, comparison: SerialComparison) -> ValueDifference | None:
    """The serial measurement that answers for a departure."""
    name = COMPARED_AS.get(departure.quantity, departure.quantity)
    key = name if departure.lead is None or ":" in name else f"{name}:{departure.lead}"
    try:
        return comparison.of(key)
    except KeyError:
        return None


def _had(earlier: SerialEcg, departure: Departure) -> bool:
    """Whether the earlier recording departed from normals in the same way, in the same lead."""
    return any((before.kind, before.lead, before.sign) == (departure.kind, departure.lead, departure.sign)
               for before in earlier.departures.flagged)


def _what(departure: Departure) -> Message:
    """The departure's own words for the measurement, without its normals."""
    what = departure.sentence.values.get("what")
    if isinstance(what, Message):
        return what
    return {**LEAD_QUANTITIES, **RECORD_QUANTITIES}[departure.quantity].label


def _ratio(own: ValueDifference | None) -> float:
    return own.ratio if own is not None and math.isfinite(own.ratio) else 0.0


def _both(what: Message, when: str) -> Message:
    return Message("{what}: differs from normals and from the earlier ECG of {when}", what=what, when=when)


def _only_own(what: Message, when: str) -> Message:
    return Message("{what}: differs from the earlier ECG of {when}, not from normals", what=what, when=when)


def _known(what: Message, when: str) -> Message:
    return Message("{what}: differs from normals, not from the earlier ECG of {when}", what=what, when=when)


def _gone(what: Message, when: str) -> Message:
    return Message("{what}: differs from the earlier ECG of {when}, which departed from normals there", what=what,
                   when=when)


def _cohort_alone(what: Message, when: str) -> Message:
    return Message("{what}: differs from normals; could not be compared with the earlier ECG of {when}", what=what,
                   when=when)


def _own_alone(what: Message, when: str) -> Message:
    return Message("{what}: differs from the earlier ECG of {when}; not compared with normals", what=what, when=when)


_SENTENCES = {"both": _both, "own": _only_own, "known": _known, "gone": _gone}
