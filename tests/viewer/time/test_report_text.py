"""What a reader sees of numbers and texts that the sources have in another form."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.state.percentile_words import exact_percentile
from ecg_viewer.state.report_text import readable_report


def test_the_capitals_are_in_the_file_itself(demo: Path) -> None:
    assert "ventrikulÄre".encode() in (demo / "demo.csv").read_bytes()


def test_capitals_inside_words_are_put_right() -> None:
    assert readable_report("ventrikulÄre extrasystole(n), Ödem") == "ventrikuläre extrasystole(n), ödem"
    assert readable_report("EKG: ischÄmie, Änderung") == "EKG: ischämie, Änderung"
    assert readable_report("sinus rhythm. normal ecg.") == "sinus rhythm. normal ecg."
    assert readable_report("AV-Block I°") == "AV-Block I°"


def test_a_percentile_that_is_cut_on_the_screen_is_told_whole() -> None:
    assert exact_percentile(98.88).startswith("Exactly 98.88,")
    assert "cut, not rounded" in exact_percentile(98.88)
    assert exact_percentile(98.8) == exact_percentile(100.0) == exact_percentile(float("nan")) == ""
