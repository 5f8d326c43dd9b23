"""The head of the first page, as hospitals print it: person and time, measurements, conclusion and signature."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.page_options import MARGIN_MM, PageOptions
from ecg_viewer.export.pages.pens_and_text import (
    RULE_MM,
    SMALL_MM,
    TEXT_MM,
    box,
    elided,
    line_mm,
    mm,
    pen,
    text_width_mm,
    wrapped,
    write,
)
from ecg_viewer.export.report_head import HeadLine, ReportHead, waiting_sentence
from ecg_viewer.state.words.language import tr

GAP_MM = 3.0
"""Between the columns of the head."""
SHARES = (0.29, 0.31)
"""Of the width: person and recording; measurements. The conclusion has the rest."""
MOST_LINES = 6
"""Lines of a conclusion that goes on on the page of findings; without such a page it is printed whole."""
SIGN_MM, DATE_MM = 26.0, 17.0
"""Lines to write a signature and a date on."""
PAD_MM = 1.2
"""Inside the frame of the conclusion."""


@dataclass(frozen=True)
class _Text:
    left_mm: float
    top_mm: float
    text: str
    is_quiet: bool = False
    is_bold: bool = False
    size_mm: float = TEXT_MM


class FirstHead:
    """Texts and lines of the head below the title, placed in millimetres of the page."""

    def __init__(self, content: RecordContent, options: PageOptions, top_mm: float) -> None:
        """`top_mm`: where the head may begin."""
        self._options = options
        self._texts: list[_Text] = []
        self._lines: list[tuple[float, float, float]] = []
        """Left, right and height of lines to write on."""
        self._head = head = ReportHead.of(content)
        width = options.size_mm[0] - 2 * MARGIN_MM
        top_mm = self._sentences(content, width, top_mm)
        first, second = (share * width for share in SHARES)
        ends = [self._named(head.about, MARGIN_MM, first - GAP_MM, top_mm)]
        measured = head.measured or (HeadLine(tr("Measurements"), tr("not measured")),)
        ends.append(self._named(measured, MARGIN_MM + first, second - GAP_MM, top_mm))
        left = MARGIN_MM + first + second
        ends.append(self._conclusion(left, MARGIN_MM + width - left, top_mm, max(ends)))
        self._frame = box(left, top_mm, MARGIN_MM + width - left, max(ends) - top_mm)
        self.bottom_mm = max(ends) + 1.2
        """Where the page goes on."""

    def paint(self, painter: QPainter) -> None:
        """Draw it."""
        theme = self._options.theme
        for item in self._texts:
            colour = theme.quiet_text if item.is_quiet else theme.text
            write(painter, item.left_mm, item.top_mm, item.text, item.size_mm, colour, bold=item.is_bold)
        painter.setPen(pen(theme.text, RULE_MM))
        for left, right, at in self._lines:
            painter.drawLine(box(left, at, 0, 0).topLeft(), box(right, at, 0, 0).topLeft())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._frame, mm(0.6), mm(0.6))

    def _sentences(self, content: RecordContent, width: float, top: float) -> float:
        """The patient if that was asked for, and that heat is still to come. Returns where the columns begin."""
        patient = self._head.patient and tr("Patient: {identity}").format(identity=self._head.patient)
        for text, is_bold in ((patient, False), (waiting_sentence(content), True)):
            for line in wrapped(text, width, TEXT_MM, bold=is_bold) if text else ():
                self._texts.append(_Text(MARGIN_MM, top, line, is_bold=is_bold))
                top += line_mm(TEXT_MM)
        return top + 0.8

    def _named(self, lines: tuple[HeadLine, ...], left: float, width: float, top: float) -> float:
        """Names beside texts; what departs from normal ECGs is bold. Returns where they end."""
        name_mm = max(text_width_mm(line.name, TEXT_MM) for line in lines) + 2.0
        for line in lines:
            self._texts.append(_Text(left, top, line.name, is_quiet=True))
            is_bold = bool(line.departs)
            for part in wrapped(line.value, width - name_mm, TEXT_MM, bold=is_bold):
                self._texts.append(_Text(left + name_mm, top, part, is_bold=is_bold))
                top += line_mm(TEXT_MM)
        return top

    def _conclusion(self, left: float, width: float, top: float, lowest: float) -> float:
        """The conclusion with a line to sign on, in a frame that reaches at least `lowest`. Returns its end."""
        head, room = self._head, width - 2 * PAD_MM
        left, top = left + PAD_MM, top + 0.4
        if not head.conclusion:
            self._texts.append(_Text(left, top, tr("Conclusion: not written"), is_bold=True))
            top += line_mm(TEXT_MM)
        else:
            title = tr("Conclusion")
            self._texts.append(_Text(left, top, title, is_bold=True))
            beside = left + text_width_mm(title, TEXT_MM, bold=True) + 2.0
            if head.written_by:
                by = elided(head.written_by, left + room - beside, SMALL_MM)
                self._texts.append(_Text(beside, top + 0.5, by, is_quiet=True, size_mm=SMALL_MM))
            top += line_mm(TEXT_MM)
            for line in shortened(head.conclusion, room, is_continued=self._options.with_findings):
                self._texts.append(_Text(left, top, line))
                top += line_mm(TEXT_MM)
        sign_top = max(top + line_mm(TEXT_MM) * 0.6, lowest - line_mm(TEXT_MM) - 0.4)
        self._signature(left, room, sign_top)
        return sign_top + line_mm(TEXT_MM) + 0.4

    def _signature(self, left: float, width: float, top: float) -> None:
        """`Reviewer: anna   Signature ______   Date ______`."""
        reviewer = tr("Reviewer: {name}").format(name=self._head.reviewer or "–")
        date, sign = tr("Date"), tr("Signature")
        right, at = left + width, top + line_mm(TEXT_MM) * 0.85
        for word, line_length in ((date, DATE_MM), (sign, SIGN_MM)):
            self._lines.append((right - line_length, right, at))
            right -= line_length + 1.0 + text_width_mm(word, TEXT_MM)
            self._texts.append(_Text(right, top, word, is_quiet=True))
            right -= 3.0
        self._texts.append(_Text(left, top, elided(reviewer, max(10.0, right - left), TEXT_MM)))


def shortened(text: str, width_mm: float, *, is_continued: bool) -> list[str]:
    """The lines of a conclusion; of a long one the first, if it is continued on a page of findings."""
    lines = wrapped(text, width_mm, TEXT_MM)
    if not is_continued or len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], tr("… The whole conclusion is on the page of findings.")]
