"""`mmae_core benchmark`: what scoring and training cost on this computer."""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mmae_core.config import Config, ScorePart
from mmae_core.departures.compare import departures_of
from mmae_core.files import mapped_array
from mmae_core.model.cross_lead import cross_lead_errors
from mmae_core.model.device import resolve_device, use_one_thread
from mmae_core.model.masking import plan_passes
from mmae_core.model.network import MaskedAutoencoder
from mmae_core.own_beats.find_own_beats import own_beats_of
from mmae_core.scoring.aggregate import segments_assessable
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.fusion import Fusion
from mmae_core.scoring.masked_passes import Passes, window_errors
from mmae_core.scoring.preprocess import ModelInput, rescaled
from mmae_core.scoring.unmasked_parts import measured_parts
from mmae_core.training.batches import epoch_batches, token_rows
from mmae_core.training.train import batch_loss, build_optimiser, can_compile

if sys.platform != "win32":
    import resource as system_resource

Stage = Callable[[str], AbstractContextManager[None]]
"""Context manager that is given the name of each stage and stays open during it."""
PTBXL_NORMALS = 9069
"""NORM-only records of PTB-XL v1.0.3, all ten folds."""


def silent(what: str) -> AbstractContextManager[None]:
    """A stage that tells nothing."""
    return nullcontext()


def scoring_benchmark(model: TrainedModel, inputs: Sequence[ModelInput], rounds: int = 20) -> dict[str, Any]:
    """Milliseconds for the passes over one window, in the three ways of running them, and how far their results differ.

    The ways alternate, so that changes of the machine's speed affect all; medians are reported.
    """
    network = model.network.cpu().eval()
    score = model.config.score
    plan = plan_passes(model.config.model, score.n_passes, score.masks, score.seed)
    ways: tuple[Passes, ...] = ("literal", "batched", "shared")
    milliseconds: dict[str, list[float]] = {way: [] for way in ways}
    difference = 0.0
    for round_number in range(rounds + 1):
        window = torch.from_numpy(inputs[round_number % len(inputs)].signal)[None]
        means = []
        for way in ways:
            started = time.perf_counter()
            errors = window_errors(network, window, plan, way)
            if round_number:  # the first round warms up
                milliseconds[way].append(1000 * (time.perf_counter() - started))
            means.append(errors.global_branch.squared)
        difference = max(difference, *(float((other - means[0]).abs().max() / means[0].max()) for other in means[1:]))
    medians = {way: statistics.median(times) for way, times in milliseconds.items()}
    return {
        "ms_per_record": {way: round(value, 2) for way, value in medians.items()},
        "shared_over_literal": round(medians["shared"] / medians["literal"], 3),
        "largest_relative_difference": difference,
        "rounds": rounds,
        "threads": torch.get_num_threads(),
    }


def assessing_benchmark(model: TrainedModel, inputs: Sequence[ModelInput], rounds: int = 20) -> dict[str, Any]:
    """Milliseconds of every step for a prepared window, on one thread as when scoring.

    Rows: the score (without masked passes, if it has no such part), the score with its smoothed map, each part of the
    score or the map alone once beats and boundaries are known, and what stands beside the model: beats with their
    boundaries, and each of the other layers. They take turns; medians are reported. CPU time is reported, since it
    depends least on other processes.
    """
    threads = torch.get_num_threads()
    use_one_thread()
    assessor = Assessor(model, "cpu")
    rows: dict[str, Callable[[ModelInput], object]] = {
        "score": lambda item: assessor.score_windows([item], with_maps=False),
        "score_and_map": lambda item: assessor.score_windows([item]),
        **_part_rows(model, assessor),
        "beats_and_boundaries": lambda item: replace(item).examination,
        "departures": lambda item: item.examination and departures_of(item.examination),
        "own_beats": lambda item: item.examination and own_beats_of(item.examination),
    }
    milliseconds: dict[str, list[float]] = {name: [] for name in rows}
    cpu_milliseconds: dict[str, list[float]] = {name: [] for name in rows}
    for round_number in range(rounds + 2):
        item = inputs[round_number % len(inputs)]
        assert item.examination is not None, "read from a recording; measured here, before the clock starts"
        for name, stage in rows.items():
            started, cpu_started = time.perf_counter(), time.process_time()
            stage(item)
            if round_number >= 2:  # the first two warm up
                milliseconds[name].append(1000 * (time.perf_counter() - started))
                cpu_milliseconds[name].append(1000 * (time.process_time() - cpu_started))
    torch.set_num_threads(threads)
    medians = {name: round(statistics.median(times), 2) for name, times in milliseconds.items()}
    return {
        "model": model.name, "version": model.version, "parts": list(model.config.score.parts),
        "map_parts": list(model.config.score.map_parts),
        "ms_per_record": medians["score"], "rows_ms": medians,
        "rows_cpu_ms": {name: round(statistics.median(times), 2) for name, times in cpu_milliseconds.items()},
        "rounds": rounds, "threads": 1,
    }


