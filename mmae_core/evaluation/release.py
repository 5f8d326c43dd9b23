"""Makes a model folder from a finished run: calibration on held-out normals, description and model card."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.config import Config, ScoreConfig, paper
from mmae_core.config_arguments import fold_words
from mmae_core.errors import ModelMismatch
from mmae_core.evaluation.chunk_plan import HERE, ChunkPlan, Progress
from mmae_core.evaluation.cohort_scores import Recordings, calibration_on, scored_in_turn
from mmae_core.evaluation.fit_parts import fit_parts
from mmae_core.files import replacing
from mmae_core.model.cross_lead import CrossLeadNetwork
from mmae_core.model.network import MaskedAutoencoder, count_macs, count_parameters
from mmae_core.model.training_facts import TRAINING_FILE, licence_words, record_key, require_cohort, without_records
from mmae_core.report.detection_limits_table import detection_limits_section
from mmae_core.report.figure_words import figure_words
from mmae_core.report.model_card import group_metrics, groups_text
from mmae_core.resources import DESCRIPTION_NAME
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.calibration import ARRAYS, POINT_LEVELS, SEGMENT_LEVELS, CohortCalibration, usable_rows
from mmae_core.scoring.checkpoint import TrainedModel, load_model, load_weights, read_json, save_model
from mmae_core.scoring.unmasked_parts import PART_WORDS
from mmae_core.scoring.window_scorer import PEER_FILE
from mmae_core.training.run_folder import METRICS_FILE, WEIGHTS_FILE, read_metrics
from mmae_core.training.train import CONFIG_FILE

CARD_NAME = "MODEL_CARD.md"
FITTED_RECORDS = 1500
"""Approximate number of training normals used for the means and spreads of a score of several parts."""
CROSS_LEAD_FOLDER = "cross-lead"
"""Of a run: where its network for hidden leads is trained."""


def read_run(run_folder: Path) -> tuple[Config, MaskedAutoencoder, dict[str, Any]]:
    """Configuration, trained network and a summary of a run that reached the end of its schedule, or of a model made
    from one.

    Raises ModelMismatch if it did not reach it, or is no run.
    """
    if is_model(run_folder):
        model = load_model(run_folder)
        return model.config, model.network, dict(model.card["training"])
    for name in (CONFIG_FILE, METRICS_FILE, TRAINING_FILE, WEIGHTS_FILE):
        if not (run_folder / name).is_file():
            raise ModelMismatch(
                f"{run_folder.name} is no finished run: {name} is missing. Continue it with `mmae_core train --resume`."
            )
    config = Config.from_dict(read_json(run_folder / CONFIG_FILE)["config"])
    network = MaskedAutoencoder(config.model)
    load_weights(run_folder / WEIGHTS_FILE, network)
    epochs = read_metrics(run_folder)
    training = read_json(run_folder / TRAINING_FILE)
    training.pop("left_out", None)
    summary = {
        **training,
        "epochs": len(epochs),
        "steps": epochs[-1]["step"],
        "seconds": round(sum(epoch["seconds"] for epoch in epochs)),
        "loss_first": epochs[0]["loss"],
        "loss_last": epochs[-1]["loss"],
    }
    return config, network, summary


def release(
    run_folder: Path,
    output: Path,
    normals: Recordings,
    cohort: str,
    *,
    seen: Recordings = (),
    config: Config | None = None,
    name: str = "mmae-ecg",
    version: str = "1",
    device: str = "auto",
    progress: Progress | None = None,
    plan: ChunkPlan = HERE,
) -> Path:
    """Calibrate a finished run on normals it has not seen and write the model folder.

    `config` may differ from the run's in its score section only: how errors become scores is chosen after training.
    `seen` are the normals that it was trained on; a score of several parts takes its means and spreads from about
    `FITTED_RECORDS` of them (from all of an iterator). A run that does not name its records is taken to have been
    trained on all of them. What is kept of a normal in memory is 0.2 KB; its map is in a file until the run is done.
    """
    trained_config, network, training = read_run(run_folder)
    config = config or trained_config
    if _trained_parts(config) != _trained_parts(trained_config):
        raise ModelMismatch("The configuration asks for another input or network than the run was trained with.")
    model = TrainedModel(name, version, config, network, _no_calibration(config), "", {})
    if is_model(run_folder):
        model = dataclasses.replace(model, cross_lead=load_model(run_folder).cross_lead)
    elif config.cross_lead.visible:
        cross_lead, training["cross_lead"] = read_cross_lead_run(run_folder / CROSS_LEAD_FOLDER, config)
        training["seconds"] += round(training["cross_lead"]["seconds"])
        model = dataclasses.replace(model, cross_lead=cross_lead)
    if {*config.score.parts, *config.score.map_parts} != {"segments"}:
        words = f"{training['dataset']}; every n-th of those trained on"
        fit_on = seen[:: max(1, len(seen) // FITTED_RECORDS)] if isinstance(seen, Sequence) else seen
        fusion = fit_parts(Assessor(model, device, fitting=True), fit_on, words, progress, plan)
        model = dataclasses.replace(model, fusion=fusion)
    if isinstance(normals, Sequence):
        require_cohort(len(normals))
    keys = [record_key(path) for path in seen] if isinstance(seen, Sequence) else []
    training.setdefault("records", "".join(sorted(keys)))
    with scored_in_turn(Assessor(model, device), normals, progress=progress, plan=plan) as found:
        n_given, rates = len(found) + len(found.left_out), found.sampling_rates_hz
        calibration = calibration_on(model, found, cohort, usable_rows(found.records, found.leads))
    few = require_cohort(calibration.n_records)
    card = {
        "training": training,
        "calibration": {
            "cohort": cohort, "n_records": calibration.n_records, "n_left_out": n_given - calibration.n_records,
            "left_out": "not readable, or a lead not assessable",
            "sampling_rates_hz": {f"{rate_hz:g}": count for rate_hz, count in rates.items()}, "warning": few,
        },
        "licence": licence_words(training),
    }
    hidden = None if model.cross_lead is None else model.cross_lead.cpu()
    return save_model(output, name, version, config, network.cpu(), calibration, card, cross_lead=hidden,
                      fusion=model.fusion)


def is_model(folder: Path) -> bool:
    """Whether a folder holds a finished model, to be made again with other scores or normals, and not a run."""
    return (folder / DESCRIPTION_NAME).is_file() and not (folder / CONFIG_FILE).is_file()


def read_cross_lead_run(folder: Path, config: Config) -> tuple[CrossLeadNetwork, dict[str, Any]]:
    """The network that restores hidden leads out of its own run, and a summary of that run.

    Raises ModelMismatch if the run is missing, did not reach its end, or is of another network than `config` names.
    """
    if not (folder / PEER_FILE).is_file():
        raise ModelMismatch(f"{folder} holds no finished training of hidden leads. Continue it with "
                            "`mmae_core train --resume`.")
    description = read_json(folder / PEER_FILE)
    found = description["config"]
    wanted = config.to_dict()["cross_lead"]
    differing = [key for key in wanted if key in found and found[key] != wanted[key]]
    if differing:
        raise ModelMismatch(f"The run in {folder.name} was trained with another {', '.join(differing)} than the "
                            "configuration names.")
    network = CrossLeadNetwork(config.cross_lead)
    load_weights(folder / WEIGHTS_FILE, network)
    training = description["training"]
    kept = ("epochs", "steps", "seconds", "loss_first", "loss_last", "windows", "command")
    return network, {key: training[key] for key in kept if key in training}


def _trained_parts(config: Config) -> tuple[object, ...]:
    return config.preprocess, config.model, config.cross_lead


def add_metrics(
    folder: Path, model: TrainedModel, report: dict[str, Any], command: str, remark: str = ""
) -> None:
    """Put an evaluation report of this very model into its description and write its card.

    `remark` is a caveat needed to judge the figures, such as what was chosen on the same records.

    Raises ModelMismatch if the report is of other weights or other scores.
    """
    if report["model"]["sha256"] != model.sha256:
        raise ModelMismatch("The report is of other weights than this model's; evaluate the model again.")
    metrics = {
        "command": command,
        **{key: report[key] for key in ("detection", "branches", "paper_score", "data", "bootstrap")},
        **group_metrics(report),
    }
    metrics["data"] = {key: value for key, value in metrics["data"].items() if key != "left_out"}
    card = {**model.card, "metrics": metrics, "remark": remark}
    save_model(folder, model.name, model.version, model.config, model.network, model.calibration, card,
               cross_lead=model.cross_lead, fusion=model.fusion)
    with replacing(folder / CARD_NAME) as part:
        part.write_text(card_text(model, card), encoding="utf-8")


def describe(model: TrainedModel) -> dict[str, Any]:
    """What `mmae_core info` prints; groups of records are in the card."""
    metrics = model.card.get("metrics") or {}
    in_modules, in_all = count_parameters(model.network)
    config = model.config
    n_passes = config.score.n_passes * len(config.model.region_starts)
    hidden_macs = 0 if model.cross_lead is None else model.cross_lead.macs_per_window()
    n_hidden = 0 if model.cross_lead is None else sum(values.numel() for values in model.cross_lead.parameters())
    return {
        "name": model.name,
        "version": model.version,
        "sha256": model.sha256,
        "parameters": {"modules": in_modules, "all": in_all, "cross_lead": n_hidden, "total": in_all + n_hidden},
        "gmacs": {
            "pass": round(count_macs(config.model) / 1e9, 6),
            "passes": n_passes,
            "cross_lead": round(hidden_macs / 1e9, 4),
            "record": round((n_passes * count_macs(config.model) + hidden_macs) / 1e9, 4),
        },
        "training": without_records(model.card.get("training")),
        "calibration": model.card.get("calibration"),
        "metrics": {key: metrics[key] for key in ("command", "detection", "branches") if key in metrics},
        "licence": model.card.get("licence"),
        "config": config.to_dict(),
    }


def card_text(model: TrainedModel, card: dict[str, Any]) -> str:
    """The model card in Markdown, every figure taken from the description."""
    facts = describe(model)
    training, metrics = card["training"], card["metrics"]
    score = model.config.score
    own = (_score_words(score), metrics)
    paper = [(f"{space}, mean (paper, eq. 1)", results) for space, results in metrics["paper_score"].items()]
    rows = [
        f"| {kind} | {label} | {_with_interval(values)} |"
        for kind, results in (own, *paper)
        for label, values in (("whole", results["detection"]), *results["branches"].items())
    ]
    detection = metrics["detection"]
    folds = f", {fold_words(training['folds'])}" if training["folds"] else ""
    return f"""# {model.name}, version {model.version}

