"""The tab of intervals in words: each with its deviation from beat to beat and the limits of normal, all four QTc."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.state.measure.details import Details
from ecg_viewer.state.measure.interval_words import method_text, reason_text, stretch_text
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number, whole
from mmae_core.departures.quantities import QTC_FORMULA
from mmae_core.files import formula_safe
from mmae_core.intervals.device_differences import DeviceDifference, device_differences
from mmae_core.intervals.qtc_doubt import qtc_by_formula, qtc_doubt
from mmae_core.intervals.regularity import regularity
from mmae_core.intervals.results import Measurements, QtcFormula, Value
from mmae_core.record import Device

CHOSEN, DOUBTFUL = "✓", "?"
"""Behind the name of the formula in use, and behind a corrected QT that is doubtful."""
TITLES = {"rate_bpm": "Rate", "pr_ms": "PR", "qrs_ms": "QRS", "qt_ms": "QT", "qtc_ms": "QTc", "axis_deg": "QRS axis"}
"""By quantity; English, and each is translated where intervals are named."""


@dataclass(frozen=True)
class DetailedLine:
    """One interval of the tab."""

    name: str
    value: str
    """`168 ± 4 ms`, or why there is none."""
    normal: str
    """`118–202`, in the unit of the value; empty where it is not compared."""
    tip: str
    is_measured: bool
    is_chosen: bool = False
    """Of a QTc: whether its formula is the one in use."""


def detailed_lines(
    measured: Measurements, formula: QtcFormula, details: Details | None = None, *, compares: bool = True
) -> tuple[DetailedLine, ...]:
    """All measurements in the order in which they are read; the QTc of all formulas.

    Without `compares` the normals are not mentioned, as while all that the program marks is hidden.
    """
    ms = tr("{n} ms")
    doubt = qtc_doubt(measured)
    lines = [
        _line(tr("Rate"), measured.rate_bpm, tr("{n}/min"), "rate_bpm", details, compares),
        _rr_line(measured, details),
        _line(tr("PR"), measured.pr_ms, ms, "pr_ms", details, compares),
        _line(tr("QRS"), measured.qrs_ms, ms, "qrs_ms", details, compares),
        _line(tr("QT"), measured.qt_ms, ms, "qt_ms", details, compares),
    ]
    for name, value in qtc_by_formula(measured).items():
        is_chosen = name == formula.name
        title = tr("QTc {formula}").format(formula=name) + (f" {CHOSEN}" if is_chosen else "")
        key = "qtc_ms" if name == QTC_FORMULA else ""
        form = ms if doubt is None else f"{ms} {DOUBTFUL}"
        lines.append(_line(title, value, form, key, details, compares, is_chosen=is_chosen,
                           more="" if doubt is None else f"{translated(doubt)}."))
    lines.append(_line(tr("Axis"), measured.axis_deg, tr("{n}°"), "qrs_axis_deg", details, compares,
                       leads=measured.axis_leads))
    return tuple(lines)


def rhythm_text(measured: Measurements) -> str:
    """`The rhythm is regular: R-R 780–840 ms (12 intervals), 2 % from one to the next.`; empty with too few beats."""
    found = regularity(measured)
    if found is None:
        return ""
    text = (tr("The rhythm is regular: R-R {low}–{high} ms ({n} intervals), {percent} % from one to the next.")
            if found.is_regular else
            tr("The rhythm is irregular: R-R {low}–{high} ms ({n} intervals), {percent} % from one to the next."))
    return text.format(low=whole(found.shortest_ms), high=whole(found.longest_ms), n=found.n_intervals,
                       percent=number(found.step_percent, ".0f"))


def doubt_text(measured: Measurements) -> str:
    """Why QTc is doubtful; empty if it is not."""
    doubt = qtc_doubt(measured)
    return "" if doubt is None else f"{translated(doubt)}."


def device_text(device: Device | None, measured: Measurements) -> str:
    """What the recording device measured otherwise, beside what was measured here; empty if it agrees."""
    differing = device_differences(device, measured)
    if not differing:
        return ""
    return tr("The device measured otherwise: {values}.").format(values="; ".join(map(_difference, differing)))


def device_tip(device: Device | None, measured: Measurements) -> str:
    """From which difference on the device's values are named."""
    limits = [tr("{quantity} {n} {unit}").format(quantity=_title(item), n=whole(item.tolerance), unit=item.unit)
              for item in device_differences(device, measured)]
    if not limits:
        return ""
    return tr("Named where they differ by more than {limits}. Neither is taken for right.").format(
        limits=", ".join(limits))


