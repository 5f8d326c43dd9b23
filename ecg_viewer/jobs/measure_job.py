"""Worker jobs that measure a stretch, here or where somebody else does."""

from __future__ import annotations

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.session_work import Measurer
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord


def examine_job(record: EcgRecord, start_s: float, duration_s: float, measurer: Measurer | None = None) -> Job:
    """Measure a stretch of a recording; sends one `Examination`. Raises UnreadableRecord."""

    def job(report: Report) -> None:
        if measurer is not None:
            report.send(measurer.examine(record, start_s, duration_s, report.stopped))
            return
        from mmae_core.intervals.measure import examine_record

        report.send(examine_record(record, start_s, duration_s, report.stopped))

    return job


def detail_job(record: EcgRecord, examination: Examination, measurer: Measurer | None = None) -> Job:
    """Measure by lead; sends one `Details`. Raises MissingResource, DatasetError."""

    def job(report: Report) -> None:
        from ecg_viewer.jobs.lead_details import details_of

        report.send((measurer.details if measurer is not None else details_of)(record, examination))

    return job
