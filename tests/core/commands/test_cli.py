"""The command line as a whole."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mmae_core.commands
from mmae_core.cli import main, parser_of
from mmae_core.commands import PURPOSES
from mmae_core.files import replacing


def test_help_lists_every_command_without_loading_torch() -> None:
    script = (
        "import sys; from mmae_core.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('loaded', sorted({'torch', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("loaded []\n")
    for name in PURPOSES:
        assert f"\n    {name}" in run.stdout


@pytest.mark.parametrize("name", PURPOSES)
def test_every_command_explains_its_arguments(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser_of(name).parse_args([name, "--help"])
    assert ended.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith(f"usage: mmae_core {name}")
    assert " ".join(PURPOSES[name].split())[1:] in text


def test_every_module_of_a_command_is_listed() -> None:
    folder = Path(mmae_core.commands.__file__).parent
    modules = {path.stem.replace("_", "-") for path in folder.glob("*.py")
               if "def add_parser(" in path.read_text(encoding="utf-8")}
    assert modules - {"train-peer"} == set(PURPOSES)


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["diagnose"])
    assert ended.value.code == 2
    assert re.search(r"choose from .*\bscore\b", capsys.readouterr().err), "Pythons quote the choices or do not"


@pytest.mark.parametrize("package", ["mmae_core", "ecg_viewer"])
def test_a_program_started_as_a_module_imports_nothing_from_the_working_folder(package: str, tmp_path: Path) -> None:
    root = str(Path(mmae_core.commands.__file__).parents[2])
    for name in ("__future__", "argparse", "torch", "numpy", "PySide6", "logging"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working folder')", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", package, "--version"], cwd=tmp_path, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": root}, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert mmae_core.__version__ in done.stdout


WRITES = {
    "score": ["x"], "evaluate": ["--data", "x"], "quality": ["--data", "x"], "intervals": ["--data", "x"],
    "compare": ["--data", "x", "--model", "a", "--model", "b"], "train": ["--data", "x"], "synthesize": ["--data", "x"],
    "convert": ["x", "--to", "edf"],
    "release": ["--data", "x", "--run", "x"], "contributions": ["--data", "x"], "ablate": ["--data", "x"],
    "results": ["--data", "x"], "beats": ["--data", "x"], "limits": ["--data", "x"], "facts": ["--data", "x"],
    "serial": ["--test-retest", "--data", "x"], "normal-beats": ["--data", "x"],
    "detection-limits": ["--data", "x"], "recalibrate": ["--data", "x"], "merge": ["x"],
}
"""Commands with --output, and what else they need; there is no x, and nobody looks for it."""


def test_every_command_that_writes_is_known() -> None:
    for name in PURPOSES:
        assert ("--output OUTPUT" in " ".join(_help_of(name).split())) == (name in WRITES)


def _help_of(name: str) -> str:
    parser = parser_of(name)
    actions = next(action for action in parser._actions if isinstance(action.choices, dict))
    return str(actions.choices[name].format_help())


@pytest.mark.parametrize("name", WRITES)
def test_a_place_that_cannot_be_written_is_said_before_any_work(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="ascii")
    for place, reason in ((file / "out", "is a file, not a folder"), (tmp_path / ("n" * 300), "too long")):
        assert main([name, *WRITES[name], "--output", str(place)]) == 2
        said = capsys.readouterr().err
        assert reason in said
        assert f"--output {place}" in said
        assert ".part" not in said
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("arguments", [
    ["train", "--model", "tsl", "--data", "{x}", "--output", "{new}"],
    ["release", "--run", "{x}", "--data", "{x}", "--output", "{new}"],
    ["intervals", "--validate", "{x}", "--output", "{new}"],
    ["quality", "--data", "{x}", "--validate", "{x}", "--output", "{new}"],
])
def test_a_command_that_needs_scikit_learn_in_the_end_asks_for_it_first(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    assert main([part.format(x=tmp_path / "x", new=tmp_path / "new") for part in arguments]) == 2, "there is no x"
    assert 'pip install "mmae-core[evaluate]"' in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


FILES = ("score", "evaluate", "quality", "intervals", "limits")
FOLDERS = {"compare": "compare.json", "contributions": "contributions.json", "release": "model.json"}
"""Commands whose --output is a folder, and what of it would be replaced."""


@pytest.mark.parametrize("name", [*FILES, *FOLDERS])
def test_what_is_there_is_replaced_only_with_force_and_refused_before_any_work(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    if name in FOLDERS:
        output.mkdir()
    kept = output / FOLDERS[name] if name in FOLDERS else output
    kept.write_text("dear", encoding="ascii")
    assert main([name, *WRITES[name], "--output", str(output)]) == 2
    said = capsys.readouterr().err
    assert f"--output {output}" in said
    assert "--force" in said
    assert main([name, *WRITES[name], "--output", str(output), "--force"]) == 2, "there is no x"
    assert "--force" not in capsys.readouterr().err
    assert kept.read_text(encoding="ascii") == "dear"


@pytest.mark.parametrize("name", WRITES)
def test_of_the_folders_above_an_output_one_is_made_and_no_more(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, *WRITES[name], "--output", str(tmp_path / "a" / "b" / "out")]) == 2
    assert f"there is no folder {tmp_path / 'a'}. Make it first" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    main([name, *WRITES[name], "--output", str(tmp_path / "a" / "out")])
    assert "there is no folder" not in capsys.readouterr().err


def test_a_file_that_cannot_be_written_after_all_is_named_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    with pytest.raises(OSError, match="too long") as failed, replacing(tmp_path / ("n" * 250)):  # with its ending it is
        pass
    assert failed.value.filename == str(tmp_path / ("n" * 250))

    def full(source: str, destination: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(source), None, str(destination))

    monkeypatch.setattr("mmae_core.files.os.replace", full)
    with pytest.raises(OSError, match="No space left") as failed, replacing(target) as part:
        part.write_text("x", encoding="ascii")
    assert failed.value.filename == str(target)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [
    ["benchmark", "--steps", "0"], ["benchmark", "--windows", "-5"], ["benchmark", "--steps", "x"],
    ["benchmark", "--readers", "--hours", "nan"], ["benchmark", "--readers", "--rate-hz", "-1"],
    ["compare", "--every", "0"], ["evaluate", "--every", "-1"], ["intervals", "--every", "0"],
])
def test_numbers_that_make_no_sense_are_refused_in_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert " is no " in capsys.readouterr().err


@pytest.mark.parametrize(("fault", "words"), [
    (OSError(errno.ENOSPC, "No space left on device"), "mmae_core: No space left on device\n"),
    (OSError(errno.ENOSPC, "No space left on device", "out.csv"), "mmae_core: out.csv: No space left on device\n"),
])
def test_a_fault_of_the_system_names_its_file_if_it_has_one(
    fault: OSError, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: object) -> None:
        raise fault

    monkeypatch.setattr("mmae_core.cli.require_places", fail)
    assert main(["info"]) == 2
    assert capsys.readouterr().err == words
