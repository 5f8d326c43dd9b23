"""A planted lesion changes what it says, by as much as it says, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scoring.preprocess import resample
from mmae_core.signals.lead_geometry import frontal_direction
from mmae_core.signals.rpeaks import find_r_peaks
from mmae_core.synthesis.beat_shape import BeatShape, describe_beats
from mmae_core.synthesis.lesions import EDGE_MV, KINDS, MARKED_MV, Planted, marked, plant

BEAT = 3
LEAD = {name: row for row, name in enumerate(STANDARD_LEADS)}


@pytest.fixture(scope="module")
def signal(ptbxl_mini: Path) -> FloatArray:
    """A normal record at 500 Hz (12, 5000) with waves large enough to be measured in every lead that is looked at."""
    entry = next(entry for entry in load_index(ptbxl_mini).entries if entry.ecg_id == 47)
    record = read_record(entry.path)
    stretch = record.read().astype(np.float64)
    return resample(stretch, record.sampling_rate_hz, 500, 5000).astype(np.float32)


@pytest.fixture(scope="module")
def shape(signal: FloatArray) -> BeatShape:
    return describe_beats(signal, find_r_peaks(signal[1], 500))


def planted(
    signal: FloatArray, shape: BeatShape, kind: str, beats: tuple[int, ...] = (BEAT,), strength: float = 1.0,
    leads: tuple[str, ...] = (), seed: int = 0,
) -> Planted:
    if kind == "t_inversion" and not leads:
        leads = ("I", "aVL", "V5", "V6")  # where this record's T is upright
    return plant(
        signal, shape, kind, beats=beats, rng=np.random.default_rng(seed), strength=strength, leads=leads
    )


def change(signal: FloatArray, lesion: Planted) -> NDArray[np.float64]:
    return lesion.signal_mv.astype(np.float64) - signal


def test_a_normal_record_is_described_with_normal_intervals(shape: BeatShape) -> None:
    milliseconds = {name: 2 * getattr(shape, name) for name in ("p_on", "p_off", "qrs_on", "qrs_off", "t_end")}
    assert -300 < milliseconds["p_on"] < milliseconds["p_off"] < milliseconds["qrs_on"] < -15
    assert 60 <= milliseconds["qrs_off"] - milliseconds["qrs_on"] <= 120
    assert 300 <= milliseconds["t_end"] - milliseconds["qrs_on"] <= 480
    assert shape.has_p


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [0, 1])
def test_only_what_the_mask_says_is_changed(signal: FloatArray, shape: BeatShape, kind: str, seed: int) -> None:
    lesion = planted(signal, shape, kind, seed=seed)
    size = np.abs(change(signal, lesion))
    assert size[~lesion.mask].max() < MARKED_MV
    assert lesion.mask.any()
    for row, lead in zip(lesion.mask, size, strict=True):
        if row.any():
            assert lead[row].max() >= MARKED_MV
            inside = np.flatnonzero(row)
            assert lead[inside[0]] > EDGE_MV - 1e-4
            assert lead[inside[-1]] > EDGE_MV - 1e-4
            assert len(inside) == inside[-1] - inside[0] + 1
    # the neighbours' QRS complexes are those of the record, to the last bit
    for beat in (BEAT - 1, BEAT + 1):
        peak = shape.peaks[beat]
        assert np.array_equal(lesion.signal_mv[:, peak - 20 : peak + 20], signal[:, peak - 20 : peak + 20])


@pytest.mark.parametrize("kind", KINDS)
def test_limb_leads_stay_consistent(signal: FloatArray, shape: BeatShape, kind: str) -> None:
    one, two, three, avr, avl, avf = change(signal, planted(signal, shape, kind))[:6]
    for lead, expected in ((three, two - one), (avr, -(one + two) / 2), (avl, one - two / 2), (avf, two - one / 2)):
        np.testing.assert_allclose(lead, expected, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_no_seam(signal: FloatArray, shape: BeatShape, kind: str) -> None:
    lesion = planted(signal, shape, kind)
    own_steepest = np.abs(np.diff(signal)).max()
    assert np.abs(np.diff(lesion.signal_mv)).max() <= 1.01 * own_steepest
    size = np.abs(change(signal, lesion))
    times = np.flatnonzero((size > 1e-6).any(axis=0))
    assert size[:, times[0]].max() < 0.005
    assert size[:, times[-1]].max() < 0.005


@pytest.mark.parametrize("kind", KINDS)
def test_without_strength_nothing_changes(signal: FloatArray, shape: BeatShape, kind: str) -> None:
    lesion = planted(signal, shape, kind, strength=0)
    assert np.array_equal(lesion.signal_mv, signal)
    assert not lesion.mask.any()


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_repeats_a_lesion(signal: FloatArray, shape: BeatShape, kind: str) -> None:
    assert np.array_equal(
        planted(signal, shape, kind, seed=5).signal_mv, planted(signal, shape, kind, seed=5).signal_mv
    )


@pytest.mark.parametrize(("kind", "millivolts"), [("st_elevation", 0.2), ("st_depression", -0.15)])
@pytest.mark.parametrize("strength", [1.0, 2.0])
def test_st_is_shifted_by_the_stated_voltage_in_the_chosen_leads(
    signal: FloatArray, shape: BeatShape, kind: str, millivolts: float, strength: float
) -> None:
    lesion = planted(signal, shape, kind, strength=strength, leads=("II", "III", "aVF", "V4"))
    after_j = change(signal, lesion)[:, shape.peaks[BEAT] + shape.qrs_off + 25]
    for lead in ("II", "III", "V4"):
        assert after_j[LEAD[lead]] == pytest.approx(strength * millivolts, rel=0.12)
    assert after_j[LEAD["aVL"]] == pytest.approx(-0.5 * strength * millivolts, rel=0.15)  # reciprocal
    assert after_j[LEAD["I"]] == pytest.approx(0, abs=1e-6)
    assert not lesion.mask[[LEAD["V1"], LEAD["V3"], LEAD["V6"], LEAD["I"]]].any()
    assert lesion.mask[[LEAD["II"], LEAD["III"], LEAD["aVF"], LEAD["V4"]]].any(axis=1).all()


def test_t_is_mirrored_in_the_chosen_leads(signal: FloatArray, shape: BeatShape) -> None:
    lesion = planted(signal, shape, "t_inversion", leads=("V4", "V5"))
    peak = shape.peaks[BEAT] + shape.t_peak
    level = signal[:, shape.peaks[BEAT] + shape.qrs_on - 8 : shape.peaks[BEAT] + shape.qrs_on].mean(axis=1)
    for lead in ("V4", "V5"):
        before = signal[LEAD[lead], peak] - level[LEAD[lead]]
        after = lesion.signal_mv[LEAD[lead], peak] - level[LEAD[lead]]
        assert before > 0.1
        assert after == pytest.approx(-before, abs=float(0.3 * before))
    assert np.flatnonzero(lesion.mask.any(axis=1)).tolist() == [LEAD["V4"], LEAD["V5"]]


def half_width(lead: FloatArray, peak: int) -> int:
    """Samples around a peak that stay above half of it."""
    above = np.abs(lead - lead[peak - 60 : peak - 30].mean())[peak - 60 : peak + 90]
    top = int(np.argmax(above[30:120])) + 30
    low = np.flatnonzero(above < 0.5 * above[top])
    return int(low[low > top][0] - low[low < top][-1])


def test_every_qrs_becomes_wide(signal: FloatArray, shape: BeatShape) -> None:
    beats = tuple(range(1, len(shape.peaks) - 1))
    lesion = planted(signal, shape, "wide_qrs", beats=beats)
    for beat in beats:
        before = half_width(signal[LEAD["V4"]], shape.peaks[beat])
        after = half_width(lesion.signal_mv[LEAD["V4"]], shape.peaks[beat])
        assert 1.35 * before <= after <= 2 * before


def test_a_premature_beat_is_early_wide_and_followed_by_a_full_pause(signal: FloatArray, shape: BeatShape) -> None:
    lesion = planted(signal, shape, "premature_wide_beat")
    lead = int(np.argmax(np.abs(change(signal, lesion)).max(axis=1)))
    found = find_r_peaks(lesion.signal_mv[lead], 500)
    before, due, after = shape.peaks[BEAT - 1 : BEAT + 2]
    between = found[(found > before + 60) & (found < after - 60)]
    assert len(between) == 1, "one beat in the place of another"
    assert 0.15 * shape.rr < due - between[0] < 0.5 * shape.rr
    assert after - between[0] > 1.15 * shape.rr


def test_a_pause_lasts_two_intervals(signal: FloatArray, shape: BeatShape) -> None:
    lesion = planted(signal, shape, "pause")
    found = find_r_peaks(lesion.signal_mv[1], 500)
    assert len(found) == len(shape.peaks) - 1
    assert np.diff(found).max() == pytest.approx(shape.peaks[BEAT + 1] - shape.peaks[BEAT - 1], abs=8)


def test_the_p_wave_is_lost_and_the_rest_of_the_beat_stays(signal: FloatArray, shape: BeatShape) -> None:
    beats = tuple(range(len(shape.peaks)))
    lesion = planted(signal, shape, "lost_p", beats=beats)
    height = []
    for lead in (signal[1], lesion.signal_mv[1]):
        course = np.median([lead[peak + shape.p_on - 10 : peak + shape.qrs_on] for peak in shape.peaks[1:]], axis=0)
        around = np.concatenate([course[:10], course[shape.p_off - shape.p_on + 10 :]])
        height.append(float(course[10 : shape.p_off - shape.p_on + 10].mean() - around.mean()))
    assert height[0] > 0.03
    assert abs(height[1]) < 0.25 * height[0]
    for peak in shape.peaks[1:-1]:
        kept = slice(peak + shape.qrs_on + 5, peak + shape.t_end)
        assert np.array_equal(lesion.signal_mv[:, kept], signal[:, kept])


@pytest.mark.parametrize("seed", range(4))
def test_alternans_scales_one_wave_of_the_chosen_beats(signal: FloatArray, shape: BeatShape, seed: int) -> None:
    lesion = planted(signal, shape, "alternans", beats=(2, 4), seed=seed)
    wave = shape.t_peak if lesion.details["wave"] == "T" else 0
    lead = LEAD["V5"] if abs(shape.template[LEAD["V5"] - 4, wave - shape.first]) > 0.2 else LEAD["II"]
    for beat, factor in ((1, 1.0), (2, 0.6), (3, 1.0), (4, 0.6)):
        at = shape.peaks[beat] + wave
        level = signal[lead, shape.peaks[beat] + shape.qrs_on - 8 : shape.peaks[beat] + shape.qrs_on].mean()
        ratio = (lesion.signal_mv[lead, at] - level) / (signal[lead, at] - level)
        assert ratio == pytest.approx(factor, abs=0.12)


def test_the_mask_runs_from_edge_to_edge_where_the_change_is_large_enough() -> None:
    wave = np.zeros((12, 20))
    wave[0, 3:12] = [0.01, 0.03, 0.06, 0.0, -0.06, 0.01, 0.03, 0.01, 0.0]
    wave[1, 3:6] = 0.049
    mask = marked(wave)
    assert np.flatnonzero(mask[0]).tolist() == list(range(4, 10))
    assert not mask[1:].any()


def test_limb_leads_have_one_direction_or_are_refused() -> None:
    assert frontal_direction(("II", "III", "aVF", "V2")) == pytest.approx(90)
    assert frontal_direction(("I", "aVL")) == pytest.approx(-15)
    assert frontal_direction(("V1", "V2")) is None
    with pytest.raises(ConfigError, match="II, aVR look at the heart from opposite sides"):
        frontal_direction(("II", "aVR"))


def test_what_cannot_be_planted_is_explained(signal: FloatArray, shape: BeatShape) -> None:
    with pytest.raises(ConfigError, match="no lesion 'fibrillation'; there are premature_wide_beat, pause"):
        planted(signal, shape, "fibrillation")
    with pytest.raises(ConfigError, match="no lead V7"):
        planted(signal, shape, "st_elevation", leads=("V7",))
    with pytest.raises(ConfigError, match="strength is -1"):
        planted(signal, shape, "pause", strength=-1)
    with pytest.raises(UnsupportedRecord, match=r"st_elevation at strength 0\.2 changes no lead by 0\.05 mV"):
        planted(signal, shape, "st_elevation", strength=0.2)
    with pytest.raises(UnsupportedRecord, match="no upright T wave in the leads of a T inversion"):
        planted(signal, shape, "t_inversion", leads=("aVR",))
    for kind in ("pause", "premature_wide_beat"):
        with pytest.raises(UnsupportedRecord, match="no beat on both sides"):
            planted(signal, shape, kind, beats=(0,))


def test_records_without_usable_beats_are_refused(signal: FloatArray, shape: BeatShape) -> None:
    with pytest.raises(UnsupportedRecord, match="fewer than 6 R-peaks"):
        describe_beats(signal, shape.peaks[:5])
    flat = signal.copy()
    flat[7] = 0
    with pytest.raises(UnsupportedRecord, match="flat lead"):
        describe_beats(flat, shape.peaks)
    noisy = signal.copy()
    noisy[8] += np.random.default_rng(0).normal(scale=0.08, size=5000)
    with pytest.raises(UnsupportedRecord, match=r"noisy lead \(V3\)"):
        describe_beats(noisy, shape.peaks)
    gap = signal.copy()
    gap[0, 100] = np.nan
    with pytest.raises(UnsupportedRecord, match="invalid samples"):
        describe_beats(gap, shape.peaks)
