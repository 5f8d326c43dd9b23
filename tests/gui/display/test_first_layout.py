"""The layout of a recording that is opened, and one lead before the others, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.benchmark import run
from ecg_viewer.qt.display.lead_feature import KEYS, LeadFeature
from ecg_viewer.state.layouts import LAYOUTS
from ecg_viewer.state.settings import SettingsFile
from mmae_core.record import STANDARD_LEADS

K = Qt.Key
Opens = Callable[[Program, Path], None]


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    """Those of a new installation."""
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def tangled(tmp_path: Path) -> Path:
    """Every other lead goes down by 3 mV as its neighbours go up."""
    beat = np.zeros(250)
    beat[100:115] = 3000
    signals = np.stack([np.tile(beat if index % 2 else -beat, 10) for index in range(12)], axis=1).astype("<i2")
    (tmp_path / "tangled.dat").write_bytes(signals.tobytes())
    lines = ["tangled 12 250 2500"]
    for index, lead in enumerate(STANDARD_LEADS):
        checksum = int(signals[:, index].astype(np.int64).sum().astype(np.int16))
        lines.append(f"tangled.dat 16 1000/mV 16 0 {signals[0, index]} {checksum} 0 {lead}")
    header = tmp_path / "tangled.hea"
    header.write_text("\n".join(lines) + "\n", encoding="ascii")
    return header


def layout(program: Program) -> str:
    return program.session.view.lead_choice.layout


def test_a_new_installation_shows_the_page_that_hospitals_print(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, demo: Path
) -> None:
    program = make_program(settings=settings)
    opens(program, demo / "00170_hr.hea")
    assert layout(program) == "3x4+II"
    assert program.window.action("layout_first_fit").isChecked()
    assert SettingsFile(settings.path).settings.layout is None
    assert program.window.paper.notes == ()


def test_where_its_traces_would_collide_another_layout_is_shown_and_says_so(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, demo: Path, tangled: Path
) -> None:
    program = make_program(settings=settings)
    opens(program, tangled)
    assert layout(program) == "3x4"
    assert program.window.paper.notes[0] == "3 × 4: traces would collide in 3 × 4 + II"
    opens(program, demo / "00170_hr.hea")
    assert layout(program) == "3x4+II", "decided for each recording"


def test_in_a_small_window_traces_that_still_meet_have_two_inks_and_a_way_out(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, tangled: Path
) -> None:
    program = make_program(settings=settings)
    program.window.resize(900, 560)
    opens(program, tangled)
    assert program.window.paper.reach.collides
    assert "traces meet: click on a lead's name" in program.window.paper.notes


def test_a_layout_that_was_chosen_stays_for_this_start_and_the_next(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, tangled: Path, qtbot: QtBot
) -> None:
    program = make_program(settings=settings)
    program.window.action("layout_3x4+II").trigger()
    opens(program, tangled)
    assert layout(program) == "3x4+II"
    program.window.close()
    program = make_program(settings=SettingsFile(settings.path))
    opens(program, tangled)
    assert layout(program) == "3x4+II"
    qtbot.keyClick(program.window.paper, K.Key_W)
    assert layout(program) == "3x4"
    assert SettingsFile(settings.path).settings.layout is None


def test_a_layout_that_an_earlier_version_remembered_stays(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, demo: Path
) -> None:
    settings.path.write_text('{"layout": "12x1"}', encoding="utf-8")
    program = make_program(settings=SettingsFile(settings.path))
    opens(program, demo / "00170_hr.hea")
    assert layout(program) == "12x1"


def test_the_layout_is_chosen_in_the_preferences_as_well(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, tangled: Path
) -> None:
    program = make_program(settings=settings)
    opens(program, tangled)
    settings.change(layout="6x2")
    assert layout(program) == "6x2"
    settings.change(layout=None)
    assert layout(program) == "3x4"
    settings.change(cabrera=True)
    assert settings.settings.layout is None, "the order is another choice"


@pytest.fixture
def page(make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, demo: Path) -> Program:
    program = make_program(settings=settings)
    opens(program, demo / "00170_hr.hea")
    return program


@pytest.mark.parametrize("lead", STANDARD_LEADS)
def test_keys_go_to_every_lead(page: Program, qtbot: QtBot, lead: str) -> None:
    for keys in KEYS[lead]:
        page.session.view.focus.bring_to_front(None)
        for key in keys.split(", "):
            qtbot.keyClick(page.window.paper, key)
        assert page.session.view.focus.front == lead
        assert layout(page) == "3x4+II", "no key of the sequence chose a layout"
        assert page.window.paper.tool is None, "nor a tool"
    page.window.action("layout_single").trigger()
    page.window.action(f"lead_{lead}").trigger()
    assert page.session.view.arrangement.leads == (lead,)


def test_z_zooms_the_lead_that_is_meant_and_z_or_esc_brings_the_layout_back(page: Program, qtbot: QtBot) -> None:
    view, paper = page.session.view, page.window.paper
    view.set_cursor(8.0, "V5")
    qtbot.keyClick(paper, K.Key_Z)
    assert view.arrangement.leads == ("V5",)
    assert page.window.action("zoom_lead").isChecked()
    assert paper.notes == ("V5 alone; Esc: all leads",)
    qtbot.keyClick(paper, K.Key_Z)
    assert layout(page) == "3x4+II"
    view.focus.bring_to_front("aVF")
    qtbot.keyClick(paper, K.Key_Z)
    assert view.arrangement.leads == ("aVF",)
    qtbot.keyClick(paper, K.Key_Escape)
    assert (layout(page), view.focus.front) == ("3x4+II", None)
    assert page.window.settings.settings.layout is None, "a zoom is no choice of a layout"


def test_ctrl_g_brings_the_lead_under_the_mouse_to_the_front(page: Program, qtbot: QtBot) -> None:
    view, paper = page.session.view, page.window.paper
    view.set_cursor(1.0, "III")
    qtbot.keyClick(paper, K.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert view.focus.front == "III"
    assert paper.notes == ("III at the front; Esc: all alike",)
    qtbot.keyClick(paper, K.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert view.focus.front is None


def test_esc_at_the_front_does_not_stop_the_model(
    make_program: Callable[..., Program], settings: SettingsFile, opens: Opens, demo: Path, fake_scorer, qtbot: QtBot
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer, settings=settings)
    opens(program, demo / "00170_hr.hea")
    qtbot.waitUntil(lambda: bool(fake_scorer.asked))
    program.window.feature(LeadFeature).go_to("V2")
    qtbot.keyClick(program.window.paper, K.Key_Escape)
    assert program.session.view.focus.front is None
    assert program.session.assessment.phase.is_running
    qtbot.keyClick(program.window.paper, K.Key_Escape)
    assert not program.session.assessment.phase.is_running, "and the next one does"
    fake_scorer.gate.set()


def test_a_benchmark_goes_through_the_layouts_and_chooses_none(
    page: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "measure_scroll_frames", lambda _paper, _n: [1.0])
    assert len(run._frames_by_layout(page)) == len(LAYOUTS)
    assert layout(page) == "3x4+II"
    assert page.window.settings.settings.layout is None
