"""Who may import what. Read from the sources and, where the order of start-up matters, from a fresh interpreter."""

from __future__ import annotations

import ast
import functools
import graphlib
import importlib.metadata
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import ecg_viewer
import mmae_core

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = ("mmae_core", "ecg_viewer")
QT = {"PySide6", "shiboken6", "pyqtgraph"}
SLOW = {"torch", "scipy", "wfdb", "pandas", "sklearn"}
NETWORK = {
    "socket", "ssl", "http", "urllib.request", "urllib3", "ftplib", "smtplib", "requests", "aiohttp", "fsspec",
    "webbrowser", "PySide6.QtNetwork", "distributed", "dask", "torch.distributed",
}
UNPICKLING = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def sources() -> list[Path]:
    """Every source file of the two packages, as a path below the repository. What builds a distribution is none."""
    return sorted(path.relative_to(REPOSITORY) for name in PACKAGES for path in (REPOSITORY / name).rglob("*.py")
                  if path.name != "hatch_build.py")


@dataclass(frozen=True)
class Facts:
    """What is asked of a source file. Its tree is let go: hundreds of them slow down every collection of waste."""

    imported: tuple[tuple[str, int], ...]
    """Every import, at any depth: its dotted names and line."""
    loaded: tuple[tuple[str, int], ...]
    """Those that run when the module is loaded, without the names taken from a module."""
    calls: tuple[tuple[str, int], ...]
    """What is called by a dotted name, and where."""
    unpickling: tuple[int, ...]
    """Lines of calls that allow pickles."""
    keywords: tuple[tuple[str, int], ...]
    """Arguments given by name."""


