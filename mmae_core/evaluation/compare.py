"""`mmae_core compare`: several methods on the same records, on the same machine, in one run.

Measures what the MMAE-ECG paper's tables 1 and 2 contain: detection, localization, size, cost, time, and which methods
need R-peaks and therefore cannot score every record. Every figure is measured here; published ones stand beside them
(`published`).
"""

from __future__ import annotations

import os
import platform
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.datasets.reviewed_benchmark import ReviewedSet
from mmae_core.errors import ConfigError, EcgError
from mmae_core.evaluation.compare_cache import Result, ResultLog, digest, files_key, has_maps, method_key, open_maps
from mmae_core.evaluation.detection_cases import DetectionCase
from mmae_core.evaluation.evaluate import patients_of, software
from mmae_core.evaluation.evaluate_localization import LocalizedSet, localize, resampled_mask
from mmae_core.evaluation.given_scores import (
    EvaluatedMethod,
    GivenScores,
    calibrated_folds,
    describe_method,
    results_of,
)
from mmae_core.evaluation.localization_cases import LocalizationCase, annotated_cases
from mmae_core.evaluation.scorers import load_scorer
from mmae_core.metrics.detection import (
    BOOTSTRAP_ROUNDS,
    BOOTSTRAP_SEED,
    Patients,
    delong,
    detection_curves,
    detection_metrics,
)
from mmae_core.metrics.localization import (
    common_points,
    compare_localization,
    crop,
    localization_metrics,
    point_set,
)
from mmae_core.model.network import count_macs
from mmae_core.peers import PeerScorer
from mmae_core.report.published_figures import published_of
from mmae_core.scoring.window_scorer import (
    AutoencoderScorer,
    Prepare,
    ScoredCase,
    WindowScorer,
    score_each,
)

COMPARISON_FORMAT = 1
CHUNK = 8
"""Recordings scored between two writes to disk."""
TIMED_RECORDS = 20
WARM_UP = 2
"""Warm-up records before timing."""

Progress = Callable[[str, int, int], None]
"""Method, recordings done, of how many."""


@dataclass(frozen=True)
class Method:
    """A method under the name it has in the tables."""

    name: str
    scorer: EvaluatedMethod
    key: str
    """See `compare_cache.method_key`; empty for scores that were given."""


def load_methods(
    models: Sequence[str], device: str = "cpu", given: Sequence[GivenScores] = ()
) -> tuple[Method, ...]:
    """Methods given as `MODEL` or `NAME=MODEL`; a model as for `load_scorer`. Scores that were `given` follow them.

    Raises ConfigError if fewer than two are given or two have one name.
    """
    methods = []
    for text in models:
        name, model = split_name(text)
        scorer = load_scorer(model, device)
        methods.append(Method(name or scorer.name, scorer, method_key(scorer, device)))
    methods += [Method(scores.name, scores, "") for scores in given]
    names = [method.name for method in methods]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ConfigError(f"Two methods are called {twice[0]}; name them with --model NAME=MODEL or "
                          "--scores NAME=FILE.")
    if len(methods) < 2:
        raise ConfigError(f"A comparison needs at least two methods; {len(methods)} were named with --model or "
                          "--scores.")
    return tuple(methods)


def split_name(text: str) -> tuple[str, str]:
    """`NAME=MODEL` in two; a name holds no slash, so that a folder with an equals sign is still a folder."""
    name, sign, model = text.partition("=")
    if not sign or not name or not model or re.search(r"[/\\]", name):
        return "", text
    return name, model