Research use only. Not a medical device, not for diagnosis.

A masked autoencoder for 10-s 12-lead ECGs after Zhou et al. 2025 (arXiv 2502.05494), trained on normal ECGs alone.
It restores masked stretches of a record; what it restores badly is unlike the normal ECGs it was trained on.
{_unlike_the_paper(model.config)}
- Weights: {facts['parameters']['modules']:,} parameters in modules of the masked autoencoder, \
{facts['parameters']['all']:,} with
  tokens and positions, {facts['parameters']['total']:,} with all networks; SHA-256 `{model.sha256}`
- Trained on: {training['dataset']}{folds}, {training['n_windows']:,} windows, \
{training['epochs']} epochs
  ({training['steps']:,} steps); loss {training['loss_first']:.3f} at the first, {training['loss_last']:.3f} at the last
{_parts_lines(model, training)}- Command: `{training['command']}`
- Calibrated on: {card['calibration']['cohort']} ({card['calibration']['n_records']:,} records{_rates_words(card)})
{_warning_line(card['calibration'].get('warning', ''))}- Licence: {card['licence']}

## Detection

{_measured_on(metrics["data"])}, {detection['n_normal']:,} normal and \
{detection['n_abnormal']:,} abnormal records; 95-% intervals from {metrics['bootstrap']['rounds']:,} bootstrap rounds \
by {metrics['bootstrap']['unit'].partition(',')[0]}. The first
rows are the score this model uses. The last epoch of the schedule was kept{_same_normals(metrics["data"])}.
{_chosen_on(score)}
{card['remark'] + chr(10) if card.get('remark') else ''}`{metrics['command']}`

