"""A reviewer's own texts: filled from what was measured, kept, and carried between machines in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.review.measured_words import placeholder_values
from ecg_viewer.state.review.templates import (
    PLACEHOLDERS,
    Template,
    Templates,
    TemplatesError,
    checked,
    examples,
    fill,
    read_templates,
    unknown_places,
    write_templates,
)
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS, Measurements, Reason, Value
from mmae_core.record import STANDARD_LEADS

MEASURED = Measurements(
    0.0, 10.0, Value(75.4, n_beats=4), Value(240.0, n_beats=3), Value(96.0, n_beats=4, n_leads=12),
    Value.none(Reason.NO_T), Value(-35.0, n_beats=4), ("I", "aVF"), 0.8, 4, 4, True, STANDARD_LEADS,
)


def test_placeholders_are_filled_with_values_and_units_and_what_is_missing_stands_out() -> None:
    values = placeholder_values(MEASURED, FORMULAS[DEFAULT_FORMULA], ShownPerson(56.4, sex="male"))
    text = "{age}, {sex}: {rate}, PR {pr}, QRS {qrs}, QTc {qtc}, axis {axis}"
    assert fill(text, values) == (
        "56 years, male: 75/min, PR 240 ms, QRS 96 ms, QTc [not measured], axis \N{MINUS SIGN}35°")
    nothing = placeholder_values(None, FORMULAS[DEFAULT_FORMULA], ShownPerson())
    assert fill("{rate} {age} {sex}", nothing) == "[not measured] [not stated] [not stated]"
    assert set(nothing) == set(PLACEHOLDERS)


def test_ages_beyond_89_name_nobody() -> None:
    values = placeholder_values(None, FORMULAS[DEFAULT_FORMULA], ShownPerson(None, is_over_89=True))
    assert fill("{age}", values) == "over 89 years"


@pytest.mark.parametrize(("text", "unknown"), [
    ("{rate} {PR}", ()), ("{heart} {rate} {heart}", ("heart",)), ("{} { rate } {{", ()),
])
def test_what_is_no_placeholder_stays_as_it_is_and_is_named(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_places(text) == unknown
    filled = fill(text, dict.fromkeys(PLACEHOLDERS, "x"))
    assert all(f"{{{name}}}" in filled for name in unknown)
    assert "{rate}" not in filled


def test_a_value_is_not_filled_in_twice() -> None:
    assert fill("{rate}", {"rate": "{pr}"}) == "{pr}"


def test_own_texts_are_there_at_the_next_start_and_examples_until_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "texts.json"
    templates = Templates(path)
    assert templates.items == examples()
    assert templates.of_key(1) == examples()[0]
    assert templates.of_key(8) is None
    own = (Template("Normal", "Sinus rhythm {rate}.\nNo change.", 3), Template("Other", "x"))
    heard: list[int] = []
    templates.changed.connect(lambda: heard.append(1))
    templates.replace(own)
    assert heard == [1]
    assert Templates(path).items == own
    templates.replace(())
    assert Templates(path).items == (), "none is a choice, too"


def test_examples_say_nothing_of_a_disease_and_every_placeholder_of_theirs_is_known() -> None:
    texts = " ".join(item.text for item in examples())
    assert unknown_places(texts) == ()
    for word in ("normal", "infarct", "ischaemia", "block", "hypertrophy", "diagnos"):
        assert word not in texts.casefold()


def test_a_file_is_read_on_another_machine(tmp_path: Path) -> None:
    items = (Template("Größe", "{age} – \"x\"\n", 8), Template("none", "text"))
    write_templates(tmp_path / "t.json", items)
    assert read_templates(tmp_path / "t.json") == items
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["format"] == "ecg-viewer conclusion texts"


@pytest.mark.parametrize("text", [
    "", "[]", "{}", "null", '{"format": "x", "format_version": 1, "texts": []}',
    '{"format": "ecg-viewer conclusion texts", "format_version": 2, "texts": []}',
    '{"format": "ecg-viewer conclusion texts", "format_version": 1, "texts": [{"name": 1, "text": "x"}]}',
    '{"format": "ecg-viewer conclusion texts", "format_version": 1, "texts": [5]}',
])
def test_another_file_is_refused_and_as_the_kept_one_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "texts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplatesError, match=r"texts\.json holds no texts"):
        read_templates(path)
    assert Templates(path).items == examples()
    assert (tmp_path / "texts.json.broken").read_text(encoding="utf-8") == text


def test_a_key_has_one_text_and_an_empty_text_is_none() -> None:
    items = Template("a", "x", 2), Template("b", "y", 2), Template("c", "  "), Template("", "first\nline", 99)
    assert checked(items) == (
        Template("a", "x", 2), Template("b", "y", 0), Template("first", "first\nline", 0))


def test_texts_that_cannot_be_written_hold_until_the_end_and_that_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "no"
    blocked.write_text("a file", encoding="ascii")
    templates = Templates(blocked / "texts.json")
    with pytest.raises(TemplatesError, match="cannot be kept"):
        templates.replace((Template("a", "x"),))
    assert templates.items == (Template("a", "x"),)
