"""One line on a recording: rate, PR, QRS, QT/QTc and axis, each with its percentile when it departs from normals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ecg_viewer.state.measure.interval_words import reason_text
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number, whole
from mmae_core.departures.quantities import QTC_FORMULA
from mmae_core.departures.results import MOST_SHARE, Departure, RecordDepartures
from mmae_core.intervals.results import Measurements, QtcFormula, Reason, Value

SEPARATOR = " · "


@dataclass(frozen=True)
class HeaderPart:
    """One measurement of the line."""

    text: str
    """`PR 240 ms (above 99.6 % of normals)`, or `PR: could not measure (no P wave …)`."""
    shorter: str
    """`PR 240 (above 99.6 %)`, where the line is narrow."""
    shortest: str
    """`PR 240↑`: the value and on which side of normal it lies."""
    tip: str
    """What it was compared with, or why it could not be measured."""
    departs: bool = False

    @property
    def forms(self) -> tuple[str, str, str]:
        """From the longest to the shortest."""
        return self.text, self.shorter, self.shortest


HEADER_QUANTITIES = frozenset({"rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "qrs_axis_deg"})


def stands_in_header(departure: Departure) -> bool:
    """Whether a departure is one of those that the line shows in bold."""
    return departure.lead is None and (departure.quantity in HEADER_QUANTITIES or departure.kind == "rhythm")


def header_parts(
    measured: Measurements, formula: QtcFormula, departures: RecordDepartures | None
) -> tuple[HeaderPart, ...]:
    """The line's measurements, in the order in which they are read.

    Without `departures` nothing is compared with normals, as while all that the program marks is hidden.
    """
    found = () if departures is None else tuple(item for item in departures.departures if item.lead is None)
    group = _compared_with(departures)
    is_compared = departures is not None and bool(departures.group)
    plain = tr("{name} {n}")
    uneven = tuple(item for item in found if item.kind == "rhythm")
    return (
        _part(tr("Rate"), measured.rate_bpm, tr("{n}/min"), _of(found, "rate_bpm"), group, tr("{n}/min")),
        *((_with_departures(tr("R-R uneven"), tr("R-R uneven"), uneven, group),) if uneven else ()),
        _part(tr("PR"), measured.pr_ms, tr("PR {n} ms"), _of(found, "pr_ms"), group, plain),
        _part(tr("QRS"), measured.qrs_ms, tr("QRS {n} ms"), _of(found, "qrs_ms"), group, plain),
        _qt_part(measured, formula, _of(found, "qt_ms", "qtc_ms"), group, is_compared),
        _part(tr("axis"), measured.axis_deg, tr("axis {n}°"), _of(found, "qrs_axis_deg"), group, tr("axis {n}°")),
    )


def header_text(parts: Iterable[HeaderPart]) -> str:
    """The whole line, for a page, a report or a screen reader."""
    return SEPARATOR.join(part.text for part in parts)


def _compared_with(departures: RecordDepartures | None) -> str:
    """The normals, or why there are none."""
    if departures is None:
        return ""
    if departures.group:
        return tr("Compared with {group}.").format(group=translated(departures.group))
    return translated(departures.limitations[0]) if departures.limitations else ""


def _of(found: Iterable[Departure], *quantities: str) -> tuple[Departure, ...]:
    """Departures of these very measurements, the strongest first: an irregular rhythm, for example, is not a high
    rate.
    """
    own = (item for item in found if item.quantity in quantities)
    return tuple(sorted(own, key=lambda item: -item.family_percentile))


def _part(
    name: str, value: Value, form: str, departures: tuple[Departure, ...], group: str, short_form: str
) -> HeaderPart:
    if value.value is None:
        return _unmeasured(name, value)
    n = whole(value.value)
    return _with_departures(form.format(name=name, n=n), short_form.format(name=name, n=n), departures, group)


def _qt_part(
    measured: Measurements, formula: QtcFormula, departures: tuple[Departure, ...], group: str,
    is_compared: bool,
) -> HeaderPart:
    qt, qtc = measured.qt_ms, measured.qtc_ms(formula)
    if qt.value is None:
        return _unmeasured(tr("QT") if qt.reason is Reason.VARIES else tr("QT/QTc"), qt)
    if qtc.value is None:
        text = tr("QT {n} ms").format(n=whole(qt.value))
        return _with_departures(text, text, departures, reason_text(qtc))
    values = {"qt": whole(qt.value), "qtc": whole(qtc.value)}
    text, short = tr("QT/QTc {qt}/{qtc} ms").format(**values), tr("QT/QTc {qt}/{qtc}").format(**values)
    written = tr("QTc: {formula}.").format(formula=formula.formula)
    if formula.name == QTC_FORMULA or not is_compared:
        return _with_departures(text, short, departures, " ".join(filter(None, (written, group))), formula.name)
    only = tr("Of QTc only that by {formula} is compared.").format(formula=QTC_FORMULA)
    return _other_formula(text, short, departures, " ".join((written, group, only)), formula)


def _other_formula(
    text: str, short: str, departures: tuple[Departure, ...], tip: str, formula: QtcFormula
) -> HeaderPart:
    """For a QTc by another formula than the one compared with normals: name the compared one with its value."""
    if not departures:
        note = tr("{formula}, not compared with normal ECGs").format(formula=formula.name)
        return HeaderPart(f"{text} ({note})", short, short, tip)
    strongest = departures[0]
    note = tr("{formula}; by {compared} {n} ms, {side}").format(
        formula=formula.name, compared=QTC_FORMULA, n=whole(strongest.value), side=side_text(strongest))
    return HeaderPart(
        f"{text} ({note})", f"{short} ({QTC_FORMULA} {_short_side(strongest)})",
        f"{short} ({QTC_FORMULA}{_arrow(strongest)})",
        "\n".join((*(translated(item.sentence) for item in departures), tip)), True,
    )


def _with_departures(
    text: str, short: str, departures: tuple[Departure, ...], group: str, note: str = ""
) -> HeaderPart:
    """A measurement with its percentile, and a `note` with it in the same brackets."""
    sentences = [translated(item.sentence) for item in departures]
    tip = "\n".join(filter(None, (*sentences, group)))
    if not departures:
        return HeaderPart(f"{text} ({note})" if note else text, short, short, tip)
    strongest = departures[0]
    inside = ", ".join(filter(None, (note, side_text(strongest))))
    return HeaderPart(
        f"{text} ({inside})", f"{short} ({_short_side(strongest)})", f"{short}{_arrow(strongest)}", tip, True
    )


def _percent(departure: Departure) -> str:
    """Rounded down, and never 100: there are too few normals to claim that."""
    return number(min(math.floor(departure.percentile * 10) / 10, MOST_SHARE), ".1f")


def side_text(departure: Departure) -> str:
    """`above 99.6 % of normal ECGs`."""
    text = tr("above {percent} % of normal ECGs") if departure.sign > 0 else tr("below {percent} % of normal ECGs")
    return text.format(percent=_percent(departure))


def _short_side(departure: Departure) -> str:
    """In words: a sign before the number would read as a limit of the percentile itself."""
    text = tr("above {percent} %") if departure.sign > 0 else tr("below {percent} %")
    return text.format(percent=_percent(departure))


def _arrow(departure: Departure) -> str:
    return "↑" if departure.sign > 0 else "↓"


def _unmeasured(name: str, value: Value) -> HeaderPart:
    reason = tr("{name} could not be measured: {reason}.").format(name=name, reason=reason_text(value))
    if value.reason is Reason.VARIES:
        low, high = (whole(float(value.details[end])) for end in ("low", "high"))
        short = f"{name} {low}–{high}"
        return HeaderPart(tr("{name} {low}–{high} ms").format(name=name, low=low, high=high), short, short, reason)
    dash = f"{name} –"
    text = tr("{name}: could not measure ({reason})").format(name=name, reason=reason_text(value))
    return HeaderPart(text, dash, dash, reason)
