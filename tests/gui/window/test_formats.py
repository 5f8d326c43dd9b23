"""Recordings of any format: opened by every way, everything in them shown, and every doubt with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.summary.header_panel import HeaderFeature
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.qt.widgets.file_filters import recording_filter
from ecg_viewer.state.assessment import Phase
from mmae_core.readers.registry import FORMATS

FILES = Path(__file__).parents[2] / "data" / "formats"


def open_and_wait(qtbot: QtBot, program: Program, *paths: Path) -> None:
    program.session.open(paths)
    qtbot.waitUntil(lambda: not program.session.is_opening and not program.session.assessment.phase.is_running)
    qtbot.waitUntil(lambda: program.window.paper.is_complete)


def dark_rows(program: Program, lead: str) -> int:
    """Columns of a lead's place on the paper in which something much darker than the grid is drawn."""
    paper = program.window.paper
    image = paper.grab().toImage()
    ratio = image.devicePixelRatio()
    grey = np.array([[image.pixelColor(x, y).lightness() for y in range(image.height())]
                     for x in range(round(120 * ratio), round(520 * ratio), 4)])
    (area,) = paper.areas_of(lead)
    part = grey[:, round(area.top * ratio) : round((area.top + area.height) * ratio)]
    return int((part < 150).any(axis=1).sum())


@pytest.mark.parametrize("name", ["example_12lead.dcm", "example.scp", "syn_edf_12lead.edf", "SPH00001.h5"])
def test_a_file_of_another_format_is_opened_assessed_and_listed_by_its_name(
    qtbot: QtBot, make_program, name: str
) -> None:
    program = make_program()
    open_and_wait(qtbot, program, FILES / name)
    assert len(program.session.record.lead_names) == 12
    assert program.session.assessment.phase is Phase.DONE
    assert program.session.item.name == name


def test_a_folder_lists_all_formats_together(qtbot: QtBot, make_program, write_record, tmp_path: Path) -> None:
    write_record("rec")
    for name in ("example.scp", "example_12lead.dcm"):
        shutil.copy(FILES / name, tmp_path)
    (tmp_path / "notes.txt").write_text("not a recording\n")
    program = make_program()
    open_and_wait(qtbot, program, tmp_path)
    records = program.session.records
    assert [records[row].name for row in range(len(records))] == ["example.scp", "example_12lead.dcm", "rec"]


def test_the_recordings_of_one_file_are_a_list(qtbot: QtBot, make_program, tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(0, 0.3, (3, 5000, 12)).astype(np.float32)
    np.save(tmp_path / "rows.npy", rows)
    program = make_program()
    open_and_wait(qtbot, program, tmp_path / "rows.npy")
    records = program.session.records
    assert [records[row].name for row in range(len(records))] == ["rows 0", "rows 1", "rows 2"]
    program.window.action("next_record").trigger()
    qtbot.waitUntil(lambda: program.session.record.name == "rows 1")


def test_the_dialog_offers_every_format_and_everything(make_program) -> None:
    make_program()
    offered = recording_filter()
    assert all(f"*{suffix}" in offered for one in FORMATS for suffix in one.suffixes)
    assert offered.endswith("(*)"), "DICOM files often have no suffix"


def test_a_recording_without_any_of_the_twelve_leads_is_drawn(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    open_and_wait(qtbot, program, write_record("holter", leads=("ECG1", "ECG2")))
    assert {area.lead for area in program.window.paper.areas()} == {"ECG1", "ECG2"}
    assert dark_rows(program, "ECG1") > 90
    assert dark_rows(program, "ECG2") > 90
    summary = program.window.feature(SummaryFeature).panel
    assert summary.facts.text() == "12 s · 250 Hz · 2 other channels"
    assert "names none of the twelve leads" in summary.suspicions.text()


def test_channels_beside_the_twelve_leads_have_a_layout(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    open_and_wait(qtbot, program, write_record("right", leads=("I", "II", "V1", "V3R", "V7")))
    paper = program.window.paper
    assert "V3R" not in {area.lead for area in paper.areas()}
    program.window.action("layout_all").trigger()
    qtbot.waitUntil(lambda: paper.is_complete)
    assert [area.lead for area in paper.areas()] == ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V3R", "V7"]
    assert dark_rows(program, "V7") > 90


def test_doubts_stay_beside_the_recording(qtbot: QtBot, make_program, write_record) -> None:
    header = write_record("short")
    data = header.with_suffix(".dat")
    data.write_bytes(data.read_bytes()[:-24])
    program = make_program()
    open_and_wait(qtbot, program, header)
    doubt = "The signal file ends early: the last 0.004 s of 12 s are missing."
    assert f"⚠ {doubt}" in program.window.feature(SummaryFeature).panel.suspicions.text()
    assert f"Doubt: {doubt}" in program.window.feature(HeaderFeature).panel.text


def test_what_the_device_measured_is_shown_as_the_devices_and_nobody_is_named(qtbot: QtBot, make_program) -> None:
    program = make_program()
    open_and_wait(qtbot, program, FILES / "example.scp")
    header = program.window.feature(HeaderFeature)
    assert "Measured by the device: " in header.panel.text
    assert "QT interval 420 ms" in header.panel.text
    assert "Average beats of the device: 12 leads, kept apart from the recording" in header.panel.text
    assert "Clark" not in header.panel.text
    header.state.show_identity(True)
    assert "Clark" in header.panel.text


def test_a_long_name_makes_the_summary_no_wider_than_its_place(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    open_and_wait(qtbot, program, write_record("a_name_that_is_made_of_very_many_words_and_of_no_space_between_them"))
    summary = program.window.feature(SummaryFeature).panel
    assert summary.widget().minimumSizeHint().width() <= summary.viewport().width()


def test_age_and_sex_stand_at_the_head_of_the_summary(qtbot: QtBot, make_program) -> None:
    program = make_program()
    open_and_wait(qtbot, program, FILES / "sierra_1_04.xml")
    assert program.window.feature(SummaryFeature).panel.facts.text().endswith(" · 60 years, male")
