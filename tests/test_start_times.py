"""`packaging/start_times.py` starts a program again and again, and gives the medians of what it reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "packaging" / "start_times.py"
PROGRAM = """#!{python}
import json, pathlib, sys
assert sys.argv[1:] == ["--benchmark", "record", "--benchmark-start"]
count = pathlib.Path({count!r})
n = len(count.read_text()) if count.exists() else 0
count.write_text("x" * (n + 1))
print(json.dumps({{"window_visible_s": n, "heat_since_start_s": 10 * n, "processor_s": 1.5}}))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the made program is a script with a #! line")


def program(folder: Path, text: str) -> Path:
    made = folder / "program"
    made.write_text(text, encoding="utf-8")
    made.chmod(0o755)
    return made


def start(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_first_start_fills_the_caches_and_is_not_counted(tmp_path: Path) -> None:
    made = program(tmp_path, PROGRAM.format(python=sys.executable, count=str(tmp_path / "count")))
    done = start(made, "record", "--starts", 3)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [one["window_visible_s"] for one in report["starts"]] == [1, 2, 3]
    assert report["median"] == {"window_visible_s": 2, "heat_since_start_s": 20, "processor_s": 1.5}


def test_a_program_that_fails_is_told_with_its_own_words(tmp_path: Path) -> None:
    made = program(tmp_path, "#!/bin/sh\necho no screen >&2\nexit 3\n")
    done = start(made, "record")
    assert done.returncode == 1
    assert "ended with 3" in done.stderr
    assert "no screen" in done.stderr
