"""The model in a process of its own gives what it gives in this one, and its end harms nothing."""

from __future__ import annotations

import dataclasses
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.diagnostics import fault_summary
from ecg_viewer.jobs import model_process, process_line, scoring
from ecg_viewer.jobs.lead_details import details_of
from ecg_viewer.jobs.model_messages import picklable, told_elsewhere, without_samples
from ecg_viewer.jobs.model_process import ProcessScorer, scorer_of_the_window
from ecg_viewer.jobs.process_line import Gone, ModelProcess, ProcessLine, process_ahead
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.state.job_protocols import ProcessEnded
from mmae_core.assessment import AnomalyMap
from mmae_core.errors import Cancelled, EcgError, ModelMismatch, UnreadableRecord, UnsupportedRecord
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.resources import resource

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows the model runs in the window's process")

WAIT_S = 30.0


def go_on() -> bool:
    return False


@pytest.fixture(scope="module")
def scorer() -> Iterator[ProcessScorer]:
    made = ProcessScorer("cpu", ModelProcess())
    yield made
    made.close()


@pytest.fixture
def record(demo: Path) -> EcgRecord:
    return read_record(demo / "00170_hr")


def is_gone(pid: int) -> bool:
    """Whether the process has ended, within a time."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.is_file() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_the_numbers_are_those_of_this_process(scorer: ProcessScorer, record: EcgRecord) -> None:
    here, previews = ModelScorer("cpu"), []
    assert scorer.load(None) == here.load(None)
    found, findings = scorer.assess(record, 0.0, 10.0, go_on, previews.append)
    expected, expected_findings = here.assess(record, 0.0, 10.0, go_on)
    for name in ("score", "percentile", "peak_percentile"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=0, atol=1e-5, err_msg=name)
    assert findings == expected_findings
    assert all(isinstance(shown, AnomalyMap) for shown in previews)
    beside, expected_beside = (one.layers(record, found, findings, go_on) for one in (scorer, here))
    assert beside is not None
    assert expected_beside is not None
    assert beside.facts == expected_beside.facts
    assert beside.departures == expected_beside.departures
    assert beside.examination.measurements == expected_beside.examination.measurements
    examination = scorer.examine(record, 0.0, 10.0, go_on)
    assert examination.measurements == examine_record(record, 0.0, 10.0).measurements
    assert scorer.details(record, examination) == details_of(record, examination)


def test_a_first_map_of_fewer_windows_comes_before_the_whole(scorer: ProcessScorer, record: EcgRecord) -> None:
    length = 2 * record.n_samples
    longer = dataclasses.replace(
        record, n_samples=length,
        read_leads=lambda first, end: np.concatenate([record.read(), record.read()], axis=1)[:, first:end],
    )
    scorer.load(None)
    previews: list[AnomalyMap] = []
    whole, _ = scorer.assess(longer, 0.0, 20.0, go_on, previews.append)
    assert len(previews) == 1
    assert len(previews[0].windows) < len(whole.windows)


def test_a_recording_that_cannot_be_assessed_is_refused_as_here(scorer: ProcessScorer, record: EcgRecord) -> None:
    few = dataclasses.replace(record, lead_names=record.lead_names[:3], read_leads=lambda a, b: record.read(a, b)[:3])
    scorer.load(None)
    with pytest.raises(UnsupportedRecord, match="the model needs all twelve") as refusal:
        scorer.assess(few, 0.0, 10.0, go_on)
    assert refusal.value.code == "leads"


def test_a_folder_without_a_model_is_refused_as_here(scorer: ProcessScorer, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}")
    with pytest.raises(ModelMismatch):
        scorer.describe(tmp_path)
    with pytest.raises(ModelMismatch):
        scorer.load(str(tmp_path))


def test_samples_are_read_here_and_their_errors_arrive(scorer: ProcessScorer, record: EcgRecord) -> None:
    readers: list[int] = []

    def broken(first: int, end: int) -> FloatArray:
        readers.append(threading.get_ident())
        raise UnreadableRecord("the file has vanished")

    scorer.load(None)
    with pytest.raises(UnreadableRecord, match="has vanished"):
        scorer.assess(dataclasses.replace(record, read_leads=broken), 0.0, 10.0, go_on)
    assert set(readers) == {threading.get_ident()}
    truncated = dataclasses.replace(record, read_leads=lambda first, end: (_ for _ in ()).throw(EOFError("cut")))
    with pytest.raises(EOFError, match="cut"):
        scorer.assess(truncated, 0.0, 10.0, go_on)
    assert scorer.assess(record, 0.0, 10.0, go_on)[0].score.size, "the process goes on"


def test_a_call_is_given_up_when_asked_and_the_next_one_runs(scorer: ProcessScorer, record: EcgRecord) -> None:
    length = 60 * record.n_samples
    long = dataclasses.replace(
        record, n_samples=length, read_leads=lambda first, end: record.read()[:, np.arange(first, end) % 5000]
    )
    scorer.load(None)
    with pytest.raises(Cancelled):
        scorer.assess(long, 0.0, long.duration_s, lambda: True)
    assert scorer.assess(record, 0.0, 10.0, go_on)[0].score.shape == (12, 5000)


def test_what_fails_here_during_a_call_leaves_no_answer_for_the_next(record: EcgRecord) -> None:
    scorer = ProcessScorer("cpu")
    scorer.load(None)

    def fail() -> bool:
        raise ZeroDivisionError

    long = dataclasses.replace(
        record, n_samples=60 * 5000, read_leads=lambda first, end: record.read()[:, np.arange(first, end) % 5000]
    )
    with pytest.raises(ZeroDivisionError):
        scorer.assess(long, 0.0, 600.0, fail)
    assert scorer.pid is None
    scorer.load(None)
    assert scorer.assess(record, 0.0, 10.0, go_on)[0].score.shape == (12, 5000)
    scorer.close()


def test_a_killed_process_is_told_and_another_takes_its_place(record: EcgRecord) -> None:
    scorer = ProcessScorer("cpu")
    scorer.load(None)
    first = scorer.pid
    assert first is not None

    def kill(first_sample: int, end_sample: int) -> FloatArray:
        os.kill(first, signal.SIGKILL)
        return record.read(first_sample, end_sample)

    with pytest.raises(EcgError, match=r"ended unexpectedly \(signal 9\)"):
        scorer.assess(dataclasses.replace(record, read_leads=kill), 0.0, 10.0, go_on)
    scorer.load(None)
    assert scorer.pid not in (None, first)
    scorer.assess(record, 0.0, 10.0, go_on)
    scorer.close()


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    ahead = process_ahead([])
    assert ahead is None
    scorer = scorer_of_the_window("cpu", ahead)  # the window opens all the same
    with pytest.raises(EcgError, match="could not be started: No such file"):
        scorer.load(None)


def test_closing_ends_it_at_once_even_while_it_starts_or_works(record: EcgRecord) -> None:
    ahead = process_ahead([])
    assert ahead is not None
    starting = scorer_of_the_window("cpu", ahead)
    starting.close()
    assert is_gone(ahead.pid)
    with pytest.raises(Cancelled):
        starting.load(None)

    working, ended = ProcessScorer("cpu"), []

    def load() -> None:
        try:
            working.load(None)
        except Cancelled:
            ended.append("cancelled")

    thread = threading.Thread(target=load)
    thread.start()
    until = time.monotonic() + WAIT_S
    while working.pid is None and time.monotonic() < until:
        time.sleep(0.01)
    working.close()
    thread.join(WAIT_S)
    assert ended == ["cancelled"]


@pytest.mark.parametrize("arguments", [["export", "a.hea"], ["journal", "--verify"], ["study", "run", "x"],
                                       ["--version"], ["a.hea", "--help"]])
def test_no_process_is_started_for_what_needs_no_heat(arguments: list[str]) -> None:
    assert process_ahead(arguments) is None


def test_one_that_has_ended_while_nobody_asked_is_replaced(record: EcgRecord) -> None:
    ahead = ModelProcess()
    os.kill(ahead.pid, signal.SIGKILL)
    assert is_gone(ahead.pid)
    scorer = ProcessScorer("cpu", ahead)
    scorer.load(None)
    assert scorer.pid is not None
    os.kill(scorer.pid, signal.SIGKILL)
    assert scorer.describe(resource("models", "mmae-ecg-faithful")).name == "mmae-ecg-faithful"
    with pytest.raises(ProcessEnded, match="was replaced meanwhile"):
        scorer.assess(record, 0.0, 10.0, go_on)
    scorer.load(None)
    scorer.assess(record, 0.0, 10.0, go_on)
    scorer.close()


def test_a_process_that_ends_again_and_again_is_told_and_may_work_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_line, "_command", lambda: [sys.executable, "-c", "import sys; sys.exit(7)"])
    scorer = ProcessScorer("cpu")
    with pytest.raises(ProcessEnded, match=r"ended unexpectedly \(exit status 7\)"):
        scorer.load(None)
    monkeypatch.undo()
    scorer.load(None)
    scorer.close()


def test_a_process_started_while_the_window_closes_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    scorer, made = ProcessScorer("cpu"), []

    class Slow(ModelProcess):
        def __init__(self) -> None:
            super().__init__()
            made.append(self.pid)
            scorer.close()

    monkeypatch.setattr(model_process, "ModelProcess", Slow)
    with pytest.raises(Cancelled):
        scorer.load(None)
    assert is_gone(made[0])


def test_the_reason_why_nothing_was_measured_is_in_the_readers_language(
    scorer: ProcessScorer, record: EcgRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer.load(None)
    found, findings = scorer.assess(record, 0.0, 10.0, go_on)
    monkeypatch.setattr(scoring, "sentence_of", lambda error: "ein Satz")

    def refuse(first: int, end: int) -> FloatArray:
        raise UnsupportedRecord("a sentence")

    beside = scorer.layers(dataclasses.replace(record, read_leads=refuse), found, findings, go_on)
    assert beside is not None
    assert beside.departures.limitations == ("ein Satz",)
    assert beside.facts or not findings


def test_lines_for_the_log_arrive_without_what_an_exception_says(
    scorer: ProcessScorer, record: EcgRecord, caplog: pytest.LogCaptureFixture
) -> None:
    """The layers fail inside the process for a record whose samples they alone ask for."""
    calls: list[int] = []

    def twice(first: int, end: int) -> FloatArray:
        calls.append(first)
        raise ValueError("a patient's name")

    scorer.load(None)
    found, findings = scorer.assess(record, 0.0, 10.0, go_on)
    with caplog.at_level(logging.INFO, "ecg_viewer"):
        beside = scorer.layers(dataclasses.replace(record, read_leads=twice), found, findings, go_on)
    assert calls
    assert beside is not None
    assert beside.departures.limitations
    (line,) = caplog.records
    assert line.name == "ecg_viewer.jobs.scoring"
    assert "could not be measured" in line.getMessage()
    assert "ValueError in" in line.getMessage()
    assert "patient" not in line.getMessage()


ENDS_WITHOUT_A_WORD = """
import os, sys
from ecg_viewer.jobs import model_process, process_line, scoring
from ecg_viewer.jobs.model_process import ProcessScorer
scorer = ProcessScorer("cpu")
scorer.load(None)
print(scorer.pid, flush=True)
os._exit(3)
"""


def test_it_ends_with_the_window_however_that_ends() -> None:
    done = subprocess.run([sys.executable, "-c", ENDS_WITHOUT_A_WORD], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert is_gone(int(done.stdout))


CRASHES = """
import os, signal, sys
from ecg_viewer import diagnostics
from ecg_viewer.jobs.model_process import ProcessScorer
diagnostics.start_logging()
scorer = ProcessScorer("cpu")
scorer.load(None)
os.kill(scorer.pid, signal.SIGSEGV)
try:
    scorer.layers(None, None, None, lambda: False)
