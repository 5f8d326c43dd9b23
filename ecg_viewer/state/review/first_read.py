"""The blinded first read of the open recording: what is hidden, until when, and what is decided before and after."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ecg_viewer.state.assessment import Assessment, ModelInfo, Phase
from ecg_viewer.state.review.events import now_text
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.reads import Read, ReadDecision, Reads
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr
from mmae_core.assessment import Finding

MOST_REGIONS = 400
"""Findings kept with a second read, the strongest first."""


class FirstRead:
    """Hides results while `session.is_blind`, until this reader's first decision on the recording is in the journal."""

    def __init__(
        self, session: Session, open_review: OpenReview, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` gives seconds."""
        self.changed: Signal[()] = Signal()
        """What is hidden or asked is another."""
        self.commit_elsewhere: Callable[[], object] | None = None
        """What the key for committing does instead, while a study asks for decisions of its own."""
        self._is_suspended = False
        self._session = session
        self._review = open_review
        self._clock = clock
        self._key: tuple[Path, ...] = ()
        """Files of the open recording."""
        self._opened = now_text()
        self._since_s = clock()
        self._looked_s: dict[tuple[Path, ...], float] = {}
        """Of recordings that were left before they were decided."""
        self._seen: set[tuple[Path, ...]] = set()
        """Recordings whose results were on the screen since the program began."""
        session.record_changed.connect(self._follow_record)
        session.hidden_changed.connect(self.changed.emit)
        open_review.changed.connect(self._follow_review)

    @property
    def is_on(self) -> bool:
        """Whether reading is blinded."""
        return self._session.is_blind

    @property
    def is_hidden(self) -> bool:
        """Whether the open recording waits for the first decision."""
        return self._session.is_hidden

    @property
    def is_suspended(self) -> bool:
        """Whether a study decides what is hidden, and keeps its own decisions."""
        return self._is_suspended

    def suspend(self, commit: Callable[[], object] | None) -> None:
        """Leave hiding and committing to a study; None: it has ended."""
        self.commit_elsewhere = commit
        self._is_suspended = commit is not None
        self.changed.emit()

    @property
    def reads(self) -> Reads:
        """What this reader decided about the open recording."""
        return self._review.reads

    @property
    def asks_again(self) -> bool:
        """Whether the decision after seeing the results is due: once, when they are there."""
        reads = self.reads
        is_there = not self.is_hidden and not self._session.assessment.phase.is_running
        return is_there and self._session.record is not None and reads.first is not None and reads.second is None

    @property
    def looked_s(self) -> float:
        """Seconds for which the open recording has been open without a decision."""
        return self._looked_s.get(self._key, 0.0) + self._clock() - self._since_s

    def begin(self) -> None:
        """Blind from now on, the open recording as well unless this reader has committed a first read of it."""
        self._session.set_blind(True)
        if self.reads.first is None:
            self._session.hide()

    def end(self) -> None:
        """Hide nothing any more. What was hidden is shown, which the journal keeps. Raises ValueError without a
        reviewer.
        """
        if self.is_hidden:
            self._review.commit("shown_unread", {})
        self._session.set_blind(False)
        self._session.reveal()

    def commit(
        self, decision: ReadDecision, confidence: float, leads: Sequence[str] = (), conclusion: str = ""
    ) -> None:
        """Keep the first decision and show everything. Raises ValueError, also when nothing is hidden."""
        if not self.is_hidden:
            raise ValueError("the first read is committed before results are shown")
        seen = self._key in self._seen or bool(self._review.judgements) or bool(self.reads.shown_unread)
        read = Read(decision, confidence, tuple(leads), conclusion.strip(), self._opened, self.looked_s, seen)
        self._review.commit("first_read", read.to_payload())
        if read.conclusion:
            self._review.set_conclusion(read.conclusion)
        self._restart()
        self._session.reveal()

    def decide_again(
        self, decision: ReadDecision, confidence: float, leads: Sequence[str] = (), conclusion: str = ""
    ) -> None:
        """Keep the decision after seeing the results. Raises ValueError unless it is asked for."""
        if not self.asks_again:
            raise ValueError("the second decision follows the first one, once, when the results are shown")
        session = self._session
        read = Read(decision, confidence, tuple(leads), conclusion.strip(), self._opened, self.looked_s,
                    model=model_payload(session.model, session.assessment))
        self._review.commit("second_read", read.to_payload())
        if read.conclusion:
            self._review.set_conclusion(read.conclusion)
        self._restart()

    def keep(self) -> None:
        """The first decision stands after seeing the results. Raises ValueError unless the second is asked for."""
        first = self.reads.first
        if first is None:
            raise ValueError("there is no first decision")
        self.decide_again(first.decision, first.confidence, first.leads, first.conclusion)

    def _follow_record(self) -> None:
        record = self._session.record
        key = () if record is None else record.source.own_paths
        if key != self._key:
            self._looked_s[self._key] = self.looked_s
            self._key, self._opened, self._since_s = key, now_text(), self._clock()
        if not self.is_hidden and key:
            self._seen.add(key)
        self.changed.emit()

    def _follow_review(self) -> None:
        """The journal has been read: a recording that this reader has decided is shown."""
        if self.is_hidden and not self._is_suspended and self.reads.first is not None:
            self._session.reveal()
        self.changed.emit()

    def _restart(self) -> None:
        self._looked_s.pop(self._key, None)
        self._opened, self._since_s = now_text(), self._clock()


def model_payload(model: ModelInfo | None, assessment: Assessment) -> dict[str, Any] | None:
    """What the program showed of a recording, for the journal; None if nothing was assessed."""
    window = assessment.strongest_window
    if window is None or assessment.phase not in (Phase.DONE, Phase.CANCELLED):
        return None
    return {
        "sha256": "" if model is None else model.sha256,
        "percentile": round(float(window.percentile), 4) if window.reliable else None,
        "regions": [region(finding) for finding in assessment.findings[:MOST_REGIONS]],
    }


def region(finding: Finding) -> list[Any]:
    """Lead, begin and end in seconds, percentile or None."""
    percentile = round(finding.percentile, 3) if math.isfinite(finding.percentile) else None
    return [finding.lead, round(finding.start_s, 4), round(finding.end_s, 4), percentile]


def read_sentences(reads: Mapping[str, Reads]) -> tuple[str, ...]:
    """How the recording was read, for exports: a sentence for each reader who read it blinded, or did not."""
    lines: list[str] = []
    for reader, found in sorted(reads.items()):
        first = found.first
        if first is None:
            if found.shown_unread:
                lines.append(tr("{reader}: results were shown without a first read at {time}.").format(
                    reader=reader, time=found.shown_unread))
            continue
        if found.is_blinded:
            text = tr("First read of {reader} blinded, committed at {time}.")
        else:
            text = tr("First read of {reader} committed at {time}; results had been shown before, so it is not "
                      "blinded.")
        line = text.format(reader=reader, time=first.time)
        if found.second is None:
            line += " " + tr("Not decided again after seeing the model.")
        else:
            again = tr("Changed after seeing the model, at {time}.") if found.is_changed else tr(
                "Kept after seeing the model, at {time}.")
            line += " " + again.format(time=found.second.time)
        lines.append(line)
    return tuple(lines)
