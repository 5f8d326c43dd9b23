"""Texts of the window of one patient's recordings."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from ecg_viewer.state.serial.board import Basis, SerialBoard, SerialEntry
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import MINUS, number
from mmae_core.files import formula_safe
from mmae_core.serial.quantities import quantity_of
from mmae_core.serial.standings import Standing

if TYPE_CHECKING:
    from mmae_core.serial.compare import SerialComparison, ValueDifference
    from mmae_core.serial.two_references import ReferenceRow

MONTHS = (
    translatable("{day} January {year}"), translatable("{day} February {year}"), translatable("{day} March {year}"),
    translatable("{day} April {year}"), translatable("{day} May {year}"), translatable("{day} June {year}"),
    translatable("{day} July {year}"), translatable("{day} August {year}"), translatable("{day} September {year}"),
    translatable("{day} October {year}"), translatable("{day} November {year}"), translatable("{day} December {year}"),
)
STANDING_WORDS: dict[Standing, str] = {
    "both": translatable("new, outside normals"), "own": translatable("new, within normals"),
    "known": translatable("known before"), "gone": translatable("gone"), "one": translatable("one reference only"),
}
STANDING_TIPS: dict[Standing, str] = {
    "both": translatable("Departs from normals and from the earlier ECG."),
    "own": translatable("Differs clearly from the earlier ECG; normals are not exceeded."),
    "known": translatable("Departs from normals; the earlier ECG does not differ."),
    "gone": translatable("The earlier ECG departed from normals there, and this one differs from it."),
    "one": translatable("Held against one of the two references alone: neither new nor known."),
}
BASIS_WORDS: dict[Basis, str] = {
    "table": translatable("{n} recordings of this patient, as the data set's table says."),
    "identity": translatable("{n} listed recordings whose files state the same patient."),
    "chosen": translatable("{n} recordings, chosen by you: nothing says that they are of one person."),
}
MARKS = ("", "●", "●●")
"""Within the tolerance, beyond it, clearly beyond it."""


def date_text(moment: datetime) -> str:
    """`2 May 1989`."""
    return tr(MONTHS[moment.month - 1]).format(day=moment.day, year=str(moment.year))


def when_text(entry: SerialEntry, board: SerialBoard, *, with_identity: bool) -> str:
    """The date of a recording; of a file whose dates identify, how long before the last one, unless identity is shown.
    """
    moment = entry.recorded_at
    if moment is None:
        return tr("date not known") if entry.ecg is not None or entry.problem else "…"
    if entry.item.recorded_at is not None or with_identity:
        return date_text(moment)
    last = max(one.recorded_at for one in board.entries if one.recorded_at is not None)
    days = (last - moment).days
    return tr("{n} days before the last").format(n=number(days, ",")) if days else tr("the last")


def entry_text(entry: SerialEntry, board: SerialBoard, *, with_identity: bool) -> str:
    """`2 May 1989 · 00039`."""
    return f"{when_text(entry, board, with_identity=with_identity)} · {entry.item.name}"


def basis_text(board: SerialBoard) -> str:
    """How the recordings were found, or what there is to do with one alone."""
    n = len(board.entries)
    if board.is_running and n < 2:
        return tr("Looking for recordings of this patient…")
    if n < 2:
        return tr("No other recording of this patient is listed. Add the ones to compare with.")
    text = tr(BASIS_WORDS[board.basis]).format(n=n)
    unknown = sum(entry.recorded_at is None for entry in board.entries if entry.ecg is not None)
    if unknown:
        text += " " + (tr("One has no date and stands at the end.") if unknown == 1 else
                       tr("{n} have no date and stand at the end.").format(n=unknown))
    return text


def value_text(key: str, value: float, *, signed: bool = False) -> str:
    """A value in its unit's decimals, with a minus sign; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    quantity = quantity_of(key)
    sign = "+" if signed or quantity.is_signed else ""
    text = number(value, f"{sign}.{quantity.decimals}f").replace("-", MINUS)
    return text.lstrip("+" + MINUS) if float(format(value, f".{quantity.decimals}f")) == 0 else text