def _part_rows(model: TrainedModel, assessor: Assessor) -> dict[str, Callable[[ModelInput], object]]:
    """Functions that compute each part of the model's score or map, by `part_` and its name."""
    score, network, fusion = model.config.score, model.cross_lead, model.fusion
    rows: dict[str, Callable[[ModelInput], object]] = {}
    if assessor.needs_passes(with_maps=True):
        rows["part_segments"] = lambda item: assessor.mask_segments([item])
    if network is not None:
        rows["part_cross_lead"] = lambda item: cross_lead_errors(
            network, torch.from_numpy(rescaled(item, "root")[None]),
            segments_assessable(item.assessable[None], model.config.model), score, with_points=False)
    if fusion is not None:
        for part in score.parts:
            if part not in ("segments", "cross_lead"):
                rows[f"part_{part}"] = partial(_measured_part, fusion, part)
    return rows


def _measured_part(fusion: Fusion, part: ScorePart, item: ModelInput) -> object:
    return measured_parts([item], fusion, (part,))


def training_benchmark(
    config: Config, inputs: Sequence[ModelInput], n_windows: int = PTBXL_NORMALS, steps: int = 20,
    compile_network: bool = True, device: str = "cpu", stage: Stage = silent,
) -> dict[str, Any]:
    """Seconds of a training step and the process's peak memory with a training set as large as PTB-XL's normals.

    The set is a file of `n_windows` windows that repeat `inputs`, memory-mapped as a real one is.
    """
    model = config.model
    torch_device = resolve_device(device)
    with tempfile.TemporaryDirectory() as folder:
        shape = (n_windows, model.n_segments, model.token_size)
        path = Path(folder, "tokens.npy")
        tokens = mapped_array(path, np.float16, shape)
        with stage(f"training: writing {n_windows:,} windows, {tokens.nbytes / 1e9:.1f} GB, removed at the end"):
            for row in range(n_windows):
                signal = inputs[row % len(inputs)].signal
                cut = signal.reshape(model.n_leads, model.n_segments, -1).transpose(1, 0, 2)
                tokens[row] = cut.reshape(model.n_segments, model.token_size)
            tokens.flush()
        rows = token_rows(tokens)
        network = MaskedAutoencoder(model)
        network.initialise(torch.Generator().manual_seed(0))
        network.to(torch_device)
        optimiser = build_optimiser(network, config.train, fused=False)
        compiled = compile_network and can_compile()
        compute_loss = torch.compile(batch_loss) if compiled else batch_loss
        batch_size = min(config.train.batch_size, n_windows)
        batches = (batch for epoch in count() for batch in epoch_batches(
            rows, n_windows, batch_size, config, epoch, torch_device))

        def step() -> float:
            started = time.perf_counter()
            torch.autograd.backward(compute_loss(network, next(batches), config.train.branch_weights)[0])
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            return time.perf_counter() - started

        with stage("training: first step" + (", which compiles the network (a minute or two)" if compiled else "")):
            seconds = [step()]
        with stage(f"training: {steps} more steps"):
            seconds += [step() for _ in range(steps)]
    peak = peak_memory_bytes()
    median = statistics.median(seconds[1:])  # the first step compiles
    return {
        "seconds_per_step": round(median, 3),
        "steps_per_second": round(1 / median, 2),
        "first_step_s": round(seconds[0], 1),
        "batch_size": batch_size,
        "windows": n_windows,
        "steps": steps,
        "compiled": compiled,
        "peak_memory_gb": None if peak is None else round(peak / 1e9, 2),
    }


def run_benchmark(
    model: TrainedModel, inputs: Sequence[ModelInput], *, n_windows: int, steps: int, compile_network: bool,
    device: str, stage: Stage = silent,
) -> dict[str, Any]:
    """Both benchmarks, scoring first, so that its figures are of a process that has not compiled anything."""
    with stage("scoring"):
        scoring = scoring_benchmark(model, inputs)
        assessing = assessing_benchmark(model, inputs)
    training = training_benchmark(
        model.config, inputs, n_windows=n_windows, steps=steps, compile_network=compile_network, device=device,
        stage=stage,
    )
    machine = {
        "platform": platform.platform(), "python": platform.python_version(), "torch": torch.__version__,
        "threads": torch.get_num_threads(),
    }
    return {"scoring": scoring, "assessing": assessing, "training": training, "machine": machine}


def peak_memory_bytes() -> int | None:
    """Largest resident memory of this process so far, memory-mapped pages included; None where the system does not
    report it."""
    if sys.platform == "win32":
        return None
    peak = system_resource.getrusage(system_resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