def compare(
    methods: Sequence[Method],
    cases: Sequence[DetectionCase],
    lesions: Sequence[AnnotatedRecord],
    reference: str,
    cache: Path,
    data: Mapping[str, Any],
    progress: Progress | None = None,
    rounds: int = BOOTSTRAP_ROUNDS,
    reviewed: ReviewedSet | None = None,
) -> dict[str, Any]:
    """Score all records with every method and report as a dictionary fit for JSON; without `lesions` detection alone.

    `reviewed` marks the points of lesion records that reviewers left undecided.
    `reference` names the method that the others are compared with, in pairs. What is scored is kept in `cache`, so
    that a stopped comparison continues. Raises ConfigError if there is no such reference, DatasetError if a method
    scores too few records of a class.
    """
    position = {method.name: row for row, method in enumerate(methods)}
    if reference not in position:
        raise ConfigError(f"The reference {reference} is none of the methods: {', '.join(position)}.")
    abnormal = np.array([case.abnormal for case in cases])
    data_key = "" if all(isinstance(method.scorer, GivenScores) for method in methods) else _cases_key(cases)
    logs = [_score(method, cases, cache, data_key, progress) for method in methods]
    scores = [np.array([log[case.id].score for case in cases]) for log in logs]
    patients = patients_of(cases)
    common = np.isfinite(np.stack(scores)).all(axis=0)
    seconds = time_methods(methods, [case.prepare for case in cases])
    rows = [
        {
            **_method_facts(method, set(data.get("folds") or ())),
            "seconds": seconds[method.name],
            "against_reference": None if method.name == reference
            else delong(own, scores[position[reference]], abnormal),
            **_detection(own, abnormal, common, patients, rounds),
            "not_scored": _not_scored([log[case.id] for case in cases]),
        }
        for method, log, own in zip(methods, logs, scores, strict=True)
    ]
    if lesions:
        sets = _localized_by_all(methods, annotated_cases(lesions, reviewed), lesions, cache, progress)
        for row, found in zip(rows, sets, strict=True):
            row.update(_localization(found, sets[position[reference]], rounds))
    for row, method in zip(rows, methods, strict=True):
        row["said_of_scores"] = method.scorer.remarks if isinstance(method.scorer, GivenScores) else []
    return {
        "format": COMPARISON_FORMAT,
        "kind": "comparison",
        "reference": reference,
        "methods": rows,
        "data": {
            **data, "n_normal": int((~abnormal).sum()), "n_abnormal": int(abnormal.sum()),
            "n_common": int(common.sum()), "n_lesion_records": len(lesions),
            "n_with_lesion": sum(bool(record.kinds) for record in lesions),
        },
        "records": {
            "id": [case.id for case in cases], "abnormal": abnormal.tolist(),
            "scores": {
                method.name: [float(score) if np.isfinite(score) else None for score in own]
                for method, own in zip(methods, scores, strict=True)
            },
        },
        "machine": machine(),
        "bootstrap": {"rounds": rounds, "seed": BOOTSTRAP_SEED,
                      "unit": f"{'record' if patients is None else 'patient'}, within each class"},
        "software": software(),
    }


def _method_facts(method: Method, folds: set[int]) -> dict[str, Any]:
    """What is known of a method before it scores anything; of `folds`, those it has seen."""
    return {
        "name": method.name,
        "model": _facts(method.scorer),
        "cost": costs(method.scorer),
        "folds_trained_on": sorted(folds & set(method.scorer.training.get("folds") or ())),
        "folds_calibrated_on": sorted(folds & set(calibrated_folds(method.scorer))),
        "published": {} if isinstance(method.scorer, GivenScores) else published_of(method.scorer),
    }


def _detection(
    own: NDArray[np.float64], abnormal: NDArray[np.bool_], common: NDArray[np.bool_], patients: Patients | None,
    rounds: int,
) -> dict[str, Any]:
    """Detection figures of a row, on all records that it scored and on those that all methods scored (`common`)."""
    of_common = None if patients is None else [patients[row] for row in np.flatnonzero(common).tolist()]
    return {
        "detection": detection_metrics(own, abnormal, rounds, operating_points=True, patients=patients),
        "detection_common": detection_metrics(own[common], abnormal[common], rounds, patients=of_common),
        "curves": detection_curves(own[common], abnormal[common]),
    }


def _cases_key(cases: Sequence[DetectionCase]) -> str:
    """Key of these recordings: checksum of their files, names for those without a file."""
    files = files_key([case.entry.path for case in cases if case.entry is not None])
    return digest({"files": files, "names": [case.name for case in cases if case.entry is None]})


