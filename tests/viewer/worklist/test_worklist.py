"""The worklist without a window: filtered, sorted and stepped through as one would with the table."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.localization_outcome import match_truth
from ecg_viewer.state.research.truth import TruthBox
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.worklist.cohort_figures import cohort_figures, figures_sentence
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, TruthFigures, tally, truth_figures
from ecg_viewer.state.worklist.sorting import COLUMNS, Sort
from ecg_viewer.state.worklist.stored_measurements import StrongestFinding
from ecg_viewer.state.worklist.worklist import Worklist
from ecg_viewer.state.worklist.worklist_words import cell, row_tooltip
from mmae_core.assessment import Finding


def item(name: str, **values: object) -> RecordItem:
    return RecordItem(Path(f"/data/{name}.hea"), name, **values)  # type: ignore[arg-type]


PEOPLE = (
    item("a10", statements=(("NORM", 100.0), ("SR", 0.0)), superclasses=("NORM",), age=56.0, sex="male", fold=1,
         report="sinusrhythmus normales ekg"),
    item("a2", statements=(("IMI", 80.0),), superclasses=("MI",), age=300.0, sex="female", fold=10),
    item("a1", statements=(("IMI", 15.0), ("CLBBB", 100.0)), superclasses=("CD", "MI"), age=31.0, sex="female", fold=2),
    item("b", report="schrittmacher"),
)


def worklist_of(items: Sequence[RecordItem] = PEOPLE) -> Worklist:
    worklist = Worklist()
    worklist.set_columns(make_columns(items))
    return worklist


def shown(worklist: Worklist) -> list[str]:
    return [worklist.columns.names[row] for row in worklist.order]


def score(value: float, percentile: float = 99.0, **values: object) -> RecordScore:
    return replace(RecordScore(value, percentile, 1.0, "good", tally([percentile])), **values)


def test_names_sort_by_the_numbers_in_them_and_unknown_values_come_last_in_either_direction() -> None:
    worklist = worklist_of()
    worklist.set_sort(Sort("name"))
    assert shown(worklist) == ["a1", "a2", "a10", "b"]
    worklist.set_sort(Sort("age"))
    assert shown(worklist) == ["a1", "a10", "a2", "b"]
    worklist.set_sort(Sort("age", descending=True))
    assert shown(worklist) == ["a2", "a10", "a1", "b"]
    worklist.set_sort(Sort("superclass"))
    assert shown(worklist) == ["a10", "a2", "a1", "b"], "NORM, MI, CD as PTB-XL lists them"
    worklist.set_sort(Sort())
    assert shown(worklist) == ["a10", "a2", "a1", "b"], "the order of the list"


@pytest.mark.parametrize("column", [column.id for column in COLUMNS])
def test_every_column_sorts_both_ways_without_losing_a_row(column: str) -> None:
    worklist = worklist_of()
    worklist.put_scores({0: score(1.0), 1: score(3.0), 2: RecordScore(problem="lacks lead V2")})
    for descending in (False, True):
        worklist.set_sort(Sort(column, descending))
        assert sorted(worklist.order) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (WorklistFilter(text="normales SINUS"), ["a10"]),
        (WorklistFilter(text="imi"), ["a2", "a1"]),
        (WorklistFilter(superclass="MI"), ["a2", "a1"]),
        (WorklistFilter(superclass="–"), ["b"]),
        (WorklistFilter(statement="CLBBB"), ["a1"]),
        (WorklistFilter(fold=10), ["a2"]),
        (WorklistFilter(sex="female", max_age=60), ["a1"]),
        (WorklistFilter(min_age=50), ["a10", "a2"]),
        (WorklistFilter(min_age=50, max_age=89), ["a10"]),
        (WorklistFilter(max_age=90), ["a10", "a2", "a1"]),
        (WorklistFilter(state="reviewed"), ["a2"]),
        (WorklistFilter(state="not scored"), ["a2", "b"]),
        (WorklistFilter(state="no score"), ["a1"]),
        (WorklistFilter(quality="good"), ["a10"]),
        (WorklistFilter(min_percentile=98.0), ["a10"]),
        (WorklistFilter(min_percentile=99.5), []),
        (WorklistFilter(truth="false alarms"), ["a10"]),
    ],
)
def test_a_filter_lets_through_what_fulfils_it(chosen: WorklistFilter, names: list[str]) -> None:
    worklist = worklist_of()
    worklist.put_scores({0: score(1.0), 2: RecordScore(problem="lacks lead V2")})
    worklist.put_review({1: Summary("reviewed", 0, 0, 0)})
    worklist.set_filter(chosen)
    assert shown(worklist) == names


def test_a_filter_counts_its_conditions_beside_the_text() -> None:
    assert WorklistFilter(text="imi").n_active == 0
    assert WorklistFilter(text="imi", sex="female", min_age=0, max_age=89).n_active == 3


def test_beyond_all_normals_the_score_tells_apart_and_what_does_not_count_comes_last() -> None:
    worklist = worklist_of()
    worklist.put_scores({
        0: score(-2.0, 100.0), 1: score(5.0, 100.0), 2: score(9.0, 100.0, verdict="poor"), 3: score(1.0, math.nan),
    })
    worklist.set_sort(Sort("percentile", descending=True))
    assert shown(worklist)[:2] == ["a2", "a10"]
    assert set(shown(worklist)[2:]) == {"a1", "b"}


def test_equal_strongest_findings_go_by_the_record_and_poor_signals_and_scores_of_earlier_versions_come_last() -> None:
    worklist = worklist_of()
    beyond = StrongestFinding(100.0, ("V2",), "ST elevation", "named", "ST +0.24 mV in V2")
    worklist.put_scores({
        0: score(-2.0, strongest=beyond), 1: score(5.0, strongest=beyond), 2: score(9.0, verdict="poor",
                                                                                    strongest=beyond),
        3: score(1.0, is_earlier=True),
    })
    worklist.set_sort(Sort("strongest", descending=True))
    assert shown(worklist)[:2] == ["a2", "a10"]
    assert [cell(worklist.table, row, "strongest") for row in range(4)] == ["100", "100", "unreliable", ""]
    assert worklist.results.n_done == 3, "what an earlier version kept is scored again"
    worklist.set_next_by("finding")
    assert [worklist.next_anomalous(None) for _ in range(2)] == [1, 0]
    assert "Strongest finding: ST +0.24 mV in V2" in row_tooltip(worklist.table, 0)


def test_a_new_finding_is_found_by_the_search_that_is_asked() -> None:
    worklist = worklist_of()
    worklist.set_filter(WorklistFilter(text="premature"))
    assert shown(worklist) == []
    worklist.put_scores({3: score(1.0, strongest=StrongestFinding(97.0, ("II",), "premature beat", "own"))})
    assert worklist.is_stale
    worklist.refresh()
    assert shown(worklist) == ["b"]


def test_scores_do_not_move_rows_before_a_refresh() -> None:
    worklist = worklist_of()
    worklist.put_scores({0: score(1.0), 1: score(2.0)})
    worklist.set_sort(Sort("percentile", descending=True))
    orders: list[list[str]] = []
    worklist.order_changed.connect(lambda: orders.append(shown(worklist)))
    worklist.put_scores({2: score(3.0)})
    assert orders == []
    assert worklist.is_stale
    worklist.refresh()
    assert orders == [["a1", "a2", "a10", "b"]]
    assert not worklist.is_stale


def test_a_list_that_grows_keeps_scores_and_review_states() -> None:
    worklist = worklist_of(PEOPLE[:2])
    worklist.put_scores({1: score(4.0)})
    worklist.put_review({1: Summary("in progress", 0, 0, 0)})
    worklist.set_columns(make_columns((PEOPLE[3], *PEOPLE[:2])))
    assert worklist.results.score[2] == 4.0
    assert list(worklist.review) == [0, 0, 1]
    assert worklist.results.n_done == 1


def test_the_next_record_is_the_most_anomalous_that_nobody_reviewed_and_back_goes_the_same_way() -> None:
    worklist = worklist_of()
    paths = [listed.path for listed in worklist.columns.items]
    worklist.put_scores({0: score(1.0), 1: score(4.0), 2: score(3.0), 3: score(2.0)})
    worklist.put_review({2: Summary("reviewed", 0, 0, 0)})
    assert worklist.next_anomalous(paths[0]) == 1
    assert worklist.next_anomalous(paths[1]) == 3, "2 was reviewed"
    worklist.put_scores({2: score(3.0)})
    assert worklist.previous_anomalous(paths[3]) == 1
    assert worklist.previous_anomalous(paths[1]) == 0, "where the reader came from"
    assert worklist.previous_anomalous(paths[0]) is None
    assert worklist.next_anomalous(paths[0]) == 1
    assert worklist.next_anomalous(paths[1]) == 3
    assert worklist.next_anomalous(paths[3]) == 1, "all were gone to: it begins anew"


def test_the_next_record_is_one_of_those_shown() -> None:
    worklist = worklist_of()
    worklist.put_scores({row: score(float(row)) for row in range(4)})
    worklist.set_filter(WorklistFilter(superclass="MI"))
    assert worklist.next_anomalous(None) == 2
    worklist.set_filter(WorklistFilter(text="nobody"))
    assert worklist.next_anomalous(None) is None


def test_hits_misses_and_false_alarms_follow_the_threshold() -> None:
    worklist = worklist_of()
    figures = TruthFigures(0.8, tally([99.0, 98.5, -1.0]), tally([98.2, 99.5]))
    worklist.put_scores({1: score(1.0, truth=figures), 0: score(1.0, finding_percentiles=tally([99.9, 98.6]))})
    results = worklist.results
    assert (results.n_hits[1], results.n_misses[1], results.n_false[1]) == (2, 1, 2)
    assert results.n_false[0] == 2, "every finding in a normal recording is one"
    assert results.n_misses[0] == -1, "nothing is known to be missed"
    worklist.set_threshold(98.8)
    assert (results.n_hits[1], results.n_misses[1], results.n_false[1]) == (1, 2, 1)
    assert results.n_false[0] == 1
    assert results.n_findings[0] == 1


def test_failures_are_stepped_through_in_the_order_shown() -> None:
    worklist = worklist_of()
    paths = [listed.path for listed in worklist.columns.items]
    missed = TruthFigures(0.4, tally([-1.0]), ())
    found = TruthFigures(0.9, tally([99.0]), ())
    worklist.put_scores({1: score(1.0, truth=missed), 2: score(1.0, truth=found), 3: score(1.0, truth=missed)})
    worklist.set_sort(Sort("name"))
    assert worklist.step_failure(None, 1) == 1
    assert worklist.step_failure(paths[1], 1) == 3
    assert worklist.step_failure(paths[3], 1) is None
    assert worklist.step_failure(paths[3], -1) == 1
    assert worklist.step_failure(paths[2], 1) == 1, "a1 comes before a2"


def test_what_is_seen_is_scored_first_then_what_is_shown_then_the_rest() -> None:
    worklist = worklist_of()
    worklist.set_filter(WorklistFilter(superclass="MI"))
    assert worklist.scoring_order(1, 5).tolist() == [2, 1, 0, 3]
    worklist.set_filter(WorklistFilter())
    assert np.array_equal(worklist.scoring_order(-1, -1), [0, 1, 2, 3])


def test_the_figures_of_a_long_record_count_every_finding_and_are_kept_in_little_room() -> None:
    dice = random.Random(7)
    findings = [
        Finding("V1", 10 + 2 * place, 10.5 + 2 * place, 10.2 + 2 * place, dice.uniform(95, 100), 1.0)
        for place in range(20_000)
    ]
    findings.append(Finding("II", 1.0, 1.4, 1.2, 95.3, 0.1))  # weaker than thousands, and the only hit
    boxes = (TruthBox(("II",), 1.0, 1.5, "lesion", "lesion"), TruthBox(("V6",), 5.0, 6.0, "lesion", "lesion"))
    assessment = Assessment(Phase.DONE, findings=tuple(findings))
    whole = replace(score(1.0), finding_percentiles=tally([found.percentile for found in findings]),
                    truth=truth_figures(0.9, boxes, assessment.findings))
    worklist = worklist_of()
    worklist.put_scores({1: whole})
    results = worklist.results
    for threshold in (95.0, 95.3, 95.4, 97.1, 99.9):
        worklist.set_threshold(threshold)
        outcome = match_truth(boxes, findings, threshold)
        assert (results.n_hits[1], results.n_misses[1], results.n_false[1]) == (
            outcome.n_hits, outcome.n_misses, outcome.n_false_alarms)
        assert results.n_findings[1] == sum(found.percentile >= threshold for found in findings)
    assert whole.finding_percentiles is not None
    assert len(whole.finding_percentiles) <= 502


def test_a_percentile_that_is_the_strongest_of_several_windows_is_marked_and_explained() -> None:
    worklist = worklist_of()
    worklist.put_scores({0: score(1.0, 97.3), 1: score(1.0, 97.3, n_windows=1800, n_high=126)})
    assert cell(worklist.table, 0, "percentile") == "97.3"
    assert cell(worklist.table, 1, "percentile") == "97.3 *"
    assert "windows" not in row_tooltip(worklist.table, 0)
    assert "strongest of 1,800 10-s windows; the normal cohort has one per ECG" in row_tooltip(worklist.table, 1)
    assert "126 of them (7.0 %) reach the 95th percentile, as 5 % of normal ECGs do" in row_tooltip(worklist.table, 1)


def test_figures_of_a_cohort_leave_poor_signals_out_and_say_how_many() -> None:
    worklist = worklist_of()
    hit, miss = tally([99.0]), tally([-1.0])
    worklist.put_scores({
        0: score(1.0, verdict="poor"), 1: score(1.0, truth=TruthFigures(0.9, hit, ())),
        2: score(1.0, truth=TruthFigures(0.3, miss, ()), verdict="poor"),
    })
    figures = cohort_figures(worklist.table, np.arange(4))
    assert (figures.n_localized, figures.mean_auroc, figures.n_boxes, figures.n_normal) == (1, 0.9, 1, 0)
    assert figures_sentence(figures, 95.0).endswith(" · 2 with a poor signal not counted")


def test_none_found_where_nobody_could_tell_is_no_nought() -> None:
    worklist = worklist_of()
    worklist.put_scores({
        0: score(1.0, finding_percentiles=()), 1: score(1.0, finding_percentiles=(), verdict="poor"),
        2: score(1.0, percentile=math.nan, finding_percentiles=()), 3: RecordScore(problem="It is flat."),
    })
    assert [cell(worklist.table, row, "findings") for row in range(4)] == ["0", "–", "–", ""]
    assert (worklist.results.n_done, worklist.results.n_failed) == (4, 1)


def test_a_threshold_in_tenths_is_reached_by_its_own_percentile() -> None:
    for tenths in range(900, 1000):
        assert tally([tenths / 10])[0][0] >= tenths / 10


def test_two_models_percentiles_stand_beside_each_other_and_sort_by_their_difference() -> None:
    worklist = worklist_of()
    worklist.put_scores({0: score(1.0, 60.0), 1: score(2.0, 90.0), 2: score(3.0, 99.0)})
    worklist.set_second(ScoreSource("other 2", "b" * 64), {
        0: score(5.0, 70.5), 1: score(4.0, 80.0), 2: replace(score(9.0, 100.0), verdict="poor")})
    assert [cell(worklist.table, row, "second_percentile") for row in range(4)] == ["70.5", "80.0", "unreliable", ""]
    assert [cell(worklist.table, row, "percentile_difference") for row in range(4)] == ["−10.5", "+10.0", "", ""]
    worklist.set_sort(Sort("percentile_difference", descending=True))
    assert shown(worklist)[:2] == ["a2", "a10"], "what one of them did not judge comes last"
    worklist.set_sort(Sort("second_percentile", descending=True))
    assert shown(worklist)[:2] == ["a10", "a2"], "by that model's score"
    worklist.set_columns(make_columns(PEOPLE[1:]))
    assert cell(worklist.table, 0, "second_percentile") == "80.0", "scores follow their recordings in another list"
    assert "other 2: 80.0" in row_tooltip(worklist.table, 0)


def test_a_conclusion_is_a_column_that_is_searched_sorted_and_filtered_by() -> None:
    worklist = worklist_of()
    worklist.put_review({
        0: Summary("in progress", 0, 0, 0, conclusion="Sinus rhythm.\nNo change."),
        3: Summary("reviewed", 1, 0, 0, conclusion="atrial pacing"), 1: Summary("reviewed", 0, 1, 0),
    })
    assert [cell(worklist.table, row, "conclusion") for row in range(4)] == [
        "Sinus rhythm. · No change.", "", "", "atrial pacing"]
    assert "Conclusion: Sinus rhythm.\nNo change." in row_tooltip(worklist.table, 0)
    worklist.set_sort(Sort("conclusion"))
    assert shown(worklist) == ["b", "a10", "a1", "a2"], "those without one come last"
    worklist.set_filter(WorklistFilter(text="PACING"))
    assert shown(worklist) == ["b"]
    worklist.set_filter(WorklistFilter(text="change normales"))
    assert shown(worklist) == ["a10"], "each word may stand elsewhere"
    worklist.set_filter(WorklistFilter(state="concluded"))
    assert sorted(shown(worklist)) == ["a10", "b"]
    worklist.put_review({2: Summary("in progress", 0, 0, 0, conclusion="new")})
    assert worklist.is_stale


def test_rows_keep_their_places_until_asked_and_it_is_said_only_when_the_order_would_be_another() -> None:
    worklist = worklist_of()
    worklist.set_sort(Sort("percentile", descending=True))
    said: list[bool] = []
    worklist.outdated_changed.connect(lambda: said.append(worklist.is_outdated))
    before = shown(worklist)
    worklist.put_scores({row: score(4.0 - place) for place, row in enumerate(worklist.order)})
    worklist.check_order()
    assert (shown(worklist), said) == (before, []), "the same order"
    worklist.put_scores({int(worklist.order[-1]): score(9.0)})
    worklist.check_order()
    worklist.check_order()
    assert (shown(worklist), said, worklist.is_outdated) == (before, [True], True)
    worklist.refresh()
    assert shown(worklist) == [before[-1], *before[:-1]]
    assert (said, worklist.is_outdated) == ([True, False], False)


def test_marks_are_of_recordings_whatever_their_order_and_choose_rows() -> None:
    worklist = worklist_of()
    heard: list[int] = []
    worklist.marks.changed.connect(lambda: heard.append(len(worklist.marks)))
    worklist.marks.toggle(PEOPLE[3].path)
    worklist.marks.put([PEOPLE[0].path, PEOPLE[3].path], True)
    worklist.set_sort(Sort("name"))
    assert [worklist.columns.names[row] for row in worklist.rows_of("marked")] == ["a10", "b"]
    assert [cell(worklist.table, row, "mark") for row in range(4)] == ["☑", "☐", "☐", "☑"]
    worklist.set_filter(WorklistFilter(sex="female"))
    assert [worklist.columns.names[row] for row in worklist.rows_of("shown")] == ["a1", "a2"]
    assert sorted(worklist.rows_of("all")) == [0, 1, 2, 3]
    assert [worklist.columns.names[row] for row in worklist.rows_of("marked")] == ["a10", "b"], "though not shown"
    worklist.set_columns(make_columns(PEOPLE[1:]))
    assert heard == [1, 2, 1], "what is no longer listed is no longer marked"
    worklist.marks.put([PEOPLE[3].path], False)
    assert len(worklist.rows_of("marked")) == 0
