"""Training from arrays and generators: the same windows and the same network as from a folder."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from mmae_core.config import Config
from mmae_core.errors import ConfigError, DatasetError, ModelMismatch
from mmae_core.evaluation.cohort_scores import NamedRecording
from mmae_core.library.training import TrainedRun, release, train
from mmae_core.model.training_facts import KEY_LENGTH, trained_on
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.scoring.checkpoint import read_tensors
from mmae_core.training import record_stream
from mmae_core.training.record_stream import OpenRecord, StreamedNormals, stream_windows
from mmae_core.training.train import EpochMetrics
from mmae_core.training.train import train as train_network
from mmae_core.training.training_data import TrainingSet

TinyConfig = Callable[..., Config]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_stream, "PART_RECORDS", 3)


def opened(records: Iterable[EcgRecord]) -> Iterator[OpenRecord]:
    """One after the other, as a generator gives them."""
    for record in records:
        yield lambda record=record: record


def stream(records: Iterable[EcgRecord], config: Config, folder: Path, **options: object) -> StreamedNormals:
    return stream_windows(opened(records), {"network": config}, folder, **{"hold_out_every": 0, **options})


def test_the_windows_are_those_of_the_folder(
    normals: list[Path], data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    found = stream(map(read_record, normals), tiny_config(), tmp_path).chosen["network"]
    np.testing.assert_array_equal(found.tokens, data.tokens)
    assert isinstance(found.tokens, np.memmap)
    assert found.names == data.names
    assert not (tmp_path / "parts").exists()


def test_a_part_is_let_go_before_the_next_is_asked_for(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    alive: list[int] = []
    given: list[weakref.ref[EcgRecord]] = []

    def records() -> Iterator[EcgRecord]:
        for path in normals:
            gc.collect()
            alive.append(sum(reference() is not None for reference in given))
            record = read_record(path)
            given.append(weakref.ref(record))
            yield record

    stream(records(), tiny_config(), tmp_path)
    assert len(alive) == 8
    assert max(alive) <= 3, "a part of three"


class Killed(BaseException):
    pass


def test_a_killed_stream_prepares_only_what_is_not_done(
    normals: list[Path], data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Iterator[EcgRecord]:
        yield from map(read_record, normals[:5])
        raise Killed

    with pytest.raises(Killed):
        stream(broken(), tiny_config(), tmp_path)
    prepared: list[str] = []
    whole = record_stream.training_inputs

    def count(record: EcgRecord, config: Config) -> list[record_stream.ModelInput]:
        prepared.append(record.name)
        return whole(record, config)

    monkeypatch.setattr(record_stream, "training_inputs", count)
    found = stream(map(read_record, normals), tiny_config(), tmp_path).chosen["network"]
    assert prepared == [path.stem for path in normals[3:]]
    np.testing.assert_array_equal(found.tokens, data.tokens)
    stream(iter([]), tiny_config(), tmp_path)  # all is there: nobody is asked


def test_other_recordings_do_not_continue_a_stream(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    def broken() -> Iterator[EcgRecord]:
        yield from map(read_record, normals[:4])
        raise Killed

    with pytest.raises(Killed):
        stream(broken(), tiny_config(), tmp_path)
    with pytest.raises(ModelMismatch, match="Recording 0 is another than the one that was prepared"):
        stream(map(read_record, normals[::-1]), tiny_config(), tmp_path)


@pytest.mark.parametrize("whole", [False, True])
def test_other_patients_do_not_continue_a_stream(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path, whole: bool
) -> None:
    def records(count: int) -> Iterator[EcgRecord]:
        yield from map(read_record, normals[:count])
        if count < len(normals):
            raise Killed

    def go(count: int, patients: str) -> StreamedNormals:
        return stream(records(count), tiny_config(), tmp_path, patients=iter(patients), hold_out_every=2)

    if whole:
        go(8, "abcdabcd")
    else:
        with pytest.raises(Killed):
            go(4, "abcdabcd")
    with pytest.raises(ModelMismatch, match="patient"):
        go(8, "xbcdabcd")
    assert go(8, "abcdabcd").n_records == 8


@pytest.mark.parametrize("damage", ["tokens", "index"])
def test_a_damaged_stream_is_prepared_again(
    normals: list[Path], data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path, damage: str
) -> None:
    stream(map(read_record, normals), tiny_config(), tmp_path)
    path = tmp_path / ("network.chosen.npy" if damage == "tokens" else "normals.json")
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content if damage == "tokens" else content[:-100])
    found = stream(map(read_record, normals), tiny_config(), tmp_path).chosen["network"]
    np.testing.assert_array_equal(found.tokens, data.tokens)


def test_a_patient_is_on_one_side_whoever_comes_with_them(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    patients = ["a", "b", "c", "d", "a", "b", "c", "d"]
    records = [read_record(path) for path in normals]

    def held_out(order: list[int], folder: Path) -> set[str]:
        found = stream((records[row] for row in order), tiny_config(), folder,
                       patients=[patients[row] for row in order], hold_out_every=2)
        assert found.parted == "by patient"
        assert len(found.chosen["network"]) + len(found.held_out["network"]) == 8
        return {patients[order[place]] for place in found.places_held_out}

    whole = held_out(list(range(8)), tmp_path / "whole")
    assert 0 < len(whole) < 4
    assert held_out(list(range(7, -1, -1)), tmp_path / "turned") == whole


def test_recordings_of_nobody_known_are_held_out_by_number(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    found = stream(map(read_record, normals), tiny_config(), tmp_path, hold_out_every=3)
    assert found.places_held_out == (2, 5)
    assert found.parted == "by recording: none says who it is of"


def test_patients_are_as_many_as_recordings(normals: list[Path], tiny_config: TinyConfig, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There are 2 patients for more recordings"):
        stream(map(read_record, normals), tiny_config(), tmp_path, patients=["a", "b"])
    with pytest.raises(ConfigError, match="There are more patients than recordings"):
        stream(map(read_record, normals), tiny_config(), tmp_path, patients=[None] * 9)


def test_patients_may_be_numbers(normals: list[Path], tiny_config: TinyConfig, tmp_path: Path) -> None:
    records = [read_record(path) for path in normals[:4]]
    numbers, texts = (stream(records, tiny_config(), tmp_path / folder, patients=patients, hold_out_every=2)
                      for folder, patients in (("n", np.arange(4)), ("t", ["0", "1", "2", "3"])))
    assert numbers.places_held_out == texts.places_held_out
    with pytest.raises(ConfigError, match="patients holds nan"):
        stream(records, tiny_config(), tmp_path / "f", patients=["a", float("nan")])
    with pytest.raises(DatasetError, match="All of them are held out"):
        stream(records[:1], tiny_config(), tmp_path / "one", patients=numbers.places_held_out[:1], hold_out_every=2)


@pytest.mark.parametrize("every", [1, -3, 2.5])
def test_a_share_that_is_none_is_refused(tiny_config: TinyConfig, tmp_path: Path, every: float) -> None:
    with pytest.raises(ConfigError, match=f"hold_out_every = {every}: one patient in so many"):
        stream([], tiny_config(), tmp_path / "windows", hold_out_every=every)
    assert not (tmp_path / "windows").exists()


# --- the public function --------------------------------------------------------------------------------------------


def arrays(normals: list[Path]) -> Iterator[np.ndarray]:
    """(12, 5000) in mV."""
    for path in normals:
        yield read_record(path).read()


@pytest.fixture
def at_500_hz(ptbxl_mini: Path) -> list[Path]:
    return sorted(ptbxl_mini.rglob("*_hr.hea"))[:5]


def test_arrays_of_a_generator_train_the_network_that_their_folder_trains(
    at_500_hz: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    config = tiny_config(train={"epochs": 2, "batch_size": 2})
    losses: list[EpochMetrics] = []
    run = train(arrays(at_500_hz), tmp_path / "run", sampling_rate_hz=500, leads=STANDARD_LEADS, preset=config,
                hold_out_every=0, device="cpu", on_epoch=losses.append)
    assert run.n_windows == len(at_500_hz)
    assert run.left_out == ()
    assert [line.epoch for line in losses] == [1, 2]
    data = stream(map(read_record, at_500_hz), config, tmp_path / "folder").chosen["network"]
    train_network(data, config, tmp_path / "other", device="cpu", compile_network=False)
    first, second = (read_tensors(folder / "weights.safetensors") for folder in (run.folder, tmp_path / "other"))
    assert all(torch.equal(value, second[name]) for name, value in first.items())
    training = json.loads((run.folder / "training.json").read_text())
    assert training["dataset"] == "own recordings"
    assert training["n_windows"] == run.n_windows


def test_an_interrupted_training_goes_on_without_its_recordings(
    at_500_hz: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    config = tiny_config(train={"epochs": 3, "batch_size": 2})

    def stop(metrics: EpochMetrics) -> None:
        raise Killed

    def run(folder: str, recordings: Iterable[np.ndarray], **options: object) -> Path:
        return train(recordings, tmp_path / folder, sampling_rate_hz=500, leads=STANDARD_LEADS, preset=config,
                     device="cpu", hold_out_every=0, **options).folder

    whole = run("whole", arrays(at_500_hz))
    with pytest.raises(Killed):
        run("stopped", arrays(at_500_hz), on_epoch=stop)
    with pytest.raises(ConfigError, match="already holds a run"):
        run("stopped", arrays(at_500_hz))
    resumed = run("stopped", iter([]), resume=True)
    first, second = (read_tensors(folder / "weights.safetensors") for folder in (whole, resumed))
    assert all(torch.equal(value, second[name]) for name, value in first.items())


@pytest.mark.parametrize("whole", [False, True])
def test_windows_of_an_earlier_call_are_not_taken_for_others(
    at_500_hz: list[Path], tiny_config: TinyConfig, tmp_path: Path, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go(recordings: Iterable[np.ndarray], **options: object) -> int:
        return train(recordings, tmp_path / "run", sampling_rate_hz=500, leads=STANDARD_LEADS, hold_out_every=0,
                     preset=tiny_config(train={"epochs": 1, "batch_size": 2}), device="cpu", **options).n_windows

    def some() -> Iterator[np.ndarray]:
        yield from arrays(at_500_hz[:3])
        if not whole:
            raise Killed

    def die(*values: object, **options: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("mmae_core.library.training.TrainingSource", die)
        with pytest.raises(Killed):
            go(some())
    with pytest.raises(ConfigError, match="holds windows that an earlier call prepared"):
        go(arrays(at_500_hz))
    assert go(arrays(at_500_hz[:3]), resume=True) == 3


def test_a_device_that_is_not_there_is_named_before_recordings_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Device 'cuda:99' is not available"):
        train(iter(lambda: pytest.fail("asked for"), None), tmp_path / "run", device="cuda:99")
    assert not (tmp_path / "run").exists()


def test_both_networks_of_plus_are_trained_and_what_cannot_be_used_is_named(
    at_500_hz: list[Path], tmp_path: Path
) -> None:
    config = Config.from_dict({
        "model": {"encoder_layers": 1, "encoder_width": 16, "encoder_heads": 2, "decoder_width": 8},
        "cross_lead": {"visible": ["II"], "width": 16, "layers": 1, "heads": 2},
        "train": {"epochs": 1, "batch_size": 2, "warmup_epochs": 0}})
    flat = np.zeros((12, 5000), np.float32)
    flat[0, :] = np.sin(np.arange(5000) / 50)
    run = train([*at_500_hz, flat], tmp_path / "run", sampling_rate_hz=500, leads=STANDARD_LEADS, preset=config,
                cross_lead_epochs=1, device="cpu", patients=[*map(str, range(len(at_500_hz))), "flat"])
    assert (run.folder / "cross-lead" / "peer.json").is_file()
    ((name, reason),) = run.left_out
    assert name == f"recording {len(at_500_hz)}"
    assert "flat" in reason
    training = json.loads((run.folder / "training.json").read_text())
    used = [path for place, path in enumerate(at_500_hz) if place not in run.held_out]
    assert trained_on(training, at_500_hz) == used, "the card knows them again by their files"


@pytest.mark.usefixtures("small_cohorts")
def test_arrays_become_a_model_calibrated_on_those_held_out(
    at_500_hz: list[Path], tiny_config: TinyConfig, tmp_path: Path
) -> None:
    config = tiny_config(train={"epochs": 1, "batch_size": 2})
    run = train(arrays(at_500_hz), tmp_path / "run", sampling_rate_hz=500, leads=STANDARD_LEADS, preset=config,
                hold_out_every=2, device="cpu")
    assert run.held_out == (1, 3)
    assert [path.stem for path in run.trained_on_of(at_500_hz)] == [at_500_hz[place].stem for place in (0, 2)]
    model = release(run, tmp_path / "model", run.held_out_of(arrays(at_500_hz)), cohort="ward 3",
                    sampling_rate_hz=500, leads=STANDARD_LEADS, device="cpu")
    assert model.calibration.n_records == 2
    assert model.calibration.cohort == "ward 3"
    assert model.card["training"]["n_windows"] == 2
    assert model.card["training"]["held_out"] == "by recording: none says who it is of"


@pytest.mark.parametrize("given", ["list", "generator", "generator and path", "model"])
def test_of_the_normals_seen_every_nth_recording_is_taken(
    tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def release_run(*values: object, seen: Iterator[NamedRecording], **options: object) -> Path:
        taken.extend(one.name for one in seen)
        return tmp_path

    monkeypatch.setattr("mmae_core.library.training.FITTED_RECORDS", 5)
    monkeypatch.setattr("mmae_core.library.training.release_run", release_run)
    monkeypatch.setattr("mmae_core.library.training.load_model", lambda folder: None)
    training = {"records": "k" * KEY_LENGTH * 15}
    if given == "model":
        (tmp_path / "model.json").write_text(json.dumps({"card": {"training": training}}))
    elif given != "list":
        (tmp_path / "training.json").write_text(json.dumps(training))
    seen: Iterable[str] = [f"{number}.dat" for number in range(15)]
    run = TrainedRun(tmp_path, n_windows=15 * 180, left_out=(), held_out=())
    release(run if given == "generator" else tmp_path, tmp_path / "out", [],
            seen=seen if given == "list" else iter(seen))
    assert taken == [f"recording {number}" for number in (0, 3, 6, 9, 12)]


def test_nothing_usable_is_an_error(tiny_config: TinyConfig, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="None of the 1 recordings can be used"):
        train([np.zeros((12, 5000), np.float32)], tmp_path / "run", sampling_rate_hz=500, leads=STANDARD_LEADS,
              preset=tiny_config(), device="cpu")
    assert not any((tmp_path / "run" / "windows").glob("**/*.json")), "mended recordings may come again"