def detailed_text(
    record_name: str, measured: Measurements, formula: QtcFormula, details: Details | None, device: Device | None,
    *, compares: bool = True,
) -> str:
    """Everything as text with tabs, for a report or a spreadsheet."""
    rows = [(line.name, line.value, line.normal, line.tip.replace("\n", " "))
            for line in detailed_lines(measured, formula, details, compares=compares)]
    head = (tr("Interval"), tr("Value"), tr("Normal"))
    sentences = (rhythm_text(measured), doubt_text(measured), device_text(device, measured), method_text(measured),
                 tr("Measured automatically. Research use only, not for diagnosis."))
    return "\n".join((
        formula_safe(record_name), stretch_text(measured), "\t".join(head),
        *("\t".join(row).rstrip("\t") for row in rows), *filter(None, sentences),
    )) + "\n"


def _line(
    name: str, value: Value, form: str, key: str, details: Details | None, compares: bool, *,
    leads: tuple[str, ...] | None = None, is_chosen: bool = False, more: str = "",
) -> DetailedLine:
    if value.value is None:
        reason = tr("could not measure ({reason})").format(reason=reason_text(value))
        return DetailedLine(name, reason, "", reason, False, is_chosen)
    spread = None if details is None else details.spreads.get(key)
    n = whole(value.value)
    with_spread = n if spread is None else tr("{n} ± {sd}").format(n=n, sd=whole(spread.sd))
    text = form.format(n=with_spread)
    if leads:
        basis = tr("from {leads}, {n} beats").format(leads=" + ".join(leads), n=value.n_beats)
    elif value.n_leads:
        basis = tr("{n} beats, {leads} leads").format(n=value.n_beats, leads=value.n_leads)
    else:
        basis = tr("{n} beats").format(n=value.n_beats)
    tips = [basis]
    if spread is not None:
        tips.append(tr("± {sd}: standard deviation from beat to beat, {n} of them").format(
            sd=number(spread.sd, ".1f"), n=spread.n_beats))
    normal, of_normals = _normal(key, details) if compares else ("", "")
    return DetailedLine(name, text, normal, "\n".join(filter(None, (*tips, of_normals, more))), True, is_chosen)


def _rr_line(measured: Measurements, details: Details | None) -> DetailedLine:
    if measured.rr_s is None:
        value = measured.rate_bpm
        reason = tr("could not measure ({reason})").format(reason=reason_text(value))
        return DetailedLine(tr("R-R"), reason, "", reason, False)
    n = len(measured.intervals_s)
    line = _line(tr("R-R"), Value(1000 * measured.rr_s, n_beats=n), tr("{n} ms"), "rr_ms", details, False)
    return DetailedLine(line.name, line.value, "", tr("median of {n} intervals").format(n=n) + "".join(
        f"\n{part}" for part in line.tip.splitlines()[1:]), True)


def _normal(key: str, details: Details | None) -> tuple[str, str]:
    """`118–202`, and whose limits those are."""
    limits = None if details is None else details.table.ranges.get(key)
    if details is None or limits is None:
        return "", ""
    low, high = (whole(limit) for limit in limits)
    return tr("{low} to {high}").format(low=low, high=high) if limits[0] < 0 else f"{low}–{high}", tr(
        "normal: the middle 95 % of {n} {group}").format(
            n=number(details.table.n_normals.get(key, 0), ","), group=translated(details.table.group))


def _difference(item: DeviceDifference) -> str:
    return tr("{quantity} {theirs} {unit} (here {ours} {unit})").format(
        quantity=_title(item), theirs=whole(item.device), ours=whole(item.ours), unit=item.unit)


def _title(item: DeviceDifference) -> str:
    title = tr(TITLES[item.quantity])
    return f"{title} {item.formula}" if item.formula else title
