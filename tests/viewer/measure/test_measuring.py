"""Intervals are measured in another process, which the window can lose or end at any moment."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer import measuring
from ecg_viewer.measuring import MeasuringFailed, MeasuringProcess, examine_job
from mmae_core.errors import Cancelled
from mmae_core.intervals.measure import examine_signal
from mmae_core.intervals.stretch import Stretch, read_stretch
from mmae_core.readers import read_record

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"
NEVER: Callable[[], bool] = lambda: False  # noqa: E731
MUTE = "import sys; sys.stdin.buffer.read()"


TRAP = "from pathlib import Path; Path(__file__).with_suffix('.taken').touch()"


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recordings from elsewhere, with modules that shall not be imported."""
    folder = tmp_path_factory.mktemp("recordings")
    for name in ("neurokit2", "pandas", "scipy", "queue"):
        (folder / f"{name}.py").write_text(TRAP, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def process(recordings: Path) -> Iterator[MeasuringProcess]:
    """Started in a folder of recordings, and there asked once."""
    process = MeasuringProcess()
    with contextlib.chdir(recordings):
        process.examine(read_stretch(read_record(RECORD), 0, 10), NEVER)
    yield process
    process.close()


@pytest.fixture
def stretch() -> Stretch:
    return read_stretch(read_record(RECORD), 0, 10)


def test_the_other_process_measures_what_this_one_would(process: MeasuringProcess, stretch: Stretch) -> None:
    here = examine_signal(stretch.mv, stretch.rate_hz, stretch.lead_names, stretch.start_s)
    there = process.examine(stretch, NEVER)
    assert there.measurements == here.measurements
    first = process.pid
    assert first not in (None, os.getpid())
    assert process.examine(stretch, NEVER).measurements == here.measurements
    assert process.pid == first, "it is kept for the next stretch"


def test_nothing_is_imported_from_the_folder_it_is_started_in(process: MeasuringProcess, recordings: Path) -> None:
    assert process.pid is not None
    assert [path.name for path in recordings.glob("*.taken")] == []


def test_a_process_that_died_between_two_stretches_is_replaced(stretch: Stretch) -> None:
    process = MeasuringProcess([sys.executable, "-c", MUTE])
    with pytest.raises(Cancelled):
        process.examine(stretch, lambda: True)
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGTERM)
    until(lambda: process.pid is None)
    with pytest.raises(Cancelled):
        process.examine(stretch, lambda: True)
    assert process.pid not in (None, first)
    process.close()


def test_a_process_lost_while_it_measures_is_told_and_the_next_request_starts_another(stretch: Stretch) -> None:
    process = MeasuringProcess([sys.executable, "-c", "import sys; sys.stdin.buffer.read(1)"])
    for _ in range(2):
        with pytest.raises(MeasuringFailed, match="Measuring ended unexpectedly"):
            process.examine(stretch, NEVER)
    process.close()


def test_a_program_that_cannot_be_started_is_told(stretch: Stretch, tmp_path: Path) -> None:
    with pytest.raises(MeasuringFailed):
        MeasuringProcess([str(tmp_path / "nothing")]).examine(stretch, NEVER)


def test_a_request_nobody_waits_for_is_given_up_at_once(stretch: Stretch) -> None:
    process = MeasuringProcess([sys.executable, "-c", MUTE])
    stop = threading.Event()
    outcome: list[object] = []

    def ask() -> None:
        try:
            outcome.append(process.examine(stretch, stop.is_set))
        except Cancelled as error:
            outcome.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    stop.set()
    thread.join(10)
    assert [type(error) for error in outcome] == [Cancelled]
    process.close()
    assert process.pid is None


def test_closing_ends_whoever_waits(stretch: Stretch) -> None:
    process = MeasuringProcess([sys.executable, "-c", MUTE])
    outcome: list[object] = []

    def ask() -> None:
        try:
            outcome.append(process.examine(stretch, NEVER))
        except (Cancelled, MeasuringFailed) as error:
            outcome.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    until(lambda: process.pid is not None)
    process.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(outcome) == 1


def test_what_goes_wrong_inside_comes_back_as_a_fault_and_the_process_goes_on(
    process: MeasuringProcess, stretch: Stretch
) -> None:
    broken = Stretch(np.zeros(3, np.float32), 500.0, stretch.lead_names, 0.0)
    with pytest.raises(RuntimeError, match="Traceback"):
        process.examine(broken, NEVER)
    assert process.examine(stretch, NEVER).average is not None


def test_it_ends_with_the_program_that_asked() -> None:
    code = (
        "import os\n"
        "import numpy as np\n"
        "from ecg_viewer.measuring import PROCESS\n"
        "from mmae_core.intervals.stretch import Stretch\n"
        "from mmae_core.record import STANDARD_LEADS\n"
        "try:\n"
        "    PROCESS.examine(Stretch(np.zeros(3, np.float32), 500.0, STANDARD_LEADS, 0.0), lambda: False)\n"
        "except RuntimeError:  # it has answered, without having to load what measures\n"
        "    print(PROCESS.pid, flush=True)\n"
        "os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    pid = int(done.stdout)
    until(lambda: not is_alive(pid))


def test_a_job_sends_one_examination(monkeypatch: pytest.MonkeyPatch, process: MeasuringProcess) -> None:
    monkeypatch.setattr(measuring, "PROCESS", process)
    sent: list[object] = []

    class Collected:
        def send(self, event: object) -> None:
            sent.append(event)

        def stopped(self) -> bool:
            return False

    examine_job(read_record(RECORD), 0, 10)(Collected())
    assert [type(event).__name__ for event in sent] == ["Examination"]


def until(happened: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end, "it did not happen within 20 s"
        threading.Event().wait(0.01)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
