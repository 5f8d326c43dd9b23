"""The queue of findings as a real table: what a screen reader and the keyboard have instead of the picture."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHeaderView, QLabel, QStackedLayout, QTableView, QVBoxLayout, QWidget

from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.session import Session
from ecg_viewer.state.wording import is_long, percentile_text, poor_lead_text, time_text
from mmae_core.assessment import Finding

_AnyIndex = QModelIndex | QPersistentModelIndex

UNUSUAL_PERCENTILE = 95.0
"""From here on a recording without findings is not passed over in silence; one normal ECG in twenty reaches it."""
UNRELIABLE = "unreliable"
"""In the place of a percentile that a poor signal may have made."""
CELL_PADDING_PX = 26
COLUMNS = ("Lead", "Start", "End", "Percentile")
EXPLANATIONS = (
    "The lead the interval lies in",
    "Start of the interval, in seconds of the recording (hours:minutes:seconds in long ones)",
    "End of the interval",
    "Share of normal recordings whose strongest point in this lead is weaker than this interval's; "
    "unreliable, and listed last, where the lead's signal is poor",
)


class FindingsModel(QAbstractTableModel):
    """The findings of the session, strongest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._findings: tuple[Finding, ...] = session.assessment.findings
        session.findings_changed.connect(self._reset)

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._findings)

    def columnCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return EXPLANATIONS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._findings):
            return None
        finding = self._findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(finding)[index.column()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            lead, start, end, percentile = self._cells(finding)
            if self.is_unreliable(finding):
                reason = self._session.assessment.reason_of(finding)
                return f"{poor_lead_text(lead, reason)}. Departs, perhaps for that, from {start} to {end} s"
            return f"Departs from the normal cohort: {percentile}th percentile, {lead}, {start} to {end} s"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and self.is_unreliable(finding):
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def is_unreliable(self, finding: Finding) -> bool:
        """Whether the signal of the finding's lead is poor there."""
        return self._session.assessment.is_unreliable(finding)

    def _cells(self, finding: Finding) -> tuple[str, str, str, str]:
        record = self._session.record
        long = record is not None and is_long(record.duration_s)
        start, end = time_text(finding.start_s, long=long), time_text(finding.end_s, long=long)
        percentile = UNRELIABLE if self.is_unreliable(finding) else percentile_text(finding.percentile)
        return finding.lead, start, end, percentile

    def _reset(self) -> None:
        self.beginResetModel()
        self._findings = self._session.assessment.findings
        self.endResetModel()


class FindingsPanel(QWidget):
    """The table; a click, or moving through it with the keyboard, goes there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._is_following = False
        self._title = QLabel("Findings")
        self._title.setObjectName("panelTitle")
        self.model = FindingsModel(session)
        self.view = QTableView()
        self.view.setAccessibleName("Findings, strongest first")
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)  # Tab leaves the table
        self.view.setShowGrid(False)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.setCornerButtonEnabled(False)
        vertical = self.view.verticalHeader()
        vertical.hide()
        vertical.setDefaultSectionSize(self.view.fontMetrics().height() + 8)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        horizontal = self.view.horizontalHeader()
        horizontal.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, widest in ((0, "aVR"), (3, COLUMNS[3])):
            horizontal.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.view.setColumnWidth(column, horizontal.fontMetrics().horizontalAdvance(widest) + CELL_PADDING_PX)
        horizontal.setHighlightSections(False)
        self._empty = QLabel()
        self._empty.setObjectName("quiet")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setMargin(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout.addLayout(self._stack, 1)
        self.view.selectionModel().currentRowChanged.connect(self._go)
        self.view.clicked.connect(self._go)
        session.findings_changed.connect(self._refresh)
        session.assessment_changed.connect(self._say_state)
        session.finding_changed.connect(self._follow)
        self._say_state()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def empty_text(self) -> str:
        """What is said in place of an empty table."""
        return self._empty.text() if self.model.rowCount() == 0 else ""

    def _go(self, index: QModelIndex, _previous: QModelIndex | None = None) -> None:
        if index.isValid() and not self._is_following:
            self._session.go_to_finding(index.row())

    def _refresh(self) -> None:
        self._say_state()
        self._follow()

    def _follow(self) -> None:
        """Mark the row of the finding under review, which the paper may have chosen."""
        row = self._session.finding_index
        self._is_following = True
        try:
            if row is None:
                self.view.clearSelection()
                self.view.setCurrentIndex(QModelIndex())
            elif row < self.model.rowCount():
                self.view.selectRow(row)
        finally:
            self._is_following = False

    def _say_state(self) -> None:
        count = self.model.rowCount()
        unreliable = count - self._session.assessment.n_reliable_findings if count else 0
        title = f"Findings · {count:,}" if count else "Findings"
        self._title.setText(f"{title}, {unreliable:,} of them unreliable" if unreliable else title)
        self._empty.setText(empty_text(self._session.assessment))
        self._stack.setCurrentIndex(0 if count else 1)


def empty_text(assessment: Assessment) -> str:
    """What to say in place of an empty table; never that all is well while the recording as a whole stands out."""
    window = assessment.strongest_window
    if assessment.phase is Phase.DONE and window is not None and not window.reliable:
        return "No interval stands out, but the signal is too poor to tell: see the summary."
    if assessment.phase is Phase.DONE and window is not None and window.percentile >= UNUSUAL_PERCENTILE:
        return "No single interval stands out, but the recording as a whole does: see the summary."
    return _EMPTY[assessment.phase]


_EMPTY = {
    Phase.NONE: "Open a recording to have it assessed.",
    Phase.WAITING: "Nothing yet; the model is starting…",
    Phase.SCORING: "Nothing yet; assessing…",
    Phase.DONE: "No interval stands out from the normal cohort. This does not mean the ECG is normal.",
    Phase.CANCELLED: "Stopped before anything was found.",
    Phase.UNSUPPORTED: "Not assessed.",
    Phase.FAILED: "Not assessed.",
}


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
