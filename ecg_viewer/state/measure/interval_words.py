"""Measurements in words: values with units, reasons for missing ones, and what they were measured from."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number, whole
from mmae_core.files import formula_safe
from mmae_core.intervals.results import Measurements, QtcFormula, Reason, Value

REASONS: dict[Reason, str] = {
    Reason.TOO_SHORT: translatable("the stretch lasts {duration_s:.1f} s; {needed_s:g} s are needed"),
    Reason.LOW_RATE: translatable("sampled at {rate_hz:g} Hz; {needed_hz:g} Hz are needed"),
    Reason.NO_LEADS: translatable("none of the twelve leads has a usable signal"),
    Reason.FEW_LEADS: translatable("a usable signal in only {found} of eight independent leads; {needed} are needed"),
    Reason.POOR_QUALITY: translatable("the signal is too poor: {fault}"),
    Reason.FEW_BEATS: translatable("only {found} beats were found; {needed} are needed"),
    Reason.FEW_INTERVALS: translatable(
        "only {found} beats follow the one before without a gap in the signal; {needed} are needed"),
    Reason.FEW_ALIKE: translatable("only {found} of {total} beats are whole and alike; {needed} are needed"),
    Reason.NO_REST: translatable("the signal does not come to rest between beats"),
    Reason.NO_QRS_BOUNDS: translatable("the QRS does not stand out from the noise"),
    Reason.NO_P: translatable("no P wave that keeps its place before the QRS"),
    Reason.IRREGULAR: translatable("the rhythm is irregular and has no steady P wave"),
    Reason.P_DISAGREES: translatable("the leads disagree on the P wave by {spread_ms:.0f} ms"),
    Reason.T_DISAGREES: translatable("the leads disagree on the end of T by {spread_ms:.0f} ms"),
    Reason.T_UNSTEADY: translatable("the end of T differs from beat to beat"),
    Reason.VARIES: translatable("it changes from {low:.0f} to {high:.0f} ms within the stretch"),
    Reason.NO_T: translatable("no T wave was found in enough leads"),
    Reason.IMPLAUSIBLE: translatable("the result, {value:.0f} ms, is not plausible"),
    Reason.NO_LIMB_LEADS: translatable("leads I and aVF, or I and II, are needed"),
    Reason.NO_AXIS: translatable("the QRS has no direction in the limb leads"),
    Reason.AT_LIMIT: translatable("the {boundary} lies where the search ends"),
    Reason.NEEDS_QRS: translatable("QRS could not be measured"),
    Reason.NEEDS_QT: translatable("QT could not be measured"),
    Reason.NEEDS_RATE: translatable("the rate could not be measured"),
}
"""The texts of `Reason`, listed for translation."""
LEFT_OUT = {
    "other shape": translatable("{n} of another shape"),
    "premature": translatable("{n} premature"),
    "cut off": translatable("{n} cut off at the ends"),
}
METHOD = translatable(
    "Beats from all leads together; P, QRS and T from the average beats of all leads. Axis from the "
    "highest plus the lowest value of the QRS in {leads}."
)


@dataclass(frozen=True)
class Line:
    """One measurement as it is shown."""

    name: str
    text: str
    """`146 ms`, or `could not measure (…)`."""
    basis: str
    """What it was taken from; empty without a value."""
    is_measured: bool


def reason_text(value: Value) -> str:
    """Why there is no value; empty if there is one."""
    if value.reason is None:
        return ""
    details = {name: translated(value) if isinstance(value, str) else value for name, value in value.details.items()}
    return tr(REASONS[value.reason]).format(**details)


def interval_lines(measured: Measurements, formula: QtcFormula) -> tuple[Line, ...]:
    """All measurements, in the order in which they are read."""
    ms = tr("{n} ms")
    return (
        _line(tr("Rate"), measured.rate_bpm, tr("{n}/min")),
        _line(tr("PR"), measured.pr_ms, ms),
        _line(tr("QRS"), measured.qrs_ms, ms),
        _line(tr("QT"), measured.qt_ms, ms),
        _line(tr("QTc {formula}").format(formula=formula.name), measured.qtc_ms(formula), ms),
        _line(tr("QRS axis"), measured.axis_deg, tr("{n}°"), leads=measured.axis_leads),
    )


def _line(name: str, value: Value, unit: str, leads: tuple[str, ...] | None = None) -> Line:
    if value.value is None:
        return Line(name, tr("could not measure ({reason})").format(reason=reason_text(value)), "", False)
    if leads:
        basis = tr("from {leads}, {n} beats").format(leads=" + ".join(leads), n=value.n_beats)
    elif value.n_leads:
        basis = tr("{n} beats, {leads} leads").format(n=value.n_beats, leads=value.n_leads)
    else:
        basis = tr("{n} beats").format(n=value.n_beats)
    return Line(name, unit.format(n=whole(value.value)), basis, True)


def stretch_text(measured: Measurements) -> str:
    """`0.00–10.00 s: 10 of 11 beats are typical; 12 leads`."""
    end_s = measured.start_s + measured.duration_s
    return tr("{start}–{end} s: {typical} of {all} beats are typical; {leads} usable leads").format(
        start=number(measured.start_s, ".2f"), end=number(end_s, ".2f"), typical=measured.n_typical,
        all=measured.n_beats, leads=len(measured.leads),
    )


def method_text(measured: Measurements) -> str:
    """How it was measured."""
    leads = tr("{first} and {second}").format(first=(measured.axis_leads or ("I", "aVF"))[0],
                                              second=(measured.axis_leads or ("I", "aVF"))[1])
    return tr(METHOD).format(leads=leads)


def copied_text(record_name: str, measured: Measurements, formula: QtcFormula) -> str:
    """Everything as text with tabs, for a report or a spreadsheet."""
    rows = [(line.name, line.text, line.basis) for line in interval_lines(measured, formula)]
    return "\n".join((
        formula_safe(record_name), stretch_text(measured), *("\t".join(row).rstrip("\t") for row in rows),
        method_text(measured), tr("Measured automatically. Research use only, not for diagnosis."),
    )) + "\n"


def beats_text(n_used: int, n_beats: int, left_out: tuple[tuple[str, int], ...]) -> str:
    """`9 of 10 beats (left out: 1 premature)`."""
    text = tr("{used} of {all} beats").format(used=n_used, all=n_beats)
    if left_out:
        reasons = ", ".join(tr(LEFT_OUT[reason]).format(n=count) for reason, count in left_out)
        text += " " + tr("(left out: {reasons})").format(reasons=reasons)
    return text
