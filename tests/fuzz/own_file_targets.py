"""What the programs keep for themselves and hand to each other: settings, journals, stores, lists, limits, caches."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from functools import cache
from pathlib import Path

import numpy as np
from target import RESOURCES, TESTS, Files, Target, written

RECORD = "0" * 64


def own_file_targets() -> list[Target]:
    """The viewer's own files, then those of the science."""
    review = "ecg_viewer.state.review"
    return [
        Target("settings", ({"settings.json": _settings()},), _read_settings, ("ecg_viewer.state.settings",)),
        Target("last session", ({"last-session.json": _last_session()},), _read_last_session,
               ("ecg_viewer.state.last_session",)),
        Target("journal", (_journal(),), _read_journal,
               (f"{review}.journal", f"{review}.journal_chain", f"{review}.journal_backups")),
        Target("head of a journal", (dict(reversed(_journal().items())),), _read_journal),
        Target("journal of another reader", (_journal(),), _merge_journal,
               (f"{review}.journal_merge", f"{review}.journal_origin", "ecg_viewer.journal_command")),
        Target("decisions not saved", ({"unsaved-a.jsonl": _unsaved()},), _take_in, (f"{review}.journal_writer",)),
        Target("stored scores", ({"scores.sqlite3": _stored_scores()},), _read_stored_scores,
               ("ecg_viewer.state.worklist.store",)),
        Target("texts for conclusions", ({"texts.json": _templates()},), _read_templates, (f"{review}.templates",)),
        Target("list of work", (_work_list("work.json"), _work_list("work.csv")), _read_work_list,
               ("ecg_viewer.state.worklist.work_lists",)),
        Target("study", ({"study.json": _study()},), _read_study, ("ecg_viewer.state.study.project",)),
        Target("request of a second start", ({"request": b'["/a/b.hea", "/c"]\n'},), _read_request,
               ("ecg_viewer.qt.single_instance",)),
        *_science(),
    ]


def _settings() -> bytes:
    from ecg_viewer.state.settings import SettingsFile

    return written("settings.json", lambda path: SettingsFile(path).change(theme="dark", recent_files=("/a", "/b")))


def _last_session() -> bytes:
    from ecg_viewer.state.last_session import LastSession, write_last_session

    session = LastSession(("/a", "/b"), record="/a", start_s=3.5, splitters={"main": "AAA="}, hidden=("list",))
    return written("last-session.json", lambda path: write_last_session(session, path))


@cache
def _journal() -> Files:
    from ecg_viewer.state.review.events import Event
    from ecg_viewer.state.review.journal import Journal
    from ecg_viewer.state.review.journal_backups import head_path

    files: dict[str, bytes] = {}

    def make(path: Path) -> None:
        journal = Journal(path)
        journal.append([Event("record_state", RECORD, "R", {"state": "reviewed", "n": n}) for n in range(40)])
        journal.append([Event("concluded", RECORD, "R", {"text": "=1+1 <b>sinus</b>"})])
        journal.close()
        files[head_path(path).name] = head_path(path).read_bytes()

    return {"review.sqlite3": written("review.sqlite3", make), **files}


def _unsaved() -> bytes:
    from ecg_viewer.state.review.events import Event

    events = [Event("record_state", RECORD, "R", {"state": "reviewed"}), Event("concluded", RECORD, "R", {"text": "a"})]
    lines = [json.dumps({**dataclasses.asdict(event), "payload": dict(event.payload)}) for event in events]
    return "\n".join([*lines, ""]).encode()


def _stored_scores() -> bytes:
    from ecg_viewer.state.worklist.results import RecordScore
    from ecg_viewer.state.worklist.store import ScoreStore

    def make(path: Path) -> None:
        recording = path.with_name("a")
        recording.write_bytes(b"")
        with ScoreStore(path) as store:
            store.save(RECORD, {recording: RecordScore(score=1.0)})

    return written("scores.sqlite3", make)


