"""The pages measured with a ruler on the rendered PDF, and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.export_files import Existing, Folder
from ecg_viewer.export.finding_rows import finding_rows
from ecg_viewer.export.page_options import PageOptions, plan_pages
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import page_image, write_pdf, write_png, write_svg
from ecg_viewer.export.report_sections import listed_rows
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.display_choices import HeatLook, LeadChoice
from ecg_viewer.state.filters import FILTERS, FilterChain
from ecg_viewer.state.layouts import LAYOUTS
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core import __version__
from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, Source

MakeContent = Callable[..., RecordContent]
DPI = 254
"""10 pixels a millimetre."""
PX_PER_MM = DPI / 25.4
TOLERANCE_MM = 0.08

pytestmark = pytest.mark.usefixtures("qapp")


def synthetic(signal_mv: FloatArray, rate: float = 500.0, name: str = "ruler") -> EcgRecord:
    """A recording that exists in memory only; its checksum is known."""
    source = Source((), "test")
    return EcgRecord(name, rate, signal_mv.shape[1], STANDARD_LEADS, source, lambda a, b: signal_mv[:, a:b])


@pytest.fixture
def ruler() -> EcgRecord:
    """A square wave in every lead: +0.5 mV in even seconds, -0.5 mV in odd ones, for 10 s."""
    seconds = np.arange(5000) // 500
    return synthetic(np.tile(np.where(seconds % 2 == 0, 0.5, -0.5), (12, 1)).astype(np.float32))


def rendered(path: Path, page: int = 0) -> np.ndarray:
    """A page of a PDF at `DPI`, (height, width) from black 0 to white 255."""
    document = pypdfium2.PdfDocument(path)
    try:
        return np.asarray(document[page].render(scale=DPI / 72, grayscale=True).to_numpy()).squeeze().copy()
    finally:
        document.close()


def text_of(path: Path) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def bare(content: RecordContent) -> RecordContent:
    return replace(content, heat=None, findings=())


def trace_pixels(image: np.ndarray) -> np.ndarray:
    """Where there is the trace: darker than the grid is anywhere."""
    return image < 110


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "leads",
    [*(LeadChoice(spec.id) for spec in LAYOUTS), LeadChoice(cabrera=True), LeadChoice("3x4", cabrera=True)],
    ids=lambda leads: leads.layout + ("-cabrera" if leads.cabrera else ""),
)
def test_a_millivolt_is_10_mm_and_a_second_25_mm_in_the_pdf(
    ruler: EcgRecord, make_content: MakeContent, tmp_path: Path, paper: str, leads: LeadChoice
) -> None:
    content = replace(bare(make_content(())), record=ruler)
    options = PageOptions(paper=paper, leads=leads, with_findings=False)  # type: ignore[arg-type]
    (path,) = write_pdf(content, options, Folder(tmp_path))
    grey = rendered(path)
    image = trace_pixels(grey)
    document = PageDocument(content, options)
    for area in page_areas(document):
        left, right = round(area.left * PX_PER_MM), round((area.left + area.width) * PX_PER_MM)
        at_s = np.arange(np.ceil(area.start_s), np.floor(area.end_s) + 1)
        flanks = [second for second in at_s if area.start_s + 0.2 < second < area.end_s - 0.2]
        places = []
        for second in flanks:
            # The flank is a vertical stroke of 10 mm: the densest column near where it should be.
            wanted = round((area.left + (second - area.start_s) * 25) * PX_PER_MM)
            rows = slice(round((area.baseline - 6) * PX_PER_MM), round((area.baseline + 6) * PX_PER_MM))
            columns = image[rows, max(left, wanted - 10) : min(right, wanted + 11)].sum(axis=0)
            assert columns.max() > 9.5 * PX_PER_MM, f"{area.lead}: no stroke at {second} s"
            strong = np.flatnonzero(columns > 0.8 * columns.max()) + max(left, wanted - 10)
            places.append(strong.mean() / PX_PER_MM)
        assert len(flanks) >= 2, f"{area.lead} shows too little to measure"
        assert np.diff(places) == pytest.approx(np.full(len(places) - 1, 25.0), abs=TOLERANCE_MM)
        middles = []
        for time_s in (flanks[0] - 0.3, flanks[0] + 0.3):
            level = area.sign * (0.5 if int(time_s) % 2 == 0 else -0.5)
            x = round((area.left + (time_s - area.start_s) * 25) * PX_PER_MM)
            y = (area.baseline - level * 10) * PX_PER_MM
            ink = np.maximum(0.0, 110.0 - grey[round(y - 6) : round(y + 7), x])
            assert ink.any(), f"{area.lead}: nothing at {level} mV"
            middles.append((np.average(np.arange(ink.size), weights=ink) + round(y - 6)) / PX_PER_MM)
        assert abs(middles[1] - middles[0]) == pytest.approx(10.0, abs=TOLERANCE_MM)


class Area:
    """A lead's area in millimetres of the page."""

    def __init__(self, lead: str, sign: int, left: float, width: float, baseline: float, start_s: float, end_s: float):
        self.lead, self.sign, self.left, self.width = lead, sign, left, width
        self.baseline, self.start_s, self.end_s = baseline, start_s, end_s


