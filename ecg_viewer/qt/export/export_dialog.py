"""The export dialog. Choices are remembered, except whether to include identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.export.last_choices import RESOLUTIONS, Choices
from ecg_viewer.export.other_formats import OtherFormat, other_export
from ecg_viewer.export.page_options import PaperSize
from ecg_viewer.export.record_files import PAGES, RESULT_FORMATS, Format, all_formats
from ecg_viewer.export.write_recording import RECORDING_FORMATS
from ecg_viewer.qt.widgets.labels import label_for
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.words.error_words import sentence_of
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.marks import Scope as RowScope
from mmae_core.plug_ins import PlugInFailed

TITLES: dict[Format, tuple[str, str]] = {
    "pdf": (translatable("PDF, true to scale"),
            translatable("Pages of paper and of findings; a millimetre is a millimetre.")),
    "html": (translatable("Report (HTML)"),
             translatable("The same report in one file for a browser, true to scale in print.")),
    "png": (translatable("Picture (PNG)"), translatable("The same pages as pictures that know their size.")),
    "svg": (translatable("Vectors (SVG)"), translatable("The same pages for drawing programs.")),
    "csv": (translatable("Tables (CSV)"), translatable("Findings and lead scores for spreadsheets.")),
    "measurements": (translatable("Measurements (CSV)"),
                     translatable("Rate, intervals and axis, and the values of every lead, with "
                                  "the reason where one could not be measured.")),
    "json": (translatable("Findings (JSON)"),
             translatable("Findings, measurements, scores and provenance for programs; the schema is "
                          "published.")),
    "fhir": (translatable("Report (FHIR)"),
             translatable("Measurements and confirmed findings as FHIR R4 Observations, marked as preliminary.")),
    "dicom-sr": (translatable("Report (DICOM SR)"),
                 translatable("Measurements and confirmed findings as a DICOM structured report that points at the "
                              "recording's channels.")),
    "wfdb": (translatable("WFDB annotations"), translatable("Confirmed findings and your own, for PhysioNet's tools.")),
    "npz": (translatable("Maps (NPZ)"),
            translatable("Percentiles of every sample for NumPy; the model is asked again for them.")),
    "recording-wfdb": (translatable("WFDB"), translatable("Header and signal file, for PhysioNet's tools.")),
    "recording-edf": (translatable("EDF+"), translatable("European Data Format, for most viewers of biosignals.")),
    "recording-dicom": (translatable("DICOM"), translatable("ECG waveform object, for archives of images.")),
    "recording-aecg": (translatable("HL7 aECG"), translatable("XML of the drug authorities.")),
    "recording-csv": (translatable("Table (CSV)"), translatable("Times and millivolts, a column for each lead.")),
    "recording-npz": (translatable("Array (NPZ)"), translatable("Millivolts for NumPy.")),
}
ARRANGEMENTS: tuple[tuple[str, bool], ...] = (
    (translatable("As hospitals print it: 3 × 4 + II, 25 mm/s, 10 mm/mV"), False),
    (translatable("As on the screen"), True),
)
"""How traces are laid out on pages, and whether that is the screen's way."""
PAPERS: dict[PaperSize, str] = {"a4": translatable("A4, landscape"), "letter": translatable("Letter, landscape")}
ExportScope = RowScope | Literal["this"]
TEXT_WIDTH = 440
"""Of the words that explain a benchmark."""


@dataclass(frozen=True)
class Wish:
    """The user's choices."""

    choices: Choices
    scope: ExportScope
    with_identity: bool

    @property
    def folder(self) -> Path:
        return Path(self.choices.folder)


