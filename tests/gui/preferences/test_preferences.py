"""Preferences take effect while they are chosen, and Cancel takes all of them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.preferences.effects import EFFECTS
from ecg_viewer.qt.preferences.preference_controls import (
    ChoiceControl,
    Control,
    NumberControl,
    ShareControl,
    SwitchControl,
    TextControl,
)
from ecg_viewer.qt.preferences.preferences_dialog import PreferencesDialog
from ecg_viewer.state.preferences import PREFERENCES, SECTIONS, ControlKind, Preference, defaults
from ecg_viewer.state.settings import Settings, SettingsFile

MakeProgram = Callable[..., Program]
REMEMBERED_UNASKED = {
    "heat_layers",
    "recent_files", "notice_seen", "tour_seen", "px_per_mm", "single_lead", "chosen_leads", "worklist_columns",
    "worklist_widths", "worklist_next_by", "export", "described_folders", "blinded", "work_lists",
}
"""No choices, or made elsewhere: what was opened, what was read, how large a screen is, what was ticked."""


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


def open_preferences(program: Program, qtbot: QtBot) -> PreferencesDialog:
    program.window.action("preferences").trigger()
    (dialog,) = program.window.findChildren(PreferencesDialog)
    qtbot.waitExposed(dialog)
    return dialog


def choose(control: Control, value: object) -> None:
    """As the user does."""
    if isinstance(control, ChoiceControl):
        control.box.setCurrentIndex(control._values.index(value))
    elif isinstance(control, SwitchControl):
        control.box.setChecked(bool(value))
    elif isinstance(control, ShareControl):
        assert isinstance(value, float)
        control.slider.setValue(round(100 * value))
    elif isinstance(control, NumberControl):
        assert isinstance(value, float)
        control.box.setValue(value)
    else:
        assert isinstance(control, TextControl)
        control.edit.clear()
        QTest.keyClicks(control.edit, str(value))


def another(item: Preference, value: object) -> object:
    """A value that differs from `value`."""
    if item.kind is ControlKind.SWITCH:
        return not value
    if item.kind is ControlKind.TEXT:
        return "Dr. Vera Musterfrau"
    if item.kind in (ControlKind.SHARE, ControlKind.NUMBER):
        return next(limit for limit in item.limits if limit != value)
    if item.field == "model":
        return "mmae-ecg-faithful"
    return next(choice for choice, _ in item.choices if choice not in (value, "system"))


def test_every_setting_is_in_the_preferences_or_remembered_unasked() -> None:
    shown = [item.field for item in PREFERENCES]
    assert len(shown) == len(set(shown))
    assert set(shown) | REMEMBERED_UNASKED == {field.name for field in fields(Settings)}
    assert not set(shown) & REMEMBERED_UNASKED
    assert {item.section for item in PREFERENCES} <= set(SECTIONS)
    assert set(EFFECTS) <= set(shown)


def test_ctrl_comma_opens_them_with_what_is_set(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    settings.change(theme="dark", heat_opacity=0.5)
    program = make_program(settings=settings)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.keyClick(program.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = program.window.findChildren(PreferencesDialog)
    assert dialog.controls["theme"].field.currentText() == "Dark"  # type: ignore[attr-defined]
    assert dialog.controls["heat_opacity"].field.value() == 50  # type: ignore[attr-defined]
    dialog.reject()


def test_a_choice_takes_effect_at_once(make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile) -> None:
    program = make_program(settings=settings)
    dialog = open_preferences(program, qtbot)
    view = program.session.view
    for field, value in (("theme", "dark"), ("speed_mm_per_s", 50.0), ("gain_mm_per_mv", 20.0),
                         ("filter_band", "monitor"), ("mains_notch", "notch_50"), ("heat_opacity", 0.6)):
        choose(dialog.controls[field], value)
    assert program.window.themes.is_dark
    assert (view.calibration.mm_per_s, view.calibration.mm_per_mv) == (50, 20)
    assert (view.filter.band.id, view.filter.notch.id) == ("monitor", "notch_50")
    assert view.heat_look.opacity == pytest.approx(0.6)
    dialog.accept()
    assert SettingsFile(settings.path).settings.filter_band == "monitor", "and is remembered"


def test_every_preference_can_be_changed_and_cancel_takes_all_back(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    program = make_program(settings=settings)
    settings.change(language="en")
    before = settings.settings
    dialog = open_preferences(program, qtbot)
    for item in PREFERENCES:
        value = another(item, getattr(before, item.field))
        choose(dialog.controls[item.field], value)
        is_taken_later = item.kind is ControlKind.TEXT
        assert getattr(settings.settings, item.field) == ("" if is_taken_later else value), item.field
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    for item in PREFERENCES:
        assert getattr(settings.settings, item.field) == getattr(before, item.field), item.field
    assert not program.window.themes.is_dark
    assert program.session.view.calibration.mm_per_s == 25
    model = program.session.models.current
    assert model is not None
    assert model.key == program.session.models.choices[0].key


def test_a_name_is_taken_when_the_dialog_is_accepted(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    dialog = open_preferences(make_program(settings=settings), qtbot)
    choose(dialog.controls["reviewer"], "  Dr. Vera Musterfrau ")
    settings.change(theme="dark")
    assert settings.settings.reviewer == ""
    qtbot.keyClick(dialog.controls["reviewer"].field, Qt.Key.Key_Return)
    assert settings.settings.theme == "dark", "Enter accepts; it does not choose the defaults"
    assert settings.settings.reviewer == "Dr. Vera Musterfrau"


def test_defaults_choose_what_a_new_installation_has(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    settings.change(language="en", theme="dark", gain_mm_per_mv=5.0, mains_notch="notch_60")
    program = make_program(settings=settings)
    assert program.session.view.calibration.mm_per_mv == 5
    dialog = open_preferences(program, qtbot)
    dialog.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    for field, value in defaults().items():
        if field != "model":
            assert getattr(settings.settings, field) == value, field
    assert program.session.view.calibration.mm_per_mv == 10
    assert dialog.controls["gain_mm_per_mv"].field.currentText() == "10 mm/mV"  # type: ignore[attr-defined]
    dialog.reject()
    assert settings.settings.mains_notch == "notch_60", "Cancel takes the defaults back too"


def test_a_change_from_elsewhere_shows_in_the_open_dialog(
    make_program: MakeProgram, qtbot: QtBot, settings: SettingsFile
) -> None:
    program = make_program(settings=settings)
    dialog = open_preferences(program, qtbot)
    program.window.choose_theme("dark")
    assert dialog.controls["theme"].field.currentText() == "Dark"  # type: ignore[attr-defined]
    dialog.accept()
