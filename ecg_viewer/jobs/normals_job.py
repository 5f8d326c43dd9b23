"""A worker job that lays an average beat among the normals that come with the program."""

from __future__ import annotations

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.measure.normal_tracker import AmongNormals
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord


def normals_job(record: EcgRecord, examination: Examination) -> Job:
    """Compare an examined stretch; sends one `AmongNormals`. Raises MissingResource, DatasetError, Cancelled."""

    def job(report: Report) -> None:
        from mmae_core.departures.carried import carried_by
        from mmae_core.departures.measurements import measure
        from mmae_core.departures.person import person_of
        from mmae_core.normal_beats import (
            NO_BEAT,
            Refused,
            aligned_beat,
            bundled_normal_beats,
            nearest_normals,
            normal_band,
            outside_band,
        )
        from mmae_core.normal_beats.aligned import TIMES_S

        carried = carried_by(record)
        beat = aligned_beat(examination, measure(examination, carried))
        if beat is None:
            report.send(AmongNormals(None, None, NO_BEAT.reason, (), (), TIMES_S))
            return
        times_s = TIMES_S + beat.middle_s
        if carried.amplitudes_doubted is not None:
            report.send(AmongNormals(beat, None, carried.amplitudes_doubted, (), (), times_s))
            return
        normals = bundled_normal_beats()
        band = normal_band(normals, person_of(record), beat.rate_bpm, report.stopped)
        if isinstance(band, Refused):
            report.send(AmongNormals(beat, None, band.reason, (), nearest_normals(normals, beat), times_s))
        else:
            outside = outside_band(normals, band, beat)
            nearest = nearest_normals(normals, beat)
            report.send(AmongNormals(beat, band, None, outside, nearest, times_s, carried.st_refused))

    return job
