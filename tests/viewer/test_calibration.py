"""Speed, gain and the size of a pixel: what is claimed, and what is not claimed."""

from __future__ import annotations

import pytest

from ecg_viewer.state.calibration import (
    BANK_CARD_WIDTH_MM,
    GAINS_MM_PER_MV,
    SPEEDS_MM_PER_S,
    Calibration,
    ScreenScale,
    readout_text,
)


def test_25_and_50_mm_a_second_are_routines() -> None:
    assert Calibration().is_usual
    assert Calibration(mm_per_s=50).is_usual
    assert not Calibration(mm_per_s=100).is_usual
    assert not Calibration(mm_per_s=50, mm_per_mv=5).is_usual


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_an_impossible_calibration_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match="mm_per_mv"):
        Calibration(mm_per_mv=value)


def test_steps_visit_every_preset_and_stop_at_the_ends() -> None:
    calibration = Calibration(SPEEDS_MM_PER_S[0], GAINS_MM_PER_MV[0])
    speeds, gains = [calibration.mm_per_s], [calibration.mm_per_mv]
    for _ in range(6):
        calibration = calibration.speed_stepped(1).gain_stepped(1)
        speeds.append(calibration.mm_per_s)
        gains.append(calibration.mm_per_mv)
    assert tuple(dict.fromkeys(speeds)) == SPEEDS_MM_PER_S
    assert tuple(dict.fromkeys(gains)) == GAINS_MM_PER_MV
    assert calibration.speed_stepped(-2).mm_per_s == 25.0


def test_a_step_from_between_two_presets_goes_to_the_next_one() -> None:
    assert Calibration(mm_per_s=30).speed_stepped(1).mm_per_s == 50
    assert Calibration(mm_per_s=30).speed_stepped(-1).mm_per_s == 25
    assert Calibration(mm_per_s=3).speed_stepped(-1).mm_per_s == 3
    assert Calibration(mm_per_s=3).speed_stepped(1).mm_per_s == 12.5
    assert Calibration(mm_per_s=3).speed_stepped(0).mm_per_s == 3


def test_a_24_inch_screen_has_its_true_pitch() -> None:
    scale = ScreenScale.from_screen(531.4, 298.9, 1920, 1080)
    assert scale.px_per_mm == pytest.approx(3.613, abs=0.001)


@pytest.mark.parametrize(
    ("width_mm", "height_mm"), [(0, 0), (0, 300), (19, 11), (2100, 1200), (500, 0), (160, 160), (float("nan"), 300)]
)
def test_an_impossible_screen_size_gives_no_scale(width_mm: float, height_mm: float) -> None:
    scale = ScreenScale.from_screen(width_mm, height_mm, 1920, 1080)
    assert scale.px_per_mm is None
    assert not scale.is_known
    assert scale.drawing_px_per_mm == pytest.approx(96 / 25.4)


def test_a_bank_card_calibrates_a_screen() -> None:
    assert ScreenScale.from_bar(856).px_per_mm == pytest.approx(10)
    assert BANK_CARD_WIDTH_MM == 85.60
    with pytest.raises(ValueError, match="positive"):
        ScreenScale.from_bar(0)


@pytest.mark.parametrize(
    ("calibration", "px_per_mm", "text"),
    [
        (Calibration(), 4.0, "25 mm/s · 10 mm/mV"),
        (Calibration(50, 10), 4.0, "50 mm/s · 10 mm/mV"),
        (Calibration(50, 20), 4.0, "50 mm/s · 20 mm/mV · non-standard"),
        (Calibration(12.5, 2.5), 4.0, "12.5 mm/s · 2.5 mm/mV · non-standard"),
        (Calibration(100, 40), 4.0, "100 mm/s · 40 mm/mV · non-standard"),
        (Calibration(), None, "94 px/s · 38 px/mV · display size unavailable"),
    ],
)
def test_the_readout_claims_millimetres_only_when_they_are_known(
    calibration: Calibration, px_per_mm: float | None, text: str
) -> None:
    assert readout_text(calibration, ScreenScale(px_per_mm)) == text
