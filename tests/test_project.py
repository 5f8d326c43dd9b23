"""What the README promises is what is run, and the documents agree with the package."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import mmae_core

REPOSITORY = Path(__file__).resolve().parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CI = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
TEST_COMMAND = r"^python3 -m venv \.venv && .* -m pytest$"


def project(folder: str = ".") -> dict[str, object]:
    """The `[project]` of the viewer, or with "mmae_core" that of the science."""
    text = (REPOSITORY / folder / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, object] = tomllib.loads(text)["project"]
    return table


def shell_lines() -> list[str]:
    """Commands of the README's shell blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_two_commands_do_all_of_their_own_set_up_in_one_line_each() -> None:
    complete = [line for line in shell_lines() if line.startswith("python3 -m venv .venv && .venv/bin/pip install ")]
    opens, tests = complete
    assert opens.endswith(" && .venv/bin/ecg-viewer")
    assert tests.endswith(" && .venv/bin/python -m pytest")


def test_ci_runs_the_readmes_own_test_command() -> None:
    found = re.findall(TEST_COMMAND, README, flags=re.MULTILINE)
    assert len(found) == 1, "the pattern of .ci/run must find one line"
    assert found[0] in shell_lines()
    assert f"grep -E '{TEST_COMMAND}' README.md" in CI
    assert CI.rstrip().endswith('eval "$test_command"'), "the summary of the tests is the last line"


def test_ci_checks_style_types_and_layers_before_the_tests() -> None:
    tools = (".venv/bin/ruff check .", ".venv/bin/mypy\n", "/lint-imports", "/mkdocs build --strict", 'part "tests')
    order = [CI.index(tool) for tool in tools]
    assert order == sorted(order)


def test_the_readme_names_only_commands_that_exist() -> None:
    scripts = [name for folder in (".", "mmae_core") for name in dict_of(project(folder)["scripts"])]
    used = {found for line in shell_lines() for found in re.findall(r"^(?:ecg-viewer|mmae_core)(?= |$)", line)}
    assert used == set(scripts)


def dict_of(table: object) -> dict[str, object]:
    assert isinstance(table, dict)
    return table


def list_of(table: object) -> list[str]:
    assert isinstance(table, list)
    return table


def test_both_distributions_say_the_same_of_themselves() -> None:
    viewer, science = project(), project("mmae_core")
    for field in ("requires-python", "license", "authors", "keywords"):
        assert viewer[field] == science[field], field
    desktop = "Environment :: X11 Applications :: Qt"
    assert set(list_of(viewer["classifiers"])) == {*list_of(science["classifiers"]), desktop}
    assert (REPOSITORY / "mmae_core" / "LICENSE").read_bytes() == (REPOSITORY / "LICENSE").read_bytes()


def test_files_the_documents_point_to_exist() -> None:
    pages = [page.relative_to(REPOSITORY).as_posix() for folder in ("docs", ".github")
             for page in sorted((REPOSITORY / folder).rglob("*.md"))]
    assert {"docs/develop/adding.md", ".github/ISSUE_TEMPLATE/bug.md"} <= set(pages), "nested pages are seen"
    for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "packaging/README.md", *pages):
        text = (REPOSITORY / document).read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#]+)\)", text)
        missing = [target for target in targets if "://" not in target
                   and not (REPOSITORY / document).parent.joinpath(target).exists()]
        assert missing == [], document


def test_the_changelog_has_a_place_for_the_next_change() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", changelog, flags=re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    assert re.fullmatch(r"\d+\.\d+\.\d+", mmae_core.__version__)
    for version, date in headings[1:]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert date, f"version {version} needs its date"


def test_every_wait_of_a_test_has_the_one_time_limit() -> None:
    """`WAIT_MS` of conftest.py in a window, pytest's `timeout` for the rest."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("*.py")}
    assert [name for name, source in sources.items() if re.search(r"\btimeout=[1-9]", source)] == []


def test_no_class_name_stands_for_two_things() -> None:
    homes: dict[str, list[str]] = {}
    for package in ("mmae_core", "ecg_viewer"):
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(path.relative_to(REPOSITORY).as_posix())
    shared = {name: files for name, files in homes.items() if len(files) > 1}
    assert not shared
