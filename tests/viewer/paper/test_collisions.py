"""Which layout a recording gets: the first in which its traces do not collide on the paper of now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.render.collisions import TraceReach, misfit_mm, overlaps_mm, second_inks
from ecg_viewer.render.decimate import Envelope
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.fitting_layout import FittingLayout, first_that_fits, tried_layouts
from ecg_viewer.state.layouts import arrange
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

RATE_HZ = 100.0
MAXIMISED, SMALL = (1050, 640), (760, 330)
"""Pixels of a paper in a window over a laptop's whole screen, and in a small one."""


def beats(mv: float) -> np.ndarray:
    """Ten beats, (leads, samples): at the same instant every other lead goes down and its neighbours go up."""
    one = np.zeros(100)
    one[40:45] = mv
    ups_and_downs = np.array([-1 if index % 2 == 0 else 1 for index in range(len(STANDARD_LEADS))])
    return (ups_and_downs[:, None] * np.tile(one, 10)).astype(np.float32)


def misfits(samples_mv: np.ndarray, size: tuple[int, int], gain: float = 10.0) -> Callable[[str], float]:
    """What the paper would answer for each layout."""
    extents = {lead: (float(row.min()), float(row.max()))
               for lead, row in zip(STANDARD_LEADS, samples_mv, strict=True)}
    reach = TraceReach.of_traces(Envelope(0, 1, samples_mv, samples_mv), STANDARD_LEADS, extents, RATE_HZ)

    def misfit(layout: str) -> float:
        calibration = Calibration(mm_per_mv=gain)
        paper = PaperLayout.of_size(*size, 1.0, 3.78, calibration, arrange(layout), extents, 10.0)
        return misfit_mm(paper.geometry, reach, paper.paper_height_px)

    return misfit


def layout_of(samples_mv: np.ndarray, size: tuple[int, int], gain: float = 10.0) -> str:
    return first_that_fits(tried_layouts(STANDARD_LEADS), misfits(samples_mv, size, gain))


def test_a_usual_recording_gets_the_page_that_hospitals_print() -> None:
    assert layout_of(beats(1.5), MAXIMISED) == "3x4+II"


def test_high_voltage_gives_the_rhythm_lead_up_for_room() -> None:
    high = beats(2.2)
    assert misfits(high, MAXIMISED)("3x4+II") > 0.5
    assert misfits(high, MAXIMISED)("3x4") <= 0.5
    assert layout_of(high, MAXIMISED) == "3x4"
    assert layout_of(high, MAXIMISED, gain=5.0) == "3x4+II", "at half the gain there is room"


def test_so_does_a_small_window() -> None:
    assert layout_of(beats(1.2), MAXIMISED) == "3x4+II"
    assert layout_of(beats(1.2), SMALL) == "3x4"


def test_where_traces_collide_everywhere_the_layout_in_which_they_do_so_least_is_shown() -> None:
    misfit = misfits(beats(6.0), SMALL)
    layout = first_that_fits(("3x4+II", "3x4", "6x2"), misfit)
    assert misfit(layout) == min(map(misfit, ("3x4+II", "3x4", "6x2"))) > 0.5


def test_traces_collide_only_if_they_do_so_at_the_same_time() -> None:
    samples = np.zeros((12, 1000), np.float32)
    samples[0, 100:110], samples[1, 500:510] = -4.0, 4.0  # lead I down, lead II up, four seconds later
    assert misfits(samples, MAXIMISED)("12x1") < misfits(np.roll(samples, 400, 1) + samples, MAXIMISED)("12x1")
    assert misfits(samples, MAXIMISED)("3x4+II") <= 0.5


def test_one_spike_is_no_collision() -> None:
    samples = beats(1.0)
    extents = dict.fromkeys(STANDARD_LEADS, (-1.0, 1.0))
    samples[4, 500] = 40.0
    reach = TraceReach.of_traces(Envelope(0, 1, samples, samples), STANDARD_LEADS, extents, RATE_HZ)
    assert float(np.nanmax(reach.high_mv)) == 1.0


def test_what_is_cut_off_at_the_papers_edge_does_not_fit_either() -> None:
    samples = np.zeros((12, 1000), np.float32)
    samples[0, 300:310] = 20.0  # lead I, in the first row
    assert misfits(samples, MAXIMISED)("3x4") > 10.0


def test_rows_that_meet_are_never_of_one_ink() -> None:
    assert second_inks((0.0, 3.0, 2.0, 0.2, 1.0)) == (False, False, True, False, False, True)
    samples = beats(3.0)
    extents = dict.fromkeys(STANDARD_LEADS, (-3.0, 3.0))
    reach = TraceReach.of_traces(Envelope(0, 1, samples, samples), STANDARD_LEADS, extents, RATE_HZ)
    paper = PaperLayout.of_size(*MAXIMISED, 1.0, 3.78, Calibration(), arrange("12x1"), extents, 10.0)
    overlaps = overlaps_mm(paper.geometry, reach)
    assert len(overlaps) == 11
    assert min(overlaps[::2]) > 0.5, "those whose traces go towards one another"
    assert second_inks(overlaps) == (False, True) * 6


def record_of(leads: tuple[str, ...] = STANDARD_LEADS) -> EcgRecord:
    def read(start: int, end: int) -> np.ndarray:
        return np.zeros((len(leads), end - start), np.float32)

    return EcgRecord("test", 100.0, 1000, leads, Source((Path("none"),), "test"), read)


def fits_nothing_but(*layouts: str) -> Callable[[str], float]:
    return lambda layout: 0.0 if layout in layouts else 3.0


def test_each_recording_gets_its_layout_until_the_reader_chooses_one() -> None:
    view = ViewState()
    fitting = FittingLayout(view, is_automatic=True)
    view.open_record(record_of())
    assert view.lead_choice.layout == "3x4+II"
    fitting.settle(fits_nothing_but("3x4"))
    assert (view.lead_choice.layout, fitting.avoided) == ("3x4", "3x4+II")
    fitting.settle(fits_nothing_but("6x2"))
    assert view.lead_choice.layout == "3x4", "decided once, at opening"
    view.open_record(record_of())
    assert (view.lead_choice.layout, fitting.avoided) == ("3x4+II", "")
    fitting.choose("3x4+II")
    fitting.settle(fits_nothing_but("3x4"))
    assert (view.lead_choice.layout, fitting.is_automatic) == ("3x4+II", False), "the reader's choice stays"
    view.open_record(record_of())
    fitting.settle(fits_nothing_but("3x4"))
    assert view.lead_choice.layout == "3x4+II", "for the recordings to come as well"
    fitting.choose_first_that_fits(fits_nothing_but("3x4"))
    assert (view.lead_choice.layout, fitting.is_automatic) == ("3x4", True)


def test_whoever_changes_the_layout_chooses_it_but_a_zoom_does_not() -> None:
    view = ViewState()
    fitting = FittingLayout(view, is_automatic=True)
    view.open_record(record_of())
    view.focus.zoom("V2")
    view.focus.give_back()
    view.set_cabrera(True)
    assert fitting.is_automatic
    assert view.lead_choice.layout == "3x4+II"
    view.set_layout("12x1")
    assert not fitting.is_automatic


@pytest.mark.parametrize("leads", [("II", "V5"), ("MLII",), STANDARD_LEADS[:6]])
def test_few_leads_have_the_whole_width(leads: tuple[str, ...]) -> None:
    assert tried_layouts(leads)[0] == "12x1"
