"""The pages before they are printed or saved: true to scale on the screen, with zoom, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.export.open_record import OpenRecord
from ecg_viewer.export.page_options import PageOptions, PaperSize
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.pages.outputs import MM_PER_INCH, page_image, print_pages, set_page
from ecg_viewer.qt.export.export_dialog import ARRANGEMENTS, PAPERS
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.screen_room import dialog_size
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Job, Report
from ecg_viewer.state.words.language import tr, translatable

ZOOMS = (50, 75, 100, 150, 200)
FIT = 0
"""Instead of a zoom: as wide as the window."""


@dataclass(frozen=True, eq=False)
class Wanted:
    """What the pages are made of; two are the same only if they are one object."""

    opened: OpenRecord
    options: PageOptions
    with_identity: bool

    def has_content_of(self, other: Wanted) -> bool:
        """Whether both show the same things, be it on other pages."""
        return self.opened is other.opened and self.with_identity == other.with_identity


@dataclass(frozen=True)
class PreviewPage:
    """A rendered page."""

    document: PageDocument
    index: int
    zoom: int
    image: QImage
    wanted: Wanted


def page_job(
    wanted: Wanted, index: int, zoom: int, dpi: float, ratio: float, known: PreviewPage | None = None
) -> Job:
    """A job that sends a `PreviewPage`; beyond the last page, the last one.

    `known` is a page that was made before: its document is used again, or what it was made of, where that is the same.
    """

    def run(report: Report) -> None:
        if known is not None and known.wanted is wanted:
            document = known.document
        else:
            is_same = known is not None and known.wanted.has_content_of(wanted)
            content = (known.document.content if known is not None and is_same else
                       wanted.opened.content(with_identity=wanted.with_identity))
            document = PageDocument(content, wanted.options)
        at = min(index, len(document) - 1)
        image = page_image(document, at, dpi * ratio)
        image.setDevicePixelRatio(ratio)
        report.send(PreviewPage(document, at, zoom, image, wanted))

    return run


def printing_job(printer: QPrinter, document: PageDocument, first: int, last: int) -> Job:
    """A job that prints pages `first` to `last`, counted from 1. Sends (done, pages)."""

    def run(report: Report) -> None:
        print_pages(printer, printer.resolution(), document, range(first - 1, last),
                    progress=lambda done, total: report.send((done, total)), should_stop=report.stopped)

    return run


class PreviewDialog(QDialog):
    """Shows pages as the worker renders them; asks its owner to print or to save."""

    print_wanted = Signal(object)
    """PageDocument"""
    save_wanted = Signal(object, bool)
    """PageOptions, and whether what the files know of the person is wanted too."""

    def __init__(
        self, opened: OpenRecord, pages: Mapping[bool, PageOptions], lane: WorkerLane, px_per_mm: float,
        is_true: bool, parent: QWidget,
    ) -> None:
        """`pages`: as the screen has them (True) and as hospitals print them; `px_per_mm` of the screen; `is_true`:
        known, not assumed.
        """
        super().__init__(parent)
        set_texts(self, window_title=lambda: tr("Print preview – {name}").format(name=opened.record.name))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._lane, self._px_per_mm, self._pages = lane, px_per_mm, pages
        self._wanted = Wanted(opened, pages[False], with_identity=False)
        self._index = 0
        self.page: PreviewPage | None = None
        """What is shown."""
        self.picture = PlainLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_texts(self.picture, name="Page")
        self.area = QScrollArea()
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        set_texts(self.area, name="Page of the preview")
        self.previous = self._button("‹", translatable("Previous page"), "PgUp")
        self.next = self._button("›", translatable("Next page"), "PgDown")
        self.number = QSpinBox()
        set_texts(self.number, name="Page number", tip="Go to a page")
        self.number.setKeyboardTracking(False)
        self.zoom = QComboBox()
        set_texts(
            self.zoom,
            name="Zoom",
            tip=("100 % is the true size." if is_true else
                 "This screen does not tell its size: 100 % is only about the true size."),
        )
        add_items(self.zoom, ((translatable("Fit width"), FIT), *((f"{percent} %", percent) for percent in ZOOMS)))
        self.paper = QComboBox()
        set_texts(self.paper, name="Paper size")
        add_items(self.paper, ((title, paper) for paper, title in PAPERS.items()))
        self.stretch = QComboBox()
        set_texts(self.stretch, name="Stretch of the recording")
        add_items(self.stretch, ((translatable("Page in view"), False), (translatable("Whole recording"), True)))
        self.arrangement = QComboBox()
        set_texts(self.arrangement, name="Layout and scale of pages")
        add_items(self.arrangement, ARRANGEMENTS)
        self.identity = set_texts(
            QCheckBox(), text="Patient",
            tip="What the file knows of the person: names, numbers, dates and comments. Off at every preview.")
        self.waiting = PlainLabel()
        self.waiting.setWordWrap(True)
        set_texts(self.waiting, name="Whether heat is still to come")
        self.waiting.hide()
        self.message = PlainLabel()
        set_texts(self.message, name="State of the preview")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.print_button = set_texts(QPushButton(), text="Print…")
        self.save_button = set_texts(QPushButton(), text="Save as PDF…")
        self.close_button = set_texts(QPushButton(), text="Close")
        has_printer = bool(QPrinterInfo.availablePrinterNames())
        self.print_button.setEnabled(False)
        self._can_print = has_printer
        set_texts(
            self.print_button,
            tip=("Print the pages at their true size." if has_printer else
                 "No printer is set up on this computer; save a PDF instead."),
        )
        self._lay_out()
        self.zoom.setCurrentIndex(0)
        self.paper.setCurrentIndex(max(0, self.paper.findData(pages[False].paper)))
        self.previous.clicked.connect(lambda: self.go_to(self._index - 1))
        self.next.clicked.connect(lambda: self.go_to(self._index + 1))
        self.number.valueChanged.connect(self._choose_number)
        self.zoom.currentIndexChanged.connect(self._render)
        self.paper.currentIndexChanged.connect(self._choose_pages)
        self.stretch.currentIndexChanged.connect(self._choose_pages)
        self.arrangement.currentIndexChanged.connect(self._choose_pages)
        self.identity.toggled.connect(self._choose_pages)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+0"), self, lambda: self.zoom.setCurrentIndex(self.zoom.findData(100)))
        self.resize(dialog_size(parent.screen(), 1100, 800))

    @property
    def options(self) -> PageOptions:
        """How the pages are now."""
        return self._wanted.options

    @property
    def opened(self) -> OpenRecord:
        """The recording, as it was when the pages were last made."""
        return self._wanted.opened

    def start(self) -> None:
        """Render the first page; called once the dialog has its size."""
        self._tell_heat()
        self._render()

    def refresh(self, opened: OpenRecord) -> None:
        """Show the same recording as it is now, as when more of it is assessed."""
        self._wanted = replace(self._wanted, opened=opened)
        self._tell_heat()
        self._render()

    def stop_waiting(self) -> None:
        """Another recording is open: no more heat will come for this one."""
        if self.opened.assessment.phase.is_running:
            self.waiting.setText(tr("Another recording was opened: the heat of this one stays as it was."))

    def go_to(self, index: int) -> None:
        """Show a page, counted from 0; the ends stay where they are."""
        count = 1 if self.page is None else len(self.page.document)
        index = min(max(index, 0), count - 1)
        if index != self._index:
            self._index = index
            self._render()

    def _button(self, text: str, name: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        set_texts(button, name=name, tip=lambda: f"{tr(name)} ({key})")
        button.setShortcut(QKeySequence(key))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.previous, self.number, self.next, self.zoom, self.paper, self.stretch, self.identity):
            top.addWidget(widget)
        top.addStretch(1)
        for button in (self.save_button, self.print_button, self.close_button):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        said = QHBoxLayout()
        said.addWidget(self.arrangement)
        said.addWidget(self.waiting, 1)
        said.addWidget(self.message, 1)
        layout.addLayout(said)
        layout.addWidget(self.area, 1)

    def _choose_number(self, number: int) -> None:
        self.go_to(number - 1)

    def _choose_pages(self) -> None:
        whole = self.stretch.currentData()
        paper: PaperSize = self.paper.currentData()
        first = self._pages[self.arrangement.currentData()]
        start_s, duration_s = (0.0, self.opened.record.duration_s) if whole else (first.start_s, first.duration_s)
        options = replace(first, paper=paper, start_s=start_s, duration_s=duration_s)
        self._wanted = Wanted(self.opened, options, self.identity.isChecked())
        self._render()

    def _tell_heat(self) -> None:
        """Say while heat is still to come; the pages say it too."""
        is_running = self.opened.assessment.phase.is_running
        self.waiting.setText(
            tr("Heat is being computed. The pages show what is known so far and say so; they follow by themselves.")
            if is_running else "")
        self.waiting.setVisible(is_running)

    def _render(self) -> None:
        zoom = self.zoom.currentData()
        px_per_mm = self._px_per_mm * zoom / 100
        if zoom == FIT:
            bar = self.area.verticalScrollBar().sizeHint().width()
            room = max(200, self.area.width() - 2 * self.area.frameWidth() - bar - 4)
            px_per_mm = room / self.options.size_mm[0]
        self.message.setText(tr("Drawing…"))
        ratio = self.devicePixelRatioF()
        job = page_job(self._wanted, self._index, zoom, px_per_mm * MM_PER_INCH, ratio, self.page)
        self._lane.submit(job, self._receive)

    def _receive(self, event: object) -> None:
        if isinstance(event, Failed):
            self.message.setText(event.message)
        elif isinstance(event, PreviewPage):
            is_other = self.page is None or (event.index, event.zoom) != (self.page.index, self.page.zoom)
            self.page, self._index = event, event.index
            self.picture.setPixmap(QPixmap.fromImage(event.image))
            count = len(event.document)
            if is_other:
                self.area.verticalScrollBar().setValue(0)
            self.number.blockSignals(True)
            self.number.setRange(1, count)
            self.number.setValue(event.index + 1)
            self.number.setSuffix(tr(" of {count}").format(count=count))
            self.number.setMinimumWidth(self.number.sizeHint().width())
            self.number.blockSignals(False)
            self.previous.setEnabled(event.index > 0)
            self.next.setEnabled(event.index < count - 1)
            self.print_button.setEnabled(self._can_print)
            self.message.setText("")
            self.picture.setAccessibleDescription(
                tr("Page {number} of {count}").format(number=event.index + 1, count=count)
            )

    def _save(self) -> None:
        self.save_wanted.emit(self.options, self._wanted.with_identity)

    def _print(self) -> None:
        if self.page is not None:
            self.print_wanted.emit(self.page.document)


def prepared(printer: QPrinter, document: PageDocument) -> QPrinter:
    """The printer with the size of the pages, without margins of its own, at its full resolution."""
    printer.setFullPage(True)
    set_page(printer, document)
    printer.setDocName(document.content.name)
    return printer
