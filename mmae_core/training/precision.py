"""The precision of matrix products while training; weights stay float32."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal, get_args

import torch

Precision = Literal["auto", "float32", "bfloat16"]
"""`auto`: bfloat16 for the masked autoencoder on CUDA, else float32."""
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


def resolve_precision(precision: Precision, device: torch.device) -> Precision:
    """What `auto` means for the masked autoencoder on a device."""
    if precision == "auto":
        return "bfloat16" if device.type == "cuda" else "float32"
    return precision


def autocast(precision: Precision, device: torch.device) -> AbstractContextManager[Any]:
    """Within the block matrix products have this precision."""
    return torch.autocast(device.type, torch.bfloat16) if precision == "bfloat16" else nullcontext()
