"""Measurements, facts and the heat of the three layers on pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.export_files import Folder
from ecg_viewer.export.finding_rows import bracketed, finding_rows
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.findings_part import blocks
from ecg_viewer.export.pages.outputs import page_image, write_pdf
from ecg_viewer.export.report_sections import report_sections
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layers import departure_spans, own_spans
from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.review.events import Event, FindingId
from mmae_core.record import STANDARD_LEADS

MakeContent = Callable[..., RecordContent]
DPI = 254
PX_PER_MM = DPI / 25.4

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def content(make_content: MakeContent, examples: Any) -> RecordContent:
    return make_content((), layers=examples.layers, measured=examples.measured, person=ShownPerson(56.0, sex="male"))


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def lines_of_blocks(content: RecordContent) -> list[str]:
    return [" | ".join(" ".join(lines) for _, lines in block.cells)
            for block in blocks(report_sections(content, (0.0, 10.0)), PageOptions())]


def test_every_page_says_the_measurements_with_age_and_sex_and_no_identity(
    content: RecordContent, tmp_path: Path
) -> None:
    known = replace(content, record=replace(content.record, comments=("Name: Erika Mustermann",)))
    line = ("56 years, male · 75/min · PR 240 ms (above 98.8 % of normal ECGs) · QRS 96 ms · "
            "QT/QTc: could not measure (no T wave was found in enough leads) · axis")
    first, *others = text_of(write_pdf(known, PageOptions(), Folder(tmp_path))[0])
    for words in ("Age and sex 56 years, male", "Rate 75/min", "PR 240 ms, above 98.8 % of normal ECGs", "QRS 96 ms",
                  "QT could not measure", "QRS axis"):
        assert words in re.sub(r" ± \d+", "", first)
    assert others
    assert all(line in page for page in others)
    assert not any("Mustermann" in page for page in (first, *others))
    asked = replace(known, identity=Identity(("Name: Erika Mustermann",)))
    for page in text_of(write_pdf(asked, PageOptions(), Folder(tmp_path / "asked"))[0]):
        assert "Mustermann" in page


def test_a_stretch_of_a_long_recording_is_named(make_content: MakeContent, examples: Any, tmp_path: Path) -> None:
    measured = replace(examples.measured, start_s=2.0, duration_s=5.0)
    pages = text_of(write_pdf(make_content((), measured=measured), PageOptions(), Folder(tmp_path))[0])
    assert "Measured 2 to 7 s" in pages[0]
    assert "2 to 7 s: 75/min" in pages[1]


def test_a_fact_of_many_beats_is_one_row_of_the_page(content: RecordContent, tmp_path: Path) -> None:
    rows = finding_rows(content)
    assert len(content.findings) == 8
    assert len(rows) == 5
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    page = text_of(write_pdf(content, PageOptions(), Folder(tmp_path))[0])[1]
    assert page.count("ST +0.24 mV, V2, every beat") == 1
    assert page.count("above 99.4 % of 1,912 men of about 55") == 1
    (line,) = (line for line in lines_of_blocks(content) if "ST +0.24 mV, V2, every beat" in line)
    assert "4 of 4 beats, 0.64 – 3.12 s | 99.0 | measurement | ○" in line


def test_rows_stand_by_the_percentile_of_their_fact_as_on_the_screen(make_content: MakeContent, examples: Any) -> None:
    first, noisy = examples.layers.facts[:2]
    beneath = replace(examples.found[0], percentile=100.0, fact=first.key)
    weak = replace(first, percentile=95.1, findings=(*first.findings, beneath))
    strong = replace(first, key="model/T/steady", layer="model", title="Model's map: T, aVF", percentile=96.0,
                     findings=(replace(examples.found[2], fact="model/T/steady"),))
    rows = finding_rows(make_content((), layers=replace(examples.layers, facts=(weak, strong, noisy)),
                                     measured=examples.measured))
    of_facts = [row for row in rows if row.fact is not None]
    assert [(row.percentile, row.unreliable) for row in of_facts] == [(96.0, ""), (95.1, ""), (99.1, "noisy")]
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


def test_a_fact_decided_in_part_says_so(make_content: MakeContent, examples: Any) -> None:
    first = examples.layers.facts[0].findings[0]
    payload = {"finding": FindingId.of(first, examples.model.sha256).to_payload(), "state": "dismissed",
               "percentile": 99.0, "note": ""}
    event = Event("decided", "sha", "anna", payload, time="2026-11-20T08:00:00.000+00:00")
    content = make_content((event,), layers=examples.layers, measured=examples.measured)
    (line,) = (line for line in lines_of_blocks(content) if "every beat" in line)
    assert re.search(r"3 \w+.*, . 1 Dismissed", line)


def test_what_every_beat_shows_is_bracketed_once_a_stretch_and_single_beats_each(content: RecordContent) -> None:
    rows = finding_rows(content)

    def starts(lead: str, start_s: float, end_s: float) -> list[float]:
        return [round(finding.start_s, 2) for _, finding in bracketed(rows, lead, start_s, end_s)]

    assert starts("V2", 0.0, 10.0) == [0.64], "the first of its four beats"
    assert starts("V2", 2.0, 10.0) == [2.24], "the first of those that are shown"
    assert starts("V2", 5.0, 10.0) == []
    assert starts("II", 0.0, 2.0) == [], "a sliver of the odd beat, which the next column shows"
    assert starts("II", 0.0, 10.0) == [1.95, 5.0]
    assert starts("V3", 0.0, 10.0) == [2.0]


def test_the_models_map_beneath_a_fact_takes_neither_its_bracket_nor_its_words(
    make_content: MakeContent, examples: Any
) -> None:
    elevation = examples.layers.facts[0]
    beneath = replace(examples.found[0], lead="V2", start_s=0.5, end_s=3.2, peak_s=0.7, fact=elevation.key,
                      sentence="The model's map departs here too")
    fact = replace(elevation, findings=(*elevation.findings, beneath))
    content = make_content((), layers=replace(examples.layers, facts=(fact,)), measured=examples.measured)
    row = next(row for row in finding_rows(content) if row.fact is not None)
    assert {finding.layer for finding in row.findings} == {"named", "model"}
    assert (row.first.layer, row.percentile) == ("named", 99.0)
    assert [finding.layer for _, finding in bracketed([row], "V2", 0.0, 10.0)] == ["named"]
    (line,) = (line for line in lines_of_blocks(content) if "every beat" in line)
    assert "departs here too" not in line


def test_measurements_their_comparison_and_what_was_not_measured_stand_on_the_pages(content: RecordContent) -> None:
    lines = lines_of_blocks(content)
    assert "PR | 240 ms | 3 beats | PR 240 ms: above 98.8 % of 1,912 men of about 55" in lines
    assert any(line.startswith("QT | could not measure (no T wave was found in enough leads) | ") for line in lines)
    assert "Beats by shape: 3 of shape A, 1 of shape B (wide)" in lines
    after = lines[lines.index("Not measured or compared") + 1 :]
    assert after[:2] == ["Named departures: U wave not measured at 100 Hz", "Own beats: the last beat is cut off"]
    assert any(line.startswith("Named departures: Not seen: a single odd beat") for line in after)


def test_the_heat_of_a_departure_lies_on_its_wave_with_the_edge_of_its_layer(
    make_content: MakeContent, examples: Any
) -> None:
    content = make_content((), layers=examples.layers)
    heat = HeatMap()
    heat.reset(10.0)
    heat.mark("named", departure_spans(examples.layers.departures, STANDARD_LEADS))
    heat.mark("own", own_spans(examples.layers.own))
    without = replace(content, findings=(), heat=HeatMap())
    within = replace(without, heat=heat)
    options = PageOptions(with_findings=False)
    document = PageDocument(within, options)
    changed = _pixels(document) != _pixels(PageDocument(without, options))

    def changed_at(lead: str, time_s: float) -> np.ndarray:
        area = next(area for area in document.areas(0) if area.lead == lead)
        x = round((area.left + (time_s - area.start_s) * area.px_per_s) / 100 * PX_PER_MM)
        top, bottom = (round(value / 100 * PX_PER_MM) for value in (area.top, area.top + area.height))
        return changed[top:bottom, x]

    assert changed_at("V2", 1.4 + 0.08).mean() > 0.5, "the ST of each beat"
    assert changed_at("V2", 3.0 + 0.08).mean() > 0.5
    assert not changed_at("V2", 1.4 + 0.3).any(), "its T has nothing"
    assert not changed_at("V3", 1.4 + 0.08).any(), "another lead"
    assert changed_at("V4", 1.4 + 0.3).mean() > 0.5, "what chance explains is coloured from the 90th on"
    assert changed_at("II", 2.2).mean() > 0.5, "the odd beat"


def _pixels(document: PageDocument) -> np.ndarray:
    image = page_image(document, 0, DPI)
    pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return pixels.copy()
