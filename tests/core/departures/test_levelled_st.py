"""Levelling a wandering baseline before measuring moves ST by less than can be read on paper."""

from __future__ import annotations

import numpy as np
import pytest

from mmae_core.departures.measurements import measure
from mmae_core.intervals.baseline import EDGE_S, LEVEL_HZ
from mmae_core.intervals.filters import zero_phase
from mmae_core.intervals.measure import examine_signal
from mmae_core.readers import read_record
from mmae_core.resources import resource


@pytest.mark.parametrize("name", ["00170_hr", "00195_hr", "00234_hr", "00262_hr", "00414_hr"])
def test_levelling_moves_st_of_a_real_recording_by_less_than_a_third_of_a_small_square(name: str) -> None:
    record = read_record(resource("demo") / f"{name}.hea")
    recorded, rate = record.read(), record.sampling_rate_hz
    level = zero_phase(LEVEL_HZ, "highpass", rate)(recorded.astype(np.float64), round(EDGE_S * rate))
    st = [measure(examine_signal(signal.astype(np.float32), rate, record.lead_names)).leads["st_j60_mv"]
          for signal in (recorded, level)]
    moved = np.abs(st[1] - st[0])
    moved = moved[np.isfinite(moved)]
    assert moved.size >= 10
    assert moved.max() < 0.033
