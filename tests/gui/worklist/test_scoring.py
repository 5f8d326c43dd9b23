"""Scoring in the background: what is scored first, held, stopped, kept, and gone on with at the next start."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.worklist_listing import Kept, listing_job, reviewed_truth
from ecg_viewer.jobs.worklist_scoring import model_source
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.qt.worklist.worklist_model import COLUMN_IDS
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.layers import StretchLayers
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource
from ecg_viewer.state.worklist.sorting import Sort
from ecg_viewer.state.worklist.store import ScoreStore
from ecg_viewer.state.worklist.worklist_words import cell
from mmae_core.assessment import Finding
from mmae_core.facts import Fact
from mmae_core.readers.wfdb_writer import LeadInterval, write_intervals
from mmae_core.report_schema import REPORT_FORMAT
from mmae_core.resources import resource

MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"
SHA = "0" * 64
MakeWorklist = Callable[..., tuple[Program, WorklistFeature]]


def trigger(program: Program, action: str) -> None:
    assert program.window.action(action).isEnabled(), action
    program.window.action(action).trigger()


def run_to_the_end(qtbot: QtBot, program: Program, feature: WorklistFeature) -> None:
    trigger(program, "score_list")
    qtbot.waitUntil(lambda: not feature.filler.scoring.is_running)
    qtbot.waitUntil(lambda: not feature.filler.is_gathering)


def test_a_list_is_scored_off_the_windows_thread_and_the_scores_are_kept(
    qtbot: QtBot, make_worklist: MakeWorklist, background
) -> None:
    program, feature = make_worklist(resource("demo"))
    strip = feature.panel.strip
    assert strip.text.text() == "1 of 5 scored", "the open recording's own assessment is taken over"
    background.scores = {"00195_hr": 3.0, "00234_hr": 7.0}
    run_to_the_end(qtbot, program, feature)
    assert strip.text.text() == "5 of 5 scored"
    assert not strip.buttons["score_list"].isEnabled()
    assert "00170_hr" not in background.asked, "nothing is scored twice"
    assert len(background.asked) == 4
    assert threading.get_ident() not in background.threads
    feature.worklist.set_sort(Sort("percentile", descending=True))
    assert [feature.panel.model.item_at(row).name for row in range(2)] == ["00234", "00195"]
    paths = [item.path for item in feature.worklist.columns.items]
    with ScoreStore() as store:
        kept = store.load(SHA, paths)
    assert set(kept) == set(paths)
    assert kept[paths[0]].percentile == pytest.approx(97.37)


def test_the_strongest_fact_of_a_list_that_is_scored_is_in_its_row(
    qtbot: QtBot, make_worklist: MakeWorklist, background
) -> None:
    places = tuple(Finding("V2", beat_s, beat_s + 0.1, beat_s, 99.5, 5.0, "named", "ST", "ST elevation", "named/ST")
                   for beat_s in (1.0, 2.0, 3.0))
    background.findings = (Finding("V6", 4.0, 4.1, 4.0, 98.4, 2.0),)
    background.stretch_layers = StretchLayers(facts=(
        Fact("named/ST", "named", "ST +0.24 mV, V2, every beat", ("V2",), "ST", "ST elevation", 99.5, 3, 3, places),
        Fact("model/1", "model", "model", ("V6",), "", "", 98.4, 0, 3, background.findings),
    ))
    program, feature = make_worklist(resource("demo"))
    run_to_the_end(qtbot, program, feature)
    row = feature.worklist.position(feature.worklist.columns.items[3].path)
    shown = {name: feature.panel.model.index(row, COLUMN_IDS.index(name)).data()
             for name in ("strongest", "strongest_kind", "strongest_lead", "findings")}
    assert shown == {"strongest": "99.5", "strongest_kind": "ST elevation", "strongest_lead": "V2", "findings": "2"}
    assert feature.worklist.results.readings.values["rate_bpm"][3] > 0, "measured with the rest"


def test_a_restart_goes_on_where_the_last_one_stopped(qtbot: QtBot, make_worklist: MakeWorklist, background) -> None:
    program, feature = make_worklist(resource("demo"))
    background.is_gated = True
    trigger(program, "score_list")
    background.gate.release(2)
    qtbot.waitUntil(lambda: feature.worklist.results.n_done == 3)
    trigger(program, "stop_scoring")
    qtbot.waitUntil(lambda: not feature.filler.scoring.is_running)
    program.window.close()
    background.is_gated, background.asked = False, []
    program, feature = make_worklist(resource("demo"))
    assert feature.worklist.results.n_done == 3
    run_to_the_end(qtbot, program, feature)
    assert len(background.asked) == 2


def test_another_model_has_other_scores(qtbot: QtBot, make_worklist: MakeWorklist, background) -> None:
    program, feature = make_worklist(resource("demo"))
    run_to_the_end(qtbot, program, feature)
    paths = [item.path for item in feature.worklist.columns.items]
    with ScoreStore() as store:
        assert store.load("1" * 64, paths) == {}
        assert len(store.load(SHA, paths)) == 5


def test_a_run_is_held_gone_on_with_and_stopped(qtbot: QtBot, make_worklist: MakeWorklist, background) -> None:
    program, feature = make_worklist(resource("demo"))
    scoring, strip = feature.filler.scoring, feature.panel.strip
    background.is_gated = True
    qtbot.mouseClick(strip.buttons["score_list"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(background.asked) == 1)
    assert strip.bar.isVisible()
    qtbot.mouseClick(strip.buttons["pause_scoring"], Qt.MouseButton.LeftButton)
    assert scoring.is_paused
    assert "paused" in strip.text.text()
    background.gate.release(3)
    qtbot.waitUntil(lambda: feature.worklist.results.n_done == 2)
    assert len(background.asked) == 1, "held after the recording that was being scored"
    qtbot.mouseClick(strip.buttons["pause_scoring"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(background.asked) >= 2)
    trigger(program, "stop_scoring")
    qtbot.waitUntil(lambda: not scoring.is_running)
    assert not strip.bar.isVisible()
    assert program.window.action("score_list").isEnabled()


def test_what_is_shown_is_scored_before_what_is_filtered_out(
    qtbot: QtBot, make_worklist: MakeWorklist, background
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.set_filter(WorklistFilter(sex="female"))
    women = [feature.panel.model.item_at(row) for row in range(feature.panel.model.rowCount())]
    waiting = [item.path.stem for item in women if item.path != program.session.item.path]
    run_to_the_end(qtbot, program, feature)
    assert background.asked[: len(waiting)] == waiting
    assert len(background.asked) == 23


def test_the_open_recording_goes_first(
    qtbot: QtBot, make_worklist: MakeWorklist, background, fake_scorer
) -> None:
    program, feature = make_worklist(resource("demo"), scorer=fake_scorer)
    fake_scorer.gate.clear()
    program.session.open_item(1)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.SCORING)
    trigger(program, "score_list")
    qtbot.waitUntil(lambda: "waiting for the open recording" in feature.panel.strip.text.text())
    assert background.asked == []
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: len(background.asked) == 4 - ("00195_hr" not in background.asked))
    qtbot.waitUntil(lambda: feature.worklist.results.n_done == 5)


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    (tmp_path / "broken.hea").write_text("this is no header\n")
    return tmp_path


def test_a_recording_that_cannot_be_scored_says_why_and_is_not_tried_again(
    qtbot: QtBot, make_worklist: MakeWorklist, background, write_record, unreadable: Path
) -> None:
    write_record("a")
    write_record("few", leads=("I", "II", "V1"))
    program, feature = make_worklist(unreadable)
    run_to_the_end(qtbot, program, feature)
    names = [item.name for item in feature.worklist.columns.items]
    problems = {names[row]: score.problem for row, score in feature.worklist.results.scores.items()}
    assert problems["a"] == ""
    assert "broken" in problems["broken"]
    assert "lacks leads" in problems["few"]
    few = feature.worklist.results.scores[names.index("few")]
    assert few.measured is not None, "what the model cannot assess is measured all the same"
    position = feature.worklist.position(feature.worklist.columns.items[names.index("few")].path)
    tip = feature.panel.model.index(position, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "lacks leads" in tip
    assert not program.window.action("score_list").isEnabled()


def test_truth_beside_a_recording_gives_its_figures(
    qtbot: QtBot, make_worklist: MakeWorklist, background, write_record, tmp_path: Path
) -> None:
    write_record("a")
    write_record("lesion")
    planted = [LeadInterval(500, 1000, 8, "pause"), LeadInterval(2500, 2900, 1, "pause")]
    write_intervals(tmp_path, "lesion", "lesion", planted, 250)
    background.findings = (Finding("V3", 2.5, 3.0, 2.7, 99.0, 1.0), Finding("aVL", 5.0, 6.0, 5.5, 98.4, 1.0))
    program, feature = make_worklist(tmp_path)
    run_to_the_end(qtbot, program, feature)
    results = feature.worklist.results
    row = [item.name for item in feature.worklist.columns.items].index("lesion")
    assert (results.n_hits[row], results.n_misses[row], results.n_false[row]) == (1, 1, 1)
    # The fake map rises along time in every lead alike: V3 is early, II late.
    assert 0.2 < results.auroc[row] < 0.8
    trigger(program, "next_failure")
    qtbot.waitUntil(lambda: program.session.item.name == "lesion")
    program.window.close()
    _, again = make_worklist(tmp_path)
    assert again.worklist.results.auroc[row] == pytest.approx(results.auroc[row]), "kept with the score"


def write_table(path: Path, sha256: str, rows: dict[str, tuple[float, float]]) -> None:
    with path.open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["record", "start_s", "score", "percentile", "p_value", "quality", "reliable",
                        "assessable_leads", "quality_notes", "error", "model", "model_sha256"])
        for name, (score, percentile) in rows.items():
            table.writerow([name, 0, score, percentile, 0.1, 1.0, "yes", "", "", "", "theirs 3", sha256])


def test_a_score_file_is_shown_in_place_of_own_scores_and_says_whose_they_are(
    qtbot: QtBot, make_worklist: MakeWorklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist(resource("demo"))
    file = tmp_path / "scores.csv"
    write_table(file, "f" * 64, {"00170_hr": (1.0, 12.0), "00414_hr": (2.0, 34.0), "elsewhere": (1.0, 1.0)})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    trigger(program, "open_scores")
    qtbot.waitUntil(lambda: feature.worklist.results.source.file == "scores.csv")
    percentile = COLUMN_IDS.index("percentile")
    assert [feature.panel.model.index(row, percentile).data() for row in range(5)] == ["12.0", "", "", "", "34.0"]
    text = feature.panel.source.text()
    assert text.startswith("Scores of 2 of 5 recordings from scores.csv.")
    assert "They are of theirs 3, not of the model in use, fake 7." in text
    assert not program.window.action("score_list").isEnabled()
    trigger(program, "own_scores")
    qtbot.waitUntil(lambda: feature.worklist.results.n_done == 1 and feature.worklist.results.source.sha256 == SHA)
    assert not feature.panel.source.isVisible()


def test_a_report_of_localization_brings_the_areas_of_its_recordings(
    qtbot: QtBot, make_worklist: MakeWorklist, tmp_path: Path
) -> None:
    _, feature = make_worklist(resource("demo"))
    file = tmp_path / "report.json"
    records = [{"id": "00170_hr", "auroc": 0.61, "score": 1.5, "reason": ""},
               {"id": "00195_hr", "auroc": None, "score": None, "reason": "too short"}]
    model = {"name": "fake", "version": "7", "sha256": SHA}
    report = {"format": REPORT_FORMAT, "kind": "localization", "records": records, "model": model}
    file.write_text(json.dumps(report), encoding="utf-8")
    feature.filler.open_scores(file)
    qtbot.waitUntil(lambda: feature.worklist.results.source.file == "report.json")
    results = feature.worklist.results
    assert results.auroc[0] == 0.61
    row = [item.name for item in feature.worklist.columns.items].index("00195")
    assert results.scores[row].problem == "too short"
    assert "They are of fake 7." in feature.panel.source.text()


def test_a_file_without_scores_is_refused_with_a_sentence(
    qtbot: QtBot, make_worklist: MakeWorklist, tmp_path: Path
) -> None:
    program, feature = make_worklist(resource("demo"))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    feature.filler.open_scores(tmp_path / "other.csv")
    qtbot.waitUntil(program.window.error_bar.isVisible)
    assert "other.csv is no table of mmae_core score" in program.window.error_bar.text
    assert feature.worklist.results.source == ScoreSource("fake 7", SHA)


def test_what_the_open_recording_was_given_is_taken_over_and_kept(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(resource("demo"))
    program.session.open_item(2)
    qtbot.waitUntil(lambda: program.session.item.name == "00234")
    qtbot.waitUntil(lambda: feature.worklist.results.n_done == 2)
    assert feature.worklist.results.n_findings[2] == 2, "those within its ten seconds"
    path = program.session.item.path

    def is_kept() -> bool:
        with ScoreStore() as store:
            return path in store.load(SHA, [path])

    qtbot.waitUntil(is_kept)


def test_a_kept_score_gives_way_to_what_the_open_recording_was_given(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    kept = RecordScore(score=1.0, percentile=12.0)
    demo = sorted(resource("demo").glob("*.hea"))
    with ScoreStore() as store:
        store.save(SHA, dict.fromkeys(demo, kept))
    program, feature = make_worklist(resource("demo"))
    row = feature.worklist.columns.row_of[program.session.item.path]
    shown = program.session.assessment.strongest_window.percentile
    assert shown != 12.0
    qtbot.waitUntil(lambda: feature.worklist.results.percentile[row] == shown)
    others = [other for path, other in feature.worklist.columns.row_of.items() if path in demo and other != row]
    assert others
    assert {feature.worklist.results.percentile[other] for other in others} == {12.0}, "nobody has looked at them"


def test_what_the_reviewer_confirms_is_truth_in_the_table_as_in_the_open_recording(
    qtbot: QtBot, make_worklist: MakeWorklist, background, write_record, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        write_record(name, 20.0)
    SettingsFile().change(reviewer="Ann")
    program, feature = make_worklist(tmp_path)
    open_review = program.window.feature(ReviewFeature).open_review
    open_review.set_reviewer("Ann")
    row = next(row for row in (0, 1) if feature.worklist.columns.items[row].path != program.session.item.path)
    program.session.open_item(row)
    qtbot.waitUntil(lambda: program.session.item == feature.worklist.columns.items[row])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and bool(program.session.sha256))
    open_review.decide(program.session.assessment.findings[0], "confirmed")
    qtbot.waitUntil(lambda: feature.worklist.results.n_hits[row] == 1)
    results, cells = feature.worklist.results, feature.panel.model
    tracker = program.window.feature(ResearchFeature).tracker
    assert results.auroc[row] == tracker.localization.auroc
    assert results.n_false[row] == len(tracker.outcome.false_alarms) > 0
    truth = cells.index(feature.worklist.position(program.session.item.path), COLUMN_IDS.index("truth"))
    assert truth.data() == "the reviewer"
    assert "Counted against: the reviewer" in truth.data(Qt.ItemDataRole.ToolTipRole)
    path, sha256 = program.session.item.path, program.session.sha256
    qtbot.waitUntil(lambda: open_review.is_saved and path in reviewed_truth("Ann", [path]))
    qtbot.waitUntil(lambda: _kept(path).truth is not None)
    program.window.close()

    journal = Journal()
    journal.append([Event("own_set", sha256, "Ann",
                          {"id": "o", "leads": ["V6"], "start_s": 15.0, "end_s": 16.0, "label": "late"})])
    journal.close()
    program, again = make_worklist(tmp_path)
    results = again.worklist.results
    assert results.scores[row].is_outdated, "decided elsewhere since"
    assert results.percentile[row] > 0, "the score itself stays"
    assert (results.n_done, results.n_hits[row]) == (1, -1)
    assert cell(again.worklist.table, row, "truth") == "changed: score again"
    run_to_the_end(qtbot, program, again)
    results = again.worklist.results
    assert background.asked == [path.stem]
    assert results.n_hits[row] + results.n_misses[row] == 2
    assert results.scores[row].truth.sources == ("reviewer",)
    assert results.n_done == 2


def _kept(path: Path) -> RecordScore:
    with ScoreStore() as store:
        return store.load(SHA, [path]).get(path, RecordScore())


def test_what_another_model_has_scored_stays_beside_the_scores_of_the_model_in_use(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    other = model_source("mmae-ecg-faithful")
    path = resource("demo", "00195_hr.hea")
    with ScoreStore() as store:
        store.save(other.sha256, {path: RecordScore(1.5, 61.5, 1.0, "good")})
    _program, feature = make_worklist(resource("demo"))
    qtbot.waitUntil(lambda: feature.worklist.second.is_there)
    row = feature.worklist.position(path)
    model = feature.panel.model
    second = COLUMN_IDS.index("second_percentile")
    assert model.index(row, second).data() == "61.5"
    assert model.headerData(second, Qt.Orientation.Horizontal) == "mmae-ecg-faithful 2"
    assert {"percentile", "second_percentile", "percentile_difference"} <= set(feature.panel.view.chosen)
    assert feature.worklist.results.source.sha256 == SHA, "the model in use is not replaced"


def test_each_of_two_models_finds_its_own_scores_and_the_others_beside_them(tmp_path: Path) -> None:
    path = resource("demo", "00195_hr.hea")
    first, second = (model_source(name) for name in ("mmae-ecg-plus", "mmae-ecg-faithful"))
    with ScoreStore() as store:
        store.save(first.sha256, {path: RecordScore(1.0, 90.0, 1.0, "good")})
        store.save(second.sha256, {path: RecordScore(2.0, 80.0, 1.0, "good")})
    for mine, others in ((first, second), (second, first)):
        sent: list[object] = []
        name = mine.model.split()[0]
        job = listing_job(None, [path], name, None, others=["mmae-ecg-plus", "mmae-ecg-faithful"])
        job(Recorder(sent))
        kept, beside = (event for event in sent if isinstance(event, Kept))
        assert (kept.source, beside.source) == (mine, others)
        assert beside.scores[path].percentile == (80.0 if mine is first else 90.0)


class Recorder:
    """Takes down what a job reports."""

    def __init__(self, sent: list[object]) -> None:
        self.send = sent.append

    def stopped(self) -> bool:
        return False
