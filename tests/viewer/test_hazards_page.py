"""The page on hazards names tests that exist and repeats figures as the results have them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "hazards.md").read_text(encoding="utf-8")
RESULTS = (REPOSITORY / "docs" / "results.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_test_that_the_page_names_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (REPOSITORY / file).read_text(encoding="utf-8")


def test_every_hazard_says_what_is_left_to_the_reader() -> None:
    hazards = [part for part in re.split(r"\n\n(?=\*\*)", PAGE) if part.startswith("**")][1:]
    assert len(hazards) >= 16
    for hazard in hazards:
        assert "*Left to you:*" in " ".join(hazard.split()), hazard[:60]
    assert len(NAMED) > 25


@pytest.mark.parametrize(("ours", "row"), [
    ("QS", "QS (28)"), ("tall T", "T tall (15)"), ("ST elevation", "ST elevation (44)"), ("Q wave", "Q wave (58)"),
    ("small r, poor R progression", "small r or poor R progression (29)"),
    ("conduction delay", "conduction delay (21)"), ("T inversion", "T inversion (109)"),
    ("flat or low T", "T flat or low (123)"), ("ST depression", "ST depression (146)"),
])
def test_the_blindness_of_each_wave_is_that_of_the_results(ours: str, row: str) -> None:
    line = next(line for line in RESULTS.splitlines() if line.startswith(f"| {row} "))
    cells = [cell.strip() for cell in line.split("|")]
    shown, map_alone = float(cells[2].split(" (")[0]), float(cells[4])
    stated = next(line for line in PAGE.splitlines() if line.startswith(f"| {ours} |"))
    low, high = (float(cell) for cell in stated.split("|")[2:4])
    assert low == pytest.approx(map_alone, abs=0.0051)
    assert high == pytest.approx(shown, abs=0.0051)


@pytest.mark.parametrize("figure", [
    "61.3 %", "fibrillation 89 %", "33 %", "26 %", "2 of 6", "96.9 %", "8.1 %", "99.5 %"])
def test_other_figures_are_in_the_results_too(figure: str) -> None:
    assert figure in " ".join(RESULTS.split())
    assert figure.split(".", maxsplit=1)[0] in PAGE
