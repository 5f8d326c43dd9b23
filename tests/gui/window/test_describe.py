"""Files of bare numbers: what they do not state is asked for once a folder, and never guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.screenshot import take_screenshot
from ecg_viewer.qt.window.describe_dialog import DescribeDialog
from ecg_viewer.qt.window.describe_feature import DescribeFeature
from mmae_core.readers.described_folders import forget_descriptions
from mmae_core.record import STANDARD_LEADS


@pytest.fixture(autouse=True)
def _nothing_is_described() -> None:
    forget_descriptions()


def table(path: Path, n_columns: int = 12) -> Path:
    values = np.round(np.random.default_rng(1).normal(size=(5000, n_columns)) * 20).astype(int)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(",".join(map(str, row)) for row in values))
    return path


def asked(qtbot: QtBot, program: Program, path: Path) -> DescribeDialog:
    program.session.open([path])
    feature = program.window.feature(DescribeFeature)
    qtbot.waitUntil(lambda: feature.dialog is not None)
    assert feature.dialog is not None
    return feature.dialog


def may_open(dialog: DescribeDialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Open).isEnabled()


def test_a_table_is_described_and_opens_and_its_neighbours_open_at_once(
    qtbot: QtBot, make_program, tmp_path: Path
) -> None:
    first, second = table(tmp_path / "a" / "one.csv"), table(tmp_path / "a" / "two.csv")
    program = make_program()
    dialog = asked(qtbot, program, first)
    assert program.session.record is None
    assert not may_open(dialog)
    dialog.rate.setValue(500.0)
    dialog.unit.setCurrentText("5 µV")
    assert not may_open(dialog)
    assert "0 leads are named for 12 columns." in dialog.fault.text()
    dialog.standard.click()
    assert may_open(dialog)
    dialog.accept()
    qtbot.waitUntil(lambda: program.session.record is not None and not program.session.is_opening)
    record = program.session.record
    assert (record.sampling_rate_hz, record.lead_names) == (500.0, STANDARD_LEADS)
    assert record.read()[0, 0] == pytest.approx(float(first.read_text().split(",")[0]) * 5e-3)
    assert any("by the person who opened it" in doubt for doubt in record.doubts)
    program.session.open([second])
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "two")


def test_the_answer_holds_after_a_new_start(qtbot: QtBot, make_program, tmp_path: Path) -> None:
    path = table(tmp_path / "a" / "one.csv", 1)
    program = make_program()
    dialog = asked(qtbot, program, path)
    assert not dialog.standard.isEnabled(), "the twelve leads are no name for one column"
    dialog.rate.setValue(250.0)
    dialog.unit.setCurrentText("mV")
    dialog.leads.setText("V2")
    dialog.accept()
    qtbot.waitUntil(lambda: program.session.record is not None)
    stored = program.window.settings.settings.described_folders
    assert stored == {str(tmp_path / "a"): {"rate_hz": 250.0, "mv_per_step": 1.0, "lead_names": ["V2"]}} or stored == {
        str(tmp_path / "a"): {"rate_hz": 250.0, "mv_per_step": 1.0, "lead_names": ("V2",)}}
    forget_descriptions()
    again = make_program()
    again.session.open([path])
    qtbot.waitUntil(lambda: again.session.record is not None)
    assert again.session.record.lead_names == ("V2",)


def test_only_what_is_missing_is_asked(qtbot: QtBot, make_program, tmp_path: Path) -> None:
    path = tmp_path / "named.csv"
    path.write_text("II [mV],V1 [mV]\n" + "0.1,0.2\n" * 3000)
    dialog = asked(qtbot, make_program(), path)
    dialog.show()
    assert (dialog.rate.isVisible(), dialog.unit.isVisible(), dialog.leads.isVisible()) == (True, False, False)
    dialog.rate.setValue(300.0)
    assert may_open(dialog)


def test_a_cancelled_dialog_leaves_what_is_open(qtbot: QtBot, make_program, demo: Path, tmp_path: Path) -> None:
    program = make_program()
    program.session.open([demo / "00170_hr.hea"])
    qtbot.waitUntil(lambda: program.session.record is not None)
    dialog = asked(qtbot, program, table(tmp_path / "one.csv"))
    dialog.reject()
    qtbot.waitUntil(lambda: program.window.feature(DescribeFeature).dialog is None)
    assert program.session.record.name == "00170_hr"
    assert program.window.settings.settings.described_folders == {}


def test_a_picture_of_a_file_of_bare_numbers_is_refused_with_what_is_missing(
    make_program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take_screenshot(make_program(), [table(tmp_path / "a" / "one.csv")], tmp_path / "out.png") == 1
    assert "one.csv does not state its leads, rate, unit: open it in the window" in capsys.readouterr().err
    assert not (tmp_path / "out.png").exists()
