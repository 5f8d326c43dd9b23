"""Who sets the limits of departures, what is not compared, and what is named in anybody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mmae_core.departures.compare import departures_of
from mmae_core.departures.doubtful_intervals import doubted
from mmae_core.departures.family_percentile import ABSENT, OUTSIDE, candidate_strengths, levels, percentile, supported
from mmae_core.departures.limits import bundled_limits
from mmae_core.departures.make_limits import Cohort
from mmae_core.departures.measurements import quantity_keys
from mmae_core.departures.named_in_report import names
from mmae_core.departures.person import UNKNOWN, Person
from mmae_core.departures.quantities import CANDIDATES
from mmae_core.intervals.measure import examine_record
from mmae_core.intervals.results import Examination, Reason, Value
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

PERSONS = (UNKNOWN, *(Person(sex, age) for sex in ("male", "female") for age in (20.0, 50.0, 80.0, 88.0)))


def with_long_pr(**changes: float | None) -> Examination:
    """A recording of an old infarction with a PR of 287 ms, its boundaries changed."""
    found = examine_record(read_record(resource("demo", "00234_hr.hea")))
    assert found.bounds is not None
    return replace(found, bounds=replace(found.bounds, **changes))


def flagged(examination: Examination) -> set[str]:
    return {one.quantity for one in departures_of(examination).flagged}


@pytest.mark.parametrize("person", PERSONS, ids=str)
@pytest.mark.parametrize(("quantity", "value", "usual"), [
    ("pr_ms", 250.0, 160.0), ("qtc_ms", 500.0, 410.0), ("rate_bpm", 130.0, 70.0), ("rate_bpm", 38.0, 70.0),
    ("qrs_ms", 140.0, 92.0), ("irregular_without_p_percent", 16.0, 0.0),
])
def test_what_any_reader_would_name_is_flagged_in_anybody(
    person: Person, quantity: str, value: float, usual: float
) -> None:
    limits = bundled_limits().of(person)
    values = np.full((2, len(quantity_keys())), np.nan)
    values[:, quantity_keys().index(quantity)] = value, usual

    strengths = candidate_strengths(np.stack([limits.strengths(row) for row in values]), values)
    found = percentile(levels(strengths, limits.limits.family), limits.limits.family).max(axis=(1, 2))

    assert found[0] >= 95 > found[1]


def test_a_normal_whose_report_calls_it_fast_sets_no_limit_for_the_rate() -> None:
    assert names({"NORM", "STACH"}, "rate_bpm")
    assert not names({"NORM", "STACH"}, "pr_ms")
    assert not names({"NORM", "SR"}, "rate_bpm")


def test_what_sets_no_limit_still_counts_as_normal() -> None:
    keys = quantity_keys()
    values = np.full((2, len(keys)), 1.0)
    values[:, [keys.index(name) for name in ("pr_ms", "qrs_ms", "qtc_ms", "rate_bpm")]] = 160.0, 90.0, 400.0, 110.0
    cohort = Cohort(values, (UNKNOWN, UNKNOWN), np.array([1, 2]), statements=(frozenset({"STACH"}), frozenset()))

    setting = cohort.setting_limits()

    assert np.isnan(setting.values[:, keys.index("rate_bpm")]).tolist() == [True, False]
    assert np.isfinite(np.delete(setting.values, keys.index("rate_bpm"), axis=1)).all()
    assert cohort.values[0, keys.index("rate_bpm")] == 110.0


def test_a_pr_is_not_compared_where_p_lasts_too_long_for_one_wave() -> None:
    start_s = with_long_pr().bounds.p_on  # type: ignore[union-attr]
    assert start_s is not None
    assert "pr_ms" in flagged(with_long_pr())

    doubtful = with_long_pr(p_end=start_s + 0.2)

    assert "pr_ms" not in flagged(doubtful)
    assert departures_of(doubtful).values["pr_ms"] == pytest.approx(287, abs=3), "what was measured stays"
    assert any("P seems to last 200 ms" in said for said in departures_of(doubtful).limitations)


def test_a_pr_is_not_compared_where_its_p_may_be_the_u_wave_of_the_beat_before() -> None:
    plain = with_long_pr()
    found, bounds = plain.measurements, plain.bounds
    assert bounds is not None
    assert bounds.p_on is not None
    assert found.rr_s is not None
    near_t = replace(plain, measurements=replace(found, pr_ms=Value(350.0)),
                     bounds=replace(bounds, t_end=bounds.p_on + found.rr_s - 0.03))

    assert "may be U" in doubted(near_t)["pr_ms"]
    assert "pr_ms" not in doubted(replace(near_t, measurements=replace(found, pr_ms=Value(287.0)))), "a fast heart's"


def test_a_qt_is_not_compared_where_t_may_hold_u_or_p() -> None:
    plain = with_long_pr()
    found, bounds = plain.measurements, plain.bounds
    assert bounds is not None
    assert bounds.t_peak is not None
    assert found.rr_s is not None
    long_tail = replace(plain, bounds=replace(bounds, t_end=bounds.t_peak + 0.2))
    without_p = replace(plain, measurements=replace(found, pr_ms=Value.none(Reason.NO_P)),
                        bounds=replace(bounds, t_peak=0.65 * found.rr_s, t_end=0.7 * found.rr_s))

    assert "qtc_ms" not in doubted(plain)
    assert "may hold U" in doubted(long_tail)["qtc_ms"]
    assert "may be P" in doubted(without_p)["qtc_ms"]


def test_st_depression_in_two_leads_of_a_wall_counts_more_than_in_one_but_lifts_no_normal_lead() -> None:
    row = [candidate.key for candidate in CANDIDATES].index("st_j60_mv-")
    v5, v4, v6 = (STANDARD_LEADS.index(lead) for lead in ("V5", "V4", "V6"))
    alone, together = np.zeros((2, 1, len(CANDIDATES), 12))
    alone[0, row, v5] = together[0, row, v5] = together[0, row, v4] = together[0, row, v6] = 4.0

    assert supported(alone)[0, row, v5] < supported(together)[0, row, v5] == pytest.approx(4.0)
    assert supported(alone)[0, row, v4] <= 0.0 < OUTSIDE
    together[0, row, v4] = ABSENT
    assert supported(together)[0, row, v5] == 4.0, "where a lead is missing, nothing is said by it"


def test_what_is_asked_to_be_rarer_reaches_the_flag_later() -> None:
    family = bundled_limits().family
    rows = {candidate.key: row for row, candidate in enumerate(CANDIDATES)}
    strengths = np.zeros((1, len(CANDIDATES), 12))
    reached = levels(strengths, family)[0, :, 0]
    asked = {**family, "scales": {key: {**scale, "rarer": 0.0} for key, scale in family["scales"].items()}}

    freely = levels(strengths, asked)[0, :, 0]

    assert (freely - reached)[rows["t_mv+"]] == pytest.approx(1.0)
    assert (freely - reached)[rows["t_mv-"]] == 0.0