@functools.cache
def facts(path: Path) -> Facts:
    module = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"), filename=str(path))
    names, calls, unpickling, keywords = [], [], [], []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append((node.module or "", node.lineno))
            names += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        elif isinstance(node, ast.Call):
            calls.append((dotted(node.func), node.lineno))
            if any(
                word.arg == "allow_pickle" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
                for word in node.keywords
            ):
                unpickling.append(node.lineno)
        elif isinstance(node, ast.keyword) and node.arg is not None:
            keywords.append((node.arg, node.value.lineno))
    loaded = [
        (name, node.lineno)
        for node in module_level(module)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    ]
    return Facts(tuple(names), tuple(loaded), tuple(calls), tuple(unpickling), tuple(keywords))


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it is written; empty for anything that does not begin with a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def module_level(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports that run when the module is loaded; a block for type checkers does not run."""
    waiting: list[ast.stmt] = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test) not in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            waiting += [*node.body, *node.orelse]
        elif isinstance(node, ast.Try | ast.With):
            waiting += node.body


def is_in(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


def importers(modules: set[str]) -> dict[str, list[int]]:
    """Files that import any of the modules, with the lines."""
    found: dict[str, list[int]] = {}
    for path in sources():
        lines = sorted({line for name, line in facts(path).imported if is_in(name, modules)})
        if lines:
            found[path.as_posix()] = lines
    return found


def outside(found: dict[str, list[int]], *allowed: str) -> dict[str, list[int]]:
    return {path: lines for path, lines in found.items() if not path.startswith(allowed)}


def modules_below(package: str) -> list[str]:
    """Names of a package and of all modules below it, without importing them; `__main__` runs, so it is left out."""
    folder = REPOSITORY.joinpath(*package.split("."))
    names = [package] + [info.name for info in pkgutil.walk_packages([str(folder)], prefix=f"{package}.")]
    files = {
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
    }
    assert files <= set(names), f"a package without __init__.py hides {sorted(files - set(names))}"
    return [name for name in names if not name.endswith(".__main__")]


def loaded_after(statement: str) -> set[str]:
    """Modules that a fresh interpreter holds after a statement."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.__stdout__)"
    command = [sys.executable, "-c", f"{statement}\n{report}"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def of(modules: set[str], forbidden: set[str]) -> list[str]:
    return sorted(name for name in modules if is_in(name, forbidden))


def test_the_sources_examined_are_the_ones_imported() -> None:
    for module in (mmae_core, ecg_viewer):
        assert module.__file__ is not None
        assert Path(module.__file__).is_relative_to(REPOSITORY)
    assert Path("mmae_core/record.py") in sources()


def test_the_science_loads_neither_qt_nor_the_viewer() -> None:
    names = modules_below("mmae_core")
    assert "mmae_core.record" in names
    loaded = loaded_after("\n".join(f"import {name}" for name in names))
    assert set(names) <= loaded
    assert of(loaded, QT | {"ecg_viewer"}) == []


def test_importing_the_science_loads_no_heavy_package() -> None:
    assert of(loaded_after("import mmae_core, mmae_core.config, mmae_core.record, mmae_core.resources"), SLOW) == []


@pytest.mark.parametrize("package", ["ecg_viewer.state", "ecg_viewer.render"])
def test_state_and_rendering_load_no_qt_and_nothing_slow(package: str) -> None:
    names = modules_below(package)
    assert len(names) > 1, f"{package} is empty: this would test nothing"
    loaded = loaded_after("\n".join(f"import {name}" for name in names))
    assert of(loaded, QT | SLOW) == []


def test_the_program_starts_without_loading_the_model_or_the_readers_packages() -> None:
    names = modules_below("ecg_viewer")
    assert "ecg_viewer.app" in names
    loaded = loaded_after("\n".join(f"import {name}" for name in names))
    assert of(loaded, {"PySide6"}) != []
    assert of(loaded, SLOW) == []


def test_the_science_imports_nothing_of_the_viewer_at_any_depth() -> None:
    assert outside(importers(QT | {"ecg_viewer"}), "ecg_viewer/") == {}


def test_only_the_viewers_windows_exported_pages_and_what_paints_for_both_import_qt() -> None:
    found = importers(QT)
    assert found != {}
    assert outside(found, "ecg_viewer/qt/", "ecg_viewer/paint/", "ecg_viewer/export/pages/", "ecg_viewer/app.py") == {}


def test_only_checkpoint_imports_safetensors() -> None:
    found = importers({"safetensors"})
    assert list(found) == ["mmae_core/scoring/checkpoint.py"]


def test_only_the_readers_import_wfdb() -> None:
    found = importers({"wfdb"})
    assert found != {}
    assert outside(found, "mmae_core/readers/") == {}


def test_nothing_unpickles() -> None:
    assert importers(UNPICKLING) == {}
    forbidden = {"torch.load", "torch.save", "pd.read_pickle", "pandas.read_pickle"}
    found = []
    for path in sources():
        lines = [line for called, line in facts(path).calls if called in forbidden]
        found += [f"{path}:{line}" for line in (*lines, *facts(path).unpickling)]
    assert found == []


def test_only_three_modules_can_open_a_network_connection_and_only_to_what_the_user_names() -> None:
    """Qt's sockets between two programs of one user are in the module of its network; nothing else of it is used.

    Processes that train together meet at the address that torchrun, or whoever starts them, names.
    """
    local = "ecg_viewer/qt/single_instance.py"
    named = {"mmae_core/cohort/dask_workers.py", "mmae_core/cohort/remote_files.py"}
    assert set(importers(NETWORK)) == {local, *named, "mmae_core/training/processes.py"}
    names = [name for name, _ in facts(Path(local)).imported if is_in(name, NETWORK)]
    assert set(names) == {
        "PySide6.QtNetwork", "PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"
    }
    knowing = importers({module.removesuffix(".py").replace("/", ".") for module in named})
    assert set(knowing) == {f"mmae_core/cohort/{name}.py" for name in ("workers", "fetching", "record_list")}


def test_no_library_is_told_to_download() -> None:
    found = []
    for path in sources():
        lines = [line for name, line in facts(path).keywords if name in {"pn_dir", "pb_dir"}]
        lines += [line for called, line in facts(path).calls if called.startswith(("wfdb.dl_", "torch.hub"))]
        found += [f"{path}:{line}" for line in lines]
    assert found == []


def test_the_viewer_imports_nothing_slow_at_module_level() -> None:
    found = []
    for path in sources():
        if path.parts[0] != "ecg_viewer":
            continue
        found += [f"{path}:{line}" for name, line in facts(path).loaded if is_in(name, SLOW)]
    assert found == []


def test_every_imported_package_is_declared() -> None:
    declared = {"mmae_core": set(core_requirements(with_extras=True)), "ecg_viewer": set(viewer_requirements())}
    providers = importlib.metadata.packages_distributions()
    undeclared = {}
    for path in sources():
        allowed = {normal(re.split(r"[^\w.-]", line)[0]) for line in declared[path.parts[0]]}
        for name, line in facts(path).imported:
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top in PACKAGES:
                continue
            assert top in providers, f"{path}:{line} imports {top}, which is not installed"
            if not {normal(provider) for provider in providers[top]} & allowed:
                undeclared[f"{path}:{line}"] = top
    assert undeclared == {}


def normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def core_requirements(*, with_extras: bool) -> list[str]:
    """What `mmae-core` requires, by its pyproject.toml."""
    project = tomllib.loads(read(Path("mmae_core/pyproject.toml")))["project"]
    extras = project["optional-dependencies"].values() if with_extras else []
    return [*project["dependencies"], *(line for lines in extras for line in lines)]


def viewer_requirements() -> list[str]:
    """What `ecg-viewer` requires beside `mmae-core`."""
    tool = tomllib.loads(read(Path("pyproject.toml")))["tool"]
    return list(tool["hatch"]["metadata"]["hooks"]["custom"]["dependencies"])


def test_the_viewer_pins_what_breaks_and_the_science_nothing() -> None:
    pinned = {line for line in viewer_requirements() if "==" in line}
    assert pinned == {"PySide6-Essentials==6.11.3", "shiboken6==6.11.3", "pyqtgraph==0.14.0", "torch==2.13.0"}
    assert [line for line in core_requirements(with_extras=True) if "==" in line] == []


def lines_of(path: Path) -> int:
    """Lines of a source file that are not imports."""
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    return len(text.splitlines()) - sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in imports)


def test_no_source_file_has_two_topics() -> None:
    lengths = {path.as_posix(): lines_of(path) for path in sources()}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Neither inside functions nor for type checking alone. `from package import module` asks for the module only."""
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in sources()}
    graph = {}
    for module, path in modules.items():
        found = [(name, line) for name, line in facts(path).imported if name in modules]
        graph[module] = {
            name for name, line in found
            if not any(other.startswith(f"{name}.") and line == there for other, there in found)
        } - {module}
    graphlib.TopologicalSorter(graph).prepare()


def test_features_know_the_window_as_their_host_alone() -> None:
    """Not even for its types do they import the window: `ecg_viewer.qt.host` says what they may use of it.

    `program.py` is no feature: it names what a start of the program has made.
    """
    outside = [path for path in sources()
               if path.parts[:2] == ("ecg_viewer", "qt") and path.parts[2] not in ("window", "program.py")]
    naming = [str(path) for path in outside if re.search(r"import MainWindow\b|window\.main_window", read(path))]
    assert len(outside) > 100
    assert naming == []


def read(path: Path) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")
