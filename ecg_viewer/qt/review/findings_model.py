"""The queue of findings as a Qt model: groups, below each its findings and a line that shows more of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.review.queue_parts import OWN_SYMBOL, OWN_WORD, UNRELIABLE_GROUP, Entry, Group, Queue
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS, STATES
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.layer_words import LAYER_TITLES
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import instant_text, is_long, percentile_text, poor_lead_text, time_text
from mmae_core.clock import Clock

AnyIndex = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

LEAD, TIME, PERCENTILE, STATE, NOTE = range(5)
COLUMNS = (translatable("Lead"), translatable("Time"), translatable("Percentile"), translatable("State"),
           translatable("Note"))
EXPLANATIONS = (
    translatable("The lead the stretch lies in; of your own findings all their leads"),
    translatable("Start and end of the stretch, in seconds of the recording (its start as hours:minutes:seconds "
                 "in long ones)"),
    translatable("Share of normal ECGs in which nothing is as unusual: no measurement, for a named departure; no place "
                 "of the same lead, for the model's map; no beat, for an odd one. Cut off rather than rounded (96.99 "
                 "reads 96.9; tables hold three decimals); unreliable, and listed last, where the lead's signal is "
                 "poor. Of your own findings: their label"),
    translatable("Whether you have confirmed or dismissed it; ¶ has a note"),
    translatable("Your note; N writes one"),
)
NOTE_SIGN = "¶"
"""After the state of a finding that has a note: the column with the note may not fit beside it."""
SHORTEST = 2
"""The highest level of shortening; tooltips always have the full text."""
MIXED = "◐"
"""Where some of a fact are confirmed, dismissed or to be reviewed, and some are not."""
UNRELIABLE = translatable("unreliable")
"""Shown instead of a percentile that a poor signal may have caused."""


class FindingsModel(QAbstractItemModel):
    """Shows what the desk has queued. The line after a group's findings shows more of them, or fewer again."""

    def __init__(self, controller: ReviewController) -> None:
        super().__init__()
        self._controller = controller
        self._queue = controller.queue
        self.shortness = 0
        """How short the cells are, up to `SHORTEST`: from 1 on a time is its start, from 2 on a state its symbol."""
        self.last = STATE
        """The last column that is shown."""
        self._shape: list[tuple[object, ...]] = _shape(controller.queue)
        controller.changed.connect(self._take)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008  # Qt's own
        place = index.internalId() if index.isValid() else 0
        return self.createIndex(place - 1, 0, 0) if place else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._queue.groups)
        if parent.internalId() or parent.column() > 0:
            return 0
        group = self._queue.groups[parent.row()]
        return len(group.shown) + group.has_more

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and self.has_only_facts:
            return self._fact_heading(section, role)
        if orientation == Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return tr(COLUMNS[section])
            if role == _Role.ToolTipRole:
                return tr(EXPLANATIONS[section])
        if role == _Role.TextAlignmentRole:
            return _alignment(section)
        return None

    @property
    def has_only_facts(self) -> bool:
        """Whether only closed rows of facts are listed, whose percentile is at the right edge."""
        groups = self._queue.groups
        return bool(groups) and all(group.is_row and not group.shown for group in groups)

    def _fact_heading(self, section: int, role: int) -> object:
        is_last = section == self.last
        if role == _Role.DisplayRole:
            return tr("Finding") if section == LEAD else tr(COLUMNS[PERCENTILE]) if is_last else ""
        if role == _Role.ToolTipRole:
            return tr(EXPLANATIONS[PERCENTILE]) if is_last else None
        if role == _Role.TextAlignmentRole:
            return _alignment(PERCENTILE if is_last else LEAD)
        return None

    def group_at(self, index: AnyIndex) -> Group | None:
        """The group whose heading, or whose line for more, is at an index."""
        if not index.isValid():
            return None
        if not index.internalId():
            return self._queue.groups[index.row()]
        group = self._queue.groups[index.internalId() - 1]
        return group if index.row() >= len(group.shown) else None

    def is_heading(self, index: AnyIndex) -> bool:
        return index.isValid() and not index.internalId()

    def entry_at(self, index: AnyIndex) -> Entry | None:
        """The finding at an index; None for a heading and for the line for more."""
        if not index.isValid() or not index.internalId():
            return None
        shown = self._queue.groups[index.internalId() - 1].shown
        return shown[index.row()] if index.row() < len(shown) else None

    def index_of(self, key: str | None) -> QModelIndex:
        """Where an entry is listed; no index if it is not."""
        for place, group in enumerate(self._queue.groups):
            for row, entry in enumerate(group.shown):
                if entry.key == key:
                    return self.createIndex(row, 0, place + 1)
        return QModelIndex()

    def index_of_group(self, key: str) -> QModelIndex:
        """Where a group's heading is; no index if it is not listed."""
        place = next((place for place, group in enumerate(self._queue.groups) if group.key == key), None)
        return QModelIndex() if place is None else self.createIndex(place, 0, 0)

    def data(self, index: AnyIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry, group = self.entry_at(index), self.group_at(index)
        if entry is not None:
            return self._entry_data(entry, index.column(), role)
        assert group is not None, "what is no finding belongs to a group"
        heading = self.is_heading(index)
        if heading and group.is_row:
            return self._fact_data(group, index.column(), role)
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole) and index.column() == 0:
            text = _heading(group) if heading else _more(group)
            return plain_tip(text) if role == _Role.ToolTipRole else text
        if role == _Role.FontRole and heading:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role == _Role.ForegroundRole and not heading:
            return QApplication.palette().color(QPalette.ColorRole.Link)
        return None

    def fact_title(self, group: Group) -> str:
        """What the row of a fact says: what, where, how often."""
        if group.fact is None:
            return f"{group.title} · {number(len(group.entries), ',')}"
        if group.fact.n_stretches == 1:
            return translated(group.title)
        values = {"title": translated(group.title), "n": group.fact.n_stretches, "beats": group.fact.n_beats}
        if not group.fact.n_beats:
            return tr("{title} (the strongest of {n:,} stretches)").format(**values)
        return tr("{title} (the strongest of {n:,} stretches; {beats:,} beats in all)").format(**values)

    def fact_symbol(self, group: Group) -> str:
        """Whether all of a fact is confirmed, dismissed or to be reviewed, or decisions differ."""
        return MIXED if group.state is None else STATE_SYMBOLS[group.state]

    def fact_figure(self, group: Group) -> str:
        """A fact's own percentile; empty where a poor signal may have caused it."""
        return "" if group.fact is None else percentile_text(group.fact.percentile)

    def fact_sentence(self, group: Group) -> str:
        """The row of a fact in words, for a screen reader and the tooltip."""
        state = tr("decisions differ") if group.state is None else tr(STATE_WORDS[group.state])
        parts = [self.fact_title(group)]
        if group.fact is not None:
            finding = group.strongest.finding
            sentence = "" if finding is None else translated(finding.sentence)
            parts += [tr(LAYER_TITLES[group.fact.layer]), *([sentence] if sentence else [])]
            parts.append(tr("percentile {percentile}").format(percentile=self.fact_figure(group)))
        n = len(group.entries)
        places = tr("1 place") if n == 1 else tr("{n:,} places").format(n=n)
        return "\n".join((*parts, f"{places} · {state}", tr("Enter or a double click opens it to leads and beats.")))

    def cells(self, entry: Entry) -> tuple[str, str, str, str, str]:
        """What stands in the columns."""
        start, end = self._times(entry)
        time = start if self._is_long or self.shortness else f"{start}–{end}"
        if entry.own_id is not None:
            value = entry.label or "–"
        else:
            assert entry.finding is not None, "a finding is the model's or the reviewer's own"
            value = tr(UNRELIABLE) if entry.is_unreliable else percentile_text(entry.finding.percentile)
        state = entry.state_text
        if entry.from_another_model and entry.state != "unreviewed":
            state = tr("{symbol} other model").format(symbol=STATE_SYMBOLS[entry.state])
        if self.shortness == SHORTEST:
            state = state.split()[0]
        if entry.note:
            state = f"{state} {NOTE_SIGN}"
        leads = entry.leads[0] if len(entry.leads) == 1 else f"{entry.leads[0]} +{len(entry.leads) - 1}"
        return leads, time, value, state, " ".join(entry.note.split())

    def widest(self, column: int, shortness: int) -> tuple[str, ...]:
        """The longest texts that may stand in a column, its heading included, in the language of the window."""
        if column == LEAD:
            cells = ["aVR", *(self.cells(entry)[LEAD] for entry in self._queue.visible if len(entry.leads) > 1)]
        elif column == TIME:
            ends = (self._controller.session.view.duration_s, 10.0)
            times = ["".join("0" if c.isdigit() else c for c in self._time(end)) for end in ends]
            cells = [time if self._is_long or shortness else f"{time}–{time}" for time in times]
        elif column == PERCENTILE:
            cells = [tr(UNRELIABLE), "99.99"]
        else:
            cells = [f"{STATE_SYMBOLS[state]} {tr(STATE_WORDS[state])} {NOTE_SIGN}" for state in STATES]
            cells += [f"{OWN_SYMBOL} {tr(OWN_WORD)}"]
            if any(entry.from_another_model for entry in self._queue.visible):
                cells += [f"{tr('{symbol} other model').format(symbol=STATE_SYMBOLS['confirmed'])} {NOTE_SIGN}"]
            if shortness == SHORTEST:
                cells = [f"{STATE_SYMBOLS['confirmed']} {NOTE_SIGN}"]
        return tr(COLUMNS[column]), *cells, *((tr("Finding"),) if column == LEAD else ())

    def sentence(self, entry: Entry) -> str:
        """The same in words, for a screen reader and the tooltip."""
        start = self._times(entry)[0]
        end = instant_text(entry.end_s, long=self._is_long, clock=self._clock)
        if entry.own_id is not None:
            text = tr("Your finding: {label}, {leads}, {start} to {end}")
            return text.format(label=entry.label or tr("no label"), leads=entry.lead_text, start=start, end=end)
        assert entry.finding is not None, "a finding is the model's or the reviewer's own"
        named = translated(entry.finding.sentence)
        if entry.is_unreliable:
            reason = poor_lead_text(entry.lead_text, self._controller.session.assessment.reason_of(entry.finding))
            text = tr("{reason}. Departs, perhaps for that, from {start} to {end}").format(
                reason=reason, start=start, end=end
            )
        elif named:
            text = tr("{sentence}, {start} to {end}").format(sentence=named, start=start, end=end)
        else:
            text = tr("Departs from the normal cohort: {percentile}th percentile, {lead}, {start} to {end}").format(
                percentile=percentile_text(entry.finding.percentile), lead=entry.lead_text, start=start, end=end
            )
        parts = [text]
        if entry.state != "unreviewed":
            state = tr(STATE_WORDS[entry.state])
            if entry.from_another_model:
                state = tr("{state} on what another model found there").format(state=state)
            parts.append(state)
        if entry.note:
            parts.append(tr("Note: {note}").format(note=entry.note))
        return ". ".join(parts)

    def _fact_data(self, group: Group, column: int, role: int) -> object:
        if column == 0 and role == _Role.DisplayRole:
            return self.fact_title(group)
        if column == 0 and role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            text = self.fact_sentence(group)
            return plain_tip(text) if role == _Role.ToolTipRole else text
        return None

    def _entry_data(self, entry: Entry, column: int, role: int) -> object:
        answers: dict[int, Callable[[], object]] = {
            _Role.DisplayRole: lambda: self.cells(entry)[column],
            _Role.AccessibleTextRole: lambda: self.sentence(entry),
            _Role.ToolTipRole: lambda: plain_tip(self.sentence(entry)),
            _Role.TextAlignmentRole: lambda: _alignment(NOTE if entry.own_id is not None else column),
        }
        if role in answers:
            return answers[role]()
        if role == _Role.ForegroundRole and (entry.is_unreliable or entry.state == "dismissed"):
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    @property
    def _is_long(self) -> bool:
        return is_long(self._controller.session.view.duration_s)

    def _times(self, entry: Entry) -> tuple[str, str]:
        return self._time(entry.start_s), self._time(entry.end_s)

    @property
    def _clock(self) -> Clock | None:
        return self._controller.session.view.time_of_day.clock

    def _time(self, time_s: float) -> str:
        return time_text(time_s, long=self._is_long, clock=self._clock)

    def _take(self) -> None:
        """Update lines in place if their structure is unchanged, which keeps the scroll position; else reset the
        model.
        """
        queue, shape = self._controller.queue, _shape(self._controller.queue)
        if shape == self._shape:
            self._queue = queue
            for place, group in enumerate(queue.groups):
                self.dataChanged.emit(self.createIndex(place, 0, 0), self.createIndex(place, NOTE, 0))
                if group.shown:
                    first, last = self.createIndex(0, 0, place + 1), len(group.shown) - 1
                    self.dataChanged.emit(first, self.createIndex(last, NOTE, place + 1))
            return
        self.beginResetModel()
        self._queue, self._shape = queue, shape
        self.endResetModel()


def _shape(queue: Queue) -> list[tuple[object, ...]]:
    return [(group.key, group.n_hidden, group.is_row, *(entry.key for entry in group.shown)) for group in queue.groups]


def _more(group: Group) -> str:
    return tr("Show {n} more").format(n=f"{group.n_next:,}") if group.n_hidden else tr("Show fewer")


def _heading(group: Group) -> str:
    """`V3 · 8 · 6 to review`."""
    n, left = len(group.entries), group.n_to_review
    if group.key == UNRELIABLE_GROUP or not left or left == n:
        return f"{group.title} · {number(n, ',')}"
    return tr("{group} · {n}, {left} to review").format(group=group.title, n=f"{n:,}", left=f"{left:,}")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == PERCENTILE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