def _templates() -> bytes:
    from ecg_viewer.state.review.templates import Template, write_templates

    return written("texts.json", lambda path: write_templates(path, [Template("a", "sinus rhythm", 1)]))


def _work_list(name: str) -> Files:
    from ecg_viewer.state.worklist.work_lists import WorkList, write_work_list

    work = WorkList("Monday", (Path("/a/1.hea"), Path("/a/2.hea")), "Ann", "2026-12-01", "=note")
    return {name: written(name, lambda path: write_work_list(path, work))}


def _study() -> bytes:
    from ecg_viewer.state.study.project import Arm, Case, Study, write_study

    cases = tuple(Case(f"{n}.hea", f"{n:064x}", bool(n % 2)) for n in range(4))
    study = Study("i", "S", 1, "crossover", (Arm("without", "none"), Arm("with", "own")), ("Ann", "Ben"), cases)
    return written("study.json", lambda path: write_study(study, path))


def _read_settings(folder: Path, name: str) -> None:
    from ecg_viewer.state.settings import SettingsFile

    SettingsFile(folder / name).change(theme="light")


def _read_last_session(folder: Path, name: str) -> None:
    from ecg_viewer.state.last_session import read_last_session

    read_last_session(folder / name)


def _read_journal(folder: Path, _name: str) -> None:
    from ecg_viewer.state.review.journal import Journal

    journal = Journal(folder / "review.sqlite3")
    try:
        journal.events_of([RECORD])
        journal.all_events()
        journal.reviewers()
    finally:
        journal.close()


def _merge_journal(folder: Path, name: str) -> None:
    from ecg_viewer.journal_command import main

    with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
        for task in ("--verify", "--agreement", "--conflicts"):
            main([task, str(folder / name)])
        main(["--merge", str(folder / name), "--output", str(folder / "merged.sqlite3")])


def _take_in(folder: Path, name: str) -> None:
    from ecg_viewer.state.review.journal import Journal
    from ecg_viewer.state.review.journal_writer import _unsaved_event

    events = [_unsaved_event(line) for line in (folder / name).read_bytes().split(b"\n")]
    journal = Journal(folder / "review.sqlite3")
    try:
        journal.append([event for event in events if event is not None])
    finally:
        journal.close()


def _read_stored_scores(folder: Path, name: str) -> None:
    from ecg_viewer.state.worklist.store import ScoreStore

    (folder / "a").write_bytes(b"")
    with ScoreStore(folder / name) as store:
        store.load(RECORD, [folder / "a"])


def _read_templates(folder: Path, name: str) -> None:
    from ecg_viewer.state.review.templates import read_templates

    read_templates(folder / name)


def _read_work_list(folder: Path, name: str) -> None:
    from ecg_viewer.state.worklist.work_lists import is_work_list, read_work_list

    is_work_list(folder / name)
    read_work_list(folder / name)


def _read_study(folder: Path, name: str) -> None:
    from ecg_viewer.state.study.project import read_study
    from ecg_viewer.state.study.report import study_report

    study_report(read_study(folder / name), rounds=5)


def _read_request(folder: Path, name: str) -> None:
    from ecg_viewer.qt.single_instance import _paths

    _paths((folder / name).read_bytes())


def _science() -> list[Target]:
    """Limits, tolerances, average beats, caches and runs."""
    def bundled(*place: str) -> Files:
        return {place[-1]: RESOURCES.joinpath(*place).read_bytes()}

    log = b'{"record": "a", "score": 1.5, "reason": ""}\n{"record": "b", "score": null, "reason": "flat"}\n'
    leads = json.dumps({"1": {"own": [1.0] * 12, "shown": [None] * 12, "reason": ""}}).encode()
    metrics = b'{"step": 1, "epoch": 1, "loss": 0.5}\n{"step": 2, "epoch": 2, "loss": 0.4}\n'
    return [
        Target("limits of normal", (bundled("departures", "limits.npz"),), _read_limits,
               ("mmae_core.departures.limits",)),
        Target("limits of own beats", (bundled("own_beats", "own_beats.json"),), _read_own_beats,
               ("mmae_core.own_beats.limits",)),
        Target("tolerance of two recordings", (bundled("serial", "test_retest.json"),), _read_tolerance,
               ("mmae_core.serial.tolerance",)),
        Target("normal beats", ({"beats.npz": _normal_beats()},), _read_normal_beats,
               ("mmae_core.normal_beats.store",)),
        Target("cache of a comparison", ({"a.jsonl": log},), _read_log, ("mmae_core.evaluation.compare_cache",)),
        Target("cache of lead scores", ({"a.json": leads},), _read_leads, ("mmae_core.evaluation.compare_leads",)),
        Target("metrics of a run", ({"metrics.jsonl": metrics},), _read_metrics, ("mmae_core.training.run_folder",)),
        Target("prepared recordings", _prepared(), _read_prepared,
               ("mmae_core.training.training_data", "mmae_core.peers.data")),
    ]


