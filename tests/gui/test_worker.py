"""One request at a time, numbered; nothing stale arrives, and closing never leaves a thread behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.job_protocols import Failed, Finished, Report, Stopped
from mmae_core.errors import Cancelled, UnsupportedRecord


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[WorkerLane]:
    lane = WorkerLane("test")
    yield lane
    lane.close()


def waiting_job(started: threading.Event, ended: list[str]):
    """A job that runs until it is asked to stop."""
    never = threading.Event()

    def run(report: Report) -> None:
        report.send("started")
        started.set()
        while not report.stopped():
            never.wait(0.002)
        report.send("too late")
        ended.append("ended")
        raise Cancelled("stopped")

    return run


def test_results_arrive_in_order_on_the_thread_that_asked(qtbot: QtBot, lane: WorkerLane) -> None:
    received: list[object] = []
    threads: set[int] = set()
    worker: list[int] = []

    def job(report: Report) -> None:
        worker.append(threading.get_ident())
        report.send(1)
        report.send(2)

    def receive(event: object) -> None:
        threads.add(threading.get_ident())
        received.append(event)

    lane.submit(job, receive)
    qtbot.waitUntil(lambda: not lane.is_busy)
    assert received == [1, 2, Finished()]
    assert threads == {threading.get_ident()}
    assert worker != [threading.get_ident()]


def test_a_newer_request_stops_the_older_one_whose_results_are_dropped(qtbot: QtBot, lane: WorkerLane) -> None:
    started, ended = threading.Event(), []
    old: list[object] = []
    new: list[object] = []
    lane.submit(waiting_job(started, ended), old.append)
    assert started.wait(5)
    lane.submit(lambda report: report.send("new"), new.append)
    qtbot.waitUntil(lambda: Finished() in new)
    assert ended == ["ended"]
    assert old == [], "not even what was sent before the newer request, but not yet delivered"
    assert new == ["new", Finished()]


def test_a_cancelled_request_reports_only_that_it_stopped(qtbot: QtBot, lane: WorkerLane) -> None:
    started, ended = threading.Event(), []
    received: list[object] = []
    ticket = lane.submit(waiting_job(started, ended), received.append)
    qtbot.waitUntil(lambda: received == ["started"])
    ticket.cancel()
    qtbot.waitUntil(lambda: not lane.is_busy)
    assert received == ["started", Stopped()]


def test_errors_come_back_as_sentences_and_the_thread_lives_on(qtbot: QtBot, lane: WorkerLane) -> None:
    received: list[object] = []

    def unsupported(_report: Report) -> None:
        raise UnsupportedRecord("x is too short")

    def broken(_report: Report) -> None:
        raise KeyError("surprise")

    lane.submit(unsupported, received.append)
    qtbot.waitUntil(lambda: len(received) == 1)
    lane.submit(broken, received.append)
    qtbot.waitUntil(lambda: len(received) == 2)
    lane.submit(lambda report: report.send("alive"), received.append)
    qtbot.waitUntil(lambda: len(received) == 4)
    first, second, *rest = received
    assert isinstance(first, Failed)
    assert isinstance(second, Failed)
    assert (first.message, first.is_expected, first.is_unsupported) == ("x is too short", True, True)
    assert not second.is_expected
    assert "KeyError" in second.message
    assert "surprise" in second.details
    assert "surprise" not in second.message
    assert rest == ["alive", Finished()]


def test_closing_waits_for_a_running_job(qtbot: QtBot) -> None:
    lane = WorkerLane("test")
    started, ended = threading.Event(), []
    lane.submit(waiting_job(started, ended), lambda _event: None)
    assert started.wait(5)
    lane.close()
    assert ended == ["ended"]
    assert not lane.is_running
    with pytest.raises(RuntimeError, match="closed"):
        lane.submit(lambda _report: None, lambda _event: None)


def test_the_window_closes_while_scoring_without_leaving_a_thread(
    qtbot: QtBot, make_program, write_record, fake_scorer
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    program.session.open([write_record("long", 200.0)])
    qtbot.waitUntil(lambda: len(fake_scorer.asked) == 1)
    program.window.close()
    assert fake_scorer.cancelled == ["long"]
    assert not any(lane.is_running for lane in program.window._lanes)


def test_a_window_that_closes_says_so_before_it_waits_for_its_threads(
    qtbot: QtBot, make_program, write_record, fake_scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    window, session = program.window, program.session
    session.open([write_record("long", 200.0)])
    qtbot.waitUntil(lambda: bool(fake_scorer.asked))
    order = []
    window.closing.connect(lambda: order.append(("closing", window.isVisible())))
    close = WorkerLane.close
    monkeypatch.setattr(WorkerLane, "close", lambda lane: (order.append(("waits", False)), close(lane))[1])
    window.close()
    assert order[0] == ("closing", False)
    assert order[1:]
    assert set(order[1:]) == {("waits", False)}


def test_a_window_that_stays_does_not_say_it_closes(
    qtbot: QtBot, make_program, fake_scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_program(fake_scorer).window
    said = []
    window.closing.connect(lambda: said.append(True))
    with monkeypatch.context() as refusing:
        refusing.setattr(ReviewFeature, "may_close", lambda feature: False)
        window.close()
    assert said == []
    assert window.isVisible()


def test_opening_another_recording_drops_the_scores_of_the_one_before(
    qtbot: QtBot, make_program, write_record, fake_scorer
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    session = program.session
    session.open([write_record("first", 120.0)])
    qtbot.waitUntil(lambda: [name for name, *_ in fake_scorer.asked] == ["first"])
    session.open([write_record("second", 12.0)])
    qtbot.waitUntil(lambda: session.record.name == "second")
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: session.assessment.phase is Phase.DONE)
    assert session.assessment.total_s == 12.0
    assert session.assessment.done_s == 12.0
    assert session.heat.duration_s == 12.0
    assert {finding.lead for finding in session.assessment.findings} == {"V3", "II"}
    assert fake_scorer.loads == 2
    assert len(fake_scorer.threads) == 1, "the model stays on one thread"
    assert threading.get_ident() not in fake_scorer.threads


def test_a_long_record_is_assessed_from_the_visible_stretch_outward(
    qtbot: QtBot, make_program, write_record, fake_scorer
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    session = program.session
    session.open([write_record("long", 400.0)])
    qtbot.waitUntil(lambda: session.record is not None)
    session.view.scroll_to(200)
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: session.assessment.phase is Phase.DONE)
    stretches = [(start, end) for _, start, end in fake_scorer.asked]
    starts = [start for start, _ in stretches]
    in_view = next(i for i, (start, end) in enumerate(stretches) if start <= 205 <= end)
    assert in_view <= 1, "the first one may have been asked for before the reader scrolled"
    assert sum(end - start for start, end in stretches) == pytest.approx(400)
    assert len(set(starts)) == len(starts)
    assert session.heat.computed_fraction == pytest.approx(1, abs=0.001)
    assert [w.start_s for w in session.assessment.windows] == [5.0 * i for i in range(79)]


def test_stopping_keeps_what_is_known_and_says_so(qtbot: QtBot, make_program, write_record, fake_scorer) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    session, window = program.session, program.window
    session.open([write_record("long", 400.0)])
    qtbot.waitUntil(lambda: len(fake_scorer.asked) == 1)
    assert window.status.cancel_button.isVisible()
    assert window.status.progress.isVisible()
    assert window.action("cancel").isEnabled()
    window.status.cancel_button.click()
    assert session.assessment.phase is Phase.CANCELLED
    assert not window.status.progress.isVisible()
    assert "stopped" in window.feature(SummaryFeature).panel.notes.text()
    qtbot.waitUntil(lambda: fake_scorer.cancelled == ["long"])
    fake_scorer.gate.set()
    window.action("assess").trigger()
    qtbot.waitUntil(lambda: session.assessment.phase is Phase.DONE)


def test_a_fault_of_the_model_is_told_and_the_record_stays(qtbot: QtBot, make_program, demo, fake_scorer) -> None:
    fake_scorer.error = RuntimeError("inner secret")
    program = make_program(fake_scorer)
    program.session.open([demo / "00170_hr.hea"])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.FAILED)
    assert program.window.error_bar.isVisible()
    assert "RuntimeError" in program.window.error_bar.text
    assert "inner secret" in program.window.error_bar.details
    assert program.session.record.name == "00170_hr"
    assert program.session.heat.assessed_fraction == 0


def test_a_lane_that_nobody_closed_ends_with_the_program() -> None:
    """As that of a window which was dropped; Qt would abort the process and say `Destroyed while thread …`."""
    code = (
        "import time\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ecg_viewer.qt.worker import WorkerLane\n"
        "app = QCoreApplication([])\n"
        "lane = WorkerLane('overview')\n"
        "def job(report):\n"
        "    print('runs', flush=True)\n"
        "    while not report.stopped():\n"
        "        time.sleep(0.001)\n"
        "lane.submit(job, print)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
