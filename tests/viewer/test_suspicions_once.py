"""A suspicion that many stretches of a long recording raise is shown once, and none is taken for a missing result."""

from __future__ import annotations

from ecg_viewer.state.assessment import Assessment
from mmae_core.assessment import QualityReport, Suspicion, SuspicionKind, WindowAssessment
from mmae_core.record import STANDARD_LEADS


def window(start_s: float, *suspicions: tuple[SuspicionKind, str]) -> WindowAssessment:
    quality = QualityReport(start_s, 10.0, 1.0, "good", (), (), tuple(Suspicion(*item) for item in suspicions))
    n = len(STANDARD_LEADS)
    return WindowAssessment(start_s, 1.0, 1.0, 1.0, 50.0, 0.5, (50.0,) * n, (True,) * n, (), quality)


def test_the_first_sentence_of_each_kind_stands_for_all() -> None:
    windows = (
        window(0.0), window(5.0, ("late-lead", "V6 is 50 ms late")),
        window(10.0, ("late-lead", "V6 is 60 ms late"), ("pacing", "spikes at 12 s")),
        window(15.0, ("pacing", "spikes at 17 s"), ("late-lead", "V6 is 50 ms late")),
    )
    assessment = Assessment(windows=windows)
    assert assessment.suspicions == ("V6 is 50 ms late", "V6 is 60 ms late", "spikes at 12 s", "spikes at 17 s")
    assert assessment.first_suspicions == ("V6 is 50 ms late", "spikes at 12 s")
