"""A ruler on painted pixels: 1 % on every screen, in every layout, at every speed and gain, and on pages.

IEC 60601-2-25 allows 5 %. A single line lies on whole pixels, so that one alone may be off by half a device pixel.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from ecg_viewer.state.layouts import LAYOUTS_BY_ID

RATIOS = (1.0, 1.25, 1.5, 2.0)
PX_PER_MM = 4.0
REACH_MM = 17.0


@pytest.fixture(scope="module", params=RATIOS)
def measured(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the paper paints on a screen of this ratio, as `ruler_on_screen.py` measures it."""
    root = Path(__file__).parents[3]
    environment = {"QT_SCALE_FACTOR": str(request.param), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    run = subprocess.run([sys.executable, str(Path(__file__).with_name("ruler_on_screen.py"))],
                         env={**os.environ, **environment}, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    assert found["ratio"] == request.param
    return found


def half_pixel_mm(measured: dict[str, Any]) -> float:
    return float(0.5 / measured["ratio"] / PX_PER_MM)


def test_every_layout_is_measured_at_every_speed_and_gain(measured: dict[str, Any]) -> None:
    for layout in LAYOUTS_BY_ID:
        of_layout = [item for item in measured["measured"] if item["layout"] == layout]
        assert {item["speed"] for item in of_layout} == set(SPEEDS_MM_PER_S)
        assert {item["gain"] for item in of_layout} == set(GAINS_MM_PER_MV)


def test_a_second_of_trace_is_as_long_as_the_speed_says(measured: dict[str, Any]) -> None:
    for item in measured["measured"]:
        assert item["n_steps"] >= 5
        assert item["second_mm"] == pytest.approx(item["speed"], rel=0.01), item
        assert item["worst_step_mm"] < 2 * half_pixel_mm(measured) + 0.1, item


def test_a_millivolt_is_as_high_as_the_gain_says(measured: dict[str, Any]) -> None:
    for item in measured["measured"]:
        assert item["reach_mm"] == pytest.approx(REACH_MM, rel=0.01), item


def test_the_grid_is_of_5_mm_across_and_down(measured: dict[str, Any]) -> None:
    spacings = [spacing for item in measured["measured"] for spacing in item.get("grid_mm", ())]
    assert len(spacings) == 2 * len(LAYOUTS_BY_ID)
    assert spacings == pytest.approx([5.0] * len(spacings), rel=0.01)


def test_the_pulse_is_a_millivolt_high_and_a_fifth_of_a_second_wide(measured: dict[str, Any]) -> None:
    pulses = [item for item in measured["measured"] if "pulse" in item]
    assert {item["gain"] for item in pulses} == set(GAINS_MM_PER_MV)
    for item in pulses:
        for name, wanted in (("height_mm", item["gain"]), ("width_mm", 0.2 * item["speed"])):
            allowed = max(0.01 * wanted, half_pixel_mm(measured) + 1e-6)
            assert item["pulse"][name] == pytest.approx(wanted, abs=allowed), item