def difference_text(value: ValueDifference) -> str:
    """`+0.24 ●`; the dots mark what is beyond the tolerance, two of them what is clearly so."""
    text = value_text(value.key, value.difference, signed=True)
    mark = MARKS[2 if value.is_clear else 1 if value.is_beyond else 0]
    return f"{text} {mark}".rstrip()


def difference_tip(value: ValueDifference) -> str:
    """Everything about one measurement, for tooltip and screen reader."""
    quantity = quantity_of(value.key)
    label = translated(quantity.label)
    what = label if value.lead is None else tr("{what} in {lead}").format(what=label, lead=value.lead)
    if not math.isfinite(value.difference):
        return tr("{what}: not measured in both").format(what=what)
    text = tr("{what}: {earlier} before, {later} now, difference {difference} {unit}; tolerance {tolerance} ({why})")
    why = (tr("as the beats vary") if value.beat_to_beat > value.test_retest else
           tr("of 95 of 100 unchanged normals"))
    return text.format(
        what=what, earlier=value_text(value.key, value.earlier), later=value_text(value.key, value.later),
        difference=value_text(value.key, value.difference, signed=True), unit=quantity.unit,
        tolerance=value_text(value.key, value.limit).lstrip("+"), why=why)


def comparison_text(comparison: SerialComparison) -> str:
    """How much differs, with what chance alone would give."""
    beyond, n = len(comparison.beyond), comparison.n_compared
    return tr("{beyond} of {n} measurements differ by more than their tolerance; in unchanged normal ECGs about "
              "{chance} do.").format(beyond=beyond, n=n, chance=round(0.05 * n))


def tolerance_text(comparison: SerialComparison) -> str:
    """Where the tolerances come from, and what the marks mean."""
    about = comparison.tolerance.about
    return tr("● differs by more than 95 of 100 unchanged patients do ({dataset}, folds {folds}: {n} with two normal "
              "ECGs, {days} days apart in the median), and than the beats vary; ●● so much that 95 of 100 of them show "
              "nothing like it in any measurement of its group.").format(
                  dataset=str(about["dataset"]), folds=str(about["folds"]), n=number(comparison.tolerance.n_pairs, ","),
                  days=number(float(about["median_days"] or 0), ".0f"))


def no_rows_text(comparison: SerialComparison) -> str:
    """What it means that neither reference found anything; nothing, where one of them was not asked."""
    if not comparison.later.departures.group:
        return tr("The later ECG could not be compared with normals.")
    if not comparison.n_compared:
        return tr("Nothing was measured in both ECGs.")
    return tr("Nothing departs from normals, nor clearly from the earlier ECG.")


def reference_text(row: ReferenceRow, when: str) -> str:
    """The sentence of a row."""
    return translated(row.sentence(when))


def copied_text(board: SerialBoard, *, with_identity: bool) -> str:
    """The comparison as text for a report or a spreadsheet."""
    comparison, earlier, later = board.comparison, board.earlier, board.later
    if comparison is None or earlier is None or later is None:
        return ""
    when = when_text(earlier, board, with_identity=with_identity)
    first, second = (entry_text(one, board, with_identity=with_identity) for one in (earlier, later))
    lines = [formula_safe(f"{first} → {second}"), comparison_text(comparison)]
    lines += [reference_text(row, when) for row in board.references]
    lines.append("\t".join((tr("Measurement"), tr("Lead"), tr("Earlier"), tr("Later"), tr("Difference"),
                            tr("Tolerance"), tr("Unit"))))
    lines += ["\t".join((translated(quantity_of(value.key).label), value.lead or "",
                         value_text(value.key, value.earlier), value_text(value.key, value.later),
                         difference_text(value), value_text(value.key, value.limit).lstrip("+"),
                         quantity_of(value.key).unit)) for value in comparison.values]
    return "\n".join(lines) + "\n"