def _score(
    method: Method, cases: Sequence[DetectionCase], cache: Path, data_key: str, progress: Progress | None
) -> Mapping[str, Result]:
    """Results of all cases by id, those of an earlier run taken from the cache; one that cannot be read is not kept."""
    if isinstance(method.scorer, GivenScores):
        return {case.id: Result(one.score, one.reason)
                for case, one in zip(cases, results_of(method.scorer, cases), strict=True)}
    log = ResultLog(cache / f"detection-{method_file_name(method.name)}-{method.key}-{data_key}.jsonl")
    results = dict(log.results)
    missing = [case for case in cases if case.id not in results]
    for first in range(0, len(missing), CHUNK):
        chunk = missing[first : first + CHUNK]
        found = score_each(method.scorer, [case.prepare for case in chunk])
        _keep([(case.id, one) for case, one in zip(chunk, found, strict=True)], log, results)
        if progress:
            progress(method.name, len(cases) - len(missing) + first + len(chunk), len(cases))
    return results


def _keep(found: Sequence[tuple[str, ScoredCase]], log: ResultLog, results: dict[str, Result]) -> None:
    """Add results by id, on disk only those of recordings that could be read: others are tried again."""
    results.update({name: Result(one.score, one.reason) for name, one in found})
    log.add({name: results[name] for name, one in found if one.is_read})


def _localized_by_all(
    methods: Sequence[Method], cases: Sequence[LocalizationCase], lesions: Sequence[AnnotatedRecord], cache: Path,
    progress: Progress | None,
) -> list[LocalizedSet | None]:
    """Each method's maps; None for scores that were given without any."""
    data_key = files_key([record.path for record in lesions])
    if undecided := {case.id: case.ignored.tolist() for case in cases if case.ignored is not None}:
        data_key = digest({"files": data_key, "undecided": undecided})  # cached maps lack the undecided points
    return [
        _given_maps(method.scorer, cases) if isinstance(method.scorer, GivenScores) else
        _localized(method, method.scorer, cases, cache, data_key, progress) for method in methods
    ]


def _given_maps(given: GivenScores, cases: Sequence[LocalizationCase]) -> LocalizedSet | None:
    """None if none was given of these recordings. Raises DatasetError if some are missing or misshapen."""
    names = {case.id: () for case in cases}
    if given.maps is None or not given.maps.has_any(names):
        return None
    given.maps.require(names)
    return localize(given.maps, cases)


def _localization(found: LocalizedSet | None, against: LocalizedSet | None, rounds: int) -> dict[str, Any]:
    """Localization figures of a row; null where a method has no maps or works at another rate."""
    if found is None:
        return {"localization": None, "localization_against": None, "localization_not_scored": None}
    mapped = found.mapped
    without = [one for place, one in enumerate(found.scored) if place not in set(mapped.tolist())]
    row: dict[str, Any] = {
        "localization": None,
        "localization_against": None,
        "localization_not_scored": {
            **_not_scored([Result(float("nan"), one.reason) for one in without]), "n_records": len(found.scored),
        },
    }
    if len(mapped):
        row["localization"] = localization_metrics(point_set(found.maps[mapped], found.masks[mapped]), rounds)
    if against is None or found is against:
        return row
    if len(mapped) and len(against.mapped) and found.rate_hz == against.rate_hz:
        pair = common_points(found.maps, against.maps, found.masks)
        if pair[0].has_both:
            row["localization_against"] = {
                **compare_localization(*pair, rounds), "n_records": len(pair[0].records)
            }
    return row


def _localized(
    method: Method, scorer: WindowScorer, cases: Sequence[LocalizationCase], cache: Path, data_key: str,
    progress: Progress | None,
) -> LocalizedSet:
    """Maps of all annotated records, those of an earlier run taken from the cache."""
    stem = f"localization-{method_file_name(method.name)}-{method.key}-{data_key}"
    log = ResultLog(cache / f"{stem}.jsonl")
    config = scorer.preprocess
    rate_hz, n_samples = config.sampling_rate_hz, round(config.window_s * config.sampling_rate_hz)
    masks = np.stack([crop(resampled_mask(case.mask, case.rate_hz, rate_hz, n_samples), rate_hz) for case in cases])
    if not has_maps(cache / f"{stem}.npy", masks.shape):
        log.clear()
    maps = open_maps(cache / f"{stem}.npy", masks.shape)
    known = dict(log.results)
    missing = [row for row, case in enumerate(cases) if case.id not in known]
    for first in range(0, len(missing), CHUNK):
        chunk = missing[first : first + CHUNK]
        found = localize(scorer, [cases[row] for row in chunk])
        maps[chunk] = found.maps
        maps.flush()
        _keep([(cases[row].id, one) for row, one in zip(chunk, found.scored, strict=True)], log, known)
        if progress:
            progress(f"{method.name}, maps", len(cases) - len(missing) + first + len(chunk), len(cases))
    results = [known[case.id] for case in cases]
    return LocalizedSet(
        maps, masks, rate_hz, tuple(ScoredCase(one.score, {}, None, one.reason, True) for one in results)
    )


