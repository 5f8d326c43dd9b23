"""Own beats against references: annotated beats, stated extra beats, and limits from normal records."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import wfdb

from mmae_core.cli import main
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.evaluation.own_beats_validation import annotated_figures, ludb_own_beat_figures, matched
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.own_beats.find_own_beats import own_beat_measurements
from mmae_core.own_beats.limits import OwnBeatLimits, bundled_beat_limits
from mmae_core.own_beats.make_limits import OwnBeatsOfNormals, make_beat_limits
from mmae_core.record import STANDARD_LEADS

ECTOPIC = (5, 13, 20)


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """A folder with half a minute of two leads, three ectopic beats and reference beats for all."""
    signal, onsets = make_ecg(Rhythm(rr_s=0.9), duration_s=30.0, noise_mv=0.02, ectopic=ECTOPIC)
    wfdb.wrsamp("made", fs=500, units=["mV", "mV"], sig_name=["II", "V1"],
                p_signal=np.asarray(signal, np.float64)[[1, 6]].T, fmt=["16", "16"], write_dir=str(tmp_path))
    symbols = ["V" if number in ECTOPIC else "N" for number in range(len(onsets))]
    wfdb.wrann("made", "atr", np.round(500 * (onsets + 0.05)).astype(int), symbol=symbols, write_dir=str(tmp_path))
    return tmp_path


def test_ventricular_beats_depart_and_normal_ones_do_not(annotated: Path) -> None:
    figures = annotated_figures(annotated)
    row = figures["records"]["made"]
    assert (row["v"], row["v_annotated"], row["v_flagged"], row["n_flagged"]) == (3, 3, 1.0, 0.0)
    assert row["n"] >= 28
    assert (row["auroc"], figures["gross_auroc"], figures["mean_auroc"]) == (1.0, 1.0, 1.0)
    assert row["leads"] == ["II", "V1"]


def test_a_found_beat_is_the_annotated_one_within_150_ms() -> None:
    assert matched([1.0, 2.0, 3.0], [1.14, 2.16, 3.0], ["V", "N", "A"]).tolist() == ["V", "", "A"]
    assert matched([1.0], [], []).tolist() == [""]


def test_the_command_writes_every_beat_and_its_shape(annotated: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    assert main(["beats", "--data", str(annotated / "made.hea"), "--annotated", str(annotated), "--output",
                 str(output)]) == 0
    report = json.loads(output.read_text(encoding="utf-8"))
    (row,) = report["records"]
    assert sum(beat["flagged"] for beat in row["beats"]) == 3
    assert sum(shape["beats"] for shape in row["shapes"]) == len(row["beats"])
    assert report["annotated"]["gross_auroc"] == 1.0


def test_the_command_wants_something_to_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["beats", "--output", str(tmp_path / "x.json")]) == 2
    assert "Nothing to look at" in capsys.readouterr().err
    assert main(["beats", "--calibrate", str(tmp_path), "--output", str(tmp_path / "x.json")]) == 2
    assert "belong together" in capsys.readouterr().err


def test_stated_extra_beats_are_found_by_the_command(ptbxl_mini: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    assert main(["beats", "--validate", str(ptbxl_mini), "--folds", "1-10", "--output", str(output)]) == 0
    figures = json.loads(output.read_text(encoding="utf-8"))["ptbxl"]
    assert set(figures) == {"normal, none stated", "ventricular", "atrial", "paired", "noted"}
    assert figures["normal, none stated"]["compared"] > 0


def test_folders_without_references_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"There is no|reference beats"):
        annotated_figures(tmp_path)
    with pytest.raises(DatasetError, match="LUDB"):
        ludb_own_beat_figures(tmp_path)


@pytest.fixture(scope="module")
def limits() -> OwnBeatLimits:
    """From 120 made records, one of which has an ectopic beat."""
    records = []
    for seed in range(120):
        signal, _ = make_ecg(Rhythm(rr_s=0.8 + 0.002 * seed), noise_mv=0.02 + 0.0002 * seed, seed=seed,
                             ectopic=(5,) if seed == 7 else ())
        mv = np.asarray(signal, np.float64)
        raw = own_beat_measurements(mv, 500.0, find_beats(mv, 500.0))
        assert raw is not None
        records.append(OwnBeatsOfNormals(raw, STANDARD_LEADS))
    return make_beat_limits(records, {"data": "made"})


def test_a_percentile_is_the_share_of_normal_records_with_nothing_as_strong(limits: OwnBeatLimits) -> None:
    middle = float(np.interp(50, limits.shares, limits.beat_quantiles))
    assert limits.beat_percentile(np.array([middle, 1e9])) == pytest.approx([50.0, 100 * 120 / 121])
    assert limits.lead_percentile("V2", np.array([1e9])) == pytest.approx([100 * 120 / 121])
    assert np.isnan(limits.lead_percentile("MLII", np.array([np.nan])))


def test_limits_are_kept_in_a_file_and_a_damaged_one_is_refused(limits: OwnBeatLimits, tmp_path: Path) -> None:
    path = tmp_path / "limits.json"
    limits.write(path)
    again = OwnBeatLimits.read(path)
    assert again.beat_percentile(np.array([0.5])) == pytest.approx(limits.beat_percentile(np.array([0.5])), abs=0.1)
    assert (again.n_records, again.facts["data"]) == (120, "made")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read"):
        OwnBeatLimits.read(path)


def test_too_few_normals_make_no_limits() -> None:
    with pytest.raises(ConfigError, match="limits need 100"):
        make_beat_limits([], {})


def test_the_programs_limits_come_from_thousands_of_normal_records() -> None:
    limits = bundled_beat_limits()
    assert limits.n_records > 6000
    assert set(STANDARD_LEADS) <= set(limits.lead_quantiles)
    assert (np.diff(limits.beat_quantiles) >= 0).all()
