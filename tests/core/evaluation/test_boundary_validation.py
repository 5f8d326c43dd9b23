from pathlib import Path

import numpy as np
import pytest
import wfdb

from mmae_core.datasets.ludb import is_ludb, load_ludb
from mmae_core.errors import DatasetError
from mmae_core.evaluation.boundary_validation import (
    annotated_records,
    detected_beats_s,
    ec57_figures,
    ludb_boundary_figures,
)
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS

RHYTHM = Rhythm(rr_s=0.8, pr_s=0.16, qrs_s=0.1, qt_s=0.4)


def write_signal(folder: Path, name: str, signal: np.ndarray) -> None:
    wfdb.wrsamp(name, fs=500, units=["mV"] * 12, sig_name=list(STANDARD_LEADS), p_signal=signal.T.astype(float),
                fmt=["16"] * 12, write_dir=str(folder))


def write_drawn(folder: Path, number: int, pr_s: float = RHYTHM.pr_s) -> None:
    """A recording with boundaries drawn where the signal has them, but QRS ends 10 ms too late."""
    signal, onsets = make_ecg(RHYTHM, noise_mv=0.005, seed=number)
    write_signal(folder, str(number), signal)
    marks = [(500 * (on + at), symbol) for on in onsets[1:-1] for at, symbol in (
        (-pr_s, "("), (-0.1, "p"), (-0.06, ")"), (0.0, "("), (0.05, "N"), (RHYTHM.qrs_s + 0.01, ")"),
        (0.2, "("), (0.3, "t"), (RHYTHM.qt_s, ")"))]
    for lead in STANDARD_LEADS:
        wfdb.wrann(str(number), "lead", np.array([round(at) for at, _ in marks]), [symbol for _, symbol in marks],
                   write_dir=str(folder))
        (folder / f"{number}.lead").rename(folder / f"{number}.{lead.lower()}")


@pytest.fixture
def ludb(tmp_path: Path) -> Path:
    """LUDB's layout with one drawn recording."""
    (tmp_path / "data").mkdir()
    (tmp_path / "ludb.csv").write_text("ID,Rhythms\n1,Sinus rhythm\n2,Atrial fibrillation\n")
    write_drawn(tmp_path / "data", 1)
    return tmp_path


def test_boundaries_are_compared_with_those_drawn_in_each_lead(ludb: Path) -> None:
    records = load_ludb(ludb)
    assert is_ludb(ludb)
    assert [(item.name, item.is_sinus) for item in records] == [("1", True)]
    figures = ludb_boundary_figures(records)
    assert figures["sinus_rhythm"] == {"n": 1, "refused": {"pr_ms": 0, "qrs_ms": 0, "qt_ms": 0}, "reasons": []}
    lead_errors = figures["leads"]
    assert lead_errors["qrs_on"]["n"] == 12
    assert abs(lead_errors["qrs_on"]["mean"]) < 12
    assert lead_errors["qrs_end"]["mean"] < 4, "what was drawn 10 ms too late is measured earlier"


def test_all_leads_together_are_compared_with_the_median_of_what_was_drawn(ludb: Path) -> None:
    """Two recordings; in the second P is drawn to begin 40 ms early, so that the measured one is 40 ms later there."""
    write_drawn(ludb / "data", 2, RHYTHM.pr_s + 0.04)
    figures = ludb_boundary_figures(load_ludb(ludb))["global"]
    assert {name: item["n"] for name, item in figures.items()} == dict.fromkeys(figures, 2)
    assert figures["p_on"]["mean"] == pytest.approx(20, abs=12)
    assert figures["p_on"]["sd"] == pytest.approx(40 / 2**0.5, abs=3), "between the two"
    assert -12 < figures["qrs_on"]["mean"] <= 0
    assert -14 < figures["qrs_end"]["mean"] < 2
    assert figures["t_end"]["mean"] == pytest.approx(8, abs=6)


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ludb.csv").write_text("ID,Rhythms\n1,Sinus rhythm\n")
    with pytest.raises(DatasetError, match="none of its recordings"):
        load_ludb(tmp_path)


def test_every_beat_of_a_clean_recording_is_found_block_by_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal, onsets = make_ecg(RHYTHM, duration_s=60.0, noise_mv=0.01)
    write_signal(tmp_path, "clean", signal)
    wfdb.wrann("clean", "atr", np.array([round(500 * (on + 0.05)) for on in onsets]), ["N"] * len(onsets),
               write_dir=str(tmp_path))
    monkeypatch.setattr("mmae_core.evaluation.boundary_validation.BLOCK_S", 20.0)
    found = detected_beats_s(read_record(tmp_path / "clean.hea"))
    assert len(found) == len(onsets)
    figures = ec57_figures(annotated_records(tmp_path))
    assert figures["gross"]["missed"] == figures["gross"]["invented"] == 0
    assert figures["gross"]["beats"] == len(onsets)


def test_a_folder_without_reference_beats_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no record with reference beats"):
        ec57_figures(annotated_records(tmp_path))
