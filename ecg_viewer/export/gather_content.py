"""Reads and assesses a recording for an export, with its decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.export.assess_recording import assess
from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.decisions import Decisions
from ecg_viewer.export.page_options import nothing_stops
from ecg_viewer.export.provenance import Clock, Provenance, now
from ecg_viewer.export.reviewed_findings import reviewed_findings
from ecg_viewer.jobs.measured_rows import measure_recording
from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.state.file_information import header_lines
from ecg_viewer.state.person import shown_person_of
from ecg_viewer.state.records import RecordItem
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class ExportSource:
    """What all recordings of an export share."""

    scorer: Scorer
    model: str | None
    decisions: Decisions
    with_identity: bool = False
    with_maps: bool = False
    clock: Clock = now


def gather(path: Path, source: ExportSource, *, should_stop: Callable[[], bool] = nothing_stops) -> RecordContent:
    """Read and assess a recording. One that cannot be assessed says why in its content.

    Raises UnreadableRecord, UnsupportedRecord (no ECG in it), ModelMismatch, JournalError, Cancelled.
    """
    from mmae_core.readers import read_record

    record = read_record(path)
    assessed = assess(source.scorer, source.model, record, keep_maps=source.with_maps, should_stop=should_stop)
    provenance = Provenance.of(record, assessed.model, assessed.assessment, clock=source.clock)
    review = source.decisions.review(record, provenance.record.sha256)
    return RecordContent(
        record,
        provenance.with_reads(review.reads),
        reviewed_findings(assessed.assessment, assessed.model.sha256, review),
        assessed.assessment,
        assessed.heat,
        assessed.maps,
        identity_of(record) if source.with_identity else None,
        review_state=review.state,
        measurements=measure_recording(record, assessed.assessment),
        person=shown_person_of(record),
        conclusion=review.conclusion,
    )


def identity_of(record: EcgRecord, item: RecordItem | None = None) -> Identity:
    """What the files know of the person and the day."""
    return Identity(tuple(f"{line.title}: {line.value}" for line in header_lines(record, item) if line.identifies))
