"""A ruler on pages: 1 % at every speed and gain and in every layout, in the PDF and in pictures for every screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtGui import QImage

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import page_image, write_pdf
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

MakeContent = Callable[..., RecordContent]
STEP_MM, REACH_MM, BELOW_MM = 10.0, 17.0, 5.0
"""Between two steps of the trace; between its levels; where steps are measured, under the baseline."""
SCALES = (*((speed, 10.0) for speed in SPEEDS_MM_PER_S), *((25.0, gain) for gain in GAINS_MM_PER_MV if gain != 10.0))
DARK, DARK_AT_4 = 130, 180
"""Grey values below which there is trace: on fine pictures, and at 4 pixels a millimetre, where a line is blurred."""

pytestmark = pytest.mark.usefixtures("qapp")


def stepped(mm_per_s: float, mm_per_mv: float) -> EcgRecord:
    """Steps 10 mm apart and 17 mm high in V2 and II, nothing in the other leads."""
    step = round(STEP_MM / mm_per_s * 500)
    samples = np.full((12, 10_000), np.nan, np.float32)
    up = np.arange(samples.shape[1]) // step % 2 == 0
    for lead in ("V2", "II"):
        samples[STANDARD_LEADS.index(lead)] = np.where(up, 0.5, -0.5) * REACH_MM / mm_per_mv
    return EcgRecord("ruler", 500.0, samples.shape[1], STANDARD_LEADS, Source((), "test"),
                     lambda a, b: samples[:, a:b])


def check(grey: np.ndarray, document: PageDocument, px_per_mm: float, calibration: Calibration) -> None:
    """Measure V2, or II of a single lead, on a picture of the first page."""
    areas = document.areas(0)
    area = max((item for item in areas if item.lead == "V2"), key=lambda item: item.width, default=areas[0])
    left, width, baseline = (value / 100 for value in (area.left, area.width, area.baseline_y))
    dark = DARK if px_per_mm >= 10 else DARK_AT_4
    rows = slice(round((baseline + BELOW_MM - 2) * px_per_mm), round((baseline + BELOW_MM + 2) * px_per_mm))
    first, last = round((left + 0.6) * px_per_mm), round((left + width - 0.6) * px_per_mm)
    ink = np.maximum(0.0, dark - np.median(grey[rows, first:last], axis=0))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (ink > 0).astype(int), [0])))).reshape(-1, 2)
    places = [float(np.average(np.arange(start, end), weights=ink[start:end])) / px_per_mm for start, end in edges]
    gaps = np.diff(places)
    assert gaps.size >= 2
    assert gaps.mean() * calibration.mm_per_s / STEP_MM == pytest.approx(calibration.mm_per_s, rel=0.01)
    assert gaps == pytest.approx(np.full(gaps.size, STEP_MM), abs=1 / px_per_mm + 0.05)
    levels = []
    for at_mm in (places[0] + 0.5 * STEP_MM, places[0] + 1.5 * STEP_MM):
        top, bottom = (round((baseline + side * 0.6 * REACH_MM) * px_per_mm) for side in (-1, 1))
        column = np.maximum(0.0, dark - grey[top:bottom, first + round(at_mm * px_per_mm)])
        near = slice(max(0, int(column.argmax()) - 2), int(column.argmax()) + 3)  # no line of the grid
        level = near.start + float(np.average(np.arange(column[near].size), weights=column[near]))
        levels.append((top + level) / px_per_mm)
    reach_mv = abs(levels[0] - levels[1]) / REACH_MM * calibration.mm_per_mv
    assert reach_mv == pytest.approx(calibration.mm_per_mv, rel=0.01)


def document_of(make_content: MakeContent, options: PageOptions) -> PageDocument:
    scale = options.calibration
    content = replace(make_content(()), record=stepped(scale.mm_per_s, scale.mm_per_mv), heat=None, findings=())
    return PageDocument(content, options)


def pdf_page(document: PageDocument, folder: Path, px_per_mm: float) -> np.ndarray:
    (path,) = write_pdf(document.content, document.options, Folder(folder))
    opened = pypdfium2.PdfDocument(path)
    try:
        page = opened[0].render(scale=px_per_mm * 25.4 / 72, grayscale=True).to_numpy()
        return np.asarray(page).squeeze().astype(float)
    finally:
        opened.close()


@pytest.mark.parametrize(("speed", "gain"), SCALES)
def test_every_speed_and_gain_is_true_in_the_pdf(
    make_content: MakeContent, tmp_path: Path, speed: float, gain: float
) -> None:
    options = PageOptions(leads=LeadChoice("3x4+II"), calibration=Calibration(speed, gain), duration_s="page",
                          with_findings=False)
    document = document_of(make_content, options)
    check(pdf_page(document, tmp_path, 10.0), document, 10.0, options.calibration)


@pytest.mark.parametrize("layout", [spec.id for spec in LAYOUTS])
@pytest.mark.parametrize(("speed", "gain"), [(12.5, 5.0), (50.0, 20.0)])
def test_every_layout_is_true_in_the_pdf_at_other_scales(
    make_content: MakeContent, tmp_path: Path, layout: str, speed: float, gain: float
) -> None:
    options = PageOptions("letter", LeadChoice(layout), Calibration(speed, gain), duration_s="page",
                          with_findings=False)
    document = document_of(make_content, options)
    check(pdf_page(document, tmp_path, 10.0), document, 10.0, options.calibration)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize(("speed", "gain"), [(25.0, 10.0), (50.0, 5.0)])
def test_the_picture_of_a_preview_is_true_at_every_ratio_of_the_screen(
    make_content: MakeContent, ratio: float, speed: float, gain: float
) -> None:
    options = PageOptions(leads=LeadChoice("3x4+II"), calibration=Calibration(speed, gain), duration_s="page",
                          with_findings=False)
    document = document_of(make_content, options)
    dpi = 4.0 * 25.4 * ratio
    image = page_image(document, 0, dpi).convertToFormat(QImage.Format.Format_Grayscale8)
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    check(grey[:, : image.width()].astype(float), document, dpi / 25.4, options.calibration)
