"""Recordings of every format, and signals that no heart made."""

from __future__ import annotations

import gzip
import io
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from target import RESOURCES, TESTS, Files, Target

from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS

KNOWN = SignalDescription(500.0, 1e-3, STANDARD_LEADS)
READ_SAMPLES = 2000
WINDOW = (12, 5000)
READERS = {
    ".hea": ("wfdb_reader", "wfdb_header", "wfdb_formats", "wfdb_signals"), ".atr": ("wfdb_annotations", "wfdb_marks"),
    ".dcm": ("dicom_reader", "dicom.groups"), ".scp": ("scp_reader", "scp.signals", "scp.huffman"),
    ".npy": ("array_rows", "mcf_arrays"), ".edf": ("edf_reader",), ".ecg": ("ishne_reader",), ".mwf": ("mfer_reader",),
    ".mat": ("matlab_reader",), ".h5": ("hdf5_reader",), ".csv": ("csv_reader",),
    ".xml": ("aecg_reader", "muse_reader", "sierra_reader", "mortara_reader", "schiller_reader", "xml.samples",
             "sierra.xli"),
}
"""Modules of `mmae_core.readers`, by the ending of the file that is damaged for them."""


def recording_targets() -> list[Target]:
    """One target for each kind of file, then signals through quality, intervals and the model."""
    found = _seeds()
    return [
        *(Target(f"recording {suffix}", tuple(seeds), _read_recording, _modules(suffix))
          for suffix, seeds in sorted(found.items())),
        Target("signals, measured", _signals(), _measure),
        Target("signals, assessed", _signals(), _assess, refused=3),
    ]


def _modules(suffix: str) -> tuple[str, ...]:
    return tuple(f"mmae_core.readers.{name}" for name in (*READERS[suffix], "recording_file"))


def _seeds() -> dict[str, list[Files]]:
    found: dict[str, list[Files]] = {}
    for path in sorted((TESTS / "data" / "formats").iterdir()):
        if path.is_file() and path.name != "README.md":
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            name = path.name.removesuffix(".gz")
            found.setdefault(Path(name).suffix, []).append({name: _shorter(name, data)})
    for header in sorted((TESTS / "data" / "waves").glob("*.hea"))[:4]:
        files = {header.name: header.read_bytes(), f"{header.stem}.dat": header.with_suffix(".dat").read_bytes(),
                 f"{header.stem}.atr": _annotations()}
        found.setdefault(".hea", []).append(files)
        found.setdefault(".atr", []).append(dict(reversed(files.items())))
    rows = io.BytesIO()
    np.save(rows, np.zeros((2, 5000, 12), np.float32))
    found[".npy"] = [{"benchmark_data.npy": rows.getvalue()}]
    lines = [",".join([f"{row / 500:.3f}", *(f"{row * lead % 97 / 50:.3f}" for lead in range(1, 13))])
             for row in range(200)]
    heading = ",".join(["time [s]", *(f"{lead} [mV]" for lead in STANDARD_LEADS)])
    plain = "\n".join(line.partition(",")[2] for line in lines)
    found[".csv"] = [
        {"table.csv": "\n".join([heading, *lines]).encode()},
        {"german.csv": "\n".join([heading, *lines]).replace(",", ";").replace(".", ",").encode("utf-8-sig")},
        {"tabs.csv": "\n".join(["# rate 500 Hz", heading, *lines]).replace(",", "\t").encode("utf-16")},
        {"numbers.csv": plain.encode()},
    ]
    return found


def _shorter(name: str, data: bytes) -> bytes:
    """Plain samples at the end are as good in small numbers, and faster."""
    return data[:20_000] if Path(name).suffix in {".edf", ".ecg", ".bdf"} else data


def _annotations() -> bytes:
    words = [(3 << 10) + 100, (1 << 10) + 200, (59 << 10), 1, 0, (63 << 10) + 4, 0x6261, 0x6463, (22 << 10) + 5, 0]
    return b"".join(word.to_bytes(2, "little") for word in words)


def _read_recording(folder: Path, name: str) -> None:
    from mmae_core.readers import read_record
    from mmae_core.readers.recording_paths import recordings_at

    path = (folder / name).with_suffix(".hea") if name.endswith(".atr") else folder / name
    parts = recordings_at(path)
    record = read_record(parts[0] if parts else path, description=KNOWN)
    record.read(0, min(record.n_samples, READ_SAMPLES))
    record.read(max(0, record.n_samples - READ_SAMPLES))
    record.read_extra(0, min(record.n_samples, READ_SAMPLES))
    for mark, _ in zip(record.annotations, range(1000), strict=False):
        str(mark.label)
    [str(doubt) for doubt in record.doubts]


def _signals() -> tuple[Files, ...]:
    """Ten seconds of twelve leads as bare numbers: a real one, and such as a damaged file or device may give."""
    from mmae_core.readers import read_record

    real = read_record(RESOURCES / "demo" / "00195_hr.hea").read(0, WINDOW[1])
    rng = np.random.default_rng(0)
    spikes = np.where(rng.random(WINDOW) < 0.01, np.float32(3.4e38), real)
    holes = np.where(rng.random(WINDOW) < 0.3, np.float32(np.nan), real)
    made = [real, np.full(WINDOW, np.nan), np.full(WINDOW, np.inf), np.full(WINDOW, 1e38), real * 1e30, real * 1e-38,
            np.zeros(WINDOW), spikes, holes, rng.normal(size=WINDOW), np.sign(real) * 5,
            np.tile([1e38, -1e38], (12, WINDOW[1] // 2))]
    return tuple({"signal.bin": np.asarray(signal, "<f4").tobytes()} for signal in made)


def _signal(path: Path) -> Any:
    data = path.read_bytes()[: 4 * WINDOW[0] * WINDOW[1]]
    numbers = np.zeros(WINDOW[0] * WINDOW[1], "<f4")
    found = np.frombuffer(data[: len(data) // 4 * 4], "<f4")
    numbers[: len(found)] = found
    return numbers.reshape(WINDOW)


def _record(path: Path) -> Any:
    from mmae_core.record import EcgRecord, Source

    signal = _signal(path)
    return EcgRecord("R", 500.0, WINDOW[1], STANDARD_LEADS, Source("array", (path,)),
                     lambda start, end: signal[:, start:end].copy())


def _measure(folder: Path, name: str) -> None:
    from mmae_core.departures.compare import departures_of
    from mmae_core.departures.lead_table import lead_table
    from mmae_core.departures.person import Person
    from mmae_core.intervals.measure import examine_record
    from mmae_core.own_beats.find_own_beats import read_own_beats
    from mmae_core.serial.serial_ecg import read_serial_ecg
    from mmae_core.signals.quality import assess_quality

    record = _record(folder / name)
    assess_quality(record, 0.0, 10.0)
    found = examine_record(record, 0.0, 10.0)
    departures_of(found, Person())
    lead_table(found, Person())
    read_own_beats(record)
    read_serial_ecg(record)


@cache
def _assessor() -> Any:
    import torch

    from mmae_core.scoring.assessor import Assessor
    from mmae_core.scoring.checkpoint import load_model

    torch.set_num_threads(1)
    return Assessor(load_model("mmae-ecg-faithful"), "cpu")


def _assess(folder: Path, name: str) -> None:
    """What the model says of a signal is a number, or it says nothing."""
    found = _assessor().assess(_record(folder / name))
    for window in found.windows:
        if not (math.isnan(window.percentile) or 0 <= window.percentile <= 100):
            raise ArithmeticError(f"a percentile of {window.percentile}")