def page_areas(document: PageDocument) -> Iterator[Area]:
    """Where the leads of the first page are."""
    for area in document.areas(0):
        yield Area(area.lead, area.sign, area.left / 100, area.width / 100, area.baseline_y / 100, area.start_s,
                   min(area.end_s, document.content.record.duration_s))


@pytest.mark.parametrize(("speed", "gain"), [(12.5, 5.0), (50.0, 20.0), (100.0, 40.0)])
def test_other_speeds_and_gains_are_true_too(
    make_content: MakeContent, tmp_path: Path, speed: float, gain: float
) -> None:
    signal = np.full((12, 5000), -0.1, np.float32)
    signal[:, 250:500] = 0.1
    content = replace(bare(make_content(())), record=synthetic(signal))
    options = PageOptions(calibration=Calibration(speed, gain), with_findings=False, duration_s=2.0,
                          leads=LeadChoice("chosen", chosen=("V2", "V5")))
    (path,) = write_pdf(content, options, Folder(tmp_path))
    image = trace_pixels(rendered(path))
    for area in page_areas(PageDocument(content, options)):
        x = [(area.left + (time_s - area.start_s) * speed) * PX_PER_MM for time_s in (0.75, 0.25)]
        y = [(area.baseline - mv * gain) * PX_PER_MM for mv in (0.1, -0.1)]
        middles = [
            np.flatnonzero(image[round(at_y - 8) : round(at_y + 9), round(at_x)]).mean() + round(at_y - 8)
            for at_x, at_y in zip(x, y, strict=True)
        ]
        assert (middles[1] - middles[0]) / PX_PER_MM == pytest.approx(0.2 * gain, abs=TOLERANCE_MM)


def test_the_pulse_is_a_millivolt_high_and_200_ms_wide(
    ruler: EcgRecord, make_content: MakeContent, tmp_path: Path
) -> None:
    content = replace(bare(make_content(())), record=ruler)
    options = PageOptions(with_findings=False)
    (path,) = write_pdf(content, options, Folder(tmp_path))
    image = trace_pixels(rendered(path))
    for area in page_areas(PageDocument(content, options)):
        left = (area.left - 8) * PX_PER_MM  # pulses stand beside the traces
        rows = slice(round((area.baseline - 10.3) * PX_PER_MM), round((area.baseline - 9.7) * PX_PER_MM))
        top = np.flatnonzero(image[rows, round(left) : round(area.left * PX_PER_MM)].any(axis=0))
        assert (top.max() - top.min() + 1) / PX_PER_MM == pytest.approx(5.0 + 0.22, abs=0.1)
        middle = np.flatnonzero(image[rows, round(left + (top.min() + top.max()) / 2)]).mean() + rows.start
        assert area.baseline - middle / PX_PER_MM == pytest.approx(10.0, abs=TOLERANCE_MM)


