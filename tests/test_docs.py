"""The pages say what the code says: the diagram is current, and files and names they send a reader to exist."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import mmae_core
from mmae_core.commands import PURPOSES

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = sorted((REPOSITORY / "docs").rglob("*.md"))
MADE_BY_READERS = "NAME|XX"
"""Stand for names in the paths of files that a reader of a page is told to write."""


def load_script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{name}_script", REPOSITORY / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


architecture = load_script("architecture")
reference = load_script("reference")


def test_the_diagram_of_the_rooms_is_that_of_the_code() -> None:
    assert architecture.DIAGRAM.read_text(encoding="utf-8") == architecture.diagram(), (
        "the rooms have changed: python packaging/architecture.py")


def test_an_import_between_rooms_is_an_arrow_and_one_for_type_checking_is_none(tmp_path: Path) -> None:
    for room, code in {
        "a": "if TYPE_CHECKING:\n    import house.c.in_c\ndef later():\n    import house.b",
        "b": "from house.c.in_c import C\nfrom house import alone",
        "c": "",
    }.items():
        (tmp_path / "house" / room).mkdir(parents=True)
        (tmp_path / "house" / room / "__init__.py").write_text(code, encoding="utf-8")
    (tmp_path / "house" / "alone.py").write_text("", encoding="utf-8")
    found = architecture.room_imports(("house",), tmp_path)
    assert found == {"a": {"b"}, "b": {"c", "base"}, "c": set(), "base": set()}


def test_arrows_that_follow_from_others_are_left_out_and_circles_share_a_box() -> None:
    assert architecture.reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}
    circle = {"a": {"b"}, "b": {"a", "c"}, "c": set()}
    assert architecture.without_circles(circle) == {"a + b": {"c"}, "c": set()}


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:mmae_core|ecg_viewer|packaging|tests|resources)/[^`*…: ]*)`", text)
    missing = [name for name in named if not re.search(MADE_BY_READERS, name) and not (REPOSITORY / name).exists()]
    assert missing == []


def test_names_that_the_page_on_adding_sends_a_reader_to_are_in_the_files_beside_them() -> None:
    text = (REPOSITORY / "docs" / "develop" / "adding.md").read_text(encoding="utf-8")
    pairs = [pair for sentence in re.split(r"(?<=[.;:]) |\n\n", text.replace("\n   ", " "))
             for pair in re.findall(r"`(\w+)`(?: \(|,? in | of )`([\w/]+\.py)`", sentence)]
    assert len(pairs) > 12, "the pattern finds the names"
    missing = [(name, file) for name, file in pairs
               if not re.search(rf"\b{name}\b", (REPOSITORY / file).read_text(encoding="utf-8"))]
    assert missing == []


def test_pages_hold_no_fence_inside_a_list_which_mkdocs_would_not_see() -> None:
    assert [page.name for page in PAGES if re.search(r"^ +```", page.read_text(encoding="utf-8"), re.MULTILINE)] == []


def test_the_reference_has_the_help_of_every_command() -> None:
    page = reference.commands_page()
    for name, purpose in PURPOSES.items():
        part = page.split(f"\n## mmae_core {name}\n")[1].split("\n## ")[0]
        assert f"usage: mmae_core {name} " in part
        assert purpose[:20].lower() in part.lower()
    for text in ("usage: ecg-viewer [", "--screenshot PNG", "usage: ecg-viewer export [", "--with-identity"):
        assert text in page


def test_the_page_on_commands_says_what_each_is_for() -> None:
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    lists = page[page.index("\n- "):]
    assert [name for name in PURPOSES if f"`{name}`" not in lists] == []


def test_the_public_api_is_there_and_says_what_it_is() -> None:
    page = reference.api_page()
    for module, names in reference.API.items():
        for name in names:
            said = getattr(importlib.import_module(module), name).__doc__
            assert said.splitlines()[0] in page.split(f"\n### {name}\n")[1].split("\n### ")[0]
    assert "- `assess(self, record: EcgRecord" in page, "methods are listed"
    assert "- `duration_s: float`" in page, "so are properties"


def test_the_example_of_the_api_finds_what_is_unusual(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(reference.EXAMPLE, "example", "exec"), {})
    assert "ST" in capsys.readouterr().out


def test_the_citation_is_of_this_version() -> None:
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (\S+)$", citation, flags=re.MULTILINE)[1] == mmae_core.__version__  # type: ignore[index]
