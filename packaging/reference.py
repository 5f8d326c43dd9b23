"""Pages of reference in Markdown: commands from their parsers, the public API from its docstrings."""

from __future__ import annotations

import ast
import contextlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
WIDTH = "100"
"""Columns of a command's help."""
PUBLIC = "mmae_core"
"""The module whose names are promised; the others are what these rest on."""
API: dict[str, tuple[str, ...]] = {
    PUBLIC: (
        "score", "score_many", "EcgScore", "read_record", "EcgRecord", "array_record", "demo_records", "load_model",
        "TrainedModel", "bundled_models", "embed", "EcgAnomalyDetector", "calibrate", "CalibratedModel", "train",
        "TrainedRun", "release", "Scorer", "FunctionScorer", "WindowScores", "ModelInput", "PreprocessConfig",
        "evaluate_recordings", "evaluate_detection", "load_scorer", "read_scores", "scores_of", "ScoreColumn",
        "AnomalyMap", "Finding", "Departure", "QualityReport",
        "EcgError", "UnreadableRecord", "UnsupportedRecord", "ModelMismatch", "DatasetError",
        "ConfigError",
    ),
    "mmae_core.library.score_values": ("ScoreValues",),
    "mmae_core.plug_ins": ("PlugIn", "plug_ins", "PlugInFailed"),
    "mmae_core.resources": ("resource",),
    "mmae_core.scoring.assessor": ("Assessor",),
    "mmae_core.scoring.findings": ("find",),
    "mmae_core.departures.person": ("person_of",),
    "mmae_core.layers": ("read_layers", "Reading"),
    "mmae_core.intervals.measure": ("measure_record", "examine_record"),
    "mmae_core.signals.quality": ("assess_quality",),
    "mmae_core.report.map_file": ("read_maps", "MapFile"),
    "mmae_core.errors": ("MissingResource", "Cancelled"),
}
"""What the page describes, by module. The names of `PUBLIC` are promised; all else may change."""
EXAMPLE = """\
import mmae_core

result = mmae_core.score(mmae_core.demo_records()[2])
for fact in result.facts:
    print(fact.percentile, fact.title)
"""


def commands_page() -> str:
    """The help of every command, as its parser writes it."""
    from ecg_viewer.app import main as viewer
    from mmae_core.cli import main as core
    from mmae_core.commands import PURPOSES

    lines = ["# Command reference", "",
             "Made from the parsers. [Train, score, evaluate](../commands.md) says what each command is for."]
    helps: list[tuple[str, Callable[[Sequence[str]], int], list[str]]] = [
        ("ecg-viewer", viewer, []), ("ecg-viewer export", viewer, ["export"]), ("mmae_core", core, []),
        *((f"mmae_core {name}", core, [name]) for name in PURPOSES)]
    for title, main, arguments in helps:
        lines += ["", f"## {title}", "", "```text", help_of(main, arguments), "```"]
    return "\n".join(lines) + "\n"


def purposes_page() -> str:
    """What every command is for, without its options: needs nothing but this tree."""
    from mmae_core.commands import PURPOSES

    lines = ["# Command reference", "",
             "These pages were built without the program's libraries, so the options are missing here: `ecg-viewer "
             "--help`, `ecg-viewer export --help` and `mmae_core COMMAND --help` print them. "
             "[Train, score, evaluate](../commands.md) says what each command is for.", ""]
    return "\n".join([*lines, *(f"- `mmae_core {name}`: {purpose}" for name, purpose in PURPOSES.items())]) + "\n"


def help_of(main: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> str:
    """What a command prints with `--help`."""
    written = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = WIDTH
    try:
        with contextlib.redirect_stdout(written), contextlib.suppress(SystemExit):
            main([*arguments, "--help"])
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return written.getvalue().rstrip()


def api_page() -> str:
    """Signatures and docstrings of `API`, read from the sources."""
    lines = ["# API reference", "", "The names of `mmae_core` are [promised](../library.md#what-stays); the modules "
             "below it are what they rest on, and may change. Made from the docstrings. Signals are float32 `(leads, "
             "samples)` in mV, times are in seconds from the start of the recording.", "", "```python",
             EXAMPLE.rstrip(), "```"]
    for module, names in API.items():
        lines += ["", f"## {module}"]
        for name in names:
            home, own_name = home_of(name) if module == PUBLIC else (module, name)
            lines += ["", *described(defined_in(home)[own_name], name)]
    return "\n".join(lines) + "\n"


def home_of(name: str) -> tuple[str, str]:
    """Module and name of something that `PUBLIC` offers."""
    tree = ast.parse(source_of(PUBLIC).read_text(encoding="utf-8"))
    (places,) = [node.value for node in tree.body
                 if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_PLACES"]
    module = ast.literal_eval(places)[name]
    return ("mmae_core.scoring.window_scorer", "WindowScorer") if name == "Scorer" else (module, name)


def defined_in(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module; of several of one name the last, which is the one that runs."""
    tree = ast.parse(source_of(module).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def source_of(module: str) -> Path:
    """The file of a module or package."""
    path = REPOSITORY.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def described(node: ast.FunctionDef | ast.ClassDef, name: str) -> Iterator[str]:
    """Heading, signature and docstring; of a class also its fields and public methods."""
    yield f"### {name}"
    yield from ("", "```python", signature(node), "```", "", ast.get_docstring(node) or "")
    if isinstance(node, ast.FunctionDef):
        return
    members = list(members_of(node))
    if members:
        yield ""
        yield from members


def members_of(node: ast.ClassDef) -> Iterator[str]:
    """A list of a class's fields, properties and public methods, each with the first line of its docstring."""
    for member, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(member, ast.AnnAssign) and not ast.unparse(member.target).startswith("_"):
            said = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                said = " ".join(str(following.value.value).split())
            yield item(f"{ast.unparse(member.target)}: {ast.unparse(member.annotation)}", said)
        elif isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
            is_property = any("property" in ast.unparse(mark) for mark in member.decorator_list)
            result = "" if member.returns is None else ast.unparse(member.returns)
            name = f"{member.name}: {result}" if is_property else signature(member).removeprefix("def ")
            yield item(name, " ".join((ast.get_docstring(member) or "").split("\n\n")[0].split()))


def item(name: str, said: str) -> str:
    """A line of a list."""
    return f"- `{name}`{' - ' if said else ''}{said}"


def signature(node: ast.FunctionDef | ast.ClassDef) -> str:
    """`def find(anomaly_map: AnomalyMap, …) -> …`; of a class how it is made, if it says so itself."""
    if isinstance(node, ast.FunctionDef):
        result = "" if node.returns is None else f" -> {ast.unparse(node.returns)}"
        return f"def {node.name}({ast.unparse(node.args)}){result}"
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and member.name == "__init__":
            return f"class {node.name}({ast.unparse(member.args).removeprefix('self').removeprefix(', ')})"
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    return f"class {node.name}({bases})" if bases else f"class {node.name}"
