"""Texts of the worklist's cells."""

from __future__ import annotations

import math

from ecg_viewer.state.assessment import HIGH_PERCENTILE
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.research_words import sources_text
from ecg_viewer.state.review.review import RECORD_STATES, RECORD_WORDS
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.kind_words import kind_text
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import percentile_text, statements_text, title_text
from ecg_viewer.state.words.statement_words import explained
from ecg_viewer.state.worklist.filters import OLDEST
from ecg_viewer.state.worklist.results import FAILED, OPEN, VERDICTS, Results
from ecg_viewer.state.worklist.sorting import BY_ID, MARK, NO_MARK, Table
from ecg_viewer.state.worklist.stored_measurements import QUANTITIES

REVIEW_SYMBOLS = ("○", "◐", "●")
"""Not reviewed, in progress, reviewed; beside the word where there is room."""
VERDICT_WORDS = {"good": translatable("good"), "fair": translatable("fair"), "poor": translatable("poor")}
NO_SCORE = "–"
OF_SEVERAL = "*"
"""After the percentile of a recording of several windows."""
UNRELIABLE = translatable("unreliable")


def cell(table: Table, row: int, column: str) -> str:
    """The text of one cell; empty where nothing is known, or where something is drawn instead."""
    columns, results = table.columns, table.results
    item = columns.items[row]
    if column == "name":
        return item.name
    if column == "statements":
        return columns.statements[row]
    if column == "superclass":
        return columns.superclass[row]
    if column == "age":
        return age_text(item)
    if column == "sex":
        return tr(item.sex)
    if column == "fold":
        return "" if item.fold is None else str(item.fold)
    if column == "review":
        return review_text(int(table.review[row]))
    if column == "mark":
        return MARK if item.path in table.marks else NO_MARK
    if column == "conclusion":
        return conclusion_cell(table, row)
    if column == "second_percentile":
        return percentile_cell(table.second.results, row)
    if column == "percentile_difference":
        return difference_cell(float(table.second.less_than(results)[row]))
    return _result(results, row, column)


def difference_cell(points: float) -> str:
    """`+3.2`, `−0.4`; nothing where one of the two models has no percentile."""
    return "" if math.isnan(points) else number(points, "+.1f").replace("-", "\N{MINUS SIGN}")


def age_text(item: RecordItem) -> str:
    """`56`, `over 89`, or nothing."""
    if item.age is None:
        return ""
    return tr("over 89") if item.age >= OLDEST else f"{item.age:.0f}"


def review_text(state: int) -> str:
    """`● Reviewed`."""
    return f"{REVIEW_SYMBOLS[state]} {tr(RECORD_WORDS[RECORD_STATES[state]])}"


def conclusion_cell(table: Table, row: int) -> str:
    """On one line; empty without one."""
    summary = table.decisions.get(row)
    return "" if summary is None else " · ".join(line for line in summary.conclusion.splitlines() if line.strip())


def percentile_cell(results: Results, row: int) -> str:
    """A number, `unreliable` if the signal is poor, `–` if there is none, empty before scoring."""
    if results.phase[row] == OPEN:
        return ""
    if not results.has_percentiles and not math.isnan(results.score[row]):
        return tr("score {value}").format(value=number(results.score[row], ".3g"))
    if results.phase[row] == FAILED or math.isnan(results.percentile[row]):
        return NO_SCORE
    if results.verdict[row] == VERDICTS.index("poor"):
        return tr(UNRELIABLE)
    text = percentile_text(float(results.percentile[row]))
    return f"{text} {OF_SEVERAL}" if results.n_windows[row] > 1 else text


def strongest_cell(results: Results, row: int, column: str) -> str:
    """Percentile, lead or kind of the strongest finding; `none` in place of the first where there is none."""
    score = results.scores.get(row)
    if score is None or score.is_earlier:
        return ""
    if column == "strongest" and results.phase[row] != FAILED and results.verdict[row] == VERDICTS.index("poor"):
        return tr(UNRELIABLE)
    found = score.strongest
    if found is None:
        if column != "strongest":
            return ""
        return NO_SCORE if score.finding_percentiles is None or why_no_score(results, row) else tr("none")
    if column == "strongest":
        return percentile_text(found.percentile)
    return found.lead if column == "strongest_lead" else kind_text(found.kind, found.layer)


def measured_cell(results: Results, row: int, quantity: str) -> str:
    """A whole number; `–` if it could not be measured, empty if it was not tried."""
    score = results.scores.get(row)
    measured = None if score is None else score.measured
    if measured is None:
        return ""
    value = measured.values.get(quantity, math.nan)
    return NO_SCORE if math.isnan(value) else number(round(value), "d")


