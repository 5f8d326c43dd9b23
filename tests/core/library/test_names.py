"""The public names: there, lazy, and the same for Python and for type checkers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mmae_core

PACKAGE = Path(mmae_core.__file__).parent


@pytest.mark.parametrize("name", sorted(mmae_core.__all__))
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(mmae_core, name)
    if callable(value):
        assert value.__doc__


def test_type_checkers_see_the_same_names_at_the_same_places() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    seen = {alias.name: node.module for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == mmae_core._PLACES


def test_an_unknown_name_is_an_attribute_error_and_the_known_are_listed() -> None:
    with pytest.raises(AttributeError, match="no attribute 'diagnose'"):
        _ = mmae_core.diagnose  # type: ignore[attr-defined]
    assert set(mmae_core.__all__) <= set(dir(mmae_core))


def test_importing_the_library_loads_nothing_slow() -> None:
    code = ("import sys, mmae_core; dir(mmae_core); mmae_core.STANDARD_LEADS; mmae_core.EcgError; "
            "print(*{name.split('.')[0] for name in sys.modules})")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"torch", "scipy", "wfdb", "pandas", "matplotlib", "sklearn"} & set(done.stdout.split())


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
