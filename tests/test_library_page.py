"""The page on the library runs as it stands, and so do the notebooks."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import mmae_core

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = (REPOSITORY / "docs" / "library.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((REPOSITORY / "docs" / "notebooks").glob("*.ipynb"))


def load_notebooks_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebooks_script", REPOSITORY / "packaging" / "notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


notebooks = load_notebooks_script()


def test_the_blocks_of_the_page_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) > 6
    names: dict[str, object] = {}
    for number, block in enumerate(blocks):
        exec(compile(block, f"block {number} of library.md", "exec"), names)
    said = capsys.readouterr().out
    assert "probably in µV" in said
    assert "(5, 64)" in said
    assert (tmp_path / "ecg.png").stat().st_size > 10_000


def test_the_page_and_the_reference_name_every_public_name() -> None:
    reference = (REPOSITORY / "packaging" / "reference.py").read_text(encoding="utf-8")
    missing = [name for name in mmae_core.__all__ if name not in PAGE and f'"{name}"' not in reference]
    assert missing == ["__version__"]


def test_the_notebooks_run_and_are_stored_as_they_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process, which saves loading everything three times; packaging/consumer.py runs each in its own."""
    monkeypatch.setenv("PTBXL_FOLDER", str(REPOSITORY / "tests" / "data" / "ptbxl-mini"))
    ran = notebooks.executed(NOTEBOOKS, tmp_path)
    assert len(ran) == 3
    for path, notebook in zip(NOTEBOOKS, ran, strict=True):
        kept, now = json.loads(path.read_text(encoding="utf-8")), json.loads(notebooks.stored(notebook))
        assert [cell["source"] for cell in kept["cells"]] == [cell["source"] for cell in now["cells"]]
        kinds = [[[output["output_type"] for output in cell.get("outputs", ())] for cell in one["cells"]]
                 for one in (kept, now)]
        assert kinds[0] == kinds[1], "python packaging/notebooks.py"
        assert "error" not in str(kinds)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_stored_notebook_shows_nothing_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    places = ("/home/", "/root", "/work", "/tmp", "/Users/", sys.prefix)
    assert [place for place in places if place in text] == []


def test_a_page_is_made_of_a_notebook() -> None:
    page = notebooks.as_markdown(NOTEBOOKS[0])
    assert page.startswith("# A first recording\n")
    assert "![What the cell shows](data:image/png;base64," in page
    assert "```python\nimport numpy as np" in page
    assert "- The median lead of array ranges over" in page

