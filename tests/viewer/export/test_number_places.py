"""Numbers of findings on pages stand near their brackets and on nothing; captions, legends and papers of all sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.page_options import LEAST_USED, MARGIN_MM, PAPER_SIZES, PageOptions, PaperSize, plan_pages
from ecg_viewer.export.pages import frame
from ecg_viewer.export.pages.document import LEGEND_GAP_MM, PageDocument
from ecg_viewer.export.pages.number_places import LEADER_FROM_MM, Mark, Placed, TakenRoom
from ecg_viewer.export.pages.outputs import page_image
from ecg_viewer.export.pages.paper_part import NEAR_MM
from ecg_viewer.export.pages.pens_and_text import SMALL_MM, TEXT_MM, mm, text_width_mm
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.display_choices import HeatLook, LeadChoice
from ecg_viewer.state.filters import FILTERS, NOTCHES, FilterChain
from ecg_viewer.state.layouts import LAYOUTS
from ecg_viewer.state.words.language import set_translator

MakeContent = Callable[..., RecordContent]
LAYOUT_NAMES = [spec.id for spec in LAYOUTS if spec.id != "chosen"]

pytestmark = pytest.mark.usefixtures("qapp")


def mark(x: float, y: float, text: str = "7") -> Mark:
    return Mark(text, "#000000", QRectF(x, y, 100, 120))


@pytest.fixture
def long_words() -> Iterator[None]:
    set_translator(lambda text: f"{text} {'ausgeschrieben' * (len(text) // 20 + 1)}", "de")
    yield
    set_translator(None)


def test_a_number_stands_above_its_bracket_where_nothing_is_in_the_way() -> None:
    (placed,) = TakenRoom(QRectF(0, 0, 5000, 5000)).place([mark(2000, 2000)])
    assert placed.box.bottom() <= 2000 <= placed.box.bottom() + mm(0.5)
    assert placed.box.center().x() == pytest.approx(2050, abs=mm(0.5))
    assert placed.leader is None


def test_numbers_keep_clear_of_traces_names_each_other_and_the_edge() -> None:
    whole, name = QRectF(0, 0, 5000, 5000), QRectF(1500, 1500, 600, 300)
    room = TakenRoom(whole)
    x = np.linspace(0, 5000, 2000)
    y = 2000 + 900 * np.sin(x / 60)
    room.add_line(x, y)
    room.add_box(name)
    marks = [mark(at, 1400) for at in (0, 1500, 1520, 1540, 3000, 4900)]
    boxes = [placed.box for placed in room.place(marks)]
    for number, box in enumerate(boxes):
        assert whole.contains(box)
        assert not any(box.intersects(other) for other in (name, *boxes[:number]))
        inside = (x >= box.left()) & (x <= box.right())
        assert not ((y[inside] >= box.top()) & (y[inside] <= box.bottom())).any()


def test_a_number_that_had_to_go_far_is_joined_to_its_bracket_by_a_line() -> None:
    room = TakenRoom(QRectF(0, 0, 5000, 5000))
    room.add_box(QRectF(1000, 1000, 2000, 2000))
    (placed,) = room.place([mark(1300, 2000)])
    assert placed.box.right() <= 1000
    assert placed.leader is not None
    start, end = placed.leader
    assert end.x() - start.x() > mm(LEADER_FROM_MM)
    assert (end.x(), end.y()) == (1300, 2000)


def test_without_any_room_a_number_stands_over_its_bracket() -> None:
    room = TakenRoom(QRectF(0, 0, 5000, 5000))
    room.add_box(room.whole)
    (placed,) = room.place([mark(4990, 2000, "1234")])
    assert placed.box.right() <= 5000
    assert placed.leader is None


def test_on_tall_paper_bracket_and_number_are_close_to_the_trace(
    make_content: MakeContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Placed] = []
    place = TakenRoom.place

    def spy(room: TakenRoom, marks: list[Mark]) -> list[Placed]:
        found.extend(place(room, marks))
        return found

    monkeypatch.setattr(TakenRoom, "place", spy)
    content = replace(make_content(()), findings=(ReviewedFinding("V3", 3.0, 3.4, percentile=99.0),))
    document = PageDocument(content, PageOptions(leads=LeadChoice("single", False, "V3")))
    page_image(document, 0, 50)
    (area,) = document.areas(0)
    samples = content.record.read(1500, 1700)[content.record.lead_names.index("V3")]
    highest = area.baseline_y - float(samples.max()) * area.px_per_mv
    assert highest - found[0].mark.bracket.top() == pytest.approx(mm(NEAR_MM), abs=mm(0.5))
    assert 0 <= found[0].mark.bracket.top() - found[0].box.bottom() < mm(1)


@pytest.mark.parametrize("paper", PAPER_SIZES)
def test_every_speed_uses_the_width_of_the_page(make_content: MakeContent, paper: PaperSize) -> None:
    record = make_content().record
    for speed in (5.0, 6.25, 10.0, 12.5, 25.0, 50.0, 100.0):
        for layout in LAYOUT_NAMES:
            options = PageOptions(paper=paper, leads=LeadChoice(layout), calibration=Calibration(speed, 10.0))
            plan = plan_pages(record, options)
            room = options.size_mm[0] - 2 * MARGIN_MM - plan.gutter_mm
            assert LEAST_USED * room - 0.5 * speed <= plan.width_mm <= room + 1e-6


def test_five_seconds_at_50_mm_a_second_fit_both_papers(make_content: MakeContent) -> None:
    for paper in PAPER_SIZES:
        options = PageOptions(
            paper=paper, leads=LeadChoice("12x1", True), calibration=Calibration(50.0, 20.0),
            look=HeatLook(style="ribbon"), start_s=2.0, duration_s=5.0, with_findings=False,
        )
        assert len(PageDocument(make_content(), options)) == 1


@pytest.mark.usefixtures("long_words")
@pytest.mark.parametrize("paper", PAPER_SIZES)
@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_the_caption_keeps_clear_of_the_legend(make_content: MakeContent, paper: PaperSize, layout: str) -> None:
    filters = FilterChain((FILTERS["monitor"], NOTCHES["notch_50"]))
    for speed in (25.0, 50.0):
        options = PageOptions(
            paper=paper, leads=LeadChoice(layout, True), calibration=Calibration(speed, 20.0), filters=filters,
            start_s=2.0, duration_s=3.0,
        )
        document = PageDocument(make_content(), options)
        foot = document._foot
        assert foot.left_mm >= MARGIN_MM - 1e-6
        assert foot.right_mm <= options.size_mm[0] - MARGIN_MM + 1e-6
        room = foot.right_mm - frame.legend_width() - LEGEND_GAP_MM - foot.left_mm
        assert max(text_width_mm(line, TEXT_MM, bold=True) for line in foot.readout) <= room + 1e-6
        assert all(text_width_mm(line, SMALL_MM) <= room + 1e-6 for line in foot.notes)
        assert " ".join(foot.readout).startswith(f"{speed:g} mm/s · 20 mm/mV")
