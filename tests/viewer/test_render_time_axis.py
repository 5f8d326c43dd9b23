"""Times under the paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.render.time_axis import axis_time_text, ticks


def labels(start_s: float, end_s: float, px_per_s: float, duration_s: float) -> list[str]:
    return [tick.label for tick in ticks(start_s, end_s, px_per_s, duration_s) if tick.label]


def test_ten_seconds_are_labelled_every_second() -> None:
    assert labels(0, 10, 98, 10) == [f"{second} s" for second in range(11)]


def test_fast_paper_is_labelled_finer_and_slow_paper_coarser() -> None:
    assert labels(0, 1, 400, 10) == ["0.0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1.0 s"]
    assert labels(0, 20, 20, 100) == ["0 s", "5 s", "10 s", "15 s", "20 s"]


@pytest.mark.parametrize(
    ("time_s", "duration_s", "resolution_s", "text"),
    [
        (3, 10, 1, "3 s"),
        (3.25, 10, 0.05, "3.25 s"),
        (59.96, 600, 0.1, "1:00.0"),
        (123, 600, 1, "2:03"),
        (123.5, 600, 0.5, "2:03.5"),
        (3723, 86_400, 1, "1:02:03"),
        (3, 86_400, 1, "0:00:03"),
        (3599.999, 86_400, 1, "1:00:00"),
    ],
)
def test_times_are_written_as_the_record_is_long(
    time_s: float, duration_s: float, resolution_s: float, text: str
) -> None:
    assert axis_time_text(time_s, duration_s, resolution_s) == text


@given(st.floats(0, 86_000), st.floats(4, 800), st.floats(200, 4000))
def test_labels_never_crowd_and_ticks_stay_in_view(start_s: float, px_per_s: float, width_px: float) -> None:
    end_s = start_s + width_px / px_per_s
    result = ticks(start_s, end_s, px_per_s, 86_400)
    labelled = [tick.time_s for tick in result if tick.label]
    assert all((b - a) * px_per_s >= 70 - 1e-6 for a, b in pairwise(labelled))
    assert all(start_s - 1e-6 <= tick.time_s <= end_s + 1e-6 for tick in result)
    assert len(result) <= width_px / 12 + 2
