"""Selects the device of tensors, and sets threads and memory for scoring."""

from __future__ import annotations

import ctypes
import platform

import torch

from mmae_core.errors import ConfigError

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Numbers of the options in glibc's malloc.h."""
KEPT_BYTES = {M_TRIM_THRESHOLD: 256 << 20, M_MMAP_THRESHOLD: 32 << 20}
"""Freed memory up to this stays with the process; blocks up to this come from it (32 MiB are glibc's limit)."""


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


def keep_freed_memory() -> None:
    """Tell the C library to keep freed memory for reuse; nothing where it is not glibc."""
    if platform.libc_ver()[0] != "glibc":
        return
    mallopt = ctypes.CDLL(None).mallopt
    for option, n_bytes in KEPT_BYTES.items():
        mallopt(option, n_bytes)
