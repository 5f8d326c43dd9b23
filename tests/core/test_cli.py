"""The command line as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import mmae_core.commands
from mmae_core.cli import main, parser_of
from mmae_core.commands import PURPOSES


def test_help_lists_every_command_without_loading_torch() -> None:
    script = (
        "import sys; from mmae_core.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('loaded', sorted({'torch', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
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
    modules = {path.stem for path in folder.glob("*.py") if "def add_parser(" in path.read_text(encoding="utf-8")}
    assert modules - {"train_peer"} == set(PURPOSES)


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["diagnose"])
    assert ended.value.code == 2
    assert "'score'" in capsys.readouterr().err


@pytest.mark.parametrize("package", ["mmae_core", "ecg_viewer"])
def test_a_program_started_as_a_module_imports_nothing_from_the_working_folder(package: str, tmp_path: Path) -> None:
    root = str(Path(mmae_core.commands.__file__).parents[2])
    for name in ("__future__", "argparse", "torch", "numpy", "PySide6", "logging"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working folder')", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", package, "--version"], cwd=tmp_path, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": root}, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert mmae_core.__version__ in done.stdout
