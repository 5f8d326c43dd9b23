"""Where tensors live."""

from __future__ import annotations

import torch

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