def not_measured(results: Results, row: int) -> str:
    """A sentence on what could not be measured, and why; empty if everything was."""
    score = results.scores.get(row)
    if score is None or score.measured is None or not score.measured.reasons:
        return ""
    parts = (f"{tr(BY_ID[name].title)} ({translated(reason)})" if reason else tr(BY_ID[name].title)
             for name, reason in score.measured.reasons.items())
    return tr("Could not measure: {what}").format(what=", ".join(parts))


def several_windows(results: Results, row: int) -> str:
    """What the sign after a percentile means; empty for a recording of one window, as the normal ECGs are."""
    n = int(results.n_windows[row])
    if n <= 1 or why_no_score(results, row):
        return ""
    high = results.scores[row].n_high
    text = tr("{sign} The strongest of {n:,} 10-s windows; the normal cohort has one per ECG.").format(
        sign=OF_SEVERAL, n=n)
    if high < 0:
        return text
    share = tr("{high:,} of them ({share} %) reach the {level:g}th percentile, as {expected:g} % of normal ECGs do.")
    return text + " " + share.format(high=high, share=number(100 * high / n, ".1f"), level=HIGH_PERCENTILE,
                                     expected=100 - HIGH_PERCENTILE)


def truth_cell(results: Results, row: int) -> str:
    """The source of the truth behind hits and misses; empty if nothing is known or not yet scored."""
    score = results.scores.get(row)
    if score is not None and score.is_outdated:
        return tr("changed: score again")
    if results.truth[row] == 0:
        return tr("normal by data set")
    truth = None if score is None else score.truth
    return "" if truth is None else sources_text(truth.sources)


def why_no_score(results: Results, row: int) -> str:
    """Why a percentile is missing or unreliable; empty otherwise."""
    if results.phase[row] == OPEN:
        return tr("Not scored yet.")
    if results.phase[row] == FAILED:
        return translated(results.scores[row].problem)
    if not results.has_percentiles:
        return tr("The file has scores, but no percentiles.")
    if math.isnan(results.percentile[row]):
        return tr("Too many leads are not assessed to compare it with complete normal ECGs.")
    if results.verdict[row] == VERDICTS.index("poor"):
        return tr("The signal is too poor for its percentile to count.")
    return ""


def second_line(item: RecordItem) -> str:
    """The line below the name where there is no room for columns."""
    if item.title:
        return title_text(item)
    if item.statements:
        return statements_text(item)
    return tr("demo") if item.origin == "demo" else item.path.absolute().parent.name


def row_tooltip(table: Table, row: int) -> str:
    """Everything about a recording; the data set's words marked as such."""
    item, results = table.columns.items[row], table.results
    lines = [item.name, title_text(item), item.person]
    if item.statements:
        lines.append(tr("Data set says: {statements}").format(statements="; ".join(explained(item.statements))))
    if item.report:
        lines.append(tr("Data set's report: {report}").format(report=item.report))
    reason = why_no_score(results, row)
    if reason:
        lines.append(reason)
    else:
        lines.append(tr("Percentile {percentile} among normal ECGs").format(
            percentile=percentile_text(float(results.percentile[row]))))
        lines.append(several_windows(results, row))
    if second := percentile_cell(table.second.results, row):
        lines.append(tr("{model}: {percentile}").format(model=table.second.source.model, percentile=second))
    score = results.scores.get(row)
    if score is not None and score.strongest is not None and score.strongest.title:
        lines.append(tr("Strongest finding: {finding}").format(finding=translated(score.strongest.title)))
    lines.append(not_measured(results, row))
    if truth := truth_cell(results, row):
        lines.append(tr("Counted against: {truth}").format(truth=truth))
    lines.append(review_text(int(table.review[row])))
    if row in table.decisions and table.decisions[row].conclusion:
        lines.append(tr("Conclusion: {text}").format(text=table.decisions[row].conclusion))
    lines.append(str(item.path))
    return "\n".join(line for line in lines if line)


def _result(results: Results, row: int, column: str) -> str:
    if column == "percentile":
        return percentile_cell(results, row)
    if column == "quality":
        if results.verdict[row] < 0:
            return "" if math.isnan(results.quality[row]) else number(results.quality[row], ".2f")
        return f"{number(results.quality[row], '.2f')} {tr(VERDICT_WORDS[VERDICTS[results.verdict[row]]])}"
    if column in ("strongest", "strongest_lead", "strongest_kind"):
        return strongest_cell(results, row, column)
    if column in QUANTITIES:
        return measured_cell(results, row, column)
    if column == "truth":
        return truth_cell(results, row)
    if column == "auroc":
        return "" if math.isnan(results.auroc[row]) else number(results.auroc[row], ".3f")
    counts = {
        "findings": results.n_findings, "hits": results.n_hits, "misses": results.n_misses,
        "false_alarms": results.n_false,
    }
    if column not in counts or counts[column][row] < 0:
        return ""
    if column == "findings" and not counts[column][row] and why_no_score(results, row):
        return NO_SCORE  # none was found where the signal or the leads let nobody tell
    return number(counts[column][row], ",")
