"""Calibration pulses stand where there is room for them."""

from __future__ import annotations

from ecg_viewer.render.pulse import rows_with_pulse


def test_every_row_with_room_has_its_pulse() -> None:
    assert rows_with_pulse([100.0, 160.0, 220.0], 40.0) == [100.0, 160.0, 220.0]


def test_in_close_rows_pulses_keep_clear_of_one_another() -> None:
    assert rows_with_pulse([40.0, 75.0, 110.0, 145.0, 180.0], 40.0) == [40.0, 110.0, 180.0]
    assert rows_with_pulse([], 40.0) == []
