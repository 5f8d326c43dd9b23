"""The files that readers are measured with are recordings, and the command tells what reading them costs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.evaluation.long_recordings import WRITERS, repeated
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord


@pytest.mark.parametrize(("name", "write"), WRITERS.items())
def test_a_long_recording_is_the_short_one_over_and_over(
    demo: Path, tmp_path: Path, name: str, write: Callable[[EcgRecord, Path], Path]
) -> None:
    short = read_record(demo / "00170_hr")
    record = read_record(write(repeated(short, 65, 250.0), tmp_path))
    assert name in (record.source.format, record.source.format.removesuffix("+C"))
    assert (record.sampling_rate_hz, record.n_samples, record.lead_names) == (250.0, 16_250, short.lead_names)
    assert record.doubts == ()
    assert np.abs(record.read(0, 5000) - short.read()).max() <= 0.501e-3
    assert np.abs(record.read(15_000, 16_250) - short.read(0, 1250)).max() <= 0.501e-3


def test_the_command_prints_seconds_and_memory_of_every_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = Path(__file__).parents[2] / "data" / "formats"
    damaged = tmp_path / "damaged.edf"
    damaged.write_bytes((formats / "syn_edf_12lead.edf").read_bytes()[:300])
    command = ["benchmark", "--readers", str(formats / "example.scp"), str(damaged), "--hours", "0.05"]
    assert main([*command, "--rate-hz", "250"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert [cost["format"] for cost in figures["short"]] == ["HL7 aECG", "CSV", "WFDB", "EDF+C", "ISHNE", "DICOM"]
    assert [(cost["format"], cost["duration_s"], cost["leads"]) for cost in figures["long"]] == [
        (name, 180.0, 12) for name in ("WFDB", "EDF+C", "ISHNE", "DICOM")]
    scp, error = figures["named"]
    assert (scp["format"], scp["file"]) == ("SCP-ECG", "example.scp")
    assert "damaged.edf" in error["error"]
    if sys.platform == "linux":
        assert all(0 < cost["read_more_mb"] < 150 for cost in figures["long"])


def test_lengths_without_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--readers", "--hours", "400"]) == 2
    assert main(["benchmark", "--readers", "--rate-hz", "5"]) == 2
    assert "--rate-hz 5" in capsys.readouterr().err
