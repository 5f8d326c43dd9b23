"""Exporting, previewing, printing and copying in the real window."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.export.exchange.fhir_reader import read_fhir
from ecg_viewer.export.exchange.sr_reader import read_dicom_sr
from ecg_viewer.export.export_files import Folder
from ecg_viewer.export.last_choices import Choices
from ecg_viewer.export.open_record import pages_of
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import write_pdf
from ecg_viewer.export.record_files import FORMATS
from ecg_viewer.qt.export.export_desk import ExportDesk
from ecg_viewer.qt.export.export_dialog import BenchmarkDialog, ExportDialog, Wish
from ecg_viewer.qt.export.export_feature import ExportFeature
from ecg_viewer.qt.export.page_preview import PreviewDialog, prepared
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from ecg_viewer.state.worklist.filters import WorklistFilter

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


@pytest.fixture
def program(make_program: MakeProgram, write_record: WriteRecord, fake_scorer: Any, qtbot: QtBot) -> Program:
    """A window with two recordings listed, the first open and assessed, decisions possible."""
    paths = [write_record("one"), write_record("two")]
    made = make_program(fake_scorer)
    made.session.open(paths)
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: made.session.sha256 != "")
    made.window.feature(ReviewFeature).open_review.set_reviewer("anna")
    # The window's own scorer is busy elsewhere.
    made.window.feature(ExportFeature).desk.make_scorer = lambda _with_expected: fake_scorer
    return made


def feature_of(program: Program) -> ExportDesk:
    return program.window.feature(ExportFeature).desk


def trigger(program: Program, action: str) -> None:
    assert program.window.action(action).isEnabled()
    program.window.action(action).trigger()


def wait_for_end(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: feature_of(program).running is None)


def dialog_of(program: Program, kind: type) -> object:
    found = [widget for widget in program.window.findChildren(kind) if widget.isVisible()]
    assert len(found) == 1, f"{len(found)} dialogs are open"
    return found[0]


def choose(dialog: ExportDialog, folder: Path, *formats: str) -> None:
    for name, box in dialog.formats.items():
        box.setChecked(name in formats)
    dialog.folder.setText(str(folder))


def question(program: Program) -> QMessageBox | None:
    """The message box that is open, if any."""
    return next((box for box in program.window.findChildren(QMessageBox) if box.isVisible()), None)


def error_text(program: Program) -> str:
    return " ".join(label.text() for label in program.window.error_bar.findChildren(QLabel))


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_dialog_exports_what_is_open_with_its_decisions(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    open_review = program.window.feature(ReviewFeature).open_review
    open_review.decide(program.session.assessment.findings[0], "confirmed")
    open_review.add_own(("V6",), 3.0, 3.5, "U wave")
    trigger(program, "export")
    dialog = dialog_of(program, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    choose(dialog, tmp_path / "out", "pdf", "json", "csv", "fhir", "dicom-sr", "wfdb", "npz", "svg", "png")
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    wait_for_end(program, qtbot)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"one.pdf", "one_findings.json", "one_findings.csv", "one_leads.csv", "one.review", "one_maps.npz"} <= names
    assert {"one_p1.svg", "one_p1.png", "one_fhir.json", "one_sr.dcm"} <= names
    reported = read_fhir(tmp_path / "out" / "one_fhir.json")
    assert reported == read_dicom_sr(tmp_path / "out" / "one_sr.dcm")
    assert [(item.lead, item.label, item.reviewer) for item in reported.findings] == [
        ("V3", "", "anna"), ("V6", "U wave", "anna")]
    document = json.loads((tmp_path / "out" / "one_findings.json").read_text(encoding="utf-8"))
    decisions = [(item["lead"], item["decision"], item["reviewer"]) for item in document["findings"]]
    assert ("V3", "confirmed", "anna") in decisions
    assert ("V6", "confirmed", "anna") in decisions
    assert document["provenance"]["record"]["sha256"] == program.session.sha256
    with np.load(tmp_path / "out" / "one_maps.npz") as archive:
        assert archive["percentile"].shape == (12, 3000)
    pages = texts(tmp_path / "out" / "one.pdf")
    assert all(RESEARCH_USE_BADGE in page for page in pages)
    assert "U wave" in pages[1]


@pytest.mark.parametrize(("name", "file"), [
    ("recording-wfdb", "one.hea"), ("recording-edf", "one.edf"), ("recording-dicom", "one.dcm"),
    ("recording-aecg", "one.xml"), ("recording-csv", "one.csv"),
])
def test_the_recording_itself_is_written_and_opens_again_with_its_values(
    program: Program, qtbot: QtBot, tmp_path: Path, name: str, file: str
) -> None:
    record = program.session.record
    assert record is not None
    before = record.read()
    trigger(program, "export")
    dialog = dialog_of(program, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    choose(dialog, tmp_path / "out", name)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    wait_for_end(program, qtbot)
    program.session.open([tmp_path / "out" / file])
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record is not record)
    again = program.session.record
    assert again is not None
    assert again.source.paths[0] == tmp_path / "out" / file
    assert again.lead_names == record.lead_names
    assert np.abs(again.read(0, record.n_samples) - before).max() <= 0.501e-3


def test_an_array_of_the_recording_holds_its_values_and_no_name(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    feature_of(program).export(Wish(Choices(("recording-npz",), str(tmp_path / "out")), "this", False))
    wait_for_end(program, qtbot)
    record = program.session.record
    assert record is not None
    with np.load(tmp_path / "out" / "one.npz") as arrays:
        assert np.array_equal(arrays["signal_mv"], record.read())
        assert arrays["identity"].tolist() == []


def test_what_a_format_cannot_hold_is_shown(
    program: Program, qtbot: QtBot, tmp_path: Path, write_record: WriteRecord
) -> None:
    program.session.open([write_record("odd", duration_s=11.996)])  # 2,999, a prime number, fill no data record
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "odd")
    feature_of(program).export(Wish(Choices(("recording-edf",), str(tmp_path / "out")), "this", False))
    wait_for_end(program, qtbot)
    assert "fill up its last data record" in error_text(program)
    assert "odd.edf was written" in program.window.status.currentMessage()


def test_pages_follow_layout_speed_filter_and_place_of_the_paper(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    view = program.session.view
    view.set_layout("3x4+II")
    view.set_speed(50.0)
    view.filter.choose_band("st")
    view.scroll_to(4.0)
    options = pages_of(view)
    assert (options.leads.layout, options.calibration.mm_per_s, options.filters.name) == ("3x4+II", 50.0, "0.05–40 Hz")
    assert options.start_s == view.visible_span_s[0]
    view.toggle_heat()
    assert pages_of(view).look.style == "off"
    view.set_layout("6x2")
    for as_shown, folder, scale in (
        (True, "shown", "50 mm/s · 10 mm/mV · 0.05–40 Hz (not diagnostic) · 6 × 2"),
        (False, "usual", "25 mm/s · 10 mm/mV · 0.05–40 Hz (not diagnostic) · 3 × 4 + II"),
    ):
        choices = Choices(("pdf",), str(tmp_path / folder), with_findings=False, as_shown=as_shown)
        feature_of(program).export(Wish(choices, "this", False))
        wait_for_end(program, qtbot)
        (page,) = texts(tmp_path / folder / "one.pdf")
        assert scale in page, "as on the screen, or as hospitals print it"


def test_choices_are_remembered_but_never_identity_and_what_is_missing_is_said(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    trigger(program, "export")
    dialog = dialog_of(program, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert not dialog.identity.isChecked()
    choose(dialog, tmp_path, "json")
    dialog.identity.setChecked(True)
    dialog.paper.setCurrentIndex(dialog.paper.findData("letter"))
    dialog.resolution.setCurrentIndex(dialog.resolution.findData(600))
    dialog.export_button.click()
    wait_for_end(program, qtbot)
    qtbot.waitUntil(lambda: not program.window.findChildren(ExportDialog))
    trigger(program, "export")
    again = dialog_of(program, ExportDialog)
    assert isinstance(again, ExportDialog)
    assert again.wish.choices == Choices(("json",), str(tmp_path), "letter", False, True, 600, False)
    assert not again.identity.isChecked()
    again.formats["json"].setChecked(False)
    assert not again.export_button.isEnabled()
    assert again.hint.text() == "Choose at least one format."
    again.formats["csv"].setChecked(True)
    assert again.export_button.isEnabled()
    again.folder.clear()
    assert again.hint.text() == "Choose a folder."
    again.reject()


def test_all_recordings_of_the_list_are_exported(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    feature_of(program).export(Wish(Choices(("json", "csv"), str(tmp_path)), "all", False))
    wait_for_end(program, qtbot)
    for name in ("one", "two"):
        document = json.loads((tmp_path / f"{name}_findings.json").read_text(encoding="utf-8"))
        assert [item["lead"] for item in document["findings"]] == ["V3", "II"]
    assert "6 files were written" in program.window.status.currentMessage()


def test_files_that_exist_are_asked_about_and_kept(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    mine = tmp_path / "one_findings.json"
    mine.write_text("mine", encoding="utf-8")
    wish = Wish(Choices(("json", "csv"), str(tmp_path)), "this", False)
    for answer, names in (
        ("Leave as they are", {"one_findings.json"}),
        ("Keep both", {"one_findings.json", "one_findings (2).json"}),
        ("Replace", {"one_findings.json", "one_findings (2).json"}),
    ):
        for table in tmp_path.glob("*.csv"):
            table.unlink()
        feature_of(program).export(wish)
        qtbot.waitUntil(lambda: question(program) is not None)
        box = question(program)
        assert box is not None
        assert mine.read_text(encoding="utf-8") == "mine"
        next(button for button in box.buttons() if button.text() == answer).click()
        wait_for_end(program, qtbot)
        qtbot.waitUntil(lambda: question(program) is None)
        assert {path.name for path in tmp_path.glob("*.json")} == names
        assert {path.name for path in tmp_path.glob("*.csv")} == {"one_findings.csv", "one_leads.csv"}
    assert mine.read_text(encoding="utf-8") != "mine"


def test_a_full_disk_is_a_plain_sentence_and_leaves_nothing(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "out").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        feature_of(program).export(Wish(Choices(("pdf", "json"), str(tmp_path / "out")), "this", False))
        wait_for_end(program, qtbot)
    assert program.window.error_bar.isVisible()
    assert "no room left" in error_text(program)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_long_export_shows_progress_and_can_be_stopped(
    program: Program, qtbot: QtBot, tmp_path: Path, fake_scorer: Any
) -> None:
    fake_scorer.gate.clear()
    feature_of(program).export(Wish(Choices(("json",), str(tmp_path)), "all", False))
    running = feature_of(program).running
    assert running is not None
    qtbot.waitUntil(running.dialog.isVisible)
    assert running.dialog.labelText() == "one"
    running.dialog.findChild(QPushButton).click()
    wait_for_end(program, qtbot)
    fake_scorer.gate.set()
    assert list(tmp_path.glob("*_findings.json")) == []
    assert "was stopped" in program.window.status.currentMessage()


def test_findings_are_saved_where_the_user_says(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, chosen in (("a.json", "Findings (JSON) (*.json)"), ("b", "Tables (CSV) (*.csv)")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, n=name, c=chosen: (str(tmp_path / n), c))
        trigger(program, "save_findings")
        wait_for_end(program, qtbot)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["format"] == "ecg-viewer findings"
    assert (tmp_path / "b.csv").read_text(encoding="utf-8-sig").startswith(f"# {RESEARCH_USE_BADGE}")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    trigger(program, "save_findings")
    assert feature_of(program).running is None


def test_reviewed_recordings_become_a_benchmark(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    feature_of(program).export_benchmark(str(tmp_path / "none"), False, False)
    wait_for_end(program, qtbot)
    assert "nobody has reviewed it" in error_text(program)
    open_review = program.window.feature(ReviewFeature).open_review
    open_review.add_own(("V6",), 3.0, 3.5, "U wave")
    open_review.decide(program.session.assessment.findings[0], "confirmed")
    open_review.set_record_state("reviewed")
    qtbot.waitUntil(lambda: open_review.is_saved)
    trigger(program, "export_benchmark")
    dialog = dialog_of(program, BenchmarkDialog)
    assert isinstance(dialog, BenchmarkDialog)
    dialog.folder.setText(str(tmp_path / "bench"))
    dialog.export_button.click()
    wait_for_end(program, qtbot)
    document = json.loads((tmp_path / "bench" / "benchmark.json").read_text(encoding="utf-8"))
    assert [window["record"] for window in document["windows"]] == ["one"]
    assert [item["record"] for item in document["left_out"]] == ["two"]
    said = "Benchmark windows: 1 (1 positive, 0 normal); recordings left out: 1"
    assert program.window.status.currentMessage() == said
    assert document["truth"] == {
        "found_by_model": 1, "by_hand": 1, "models": {program.session.model.sha256: 1}  # type: ignore[union-attr]  # there is one
    }
    assert "1 found by a model" in error_text(program)
    assert document["n_undecided"] == len(program.session.assessment.findings) - 1


def preview(program: Program, qtbot: QtBot) -> PreviewDialog:
    trigger(program, "print_preview")
    dialog = dialog_of(program, PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: dialog.page is not None)
    return dialog


def test_the_preview_is_true_to_scale_and_goes_through_the_pages(program: Program, qtbot: QtBot) -> None:
    dialog = preview(program, qtbot)
    dialog.zoom.setCurrentIndex(dialog.zoom.findData(100))
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.zoom == 100)
    px_per_mm = program.window.paper.screen_scale.drawing_px_per_mm
    image = dialog.page.image  # type: ignore[union-attr]
    assert image.deviceIndependentSize().width() / 297 == pytest.approx(px_per_mm, rel=0.002)
    assert not dialog.previous.isEnabled()
    dialog.next.click()
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.index == 1)
    assert (dialog.number.value(), dialog.number.suffix()) == (2, " of 2")
    dialog.number.setValue(1)
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.index == 0)
    dialog.stretch.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.page is not None and len(dialog.page.document) == 3)
    dialog.paper.setCurrentIndex(dialog.paper.findData("letter"))
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.document.size_mm[0] == 279.4)
    dialog.close()


def test_a_preview_opened_early_says_that_heat_is_computed_and_follows_by_itself(
    make_program: MakeProgram, write_record: WriteRecord, fake_scorer: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: program.session.record is not None)
    dialog = preview(program, qtbot)
    early = dialog.page
    assert early is not None
    assert dialog.waiting.isVisible()
    assert "Heat is being computed" in dialog.waiting.text()
    (path,) = write_pdf(early.document.content, dialog.options, Folder(tmp_path))
    assert all("Heat is being computed: 0 of 12 s were assessed" in page for page in texts(path)), "what is printed now"
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.document.content.is_assessed)
    assert not dialog.waiting.isVisible()
    late = dialog.page
    assert late is not None
    assert late.image != early.image, "now with heat"
    (path,) = write_pdf(late.document.content, dialog.options, Folder(tmp_path / "late"))
    assert not any("being computed" in page for page in texts(path))
    dialog.close()


def test_a_preview_of_a_recording_that_gives_way_says_that_no_heat_will_come(
    make_program: MakeProgram, write_record: WriteRecord, fake_scorer: Any, qtbot: QtBot
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    program.session.open([write_record("one"), write_record("two")])
    qtbot.waitUntil(lambda: program.session.record is not None)
    dialog = preview(program, qtbot)
    program.session.step_record(1)
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "two")
    assert "Another recording was opened" in dialog.waiting.text()
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    assert dialog.page is not None
    assert dialog.page.document.content.name == "one"
    dialog.close()


def test_the_patient_is_in_a_preview_only_if_ticked(
    make_program: MakeProgram, write_record: WriteRecord, fake_scorer: Any, qtbot: QtBot
) -> None:
    program = make_program(fake_scorer)
    path = write_record("one")
    path.write_text(path.read_text(encoding="utf-8") + "# Name: Erika Mustermann\n", encoding="utf-8")
    program.session.open([path])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    dialog = preview(program, qtbot)
    assert dialog.page is not None
    assert dialog.page.document.content.identity is None
    dialog.identity.setChecked(True)
    qtbot.waitUntil(lambda: dialog.page is not None and dialog.page.document.content.identity is not None)
    assert any("Mustermann" in line for line in dialog.page.document.content.identity.lines)  # type: ignore[union-attr]
    dialog.close()


def test_the_message_says_what_was_written_and_what_was_empty_and_why(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    formats = tuple(name for name in FORMATS if name not in ("recording-npz", "recording-csv"))
    feature_of(program).export(Wish(Choices(formats, str(tmp_path / "out"), with_findings=False), "this", False))
    wait_for_end(program, qtbot)
    n_files = len(list((tmp_path / "out").iterdir()))
    assert n_files > 11
    said = error_text(program)
    assert said.startswith(f"{n_files} files were written to out.")
    assert "Empty, so not written: one has no confirmed findings and none of a reviewer's own" in said
    assert program.window.status.currentMessage().startswith(f"{n_files} files were written to out.")
    assert "one.pdf" in program.window.error_bar.details
    assert "Empty:\none has no confirmed findings" in program.window.error_bar.details


def test_pages_are_printed_at_their_true_size(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    feature = feature_of(program)
    document = PageDocument(feature.opened().content(), pages_of(program.session.view))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    feature.print_document(prepared(printer, document), document)
    qtbot.waitUntil(lambda: "pages were printed" in program.window.status.currentMessage())
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 2
    assert printed[0].get_size() == (pytest.approx(841.9, abs=0.6), pytest.approx(595.3, abs=0.6))
    image = np.asarray(printed[0].render(scale=254 / 72, grayscale=True).to_numpy()).squeeze() < 110
    printed.close()
    area = document.areas(0)[0]
    at = [round((area.left / 100 - offset) * 10) for offset in (8.0, 0.5)]  # the pulse stands beside the trace
    top = round((area.baseline_y / 100 - 10) * 10)
    pulse = np.flatnonzero(image[top - 2 : top + 3, at[0] : at[1]].any(axis=0))
    assert (pulse.max() - pulse.min() + 1) / 10 == pytest.approx(5.2, abs=0.15)


def test_the_preview_prints_if_there_is_a_printer_and_saves_a_pdf(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    without = preview(program, qtbot)
    assert not without.print_button.isEnabled()
    assert "No printer is set up" in without.print_button.toolTip()
    without.close()
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["one"]))
    dialog = preview(program, qtbot)
    asked: list[object] = []
    dialog.print_wanted.disconnect()
    dialog.print_wanted.connect(asked.append)
    dialog.print_button.click()
    assert asked == [dialog.page.document]  # type: ignore[union-attr]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog.save_button.click()
    wait_for_end(program, qtbot)
    assert len(texts(tmp_path / "one.pdf")) == 2
    dialog.close()


def test_the_picture_on_the_clipboard_is_the_paper_with_its_lines(program: Program, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    trigger(program, "copy_paper")
    image = QGuiApplication.clipboard().image()
    paper = program.window.paper
    assert image.width() == round(paper.width() * paper.devicePixelRatioF())
    shot = paper.grab().toImage()
    assert image.height() > shot.height() + 30  # the lines below it
    assert image.copy(0, 0, shot.width(), shot.height()).convertToFormat(shot.format()) == shot
    below = image.copy(0, shot.height(), image.width(), image.height() - shot.height())
    colours = {below.pixel(x, y) for x in range(0, below.width(), 2) for y in range(below.height())}
    assert len(colours) > 4, "nothing is written below the paper"


def test_without_a_recording_nothing_can_be_exported(make_program: MakeProgram) -> None:
    program = make_program()
    for action in ("save_findings", "export", "export_benchmark", "print_preview", "copy_paper"):
        assert not program.window.action(action).isEnabled()


def test_closing_the_window_during_an_export_leaves_no_half_file(
    program: Program, qtbot: QtBot, tmp_path: Path, fake_scorer: Any
) -> None:
    fake_scorer.gate.clear()
    feature_of(program).export(Wish(Choices(("npz",), str(tmp_path)), "all", False))
    program.window.close()
    fake_scorer.gate.set()
    assert [path for path in tmp_path.iterdir() if path.suffix not in (".hea", ".dat")] == []


def test_open_dialogs_go_with_the_window(program: Program, qtbot: QtBot) -> None:
    trigger(program, "export")
    dialog = dialog_of(program, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    with qtbot.waitSignal(dialog.rejected):
        program.window.close()


def test_no_box_of_the_dialog_lies_on_another(program: Program) -> None:
    trigger(program, "export")
    dialog = dialog_of(program, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    boxes = [*dialog.formats.values(), dialog.expected]
    for place, box in enumerate(boxes):
        for other in boxes[place + 1:]:
            assert box.parent() is not other.parent() or not box.geometry().intersects(other.geometry())


def test_marked_or_shown_recordings_are_exported_alone(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    worklist = feature_of(program)._worklist
    qtbot.waitUntil(lambda: len(worklist) == 2)
    worklist.marks.put([worklist.columns.items[1].path], True)
    worklist.set_filter(WorklistFilter(text=worklist.columns.names[0]))
    dialog = feature_of(program).show_dialog()
    assert [(name, button.isEnabled()) for name, button in dialog.scopes.items()] == [
        ("this", True), ("marked", True), ("shown", True), ("all", True)]
    assert dialog.marked_records.text() == "Marked recordings (1)"
    dialog.reject()
    for scope, row in (("marked", 1), ("shown", 0)):
        folder = tmp_path / scope
        feature_of(program).export(Wish(Choices(("json",), str(folder)), scope, False))
        wait_for_end(program, qtbot)
        assert [path.name for path in folder.iterdir()] == [f"{worklist.columns.names[row]}_findings.json"]