def _normal_beats() -> bytes:
    from mmae_core.normal_beats.store import NormalBeats

    whole = NormalBeats.load(RESOURCES / "normal_beats" / "normal_beats.npz")
    rows = {name: getattr(whole, name)[:60] for name in ("ecg_ids", "ages", "sexes", "rates_bpm", "reach", "weights",
                                                           "values")}
    return written("beats.npz", dataclasses.replace(whole, **rows).save)


def _read_limits(folder: Path, name: str) -> None:
    from mmae_core.departures.limits import Limits
    from mmae_core.departures.person import Person

    limits = Limits.load(folder / name)
    limits.of(Person("female", 44.0))


def _read_own_beats(folder: Path, name: str) -> None:
    from mmae_core.own_beats.limits import OwnBeatLimits

    limits = OwnBeatLimits.read(folder / name)
    limits.beat_percentile(np.array([0.5, 2.0]))
    limits.lead_percentile("V1", np.array([0.5, 2.0]))


def _read_tolerance(folder: Path, name: str) -> None:
    from mmae_core.serial.tolerance import Tolerance

    str(Tolerance.load(folder / name).n_pairs)


def _read_normal_beats(folder: Path, name: str) -> None:
    from mmae_core.departures.person import Person
    from mmae_core.normal_beats.band import normal_band
    from mmae_core.normal_beats.store import NormalBeats

    found = NormalBeats.load(folder / name)
    normal_band(found, Person("female", 50.0), 70.0)
    found.values_mv(np.arange(min(3, len(found))))


def _read_log(folder: Path, name: str) -> None:
    from mmae_core.evaluation.compare_cache import ResultLog, has_maps

    log = ResultLog(folder / name)
    log.add(dict(log.results))
    has_maps(folder / name, (2, 12, 100))


def _read_leads(folder: Path, name: str) -> None:
    from mmae_core.evaluation.compare_leads import _kept

    _kept(folder / name)


def _read_metrics(folder: Path, _name: str) -> None:
    from mmae_core.training.run_folder import RunFolder, read_metrics

    read_metrics(folder)
    RunFolder(folder, "config.json").keep_metrics_until(2)


def _prepared() -> tuple[Files, ...]:
    """A cache entry as `training_set` leaves it, whose key is that of `_PREPARED`."""
    files: dict[str, bytes] = {}

    def make(folder: Path) -> None:
        folder.mkdir()
        _prepare(folder)
        files.update({path.name: path.read_bytes() for path in folder.iterdir()})
        (folder.parent / "cache").rename(folder.parent / "done")
        folder.write_bytes(b"")

    written("cache", make)
    return tuple({name: files[name], **files} for name in files)


def _prepare(folder: Path) -> None:
    from mmae_core.config import Config
    from mmae_core.peers.data import peer_data

    record = TESTS / "data" / "ptbxl-mini" / "records500" / "00000" / "00001_hr.hea"
    paths = [record if record.exists() else RESOURCES / "demo" / "00195_hr.hea"]
    peer_data(paths, Config().preprocess, folder, with_r_peaks=True)


def _read_prepared(folder: Path, _name: str) -> None:
    _prepare(folder)
