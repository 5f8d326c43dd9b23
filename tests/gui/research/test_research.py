"""Truth, outcome and the model's reasons in the real window; the reasons come from the bundled model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import wfdb
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.explaining import ModelExplainer
from ecg_viewer.qt.research.action_button import ActionButton
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.state.assessment import Phase
from mmae_core.record import STANDARD_LEADS

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


def annotate(header: Path, *spans: tuple[str, float, float]) -> None:
    """Write lesions (lead, start, end in seconds) beside a record of 250 Hz."""
    marks = sorted(
        mark for lead, start_s, end_s in spans
        for mark in ((round(start_s * 250), "(", STANDARD_LEADS.index(lead), "st_shift"),
                     (round(end_s * 250), ")", STANDARD_LEADS.index(lead), ""))
    )
    samples, symbols, channels, notes = zip(*marks, strict=True)
    wfdb.wrann(header.stem, "lesion", np.array(samples), list(symbols), chan=np.array(channels),
               aux_note=list(notes), write_dir=str(header.parent))


@pytest.fixture
def program(make_program: MakeProgram, write_record: WriteRecord, qtbot: QtBot) -> Program:
    """A recording in which the fake model hits one of two lesions and raises one false alarm."""
    header = write_record("known")
    annotate(header, ("V3", 1.9, 2.3), ("I", 8.0, 8.5))
    made = make_program()
    made.session.open([header])
    research = made.window.feature(ResearchFeature)
    qtbot.waitUntil(lambda: research.tracker.localization is not None)  # wfdb is imported first
    return made


@pytest.fixture(scope="module")
def explainer() -> ModelExplainer:
    """The bundled model, loaded once for all tests of this file."""
    return ModelExplainer("cpu")


@pytest.fixture
def reasons(
    make_program: MakeProgram, demo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, explainer: ModelExplainer
) -> Program:
    """A real recording, whose reasons the bundled model gives when asked."""
    monkeypatch.setattr(ResearchFeature, "make_explainer", lambda device: explainer)
    made = make_program()
    made.session.open([demo / "00195_hr.hea"])
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: made.window.paper.is_complete)
    return made


def trigger(program: Program, action_id: str) -> None:
    program.window.action(action_id).trigger()


def research_of(program: Program) -> ResearchFeature:
    return program.window.feature(ResearchFeature)


def picture(program: Program) -> QImage:
    return program.window.paper.grab().toImage()


def differing(first: QImage, second: QImage) -> int:
    """Pixels that differ."""
    arrays = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
        for image in (first, second)
    ]
    return int((arrays[0] != arrays[1]).sum())


def explained(program: Program, qtbot: QtBot, action_id: str) -> None:
    trigger(program, action_id)
    qtbot.waitUntil(lambda: research_of(program).model_view.explanation is not None)
    qtbot.waitUntil(lambda: program.window.paper.is_complete)


def test_the_tab_says_what_is_known_and_what_was_found_of_it(program: Program) -> None:
    panel = research_of(program).panel
    assert panel.truth.text() == "2 × st shift (from: lesion file)."
    assert panel.outcome.text() == "At the 90th percentile: 1 of 2 hit, 1 missed, 1 false alarms."
    assert panel.figures.text().startswith("AUROC 0.")
    assert [line[:2] for line in panel.events.texts] == [["▲ Hit", "V3"], ["! False alarm", "II"], ["△ Miss", "I"]]


def test_the_threshold_changes_the_outcome(program: Program) -> None:
    program.session.view.set_heat_threshold(99)
    assert research_of(program).panel.outcome.text().startswith("At the 99th percentile: 1 of 2 hit, 1 missed, 0 false")


def test_truth_is_painted_in_its_leads_and_can_be_hidden(program: Program, qtbot: QtBot) -> None:
    paper = program.window.paper
    qtbot.waitUntil(lambda: paper.is_complete)
    area = paper.areas_of("V3")[0]
    edge = QPoint(round(area.x_of(1.9)), round(area.top + area.height / 2))
    colour = QColor(paper.theme.human_colour)
    ratio = paper.devicePixelRatioF()

    def has_edge() -> bool:
        image = picture(program)
        return any(image.pixelColor((edge + QPoint(x, 0)) * ratio) == colour for x in range(-2, 3))

    assert has_edge()
    button = next(found for found in research_of(program).panel.findChildren(ActionButton) if "Regions" in found.text())
    assert button.text() == "✓ Regions"
    trigger(program, "truth")
    assert not has_edge()
    assert not program.window.action("truth").isChecked()
    assert button.text() == "Regions"
    button.click()
    assert has_edge()
    assert button.text() == "✓ Regions"


@pytest.mark.parametrize(
    ("action_id", "lead", "start_s"),
    [("next_truth", "V3", 1.9), ("previous_truth", "I", 8.0), ("next_hit", "V3", 1.9), ("next_miss", "I", 8.0),
     ("next_false_alarm", "II", 5.0)],
)
def test_keys_go_to_hits_misses_and_false_alarms(program: Program, action_id: str, lead: str, start_s: float) -> None:
    trigger(program, action_id)
    selection = program.session.view.selection
    assert selection is not None
    assert (selection.lead, selection.start_s) == (lead, pytest.approx(start_s))
    view = program.session.view
    assert view.start_s <= selection.start_s <= view.end_s


def test_a_line_of_the_list_goes_there(program: Program) -> None:
    events = research_of(program).panel.events
    events.activated.emit(events.model().index(2, 0))
    assert program.session.view.selection.lead == "I"


def test_truth_actions_wait_for_a_recording_with_truth(make_program: MakeProgram, write_record: WriteRecord,
                                                       qtbot: QtBot) -> None:
    program = make_program()
    program.session.open([write_record("unknown")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    for action_id in ("truth", "next_truth", "previous_truth", "next_hit", "next_miss", "next_false_alarm"):
        assert not program.window.action(action_id).isEnabled()
    assert research_of(program).panel.truth.text().startswith("Nothing beside this recording")


def test_what_the_reviewer_confirms_becomes_truth(program: Program, qtbot: QtBot) -> None:
    tracker = research_of(program).tracker
    assert len(tracker.outcome.false_alarms) == 1
    finding = next(finding for finding in program.session.assessment.findings if finding.lead == "II")
    research_of(program)._open_review.set_reviewer("tester")
    research_of(program)._open_review.decide(finding, "confirmed")
    qtbot.waitUntil(lambda: tracker.outcome.false_alarms == ())
    assert [box.source for box in tracker.boxes] == ["lesion", "reviewer", "lesion"]


@pytest.mark.parametrize("action_id", ["expected_trace", "residual_trace", "map_parts", "passes"])
def test_reasons_are_painted_and_go_with_the_models_marks(reasons: Program, qtbot: QtBot, action_id: str) -> None:
    before = picture(reasons)
    explained(reasons, qtbot, action_id)
    with_it = picture(reasons)
    assert differing(before, with_it) > 500
    assert reasons.window.action(action_id).isChecked()
    trigger(reasons, "model_marks")
    qtbot.waitUntil(lambda: reasons.window.paper.is_complete)
    hidden = picture(reasons)
    trigger(reasons, action_id)
    assert differing(hidden, picture(reasons)) == 0
    trigger(reasons, "model_marks")


def test_the_table_of_leads_can_be_sorted_and_shows_its_lead(reasons: Program, qtbot: QtBot) -> None:
    explained(reasons, qtbot, "lead_parts")
    table = research_of(reasons).panel.leads
    assert table.isVisibleTo(research_of(reasons).panel)
    assert [line[0] for line in table.texts] == list(STANDARD_LEADS)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    percentiles = [float(line[1]) for line in table.texts]
    assert percentiles == sorted(percentiles, reverse=True)
    highest = table.texts[0][0]
    table.activated.emit(table.model().index(0, 0))
    assert reasons.session.view.selection.lead == highest
    trigger(reasons, "lead_parts")
    assert not table.isVisibleTo(research_of(reasons).panel)


def test_passes_are_stepped_through(reasons: Program, qtbot: QtBot) -> None:
    explained(reasons, qtbot, "passes")
    view = research_of(reasons).model_view
    first = picture(reasons)
    trigger(reasons, "next_pass")
    assert view.pass_index == 1
    assert differing(first, picture(reasons)) > 500
    trigger(reasons, "previous_pass")
    assert view.pass_index == 0
    assert differing(first, picture(reasons)) == 0
    trigger(reasons, "previous_pass")
    assert view.pass_index == view.explanation.n_passes - 1 == 35


def test_reasons_are_computed_on_a_thread_of_their_own(reasons: Program, qtbot: QtBot) -> None:
    """The action returns before the answer is there: nothing is computed in the window's thread."""
    trigger(reasons, "expected_trace")
    assert research_of(reasons).model_view.is_working
    assert research_of(reasons).model_view.explanation is None
    qtbot.waitUntil(lambda: research_of(reasons).model_view.explanation is not None)
    qtbot.waitUntil(lambda: not research_of(reasons).model_view.is_working)  # the job's end is told after its answer


