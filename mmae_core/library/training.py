"""Training on recordings of any kind: arrays, records, paths, from a list or a generator."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from numpy.typing import ArrayLike

from mmae_core.config import Config
from mmae_core.config_arguments import preset_config, with_training
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.evaluation.cohort_scores import NamedRecording
from mmae_core.evaluation.release import CROSS_LEAD_FOLDER, FITTED_RECORDS, add_metrics
from mmae_core.evaluation.release import release as release_run
from mmae_core.files import JSON_FAULTS
from mmae_core.library.benchmark import evaluate_recordings
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.library.scoring import one_thread
from mmae_core.model.training_facts import KEY_LENGTH, NO_LICENCE, TRAINING_FILE, TrainingSource
from mmae_core.peers.cross_lead import CrossLead, CrossLeadTraining
from mmae_core.peers.data import PeerData
from mmae_core.peers.training import is_trained, train_peer
from mmae_core.resources import DESCRIPTION_NAME
from mmae_core.scoring.checkpoint import TrainedModel, load_model, read_json
from mmae_core.scoring.window_scorer import AutoencoderScorer
from mmae_core.training.precision import Precision, resolve_precision
from mmae_core.training.processes import ALONE, device_of
from mmae_core.training.record_stream import Count, OpenRecord, StreamedNormals, stream_windows
from mmae_core.training.run_folder import RunFolder
from mmae_core.training.train import CONFIG_FILE, EpochMetrics, can_compile
from mmae_core.training.train import train as train_network

WINDOWS_FOLDER = "windows"
"""Of the run: its prepared windows, float16, memory-mapped: 120 KB for 10 s of each input."""
_Recording = TypeVar("_Recording")
NETWORK, HIDDEN_LEADS = "network", "hidden-leads"


@dataclass(frozen=True)
class TrainedRun:
    """A finished training, not yet a model: `release` makes one of it."""

    folder: Path
    n_windows: int
    """10-s windows trained on."""
    left_out: tuple[tuple[str, str], ...]
    """(recording, reason) of those that could not be used."""
    held_out: tuple[int, ...]
    """0-based numbers of the recordings that were not trained on, and so can calibrate."""

    def held_out_of(self, recordings: Iterable[_Recording]) -> Iterator[_Recording]:
        """Of the same recordings, given once more, those that were not trained on."""
        chosen = set(self.held_out)
        return (recording for place, recording in enumerate(recordings) if place in chosen)

    def trained_on_of(self, recordings: Iterable[_Recording]) -> Iterator[_Recording]:
        """Of the same recordings, given once more, those that are not held out."""
        left_out = set(self.held_out)
        return (recording for place, recording in enumerate(recordings) if place not in left_out)


def train(
    recordings: Iterable[object], output: str | Path, *, sampling_rate_hz: float | None = None,
    leads: Iterable[str] | None = None, unit: str | None = None, patients: Iterable[str | int | None] | None = None,
    hold_out_every: int = 10, preset: str | Config = "faithful", epochs: int | None = None,
    cross_lead_epochs: int | None = None, batch_size: int | None = None, learning_rate: float | None = None,
    seed: int | None = None, dataset: str = "own recordings", licence: str = NO_LICENCE, device: str = "auto",
    precision: Precision = "auto", compile_network: bool = False, resume: bool = False,
    on_epoch: Callable[[EpochMetrics], None] | None = None, progress: Count | None = None,
) -> TrainedRun:
    """Train a model's networks on normal recordings, as `mmae_core train` does, into the run folder `output`.

    `recordings` is a list, a generator or an array (recordings, leads, samples) of what `score` takes;
    `sampling_rate_hz`, `leads` and `unit` say of arrays what they do not say themselves. Each is asked for once and
    prepared into files of the run folder, in parts: memory stays flat however many there are. One patient in
    `hold_out_every` is not trained on: `patients` names each recording's, None where not known; otherwise what a
    recording says of itself counts, else every n-th recording. `preset` is `faithful`, `plus`, `paper` or a `Config`.

    After an interruption the same call with `resume=True` continues: with the same recordings if they were not all
    prepared, and without looking at them otherwise; `patients` are compared in both cases. `progress(done)` counts
    recordings, `on_epoch` gets the losses. `dataset` and `licence` are words for the model's card.

    Raises DatasetError if nothing usable remains, ModelMismatch for other recordings, patients or settings than the
    run's, ConfigError for settings that make no sense, a device that is not there, or a folder that holds a run or
    prepared windows without `resume`.
    """
    resolved = resolve_precision(precision, device_of(device, ALONE))  # before hours of preparing
    run = RunFolder(Path(output), CONFIG_FILE)
    run.require_free()
    if not resume and (run.path / CONFIG_FILE).exists():
        raise ConfigError(f"{run.path} already holds a run. Continue it with resume=True, or name another folder.")
    config = with_training(preset_config(preset) if isinstance(preset, str) else preset, {
        "epochs": epochs, "batch_size": batch_size, "learning_rate": learning_rate, "seed": seed})
    inputs = {NETWORK: config}
    if config.cross_lead.visible:
        inputs[HIDDEN_LEADS] = Config(preprocess=CrossLead.preprocess)
    normals = stream_windows(
        _opened(recordings, ArrayDescription(sampling_rate_hz, leads, unit)), inputs, run.path / WINDOWS_FOLDER,
        patients=patients, hold_out_every=hold_out_every, progress=progress, resume=resume)
    data = normals.chosen[NETWORK]
    source = TrainingSource(
        dataset, (), len(data), data.left_out, "mmae_core.train(...)", licence, normals.record_keys, normals.parted,
        precision=resolved)
    train_network(
        data, config, run.path, held_out=normals.held_out.get(NETWORK), device=device, precision=precision,
        resume=resume, compile_network=compile_network and can_compile(), on_epoch=on_epoch)
    source.save(run.path)
    if config.cross_lead.visible:
        _train_hidden_leads(run.path / CROSS_LEAD_FOLDER, normals, config, cross_lead_epochs, device, precision, resume)
    return TrainedRun(run.path, len(data), data.left_out, normals.places_held_out)


def release(
    run: TrainedRun | str | Path, output: str | Path, normals: Iterable[object], *, cohort: str = "own normals",
    seen: Iterable[object] = (), evaluated: Iterable[object] | None = None, abnormal: ArrayLike | None = None,
    dataset: str = "own recordings", remark: str = "", sampling_rate_hz: float | None = None,
    leads: Iterable[str] | None = None, unit: str | None = None, name: str = "own-model", version: str = "1",
    device: str = "auto",
) -> TrainedModel:
    """Calibrate a finished training on normal recordings that it has not seen, and write the model folder `output`.

    `normals` and `seen` are lists or generators of what `score` takes; `cohort` is who the normals are, in words. The
    preset `plus`, and any score of several parts, needs some of the normals trained on, `seen`: about 1,500 are taken,
    every n-th, where n follows from the length of a list, or for a generator from how many the run was trained on.
    With `evaluated`, recordings of which `abnormal` says True or 1, False or 0, detection is measured on
    them, and the model card is written beside the model; `dataset` says what they are, `remark` what a reader of the
    figures must know. A finished model may stand for the run, to be made again.

    Raises DatasetError below 20 normals or for other labels, ModelMismatch for a run that is not finished, ConfigError
    if only one of `evaluated` and `abnormal` is given.
    """
    if (evaluated is None) != (abnormal is None):
        raise ConfigError("evaluated and abnormal belong together: recordings, and whether each of them is abnormal.")
    folder = run.folder if isinstance(run, TrainedRun) else Path(run)
    said = tuple(leads) if leads is not None and not isinstance(leads, str) else leads
    stated = ArrayDescription(sampling_rate_hz, said, unit)
    step = max(1, (len(seen) if isinstance(seen, Sized) else _n_trained_on(folder)) // FITTED_RECORDS)
    with one_thread():
        made = release_run(folder, Path(output), _named(normals, stated), cohort,
                           seen=islice(_named(seen, stated), 0, None, step), name=name, version=version, device=device)
        model = load_model(made)
        if evaluated is None or abnormal is None:
            return model
        report = evaluate_recordings(AutoencoderScorer(model, device), evaluated, abnormal, sampling_rate_hz, said,
                                     unit=unit, dataset=dataset)
        add_metrics(made, model, dict(report), "mmae_core.release(...)", remark)
    return load_model(made)


def _n_trained_on(folder: Path) -> int:
    """Recordings that a run, or a model made from one, was trained on; 0 if it does not name them."""
    run = folder / TRAINING_FILE
    try:
        training = read_json(run) if run.is_file() else read_json(folder / DESCRIPTION_NAME)["card"]["training"]
        return len(training["records"]) // KEY_LENGTH
    except (ModelMismatch, *JSON_FAULTS):  # a run that is none is named when it is opened
        return 0


def _named(recordings: Iterable[object], stated: ArrayDescription) -> Iterator[NamedRecording]:
    for number, open_record in enumerate(_opened(recordings, stated)):
        yield NamedRecording(f"recording {number}", open_record)


def _opened(recordings: Iterable[object], stated: ArrayDescription) -> Iterator[OpenRecord]:
    for number, recording in enumerate(several(recordings)):
        yield partial(one_of_many, recording, stated, number)


def _train_hidden_leads(
    folder: Path, normals: StreamedNormals, config: Config, epochs: int | None, device: str, precision: Precision,
    resume: bool,
) -> None:
    """The second network of the preset plus, in its own run; a finished one with these settings is kept."""
    settings = CrossLeadTraining(seed=config.train.seed, **dataclasses.asdict(config.cross_lead))
    if epochs is not None:
        settings = dataclasses.replace(settings, epochs=epochs)
    if resume and is_trained(folder, settings):
        return
    held_out = normals.held_out.get(HIDDEN_LEADS)
    train_peer(CrossLead.name, PeerData(normals.chosen[HIDDEN_LEADS], None), settings, folder,
               held_out=None if held_out is None else PeerData(held_out, None), device=device, precision=precision,
               resume=resume)
