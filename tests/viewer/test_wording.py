"""What the viewer says: distances from a cohort, rounded so that nothing is claimed that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.wording import (
    cohort_sentence,
    duration_text,
    p_value_sentence,
    percentile_text,
    statements_text,
    time_text,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("percentile", "said"),
    [
        (97.34, "More unusual than 97.3 % of 912 normal ECGs"),
        (99.989, "More unusual than 99.98 % of 912 normal ECGs"),
        (100.0, "More unusual than every one of 912 normal ECGs"),
        (0.0, "Less unusual than every one of 912 normal ECGs"),
        (NAN, "Not compared with normal ECGs"),
    ],
)
def test_the_cohort_sentence(percentile: float, said: str) -> None:
    assert cohort_sentence(percentile, 912) == said


def test_a_cohort_of_unknown_size_is_not_invented() -> None:
    assert cohort_sentence(50, None) == "More unusual than 50.0 % of the normal ECGs"


@pytest.mark.parametrize(
    ("value", "said"),
    [(99.94, "99.94"), (99.96, "99.96"), (99.999, "99.99"), (100, "100"), (99.87, "99.8"), (NAN, "–")],
)
def test_a_percentile_is_never_rounded_up(value: float, said: str) -> None:
    assert percentile_text(value) == said


def test_p_values() -> None:
    assert p_value_sentence(0.0274).startswith("p = 0.027 ")
    assert p_value_sentence(0.00011).startswith("p = 1.1e-04 ")
    assert p_value_sentence(NAN) == ""


@pytest.mark.parametrize(
    ("time_s", "long", "said"),
    [(3.416, False, "3.42"), (3723.44, True, "1:02:03.4"), (3599.97, True, "1:00:00.0"), (59.96, True, "0:01:00.0")],
)
def test_times(time_s: float, long: bool, said: str) -> None:
    assert time_text(time_s, long=long) == said


@pytest.mark.parametrize(
    ("duration_s", "said"), [(10, "10 s"), (38.4, "38.4 s"), (723, "12 min 3 s"), (86_370, "24 h 00 min")]
)
def test_durations(duration_s: float, said: str) -> None:
    assert duration_text(duration_s) == said


def test_a_likelihood_of_0_is_unknown_and_not_said_as_0() -> None:
    item = RecordItem(Path("x"), "x", statements=(("SR", 0.0), ("NORM", 100.0), ("PVC", 35.0)))
    assert statements_text(item) == "NORM 100 · PVC 35 · SR"
