"""Tables, reports, maps and models: what the commands of `mmae_core` read and write."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from target import RESOURCES, TESTS, Files, Target, each, written

from mmae_core.record import STANDARD_LEADS
from mmae_core.report_schema import REPORT_FORMAT

SMALL_MODEL = "mmae-ecg-faithful"
NAMES = ("a", "b")


def table_targets() -> list[Target]:
    """Tables of data sets, scores and labels, reports, and what says where recordings come from."""
    mini = TESTS / "data" / "ptbxl-mini"
    ptbxl = {name: (mini / name).read_bytes() for name in ("ptbxl_database.csv", "scp_statements.csv")}
    demo = {"demo.csv": (RESOURCES / "demo" / "demo.csv").read_bytes()}
    scores = (b"record,start_s,score,percentile,quality,reliable,error,n_findings,not_measured,qrs_ms\n"
              b"a,0.0,1.2,97.5,1.0,yes,,2,pr_ms: no P,98\na,10.0,0.2,12.5,0.7,no,,0,,101\nb,,,,,,it is damaged,,,\n")
    row = {"id": "a", "percentile": 97.5, "score": 1.2, "reason": "", "auroc": 0.8}
    report = json.dumps({"format": REPORT_FORMAT, "kind": "localization", "model": {"name": "m", "sha256": "0"},
                         "records": [row, {**row, "id": "b", "score": None}]}).encode()
    lesion = {"kind": "st", "leads": ["V1"], "start_s": 1.0, "end_s": 2.0}
    lesions = json.dumps({"records": [{"name": "a", "lesions": [lesion]}], "seed": 0}).encode()
    origin: Files = {"lesions.json": lesions, "a.hea": b"a 1 500 1\na.dat 16 200 16 0 0 0 0 I\n"}
    box = {"lead": "V1", "start_s": 1.0, "end_s": 2.0, "found_by": "model"}
    window = {"file": "a", "localization_row": 0, "start_s": 0.0, "positives": [box], "negatives": [],
              "undecided": [box]}
    benchmark = json.dumps({"windows": [window], "reviewers": ["R"]}).encode()
    truth = b"ecg_id,lead,wave,kind\n1,V1,ST,elevation\n2,V2,T,inversion\n"
    ludb = b"ID,Sex,Age,Rhythms,Extrasystolies\n1,F,51,Sinus bradycardia,\n2,M,40,Sinus rhythm,Ventricular\n"
    published = b"record,rate_bpm,pr_ms,qrs_ms,qt_ms,axis_deg\na,71,160,90,400,20\nb,90,,88,,\n"
    return [
        Target("table ptbxl_database.csv", (ptbxl,), _read_ptbxl,
               ("mmae_core.datasets.ptbxl", "mmae_core.evaluation.interval_validation",
                "mmae_core.evaluation.own_beats_validation"), refused=1),
        Target("table scp_statements.csv", (dict(reversed(ptbxl.items())),), _read_ptbxl, refused=1),
        Target("table demo.csv", (demo,), _list_folder, ("ecg_viewer.jobs.opening",)),
        Target("table of scores", ({"scores.csv": scores},), _read_scores, ("ecg_viewer.state.worklist.score_files",)),
        Target("report", ({"report.json": report},), _read_scores, ("mmae_core.report.report_file",)),
        Target("lesions.json", (origin,), _read_origin, ("mmae_core.datasets.folder_origin",)),
        Target("benchmark.json", ({"benchmark.json": benchmark},), _read_benchmark,
               ("mmae_core.datasets.reviewed_benchmark", "ecg_viewer.export.benchmark")),
        Target("lead truth", ({"truth.csv": truth},), _read_truth, ("mmae_core.datasets.lead_truth.truth_table",)),
        Target("table ludb.csv", ({"ludb.csv": ludb},), _read_ludb, ("mmae_core.datasets.ludb",),
               refused=1),
        Target("references of intervals", ({"published.csv": published},), _read_references),
        Target("labels of quality", ({"labels.csv": b"record,quality\na,acceptable\nb,unacceptable\n"},), _read_labels,
               ("mmae_core.evaluation.quality_validation",)),
        Target("truth of a study", ({"truth.csv": b"recording,departs\na.hea,1\nb,no\nc,\n"},), _read_study_truth,
               ("ecg_viewer.jobs.study_jobs",)),
        Target("maps", ({"maps.npz": _maps()},), _read_maps, ("mmae_core.report.map_file",)),
    ]


def _maps() -> bytes:
    maps = io.BytesIO()
    np.savez_compressed(maps, lead_names=np.array(STANDARD_LEADS), sampling_rate_hz=np.float64(100),
                        start_s=np.float64(0), provenance=np.array("{}"), score=np.zeros((12, 100)),
                        percentile=np.zeros((12, 100)), peak_percentile=np.zeros((12, 100)))
    return maps.getvalue()


def _read_ptbxl(folder: Path, _name: str) -> None:
    from mmae_core.datasets.ptbxl import find_entry, load_index
    from mmae_core.evaluation.interval_validation import ptbxl_interval_figures
    from mmae_core.evaluation.own_beats_validation import stated_extra_beats

    each(lambda: load_index(folder), lambda: find_entry(folder / "records100" / "00000" / "00001_lr.hea"),
         lambda: stated_extra_beats(folder), lambda: ptbxl_interval_figures([], folder))


def _list_folder(folder: Path, _name: str) -> None:
    from ecg_viewer.jobs.opening import _list_folder as list_folder

    list_folder(folder, "file", lambda error: None)


def _read_scores(folder: Path, name: str) -> None:
    from ecg_viewer.state.worklist.score_files import read_score_file

    read_score_file(folder / name)


def _read_origin(folder: Path, name: str) -> None:
    from mmae_core.datasets.folder_origin import read_origin

    each(lambda: read_origin(folder), lambda: _list_folder(folder, name))


def _read_benchmark(folder: Path, _name: str) -> None:
    from ecg_viewer.export.benchmark import _files_of
    from mmae_core.datasets.reviewed_benchmark import reviewed_set

    def ignored() -> None:
        found = reviewed_set(folder)
        if found is not None:
            found.ignored_in_file("a", 100.0, 1000)

    each(lambda: _files_of(folder), ignored)


def _read_truth(folder: Path, name: str) -> None:
    from mmae_core.datasets.lead_truth.truth_table import read_lead_truth

    read_lead_truth(folder / name)


def _read_ludb(folder: Path, _name: str) -> None:
    from mmae_core.datasets.ludb import load_ludb
    from mmae_core.evaluation.own_beats_validation import ludb_own_beat_figures

    each(lambda: ludb_own_beat_figures(folder), lambda: load_ludb(folder))


def _read_references(folder: Path, name: str) -> None:
    from mmae_core.evaluation.interval_validation import QUANTITIES, reference_figures

    reference_figures([{"record": one, **dict.fromkeys(QUANTITIES, 80.0)} for one in NAMES], folder / name)


def _read_labels(folder: Path, name: str) -> None:
    from mmae_core.evaluation.quality_validation import read_labels

    read_labels(folder / name)


def _read_study_truth(folder: Path, name: str) -> None:
    from ecg_viewer.jobs.study_jobs import read_truth_table

    read_truth_table(folder / name)


def _read_maps(folder: Path, name: str) -> None:
    from mmae_core.report.map_file import read_maps

    read_maps(folder / name)


def model_targets() -> list[Target]:
    """Model folders as they are, and with digests made anew after the damage, as whoever means harm would."""
    folder = RESOURCES / "models" / SMALL_MODEL
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    first = [name for suffix in (".json", ".safetensors") for name in files if name.endswith(suffix)]
    described = ("mmae_core.scoring.checkpoint", "mmae_core.resources", "mmae_core.commands.info",
                 "ecg_viewer.jobs.own_normals", "ecg_viewer.jobs.worklist_scoring")
    return [
        *(Target(f"model {name}", ({name: files[name], **files},), _load_model, described) for name in first),
        *(Target(f"model {name} with its digests", ({name: files[name], **files},), _load_signed_model)
          for name in first),
        Target("configuration of a training", ({"train.toml": _CONFIGURATION},), _read_configuration,
               ("mmae_core.config_arguments", "mmae_core.commands.train_peer")),
        *_peer_targets(),
    ]


_CONFIGURATION = (b'[train]\nepochs = 3\nbatch_size = 16\nlearning_rate = 1e-3\n[model]\nencoder_width = 64\n'
                  b'[score]\nparts = ["segments"]\n')


def _load_model(folder: Path, _name: str) -> None:
    from ecg_viewer.jobs.own_normals import drift_job
    from ecg_viewer.jobs.worklist_scoring import known_source
    from mmae_core.commands.info import table_of
    from mmae_core.scoring.checkpoint import load_model

    each(lambda: known_source(str(folder)), lambda: table_of(str(folder)),
         lambda: drift_job(str(folder), {})(_Report()), lambda: load_model(folder))


class _Report:
    """What a job is given."""

    def stopped(self) -> bool:
        return False

    def send(self, result: object) -> None:
        raise AssertionError(result)


def _load_signed_model(folder: Path, _name: str) -> None:
    from mmae_core.resources import DESCRIPTION_NAME
    from mmae_core.scoring.checkpoint import DIGEST_KEY, WEIGHTS_NAME, description_digest, file_sha256

    with contextlib.suppress(ValueError, RecursionError):
        values: Any = json.loads((folder / DESCRIPTION_NAME).read_text(encoding="utf-8"))
        if isinstance(values, dict):
            values |= {"name": "stranger", "sha256": file_sha256(folder / WEIGHTS_NAME)}
            values[DIGEST_KEY] = description_digest(values)
            (folder / DESCRIPTION_NAME).write_text(json.dumps(values), encoding="utf-8")
    _load_model(folder, DESCRIPTION_NAME)


def _read_configuration(folder: Path, name: str) -> None:
    from mmae_core.commands.train_peer import _settings
    from mmae_core.config_arguments import load_config

    given = dict.fromkeys(("epochs", "batch_size", "learning_rate", "seed"))
    each(lambda: _settings(argparse.Namespace(config=folder / name, **given)), lambda: load_config(folder / name))


def _peer_targets() -> list[Target]:
    """A compared method's folder, its description damaged, its weights whole."""
    import torch

    from mmae_core.peers.base import PEERS, peer_type
    from mmae_core.peers.scoring import PEER_FILE
    from mmae_core.peers.training import PEER_FORMAT
    from mmae_core.scoring.checkpoint import write_tensors
    from mmae_core.training.run_folder import WEIGHTS_FILE

    seeds = []
    for name in PEERS:
        kind = peer_type(name)
        config = kind.config_type()
        peer = kind(config, torch.device("cpu"))
        description = {"format": PEER_FORMAT, "name": name, "source": "", "config": dataclasses.asdict(config),
                       "sha256": "", "training": {"folds": [1]}}
        weights = written(WEIGHTS_FILE, lambda path, peer=peer: write_tensors(path, peer.network.state_dict()))
        seeds.append({PEER_FILE: json.dumps(description).encode(), WEIGHTS_FILE: weights})
    return [Target("run of a compared method", tuple(seeds), _load_peer)]


def _load_peer(folder: Path, name: str) -> None:
    from mmae_core.peers.scoring import load_peer
    from mmae_core.scoring.checkpoint import file_sha256
    from mmae_core.training.run_folder import WEIGHTS_FILE

    with contextlib.suppress(ValueError, RecursionError):
        values: Any = json.loads((folder / name).read_text(encoding="utf-8"))
        if isinstance(values, dict):
            values["sha256"] = file_sha256(folder / WEIGHTS_FILE)
            (folder / name).write_text(json.dumps(values), encoding="utf-8")
    load_peer(folder)
