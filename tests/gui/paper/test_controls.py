"""Layouts, heat and scale are chosen with keys, menus and the tool bar, and remembered."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QAbstractSlider, QComboBox, QLabel, QScrollBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.display.heat_feature import THRESHOLDS
from ecg_viewer.qt.display.layout_feature import LeadsDialog, layout_action
from ecg_viewer.qt.theme import DARK, HIGH_CONTRAST, LIGHT
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.qt.window.navigation_feature import NavigationFeature
from ecg_viewer.qt.window.screen_names import screen_key
from ecg_viewer.render.theme import THEMES
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.display_choices import HEAT_COLOURS, HEAT_STYLES
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from ecg_viewer.state.settings import SettingsFile
from mmae_core.record import STANDARD_LEADS

K = Qt.Key


@pytest.fixture
def opened(qtbot: QtBot, make_program, write_record) -> Program:
    """A recording of 12 s, assessed."""
    program = make_program()
    program.session.open([write_record("twelve")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: program.window.paper.is_complete)
    return program


def test_number_keys_choose_the_layout_and_the_menu_shows_it(qtbot: QtBot, opened: Program) -> None:
    view, window = opened.session.view, opened.window
    for key, layout in ((K.Key_2, "6x2"), (K.Key_3, "3x4"), (K.Key_4, "3x4+II"), (K.Key_5, "3x4+V1/II/V5"),
                        (K.Key_7, "single"), (K.Key_8, "chosen"), (K.Key_1, "12x1")):
        qtbot.keyClick(window.paper, key)
        assert view.lead_choice.layout == layout
        ticked = [name for name in LAYOUTS_BY_ID if window.action(layout_action(name)).isChecked()]
        assert ticked == [layout]
    qtbot.keyClick(window.paper, K.Key_6)
    assert view.lead_choice.cabrera
    assert window.action("cabrera").isChecked()
    assert "Cabrera" in window.tool_bar.layout_choice.text()
    qtbot.keyClick(window.paper, K.Key_6)
    assert not view.lead_choice.cabrera


def test_the_layout_menu_of_the_tool_bar_reaches_the_paper(opened: Program) -> None:
    menu = opened.window.tool_bar.layout_choice.menu()
    action = next(action for action in menu.actions() if action.objectName() == layout_action("3x4+II"))
    action.trigger()
    assert len(opened.window.paper.areas_of("II")) == 2
    assert opened.window.tool_bar.layout_choice.text() == action.text()


def test_up_and_down_go_through_the_leads_of_the_single_layout(qtbot: QtBot, opened: Program) -> None:
    view, window = opened.session.view, opened.window
    assert not window.action("lead_after").isEnabled()
    qtbot.keyClick(window.paper, K.Key_7)
    assert window.action("lead_after").isEnabled()
    assert view.arrangement.leads == ("II",)
    qtbot.keyClick(window.paper, K.Key_Down)
    assert view.arrangement.leads == ("III",)
    window.action("lead_before").trigger()
    qtbot.keyClick(window.paper, K.Key_Up)
    assert view.arrangement.leads == ("I",)
    window.action("lead_after").trigger()
    assert "II" in window.tool_bar.layout_choice.text()


def test_leads_are_chosen_by_ticking_them(opened: Program) -> None:
    window = opened.window
    window.action("choose_leads").trigger()
    dialog = window.findChild(LeadsDialog)
    for lead, box in dialog.boxes.items():
        box.setChecked(False)
        assert dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled() == (lead != "V6")
    dialog.boxes["V2"].setChecked(True)
    dialog.boxes["aVF"].setChecked(True)
    dialog.accept()
    assert [area.lead for area in window.paper.areas()] == ["aVF", "V2"]


def test_h_goes_through_the_styles_and_the_menu_chooses_one(qtbot: QtBot, opened: Program) -> None:
    view, window = opened.session.view, opened.window
    for style in (*HEAT_STYLES[1:], HEAT_STYLES[0]):
        qtbot.keyClick(window.paper, K.Key_H)
        assert view.heat_look.style == style
        assert window.action(f"heat_{style}").isChecked()
    for style in HEAT_STYLES:
        window.action(f"heat_{style}").trigger()
        assert view.heat_look.style == style
    for colours in HEAT_COLOURS:
        window.action(f"colours_{colours}").trigger()
        assert view.heat_look.colours == colours
        assert window.action(f"colours_{colours}").isChecked()
    assert not window.tool_bar.opacity.isEnabled(), "the heat is off"


def test_the_threshold_follows_slider_and_keys_and_the_legend_shows_it(qtbot: QtBot, opened: Program) -> None:
    view, window, bar = opened.session.view, opened.window, opened.window.tool_bar
    before = window.legend.grab().toImage()
    bar.threshold.setValue(THRESHOLDS.index(97.0))
    assert view.heat_threshold == 97
    assert bar.threshold_label.text() == "≥ 97"
    assert "97" in window.legend.accessibleDescription()
    assert window.legend.grab().toImage() != before
    window.action("threshold_up").trigger()
    assert view.heat_threshold == 98
    for _ in range(30):
        window.action("threshold_down").trigger()
    assert view.heat_threshold == 90
    view.set_heat_threshold(99.9)
    assert bar.threshold.value() == len(THRESHOLDS) - 1


def test_auto_fit_is_chosen_with_a_key_and_ctrl_0_ends_it(qtbot: QtBot, opened: Program) -> None:
    view, window = opened.session.view, opened.window
    qtbot.keyClick(window.paper, K.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert view.is_auto_fit
    assert window.action("auto_fit").isChecked()
    assert window.paper.readout.startswith("auto-fit")
    qtbot.keyClick(window.paper, K.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (view.is_auto_fit, view.calibration) == (False, Calibration())
    assert not window.action("auto_fit").isChecked()


def test_layout_and_look_are_remembered(make_program) -> None:
    program = make_program(settings=SettingsFile())
    view = program.session.view
    view.set_cabrera(True)
    view.show_leads(["V1", "I"])
    view.set_heat_style("ribbon")
    view.set_heat_colours("orchid")
    view.set_heat_threshold(98)
    program.window.close()
    again = make_program(settings=SettingsFile()).session.view
    assert again.lead_choice == view.lead_choice
    assert again.heat_look == view.heat_look


@pytest.mark.parametrize("width", [1024, 1440])
def test_no_control_of_the_tool_bar_is_cut_off_or_hidden(
    qtbot: QtBot, opened: Program, width: int
) -> None:
    window, bar = opened.window, opened.window.tool_bar
    opened.session.view.set_layout("3x4+V1/II/V5")
    opened.session.view.set_cabrera(True)
    opened.session.view.set_speed(12.34)
    opened.session.view.set_gain(33.3)
    window.resize(width, 700)
    row = bar.findChild(FlowRow)
    qtbot.waitUntil(lambda: bar.width() == width and bar.rect().contains(row.geometry()))
    controls = [
        control for kind in (QToolButton, QComboBox, QAbstractSlider, QLabel) for control in bar.findChildren(kind)
        if not control.objectName().startswith("qt_") and not isinstance(control, QScrollBar)
    ]
    assert len(controls) > 14
    places = []
    for control in controls:
        assert control.isVisible(), control.accessibleName()
        place = QRect(control.mapTo(bar, QPoint(0, 0)), control.size())
        assert bar.rect().contains(place), control.accessibleName()
        if isinstance(control, QComboBox):
            assert control.width() >= control.sizeHint().width(), control.currentText()
        assert control.width() >= control.minimumSizeHint().width(), control.accessibleName()
        assert not any(place.intersects(other) for other in places), control.accessibleName()
        places.append(place)


@pytest.mark.parametrize(
    ("theme", "chrome", "paper"), [("light", LIGHT, "paper"), ("dark", DARK, "dark"),
                                   ("high-contrast", HIGH_CONTRAST, "high contrast")],
)
def test_paper_and_window_change_their_colours_together(opened: Program, theme, chrome, paper: str) -> None:
    action = next(action for action in opened.window.menus.themes.actions() if action.data() == theme)
    assert isinstance(action, QAction)
    action.trigger()
    assert opened.window.themes.chrome is chrome
    assert opened.window.paper.theme is THEMES[paper]
    assert opened.window.palette().window().color().name() == chrome.window
    assert SettingsFile().settings.theme == theme


def test_the_systems_wish_for_contrast_is_followed_by_default(opened: Program, monkeypatch) -> None:
    from ecg_viewer.qt import theme as chrome

    opened.window.choose_theme("system")
    monkeypatch.setattr(chrome, "_system_chrome", lambda: HIGH_CONTRAST)
    opened.window.themes._follow(Qt.ContrastPreference.HighContrast)
    assert opened.window.paper.theme is THEMES["high contrast"]
    opened.window.choose_theme("light")
    opened.window.themes._follow(Qt.ContrastPreference.HighContrast)
    assert opened.window.paper.theme is THEMES["paper"], "a choice is not overruled"


class Panel:
    """A screen as Qt describes it."""

    def __init__(self, name: str, serial: str = "", width_mm: float = 531.0) -> None:
        self._name, self._serial, self._width_mm = name, serial, width_mm

    def name(self) -> str:
        return self._name

    def manufacturer(self) -> str:
        return "Maker"

    def model(self) -> str:
        return "M24"

    def serialNumber(self) -> str:  # noqa: N802 - Qt's name
        return self._serial

    def physicalSize(self) -> QSizeF:  # noqa: N802 - Qt's name
        return QSizeF(self._width_mm, 299.0)

    def size(self) -> QSizeF:
        return QSizeF(1920, 1080)

    def devicePixelRatio(self) -> float:  # noqa: N802 - Qt's name
        return 1.0


def test_two_screens_of_one_model_are_told_apart() -> None:
    panels = [Panel("DP-1", "A1"), Panel("DP-1", "B2"), Panel("DP-1"), Panel("DP-2"), Panel("DP-1", "A1", 597.0)]
    keys = [screen_key(panel) for panel in panels]  # type: ignore[arg-type]
    assert len(set(keys)) == len(panels)
    assert screen_key(Panel("DP-1", "A1")) == keys[0]  # type: ignore[arg-type]


def test_a_calibration_is_kept_for_its_screen_only(opened: Program, monkeypatch) -> None:
    from ecg_viewer.qt.window import main_window

    window = opened.window
    window.feature(NavigationFeature).take_scale(5.0)
    assert window.paper.screen_scale.px_per_mm == 5.0
    monkeypatch.setattr(main_window, "screen_key", lambda screen: "another screen")
    window.use_screen()
    assert window.paper.screen_scale.px_per_mm != 5.0
    monkeypatch.undo()
    window.use_screen()
    assert window.paper.screen_scale.px_per_mm == 5.0


def test_the_readout_stands_on_the_paper_in_every_layout(opened: Program) -> None:
    window = opened.window

    def corner(widget: QWidget) -> np.ndarray:
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return grey[-16:, image.width() - 160 : image.width()].copy()

    seen = []
    for layout in LAYOUTS_BY_ID:
        opened.session.view.set_layout(layout)
        seen.append(corner(window.paper))
    for picture in seen:
        np.testing.assert_array_equal(picture, seen[0])
    assert (seen[0] < 90).sum() > 100
    assert window.paper.readout == "25 mm/s · 10 mm/mV"
    assert set(opened.session.view.arrangement.leads) <= set(STANDARD_LEADS)
