"""An empty list of findings says what was not looked at, and never that all is well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.layers import Layers, StretchLayers
from ecg_viewer.state.words.empty_list_words import no_findings_sentence, no_findings_word
from mmae_core.assessment import QualityReport, WindowAssessment
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.messages import Message

NAN = float("nan")
USUAL = WindowAssessment(0.0, 1.0, 1.0, 0.0, 40.0, 0.6, (50.0,) * 12, (True,) * 12, ())
STANDS_OUT = "stands out from the normal cohort"


def said(*windows: WindowAssessment, phase: Phase = Phase.DONE, **values: object) -> str:
    strongest = next((window for window in windows if window.score == window.score), None)
    return no_findings_sentence(Assessment(phase, windows=windows, strongest_window=strongest, **values))


def test_where_all_was_assessed_none_does_not_mean_normal() -> None:
    assert said(USUAL) == "No stretch stands out from the normal cohort. This does not mean the ECG is normal."


def test_what_is_coloured_without_being_a_finding_is_not_denied() -> None:
    pr = Departure("pr_ms", "PR", "P", None, 1, 250.0, "ms", 99.7, 1000, "men", 4.0, 91.0, -0.3, -0.1,
                   Message("PR 250 ms"), 96.0)
    layers = Layers().with_stretch(StretchLayers(RecordDepartures(0.0, 10.0, (pr,))))
    text = said(USUAL, layers=layers)
    assert text.startswith("No finding: more than one normal ECG in twenty shows something as unusual. Single ")
    assert STANDS_OUT not in text
    assert "as a whole" not in text
    assert "as a whole" in said(replace(USUAL, percentile=97.0), layers=layers)
    in_bold = Layers().with_stretch(StretchLayers(RecordDepartures(0.0, 10.0, (replace(pr, heat_percentile=89.0),))))
    assert STANDS_OUT not in said(USUAL, layers=in_bold), "the line above the paper has it in bold"
    of_lead = replace(pr, quantity="t_mv", kind="T tall", wave="T", lead="V2", heat_percentile=89.0)
    pale = Layers().with_stretch(StretchLayers(RecordDepartures(0.0, 10.0, (of_lead,))))
    assert STANDS_OUT in said(USUAL, layers=pale)


def test_where_nothing_was_assessed_it_says_so_and_why() -> None:
    assert said(replace(USUAL, score=NAN), notes=("One thing", "another")) == "Not assessed: One thing; another"
    none = replace(USUAL, score=NAN, assessable=(False,) * 12)
    assert said(none) == "Not assessed: every lead is flat, missing or too small."
    assert said(phase=Phase.UNSUPPORTED, message="It lacks V2.") == "Not assessed: It lacks V2."
    assert said(phase=Phase.FAILED) == "Not assessed."


def test_what_was_left_out_of_a_recording_is_named() -> None:
    without_two = replace(USUAL, assessable=(True, True, False, True, True, True, False, *(True,) * 5))
    assert said(without_two) == (
        "No stretch stands out in what was assessed. Not assessed: III, V1. This does not mean the ECG is normal.")
    poor = replace(USUAL, start_s=10.0, quality=QualityReport(10.0, 10.0, 0.1, "poor", (), ("noise",)))
    gap = replace(USUAL, start_s=20.0, score=NAN)
    text = said(USUAL, poor, gap, n_unreliable=1)
    assert "Not assessed: 1 of 3 stretches of 10 s." in text
    assert "1 of 3 stretches of 10 s are unreliable: poor signal." in text
    assert STANDS_OUT not in text


def test_a_child_whom_nobody_compares_has_no_clean_bill() -> None:
    why = Message("not compared: normal limits are of adults, from {youngest} years on", youngest=16)
    alone = RecordDepartures(0.0, 10.0, limitations=(why,))
    later = replace(alone, start_s=10.0, end_s=20.0)
    layers = Layers().with_stretch(StretchLayers(alone)).with_stretch(StretchLayers(later))
    assert said(USUAL, layers=layers) == (
        "No stretch stands out in what was assessed. Named departures: not compared: normal limits are of adults, "
        "from 16 years on. This does not mean the ECG is normal.")


def test_a_stop_says_how_far_the_assessment_had_come() -> None:
    assert said(phase=Phase.CANCELLED) == "Stopped before anything was assessed."
    text = said(USUAL, phase=Phase.CANCELLED, done_s=60.0, total_s=600.0)
    assert text.startswith("Stopped after 60 of 600 s")
    assert STANDS_OUT not in text


@pytest.mark.parametrize(
    ("phase", "window", "word"),
    [(Phase.DONE, USUAL, "no findings"), (Phase.DONE, None, "not assessed"), (Phase.UNSUPPORTED, None, "not assessed"),
     (Phase.SCORING, None, "not yet assessed"),
     (Phase.DONE, replace(USUAL, quality=QualityReport(0.0, 10.0, 0.1, "poor", (), ())), "poor signal")],
)
def test_the_tool_bar_says_it_in_two_words(phase: Phase, window: WindowAssessment | None, word: str) -> None:
    assert no_findings_word(Assessment(phase, strongest_window=window)) == word
