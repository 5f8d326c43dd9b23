"""A worker job that measures a stretch."""

from __future__ import annotations

from ecg_viewer.state.job_protocols import Job, Report
from mmae_core.record import EcgRecord


def examine_job(record: EcgRecord, start_s: float, duration_s: float) -> Job:
    """Measure a stretch of a recording; sends one `Examination`. Raises UnreadableRecord."""

    def job(report: Report) -> None:
        from mmae_core.intervals.measure import examine_record

        report.send(examine_record(record, start_s, duration_s, report.stopped))

    return job
