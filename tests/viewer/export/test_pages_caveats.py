"""What pages say and draw where something does not count, does not fit or is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtGui import QImage

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.export_files import Folder
from ecg_viewer.export.page_options import UNITS_PER_MM, PageOptions, plan_pages
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import page_image, write_pdf
from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.heat import code_percentiles
from mmae_core.assessment import AnomalyMap, LeadQuality
from mmae_core.messages import JoinedMessage
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

MakeContent = Callable[..., RecordContent]
DPI = 127
"""5 pixels a millimetre."""

pytestmark = pytest.mark.usefixtures("qapp")


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


_pages: list[tuple[RecordContent, tuple[np.ndarray, PageDocument]]] = []


def first_page(content: RecordContent) -> tuple[np.ndarray, PageDocument]:
    """Pixels (rows, columns, 3) of the first page; of the two pages drawn last, they are not drawn again."""
    known = next((page for other, page in _pages if other is content), None)
    if known is not None:
        return known
    document = PageDocument(content, PageOptions(with_findings=False))
    image = page_image(document, 0, DPI).convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rgb = pixels[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    _pages[:] = [*_pages[-1:], (content, (rgb, document))]
    return rgb, document


def colours_of(content: RecordContent, lead: str, start_s: float, end_s: float) -> np.ndarray:
    """Pixels (rows, columns, 3) of a stretch of a lead on the first page."""
    rgb, document = first_page(content)
    scale = DPI / 25.4 / UNITS_PER_MM
    (area,) = (area for area in document.areas(0) if area.lead == lead)
    rows = slice(round(area.top * scale), round((area.top + area.height) * scale))
    return rgb[rows, round(area.x_of(start_s) * scale) + 1 : round(area.x_of(end_s) * scale) - 1]


def with_quality(content: RecordContent, scores: dict[str, float], verdict: str) -> RecordContent:
    """The same with other leads' qualities in its only window."""
    assert content.heat is not None
    (window,) = content.heat.windows
    assert window.quality is not None
    leads = tuple(LeadQuality(lead, scores.get(lead, 1.0), ()) for lead in STANDARD_LEADS)
    changed = replace(window, quality=replace(window.quality, leads=leads, verdict=verdict))
    heat = content.heat.copy()
    percentile = code_percentiles()[heat.codes(0.0, 10.0)].astype(np.float32)
    heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (changed,), "fake", "cpu"))
    return replace(content, heat=heat, findings=())


def strength(content: RecordContent, lead: str, start_s: float, end_s: float) -> float:
    """How much redder than blue a stretch is, in the middle."""
    colours = colours_of(content, lead, start_s, end_s)
    return float(np.median(colours[..., 0] - colours[..., 2]))


@pytest.mark.parametrize(("scores", "verdict"), [({"V3": 0.2}, "fair"), ({}, "poor")], ids=["lead", "record"])
def test_heat_of_a_poor_signal_is_faint_and_hatched(
    make_content: MakeContent, scores: dict[str, float], verdict: str
) -> None:
    good = with_quality(make_content(()), {}, "good")
    poor = with_quality(make_content(()), scores, verdict)
    plain = strength(good, "V3", 3.0, 3.2)
    full, faint = strength(good, "V3", 2.0, 2.2) - plain, strength(poor, "V3", 2.0, 2.2) - plain
    assert full > 60
    assert 2 < faint < 0.6 * full

    def changed(lead: str) -> float:
        """Share of pixels, where there is no heat, that the hatching changes."""
        return float((colours_of(good, lead, 3.0, 3.4) != colours_of(poor, lead, 3.0, 3.4)).any(axis=2).mean())

    assert changed("V3") > 0.05
    assert (changed("V6") > 0.05) is (verdict == "poor")


def test_the_legend_names_what_is_unreliable(make_content: MakeContent, tmp_path: Path) -> None:
    (path,) = write_pdf(make_content(), PageOptions(), Folder(tmp_path))
    assert "not assessed" in text_of(path)[0]
    assert "unreliable: poor signal" in text_of(path)[0]


def test_cautions_stand_apart_from_what_was_not_assessed(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    note = "percentile likely too high: the normal cohort is of complete recordings"
    cautious = replace(content, assessment=replace(content.assessment, notes=("aVL is flat.", note)))
    (path,) = write_pdf(cautious, PageOptions(), Folder(tmp_path))
    assert f"Caution {note} Not assessed aVL is flat." in text_of(path)[-1]


def test_the_percentile_of_an_unreliable_finding_is_not_printed(make_content: MakeContent, tmp_path: Path) -> None:
    unreliable = JoinedMessage("; ", ("flat for 6.0 of 10 s", "noise"))
    content = replace(make_content(()), findings=(
        ReviewedFinding("I", 1.0, 1.2, percentile=98.7),
        ReviewedFinding("V6", 2.0, 2.2, percentile=97.6, unreliable=unreliable),
    ))
    (path,) = write_pdf(content, PageOptions(), Folder(tmp_path))
    text = text_of(path)[-1]
    assert "98.7" in text
    assert "97.6" not in text
    assert "2.00 – 2.20 s unreliable" in text
    assert "flat for 6.0 of 10 s …" in text  # the tables have it all


def test_findings_outside_their_leads_column_are_counted(make_content: MakeContent, tmp_path: Path) -> None:
    content = replace(make_content(()), findings=(
        ReviewedFinding("I", 1.0, 1.2, percentile=99.0), ReviewedFinding("I", 4.0, 4.2, percentile=99.0),
        ReviewedFinding("V6", 1.0, 1.2, percentile=99.0), ReviewedFinding("V6", 2.0, 2.2, decision="dismissed"),
    ))
    columns = PageOptions(leads=LeadChoice("3x4"))
    (path,) = write_pdf(content, columns, Folder(tmp_path / "columns"))
    assert "2 of 3 findings lie outside the stretch shown of their lead" in text_of(path)[0]
    assert "not shown" not in text_of(path)[0]
    brief = PageOptions(leads=LeadChoice("single", False, "I"), duration_s=2.0)
    (path,) = write_pdf(content, brief, Folder(tmp_path / "single"))
    assert "1 of 3 findings lie in leads that are not shown (V6)" in text_of(path)[0]
    assert "1 of 3 findings lie outside the stretch shown of their lead" in text_of(path)[0]
    (path,) = write_pdf(content, PageOptions(), Folder(tmp_path / "rows"))
    assert "outside the stretch" not in text_of(path)[0]


@pytest.mark.parametrize(("duration_s", "n_columns"), [(1.0, 1), (2.0, 4)])
def test_columns_narrower_than_a_name_give_way_to_rows(
    make_content: MakeContent, tmp_path: Path, duration_s: float, n_columns: int
) -> None:
    signal = np.zeros((12, round(500 * duration_s)), np.float32)
    record = EcgRecord("brief", 500.0, signal.shape[1], STANDARD_LEADS, Source((), "test"), lambda a, b: signal[:, a:b])
    content = replace(make_content(()), record=record, heat=None, findings=())
    options = PageOptions(leads=LeadChoice("3x4", cabrera=True), with_findings=False)
    assert len(plan_pages(record, options).arrangement.columns) == n_columns
    (path,) = write_pdf(content, options, Folder(tmp_path))
    said = "Shown: 12 \N{MULTIPLICATION SIGN} 1, Cabrera (too short for 3 \N{MULTIPLICATION SIGN} 4)"
    assert (said in text_of(path)[0]) is (n_columns == 1)