def test_a_recording_too_short_for_the_model_says_so(
    make_program: MakeProgram, write_record: WriteRecord, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    explainer: ModelExplainer,
) -> None:
    monkeypatch.setattr(ResearchFeature, "make_explainer", lambda device: explainer)
    program = make_program()
    program.session.open([write_record("short", duration_s=5.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.UNSUPPORTED)
    trigger(program, "expected_trace")
    panel = research_of(program).panel
    qtbot.waitUntil(lambda: "too short for the model" in panel.status.text())


def test_the_benchmarks_arrays_open_as_recordings_with_their_labels(
    make_program: MakeProgram, tmp_path: Path, qtbot: QtBot
) -> None:
    labels = np.zeros((2, 5000, 12), np.uint8)
    labels[0, 1000:1100, 8] = 1  # V3, from 2.0 to 2.2 s, where the fake model finds something
    np.save(tmp_path / "benchmark_data.npy", np.random.default_rng(0).normal(0, 0.3, (2, 5000, 12)))
    np.save(tmp_path / "benchmark_label.npy", labels)
    program = make_program()
    program.session.open([tmp_path])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    tracker = research_of(program).tracker
    qtbot.waitUntil(lambda: tracker.localization is not None)
    assert len(program.session.records) == 2
    assert [(event.kind, event.lead) for event in tracker.events()] == [("hit", "V3"), ("false alarm", "II")]
    assert tracker.boxes[0].source == "array"