@pytest.mark.parametrize("layout", ["12x1", "6x2", "3x4", "3x4+V1/II/V5"])
def test_every_layout_draws_each_lead_in_its_own_place(
    make_content: MakeContent, tmp_path: Path, layout: str
) -> None:
    signal = np.repeat(np.arange(12)[:, None] / 20 - 0.25, 5000, axis=1).astype(np.float32)  # twelve different levels
    content = replace(bare(make_content(())), record=synthetic(signal))
    options = PageOptions(leads=LeadChoice(layout), with_findings=False)
    image = trace_pixels(rendered(write_pdf(content, options, Folder(tmp_path))[0]))
    seen = []
    for area in page_areas(PageDocument(content, options)):
        level = signal[STANDARD_LEADS.index(area.lead), 0]
        y = round((area.baseline - level * 10) * PX_PER_MM)
        x = slice(round((area.left + 12) * PX_PER_MM), round((area.left + area.width - 1) * PX_PER_MM))
        assert image[y - 1 : y + 2, x].any(axis=0).mean() > 0.99, f"{area.lead} is not at {level} mV"
        seen.append(area.lead)
    assert sorted(set(seen)) == sorted(STANDARD_LEADS)


def test_the_pages_say_what_they_must(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    first, second = text_of(write_pdf(content, PageOptions(), Folder(tmp_path))[0])
    for page in (first, second):
        for part in ("00170_hr", RESEARCH_USE_BADGE, content.record.source.sha256, "ab" * 32, "normals of somewhere",
                     "500 Hz, 1-25 Hz", f"ecg-viewer {__version__}", "2026-11-21T10:30:00+00:00", "of 2"):
            assert part in page.replace("- ", "-") or part in page, f"{part} is missing on {page[:60]}"
    assert "25 mm/s · 10 mm/mV · No filter · 12 × 1" in first
    for lead in STANDARD_LEADS:
        assert re.search(rf"(^| ){lead}( |$)", first), f"{lead} is not named"
    for words in ("V3 2.00 – 2.20 s 99.8 model ✓ Confirmed (anna)", "○ To review", "✕ Dismissed (anna)", "U wave",
                  "aVL is flat.", "p = 0.027", "noisy"):
        assert words in second


def test_filter_speed_and_gain_stand_on_the_page(make_content: MakeContent, tmp_path: Path) -> None:
    options = PageOptions(calibration=Calibration(50, 5), filters=FilterChain((FILTERS["st"],)), duration_s=3)
    text = text_of(write_pdf(make_content(), options, Folder(tmp_path))[0])[0]
    assert "50 mm/s · 5 mm/mV · non-standard · 0.05–40 Hz (not diagnostic) · 12 × 1" in text
    assert "0 to 3 s of 10 s" in text


def test_the_filter_changes_what_is_drawn_as_on_the_screen(make_content: MakeContent) -> None:
    from ecg_viewer.export.traces import read_traces

    record = make_content(()).record
    chain = FilterChain((FILTERS["monitor"],))
    traces = read_traces(record, chain, 2.0, 5.0)
    whole = chain.apply(record.read(), record.sampling_rate_hz)
    first = traces.start_sample
    np.testing.assert_allclose(traces.samples_mv, whole[:, first : first + traces.samples_mv.shape[1]], atol=0.01)


def test_identity_is_on_the_pages_only_if_asked_for(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    asked = replace(content, identity=Identity(("Name: Erika Mustermann",)))
    (without,), (with_identity,) = (
        write_pdf(what, PageOptions(), Folder(tmp_path / name)) for name, what in (("a", content), ("b", asked))
    )
    assert not any("Mustermann" in page for page in text_of(without))
    assert all("Mustermann" in page for page in text_of(with_identity))


def test_a_longer_stretch_goes_on_on_further_pages(make_content: MakeContent, tmp_path: Path) -> None:
    signal = np.zeros((12, 12500), np.float32)
    content = replace(bare(make_content(())), record=synthetic(signal))
    (path,) = write_pdf(content, PageOptions(with_findings=False), Folder(tmp_path))
    pages = text_of(path)
    assert [re.search(r"\S+ to \S+ s of 25 s", page)[0] for page in pages] == [  # type: ignore[index]
        "0 to 10 s of 25 s", "10 to 20 s of 25 s", "20 to 25 s of 25 s"
    ]
    assert [page.count("Page") for page in pages] == [1, 1, 1]


def test_a_day_on_paper_is_refused_and_a_start_beyond_the_end(make_content: MakeContent) -> None:
    record = synthetic(np.zeros((12, 50_000), np.float32), rate=1.0)
    with pytest.raises(UnsupportedRecord, match="5000 pages"):
        plan_pages(record, PageOptions(duration_s=1e9))
    assert len(plan_pages(record, PageOptions()).starts_s) == 1
    with pytest.raises(UnsupportedRecord, match="nothing from 60000 s on"):
        plan_pages(record, PageOptions(start_s=60_000))


def test_many_findings_fill_further_pages_under_repeated_column_names(
    make_content: MakeContent, tmp_path: Path
) -> None:
    content = make_content()
    many = replace(content, findings=tuple(replace(content.findings[0], note="word " * 40) for _ in range(60)))
    document = PageDocument(many, PageOptions())
    pages = text_of(write_pdf(many, PageOptions(), Folder(tmp_path))[0])
    assert len(document) == len(pages) > 3
    with_rows = [page for page in pages[1:] if "Confirmed" in page]
    assert all("Label and note" in page for page in with_rows)
    numbers = [int(number) for page in with_rows for number in re.findall(r"(\d+) – V3 2\.00", page)]
    assert numbers == list(range(1, 61))


def test_of_very_many_findings_the_decided_ones_and_the_strongest_on_the_pages_are_listed(
    make_content: MakeContent,
) -> None:
    content = make_content()
    pattern = replace(content.findings[1], decision="unreviewed", note="")
    many = [replace(pattern, start_s=0.02 * index, end_s=0.02 * index + 0.05) for index in range(4000)]
    many[3900] = replace(many[3900], decision="confirmed")
    listed = listed_rows(finding_rows(replace(content, findings=tuple(many))), (10.0, 20.0))
    assert len(listed) == 200
    assert (listed[-1].number, listed[-1].findings) == (3901, (many[3900],))
    assert all(row.first.end_s > 10.0 and row.first.start_s < 20.0 for row in listed[:-1])
    few = listed_rows(finding_rows(content), (0.0, 0.1))
    assert [(row.number, row.first) for row in few] == list(enumerate(content.findings, 1))


def test_a_png_carries_its_physical_size_and_provenance(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    paths = write_png(content, PageOptions(paper="letter"), Folder(tmp_path), 150)
    assert [path.name for path in paths] == ["00170_hr_p1.png", "00170_hr_p2.png"]
    image = QImage(str(paths[0]))
    assert (image.width(), image.height()) == (1650, 1275)  # 11 x 8.5 inches
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == 5906
    assert content.record.source.sha256 in image.text("Description")
    assert image.text("Disclaimer") == RESEARCH_USE_BADGE


def test_a_picture_has_the_scale_of_the_pdf(ruler: EcgRecord, make_content: MakeContent) -> None:
    document = PageDocument(replace(bare(make_content(())), record=ruler), PageOptions(with_findings=False))
    image = page_image(document, 0, DPI).convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    drawn = trace_pixels(pixels[:, : image.width()])
    area = next(page_areas(document))
    rows = slice(round((area.baseline - 6) * PX_PER_MM), round((area.baseline + 6) * PX_PER_MM))
    strokes = np.flatnonzero(drawn[rows, round((area.left + 5) * PX_PER_MM) :].sum(axis=0) > 9.5 * PX_PER_MM)
    places = [run.mean() for run in np.split(strokes, np.flatnonzero(np.diff(strokes) > 1) + 1)]
    assert np.diff(places) / PX_PER_MM == pytest.approx(np.full(8, 25.0), abs=TOLERANCE_MM)


def test_an_svg_is_as_large_as_the_sheet_and_holds_vectors(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    (path, _) = write_svg(content, PageOptions(), Folder(tmp_path))
    text = path.read_text(encoding="utf-8")
    width, height = re.search(r'<svg width="([\d.]+)mm" height="([\d.]+)mm"', text).groups()  # type: ignore[union-attr]
    assert (float(width), float(height)) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
    assert text.count("<polyline") >= 24
    assert content.record.source.sha256 in text
    assert RESEARCH_USE_BADGE in text


@pytest.mark.parametrize("style", ["background", "ribbon", "trace"])
def test_heat_shows_in_every_style_and_not_when_it_is_off(
    make_content: MakeContent, style: str
) -> None:
    content = replace(make_content(()), findings=())

    def strong(look: HeatLook) -> int:
        page = page_image(PageDocument(content, PageOptions(look=look, with_findings=False)), 0, 100)
        image = page.convertToFormat(QImage.Format.Format_RGB888)  # kept: its memory is looked at
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        rows = pixels[: round(0.85 * image.height()), : 3 * image.width()]
        colours = rows.reshape(rows.shape[0], -1, 3).astype(int)
        return int(((colours[..., 0] - colours[..., 2]) > 90).sum())

    assert strong(HeatLook(style="off")) == 0
    assert strong(HeatLook(style=style)) > 20  # type: ignore[arg-type]


def test_the_ribbon_is_3_mm_high_on_the_page(make_content: MakeContent) -> None:
    content = replace(make_content(()), findings=())

    def page(style: str) -> np.ndarray:
        options = PageOptions(look=HeatLook(style=style), with_findings=False)  # type: ignore[arg-type]
        image = page_image(PageDocument(content, options), 0, DPI).convertToFormat(QImage.Format.Format_RGB888)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return pixels[: round(0.85 * image.height()), : 3 * image.width()].reshape(-1, image.width(), 3).astype(int)

    is_heat = np.abs(page("ribbon") - page("off")).max(axis=2) > 12
    longest = run = np.zeros(is_heat.shape[1], int)
    for row in is_heat:
        run = np.where(row, run + 1, 0)
        longest = np.maximum(longest, run)
    assert (longest > 0).sum() > 10 * PX_PER_MM, "heat over more than 10 mm of the page"
    assert longest.max() / PX_PER_MM == pytest.approx(3.0, abs=0.15)


def test_a_stopped_export_leaves_nothing(make_content: MakeContent, tmp_path: Path) -> None:
    for write in (write_pdf, write_png, write_svg):
        with pytest.raises(Cancelled):
            write(make_content(), PageOptions(), Folder(tmp_path), should_stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_pdf_stays_unless_it_may_be_replaced(make_content: MakeContent, tmp_path: Path) -> None:
    (tmp_path / "00170_hr.pdf").write_bytes(b"mine")
    (kept,) = write_pdf(make_content(), PageOptions(), Folder(tmp_path, Existing.KEEP_BOTH))
    assert kept.name == "00170_hr (2).pdf"
    assert (tmp_path / "00170_hr.pdf").read_bytes() == b"mine"


def test_pages_are_drawn_on_a_thread_of_their_own(make_content: MakeContent, tmp_path: Path, qtbot: QtBot) -> None:
    from ecg_viewer.qt.worker import WorkerLane
    from ecg_viewer.state.job_protocols import Finished

    assert QGuiApplication.instance() is not None
    lane, heard = WorkerLane("export"), []
    content = make_content()
    lane.submit(lambda report: report.send(write_pdf(content, PageOptions(), Folder(tmp_path))), heard.append)
    qtbot.waitUntil(lambda: any(isinstance(event, Finished) for event in heard))
    lane.close()
    assert len(text_of(heard[0][0])) == 2