except Exception:
    pass
scorer.load(None)
scorer.close()
print(diagnostics.log_folder())
"""


def test_a_crash_leaves_its_stack_and_its_signal_in_the_logs(tmp_path: Path) -> None:
    environment = os.environ | {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", CRASHES], capture_output=True, text=True, check=False,
                          env=environment)
    assert done.returncode == 0, done.stderr
    logs = Path(done.stdout.strip())
    assert "Segmentation fault" in (logs / "crash.log").read_text()
    assert "the model's process ended: signal 11" in (logs / "ecg-viewer.log").read_text()


WITHOUT_STREAMS = """
import os, sys
os.close(0); os.close(1)
from ecg_viewer.jobs.model_process import ProcessScorer
scorer = ProcessScorer("cpu")
name = scorer.load(None).name
scorer.close()
sys.stderr.write(name)
"""


def test_it_works_without_standard_streams_and_finds_the_program_where_this_one_did(tmp_path: Path) -> None:
    """Started with `-c` in the folder of the program, whose place is the empty one of `sys.path`."""
    import ecg_viewer

    done = subprocess.run([sys.executable, "-c", WITHOUT_STREAMS], capture_output=True, text=True, check=False,
                          cwd=Path(ecg_viewer.__file__).parents[1])
    assert done.returncode == 0, done.stderr
    assert done.stderr == "mmae-ecg-plus"


LOADS_NOTHING_HERE = """
import sys
from pathlib import Path
from ecg_viewer.jobs import model_process, process_line, scoring
from ecg_viewer.jobs.model_process import ProcessScorer
from mmae_core.readers import read_record
scorer = ProcessScorer("cpu")
scorer.load(None)
record = read_record(Path(sys.argv[1]))
found = scorer.assess(record, 0.0, 10.0, lambda: False)
assert scorer.layers(record, *found, lambda: False).examination.average is not None
examination = scorer.examine(record, 0.0, 10.0, lambda: False)
assert scorer.details(record, examination).spreads
scorer.close()
print([name for name in ("torch", "scipy") if name in sys.modules])
"""


def test_neither_pytorch_nor_scipy_is_loaded_here(demo: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LOADS_NOTHING_HERE, str(demo / "00170_hr")], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_who_a_recording_is_of_stays_in_the_windows_process(record: EcgRecord) -> None:
    named = dataclasses.replace(record, identity=(("Name", "Erika Mustermann"),))
    assert b"Mustermann" not in pickle.dumps(without_samples(named))


class _Odd(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def test_an_error_keeps_its_kind_its_place_and_its_cause() -> None:
    assert str(picklable(_Odd("a", "b"))) == "_Odd"
    try:
        try:
            raise OSError("disk")
        except OSError as cause:
            raise UnsupportedRecord("too short", code="short") from cause
    except UnsupportedRecord as error:
        told = pickle.loads(pickle.dumps(told_elsewhere(error)))  # noqa: S301 - just pickled
    assert isinstance(told, UnsupportedRecord)
    assert told.code == "short"
    assert "disk" in "".join(told.__notes__)
    assert fault_summary(told).startswith("UnsupportedRecord in viewer/test_model_process.py:")


def test_every_failure_of_the_line_is_that_the_other_is_gone() -> None:
    from multiprocessing import Pipe

    here, there = Pipe()
    there.close()
    line = ProcessLine(here)
    with pytest.raises(Gone):
        line.receive()
    with pytest.raises(Gone):
        line.send("anything")
    here.close()
    with pytest.raises(Gone):
        line.has_message()
