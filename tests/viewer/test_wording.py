"""What the viewer says: distances from a cohort, rounded so that nothing is claimed that is not so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Phase, WindowCounts
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import set_translator, tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import (
    cohort_sentence,
    comparison_sentence,
    duration_text,
    instant_text,
    model_explanation,
    p_value_sentence,
    percentile_text,
    phase_sentence,
    poor_lead_text,
    quality_text,
    statements_text,
    strongest_sentence,
    time_text,
    unreliable_count,
    unreliable_number,
    window_sentence,
)
from mmae_core.assessment import LeadQuality, QualityReport, WindowAssessment
from mmae_core.record import STANDARD_LEADS

NAN = float("nan")


@pytest.mark.parametrize(
    ("percentile", "said"),
    [
        (97.34, "More unusual than 97.3 % of 912 normal ECGs"),
        (99.989, "More unusual than 99.98 % of 912 normal ECGs"),
        (100.0, "More unusual than every one of 912 normal ECGs"),
        (0.0, "Less unusual than every one of 912 normal ECGs"),
        (NAN, "Not compared with normal ECGs"),
    ],
)
def test_the_cohort_sentence(percentile: float, said: str) -> None:
    assert cohort_sentence(percentile, 912) == said


def test_an_instant_has_a_unit_where_it_is_not_a_clock_s() -> None:
    assert instant_text(3.42, long=False) == "3.42 s"
    assert instant_text(3723.4, long=True) == "1:02:03.4"


def test_a_cohort_of_unknown_size_is_not_invented() -> None:
    assert cohort_sentence(50, None) == "More unusual than 50.0 % of the normal ECGs"


@pytest.mark.parametrize(
    ("value", "said"),
    [(99.94, "99.94"), (99.96, "99.96"), (99.999, "99.99"), (100, "100"), (99.87, "99.8"), (NAN, "–")],
)
def test_a_percentile_is_never_rounded_up(value: float, said: str) -> None:
    assert percentile_text(value) == said


def test_p_values() -> None:
    assert p_value_sentence(0.0274).startswith("p = 0.027: ")
    assert p_value_sentence(0.00011).startswith("p = 1.1e-04: ")
    assert p_value_sentence(NAN) == ""


@pytest.mark.parametrize(
    ("time_s", "long", "said"),
    [(3.416, False, "3.42"), (3723.44, True, "1:02:03.4"), (3599.97, True, "1:00:00.0"), (59.96, True, "0:01:00.0")],
)
def test_times(time_s: float, long: bool, said: str) -> None:
    assert time_text(time_s, long=long) == said


@pytest.mark.parametrize(
    ("duration_s", "said"), [(10, "10 s"), (38.4, "38.4 s"), (723, "12 min 3 s"), (86_370, "24 h 00 min")]
)
def test_durations(duration_s: float, said: str) -> None:
    assert duration_text(duration_s) == said


def test_a_likelihood_of_0_is_unknown_and_not_said_as_0() -> None:
    item = RecordItem(Path("x"), "x", statements=(("SR", 0.0), ("NORM", 100.0), ("PVC", 35.0)))
    assert statements_text(item) == "NORM 100 · PVC 35 · SR"


def window(verdict: str, *reasons: str) -> WindowAssessment:
    leads = tuple(LeadQuality(lead, 1.0, ()) for lead in STANDARD_LEADS)
    quality = QualityReport(0.0, 10.0, 0.43, verdict, leads, reasons)
    return WindowAssessment(0.0, 1.0, 1.0, 1.0, 99.87, 0.002, (50.0,) * 12, (True,) * 12, (), quality)


def test_a_poor_signal_is_called_unreliable_and_never_abnormal() -> None:
    poor = window("poor", "V1, V2: flat for 8.2 of 10 s", "I: mains hum of 0.40 mV at 50 Hz")
    assert window_sentence(poor, 912) == "Unreliable – V1, V2: flat for 8.2 of 10 s"
    assert window_sentence(window("poor"), 912) == "Unreliable: the signal is too poor"
    said = comparison_sentence(poor, WindowCounts(7, 3))
    assert "too poor" in said
    assert "p =" not in said
    assert quality_text(poor.quality, of_strongest=False) == "Signal quality: poor (0.43 of 1)"
    assert "99.8" in unreliable_number(poor)


def test_a_fair_signal_keeps_its_percentile_and_names_what_was_found() -> None:
    fair = window("fair", "V1: noise of up to 90 µV rms")
    assert window_sentence(fair, 912) == "More unusual than 99.8 % of 912 normal ECGs"
    assert comparison_sentence(fair, WindowCounts(1, 1)).startswith("p = 0.002")
    assert quality_text(fair.quality, of_strongest=True).splitlines() == [
        "Signal quality of the strongest 10 s: fair (0.43 of 1)",
        "V1: noise of up to 90 µV rms",
    ]
    assert quality_text(None, of_strongest=True) == ""


def test_the_strongest_of_several_windows_has_no_p_value_but_the_share_that_stands_out_beside_that_of_normals() -> None:
    said = comparison_sentence(window("good"), WindowCounts(1800, 126))
    assert said.startswith("126 of 1,800 10-s windows (7.0 %) reach the 95th percentile; of normal ECGs 5 % do.")
    assert "one 10-s window per ECG" in said
    assert "p =" not in said
    assert strongest_sentence("More unusual than 99.8 % of 912 normal ECGs", WindowCounts(1800, 126)) == (
        "Strongest of 1,800 10-s windows: more unusual than 99.8 % of 912 normal ECGs")
    assert strongest_sentence("Unreliable: flat", WindowCounts(0, 0)) == "Strongest 10 s: unreliable: flat"


def test_numbers_in_sentences_are_written_as_the_language_does() -> None:
    set_translator(lambda text: text, "de")
    try:
        sentence = comparison_sentence(window("good"), WindowCounts(1800, 126))
        assert sentence.startswith("126 of 1.800 10-s windows (7,0 %)")
        assert percentile_text(99.87) == "99,8"
        assert time_text(3.416, long=False) == "3,42"
        assert time_text(3723.44, long=True) == "1:02:03,4"
        assert duration_text(38.4) == "38,4 s"
        assert p_value_sentence(0.00011).startswith("p = 1,1e-04: ")
        assert tr("{a:,} {b:.3f} {c} {d} {e}").format(a=9525, b=np.float32(0.904), c=True, d="1,5.2", e=0.5) == (
            "9.525 0,904 True 1,5.2 0,5"), "a text that is filled in stays as it is"
        assert number(1234567.25, ",.2f") == "1.234.567,25"
    finally:
        set_translator(None)
    assert number(1234567.25, ",.2f") == "1,234,567.25"
    assert tr("{b:.3f}").format(b=0.9) == "0.900"


def test_what_is_unreliable_is_counted_and_explained() -> None:
    assert unreliable_count(0, 40) == ""
    assert unreliable_count(3, 1200) == "3 of 1,200 stretches of 10 s are unreliable: poor signal"
    assert poor_lead_text("V1", "") == "V1 is unreliable: poor signal"
    assert poor_lead_text("V1", "flat") == "V1 is unreliable: flat"


def test_what_is_computed_is_said_with_the_model_that_computes_it() -> None:
    assert phase_sentence(Phase.WAITING, "plus") == "Starting plus…"
    assert phase_sentence(Phase.SCORING, "plus") == "Assessing with plus…"
    assert phase_sentence(Phase.FAILED, "plus") == "Not assessed"
    assert phase_sentence(Phase.NONE, "plus") == ""


def test_a_model_is_explained_by_its_version_cohort_training_and_checksum() -> None:
    info = ModelInfo("plus", "2", "cpu", 1896, "ab" * 32, cohort="normals of PTB-XL", trained_on="PTB-XL, folds 1, 2")
    assert model_explanation(info).splitlines() == [
        "Model plus, version 2, on cpu",
        "Compared with 1,896 normal ECGs: normals of PTB-XL",
        "Learned from PTB-XL, folds 1, 2",
        f"Weights SHA-256 {'ab' * 32}",
    ]
    assert model_explanation(ModelInfo("plus", "2", "")) == "Model plus, version 2\nCompared with normal ECGs"
