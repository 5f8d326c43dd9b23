"""Measuring as a job for a worker: NeuroKit2, SciPy and what they bring are loaded there, on first use."""

from __future__ import annotations

from ecg_viewer.state.jobs import Job, Report
from ecg_viewer.torch_start import without_garbage_collection
from mmae_core.record import EcgRecord


def examine_job(record: EcgRecord, start_s: float, duration_s: float) -> Job:
    """Measure a stretch of a recording; sends one `Examination`."""

    def job(report: Report) -> None:
        with without_garbage_collection():
            from mmae_core.intervals.delineation import load
            from mmae_core.intervals.measure import examine_record

            if report.stopped():
                return
            load()
        report.send(examine_record(record, start_s, duration_s, report.stopped))

    return job