def time_methods(
    methods: Sequence[Method], cases: Sequence[Prepare], n_records: int = TIMED_RECORDS, warm_up: int = WARM_UP
) -> dict[str, dict[str, Any]]:
    """Seconds that each method takes to score one prepared record, and to prepare it; by name.

    The same records, spread evenly over `cases`, one at a time and in one process; the methods take turns, so that a
    change of the machine's speed meets them alike. Medians and quartiles; a record that a method cannot score is not
    timed, nor are scores that were given.
    """
    scorers = {method.name: method.scorer for method in methods if not isinstance(method.scorer, GivenScores)}
    chosen = [cases[int(place)] for place in np.linspace(0, len(cases) - 1, min(n_records, len(cases)))]
    scoring: dict[str, list[float]] = {method.name: [] for method in methods}
    preparing: dict[str, list[float]] = {method.name: [] for method in methods}
    for number, case in enumerate([*chosen[:warm_up], *chosen]):
        for name, scorer in scorers.items():
            started = time.perf_counter()
            try:
                item = case(scorer.preprocess)
            except EcgError:
                continue  # a record that cannot be read is counted among those without a score
            prepared = time.perf_counter()
            scored = scorer.score_windows([item])
            ended = time.perf_counter()
            if number >= warm_up and np.isfinite(scored.scores[0]):
                preparing[name].append(prepared - started)
                scoring[name].append(ended - prepared)
    return {
        method.name: {
            "score": _median(scoring[method.name]), "prepare": _median(preparing[method.name]),
            "n_records": len(scoring[method.name]),
        }
        for method in methods
    }


def _median(seconds: Sequence[float]) -> dict[str, float] | None:
    if not seconds:
        return None
    low, middle, high = np.percentile(seconds, [25, 50, 75])
    return {"median": float(middle), "quartile_low": float(low), "quartile_high": float(high)}


def costs(scorer: EvaluatedMethod) -> dict[str, Any]:
    """Parameters and multiply-accumulates: of a record with all passes, and of one pass where a method has several."""
    if isinstance(scorer, GivenScores):
        return {"parameters": None, "macs_record": None, "macs_pass": None, "passes": None}
    found: dict[str, Any] = {
        "parameters": scorer.n_parameters, "macs_record": scorer.macs_per_record, "macs_pass": None, "passes": None,
    }
    if isinstance(scorer, AutoencoderScorer):
        shape, score = scorer.model.config.model, scorer.model.config.score
        found["macs_pass"], found["passes"] = count_macs(shape), score.n_passes * len(shape.region_starts)
    elif isinstance(scorer, PeerScorer):
        values = scorer.peer.costs()
        found["macs_pass"] = values.get("macs_pass_published", values.get("macs_per_beat"))
        found["passes"] = values.get("passes_per_record", values.get("beats_per_record"))
    return found


def machine() -> dict[str, Any]:
    """The machine the times were measured on."""
    return {
        "processor": _processor(), "cores": os.cpu_count(),
        "threads": torch.get_num_threads(), "system": platform.system(), "torch": torch.__version__,
        "load_average": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    """Its trade name where the system tells it."""
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _facts(scorer: EvaluatedMethod) -> dict[str, Any]:
    """What a report says of a method, without the list of records that training left out."""
    facts = describe_method(scorer)
    trained = facts["trained_on"] or {}
    return {**facts, "trained_on": {key: value for key, value in trained.items() if not isinstance(value, list)
                                    or key == "folds"}}


def _not_scored(results: Sequence[Result]) -> dict[str, Any]:
    without = [result.reason for result in results if np.isnan(result.score)]
    return {"n": len(without), "n_records": len(results), "reasons": dict(Counter(without).most_common())}


def method_file_name(name: str) -> str:
    """A method's name as part of a file's."""
    return re.sub(r"[^\w.+-]+", "_", name)
