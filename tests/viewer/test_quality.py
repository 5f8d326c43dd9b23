"""Where a lead's signal is poor: in time, lead by lead, with the reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.quality import (
    POOR_LEAD_BELOW,
    insert_windows,
    is_poor,
    is_unreliable_at,
    lead_quality,
    poor_columns,
    poor_reasons,
    unreliable_columns,
    unreliable_reason,
    windows_in,
    worst_reason,
)
from mmae_core.assessment import AnomalyMap, LeadQuality, QualityReport, WindowAssessment
from mmae_core.record import STANDARD_LEADS

V1 = STANDARD_LEADS.index("V1")


def window(start_s: float, score: float | None = 1.0, reason: str = "noise") -> WindowAssessment:
    """A window whose lead V1 has this quality; None: nobody looked."""
    quality = None
    if score is not None:
        leads = tuple(
            LeadQuality(lead, score if lead == "V1" else 1.0, (reason, "hum") if lead == "V1" else ())
            for lead in STANDARD_LEADS
        )
        quality = QualityReport(start_s, 10.0, 1.0, "good", leads, ())
    return WindowAssessment(start_s, 1.0, 1.0, 1.0, 50.0, 0.5, (50.0,) * 12, (True,) * 12, (), quality)


def test_a_lead_spoilt_for_more_than_half_of_a_window_is_poor() -> None:
    assert is_poor(window(0, POOR_LEAD_BELOW - 0.01), "V1")
    assert not is_poor(window(0, POOR_LEAD_BELOW), "V1")
    assert not is_poor(window(0, 0.0), "V2")
    assert not is_poor(window(0, None), "V1"), "where nobody looked nothing is claimed"
    assert lead_quality(window(0, None), "V1") is None


def test_a_moment_is_poor_if_every_window_around_it_says_so() -> None:
    windows = [window(0, 1.0), window(5, 0.1), window(10, 0.1), window(15, 1.0)]
    seen = [is_unreliable_at(windows, "V1", second + 0.5) for second in range(25)]
    assert [second for second, poor in enumerate(seen) if poor] == [10, 11, 12, 13, 14]
    assert not is_unreliable_at(windows, "V1", 40), "no window, no verdict"
    columns = poor_columns(windows, 0, 25, 250)
    assert columns.shape == (12, 250)
    assert np.flatnonzero(columns[V1]).tolist() == list(range(100, 150))
    assert not np.delete(columns, V1, axis=0).any()


def test_nothing_counts_where_the_signal_as_a_whole_is_poor_though_the_lead_is_good() -> None:
    good, poor = window(0), window(5)
    assert poor.quality is not None
    poor = replace(poor, quality=replace(poor.quality, verdict="poor", reasons=("V3 flat",)))
    assert not is_unreliable_at([good, poor], "V2", 7), "another window around it counts"
    assert is_unreliable_at([good, poor], "V2", 12)
    columns = unreliable_columns([good, poor], 0, 15, 150)
    assert [np.flatnonzero(lead).tolist() for lead in columns] == [list(range(100, 150))] * 12
    assert not poor_columns([good, poor], 0, 15, 150).any()
    assert unreliable_reason([good, poor], "V2", 12) == "V3 flat"
    assert unreliable_reason([good, window(5, 0.1, "noise")], "V1", 12) == "noise; hum"


def test_columns_outside_all_windows_are_not_poor() -> None:
    columns = poor_columns([window(0, 0.1)], -5, 15, 200)
    assert np.flatnonzero(columns[V1]).tolist() == list(range(50, 150))


def test_windows_around_a_stretch_are_found_by_their_overlap() -> None:
    windows = [window(float(start)) for start in range(0, 100, 5)]
    assert [item.start_s for item in windows_in(windows, 20, 30)] == [15, 20, 25]
    assert [item.start_s for item in windows_in(windows, 20, 20)] == [15, 20]
    assert windows_in(windows, 200, 210) == []


def test_visible_poor_leads_are_named_with_what_is_wrong_at_their_worst() -> None:
    windows = [window(0, 1.0), window(10, 0.4, "clipped"), window(20, 0.1, "flat"), window(30, 1.0)]
    assert poor_reasons(windows, 0, 9) == {}
    assert poor_reasons(windows, 5, 15) == {"V1": "clipped; hum"}
    assert poor_reasons(windows, 5, 35) == {"V1": "flat; hum"}
    assert poor_reasons(windows, 30, 40) == {}
    assert worst_reason([], "V1") == ""


def test_windows_known_already_are_replaced() -> None:
    old, new = (window(0.0), window(5.0)), (window(5.0, 0.1), window(10.0))
    joined, replaced = insert_windows(old, new)
    assert [item.start_s for item in joined] == [0, 5, 10]
    assert joined[1] is new[0]
    assert replaced == (old[1],)
    assert insert_windows(old, ()) == (old, ())


def test_the_heat_map_keeps_the_windows_of_its_record_only() -> None:
    heat = HeatMap()
    heat.reset(20)
    values = np.full((12, 1000), 99.0, np.float32)
    heat.add(AnomalyMap(0, 100, values, values, values, (window(0, 0.1),), "m", "cpu"))
    assert is_unreliable_at(heat.windows, "V1", 3)
    heat.reset(20)
    assert heat.windows == ()
