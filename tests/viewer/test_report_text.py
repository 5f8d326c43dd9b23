"""What a reader sees of numbers and texts that the sources have in another form."""

from __future__ import annotations

import re
from pathlib import Path

from ecg_viewer.state.words.percentile_words import exact_percentile
from ecg_viewer.state.words.report_words import LONGEST_WORD, breakable, readable_report


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


def test_a_long_word_may_be_broken_and_loses_nothing() -> None:
    word = "(chnidinspiegel:3,4(2,0-5,0),digoxinspiegel:0,62(0,8-2,0)" + 50 * "a"
    text = breakable(f"novodigal {word} ecg")
    pieces = re.split(r"[\s\N{ZERO WIDTH SPACE}]", text)
    assert max(map(len, pieces)) <= LONGEST_WORD + 1
    assert text.replace("\N{ZERO WIDTH SPACE}", "") == f"novodigal {word} ecg"
    assert breakable("short words stay") == "short words stay"
