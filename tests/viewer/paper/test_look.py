"""What the reader chooses of leads and heat, and where the view can then go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.render.fit import fit
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.calibration import Calibration, ScreenScale, readout_text
from ecg_viewer.state.display_choices import HEAT_STYLES, HeatLook, LeadChoice
from ecg_viewer.state.layouts import LAYOUTS_BY_ID, arrange
from ecg_viewer.state.settings import Settings, SettingsFile
from ecg_viewer.state.view import Interval, ViewState
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


def record_of(duration_s: float) -> EcgRecord:
    def read(start: int, end: int) -> np.ndarray:
        return np.zeros((12, end - start), np.float32)

    return EcgRecord("test", 100.0, round(duration_s * 100), STANDARD_LEADS, Source((Path("none"),), "test"), read)


@pytest.fixture
def view() -> ViewState:
    """Ten seconds on a paper of ten seconds."""
    state = ViewState()
    state.set_paper_width_mm(250)
    state.open_record(record_of(10))
    return state


def visible_at(view: ViewState, lead: str, time_s: float) -> bool:
    """Whether a time of a lead is on the paper, by the formula of the columns."""
    width_s = min(view.visible_s, view.duration_s) / len(view.arrangement.columns)
    lefts = [view.start_s + column * width_s for column in view.arrangement.columns_of(lead)]
    return any(left <= time_s <= left + width_s for left in lefts)


def test_a_record_shorter_than_the_paper_is_divided_among_the_columns(view: ViewState) -> None:
    view.set_paper_width_mm(400)
    view.set_layout("3x4")
    assert view.start_limits_s == (-7.5, 7.5)
    assert all(visible_at(view, lead, time_s) for lead, time_s in (("I", 1.0), ("aVF", 4.0), ("V2", 6.0), ("V6", 9.0)))
    view.show_interval(0.5, 1.0, "V6")
    assert visible_at(view, "V6", 0.5)


@pytest.mark.parametrize("layout", [name for name in LAYOUTS_BY_ID if name != "chosen"])
@pytest.mark.parametrize("lead", STANDARD_LEADS)
@pytest.mark.parametrize("time_s", [0.3, 5.0, 9.7])
def test_every_finding_of_every_lead_can_be_brought_into_view(
    view: ViewState, layout: str, lead: str, time_s: float
) -> None:
    view.set_layout(layout)
    view.go_to_finding(Finding(lead, time_s - 0.1, time_s + 0.1, time_s, 99.0, 1.0))
    assert visible_at(view, lead, time_s - 0.1)
    assert visible_at(view, lead, time_s + 0.1)
    assert view.selection == Interval(lead, time_s - 0.1, time_s + 0.1)


def test_what_is_visible_in_its_column_does_not_scroll(view: ViewState) -> None:
    view.set_layout("3x4")
    view.show_interval(5.5, 6.0, "V2")
    assert view.start_s == 0
    view.show_interval(1.0, 1.2, "V2")
    assert view.start_s == pytest.approx(1.0 - 5.0 - 0.15 * 2.3), "no further before the record than needed"
    view.set_layout("12x1")
    assert view.start_s == 0, "one column never shows what lies before the record"


def test_rhythm_leads_are_visible_all_along(view: ViewState) -> None:
    view.set_layout("3x4+II")
    view.show_interval(9.0, 9.5, "II")
    assert view.start_s == 0


def test_what_is_on_the_paper_of_the_record_is_told_without_what_lies_beside_it(view: ViewState) -> None:
    view.set_layout("3x4")
    view.scroll_to(-4)
    assert view.visible_span_s == (0.0, 6.0)
    view.scroll_to(100)
    assert view.start_s == pytest.approx(7.5)
    assert view.visible_span_s == (7.5, 10.0)


def test_a_single_lead_steps_through_its_neighbours_in_the_order_in_use(view: ViewState) -> None:
    view.focus.step(1)
    assert view.lead_choice.layout == "3x4+II", "nothing to step through"
    view.show_single("II")
    view.focus.step(1)
    assert view.arrangement.leads == ("III",)
    view.set_cabrera(True)
    view.focus.step(-1)
    assert view.arrangement.leads == ("aVF",)
    view.focus.step(-50)
    assert view.arrangement.leads == ("aVL",)


def test_chosen_leads_stand_in_the_standard_order(view: ViewState) -> None:
    heard: list[str] = []
    view.layout_changed.connect(lambda: heard.append("layout"))
    view.show_leads(["V5", "I", "V5", "aVF"])
    assert view.arrangement.leads == ("I", "aVF", "V5")
    view.show_leads(["I", "aVF", "V5"])
    assert heard == ["layout"]
    for wrong in ([], ["V9"]):
        with pytest.raises(ValueError, match="lead"):
            view.show_leads(wrong)


@pytest.mark.parametrize(
    "choice", [{"layout": "2x2"}, {"single": "V7"}, {"chosen": ()}, {"chosen": ("X",)}, {"cabrera": "yes"}]
)
def test_an_impossible_choice_of_leads_is_refused(choice: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"layout|lead|Cabrera"):
        LeadChoice(**choice)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "look", [{"style": "glow"}, {"colours": "jet"}, {"opacity": 1.5}, {"threshold": 80}, {"threshold": True}]
)
def test_an_impossible_look_of_the_heat_is_refused(look: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="heat"):
        HeatLook(**look)  # type: ignore[arg-type]


def test_styles_come_round_and_threshold_and_opacity_stay_in_their_limits(view: ViewState) -> None:
    seen = []
    for _ in HEAT_STYLES:
        seen.append(view.heat_look.style)
        view.next_heat_style()
    assert tuple(seen) == HEAT_STYLES
    assert view.heat_look.style == HEAT_STYLES[0]
    view.set_heat_threshold(12)
    assert view.heat_threshold == 90
    view.set_heat_threshold(100)
    assert view.heat_threshold == 99.9
    with pytest.raises(ValueError, match="nan"):
        view.set_heat_threshold(float("nan"))
    view.set_heat_colours("sea")
    view.set_heat_opacity(0)
    assert view.heat_look == HeatLook("background", 0.2, 99.9, "sea")


def test_looks_and_layouts_are_kept_and_a_broken_file_gives_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).change(
        layout="3x4+II", cabrera=True, single_lead="V3", chosen_leads=("I", "V2"),
        heat_style="ribbon", heat_colours="grey", heat_threshold=97.0, theme="high-contrast",
    )
    again = SettingsFile(path).settings
    assert again.lead_choice == LeadChoice("3x4+II", True, "V3", ("I", "V2"))
    assert again.heat_look == HeatLook("ribbon", 1.0, 97.0, "grey")
    assert again.theme == "high-contrast"
    path.write_text('{"layout": "9x9"}', encoding="utf-8")
    assert SettingsFile(path).settings == Settings()


def test_auto_fit_is_a_mode_of_its_own_that_any_choice_of_scale_ends(view: ViewState) -> None:
    view.fit(Calibration(17, 6))
    assert view.calibration == Calibration(), "nobody asked for a fit"
    view.toggle_auto_fit()
    view.fit(Calibration(17, 6))
    assert (view.is_auto_fit, view.calibration) == (True, Calibration(17, 6))
    view.step_gain(1)
    assert (view.is_auto_fit, view.calibration) == (False, Calibration(17, 10))
    view.toggle_auto_fit()
    view.toggle_auto_fit()
    assert (view.is_auto_fit, view.calibration) == (False, Calibration())


def test_a_fitted_scale_says_so_and_claims_no_standard() -> None:
    fitted = readout_text(Calibration(), ScreenScale(4.0), is_auto_fit=True)
    assert fitted == "auto-fit · 25 mm/s · 10 mm/mV · non-standard"
    assert readout_text(Calibration(), ScreenScale(None), is_auto_fit=True).startswith("auto-fit · 94 px/s")


@pytest.mark.parametrize("layout", LAYOUTS_BY_ID)
def test_a_fitted_record_fills_the_paper_and_stays_on_it(layout: str) -> None:
    arrangement = arrange(layout)
    extents = {lead: (-0.8 - index / 20, 1.0 + index / 10) for index, lead in enumerate(STANDARD_LEADS)}
    calibration = Calibration()
    for _ in range(3):
        paper = PaperLayout.of_size(1100, 800, 1.0, 4.0, calibration, arrangement, extents)
        calibration = fit(paper, arrangement, 10.0, extents)
    shown_s = paper.traces_width_mm / calibration.mm_per_s
    assert 10.0 <= shown_s < 10.4
    for area in paper.areas(0.0):
        low, high = extents[area.lead]
        assert area.y_of(high) >= -1
        assert area.y_of(low) <= paper.paper_height + 1
    assert fit(paper, arrangement, 86_400.0, extents) == fit(paper, arrangement, 10.0, extents)


def test_channels_beyond_the_twelve_have_a_layout_of_their_own() -> None:
    leads = ("I", "II", "V1", "V3R", "X")
    assert LeadChoice("12x1").arrangement(leads).leads == ("I", "II", "V1")
    assert LeadChoice("3x4").arrangement(leads).leads == ("I", "II", "V1")
    assert LeadChoice("all").arrangement(leads).leads == leads
    assert len(LeadChoice("all").arrangement(leads).columns) == 1


@pytest.mark.parametrize("layout", LAYOUTS_BY_ID)
def test_a_recording_without_any_of_the_twelve_leads_is_never_an_empty_paper(layout: str) -> None:
    shown = LeadChoice(layout).arrangement(("ECG1", "ECG2")).leads
    assert shown == (("ECG1",) if layout == "single" else ("ECG1", "ECG2"))
