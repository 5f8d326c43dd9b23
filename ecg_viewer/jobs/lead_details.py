"""The table of measurements by lead."""

from __future__ import annotations

from ecg_viewer.state.measure.details import Details
from mmae_core.intervals.results import Examination, Measurements
from mmae_core.record import EcgRecord


def details_of(record: EcgRecord, examination: Examination) -> Details:
    """Measurements by lead and deviations from beat to beat, compared by the age and sex that findings are.

    Raises MissingResource, DatasetError.
    """
    from mmae_core.departures.carried import carried_by
    from mmae_core.departures.lead_table import lead_table
    from mmae_core.departures.person import person_of
    from mmae_core.intervals.beat_spread import beat_spreads

    return Details(lead_table(examination, person_of(record), carried_by(record)), beat_spreads(examination))


def measured_details(record: EcgRecord, measured: Measurements) -> Details:
    """Those of the stretch of `measured`, examined again. Raises UnreadableRecord, MissingResource, DatasetError."""
    from mmae_core.intervals.measure import examine_record

    return details_of(record, examine_record(record, measured.start_s, measured.duration_s))
