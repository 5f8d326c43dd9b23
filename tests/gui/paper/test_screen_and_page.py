"""The same recording on the screen and on a page, both at 8 pixels to the millimetre: what both show is the same.

Each test measures one thing in both pictures. Sizes that standards or the manual give are also compared with their
value, so that a change of both at once is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.page_options import UNITS_PER_MM, PageOptions
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import page_image
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.theme import DARK, HIGH_CONTRAST, PAPER, Theme
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.display_choices import HeatLook, HeatStyle, LeadChoice
from ecg_viewer.state.heat import HeatSpan
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource

PX_PER_MM = 8.0
DERIVED = frozenset({"III", "aVR", "aVL", "aVF"})
PERCENTILES = {"I": 91.0, "II": 94.0, "III": 96.0, "aVR": 98.0, "aVL": 99.2, "aVF": 99.7, "V1": 99.95, "V2": 20.0}
"""Of whole leads, up to 8 s."""
NOT_ASSESSED, NAMED, OWN = "V3", "V4", "V5"
MARKED_S = (2.0, 6.0)
"""Where one lead has a named departure, and another beats unlike the patient's own."""


@dataclass(frozen=True)
class Picture:
    """Screen or page as pixels, and where its leads are."""

    rgb: np.ndarray
    """(height, width, 3) as int."""
    areas: dict[str, LeadArea]

    def part(self, lead: str, times_s: tuple[float, float], above_mm: float, below_mm: float) -> np.ndarray:
        """Pixels of a stretch of a lead, from `above_mm` to `below_mm` under its baseline."""
        area = self.areas[lead]
        left, right = (round(area.x_of(time_s)) for time_s in times_s)
        top, bottom = (round(area.baseline_y - 0.5 + mm * PX_PER_MM) for mm in (above_mm, below_mm))
        return self.rgb[max(0, top) : bottom, max(0, left) : right]

    def gutter(self, lead: str, from_mm: float, to_mm: float, above_mm: float, below_mm: float) -> np.ndarray:
        """Pixels left of the traces, between two distances from them, and from `above_mm` under the baseline on."""
        area = self.areas[lead]
        left, right = (round(area.left - mm * PX_PER_MM) for mm in (from_mm, to_mm))
        top, bottom = (round(area.baseline_y + mm * PX_PER_MM) for mm in (above_mm, below_mm))
        return self.rgb[max(0, top) : bottom, max(0, left) : right]

    def corner(self, lead: str) -> np.ndarray:
        """Pixels of the upper left corner of an area, where names stand in layouts with columns."""
        area = self.areas[lead]
        left, top, bottom = round(area.left) + 3, max(0, round(area.top)), round(area.baseline_y - PX_PER_MM)
        return self.rgb[top:bottom, left : left + 100]


Show = Callable[..., tuple[Picture, Picture]]


def pixels_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def is_near(rgb: np.ndarray, colour: str, tolerance: int) -> np.ndarray:
    wanted = QColor(colour)
    return np.abs(rgb - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=-1) <= tolerance


def commonest(rgb: np.ndarray) -> np.ndarray:
    """The colour that most pixels have: that between the lines of the grid."""
    colours, counts = np.unique(rgb.reshape(-1, 3), axis=0, return_counts=True)
    return colours[counts.argmax()]


def longest_run(mask: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(int), [0])))).reshape(-1, 2)
    return max((int(end - first) for first, end in edges), default=0)


@pytest.fixture
def level(make_record) -> EcgRecord:
    """0 mV for 10 s in every lead."""
    return make_record(np.zeros((12, 5000)), derived=DERIVED)


@pytest.fixture
def show(bench) -> Show:
    """Draws a recording with the heat of this file on the screen and on a page."""
    bench.paper.set_screen_scale(ScreenScale(PX_PER_MM))
    bench.paper.resize(2400, 1240)

    def draw(
        record: EcgRecord, style: HeatStyle = "background", theme: Theme = PAPER, *,
        leads: LeadChoice = LeadChoice("12x1"),  # noqa: B008
        has_heat: bool = True,
    ) -> tuple[Picture, Picture]:
        bench.paper.set_theme(theme)
        bench.view.restore_leads(leads)
        bench.view.set_heat_style(style)
        bench.open(record)
        percentile = np.full((12, 800), 50.0)
        for lead, value in PERCENTILES.items():
            percentile[STANDARD_LEADS.index(lead)] = value
        percentile[STANDARD_LEADS.index(NOT_ASSESSED)] = np.nan
        bench.percentiles(percentile)
        bench.heat.mark("named", [HeatSpan(NAMED, *MARKED_S, 99.5)])
        bench.heat.mark("own", [HeatSpan(OWN, *MARKED_S, 99.5)])
        bench.view.set_heat_visible(has_heat)
        bench.wait()
        screen = Picture(bench.pixels(), {area.lead: area for area in bench.paper.areas()})
        content = RecordContent(record, Provenance.of(record, None, sha256="ab" * 32),
                                heat=bench.heat.copy() if has_heat else None)
        options = PageOptions(leads=leads, theme=theme, look=HeatLook(style), with_findings=False)
        document = PageDocument(content, options)
        page = pixels_of(page_image(document, 0, PX_PER_MM * 25.4))
        return screen, Picture(page, {area.lead: in_pixels(area) for area in document.areas(0)})

    return draw