| error space, pooling | score | AUROC |
|---|---|---|
{chr(10).join(rows)}

The paper reports 0.860 on PTB-XL's fold 10 under its own protocol. Published peers pick the
checkpoint with the best result on the test set; here the last epoch was kept.

{groups_text(metrics)}## What it cannot see

{_voltage_line(score)}
{_band_line(score)}
- Rhythm over more than 10 s, and any rhythm whose beats look normal one by one.{_shared_beats(score)}
- A lead with a filtered standard deviation below {model.config.preprocess.min_lead_std_mv * 1000:g} µV is not
  assessed; a healthy lead at right angles to the heart's axis (often aVL) can fall below it.
- The first 250 ms and the last 750 ms of a window have no local score; they are scored by the global branch alone.

{detection_limits_section() if "departures" in score.parts else ""}## Who it was measured on

{_who(metrics["data"])} Percentiles compare with its normals; on other devices,
filters or populations they may be shifted, and nothing has been measured there.
A high percentile may be noise, artefact, a device's filter or a normal variant. A low one does not exclude disease.
"""


def _measured_on(data: dict[str, Any]) -> str:
    """Which records the figures are of, and what their labels mean."""
    if not data["folds"]:
        return f"Labelled by whoever gave them: {data['dataset']}"
    return ("Normal: NORM is the record's only diagnostic superclass; abnormal: any other superclass.\n"
            f"PTB-XL v1.0.3, {fold_words(data['folds'])}")


def _who(data: dict[str, Any]) -> str:
    return "PTB-XL: Schiller devices, one region in Germany, 1989-1996." if data["folds"] else f"{data['dataset']}."


def _same_normals(data: dict[str, Any]) -> str:
    return ", and the normals of these same folds\ncalibrate the percentiles" if data["folds"] else ""


def _unlike_the_paper(config: Config) -> str:
    """The card's text on choices that differ from the paper; empty for its exact score."""
    as_published = paper()
    own = [
        words for words, differs in (
            (f"leads scaled by {config.preprocess.scale} (paper: min-max)",
             config.preprocess.scale != as_published.preprocess.scale),
            (f"targets normalised by {config.model.target_norm} (paper: jointly)",
             config.model.target_norm != as_published.model.target_norm),
            (f"{config.score.masks} masks (paper: random)", config.score.masks != as_published.score.masks),
            (f"{config.score.error_space} errors, {config.score.pooling} pooling (paper: normalised, mean)",
             (config.score.error_space, config.score.pooling) != ("normalised", "mean")),
            (f"{config.train.epochs} epochs (paper: {as_published.train.epochs})",
             config.train.epochs != as_published.train.epochs),
        ) if differs
    ]
    return f"\nNot the paper's exact score: {'; '.join(own)}. Preset `paper` has that.\n" if own else ""


