"""Takes the place of `torch._dynamo` in the frozen program: `torch.compile` needs a C++ compiler and 60 MB more.

torch asks this module for a few things even when nothing is compiled, such as at each step of an optimiser. `train`
knows that it cannot compile in a frozen program (`mmae_core.training.train.can_compile`).
"""

from collections.abc import Callable
from typing import Any


def disable(fn: Callable[..., Any] | None = None, recursive: bool = True, **_how: Any) -> Callable[..., Any]:
    """Nothing is compiled, so that every function is exempt already."""
    return fn if fn is not None else lambda decorated: decorated


def graph_break(*_reason: Any, **_how: Any) -> None:
    """Nothing to break."""


def is_compiling() -> bool:
    """Never."""
    return False


def mark_static_address(*_tensor: Any, **_how: Any) -> None:
    """Nothing to mark."""


def reset() -> None:
    """Nothing to forget."""
