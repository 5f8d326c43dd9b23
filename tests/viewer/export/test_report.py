"""The report as hospitals print it: the head of the first page in a PDF and in HTML, and HTML measured with a ruler."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.export_files import Existing, Folder
from ecg_viewer.export.page_options import PageOptions, PaperSize
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.html import write_html
from ecg_viewer.export.pages.outputs import write_pdf
from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.review.review import Conclusion
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.errors import Cancelled
from mmae_core.intervals.measure import measure_record
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, Source

MakeContent = Callable[..., RecordContent]
SHORT = Conclusion("Sinus rhythm, normal intervals.\nNo change.", "Dr. A. Example", "2026-11-30T13:00:00+00:00")
LONG = replace(SHORT, text="QRS 150 ms, late R in I and V6. " * 40 + "Compare with the earlier recording.")
REPORT = PageOptions(leads=LeadChoice("3x4+II"))
VOID = {"meta", "br", "link", "img", "hr", "input"}
PX_PER_MM = 10.0

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def content(make_content: MakeContent, examples: Any) -> RecordContent:
    """With measurements, facts and decisions of a man of 56."""
    return make_content(measured=examples.measured, layers=examples.layers, person=ShownPerson(56.0, sex="male"))


def pages(content: RecordContent, options: PageOptions, folder: Path) -> list[str]:
    (path,) = write_pdf(content, options, Folder(folder, Existing.REPLACE))
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def html(content: RecordContent, options: PageOptions, folder: Path) -> str:
    (path,) = write_html(content, options, Folder(folder, Existing.REPLACE))
    return path.read_text(encoding="utf-8")


def without_deviations(text: str) -> str:
    """Without the ± of measurements, which are made up here."""
    return re.sub(r" ± \d+", "", text)


class Page(HTMLParser):
    """An HTML page as elements and words; fails on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title") and "svg" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def test_the_first_page_has_person_measurements_conclusion_and_a_line_to_sign(
    content: RecordContent, tmp_path: Path
) -> None:
    first = without_deviations(pages(replace(content, conclusion=SHORT), REPORT, tmp_path)[0])
    for words in (RESEARCH_USE_BADGE, "Age and sex 56 years, male", "Recorded not stated", "Rate 75/min",
                  "PR 240 ms, above 98.8 % of normal ECGs", "QRS 96 ms", "QTc Fridericia", "QRS axis −35°",
                  "Sinus rhythm, normal intervals. No change.", "Reviewer: Dr. A. Example", "Signature", "Date",
                  "25 mm/s · 10 mm/mV · No filter · 3 × 4 + II"):
        assert words in first, words


def test_an_unwritten_conclusion_is_said(content: RecordContent, tmp_path: Path) -> None:
    first, *others = pages(content, REPORT, tmp_path)
    assert "Conclusion: not written" in first
    assert "Reviewer: anna" in first, "who decided on findings"
    assert not any("Conclusion" in page for page in others)
    assert "Conclusion: not written" in Page(html(content, REPORT, tmp_path)).text


def test_a_long_conclusion_goes_on_on_the_page_of_findings(content: RecordContent, tmp_path: Path) -> None:
    written = replace(content, conclusion=LONG)
    first, second = pages(written, REPORT, tmp_path)[:2]
    assert "… The whole conclusion is on the page of findings." in first
    assert "Compare with the earlier recording." not in first
    assert "Compare with the earlier recording." in second
    (alone,) = pages(written, REPORT.without_findings(), tmp_path)
    assert "Compare with the earlier recording." in alone, "without such a page the first has all of it"
    assert Page(html(written, REPORT, tmp_path)).text.count("Compare with the earlier recording.") == 1


def test_the_date_is_there_only_with_the_identity_the_time_of_day_always(
    content: RecordContent, tmp_path: Path
) -> None:
    dated = replace(content, record=replace(content.record, start_time=datetime(2024, 3, 1, 14, 3, 22)))
    asked = replace(dated, identity=Identity(("Name: Erika Mustermann",)))
    for made in (pages(dated, REPORT, tmp_path)[0], Page(html(dated, REPORT, tmp_path)).text):
        assert "Recorded 14:03:22 (date left out)" in made
        assert "2024" not in made
        assert "Patient" not in made
    for made in (pages(asked, REPORT, tmp_path)[0], Page(html(asked, REPORT, tmp_path)).text):
        assert "Recorded 2024-03-01 14:03:22" in made
        assert "Patient: Name: Erika Mustermann" in made
    only_time = replace(content, record=replace(content.record, start_time=time(14, 3, 22)))
    assert "Recorded 14:03:22 Recording" in pages(only_time, REPORT, tmp_path)[0]


