"""Report pages: every figure of the report is on them, nothing is loaded from elsewhere, no text becomes markup."""

from __future__ import annotations

import argparse
import importlib.util
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mmae_core.commands.evaluate import shown_evaluate_command
from mmae_core.errors import ConfigError
from mmae_core.report.evaluation_page import render_html, write_html
from mmae_core.report.html_page import as_words, figure_text, with_interval

VOID = {"meta", "link", "br", "img", "hr", "input"}


def _examples() -> ModuleType:
    """`report_examples.py` beside this file; the tests are no package."""
    spec = importlib.util.spec_from_file_location("report_examples", Path(__file__).with_name("report_examples.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLES = _examples()
detection_report: Callable[..., dict[str, Any]] = EXAMPLES.detection_report
localization_report: Callable[..., dict[str, Any]] = EXAMPLES.localization_report


class Page(HTMLParser):
    """The text, tags and attributes of a page; complains where elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.words)


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return detection_report()


@pytest.fixture(scope="module")
def located() -> dict[str, Any]:
    return localization_report()


def test_a_detection_page_shows_every_figure_with_its_interval(report: dict[str, Any]) -> None:
    text = Page(render_html(report)).text
    groups = [*report["superclasses"].values(), *report["statements"].values(), *report["sex"].values(),
              *report["age"].values()]
    figures = [report["detection"], *report["branches"].values(), report["against"]["detection"]] + [
        group["detection"] for group in groups if group["detection"]
    ]
    for found in figures[:-1]:
        if found is not report["against"]["detection"]:
            assert with_interval(found["auroc"], found["auroc_ci95"]) in text
    for point in report["detection"]["sensitivity_at_specificity"]:
        assert with_interval(point["sensitivity"], point["ci95"]) in text
    comparison = report["against"]["comparison"]
    assert with_interval(comparison["difference"], comparison["difference_ci95"]) in text
    assert "no R-peak was found" in text
    assert "too few" in text
    assert "LVH" in text


def test_a_localization_page_shows_every_figure_with_its_interval(located: dict[str, Any]) -> None:
    text = Page(render_html(located)).text
    for found in (located["localization"], *located["kinds"].values()):
        for name in ("pooled_auroc", "record_auroc", "average_precision"):
            assert with_interval(found[name], found[f"{name}_ci95"]) in text
    for entry in (*located["overlap"]["normals"], located["overlap"]["best"]):
        assert with_interval(entry["dice"], entry["dice_ci95"]) in text
    assert with_interval(located["pointing_game"]["share"], located["pointing_game"]["share_ci95"]) in text
    assert "flatters" in text


def test_the_uniformity_of_p_values_is_on_the_page(report: dict[str, Any]) -> None:
    text = Page(render_html(report)).text
    overall = report["uniformity"]["overall"]
    assert f"largest distance {overall['ks']['distance']:.3f}, band {overall['ks']['band95']:.3f}" in text
    low, high = overall["false_alarms"][1]["ci95"]
    assert f"({100 * low:.1f}–{100 * high:.1f} %)" in text
    without = {key: value for key, value in report.items() if key != "uniformity"}
    assert f"largest distance {overall['ks']['distance']:.3f}" in Page(render_html(without)).text  # then it is computed


def test_pages_say_what_they_are_not_for_and_where_figures_come_from(
    report: dict[str, Any], located: dict[str, Any]
) -> None:
    for one in (report, located):
        text = Page(render_html(one)).text
        assert "Research use only. Not a medical device" in text
        assert one["model"]["sha256"] in text
        assert f"{one['model']['name']} {one['model']['version']}" in text
        assert one["data"]["dataset"] in text
    assert report["command"] in Page(render_html(report)).text


def test_the_command_names_no_folder_of_this_computer(tmp_path: Path) -> None:
    options = argparse.Namespace(
        data=tmp_path / "ptbxl", folds="9", task=None, truth=None, against=str(tmp_path / "mcf"), normals=None,
        config=None, model=[str(tmp_path / "plus")], every=4, protocol="consistent", output=tmp_path / "report.json",
        scores=None, maps=None, score_column=[], allow_missing=False,
    )
    assert shown_evaluate_command(options) == (
        "mmae_core evaluate --data DIR --folds 9 --against mcf --model plus --every 4 --protocol consistent "
        "--output report.json"
    )


def test_figures_on_training_folds_carry_a_warning(report: dict[str, Any]) -> None:
    data = {**report["data"], "folds_trained_on": [9]}
    assert "say nothing about new records" not in Page(render_html(report)).text
    assert "say nothing about new records" in Page(render_html({**report, "data": data})).text


def test_nothing_is_loaded_and_nothing_runs(report: dict[str, Any], located: dict[str, Any]) -> None:
    for text in (render_html(report), render_html(located)):
        page = Page(text)
        tags = {tag for tag, _, _ in page.attributes}
        assert not tags & {"script", "link", "img", "iframe", "object", "use", "image"}
        links = [value for _, name, value in page.attributes if name in {"href", "src", "xlink:href", "data"}]
        assert links
        assert all(link.startswith("#") for link in links)
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert "url(" not in text
        assert "@import" not in text
        assert "default-src 'none'" in text


def test_ids_are_unique_and_links_lead_somewhere(report: dict[str, Any]) -> None:
    page = Page(render_html(report))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(set(ids)) == len(ids)
    assert {value[1:] for tag, name, value in page.attributes if tag == "a" and name == "href"} <= set(ids)


def test_text_of_a_report_cannot_become_markup(report: dict[str, Any]) -> None:
    hostile = '<script>alert("x")</script>'
    records = [{**record, "reason": hostile if record["score"] is None else ""} for record in report["records"]]
    changed = {
        **report, "command": hostile, "records": records, "model": {**report["model"], "name": hostile},
        "superclasses": {hostile: report["superclasses"]["MI"]}, "data": {**report["data"], "dataset": hostile},
    }
    text = render_html(changed)
    assert "<script" not in text
    assert Page(text).text.count(hostile) >= 5


def test_what_a_method_has_not_is_left_out() -> None:
    report = detection_report(branches={}, paper_score={}, superclasses={}, statements={}, age={}, sex={})
    for key in ("against", "seeds", "uniformity", "command"):
        del report[key]
    text = Page(render_html(report)).text
    assert "Against another method" not in text
    assert "Parts of the score" not in text
    assert "name neither sex nor age" in text
    plain_one = localization_report(kinds={}, overlap={"normals": [], "best": None, "n_normals": 0})
    assert "No threshold was set." in Page(render_html(plain_one)).text


def test_a_page_is_written_whole_or_not_at_all(report: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    write_html(report, path)
    assert path.read_text(encoding="utf-8") == render_html(report)
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]
    with pytest.raises(ConfigError, match="found 'guess'"):
        write_html({**report, "kind": "guess"}, tmp_path / "other.html")
    assert not (tmp_path / "other.html").exists()


def test_figures_are_written_as_people_read_them() -> None:
    assert with_interval(0.87, [0.855, 0.884]) == "0.870 (0.855–0.884)"
    assert with_interval(-0.01, [-0.02, 0.003]) == "−0.010 (−0.020 to 0.003)"
    assert with_interval(0.5, None) == "0.500 (too few)"
    assert with_interval(None, None) == with_interval(float("nan"), None) == "–"
    assert figure_text(float("nan")) == figure_text(None) == "–"
    values = {"folds": [1, 2], "note": "", "is": True, "n": 1234, "x": 0.5}
    assert as_words(values) == "folds 1, 2, is yes, n 1,234, x 0.5"


def test_dark_and_light_readers_get_their_own_colours(report: dict[str, Any]) -> None:
    style = re.findall(r"<style>(.*?)</style>", render_html(report), re.DOTALL)[0]
    assert style.count("prefers-color-scheme:dark") == 2  # the page and its charts
