"""Worker jobs of long recordings: the analysis, and the samples of the page of 60 s a line."""

from __future__ import annotations

import time

from ecg_viewer.render.decimate import bin_for, envelope
from ecg_viewer.render.page_lines import LINE_S, PageLine
from ecg_viewer.state.holter.board import HolterPart
from ecg_viewer.state.job_protocols import Job, Report
from mmae_core.errors import Cancelled
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import Holter
from mmae_core.record import EcgRecord

SEND_EVERY_S = 3.0
"""Parts are sent this often: putting one together costs a tenth of a second in a day's recording."""


def holter_job(record: EcgRecord, limits: HolterLimits) -> Job:
    """Analyse a recording; sends `HolterPart`s. Raises UnreadableRecord, UnsupportedRecord."""

    def job(report: Report) -> None:
        from mmae_core.holter.analyse import Analysis

        analysis = Analysis(record, limits)
        sent = time.monotonic()
        for _ in analysis.steps():
            if report.stopped():
                raise Cancelled("stopped")
            if time.monotonic() - sent >= SEND_EVERY_S:
                report.send(HolterPart(analysis.result()))
                sent = time.monotonic()
        report.send(HolterPart(analysis.result()))

    return job


def by_limits(found: Holter, limits: HolterLimits) -> Holter:
    """The same analysis by other limits."""
    from mmae_core.holter.analyse import with_limits

    return with_limits(found, limits)


def page_job(record: EcgRecord, trace: str, lines: tuple[int, ...], width_px: float) -> Job:
    """Read lines of 60 s of one trace, decimated for a width in device pixels; sends `PageLine`s."""

    def job(report: Report) -> None:
        rate = record.sampling_rate_hz
        row = record.trace_names.index(trace)
        bin_samples = bin_for(LINE_S * rate / max(width_px, 1.0))
        for line in lines:
            if report.stopped():
                raise Cancelled("stopped")
            first = round(line * LINE_S * rate)
            samples = record.read_traces(first, round((line + 1) * LINE_S * rate))[row : row + 1]
            report.send(PageLine(trace, line, envelope(samples, first, bin_samples)))

    return job