def test_what_is_made_while_heat_is_computed_says_so(content: RecordContent, tmp_path: Path) -> None:
    early = replace(content, assessment=Assessment(Phase.SCORING, total_s=10.0, done_s=0.0), heat=None, findings=())
    said = "Heat is being computed: 0 of 10 s were assessed when this page was made."
    assert all(said in page for page in pages(early, REPORT, tmp_path))
    assert said in Page(html(early, REPORT, tmp_path)).text
    assert not any("being computed" in page for page in pages(content, REPORT, tmp_path))
    without = replace(content, assessment=Assessment(), heat=None, findings=())
    assert not any("being computed" in page for page in pages(without, REPORT, tmp_path))


def test_each_fact_is_one_row_with_leads_times_percentile_and_decision(content: RecordContent, tmp_path: Path) -> None:
    second = pages(content, REPORT, tmp_path)[1]
    assert "No. Finding Leads Time Percentile Found by Decision Label and note Signal" in second
    assert second.count("ST +0.24 mV, V2, every beat") == 1
    page = Page(html(content, REPORT, tmp_path))
    assert page.text.count("ST +0.24 mV, V2, every beat") == 1
    assert "✕ Dismissed (anna)" in page.text


def test_html_is_one_file_without_scripts_or_links_and_says_what_the_pages_say(
    content: RecordContent, tmp_path: Path
) -> None:
    marked = replace(content, conclusion=replace(SHORT, text="<script>alert(1)</script> & more"))
    text = html(marked, REPORT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["00170_hr.html"]
    page = Page(text)
    assert page.count("script") == page.count("link") == page.count("img") == page.count("iframe") == 0
    addresses = {value for _, attributes in page.elements for name, value in attributes.items()
                 if name in ("src", "href", "xlink:href", "action", "data")}
    assert all(value is not None and value.startswith(("data:image/", "#")) for value in addresses)
    assert not re.search(r"url\((?!#)|@import|\son\w+=", text)
    policy = next(attributes for tag, attributes in page.elements if "http-equiv" in attributes)
    assert (policy["content"] or "").startswith("default-src 'none'")
    assert "<script>alert(1)</script> & more" in page.text, "words are words"
    for words in (RESEARCH_USE_BADGE, "PR 240 ms, above 98.8 % of normal ECGs", content.record.source.sha256,
                  "25 mm/s · 10 mm/mV · No filter · 3 × 4 + II", "Not assessed", "What this is not for"):
        assert words in without_deviations(page.text)


def test_html_can_be_read_by_a_screen_reader(content: RecordContent, tmp_path: Path) -> None:
    text = html(content, REPORT, tmp_path)
    page = Page(text)
    names = [tag for tag, _ in page.elements]
    assert ("html", {"lang": "en"}) in page.elements
    assert names.count("h1") == 1
    assert names.count("h2") >= 5
    for tag, attributes in page.elements:
        if tag == "th":
            assert attributes.get("scope") in ("col", "row")
        if tag == "svg":
            assert attributes["role"] == "img"
            described = (attributes["aria-labelledby"] or "").split()
            assert all(f'id="{name}"' in text for name in described)
    assert names.count("svg") == 1
    words = re.search(r'<desc id="traces1-words">(.*?)</desc>', text)[1]  # type: ignore[index]  # asserted to be there
    assert "V1" in words
    assert "percentiles among normal ECGs" in words
    every_id = re.findall(r'\bid="([^"]+)"', text)
    assert len(every_id) == len(set(every_id))


def synthetic(signal_mv: FloatArray, rate: float = 500.0) -> EcgRecord:
    source = Source((), "test")
    return EcgRecord("ruler", rate, signal_mv.shape[1], STANDARD_LEADS, source, lambda a, b: signal_mv[:, a:b])


def drawn(text: str) -> np.ndarray:
    """The first picture of a page at `PX_PER_MM`, (height, width) from black 0 to white 255."""
    svg = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]  # type: ignore[index]
    width, height = (float(side) for side in re.search(r'width="([\d.]+)mm" height="([\d.]+)mm"', svg).groups())  # type: ignore[union-attr]
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    image = QImage(round(width * PX_PER_MM), round(height * PX_PER_MM), QImage.Format.Format_Grayscale8)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, width * PX_PER_MM, height * PX_PER_MM))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : image.width()].copy()



