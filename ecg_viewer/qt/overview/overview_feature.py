"""The overview in the window: its strip above the paper, its actions, and the thread that reads the outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.overview.overview_bar import OverviewBar
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.overview import OutlinePart, Overview, outline_job
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.view import Interval
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

READ_AT_LATEST_MS = 1500
"""The outline is read after the trace on the paper is shown, but at latest after this time."""


class OverviewFeature(Feature):
    """Shows the whole recording above the paper."""

    menu_place = 90
    actions = (
        ActionSpec("overview", "View/Panels", translatable("Overview"), ("F6",),
                   translatable("Show or hide the strip with the whole recording above the paper."),
                   do=lambda self: self._toggle(), checked=lambda self: not self.bar.isHidden()),
        ActionSpec("tenth_on", "View/Go to", translatable("A tenth of the recording forward"), ("PgDown",),
                   translatable("Move the view forward by a tenth of the recording."),
                   do=lambda self: self.bar.page(1), enabled=has_record),
        ActionSpec("tenth_back", "View/Go to", translatable("A tenth of the recording back"), ("PgUp",),
                   translatable("Move the view back by a tenth of the recording."),
                   do=lambda self: self.bar.page(-1), enabled=has_record),
    )

    def __init__(self, window: Host, open_review: OpenReview) -> None:
        super().__init__(window)
        session = window.session
        self.state = Overview(session)
        self.bar = OverviewBar(self.state, session.view)
        window.add_strip(self.bar, top=True)
        self._open_review = open_review
        self._open_review.changed.connect(self._show_review)
        self._lane = window.worker("overview")
        self._at_latest = QTimer(self)
        self._at_latest.setSingleShot(True)
        self._at_latest.setInterval(READ_AT_LATEST_MS)
        self._at_latest.timeout.connect(self._read)
        session.record_changed.connect(self._wait_for_trace)
        window.paper.trace_shown.connect(self._read_now, Qt.ConnectionType.QueuedConnection)
        window.themes.changed.connect(self._show_theme)

    def close(self) -> None:
        self._at_latest.stop()

    def _toggle(self) -> None:
        self.bar.setVisible(self.bar.isHidden())
        self.changed.emit()

    def _show_review(self) -> None:
        """Show decisions in the overview; the reviewer's own findings count as confirmed."""
        decided = self._open_review.judgements
        confirmed, dismissed = (
            [Interval(item.finding.lead, item.finding.start_s, item.finding.end_s)
             for item in decided if item.state == state]
            for state in ("confirmed", "dismissed")
        )
        own = [Interval(item.leads[0], item.start_s, item.end_s) for item in self._open_review.own]
        self.state.show_review([*confirmed, *own], dismissed)

    def _show_theme(self) -> None:
        self.bar.set_theme(self.window.themes.paper)

    def _wait_for_trace(self) -> None:
        self.bar.offer_play(self.window.actions_by_id["play"])
        self._show_theme()
        self._at_latest.start()

    def _read_now(self) -> None:
        if self._at_latest.isActive():
            self._read()

    def _read(self) -> None:
        self._at_latest.stop()
        record = self.window.session.record
        if record is None:
            return

        def receive(event: object) -> None:
            if record is not self.window.session.record:
                return
            if isinstance(event, OutlinePart):
                self.state.take_outline(event)
            elif isinstance(event, Failed):
                self.window.show_problem(Problem(event.message, event.details))

        self._lane.submit(outline_job(record), receive)
