"""The report as one HTML file: traces as vectors from the pages' own painter, true to scale in print, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder, file_name, writing
from ecg_viewer.export.page_options import MARGIN_MM, PageOptions, check, nothing_stops
from ecg_viewer.export.pages.document import Figure, PageDocument
from ecg_viewer.export.provenance import PROGRAM
from ecg_viewer.export.report_head import HeadLine, ReportHead, waiting_sentence
from ecg_viewer.export.report_sections import ReportSection, ReportTable, report_sections
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import style_language
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE

SVG_UNITS_PER_MM = 20.0
"""How fine the coordinates of the traces are: 0.05 mm, half of the thinnest line."""
MOST_ROWS = 5
"""Rows of traces that share a printed page with the head; more have a page of their own."""
SHARED_MM = 114.0
"""Height of traces that share a page with the head."""
STYLE = """
@page { size: %(paper)s landscape; margin: %(margin)gmm; }
:root { color-scheme: light; }
body { font: 9.5pt/1.35 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: %(margin)gmm; }
h1 { font-size: 15pt; margin: 0; display: inline; }
h2 { font-size: 11pt; margin: 1.2em 0 .3em; break-after: avoid; }
p { margin: .15em 0; }
.use { float: right; border: .3mm solid; border-radius: 1mm; padding: .6mm 2mm; font-weight: bold; margin: 0; }
.quiet, dt { color: #555; }
.waiting, .departs { font-weight: bold; }
.head { display: grid; grid-template-columns: 29fr 31fr 40fr; gap: 3mm; margin: 1.5mm 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 2mm; margin: 0; align-content: start; }
dd { margin: 0; }
.conclusion { border: .2mm solid; border-radius: .6mm; padding: 0 1.5mm 1mm; display: flex; flex-direction: column; }
.conclusion h2 { margin: .2em 0; }
.conclusion p { white-space: pre-line; overflow-wrap: anywhere; }
.sign { margin-top: auto; padding-top: 4mm; display: flex; gap: 2mm; align-items: end; }
.line { flex: 1; border-bottom: .2mm solid; min-width: 14mm; }
figure { margin: 1mm 0 2mm; break-inside: avoid; }
figure.own { break-before: page; }
figure > div { overflow-x: auto; }
figcaption { font-weight: bold; }
svg { display: block; }
table { border-collapse: collapse; width: 100%%; }
th, td { text-align: left; vertical-align: top; border-bottom: .15mm solid #bbb; padding: .4mm 1.5mm .4mm 0; }
td { white-space: pre-line; overflow-wrap: anywhere; }
thead th { color: #555; font-weight: normal; }
tbody th { font-weight: normal; }
tr { break-inside: avoid; }
.reader { color: %(reader)s; }
.findings { break-before: page; }
footer { margin-top: 1.5em; border-top: .15mm solid #bbb; font-size: 7pt; color: #555; overflow-wrap: anywhere; }
@media print {
  body { margin: 0; font-size: 8pt; line-height: 1.25; }
  h2 { font-size: 9.5pt; margin-top: .8em; }
  figure > div { overflow: visible; }
  footer { font-size: 6pt; margin-top: .8em; }
}
"""


def write_html(
    content: RecordContent, options: PageOptions, folder: Folder, *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[Path, ...]:
    """Write `NAME.html`, one file. Raises CannotExport, UnsupportedRecord, UnreadableRecord, Cancelled."""
    document = PageDocument(content, options)
    target = folder.target(file_name(content.name, ".html"))
    figures = []
    for index in range(document.n_paper_pages):
        check(should_stop)
        figures.append(_figure(document, index))
        progress(index + 1, document.n_paper_pages)
    text = html_text(document, figures)
    with writing(target) as part:
        part.write_text(text, encoding="utf-8")
    return (target,)


def html_text(document: PageDocument, figures: list[str]) -> str:
    """The whole page."""
    content, options = document.content, document.options
    head = ReportHead.of(content)
    style = STYLE % {"paper": options.paper.capitalize() if options.paper == "a4" else options.paper,
                     "margin": MARGIN_MM, "reader": options.theme.human_colour}
    body = [
        f'<p class="use">{_text(tr(RESEARCH_USE_BADGE))}</p>',
        f"<h1>{_text(content.name)}</h1>",
        *_paragraphs(waiting_sentence(content), "waiting"),
        *_paragraphs(head.patient and tr("Patient: {identity}").format(identity=head.patient)),
        '<div class="head">', _names(head.about), _measured(head), _conclusion(head), "</div>",
        *figures,
    ]
    if options.with_findings:
        stretch = document.stretch_s
        sections = [item for item in report_sections(content, stretch) if item.title != tr("Conclusion")]
        body.append('<div class="findings">')
        body += [line for section in sections for line in _section(section)]
        body.append("</div>")
    provenance = "<br>\n".join(_text(line) for line in content.provenance.lines())
    body.append(f"<footer><p>{provenance}</p></footer>")
    return "\n".join((
        "<!DOCTYPE html>", f'<html lang="{style_language()}">', "<head>", '<meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">",
        '<meta name="viewport" content="width=device-width">',
        f'<meta name="generator" content="{PROGRAM} {_text(content.provenance.program_version)}">',
        f"<title>{_text(content.name)}</title>", f"<style>{style}</style>", "</head>", "<body>", *body, "</body>",
        "</html>", "",
    ))


def _figure(document: PageDocument, index: int) -> str:
    """A page's traces as a picture with its scale below and words for who cannot see it."""
    figure = document.figure(index, SHARED_MM if document.n_rows <= MOST_ROWS and index == 0 else None)
    kind = "" if document.n_rows <= MOST_ROWS and index == 0 else ' class="own"'
    caption = " · ".join((figure.readout, figure.stretch, *figure.notes))
    return "\n".join((
        f"<figure{kind}>", f"<div>{_svg(figure, f'traces{index + 1}')}</div>",
        f"<figcaption>{_text(caption)}</figcaption>", "</figure>",
    ))


def _svg(figure: Figure, name: str) -> str:
    """The traces as an inline SVG of their true size, with a title and a description."""
    units = SVG_UNITS_PER_MM
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()  # of SVG Tiny: as full SVG, Qt clips what is drawn under another transform wrongly
    generator.setOutputDevice(buffer)
    width, height = (round(side * units) for side in (figure.width_mm, figure.height_mm))
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRectF(0, 0, width, height))
    painter = QPainter(generator)
    try:
        figure.paint(painter, units)
    finally:
        painter.end()
    drawn = bytes(buffer.data().data()).decode("utf-8")
    inside = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
    inside = re.sub(r"<(title|desc)>.*?</\1>", "", inside, flags=re.DOTALL)
    inside = re.sub(r'\bid="', f'id="{name}-', inside)  # several pictures share one page
    inside = re.sub(r'(url\(#|href="#)', rf"\1{name}-", inside)
    inside = inside.replace('font-family="Sans Serif"', 'font-family="sans-serif"')
    title, words = tr("ECG traces"), figure.description
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width / units:g}mm" height="{height / units:g}mm" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-words"><title id="{name}-title">{_text(title)}</title>'
        f'<desc id="{name}-words">{_text(words)}</desc>{inside}</svg>'
    )


def _names(lines: tuple[HeadLine, ...]) -> str:
    return "<dl>" + "".join(
        f"<dt>{_text(line.name)}</dt><dd{' class=departs' if line.departs else ''}>{_text(line.value)}</dd>"
        for line in lines
    ) + "</dl>"


def _measured(head: ReportHead) -> str:
    return _names(head.measured or (HeadLine(tr("Measurements"), tr("not measured")),))


def _conclusion(head: ReportHead) -> str:
    if head.conclusion:
        written = [f"<h2>{_text(tr('Conclusion'))}</h2>", f"<p>{_text(head.conclusion)}</p>",
                   *_paragraphs(head.written_by, "quiet")]
    else:
        written = [f"<h2>{_text(tr('Conclusion: not written'))}</h2>"]
    reviewer = tr("Reviewer: {name}").format(name=head.reviewer or "–")
    sign = f'<span class="quiet">{_text(tr("Signature"))}</span><span class="line"></span>'
    date = f'<span class="quiet">{_text(tr("Date"))}</span><span class="line"></span>'
    return (f'<div class="conclusion">{"".join(written)}'
            f'<div class="sign"><span>{_text(reviewer)}</span>{sign}{date}</div></div>')


def _section(section: ReportSection) -> Iterator[str]:
    yield f"<h2>{_text(section.title)}</h2>"
    for part in section.parts:
        yield from _table(part, section.title) if isinstance(part, ReportTable) else _paragraphs(part)


def _table(table: ReportTable, title: str) -> Iterator[str]:
    """A table with column headers, and row headers where the first cell names the row."""
    yield f'<table aria-label="{_text(title)}">'
    heads = "".join(f'<th scope="col">{_text(column.title)}</th>' if column.title else "<td></td>"
                    for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        first, *rest = (_text(cell) for cell in row.cells)
        named = f'<th scope="row">{first}</th>' if table.names_rows else f"<td>{first}</td>"
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        yield f"<tr{' class=reader' if row.is_of_reader else ''}>{named}{cells}</tr>"
    yield "</tbody></table>"


def _paragraphs(text: str, kind: str = "") -> tuple[str, ...]:
    """A paragraph; none without a text."""
    return (f"<p{f' class={kind}' if kind else ''}>{_text(text)}</p>",) if text else ()


def _text(text: str) -> str:
    """As it stands in HTML; what cannot be printed is left out."""
    return escape("".join(sign for sign in str(text) if sign == "\n" or sign.isprintable()))
