"""Pages as files: PDF true to scale, PNG and SVG of each page. Works on any thread, with or without a display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import CannotExport, Folder, file_name, writing
from ecg_viewer.export.page_options import PageOptions, check, nothing_stops
from ecg_viewer.export.pages.document import PageDocument
from ecg_viewer.export.provenance import PROGRAM
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE

PDF_DPI = 1200
MM_PER_INCH = 25.4
DEFAULT_DPI = 300

Progress = Callable[[int, int], None]
"""(pages done, pages)"""


def _quiet(done: int, total: int) -> None:
    """Ignore progress."""


def write_pdf(
    content: RecordContent, options: PageOptions, folder: Folder, *,
    progress: Progress = _quiet, should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[Path, ...]:
    """Write `NAME.pdf`, all pages. Raises CannotExport, UnsupportedRecord, UnreadableRecord, Cancelled."""
    document = PageDocument(content, options)
    target = folder.target(file_name(content.name, ".pdf"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DPI)
    writer.setTitle(content.name)
    writer.setCreator(f"{PROGRAM} {content.provenance.program_version}")
    set_page(writer, document)
    print_pages(writer, PDF_DPI, document, range(len(document)), progress=progress, should_stop=should_stop)
    buffer.close()
    with writing(target) as part:
        part.write_bytes(bytes(buffer.data().data()))
    return (target,)


def set_page(device: QPagedPaintDevice, document: PageDocument) -> bool:
    """Give a printer or PDF the size and orientation of the pages; the pages keep their own margins."""
    size = QPageSize.PageSizeId.A4 if document.options.paper == "a4" else QPageSize.PageSizeId.Letter
    layout = QPageLayout(QPageSize(size), QPageLayout.Orientation.Landscape, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return device.setPageLayout(layout)


def print_pages(
    device: QPagedPaintDevice, dpi: float, document: PageDocument, pages: range, *,
    progress: Progress = _quiet, should_stop: Callable[[], bool] = nothing_stops,
) -> None:
    """Draw pages one after another. Raises CannotExport if the device refuses, Cancelled, UnreadableRecord."""
    painter = QPainter()
    if not painter.begin(device):
        raise CannotExport(tr("The pages could not be drawn: the printer or file did not accept them."))
    try:
        for done, index in enumerate(pages):
            check(should_stop)
            if done and not device.newPage():
                raise CannotExport(tr("The printer or file did not accept another page."))
            document.paint(painter, index, dpi / MM_PER_INCH)
            progress(done + 1, len(pages))
    finally:
        painter.end()


def page_image(document: PageDocument, index: int, dpi: float) -> QImage:
    """A page as a picture that knows its physical size. Raises UnreadableRecord."""
    px_per_mm = dpi / MM_PER_INCH
    width, height = (round(side * px_per_mm) for side in document.size_mm)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise CannotExport(tr("There is not enough memory for a picture of {dpi} dpi.").format(dpi=f"{dpi:g}"))
    image.fill(0xFFFFFFFF)
    image.setDotsPerMeterX(round(px_per_mm * 1000))
    image.setDotsPerMeterY(round(px_per_mm * 1000))
    painter = QPainter(image)
    try:
        document.paint(painter, index, px_per_mm)
    finally:
        painter.end()
    return image


def write_png(
    content: RecordContent, options: PageOptions, folder: Folder, dpi: float = DEFAULT_DPI, *,
    progress: Progress = _quiet, should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[Path, ...]:
    """Write a PNG for each page, with its resolution and provenance inside. Raises as `write_pdf` does."""
    document = PageDocument(content, options)
    targets = folder.targets(_page_names(content, document, "png"))
    for index, target in enumerate(targets):
        check(should_stop)
        image = page_image(document, index, dpi)
        for key, text in _texts(document).items():
            image.setText(key, text)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, the binding takes text
            raise CannotExport(tr("The picture could not be encoded."))
        with writing(target) as part:
            part.write_bytes(bytes(buffer.data().data()))
        progress(index + 1, len(targets))
    return targets


def write_svg(
    content: RecordContent, options: PageOptions, folder: Folder, dpi: float = DEFAULT_DPI, *,
    progress: Progress = _quiet, should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[Path, ...]:
    """Write an SVG for each page: vectors, sizes in millimetres; `dpi` is how fine its coordinates are."""
    from PySide6.QtSvg import QSvgGenerator

    document = PageDocument(content, options)
    targets = folder.targets(_page_names(content, document, "svg"))
    width_mm, height_mm = document.size_mm
    for index, target in enumerate(targets):
        check(should_stop)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(round(dpi))
        px_per_mm = round(dpi) / MM_PER_INCH
        generator.setSize(QSize(round(width_mm * px_per_mm), round(height_mm * px_per_mm)))
        generator.setViewBox(QRectF(0, 0, width_mm * px_per_mm, height_mm * px_per_mm))
        generator.setTitle(content.name)
        generator.setDescription("\n".join(_texts(document).values()))
        painter = QPainter(generator)
        try:
            document.paint(painter, index, px_per_mm)
        finally:
            painter.end()
        with writing(target) as part:
            part.write_bytes(bytes(buffer.data().data()))
        progress(index + 1, len(targets))
    return targets


def _page_names(content: RecordContent, document: PageDocument, ending: str) -> list[str]:
    if len(document) == 1:
        return [file_name(content.name, f".{ending}")]
    digits = len(str(len(document)))
    return [file_name(content.name, f"_p{number:0{digits}d}.{ending}") for number in range(1, len(document) + 1)]


def _texts(document: PageDocument) -> dict[str, str]:
    """What a picture says about itself in its file."""
    provenance = document.content.provenance
    return {
        "Title": document.content.name,
        "Software": f"{PROGRAM} {provenance.program_version}",
        "Disclaimer": RESEARCH_USE_BADGE,
        "Description": "\n".join(provenance.lines()),
    }
