"""Conditions of WFDB records that people reported in public trackers, each with its right value.

The numbers are those of the reports: wfdb/wfdb-python, bemoody/wfdb, MIT-LCP/physionet. All files are made here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import UnreadableRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.recording_info import recording_document
from mmae_core.signals.quality import assess_quality

WriteRecord = Callable[..., Path]


def test_skew_with_several_samples_a_frame_is_counted_in_frames_and_invents_nothing(tmp_path: Path) -> None:
    """bemoody/wfdb 13: the last frames were filled with -5.12 mV. The lead comes 5 frames, 20 samples, late."""
    in_time, late = np.arange(400), np.arange(400) + 1000
    frames = np.concatenate([in_time.reshape(100, 4), np.roll(late, 20).reshape(100, 4)], axis=1)
    frames.astype("<i2").tofile(tmp_path / "sf.dat")
    (tmp_path / "sf.hea").write_text(
        "sf 2 125 100\nsf.dat 16x4 200(1024)/mV 16 1024 0 0 0 V1\nsf.dat 16x4:5 200(1024)/mV 16 1024 0 0 0 V2\n"
    )
    record = read_record(tmp_path / "sf.hea")
    assert (record.sampling_rate_hz, record.n_samples) == (500, 400)
    signal = record.read()
    np.testing.assert_allclose(signal[0], (in_time - 1024) / 200, rtol=1e-6)
    np.testing.assert_allclose(signal[1, :380], (late[:380] - 1024) / 200, rtol=1e-6)
    assert np.isnan(signal[1, 380:]).all()
    np.testing.assert_array_equal(record.read(370, 390), signal[:, 370:390])


@pytest.mark.parametrize("fmt", ["16", "24", "32", "61", "80", "160", "311"])
@pytest.mark.parametrize("rate", ["5e2", "5.0E+2", "0500", "500.", "500/50(3)"])
def test_a_rate_is_read_however_it_is_written_in_every_format(tmp_path: Path, fmt: str, rate: str) -> None:
    """wfdb-python 307 and 415: a second, stricter parser refused at the first sample what the header had allowed."""
    (tmp_path / "q.dat").write_bytes(bytes(1200))
    signals = [f"q.dat {fmt} 100/mV 10 0 0 0 0 {lead}" for lead in ("V1", "V2")]
    (tmp_path / "q.hea").write_text("\n".join([f"q 2 {rate} 100", *signals]) + "\n")
    record = read_record(tmp_path / "q.hea")
    assert record.sampling_rate_hz == 500
    assert record.read().shape == (2, 100)


def test_several_segments_are_the_same_recording_as_one(ptbxl_mini: Path, tmp_path: Path) -> None:
    """wfdb-python 14 and 402."""
    one = read_record(ptbxl_mini / "records500/00000/00266_hr.hea")
    lines = one.source.paths[0].read_text().splitlines()[1:13]
    samples = np.fromfile(one.source.paths[1], "<i2").reshape(-1, 12)
    for number, part in enumerate((samples[:2000], samples[2000:]), start=1):
        name = f"p1_{number:04}"
        part.tofile(tmp_path / f"{name}.dat")
        signals = [f"{name}.dat {line.split()[1]} {line.split()[2]} 16 0 {part[0, row]} 0 0 {line.split()[8]}"
                   for row, line in enumerate(lines)]
        (tmp_path / f"{name}.hea").write_text("\n".join([f"{name} 12 500 {len(part)}", *signals]) + "\n")
    (tmp_path / "p1.hea").write_text("p1/2 12 500 5000\np1_0001 2000\np1_0002 3000\n")
    several = read_record(tmp_path / "p1.hea")
    assert (several.lead_names, several.n_samples) == (STANDARD_LEADS, 5000)
    np.testing.assert_array_equal(several.read(), one.read())
    np.testing.assert_array_equal(several.read(1990, 2010), one.read(1990, 2010))
    assert assess_quality(several).suspicions == assess_quality(one).suspicions


def test_samples_that_cannot_be_decoded_are_a_doubt_with_the_cause(tmp_path: Path) -> None:
    """It opens, since the header is whole; reading says what is wrong with which file."""
    import wfdb

    wave = np.arange(2000).reshape(1000, 2)
    wfdb.wrsamp("cut", 250, ["mV", "mV"], ["V1", "V2"], d_signal=wave, fmt=["516", "516"], adc_gain=[200.0, 200.0],
                baseline=[0, 0], write_dir=str(tmp_path))
    data = next(path for path in tmp_path.glob("*.dat"))
    data.write_bytes(data.read_bytes()[:200])
    record = read_record(tmp_path / "cut.hea")
    with pytest.raises(UnreadableRecord, match=rf"{data.name} cannot be decoded \(516\): .*[^.]\. Fetch the record"):
        record.read()
    assert any("cannot be decoded" in doubt for doubt in recording_document(record)["doubts"])


@pytest.mark.parametrize("leads", [("ECG1", "ECG2"), ("MCL1", "V", "ABP"), ("ECG",)])
def test_leads_without_a_standard_name_are_shown_and_it_is_said_what_is_missing(
    write_record: WriteRecord, leads: tuple[str, ...]
) -> None:
    """physionet 21, 55 and 112."""
    record = read_record(write_record(leads=leads))
    assert (record.lead_names, record.trace_names) == ((), leads)
    assert record.read_traces().shape == (len(leads), 1000)
    assert [str(doubt) for doubt in record.doubts] == [
        "The file names none of the twelve leads: what it holds is shown, but cannot be assessed."]


def test_a_link_into_a_store_that_lacks_the_content_says_how_to_get_it(
    write_record: WriteRecord, tmp_path: Path
) -> None:
    """datalad 33: the content of a data set is fetched on demand."""
    folder = tmp_path / "set" / "sub-01"
    folder.mkdir(parents=True)
    (tmp_path / "set/.git/annex/objects").mkdir(parents=True)
    header = write_record(folder=folder)
    data = header.with_suffix(".dat")
    data.unlink()
    data.symlink_to(Path("../.git/annex/objects/Aa/Bb/MD5E-s1--0.dat"))
    with pytest.raises(UnreadableRecord, match=r"rec\.dat is a link to content that is not here.*git annex get rec"):
        read_record(header)