def in_pixels(area: LeadArea) -> LeadArea:
    """An area of a page in the pixels of its picture."""
    scale = PX_PER_MM / UNITS_PER_MM
    lengths = ("left", "top", "width", "height", "baseline_y", "px_per_s", "px_per_mv")
    return replace(area, **{name: getattr(area, name) * scale for name in lengths})


def changed_by_heat(show: Show, record: EcgRecord, style: HeatStyle) -> list[Picture]:
    """Of screen and page, how far each pixel is changed by the heat."""
    without = show(record, style, has_heat=False)
    return [replace(picture, rgb=np.abs(picture.rgb - plain.rgb))
            for picture, plain in zip(show(record, style), without, strict=True)]


def test_the_ribbon_is_3_mm_high_on_both(show: Show, make_record) -> None:
    heights = []
    for change in changed_by_heat(show, make_record(np.full((12, 5000), np.nan)), "ribbon"):
        is_heat = change.part("V1", (3.0, 4.0), -6.0, 8.0).max(axis=2) > 12
        heights.append(longest_run(is_heat.mean(axis=1) > 0.5) / PX_PER_MM)
    assert heights == pytest.approx([3.0, 3.0], abs=0.15)


@pytest.mark.parametrize("theme", [PAPER, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_heat_has_the_same_colour_on_both(show: Show, level: EcgRecord, theme: Theme) -> None:
    screen, page = show(level, theme=theme)
    seen = {}
    for lead in PERCENTILES:
        seen[lead] = [commonest(picture.part(lead, (3.0, 4.0), 0.6, 2.0)) for picture in (screen, page)]
        assert np.abs(seen[lead][0] - seen[lead][1]).max() <= 2, f"{lead}: {seen[lead]}"
    assert len({tuple(pair[0]) for pair in seen.values()}) == len(PERCENTILES), "each percentile has its colour"
    assert is_near(seen["V2"][1], theme.paper, 2), "what is usual is the paper's"


@pytest.mark.parametrize("theme", [PAPER, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_traces_have_the_same_colours_on_both(show: Show, make_record, theme: Theme) -> None:
    rising = np.tile(0.2 * np.abs(np.arange(5000) / 500 % 2 - 1), (12, 1))  # sloped lines fill some pixels wholly
    pictures = show(make_record(rising), "trace", theme)
    paper = QColor(theme.paper)
    ground = np.array([paper.red(), paper.green(), paper.blue()])
    for lead in PERCENTILES:
        lines = [picture.part(lead, (3.02, 3.98), -3.0, 1.0).reshape(-1, 3) for picture in pictures]
        far = [line[np.abs(line - ground).sum(axis=1).argsort()[-6:]] for line in lines]
        screen, page = (ground - np.median(colours, axis=0) for colours in far)
        covered = (screen @ page) / (page @ page)  # lines of one pixel are blended with the paper
        assert 0.6 < covered < 1.05, lead
        assert np.abs(screen - covered * page).max() <= 16, f"{lead}: {screen} on the screen, {page} on the page"


def test_a_trace_is_thicker_from_the_99th_percentile_on_both(show: Show, level: EcgRecord) -> None:
    for picture in show(level, "trace"):
        weights = {lead: (255 - picture.part(lead, (3.02, 3.98), -0.6, 0.6).mean(axis=2)).sum() for lead in PERCENTILES}
        plain = (255 - picture.part("V2", (4.02, 4.98), -0.6, 0.6).mean(axis=2)).sum()
        assert weights["V2"] == pytest.approx(plain, rel=0.05)
        assert weights["V2"] < 0.8 * weights["II"]
        assert weights["III"] < weights["aVL"]


def test_the_grid_has_the_same_pitch_and_place_on_both(show: Show, make_record) -> None:
    for picture in show(make_record(np.full((12, 5000), np.nan)), "off"):
        across = picture.part("I", (2.0, 6.0), 0.3, 0.7)
        down = picture.part("I", (2.012, 2.028), 0.0, 40.0).swapaxes(0, 1)
        for part in (across, down):
            profile = np.abs(part - commonest(part)).sum(axis=2).mean(axis=0)
            lines = np.array([profile[max(0, at - 1) : at + 2].max() for at in range(0, profile.size - 7, 8)])
            between = np.array([profile[at + 3 : at + 6].max() for at in range(0, profile.size - 7, 8)])
            assert (lines > between + 3).all(), "a line each millimetre, from time 0 and 0 mV of the first row on"
            is_major = np.arange(lines.size) % 5 == 0
            assert lines[is_major].min() > 1.5 * lines[~is_major].max(), "each fifth is stronger"


def test_the_pulse_is_the_same_and_in_the_same_place_on_both(show: Show, level: EcgRecord) -> None:
    boxes = []
    for picture in show(level, "off"):
        drawn = is_near(picture.gutter("V5", 8.6, 0.5, -11.0, 2.0), PAPER.trace, 110)
        rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
        level_of = rows[-1] / PX_PER_MM - 11.0
        up = np.flatnonzero(drawn[rows[0] + 20]) / PX_PER_MM - 8.6
        boxes.append((rows[0] / PX_PER_MM - 11.0, level_of, columns[0] / PX_PER_MM - 8.6, up[0], up[-1]))
    assert boxes[0] == pytest.approx(boxes[1], abs=0.3)
    assert boxes[1] == pytest.approx((-10.0, 0.0, -8.0, -7.0, -2.0), abs=0.3), "1 mV and 0.2 s, 1 mm after its start"


@pytest.mark.parametrize("lead", ["II", "V3", "aVR"])
def test_a_trace_runs_through_the_same_pixels_on_both(show: Show, lead: str) -> None:
    record = read_record(resource("demo") / "00170_hr.hea")
    screen, page = (
        is_near(picture.part(lead, (0.5, 10.0), -25.0, 25.0), PAPER.trace, 110)
        for picture in show(record, "off", leads=LeadChoice("single", cabrera=True, single=lead))
    )
    assert screen.shape == page.shape
    assert (screen & widened(page)).sum() / screen.sum() > 0.99
    # Where a level stretch lies between two rows of pixels, the screen spreads it over both, too faint to count.
    assert (page & widened(widened(screen))).sum() / page.sum() > 0.98


def widened(mask: np.ndarray) -> np.ndarray:
    """With a pixel more on each side."""
    padded = np.pad(mask, 1)
    return np.any([padded[y : y + mask.shape[0], x : x + mask.shape[1]] for y in range(3) for x in range(3)], axis=0)


def name_width(rgb: np.ndarray) -> int:
    """Width of a lead's name in pixels."""
    return int(np.ptp(np.flatnonzero(is_near(rgb, PAPER.text, 90).any(axis=0))))


def test_names_say_the_same_of_derived_and_inverted_leads_on_both(show: Show, level: EcgRecord) -> None:
    widths = []
    for picture in show(level, "off", leads=LeadChoice("3x4", cabrera=True)):
        widths.append({lead: name_width(picture.corner(lead)) for lead in STANDARD_LEADS})
    relative = [{lead: width / found["V1"] for lead, width in found.items()} for found in widths]
    assert relative[0] == pytest.approx(relative[1], rel=0.1, abs=0.08)
    for found in relative:
        assert found["aVL"] > 1.2 * found["V1"]
        assert found["aVR"] > 1.2 * found["aVL"], "a minus before the name of an inverted lead"


def test_edges_of_layers_are_the_same_on_both(show: Show, make_record) -> None:
    seen = []
    for picture in show(make_record(np.full((12, 5000), np.nan)), "ribbon"):  # no trace covers them
        found = []
        for lead in (NAMED, OWN):
            drawn = is_near(picture.part(lead, MARKED_S, 0.5, 9.0), PAPER.model_colour, 70)
            rows = np.flatnonzero(drawn.mean(axis=1) > 0.3)
            along = drawn[rows[rows.size // 2]]
            found += [rows.size / PX_PER_MM, along.mean(), np.count_nonzero(np.diff(along.astype(int)) > 0)]
        seen.append(found)
        around = is_near(picture.part(NAMED, (MARKED_S[0] - 0.5, MARKED_S[1] + 0.5), 0.5, 9.0), PAPER.model_colour, 70)
        places_mm = np.flatnonzero(around.mean(axis=0) > 0.03)[[0, -1]] / PX_PER_MM
        assert places_mm == pytest.approx([12.5, 112.5], abs=0.4), "from 2 to 6 s"
    screen, page = seen
    assert screen == pytest.approx(page, rel=0.15, abs=0.15)
    assert page[1] > 0.98, "solid"
    assert page[4] == pytest.approx(0.5, abs=0.06), "dashes as long as their gaps"


def test_hatching_and_dots_are_as_dense_on_both(show: Show, level: EcgRecord) -> None:
    screen, page = changed_by_heat(show, level, "ribbon")
    for lead, times_s in ((NOT_ASSESSED, (1.0, 7.0)), ("V2", (8.2, 9.8))):
        marks = []
        for change in (screen, page):
            part = change.part(lead, times_s, 0.7, 9.0).max(axis=2) > 14
            starts = np.count_nonzero(part[:, 1:] & ~part[:, :-1], axis=1)
            marks.append(float(starts.sum()))
        assert marks[0] == pytest.approx(marks[1], rel=0.35), lead
        assert min(marks) > 3