class ExportDialog(Retranslatable, QDialog):
    """Sends `wanted` when everything needed is chosen and Export is pressed."""

    wanted = Signal(object)
    """Wish"""

    def __init__(self, choices: Choices, record_name: str, counts: Mapping[RowScope, int], parent: QWidget) -> None:
        """`counts`: how many recordings of the worklist are marked, shown, and there."""
        super().__init__(parent)
        set_texts(self, window_title="Export")
        self._choices = choices
        self.formats = {name: self._format_box(name) for name in all_formats()}
        self.open_only = set_texts(
            QRadioButton(), text=lambda: tr("The open recording, {name}").format(name=record_name)
        )
        self.all_records = set_texts(
            QRadioButton(),
            text=lambda: tr("All recordings of the worklist ({count})").format(count=number(counts["all"], ",")),
            tip="Each is read and assessed anew, which takes a while; it can be stopped.",
        )
        self.marked_records = set_texts(
            QRadioButton(), text=lambda: tr("Marked recordings ({n})").format(n=number(counts["marked"], ",")),
            tip="Marked in the worklist with Insert or by a click on their box.",
        )
        self.shown_records = set_texts(
            QRadioButton(), text=lambda: tr("Recordings shown ({n})").format(n=number(counts["shown"], ",")),
            tip="Those that the worklist's search and filters let through.",
        )
        self.scopes: dict[ExportScope, QRadioButton] = {
            "this": self.open_only, "marked": self.marked_records, "shown": self.shown_records,
            "all": self.all_records,
        }
        self.all_records.setEnabled(counts["all"] > 1)
        self.marked_records.setEnabled(counts["marked"] > 0)
        self.shown_records.setEnabled(0 < counts["shown"] < counts["all"])
        self.open_only.setChecked(True)
        self._scope = QButtonGroup(self)
        for button in self.scopes.values():
            self._scope.addButton(button)
        self.paper = QComboBox()
        add_items(self.paper, ((title, paper) for paper, title in PAPERS.items()))
        self.arrangement = QComboBox()
        add_items(self.arrangement, ARRANGEMENTS)
        self.stretch = QComboBox()
        add_items(self.stretch, ((translatable("One page, from the left edge of the view"), False),
                                 (translatable("The whole recording"), True)))
        self.resolution = QComboBox()
        add_items(self.resolution, ((partial(_dots_text, dpi), dpi) for dpi in RESOLUTIONS))
        self.with_findings = set_texts(QCheckBox(), text="Pages of findings after those of paper")
        self.expected = set_texts(
            QCheckBox(),
            text="Maps with what the model expected",
            tip="The expected trace beside the percentiles, in the model's pass band.",
        )
        self.semicolons = set_texts(
            QCheckBox(),
            text="Tables with ; and a decimal comma",
            tip="As spreadsheets in German expect. Programs that read CSV expect , and a point.",
        )
        self.identity = set_texts(
            QCheckBox(),
            text="Also what the file knows of the person",
            tip="Names, numbers, dates and free comments. Off at every export.",
        )
        self.folder = QLineEdit()
        self.folder.setMinimumWidth(300)
        self.browse = set_texts(QPushButton(), text="Choose…", tip="Choose the folder")
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        self.hint.setObjectName("quiet")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        set_texts(self.export_button, text="Export")
        self._name_controls()
        self._lay_out()
        self._show(choices)
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(self._refresh)
        for box in self.formats.values():
            box.toggled.connect(self._refresh)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._refresh()

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        choices = Choices(
            tuple(name for name, box in self.formats.items() if box.isChecked()),
            self.folder.text().strip(),
            self.paper.currentData(),
            self.stretch.currentData(),
            self.with_findings.isChecked(),
            self.resolution.currentData(),
            self.expected.isChecked(),
            self.semicolons.isChecked(),
            self.arrangement.currentData(),
        )
        scope = next(name for name, button in self.scopes.items() if button.isChecked())
        return Wish(choices, scope, self.identity.isChecked())

    def retranslate(self) -> None:
        self._refresh()

    def _format_box(self, name: Format) -> QCheckBox:
        if name not in TITLES:
            return self._other_box(OtherFormat(name))
        title, tip = TITLES[name]
        return set_texts(QCheckBox(), text=title, tip=tip, description=tip)

    def _other_box(self, name: OtherFormat) -> QCheckBox:
        """Of another package, in its own words; greyed with the reason if it cannot be used."""
        try:
            export = other_export(name)
        except PlugInFailed as error:
            box = QCheckBox(name.replace("&", "&&"))
            box.setEnabled(False)
            reason = sentence_of(error)
            box.setToolTip(plain_tip(reason))
            box.setAccessibleDescription(reason)
            return box
        box = QCheckBox(export.title.replace("&", "&&"))
        box.setToolTip(plain_tip(export.tip))
        box.setAccessibleDescription(export.tip)
        return box

    def _name_controls(self) -> None:
        set_texts(self.paper, name="Paper size")
        set_texts(self.arrangement, name="Layout and scale of pages")
        set_texts(self.stretch, name="Stretch of the recording on pages")
        set_texts(self.resolution, name="Resolution of pictures")
        set_texts(self.folder, name="Folder the files go to")
        set_texts(self.browse, name="Choose the folder")
        set_texts(self.hint, name="What is still missing")

    def _lay_out(self) -> None:
        formats = set_texts(QGroupBox(), title="Formats")
        grid = QGridLayout(formats)
        for index, result in enumerate(RESULT_FORMATS):
            grid.addWidget(self.formats[result], index % 6, index // 6)
        grid.addWidget(self.semicolons, 6, 0)
        grid.addWidget(self.expected, 6, 1)
        itself = set_texts(QGroupBox(), title="The recording itself, in another format")
        columns = QGridLayout(itself)
        for index, recording in enumerate(RECORDING_FORMATS):
            columns.addWidget(self.formats[recording], index // 3, index % 3)
        others = set_texts(QGroupBox(), title="Of other packages")
        other_boxes = [box for name, box in self.formats.items() if name not in TITLES]
        other_columns = QGridLayout(others)
        for index, box in enumerate(other_boxes):
            other_columns.addWidget(box, index // 3, index % 3)
        others.setVisible(bool(other_boxes))
        scope = set_texts(QGroupBox(), title="Recordings")
        scope_layout = QVBoxLayout(scope)
        for button in self.scopes.values():
            scope_layout.addWidget(button)
        self._pages = set_texts(QGroupBox(), title="Pages")
        pages = QFormLayout(self._pages)
        pages.addRow(label_for(self.paper, translatable("&Paper")), self.paper)
        pages.addRow(label_for(self.arrangement, translatable("&Layout")), self.arrangement)
        pages.addRow(label_for(self.stretch, translatable("&Stretch")), self.stretch)
        pages.addRow(label_for(self.resolution, translatable("&Resolution")), self.resolution)
        pages.addRow(self.with_findings)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        folder = QFormLayout()
        folder.addRow(label_for(self.folder, translatable("&Folder")), where)
        layout = QVBoxLayout(self)
        for group in (scope, formats, itself, others, self._pages):
            layout.addWidget(group)
        layout.addLayout(folder)
        layout.addWidget(self.identity)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _show(self, choices: Choices) -> None:
        for name, box in self.formats.items():
            box.setChecked(name in choices.formats)
        for combo, value in (
            (self.paper, choices.paper), (self.arrangement, choices.as_shown), (self.stretch, choices.whole),
            (self.resolution, choices.dpi),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.with_findings.setChecked(choices.with_findings)
        self.semicolons.setChecked(choices.semicolons)
        self.expected.setChecked(choices.expected)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder.setText(choices.folder or documents)

    def _refresh(self) -> None:
        wish = self.wish
        missing = ""
        if not wish.choices.formats:
            missing = tr("Choose at least one format.")
        elif not wish.choices.folder:
            missing = tr("Choose a folder.")
        self.hint.setText(missing or tr("Files that exist are never replaced without a question."))
        self.export_button.setEnabled(not missing)
        has_pages = bool(PAGES & set(wish.choices.formats))
        self._pages.setEnabled(has_pages)
        self.expected.setEnabled("npz" in wish.choices.formats)
        self.semicolons.setEnabled(bool({"csv", "measurements"} & set(wish.choices.formats)))
        self.resolution.setEnabled(bool({"png", "svg"} & set(wish.choices.formats)))

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder for the export"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _accept(self) -> None:
        self.wanted.emit(self.wish)
        self.accept()


class BenchmarkDialog(QDialog):
    """Asks for a benchmark's folder, whose decisions to use, and which recordings."""

    wanted = Signal(str, bool, bool)
    """Folder, only this reviewer's decisions, unfinished reviews too."""

    def __init__(self, folder: str, n_records: int, reviewer: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Export a benchmark")
        text = set_texts(PlainLabel(), text=lambda: (
            tr("Of the recordings of the list ({count}), those you have marked as reviewed become a localization "
               "benchmark: arrays in the published shape, WFDB records with your regions, and a manifest. Confirmed "
               "findings and your own are positive, dismissed ones negative, recordings without any are normal. "
               "What you have not decided is neither: its stretches are ignored or its windows left out. Confirmed "
               "findings have the borders the model gave them, so figures of that model will flatter it; stretches "
               "marked by hand do not.")
            .format(count=number(n_records, ","))
        ))
        text.setWordWrap(True)
        text.setFixedWidth(TEXT_WIDTH)
        text.setMinimumHeight(text.heightForWidth(TEXT_WIDTH))  # a dialog's own height does not know of wrapped lines
        self.folder = QLineEdit(folder)
        set_texts(self.folder, name="Folder the benchmark goes to")
        self.folder.setMinimumWidth(300)
        self.browse = set_texts(QPushButton(), text="Choose…", name="Choose the folder")
        self.only_mine = set_texts(
            QCheckBox(), text=lambda: tr("Only decisions of {reviewer}").format(reviewer=reviewer or tr("nobody yet"))
        )
        self.only_mine.setEnabled(bool(reviewer))
        self.unfinished = set_texts(
            QCheckBox(), text="Also recordings with decisions that are not marked as reviewed"
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        set_texts(self.export_button, text="Export")
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        form = QFormLayout()
        form.addRow(label_for(self.folder, translatable("&Folder")), where)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addLayout(form)
        for widget in (self.only_mine, self.unfinished, self.buttons):
            layout.addWidget(widget)
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(self._refresh)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._refresh()

    def _refresh(self) -> None:
        self.export_button.setEnabled(bool(self.folder.text().strip()))

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder for the benchmark"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _accept(self) -> None:
        self.wanted.emit(self.folder.text().strip(), self.only_mine.isChecked(), self.unfinished.isChecked())
        self.accept()


def _dots_text(dpi: int) -> str:
    return tr("{dpi} dpi").format(dpi=dpi)
