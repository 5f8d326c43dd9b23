"""The band of normal beats: quantiles that are known, who counts, what is outside, who is nearest, and the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.datasets.ptbxl import load_index
from mmae_core.departures.beat_values import BeatBounds
from mmae_core.departures.person import Person, person_of, person_of_entry
from mmae_core.errors import Cancelled, DatasetError
from mmae_core.intervals.measure import examine_record
from mmae_core.normal_beats import (
    AlignedBeat,
    NormalBand,
    NormalBeats,
    Refused,
    aligned_beat,
    bundled_normal_beats,
    nearest_normals,
    normal_band,
    outside_band,
)
from mmae_core.normal_beats.aligned import TIMES_S, VALUES
from mmae_core.normal_beats.band import LEAST_NORMALS, weighted_quantiles
from mmae_core.normal_beats.make import NormalCohort, is_plain, make_normal_beats, measure_beats
from mmae_core.normal_beats.store import NO_VALUE, SEXES, STORED_S, VALUE_STEP_MV
from mmae_core.normal_beats.validate import Coverage, coverage
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

V2 = STANDARD_LEADS.index("V2")
WOMAN = Person("female", 60.0)
T_AT_S = 0.25
MOST_SIZE_MB = 3.0


def t_wave(times_s: np.ndarray) -> np.ndarray:
    return np.exp(-0.5 * ((times_s - T_AT_S) / 0.04) ** 2)


def normals(n: int = 201, *, sexes: tuple[str, ...] = ("female",), age: float = 60.0, rate: float = 70.0
            ) -> NormalBeats:
    """Beats with nothing but a T in V2 of 0, 1, 2 … µV, whose value is kept as well."""
    heights_mv = np.arange(n) / 1000
    shapes = np.zeros((1, 8, len(STORED_S)), np.float32)
    shapes[0, 3] = 0.001 * t_wave(STORED_S)
    values = np.full((n, len(VALUES), 12), NO_VALUE, np.int16)
    values[:, VALUES.index("t_mv"), V2] = np.round(heights_mv / VALUE_STEP_MV)
    return NormalBeats(
        np.arange(1, n + 1, dtype=np.int32), np.full(n, age, np.float32),
        np.array([SEXES.index(sexes[number % len(sexes)]) for number in range(n)], np.uint8),
        np.full(n, rate, np.float32), np.tile(np.array([0, len(STORED_S) - 1], np.uint8), (n, 1)),
        np.arange(n, dtype=np.int16)[:, None], np.zeros((8, len(STORED_S)), np.float32), shapes, values, {})


def beat(t_mv: float, rate_bpm: float = 70.0) -> AlignedBeat:
    mv = np.zeros((12, len(TIMES_S)))
    mv[V2] = t_mv * t_wave(TIMES_S)
    values = np.full((len(VALUES), 12), np.nan)
    values[VALUES.index("t_mv"), V2] = t_mv
    return AlignedBeat(mv, values, BeatBounds(-0.05, 0.05, 0.4), rate_bpm)


def band_of(made: NormalBeats, person: Person = WOMAN, rate: float = 70.0) -> NormalBand:
    band = normal_band(made, person, rate)
    assert isinstance(band, NormalBand)
    return band


def test_quantiles_count_each_normal_by_its_weight() -> None:
    ramp = np.arange(101, dtype=float)[:, None]
    assert weighted_quantiles(ramp, np.ones(101))[:, 0] == pytest.approx([4.55, 50.0, 95.45])
    only_half = np.where(np.arange(101) % 2 == 0, 1.0, 0.0)
    assert weighted_quantiles(ramp, only_half + 1e-9)[1, 0] == pytest.approx(50.0, abs=0.6)
    twice = np.concatenate([ramp, ramp[80:]])
    heavier = np.where(np.arange(101) >= 80, 2.0, 1.0)
    assert weighted_quantiles(ramp, heavier)[2, 0] == pytest.approx(
        weighted_quantiles(twice, np.ones(122))[2, 0], abs=1)


def test_where_too_few_beats_reach_there_is_no_band() -> None:
    ramp = np.tile(np.arange(120, dtype=float)[:, None], (1, 2))
    ramp[LEAST_NORMALS - 1 :, 1] = np.nan
    found = weighted_quantiles(ramp, np.ones(120))
    assert np.isfinite(found[:, 0]).all()
    assert np.isnan(found[:, 1]).all()


def test_the_band_of_a_lead_is_that_of_its_normals_and_limb_leads_follow_from_i_and_ii() -> None:
    band = band_of(normals())
    at = int(np.argmin(np.abs(TIMES_S - T_AT_S)))
    assert [band.low_mv[V2, at], band.middle_mv[V2, at], band.high_mv[V2, at]] == pytest.approx(
        [0.0095, 0.100, 0.1905], abs=0.001)
    made = normals()
    made.shapes[0, 0], made.shapes[0, 1] = made.shapes[0, 3], 3 * made.shapes[0, 3]
    band = band_of(made)
    middles = {lead: band.middle_mv[STANDARD_LEADS.index(lead), at] for lead in ("I", "II", "III", "aVR", "aVL", "aVF")}
    assert middles["III"] == pytest.approx(middles["II"] - middles["I"], abs=1e-4)
    assert middles["aVR"] == pytest.approx(-(middles["I"] + middles["II"]) / 2, abs=1e-4)


def test_only_the_same_sex_and_the_near_in_age_and_rate_count() -> None:
    made = normals(400, sexes=("female", "male"))
    assert set(made.sexes[band_of(made, Person("male", 60.0)).rows]) == {SEXES.index("male")}
    assert len(band_of(made, Person(None, 60.0)).rows) == 400, "sex unknown: all"
    ages = replace(made, ages=np.linspace(20, 89, 400, dtype=np.float32))
    band = band_of(ages, Person("female", 60.0))
    assert np.average(ages.ages[band.rows], weights=band.weights) == pytest.approx(60, abs=1)
    assert band.n_normals < 100
    assert len(band_of(ages, Person("female")).rows) == 200, "age unknown: all women"
    rates = replace(made, rates_bpm=np.linspace(40, 120, 400, dtype=np.float32))
    band = band_of(rates, Person("female", 60.0), 75.0)
    assert np.average(rates.rates_bpm[band.rows], weights=band.weights) == pytest.approx(75, abs=0.5)


def test_who_they_are_is_said() -> None:
    made = normals()
    assert str(band_of(made, Person("female", 63.0), 71.6).group) == "women of about 63 at about 72/min"
    assert str(band_of(made, Person(), 70.0).group) == "normal ECGs (sex and age unknown) at about 70/min"


@pytest.mark.parametrize(("person", "rate", "words"), [
    (Person("female", 9.0), 70.0, "no band of normal beats: the normal ECGs are of adults"),
    (Person("female", 60.0), 150.0, "no band of normal beats: there are"),
    (Person("male", 60.0), 70.0, "no band of normal beats: there are 0 men of about 60 at about 70/min, 50 are needed"),
])
def test_without_enough_like_it_no_band_is_drawn(person: Person, rate: float, words: str) -> None:
    few = normals(LEAST_NORMALS - 1) if rate == 150.0 else normals()
    refused = normal_band(few, person, rate)
    assert isinstance(refused, Refused)
    assert str(refused.reason).startswith(words)


def test_a_band_that_is_no_longer_wanted_ends() -> None:
    with pytest.raises(Cancelled):
        normal_band(normals(), Person("female", 60.0), 70.0, lambda: True)


@pytest.mark.parametrize(("t_mv", "words"), [
    (0.25, "T +0.25 mV in V2: above 99.5 % of 201 normals like this one"),
    (-0.1, "T -0.10 mV in V2: below 99.5 % of 201 normals like this one"),
])
def test_a_value_beyond_nearly_all_is_said_with_its_share(t_mv: float, words: str) -> None:
    made = normals()
    found = outside_band(made, band_of(made), beat(t_mv))
    assert [str(one.sentence) for one in found] == [words]
    assert (found[0].quantity, found[0].is_above, found[0].leads) == ("t_mv", t_mv > 0, ("V2",))


@pytest.mark.parametrize("t_mv", [0.02, 0.1, 0.19])
def test_a_value_among_most_of_them_is_not(t_mv: float) -> None:
    made = normals()
    assert outside_band(made, band_of(made), beat(t_mv)) == ()


def test_several_leads_are_one_line_the_most_unusual_named() -> None:
    made = normals()
    made.values[:, VALUES.index("t_mv")] = made.values[:, VALUES.index("t_mv"), V2][:, None]
    own = beat(0.1)
    own.values_mv[VALUES.index("t_mv")] = 0.1
    own.values_mv[VALUES.index("t_mv"), V2 : V2 + 3] = (0.198, 0.3, 0.199)
    (found,) = outside_band(made, band_of(made), own)
    assert str(found.sentence) == "T in V2-V4, most in V3 +0.30 mV: above 99.5 % of 201 normals like this one"


def test_the_samples_outside_are_those_beyond_the_lines() -> None:
    band = band_of(normals())
    in_t = np.abs(TIMES_S - T_AT_S) < 0.05
    for t_mv, is_outside in ((0.1, False), (0.18, False), (0.2, True), (0.4, True), (-0.01, True)):
        assert (band.outside(beat(t_mv).mv)[V2, in_t] == is_outside).all(), t_mv


def test_the_nearest_have_the_smallest_difference_and_the_recording_itself_is_none_of_them() -> None:
    made = normals()
    found = nearest_normals(made, beat(0.1))
    own_mv = 0.1 * t_wave(TIMES_S)
    assert [near.distance_mv for near in found] == sorted(near.distance_mv for near in found)
    for near in found:
        assert near.distance_mv == pytest.approx(np.sqrt(np.mean((near.mv[V2] - own_mv) ** 2) / 12), rel=1e-3)
        assert near.distance_mv >= 0.008
        assert (near.age, near.sex, near.rate_bpm) == (60.0, "female", 70.0)
    assert nearest_normals(made, beat(0.1, rate_bpm=90.0)) == (), "none of that rate"


def test_a_file_gives_back_what_was_kept(tmp_path: Path) -> None:
    made = normals()
    made.weights[5] = -3000
    made.save(tmp_path / "beats.npz")
    read = NormalBeats.load(tmp_path / "beats.npz")
    rows = np.arange(len(made))
    assert np.array_equal(read.weights, made.weights)
    assert np.array_equal(read.values, made.values)
    assert read.beats(rows, "V2") == pytest.approx(made.beats(rows, "V2"), abs=2e-3, nan_ok=True)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 damaged"])
def test_another_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "beats.npz").write_bytes(content)
    with pytest.raises(DatasetError, match=r"no file of normal beats.*mmae_core normal-beats"):
        NormalBeats.load(tmp_path / "beats.npz")


def test_arrays_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    replace(normals(), ages=np.zeros(3, np.float32)).save(tmp_path / "beats.npz")
    with pytest.raises(DatasetError, match="ages has the shape"):
        NormalBeats.load(tmp_path / "beats.npz")


@pytest.fixture(scope="module")
def cohort(ptbxl_mini: Path) -> NormalCohort:
    """Sixteen real normals, four times over."""
    entries = [entry for entry in load_index(ptbxl_mini).entries if entry.is_normal]
    measured = measure_beats(entries)
    assert len(measured.beats) >= 14
    return replace(measured, entries=measured.entries * 4, beats=measured.beats * 4)


def test_real_beats_are_kept_within_microvolts(cohort: NormalCohort) -> None:
    made = make_normal_beats(cohort, "1-9")
    assert made.about["error_uv"] < 10
    assert made.rates_bpm[0] == pytest.approx(cohort.beats[0].rate_bpm)
    kept = made.values_mv(np.arange(len(made)))
    measured = np.stack([one.values_mv for one in cohort.beats])
    assert np.nanmax(np.abs(kept - measured)) <= VALUE_STEP_MV / 2 + 1e-6


def test_too_few_normals_make_no_file(cohort: NormalCohort) -> None:
    few = replace(cohort, entries=cohort.entries[:9], beats=cohort.beats[:9])
    with pytest.raises(DatasetError, match=f"9 normal records gave an average beat; {LEAST_NORMALS} are needed"):
        make_normal_beats(few, "1-8")


def test_normals_with_a_remark_on_a_wave_and_children_set_no_band(cohort: NormalCohort) -> None:
    entry = cohort.entries[0]
    assert is_plain(replace(entry, statements={"NORM": 100.0, "STACH": 0.0}, age=40.0))
    assert not is_plain(replace(entry, statements={"NORM": 100.0, "NT_": 0.0}, age=40.0))
    assert not is_plain(replace(entry, age=10.0))


def test_coverage_counts_the_samples_of_each_wave(cohort: NormalCohort) -> None:
    made = normals()
    own = replace(cohort, entries=cohort.entries[:3], beats=(beat(0.1), beat(0.4), beat(0.1, rate_bpm=150.0)))
    own = replace(own, entries=tuple(replace(entry, sex="female", age=60.0) for entry in own.entries))
    found = coverage(made, own)
    assert found.n_refused == 1
    assert found.outside[0, 3, V2] == 0.0
    assert found.outside[1, 3, V2] > 0.5
    share, low, high = Coverage(np.full((40, 4, 12), 0.1), np.arange(40), 0, np.full(40, 80.0)).shares()
    assert share == pytest.approx(np.full((5, 13), 10.0))
    assert low == pytest.approx(high)


@pytest.mark.parametrize("arguments", [["--data", "none"], ["--validate", "none", "--output", "new.npz"]])
def test_the_command_wants_a_place_to_write_with_data_only(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["normal-beats", *arguments]) == 2
    assert "--output is needed with --data, and only with it" in capsys.readouterr().err


def test_the_command_says_how_much_of_normals_lies_outside(
    ptbxl_mini: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["normal-beats", "--validate", str(ptbxl_mini)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("8 normal records, 0 without a band")
    assert [line.split("|")[1].strip() for line in lines[4:]] == [*STANDARD_LEADS, "all leads"]


def test_the_bundled_file_is_small_and_its_card_tells_where_it_comes_from() -> None:
    path = resource("normal_beats", "normal_beats.npz")
    assert path.stat().st_size < MOST_SIZE_MB * 1e6
    card = resource("normal_beats", "normal_beats.md").read_text(encoding="utf-8")
    for words in ("PTB-XL v1.0.3", "CC BY 4.0", "folds 1-8", f"{len(bundled_normal_beats()):,} of 7,243",
                  "mmae_core normal-beats --data DIR --folds 1-8"):
        assert words in card
    assert bundled_normal_beats().about["error_uv"] < 6


def test_a_real_normal_of_another_fold_lies_mostly_within_the_band(ptbxl_mini: Path) -> None:
    shares = []
    for entry in load_index(ptbxl_mini).select(folds=(9,), label="normal"):
        own = aligned_beat(examine_record(read_record(entry.path)))
        assert own is not None
        band = band_of(bundled_normal_beats(), person_of_entry(entry), own.rate_bpm)
        known = np.isfinite(own.mv) & np.isfinite(band.low_mv)
        shares.append(band.outside(own.mv)[known].mean())
    assert len(shares) == 8
    assert np.mean(shares) < 0.25


def test_st_elevation_of_a_real_recording_is_above_the_normals_where_its_report_says() -> None:
    record = read_record(resource("demo", "00234_hr.hea"))  # PTB-XL: ST elevation in V2-V4
    own = aligned_beat(examine_record(record))
    assert own is not None
    made = bundled_normal_beats()
    found = outside_band(made, band_of(made, person_of(record), own.rate_bpm), own)
    above = [one for one in found if one.quantity == "st_j60_mv" and one.is_above]
    assert {"V2", "V3", "V4"} & set(above[0].leads)