def _score_words(score: ScoreConfig) -> str:
    if score.parts == ("segments",):
        return f"{score.error_space}, {score.pooling}"
    weights = score.part_weights or (1.0,) * len(score.parts)
    words = [PART_WORDS[name] + ("" if weight == 1 else f" x {weight:g}")
             for name, weight in zip(score.parts, weights, strict=True)]
    return f"mean z-score of {', '.join(words)}"


def _warning_line(warning: str) -> str:
    return f"- **{warning}**\n" if warning else ""


def _chosen_on(score: ScoreConfig) -> str:
    if "beat" in score.parts or "departures" in score.parts:
        return ("Parts and weights of the score, the median beat and departures were chosen on folds 1-8 (normals of\n"
                "fold 8 against the abnormal records whose reports name leads); floors and schedules of the networks\n"
                "on fold 9, whose figures flatter by that much.")
    return ("How errors become scores, floors, schedules and parts were chosen on PTB-XL's fold 9: figures of that\n"
            "fold flatter.")


def _parts_lines(model: TrainedModel, training: dict[str, Any]) -> str:
    """The card's lines on the parts besides masked segments."""
    lines = ""
    if model.cross_lead is not None:
        own = training["cross_lead"]
        count = sum(values.numel() for values in model.cross_lead.parameters())
        lines += (
            f"- Beside it a network of {count:,} parameters restores hidden leads from visible ones, trained on the "
            f"same windows:\n  {own['epochs']} epochs ({own['steps']:,} steps, {own['seconds'] / 60:.0f} min); loss "
            f"{own['loss_first']:.3f} at the first, {own['loss_last']:.3f} at the last\n"
        )
    if model.fusion is not None:
        weighed = "weighed " if model.config.score.part_weights else ""
        lines += (
            f"- The score is the {weighed}mean of its parts' z-scores; means and spreads come from "
            f"{model.fusion.n_records} normals\n  that it was trained on\n"
        )
    return lines


