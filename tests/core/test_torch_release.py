"""The science takes several releases of PyTorch, and says when it is not the one its figures were measured with."""

from __future__ import annotations

import importlib.metadata
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from mmae_core.evaluation.evaluate import software
from mmae_core.torch_release import MEASURED_WITH, installed_torch, torch_words

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("release", [MEASURED_WITH, f"{MEASURED_WITH}+cpu"])
def test_the_release_that_was_measured_with_needs_no_remark(release: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(__version__=release))
    assert torch_words() == f"PyTorch {MEASURED_WITH}"


def test_another_release_is_named_with_what_it_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(__version__="2.6.0+cu124"))
    assert torch_words() == (f"PyTorch {MEASURED_WITH}; here is 2.6.0+cu124, with which the last digits of a score may "
                             "differ, and a fixed seed trains another model")


def test_the_release_is_known_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert installed_torch() == importlib.metadata.version("torch")
    assert "torch" not in sys.modules


def test_a_report_keeps_the_release_it_was_made_with() -> None:
    assert software()["torch"] == installed_torch()


def test_the_viewer_is_pinned_to_the_release_that_was_measured_with() -> None:
    table = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = table["tool"]["hatch"]["metadata"]["hooks"]["custom"]["dependencies"]
    assert f"torch=={MEASURED_WITH}" in requirements