@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(("speed", "gain"), [(25.0, gain) for gain in GAINS_MM_PER_MV]
                         + [(speed, 10.0) for speed in SPEEDS_MM_PER_S if speed != 25.0])
def test_the_picture_in_html_has_the_scale_it_states(
    make_content: MakeContent, tmp_path: Path, paper: PaperSize, speed: float, gain: float
) -> None:
    """A step of 2 mV at each second but the first; where the trace jumps and how high is measured in the drawing."""
    seconds = np.arange(5000) // 500
    level = np.where(seconds % 2 == 0, 1.0, -1.0)
    content = replace(make_content(()), record=synthetic(np.tile(level, (12, 1)).astype(np.float32)), heat=None,
                      findings=())
    span_s = min(10.0, 200.0 / speed)
    options = PageOptions(paper, LeadChoice("chosen", chosen=("V2",)), Calibration(speed, gain), duration_s=span_s,
                          with_findings=False)
    ink = np.maximum(0.0, 120.0 - drawn(html(content, options, tmp_path)))
    document = PageDocument(content, options)
    area = document.areas(0)[0]
    left = (area.left / 100 - document.figure_left_mm) * PX_PER_MM
    traces = ink[:, round(left) + 2 : round(left + span_s * speed * PX_PER_MM) - 2]
    share = 0.9 if speed <= 25 else 0.4  # a step takes 2 ms, which are several pixels on fast paper
    strokes = np.flatnonzero((traces > 0).sum(axis=0) > share * 2 * gain * PX_PER_MM)
    at_px = np.flatnonzero(np.diff(strokes) > 1) + 1
    places = np.array([run.mean() for run in np.split(strokes, at_px)]) / PX_PER_MM
    starts = places + (round(left) + 2) / PX_PER_MM - left / PX_PER_MM
    assert starts == pytest.approx(np.arange(1, round(span_s)) * speed, rel=0.01), "one each second"
    heights = []
    for time_s in (0.5, 1.5):
        column = traces[: -round(6 * PX_PER_MM), round(time_s * speed * PX_PER_MM)]
        heights.append(np.average(np.arange(column.size), weights=column) / PX_PER_MM)
    assert heights[1] - heights[0] == pytest.approx(2 * gain, rel=0.01)


def test_a_stopped_report_leaves_nothing(content: RecordContent, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_html(content, REPORT, Folder(tmp_path), should_stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_hatching_stays_inside_its_stretch_without_clipping(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content(())  # nothing in aVL is assessed
    options = PageOptions(leads=LeadChoice("single", single="aVL"))
    text = html(replace(content, findings=()), options, tmp_path)
    document = PageDocument(content, options)
    left = (document.areas(0)[0].left / 100 - document.figure_left_mm) * 100
    lines = re.findall(r'd="(M[^"]*)"', text)
    lowest = min(float(x) for path in lines for x in re.findall(r"[ML](-?[\d.]+),", path))
    assert lowest >= 0.0 <= left


def test_measurements_have_their_deviation_from_beat_to_beat(make_content: MakeContent, tmp_path: Path) -> None:
    record = make_content(()).record
    measured = measure_record(record)
    content = make_content((), measured=measured)
    assert content.details is not None
    spreads = content.details.spreads
    assert measured.pr_ms.value is not None
    first = pages(content, REPORT, tmp_path)[0]
    assert f"PR {measured.pr_ms.value:.0f} ± {spreads['pr_ms'].sd:.0f} ms" in first
    assert f"Rate {measured.rate_bpm.value:.0f} ± {spreads['rate_bpm'].sd:.0f}/min" in first
