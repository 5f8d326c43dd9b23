"""`mmae_core.score`: the same numbers whatever holds the recording, and the same as the command's."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import numpy as np
import pytest
import wfdb

import mmae_core
from mmae_core import EcgError, EcgScore, ModelMismatch, UnsupportedRecord
from mmae_core.cli import main
from mmae_core.percentiles import table_percentile
from mmae_core.report.map_file import read_maps
from mmae_core.resources import resource

NAME = "00195_hr"


@pytest.fixture(scope="module")
def path() -> Path:
    return resource("demo", f"{NAME}.hea")


@pytest.fixture(scope="module")
def result(path: Path) -> EcgScore:
    return mmae_core.score(path)


def test_the_numbers_are_those_of_the_command_to_the_last_digit(
    path: Path, result: EcgScore, tmp_path: Path
) -> None:
    assert main(["score", str(path), "--output", str(tmp_path / "scores.csv"), "--maps", str(tmp_path)]) == 0
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["score"] == f"{result.score:.6g}"
    assert row["percentile"] == table_percentile(result.percentile)
    assert row["p_value"] == f"{result.p_value:.6g}"
    assert row["strongest_finding"] == ("" if result.strongest is None else str(result.strongest.title))
    assert int(row["n_findings"]) == len(result.facts)
    assert row["model_sha256"] == result.model.key
    maps = read_maps(tmp_path / f"{NAME}.npz")
    np.testing.assert_array_equal(maps.peak_percentile, result.map)
    np.testing.assert_array_equal(maps.score, result.score_map)
    np.testing.assert_array_equal(maps.named_percentile, result.maps.named_percentile)
    np.testing.assert_array_equal(maps.own_percentile, result.maps.own_percentile)


def test_an_array_a_wfdb_record_and_an_open_recording_give_the_same_map(path: Path, result: EcgScore) -> None:
    record = mmae_core.read_record(path)
    from_array = mmae_core.score(record.read(), record.sampling_rate_hz, record.lead_names)
    from_wfdb = mmae_core.score(wfdb.rdrecord(path.with_suffix("").as_posix()))
    for other in (from_array, from_wfdb, mmae_core.score(record)):
        np.testing.assert_array_equal(other.map, result.map)
        assert other.score == result.score
        assert [fact.title for fact in other.facts] == [fact.title for fact in result.facts]


def test_maps_are_leads_by_samples_in_percent(result: EcgScore) -> None:
    assert result.map.shape == result.score_map.shape == (12, result.record.n_samples)
    assert result.leads == mmae_core.STANDARD_LEADS
    assert 0 <= np.nanmin(result.map) <= np.nanmax(result.map) <= 100
    assert np.isnan(result.map[:, 0]).all(), "the first quarter of a second is not assessed"


def test_age_and_sex_of_an_array_choose_the_normals_that_it_is_compared_with(path: Path) -> None:
    record = mmae_core.read_record(path)
    found = mmae_core.score(record.read(), 500, record.lead_names, age_years=64, sex="female")
    assert str(found.windows[0].reading.departures.group) == "women of about 64"
    of_file = mmae_core.score(path, age_years=64, sex="female")
    assert [one.sentence for one in of_file.departures] == [one.sentence for one in found.departures]


def test_what_was_not_assessed_is_said_with_the_reason(path: Path) -> None:
    record = mmae_core.read_record(path)
    signal = record.read()
    signal[6:9] = np.nan
    found = mmae_core.score(signal, 500, record.lead_names)
    assert np.isnan(found.map[6:9]).all()
    assert np.isnan(found.percentile)
    said = " ".join(found.not_assessed)
    assert "no percentile: 3 leads are not assessed" in said
    assert not found.is_reliable or found.quality is not None


def test_several_windows_have_a_strongest_one_and_no_p_value(path: Path) -> None:
    record = mmae_core.read_record(path)
    twice = np.concatenate([record.read(), record.read()], axis=1)
    found = mmae_core.score(twice, 500, record.lead_names)
    assert len(found.windows) == 3
    assert found.percentile == max(item.window.percentile for item in found.windows if item.window.reliable)
    assert np.isnan(found.p_value)
    part = mmae_core.score(twice, 500, record.lead_names, start_s=10.0)
    assert part.start_s == 10.0
    np.testing.assert_array_equal(part.map, found.map[:, 5000:])


def test_many_recordings_are_scored_when_they_are_asked_for(path: Path, result: EcgScore) -> None:
    record = mmae_core.read_record(path)
    asked = []

    def arrays() -> object:
        for signal in (record.read(), record.read()[:, :1000], record.read()):
            asked.append(1)
            yield signal

    scores = mmae_core.score_many(arrays(), 500, record.lead_names, return_errors=True)
    first = next(scores)
    assert len(asked) == 1
    assert isinstance(first, EcgScore)
    assert first.score == result.score
    assert first.record.name == "recording 0"
    failed, last = scores
    assert isinstance(failed, EcgError)
    assert "10 s are needed" in str(failed)
    assert isinstance(last, EcgScore)
    assert [one.score for one in mmae_core.score_many([path, record])] == [result.score] * 2


@pytest.mark.parametrize(("call", "said"), [
    (lambda path: mmae_core.score(path, start_s=11), "no stretch from 11 s"),
    (lambda path: mmae_core.score(path, start_s=3, end_s=2), "no stretch from 3 s to 2 s"),
    (lambda path: mmae_core.score(path, start_s=float("nan")), "no stretch"),
    (lambda path: mmae_core.score(path, start_s="5"), "start_s = '5' is no number of seconds"),
    (lambda path: mmae_core.score(path, end_s=[5]), "end_s = .* is no number of seconds"),
    (lambda path: mmae_core.score(path, 250), r"00195_hr \(WFDB\) says itself .* leave out sampling_rate_hz,"),
    (lambda path: mmae_core.score(path, 250, mmae_core.STANDARD_LEADS, unit="uV"), "sampling_rate_hz, leads, unit"),
    (lambda path: mmae_core.read_record(path, unit="uV"), "leave out unit"),
    (lambda path: mmae_core.score(path, model=5), "found int"),
    (lambda path: mmae_core.score(path, device="tpu"), "tpu"),
    (lambda path: mmae_core.score(None, 500, ["I"]), "found object"),
    (lambda path: mmae_core.score(path, age_years=-3), "no age in years"),
    (lambda path: mmae_core.score(mmae_core.read_record(path), 500), "says itself what it holds"),
    (lambda path: mmae_core.score(path.read_bytes()), "read_record takes them"),
    (lambda path: list(mmae_core.score_many(path)), "put it into a list"),
    (lambda path: list(mmae_core.score_many(np.zeros((12, 5000)), 500, mmae_core.STANDARD_LEADS)), "Several"),
    (lambda path: mmae_core.score(path, model="no such model"), "no such model"),
    (lambda path: mmae_core.score(np.zeros((12, 900)) + 0.1, 30, mmae_core.STANDARD_LEADS), "50 Hz"),
])
def test_a_call_that_makes_no_sense_is_refused(call: object, said: str, path: Path) -> None:
    assert callable(call)
    with pytest.raises(EcgError, match=said):
        call(path)


def test_a_day_is_not_held_whole() -> None:
    record = mmae_core.array_record(np.random.default_rng(1).normal(0, 0.2, (12, 110 * 3700)), 110,
                                    mmae_core.STANDARD_LEADS)
    with pytest.raises(UnsupportedRecord, match="choose a stretch with start_s and end_s"):
        mmae_core.score(record)


def test_a_model_folder_that_is_none_is_named(tmp_path: Path, path: Path) -> None:
    with pytest.raises(ModelMismatch, match=tmp_path.name):
        mmae_core.score(path, model=tmp_path)


def test_torch_has_as_many_threads_after_a_call_as_before(path: Path) -> None:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        mmae_core.score(path)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_threads_that_score_in_turn_leave_torch_as_it_was() -> None:
    import torch

    from mmae_core.library.scoring import one_thread

    within, first_has_left = threading.Event(), threading.Event()
    counted: list[int] = []

    def second() -> None:
        with one_thread(), one_thread():
            within.set()
            assert first_has_left.wait(20)
            counted.append(torch.get_num_threads())
        counted.append(torch.get_num_threads())

    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        other = threading.Thread(target=second)
        with one_thread():
            other.start()
            assert within.wait(20)
        counted.append(torch.get_num_threads())
        first_has_left.set()
        other.join()
        assert counted == [3, 1, 3]
        later = threading.Thread(target=lambda: counted.append(torch.get_num_threads()))
        later.start()
        later.join()
        assert counted[-1] == 3, "new threads begin with what was set last"
    finally:
        torch.set_num_threads(before)
