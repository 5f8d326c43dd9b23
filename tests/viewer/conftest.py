"""Recordings for what depends on time."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmae_core.resources import resource


@pytest.fixture
def demo() -> Path:
    return resource("demo")