def _voltage_line(score: ScoreConfig) -> str:
    if "amplitude" in score.parts or "departures" in score.parts:
        return ("- Voltage only as a whole: the record's score knows the leads' millivolts, but maps and findings of\n"
                "  the model do not point at low or high voltage.")
    return ("- Absolute voltage: each lead is scaled by its own spread, so low voltage and high voltage (hypertrophy) "
            "look alike.")


def _band_line(score: ScoreConfig) -> str:
    networks = "nothing above 25 Hz reaches the networks (late potentials,\n  pacing spikes, notches)."
    if "departures" in score.parts:
        return ("- Where ST departs: maps and findings of the model see no slow shift (1-Hz high-pass), only the\n"
                f"  record's score does, by its measurements; {networks}")
    return f"- Slow shifts: the 1-Hz high-pass distorts ST deviation, and {networks}"


def _shared_beats(score: ScoreConfig) -> str:
    if "cross_lead" in score.parts:
        return ""
    return (" A regular abnormality that fills the\n  whole record (bundle branch block, flutter) can be restored from "
            "the record's other beats and then scores low.")


def _with_interval(values: dict[str, Any]) -> str:
    return figure_words(values["auroc"], values["auroc_ci95"])


def _rates_words(card: dict[str, Any]) -> str:
    """`; of those given, 24 were sampled at 500 Hz`; empty for cards made before rates were counted."""
    rates = card["calibration"].get("sampling_rates_hz") or {}
    parts = [f"{count} at {rate} Hz" for rate, count in sorted(rates.items(), key=lambda item: -item[1])]
    return f"; sampled, before any were left out: {', '.join(parts)}" if parts else ""


def _no_calibration(config: Config) -> CohortCalibration:
    """A placeholder calibration, for the run that makes the real one."""
    shape = config.model
    shapes = {
        "record_scores": (0,), "lead_scores": (shape.n_leads, 0), "lead_peaks": (shape.n_leads, 0),
        "point_quantiles": (shape.n_leads, len(POINT_LEVELS)),
        "segment_quantiles": (shape.n_leads, shape.n_segments, len(SEGMENT_LEVELS)),
    }
    arrays: dict[str, Any] = {name: np.zeros(shapes[name], np.float32) for name in ARRAYS}
    return CohortCalibration(cohort="nobody", **arrays)
