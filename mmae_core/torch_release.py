"""Which release of PyTorch is installed, and with which the figures of the bundled models were measured."""

from __future__ import annotations

import importlib.metadata
import sys

MEASURED_WITH = "2.13.0"
"""Other releases may round the last digits otherwise; what is set by chance, such as a training, repeats within one."""


def installed_torch() -> str | None:
    """Its version, e.g. "2.13.0+cpu", without importing it, which takes seconds; None where nothing tells it."""
    if "torch" in sys.modules:
        return str(sys.modules["torch"].__version__)
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:  # a frozen program need not carry the metadata of its parts
        return None


def torch_words() -> str:
    """The release that the bundled models were measured with, and what it means if another one is installed."""
    found = installed_torch()
    if found is None or found.split("+")[0] == MEASURED_WITH:
        return f"PyTorch {MEASURED_WITH}"
    return (f"PyTorch {MEASURED_WITH}; here is {found}, with which the last digits of a score may differ, and a fixed "
            "seed trains another model")
