"""Progress of background scoring, with buttons to start, pause and stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worklist.worklist_scoring import BackgroundScoring
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.worklist import Worklist


class ScoringStrip(Retranslatable, QWidget):
    """A line of text, a bar, and the buttons."""

    def __init__(
        self, worklist: Worklist, scoring: BackgroundScoring, specs: Iterable[ActionSpec],
        trigger: Callable[[str], None], parent: QWidget | None = None,
    ) -> None:
        """A button for each of `specs`: `score_list`, `pause_scoring`, `stop_scoring`."""
        super().__init__(parent)
        self._worklist = worklist
        self._scoring = scoring
        self.text = PlainLabel()
        self.text.setObjectName("quiet")
        self.text.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        set_texts(self.bar, name="Recordings scored")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for spec in specs:
            button = self.buttons[spec.id] = set_texts(QPushButton(), text=spec.text, tip=partial(tooltip, spec))
            button.setCheckable(spec.checkable)
            button.clicked.connect(partial(trigger, spec.id))
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        scoring.changed.connect(self.refresh)
        scoring.scored.connect(self.refresh)
        worklist.order_changed.connect(self.refresh)
        worklist.rows_changed.connect(self._refresh_rows)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self, _event: object = None) -> None:
        """Show the progress of scoring."""
        total, done = len(self._worklist), self._worklist.results.n_done
        self.setVisible(total > 0)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setVisible(self._scoring.is_running)
        self.text.setText(self._sentence(done, total))
        for name in ("pause_scoring", "stop_scoring"):
            self.buttons[name].setVisible(self._scoring.is_running)
        self.buttons["score_list"].setVisible(not self._scoring.is_running)
        self.buttons["score_list"].setEnabled(done < total)
        self.buttons["pause_scoring"].setChecked(self._scoring.is_paused)

    def _refresh_rows(self, _rows: object) -> None:
        self.refresh()

    def _sentence(self, done: int, total: int) -> str:
        scoring = self._scoring
        failed = self._worklist.results.n_failed
        parts = [tr("{done} of {total} scored").format(done=number(done - failed, ","), total=number(total, ","))]
        if failed:
            parts.append(tr("{n:,} could not be scored").format(n=failed))
        if scoring.is_paused:
            parts.append(tr("paused"))
        elif scoring.is_loading:
            parts.append(tr("loading the model"))
        elif scoring.is_running and scoring.gives_way:
            parts.append(tr("waiting for the open recording"))
        elif scoring.is_running and (rate := scoring.records_per_s):
            parts.append(tr("{rate} per second").format(rate=number(rate, ".1f")))
            parts.append(rest_text((total - done) / rate))
        return " · ".join(parts)


def rest_text(seconds: float) -> str:
    """`about 21 min left`."""
    if seconds < 90:
        return tr("about {n} s left").format(n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return tr("about {n} min left").format(n=minutes)
    return tr("about {n} h left").format(n=f"{minutes / 60:.1f}")
