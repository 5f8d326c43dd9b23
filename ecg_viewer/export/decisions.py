"""Reviewers' decisions, read from the journal, which is never written or created here, but copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecg_viewer.state.review.events import file_key
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.review.review import RecordReview, Summary, fold
from mmae_core.record import EcgRecord


class Decisions:
    """The journal, open for reading; use it on the thread that made it and close it."""

    def __init__(self, reviewer: str | None = None, path: Path | None = None) -> None:
        """`reviewer` None takes everybody's decisions, the latest of two on one finding. Raises JournalError."""
        self._reviewer = reviewer
        path = path or journal_path()
        self._journal = Journal(path) if path.exists() else None
        if self._journal is not None:
            self._journal.back_up(again=True)

    def review(self, record: EcgRecord, sha256: str) -> RecordReview:
        """What was decided about a recording. Raises JournalError."""
        if self._journal is None:
            return RecordReview()
        names = set(self._journal.names_of(sha256))
        if record.source.paths:
            names |= self._journal.names_of(file_key(record.source.own_paths, record.source.stamps))
        events = self._journal.events_of(names)
        return fold(event for event in events if self._reviewer in (None, event.reviewer))

    def summaries(self, paths: Sequence[Path]) -> dict[Path, Summary]:
        """What was decided about the recordings last reviewed at these places. Raises JournalError."""
        if self._journal is None:
            return {}
        found = self._journal.summaries(paths=paths, reviewer=self._reviewer)
        return {Path(path): summary for path, summary in found.items()}

    @property
    def reviewers(self) -> tuple[str, ...]:
        """All reviewers in the journal."""
        return () if self._journal is None else self._journal.reviewers()

    def close(self) -> None:
        """Close the file, if one was open."""
        if self._journal is not None:
            self._journal.close()
