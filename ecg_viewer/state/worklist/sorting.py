"""The columns of a worklist, and how each sorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.columns import Columns, ranks
from ecg_viewer.state.worklist.marks import MarkedRecordings
from ecg_viewer.state.worklist.results import VERDICTS, Results
from ecg_viewer.state.worklist.second_scores import SecondScores

Keys = NDArray[Any]
MARK, NO_MARK = "☑", "☐"
TIE = 1e-3
"""Smaller than any difference between percentiles, to break ties."""


@dataclass(frozen=True)
class Table:
    """The data that columns are made from."""

    columns: Columns
    results: Results
    review: NDArray[np.int8]
    second: SecondScores
    """Scores of another model."""
    decisions: Mapping[int, Summary] = field(default_factory=dict)
    """What was decided and concluded, by row; rows without any are missing."""
    marks: MarkedRecordings = field(default_factory=MarkedRecordings)


@dataclass(frozen=True)
class ColumnSpec:
    """One column."""

    id: str
    title: str
    """English, shown through `tr`."""
    tip: str
    width: int
    """Pixels at first."""
    keys: Callable[[Table], Keys]
    """(n,) numbers to sort by; NaN, or a negative number, is unknown and comes last in either direction."""
    is_number: bool = False
    """Stands at the right."""
    falls_first: bool = False
    """The first click sorts the largest to the top."""
    shown_first: bool = True
    """Shown unless the user chose otherwise."""
    of_results: bool = False
    """Changes while recordings are scored."""
    short: str = ""
    """The title where there is little room; empty: the same."""


def _percentile(table: Table) -> Keys:
    """Sort key of percentiles: ties beyond all normals are broken by score; unreliable ones come last."""
    return np.where(table.results.counts, ranked(table.results.score), np.nan)


def _second_percentile(table: Table) -> Keys:
    results = table.second.results
    return np.where(results.counts, ranked(results.score), np.nan)


def _difference(table: Table) -> Keys:
    """From 0 on, so that a negative difference is known."""
    return table.second.less_than(table.results) + 100.0


def strongest_keys(table: Table) -> Keys:
    """(n,) percentiles of strongest findings; equal ones, such as 100, are ordered by the record's score.

    Recordings without any finding come after those with one; what does not count or is not known is NaN.
    """
    results = table.results
    percentile = np.where(results.verdict == VERDICTS.index("poor"), np.nan, results.readings.percentile)
    scores = ranked(results.score)
    most = max(float(np.nanmax(scores, initial=0.0)), 1.0)
    return np.where(np.isneginf(percentile), 0.0, 1.0 + percentile) + np.nan_to_num(scores) / most * TIE


def _lead(table: Table) -> Keys:
    return table.results.readings.lead


def _kind(table: Table) -> Keys:
    return ranks(table.results.readings.kind, str.casefold)


def _marked(table: Table) -> Keys:
    return np.array([0 if item.path in table.marks else 1 for item in table.columns.items])


def _conclusion(table: Table) -> Keys:
    texts = [""] * len(table.columns)
    for row, summary in table.decisions.items():
        texts[row] = summary.conclusion
    return ranks(texts, str.casefold)


def _measured(name: str) -> Callable[[Table], Keys]:
    return lambda table: table.results.readings.values[name]


def _axis(table: Table) -> Keys:
    """From -180 on: a negative axis is known."""
    return table.results.readings.values["axis_deg"] + 180.0


def ranked(values: Keys) -> Keys:
    """(n,) the same order without negative numbers; NaN stays."""
    known = np.isfinite(values)
    lowest = values[known].min() if known.any() else 0.0
    return np.asarray(values - lowest)


def _female_first(table: Table) -> Keys:
    return np.where(table.columns.sex > 0, table.columns.sex, -1)


COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec("mark", translatable("Marked"),
               translatable("Recordings to be scored, exported or listed alone: a click marks, Shift+click marks all "
                            "between"),
               28, _marked, short=MARK),
    ColumnSpec("name", translatable("Name"),
               translatable("Name or number of the recording"), 100, lambda t: t.columns.name_rank),
    ColumnSpec("statements", translatable("Statements"),
               translatable("What the data set states, with likelihoods in percent"), 260,
               lambda t: t.columns.statements_rank),
    ColumnSpec("superclass", translatable("Superclass"), translatable("Diagnostic superclass of the statements"), 112,
               lambda t: t.columns.superclass_rank),
    ColumnSpec("age", translatable("Age"), translatable("In years; those over 89 are hidden by the data set"), 66,
               lambda t: t.columns.age, is_number=True),
    ColumnSpec("sex", translatable("Sex"), translatable("As the data set states it"), 78, _female_first),
    ColumnSpec("fold", translatable("Fold"), translatable("The data set's fold, 1 to 10; 10 is kept for testing"), 48,
               lambda t: np.where(t.columns.fold > 0, t.columns.fold, -1), is_number=True),
    ColumnSpec("percentile", translatable("Percentile"),
               translatable("How far the recording departs from the model's normal ECGs; higher departs more. Not "
                            "a probability of disease. * the strongest of several 10-s windows, which is high by "
                            "chance alone"),
               98, _percentile, True, True, of_results=True, short=translatable("Pctl.")),
    ColumnSpec("second_percentile", translatable("Other model"),
               translatable("Percentile by another model that has scored this list too"),
               98, _second_percentile, True, True, shown_first=False, of_results=True),
    ColumnSpec("percentile_difference", translatable("Difference"),
               translatable("Percentile of the model in use less that of the other model, in points"),
               84, _difference, True, True, shown_first=False, of_results=True),
    ColumnSpec("strongest", translatable("Strongest finding"),
               translatable("Percentile of the strongest finding: the share of normal ECGs that show nothing as "
                            "strong"),
               104, strongest_keys, True, True, of_results=True),
    ColumnSpec("strongest_kind", translatable("Kind"),
               translatable("Group of the strongest finding"), 156, _kind,
               of_results=True),
    ColumnSpec("strongest_lead", translatable("Lead"),
               translatable("Where the strongest finding is strongest"), 60, _lead,
               of_results=True),
    ColumnSpec("rate_bpm", translatable("Rate"), translatable("Beats per minute"), 56,
               _measured("rate_bpm"), True, True,
               shown_first=False, of_results=True),
    ColumnSpec("pr_ms", translatable("PR"), translatable("In ms; of a long recording, around its strongest 10 s"), 52,
               _measured("pr_ms"), True, True, shown_first=False, of_results=True),
    ColumnSpec("qrs_ms", translatable("QRS"), translatable("In ms; of a long recording, around its strongest 10 s"), 52,
               _measured("qrs_ms"), True, True, shown_first=False, of_results=True),
    ColumnSpec("qtc_ms", translatable("QTc"),
               translatable("In ms by Fridericia; of a long recording, around its strongest 10 s"), 52,
               _measured("qtc_ms"), True, True, shown_first=False, of_results=True),
    ColumnSpec("axis_deg", translatable("Axis"), translatable("Frontal axis of the QRS, in degrees"), 52, _axis, True,
               shown_first=False, of_results=True),
    ColumnSpec("findings", translatable("Findings"),
               translatable("Stretches that depart from normal, at the threshold"), 72,
               lambda t: t.results.n_findings, True, True, of_results=True),
    ColumnSpec("quality", translatable("Quality"),
               translatable("Signal quality, 0 to 1; poor: the percentile does not count"), 104,
               lambda t: t.results.quality, of_results=True),
    ColumnSpec("review", translatable("Review"), translatable("What the reviewer has decided"), 136,
               lambda t: t.review, short="✓"),
    ColumnSpec("conclusion", translatable("Conclusion"),
               translatable("What the reviewer wrote about the recording; the program writes nothing"), 220,
               _conclusion),
    ColumnSpec("trace", translatable("Lead II"),
               translatable("The first ten seconds of lead II, drawn small; heights are not to scale"),
               150, lambda t: t.columns.name_rank),
    ColumnSpec("auroc", translatable("AUROC"),
               translatable("Of the map's points against the reference regions of this recording; 1 is perfect, 0.5 is "
                            "chance"),
               68, lambda t: t.results.auroc, is_number=True, shown_first=False, of_results=True),
    ColumnSpec("hits", translatable("Hits"),
               translatable("Reference regions that a finding touches, at the threshold"), 52,
               lambda t: t.results.n_hits, True, True, shown_first=False, of_results=True),
    ColumnSpec("misses", translatable("Misses"),
               translatable("Reference regions that no finding touches, at the threshold"), 62,
               lambda t: t.results.n_misses, True, True, shown_first=False, of_results=True),
    ColumnSpec("false_alarms", translatable("False alarms"),
               translatable("Findings where nothing is known to be abnormal: outside reference regions, or in a normal "
                            "recording"), 92,
               lambda t: t.results.n_false, True, True, shown_first=False, of_results=True),
    ColumnSpec("truth", translatable("Truth"),
               translatable("What hits, misses and false alarms were counted against: annotations, label arrays, the "
                            "reviewer's confirmed and own findings, or that the data set calls the recording normal"),
               150, lambda t: t.results.truth, shown_first=False, of_results=True),
)
BY_ID = {column.id: column for column in COLUMNS}
FIRST_COLUMNS = tuple(column.id for column in COLUMNS if column.shown_first)
NARROW_COLUMNS = ("name", "percentile", "review")
"""In the column at the left; with `mark` once something is marked."""
RESEARCH_COLUMNS = ("auroc", "hits", "misses", "false_alarms", "truth")
"""Columns that need recordings known to be abnormal or normal."""


class Sort(NamedTuple):
    """By which column rows are sorted; `""` is the order of the list."""

    column: str = ""
    descending: bool = False

    @property
    def of_results(self) -> bool:
        """Whether new scores can change the order."""
        return bool(self.column) and BY_ID[self.column].of_results


def sorted_rows(table: Table, rows: NDArray[np.int64], sort: Sort) -> NDArray[np.int64]:
    """Rows in order; unknown values last in either direction, equal ones by name."""
    if not sort.column:
        return rows
    keys = np.asarray(BY_ID[sort.column].keys(table)[rows], float)
    unknown = ~np.isfinite(keys) | (keys < 0)
    values = np.where(unknown, 0.0, -keys if sort.descending else keys)
    return rows[np.lexsort((table.columns.name_rank[rows], values, unknown))]
