"""The worklist: which recordings are shown in which order, and which one comes next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.review.review import RECORD_STATES, Summary
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.worklist.columns import Columns, make_columns
from ecg_viewer.state.worklist.filters import REVIEW_STATES, WorklistFilter, failures
from ecg_viewer.state.worklist.marks import MarkedRecordings, Scope
from ecg_viewer.state.worklist.results import DEFAULT_THRESHOLD, RecordScore, Results, ScoreSource
from ecg_viewer.state.worklist.second_scores import SecondScores
from ecg_viewer.state.worklist.sorting import Sort, Table, ranked, sorted_rows, strongest_keys

NORMAL = "NORM"
UNDECIDED = Summary("unreviewed", 0, 0, 0)
NextBy = Literal["record", "finding"]


class Worklist:
    """Recordings with their data. Rows are indices into the list; positions are indices among the shown rows."""

    def __init__(self) -> None:
        self.order_changed: Signal[()] = Signal()
        """Other rows are shown, or in another order."""
        self.rows_changed: Signal[NDArray[np.int64]] = Signal()
        """The content of these rows changed, not their position."""
        self.columns_changed: Signal[()] = Signal()
        """Other recordings are listed; emitted before `order_changed`."""
        self.source_changed: Signal[()] = Signal()
        """Scores of another source are shown; emitted before `order_changed`."""
        self.outdated_changed: Signal[()] = Signal()
        """`is_outdated` is another."""
        self.said_changed: Signal[()] = Signal()
        self.said = ("", "")
        """What the list is, in a line, and more about it; empty for a list nobody named."""
        self.marks = MarkedRecordings()
        """What the reader marked."""
        self._columns = make_columns(())
        self._results = Results(0, ScoreSource(""), np.zeros(0, bool), DEFAULT_THRESHOLD)
        self._second = SecondScores.none(0)
        self._review = np.zeros(0, np.int8)
        self._decisions: dict[int, Summary] = {}
        self._filter = WorklistFilter()
        self._sort = Sort()
        self._order = np.zeros(0, np.int64)
        self._positions: NDArray[np.int64] = np.zeros(0, np.int64)
        self._is_stale = False
        self._is_outdated = False
        self._trail: list[Path] = []
        self._trail_place = -1
        self._next_by: NextBy = "record"

    @property
    def columns(self) -> Columns:
        return self._columns

    @property
    def results(self) -> Results:
        return self._results

    @property
    def second(self) -> SecondScores:
        """Scores of another model beside `results`."""
        return self._second

    @property
    def review(self) -> NDArray[np.int8]:
        """(n,) indices into `REVIEW_STATES`."""
        return self._review

    @property
    def filter(self) -> WorklistFilter:
        return self._filter

    @property
    def sort(self) -> Sort:
        return self._sort

    @property
    def next_by(self) -> NextBy:
        """The order of `next_anomalous`."""
        return self._next_by

    def set_next_by(self, next_by: NextBy) -> None:
        """Order by score or by strongest finding, starting again from the top."""
        if next_by != self._next_by:
            self._next_by = next_by
            self._trail, self._trail_place = [], -1

    @property
    def order(self) -> NDArray[np.int64]:
        """The rows shown, first to last."""
        return self._order

    @property
    def table(self) -> Table:
        return Table(self._columns, self._results, self._review, self._second, self._decisions, self.marks)

    def say(self, text: str, more: str) -> None:
        """Say what the list is."""
        if (text, more) != self.said:
            self.said = text, more
            self.said_changed.emit()

    def rows_of(self, scope: Scope) -> NDArray[np.int64]:
        """Rows in the order shown, hidden ones after them: those that are marked, shown, or all."""
        if scope == "shown":
            return self._order
        rows = np.concatenate((self._order, np.flatnonzero(self._positions < 0)))
        if scope == "all":
            return rows
        items = self._columns.items
        return np.array([row for row in rows.tolist() if items[row].path in self.marks], np.int64)

    @property
    def is_stale(self) -> bool:
        """Whether scores have arrived that `refresh` would sort in or filter out."""
        return self._is_stale

    @property
    def is_outdated(self) -> bool:
        """Whether `refresh` would show other rows or another order, as `check_order` found. Rows move only on request:
        whoever points at one must not hit another.
        """
        return self._is_outdated

    def check_order(self) -> None:
        """Find out whether what has arrived asks for another order."""
        if self._is_stale and not self._is_outdated and not np.array_equal(self._sorted(), self._order):
            self._is_outdated = True
            self.outdated_changed.emit()

    def __len__(self) -> int:
        return len(self._columns)

    def position(self, path: Path | None) -> int | None:
        """Where a recording is shown; None if it is not."""
        row = None if path is None else self._columns.row_of.get(path)
        if row is None or self._positions[row] < 0:
            return None
        return int(self._positions[row])

    def set_columns(self, columns: Columns) -> None:
        """List other recordings. Scores and review states of those that were listed before stay."""
        before, scores, decisions = self._columns, self._results.scores, self._decisions
        self._columns = columns
        self._review, self._decisions = np.zeros(len(columns), np.int8), {}
        self._results = self._no_results(self._results.source)
        rows = {row: columns.row_of[item.path] for row, item in enumerate(before.items) if item.path in columns.row_of}
        self._results.put({rows[row]: score for row, score in scores.items() if row in rows})
        self._second = self._second.moved(len(columns), rows)
        self._take({rows[row]: summary for row, summary in decisions.items() if row in rows})
        self.marks.keep_listed(columns.row_of)
        self.columns_changed.emit()
        self.refresh()

    def set_filter(self, chosen: WorklistFilter) -> None:
        """Show the recordings that pass `chosen`."""
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def set_sort(self, sort: Sort) -> None:
        """Sort by a column."""
        if sort != self._sort:
            self._sort = sort
            self.refresh()

    def set_source(self, source: ScoreSource, scores: Mapping[int, RecordScore]) -> None:
        """Show scores of another source, and none of the one before."""
        self._results = self._no_results(source)
        self._results.put(scores)
        if self._second.source == source:
            self._second = SecondScores.none(len(self._columns))
        self._trail, self._trail_place = [], -1
        self.source_changed.emit()
        self.refresh()

    def set_second(self, source: ScoreSource, scores: Mapping[int, RecordScore]) -> None:
        """Show scores of another model beside those that are shown."""
        if not scores and not self._second.is_there:
            return
        results = self._no_results(source)
        results.put(scores)
        self._second = SecondScores(results)
        self.source_changed.emit()
        self.refresh()

    def put_scores(self, scores: Mapping[int, RecordScore]) -> None:
        """Store scores. Rows keep their order until `refresh`, so that the table does not jump while in use."""
        if not scores:
            return
        self._results.put(scores)
        self._is_stale = self._is_stale or self._filter.asks_results or self._sort.of_results
        self.rows_changed.emit(np.array(sorted(scores), np.int64))

    @property
    def decided(self) -> frozenset[int]:
        """Rows about which something was put by `put_review`."""
        return frozenset(self._decisions)

    def put_review(self, decisions: Mapping[int, Summary]) -> None:
        """Set what was decided, by row; rows that are not named are unchanged."""
        changed = [row for row, summary in decisions.items() if self._decisions.get(row, UNDECIDED) != summary]
        self._take({row: decisions[row] for row in changed})
        if changed:
            asked = self._filter.state in (*REVIEW_STATES, "concluded") or bool(self._filter.text)
            self._is_stale = self._is_stale or asked or self._sort.column in ("review", "conclusion")
            self.rows_changed.emit(np.array(sorted(changed), np.int64))

    def _take(self, decisions: Mapping[int, Summary]) -> None:
        for row, summary in decisions.items():
            self._review[row] = RECORD_STATES.index(summary.state)
            self._decisions[row] = summary

    def set_threshold(self, percentile: float) -> None:
        """Count findings from a percentile on."""
        if percentile != self._results.threshold:
            self._results.set_threshold(percentile)
            self.refresh()

    def refresh(self) -> None:
        """Filter and sort anew."""
        self._order = self._sorted()
        self._positions = np.full(len(self._columns), -1, np.int64)
        self._positions[self._order] = np.arange(len(self._order))
        was_outdated, self._is_stale, self._is_outdated = self._is_outdated, False, False
        self.order_changed.emit()
        if was_outdated:
            self.outdated_changed.emit()

    def _sorted(self) -> NDArray[np.int64]:
        """The rows to show now, in their order."""
        rows = np.flatnonzero(self._filter.mask(self._columns, self._results, self._review, self._decisions))
        return sorted_rows(self.table, rows, self._sort)

    def next_anomalous(self, current: Path | None) -> int | None:
        """The most abnormal row shown that is neither reviewed nor already visited.

        Starts again once all have been visited; None if there is none but `current`.
        """
        for is_anew in (False, True):
            if self._trail_place + 1 < len(self._trail) and not is_anew:
                self._trail_place += 1
                row = self._columns.row_of.get(self._trail[self._trail_place])
                if row is not None and self._columns.items[row].path != current:
                    return row
            gone = set() if is_anew else {self._columns.row_of.get(path) for path in self._trail}
            here = None if current is None else self._columns.row_of.get(current)
            waiting = [row for row in self._unreviewed() if row not in gone and row != here]
            if waiting:
                return self._go(waiting[0], current, is_anew)
        return None

    def previous_anomalous(self, current: Path | None) -> int | None:
        """The row visited before the current one; None at the beginning."""
        while self._trail_place > 0:
            self._trail_place -= 1
            row = self._columns.row_of.get(self._trail[self._trail_place])
            if row is not None and self._columns.items[row].path != current:
                return row
        return None

    def step_failure(self, current: Path | None, steps: int) -> int | None:
        """The next row (or, if negative, an earlier one) in the order shown with a miss or a false alarm."""
        failed = np.flatnonzero(failures(self._results)[self._order])
        position = self.position(current)
        if position is None:
            found = failed[:1] if steps > 0 else failed[-1:]
        else:
            found = failed[failed > position][:1] if steps > 0 else failed[failed < position][-1:]
        return int(self._order[found[0]]) if len(found) else None

    def scoring_order(self, first: int, last: int) -> NDArray[np.int64]:
        """All rows, those to be scored first at the front: shown at positions `first` to `last`, shown, others."""
        visible = self._order[max(first, 0) : last + 1]
        hidden = np.flatnonzero(self._positions < 0)
        everything = np.concatenate((visible, self._order, hidden))
        _, where = np.unique(everything, return_index=True)
        return everything[np.sort(where)]

    def _unreviewed(self) -> list[int]:
        """Unreviewed rows shown, the most abnormal first."""
        results = self._results
        by_finding = self._next_by == "finding" and bool(np.isfinite(results.readings.percentile).any())
        keys = strongest_keys(self.table) if by_finding else np.where(results.counts, ranked(results.score), np.nan)
        rows = self._order[(np.isfinite(keys) & (self._review == 0))[self._order]]
        return [int(row) for row in rows[np.argsort(-keys[rows], kind="stable")]]

    def _go(self, row: int, current: Path | None, is_anew: bool) -> int:
        if is_anew:
            self._trail = []
        if not self._trail and current is not None:
            self._trail.append(current)
        self._trail.append(self._columns.items[row].path)
        self._trail_place = len(self._trail) - 1
        return row

    def _no_results(self, source: ScoreSource) -> Results:
        normal = np.array([item.superclasses == (NORMAL,) for item in self._columns.items], bool)
        return Results(len(self._columns), source, normal, self._results.threshold)
