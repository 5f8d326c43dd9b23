"""Selects the device of tensors, and sets threads and memory for scoring."""

from __future__ import annotations

import torch

from mmae_core.cohort.worker import keep_freed_memory
from mmae_core.errors import ConfigError


def resolve_device(name: str) -> torch.device:
    """`auto` (CUDA, else MPS, else CPU), or the named device. Raises ConfigError if it is not there."""
    available = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name == "auto":
        return torch.device(next(kind for kind, there in available.items() if there))
    kind = name.split(":", maxsplit=1)[0]
    if kind not in available:
        raise ConfigError(f"Unknown device '{name}'; choose auto, cpu, cuda or mps.")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise ConfigError(f"Unknown device '{name}'; choose auto, cpu, cuda or mps.") from error
    there = torch.cuda.device_count() if kind == "cuda" else 1
    if not available[kind] or (device.index or 0) >= there:
        raise ConfigError(f"Device '{name}' is not available on this computer; use auto or cpu.")
    return device


def use_one_thread() -> None:
    """Let this process compute on one thread and keep the memory it frees, which is fastest for one window at a time.

    With another busy process a second thread spins: the passes of a window then take 20 times as long. Further cores
    are for further processes. Without keeping memory every window asks the system anew for some megabytes.
    """
    torch.set_num_threads(1)
    keep_freed_memory()
