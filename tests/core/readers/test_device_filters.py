"""Filters that a device states: those that move ST segments or take narrow waves away are doubted."""

from __future__ import annotations

import pytest

from mmae_core.readers.device_filters import filter_doubts
from mmae_core.record import Device

ST = "The device states a high-pass of {} Hz. From 0.5 Hz on it may move ST segments: do not judge ST by them."
NARROW = "The device states a low-pass of {} Hz. Notches and narrow waves may be missing and QRS be lower than it was."


@pytest.mark.parametrize(("filters", "doubts"), [
    (("high-pass 0.05 Hz", "low-pass 150 Hz", "notch 50 Hz"), []),
    (("high-pass 0.5 Hz", "low-pass 100 Hz"), [ST.format("0.5")]),
    (("high-pass 0.05 Hz", "high-pass 0.67 Hz (Butterworth)"), [ST.format("0.67")]),
    (("low-pass 40 Hz",), [NARROW.format("40")]),
    (("HP:0.05Hz LP:150Hz N:50Hz",), []),
    (("HP:0.5Hz LP:35Hz N:50Hz", "HP:0.5Hz LP:40Hz"), [ST.format("0.5"), NARROW.format("35")]),
    (("high-pass 1 s", "low-pass", "notch 60 Hz (Adaptive)", "HP:DC"), []),
    ((), []),
])
def test_what_a_stated_filter_does_is_said_once(filters: tuple[str, ...], doubts: list[str]) -> None:
    assert [str(doubt) for doubt in filter_doubts(Device(filters=filters))] == doubts


def test_without_a_device_nothing_is_stated() -> None:
    assert filter_doubts(None) == ()
