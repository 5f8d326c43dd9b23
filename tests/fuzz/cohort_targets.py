"""What runs over many records read and write: archives, parts, tables and maps in few files, scores of others."""

from __future__ import annotations

import importlib.util
import io
import json
import tarfile
import zipfile
from pathlib import Path

import numpy as np
from target import TESTS, Files, Target, each, written

from mmae_core.record import STANDARD_LEADS
from mmae_core.report.map_file import MapFile

HAS_ARROW = importlib.util.find_spec("pyarrow") is not None
N = 1000


def cohort_targets() -> list[Target]:
    """Parquet files only where pyarrow is installed."""
    maps: list[Files] = [{"a.npz": _archive()}]
    scores: list[Files] = [
        {"s.csv": b"record,score\na,1.25\nb,\n'=c,3e-1\n"}, {"s.csv": b"ecg_id;score;other\n1;0,5;2\n2;;nan\n"},
        {"s.json": _report()},
    ]
    if HAS_ARROW:
        maps.append({"maps-00000.parquet": _parquet_maps()})
        scores.append({"s.parquet": _parquet_scores()})
    return [
        Target("archive of recordings", tuple(_archives()), _read_archive, ("mmae_core.cohort.archives",)),
        Target("manifest of parts", ({"manifest.json": _manifest()},), _read_manifest,
               ("mmae_core.cohort.part_folder",)),
        Target("scores of another method", tuple(scores), _read_scores, ("mmae_core.evaluation.score_files",)),
        Target("maps of another method", tuple(maps), _read_maps,
               ("mmae_core.evaluation.given_maps", "mmae_core.report.map_parts")),
    ]


def _archives() -> list[Files]:
    header = next(iter(sorted((TESTS / "data" / "waves").glob("*.hea"))))
    members = {path.name: path.read_bytes() for path in (header, header.with_suffix(".dat"))}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return [{"ward.zip": packed.getvalue()}, {"ward.tar": plain.getvalue()}]


def _read_archive(folder: Path, name: str) -> None:
    from mmae_core.cohort.archives import copy_member, members_of

    for member in list(members_of(folder / name))[:5]:
        copy_member(folder / name, member, folder / "unpacked")


def _manifest() -> bytes:
    from mmae_core.cohort.part_folder import make_manifest, write_manifest

    manifest = make_manifest("score", {"model": "m"}, ["a", "b", "c"], 2)
    return written("manifest.json", lambda path: write_manifest(path.parent, manifest))


def _read_manifest(folder: Path, name: str) -> None:
    from mmae_core.cohort import part_folder

    found = part_folder.read_manifest(folder)
    if found is not None:
        part_folder.n_chunks(found)


def _report() -> bytes:
    from mmae_core.report_schema import REPORT_FORMAT

    rows = [{"id": "a", "score": 1.2, "reason": ""}, {"id": "b", "score": None, "reason": "flat"}]
    return json.dumps({"format": REPORT_FORMAT, "kind": "detection", "records": rows, "data": {"dataset": "PTB-XL"},
                       "model": {"name": "m", "trained_on": {}}}).encode()


def _parquet_scores() -> bytes:
    from mmae_core.report.parquet_file import write_parquet

    rows = [["a", 1.5], ["b", None]]
    return written("s.parquet", lambda path: write_parquet(path, {"record": str, "score": float}, rows, {}))


def _read_scores(folder: Path, name: str) -> None:
    from mmae_core.evaluation.score_files import read_scores

    read_scores(folder / name)


def _map() -> MapFile:
    values = np.full((12, N), 50.0, np.float32)
    return MapFile(STANDARD_LEADS, 100.0, 0.0, values, values, values, {})


def _archive() -> bytes:
    from mmae_core.report.map_file import write_maps

    stream = io.BytesIO()
    write_maps(stream, _map())
    return stream.getvalue()


def _parquet_maps() -> bytes:
    from mmae_core.report.map_parts import map_part

    def write(path: Path) -> None:
        with map_part(path) as part:
            part.write("a", _map())

    return written("maps-00000.parquet", write)


def _read_maps(folder: Path, _name: str) -> None:
    from mmae_core.evaluation.given_maps import GivenMaps
    from mmae_core.report.map_parts import read_map_of

    given = GivenMaps(folder)
    each(lambda: given.map_of(["a"], any_rate=True), lambda: given.facts, lambda: read_map_of(folder, "a"))


