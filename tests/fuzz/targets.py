"""What is given damaged files, and the whole files that the damage begins with."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS

TESTS = Path(__file__).parents[1]
RESOURCES = TESTS.parent / "resources"
KNOWN = SignalDescription(500.0, 1e-3, STANDARD_LEADS)
READ_SAMPLES = 2000

Files = Mapping[str, bytes]
"""Names in a folder, and what the files hold. The first is the one that is damaged, most of the time."""


@dataclass(frozen=True)
class Target:
    """One kind of input."""

    name: str
    seeds: tuple[Files, ...]
    open: Callable[[Path, str], None]
    """Reads the files in a folder; the name is that of the first. Raises EcgError for what it refuses."""


def all_targets() -> list[Target]:
    """Every kind of input that the programs read."""
    return [*_recordings(), *_tables(), *_models(), *_own_files(), *_reports()]


def _recordings() -> list[Target]:
    found: dict[str, list[Files]] = {}
    for path in sorted((TESTS / "data" / "formats").iterdir()):
        if path.is_file() and path.name != "README.md":
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            name = path.name.removesuffix(".gz")
            found.setdefault(Path(name).suffix, []).append({name: _shorter(name, data)})
    for header in sorted((TESTS / "data" / "waves").glob("*.hea"))[:4]:
        found.setdefault(".hea", []).append({
            header.name: header.read_bytes(), f"{header.stem}.dat": header.with_suffix(".dat").read_bytes(),
            f"{header.stem}.atr": _annotations(),
        })
        found.setdefault(".atr", []).append({
            f"{header.stem}.atr": _annotations(), header.name: header.read_bytes(),
            f"{header.stem}.dat": header.with_suffix(".dat").read_bytes(),
        })
    rows = io.BytesIO()
    np.save(rows, np.zeros((2, 12, 1000), np.float32))
    found[".npy"] = [{"benchmark_data.npy": rows.getvalue()}]
    lines = "\n".join(",".join(f"{(row * column) % 97 / 50:.3f}" for column in range(13)) for row in range(200))
    heading = ",".join(["time [s]", *(f"{lead} [mV]" for lead in STANDARD_LEADS)])
    found[".csv"] = [{"table.csv": f"{heading}\n{lines}".encode()}]
    return [Target(f"recording {suffix}", tuple(seeds), _read_recording) for suffix, seeds in sorted(found.items())]


def _shorter(name: str, data: bytes) -> bytes:
    """Plain samples at the end are as good in small numbers, and faster."""
    return data[:20_000] if Path(name).suffix in {".edf", ".ecg", ".bdf"} else data


def _annotations() -> bytes:
    words = [(3 << 10) + 100, (1 << 10) + 200, (59 << 10), 1, 0, (63 << 10) + 4, 0x6261, 0x6463, (22 << 10) + 5, 0]
    return b"".join(word.to_bytes(2, "little") for word in words)


def _read_recording(folder: Path, name: str) -> None:
    from mmae_core.readers import read_record
    from mmae_core.readers.recording_paths import recordings_at

    path = folder / name
    parts = recordings_at(path)
    record = read_record(parts[0] if parts else path, description=KNOWN)
    record.read(0, min(record.n_samples, READ_SAMPLES))
    record.read(max(0, record.n_samples - READ_SAMPLES))
    record.read_extra(0, min(record.n_samples, READ_SAMPLES))
    for mark, _ in zip(record.annotations, range(1000), strict=False):
        str(mark.label)
    [str(doubt) for doubt in record.doubts]


def _tables() -> list[Target]:
    mini = TESTS / "data" / "ptbxl-mini"
    ptbxl = {name: (mini / name).read_bytes() for name in ("ptbxl_database.csv", "scp_statements.csv")}
    demo = {"demo.csv": (RESOURCES / "demo" / "demo.csv").read_bytes()}
    scores = (b"record,start_s,score,percentile,quality,reliable,error,n_findings,not_measured,qrs_ms\n"
              b"a,0.0,1.2,97.5,1.0,yes,,2,pr_ms: no P,98\na,10.0,0.2,12.5,0.7,no,,0,,101\nb,,,,,,it is damaged,,,\n")
    report = json.dumps({"task": "detection", "records": [{"record": "a", "percentile": 97.5, "score": 1.2}]}).encode()
    lesion = {"kind": "st", "leads": ["V1"], "start_s": 1.0, "end_s": 2.0}
    lesions = json.dumps({"records": [{"name": "a", "lesions": [lesion]}], "seed": 0}).encode()
    truth = b"ecg_id,lead,wave,kind\n1,V1,ST,elevation\n2,V2,T,inversion\n"
    maps = io.BytesIO()
    np.savez_compressed(maps, lead_names=np.array(STANDARD_LEADS), sampling_rate_hz=np.float64(100),
                        start_s=np.float64(0), provenance=np.array("{}"), score=np.zeros((12, 100)),
                        percentile=np.zeros((12, 100)),
                        peak_percentile=np.zeros((12, 100)))
    return [
        Target("table ptbxl_database.csv", (ptbxl,), _read_ptbxl),
        Target("table scp_statements.csv", (dict(reversed(ptbxl.items())),), _read_ptbxl),
        Target("table demo.csv", (demo,), _list_folder),
        Target("table of scores", ({"scores.csv": scores},), _read_scores),
        Target("report", ({"report.json": report},), _read_scores),
        Target("lesions.json", ({"lesions.json": lesions},), _read_origin),
        Target("benchmark.json", ({"benchmark.json": lesions},), _read_benchmark),
        Target("lead truth", ({"truth.csv": truth},), _read_truth),
        Target("maps", ({"maps.npz": maps.getvalue()},), _read_maps),
    ]


def _read_ptbxl(folder: Path, _name: str) -> None:
    from mmae_core.datasets.ptbxl import find_entry, load_index

    load_index(folder)
    find_entry(folder / "records100" / "00000" / "00001_lr.hea")


def _list_folder(folder: Path, _name: str) -> None:
    from ecg_viewer.jobs.opening import _list_folder as list_folder

    list_folder(folder, "file", lambda error: None)


def _read_scores(folder: Path, name: str) -> None:
    from ecg_viewer.state.worklist.score_files import read_score_file

    read_score_file(folder / name)


def _read_origin(folder: Path, _name: str) -> None:
    from mmae_core.datasets.folder_origin import read_origin

    read_origin(folder)


def _read_benchmark(folder: Path, _name: str) -> None:
    from mmae_core.datasets.reviewed_benchmark import reviewed_set

    reviewed_set(folder)


def _read_truth(folder: Path, name: str) -> None:
    from mmae_core.datasets.lead_truth.truth_table import read_lead_truth

    read_lead_truth(folder / name)


def _read_maps(folder: Path, name: str) -> None:
    from mmae_core.report.map_file import read_maps

    read_maps(folder / name)


def _models() -> list[Target]:
    folder = RESOURCES / "models" / "mmae-ecg-faithful"
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    first = [name for suffix in (".json", ".safetensors") for name in files if name.endswith(suffix)]
    return [Target(f"model {name}", ({name: files[name], **files},), _load_model) for name in first]


def _load_model(folder: Path, _name: str) -> None:
    from mmae_core.scoring.checkpoint import load_model

    load_model(folder)


def _own_files() -> list[Target]:
    return [
        Target("settings", ({"settings.json": _settings()},), _read_settings),
        Target("last session", ({"last-session.json": _last_session()},), _read_last_session),
        Target("journal", ({"review.sqlite3": _journal()},), _read_journal),
        Target("stored scores", ({"scores.sqlite3": _stored_scores()},), _read_stored_scores),
    ]


def _made(name: str, make: Callable[[Path], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


def _settings() -> bytes:
    from ecg_viewer.state.settings import SettingsFile

    return _made("settings.json", lambda path: SettingsFile(path).change(theme="dark", recent_files=("/a", "/b")))


def _last_session() -> bytes:
    from ecg_viewer.state.last_session import LastSession, write_last_session

    session = LastSession(("/a", "/b"), record="/a", start_s=3.5, splitters={"main": "AAA="}, hidden=("list",))
    return _made("last-session.json", lambda path: write_last_session(session, path))


def _journal() -> bytes:
    from ecg_viewer.state.review.events import Event
    from ecg_viewer.state.review.journal import Journal

    def make(path: Path) -> None:
        journal = Journal(path)
        journal.append([Event("record_state", "0" * 64, "R", {"state": "reviewed", "n": n}) for n in range(40)])
        journal.close()

    return _made("review.sqlite3", make)


def _stored_scores() -> bytes:
    from ecg_viewer.state.worklist.store import ScoreStore

    def make(path: Path) -> None:
        with ScoreStore(path):
            pass

    return _made("scores.sqlite3", make)


def _read_settings(folder: Path, name: str) -> None:
    from ecg_viewer.state.settings import SettingsFile

    SettingsFile(folder / name).change(theme="light")


def _read_last_session(folder: Path, name: str) -> None:
    from ecg_viewer.state.last_session import read_last_session

    read_last_session(folder / name)


def _read_journal(folder: Path, name: str) -> None:
    from ecg_viewer.state.review.journal import Journal

    journal = Journal(folder / name)
    try:
        journal.events_of(["0" * 64])
        journal.reviewers()
    finally:
        journal.close()


def _read_stored_scores(folder: Path, name: str) -> None:
    from ecg_viewer.state.worklist.store import ScoreStore

    with ScoreStore(folder / name) as store:
        store.load("0" * 64, [folder / "a"])


def _reports() -> list[Target]:
    """What is exported for other systems and read back."""
    from ecg_viewer.export.exchange.fhir_writer import ENDING as FHIR_ENDING
    from ecg_viewer.export.exchange.sr_writer import ENDING as SR_ENDING

    written = _written_reports()
    return [Target(f"report {ending}", ({name: written[name]},), _read_report)
            for ending in (FHIR_ENDING, SR_ENDING) for name in written if name.endswith(ending)]


def _written_reports() -> dict[str, bytes]:
    from ecg_viewer.export.content import RecordContent, ReviewedFinding
    from ecg_viewer.export.exchange.fhir_writer import write_fhir
    from ecg_viewer.export.exchange.sr_writer import write_dicom_sr
    from ecg_viewer.export.export_files import Folder
    from ecg_viewer.export.provenance import Provenance
    from mmae_core.intervals.measure import measure_record
    from mmae_core.readers import read_record

    record = read_record(TESTS / "data" / "formats" / "anonymous_12lead.dcm")
    finding = ReviewedFinding("V2", 1.0, 1.2, "reviewer", decision="confirmed", label="notch", reviewer="R")
    measured = measure_record(record, 0.0, 10.0)
    content = RecordContent(record, Provenance.of(record, None), (finding,), measurements=measured)
    with tempfile.TemporaryDirectory() as folder:
        paths = [*write_fhir(content, Folder(Path(folder)))[0], *write_dicom_sr(content, Folder(Path(folder)))[0]]
        return {path.name: path.read_bytes() for path in paths}


def _read_report(folder: Path, name: str) -> None:
    from ecg_viewer.export.exchange.fhir_reader import read_fhir
    from ecg_viewer.export.exchange.sr_reader import read_dicom_sr

    (read_fhir if name.endswith(".json") else read_dicom_sr)(folder / name)
