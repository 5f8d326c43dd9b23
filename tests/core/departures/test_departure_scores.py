"""How much each lead departs, for ranking the leads of one record."""

from __future__ import annotations

import numpy as np

from mmae_core.departures.measurements import quantity_keys
from mmae_core.departures.quantities import LEAD_QUANTITIES
from mmae_core.departures.scores import any_heat, kind_scores
from mmae_core.record import STANDARD_LEADS

Array = np.ndarray
V1, V3, V5 = (STANDARD_LEADS.index(lead) for lead in ("V1", "V3", "V5"))


def ordinary() -> tuple[dict[str, Array], Array]:
    """Measurements of leads that are all alike, with nothing that departs, and their strengths."""
    leads = {name: np.zeros(12) for name in LEAD_QUANTITIES}
    leads |= {"r_mv": np.ones(12), "swing_mv": np.ones(12), "t_mv": np.full(12, 0.3), "t_share": np.full(12, 0.3),
              "notching": np.full(12, 2.0)}
    return leads, np.zeros(len(quantity_keys()))


def test_what_v1_shows_counts_for_less_than_the_same_elsewhere() -> None:
    leads, strengths = ordinary()
    leads["t_down_mv"] = np.where(np.isin(np.arange(12), (V1, V5)), -0.2, 0.0)

    heat = any_heat(leads, strengths)

    assert heat[V5] > heat[V1] > heat[V3]


def test_of_two_leads_with_as_flat_a_t_the_one_where_normals_have_a_taller_one_is_flatter() -> None:
    leads, strengths = ordinary()
    leads["t_share"] = np.where(np.isin(np.arange(12), (V3, V5)), 0.05, 0.3)
    strengths[quantity_keys().index("t_mv:V5")] = -3.0

    flat = kind_scores(leads, strengths)["T flat or low"]

    assert flat[V5] > flat[V3] > flat[V1]


def test_an_r_that_peaks_late_is_a_departure_of_its_lead() -> None:
    leads, strengths = ordinary()
    before = any_heat(leads, strengths)
    strengths[quantity_keys().index("r_time_ms:V5")] = 4.0

    assert any_heat(leads, strengths)[V5] > before[V5]
