"""What stands at the head of a report, as hospitals print it: person, time, measurements, conclusion, signature.

The same in a PDF and in HTML. Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ecg_viewer.export.content import RecordContent
from ecg_viewer.state.measure.header_line import side_text
from ecg_viewer.state.measure.interval_words import interval_lines
from ecg_viewer.state.review.conclusion_words import author_text
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number, whole
from ecg_viewer.state.words.record_words import record_sentence, strongest_sentence, window_sentence
from mmae_core.departures.results import Departure
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class HeadLine:
    """One fact with its name."""

    name: str
    text: str
    departs: str = ""
    """Where among normal ECGs a measurement lies that departs from them; empty if it does not."""

    @property
    def value(self) -> str:
        """`454 ms, above 98.4 % of normal ECGs`."""
        return ", ".join(filter(None, (self.text, self.departs)))


@dataclass(frozen=True)
class ReportHead:
    """What the first page says above the traces."""

    patient: str
    """What the files know of the person; empty unless it was asked for."""
    about: tuple[HeadLine, ...]
    measured: tuple[HeadLine, ...]
    """Empty if nothing was measured."""
    conclusion: str
    """The reader's; empty if none is written."""
    reviewer: str
    written_by: str
    """`Written by anna, 2026-11-30 14:05 UTC`; empty without a conclusion."""

    @classmethod
    def of(cls, content: RecordContent) -> ReportHead:
        """Of a recording with everything known about it. Raises UnreadableRecord if deviations cannot be measured."""
        identity, conclusion = content.identity, content.conclusion
        reviewers = dict.fromkeys(item.reviewer for item in content.findings if item.reviewer)
        return cls(
            "" if identity is None else " · ".join(identity.lines),
            _about(content),
            _measured(content),
            "" if conclusion is None else conclusion.text.strip(),
            ", ".join(reviewers) if conclusion is None else conclusion.reviewer,
            "" if conclusion is None else tr("Written by {author}").format(author=author_text(conclusion)),
        )


def waiting_sentence(content: RecordContent) -> str:
    """That heat is still being computed, and how far it is; empty once it is there, or none is to come."""
    assessment = content.assessment
    if not assessment.phase.is_running:
        return ""
    text = tr("Heat is being computed: {done} of {total} s were assessed when this page was made.")
    return text.format(done=number(assessment.done_s, ".6g"), total=number(assessment.total_s, ".6g"))


def _about(content: RecordContent) -> tuple[HeadLine, ...]:
    record = content.record
    lines = [
        HeadLine(tr("Age and sex"), content.person.text or tr("not stated")),
        HeadLine(tr("Recorded"), recorded_text(record, with_date=content.identity is not None)),
        HeadLine(tr("Recording"), record_sentence(record)),
    ]
    if content.window is not None:
        model = content.provenance.model
        sentence = window_sentence(content.window, None if model is None else model.n_normals)
        is_long = len(content.assessment.windows) > 1
        sentence = strongest_sentence(sentence, content.assessment.window_counts) if is_long else sentence
        lines.append(HeadLine(tr("Model's score"), sentence))
    elif content.assessment.message:
        lines.append(HeadLine(tr("Model's score"), content.assessment.message))
    if content.statements:
        lines.append(HeadLine(tr("Data set"), content.statements))
    return tuple(lines)


def recorded_text(record: EcgRecord, *, with_date: bool) -> str:
    """When it was recorded. The date identifies, so it stands only where it may; else that it was left out."""
    start = record.start_time
    if start is None:
        return tr("not stated")
    time = f"{start:%H:%M:%S}"
    if not isinstance(start, datetime):
        return time
    return f"{start:%Y-%m-%d} {time}" if with_date else tr("{time} (date left out)").format(time=time)


def _measured(content: RecordContent) -> tuple[HeadLine, ...]:
    measured = content.measurements
    if measured is None:
        return ()
    lines = []
    shown = interval_lines(measured, FORMULAS[DEFAULT_FORMULA])
    spreads = {} if content.details is None else content.details.spreads
    for row, line in zip(content.measured_rows, shown, strict=True):
        text = line.text if line.is_measured else tr("could not measure")
        spread = spreads.get(row.quantity)
        if row.value.value is not None and spread is not None:
            n = whole(row.value.value)
            text = text.replace(n, tr("{n} ± {sd}").format(n=n, sd=whole(spread.sd)), 1)
        lines.append(HeadLine(line.name, text, _side(row.departure)))
    found = () if content.departures is None else content.departures.departures
    uneven = next((item for item in found if item.lead is None and item.kind == "rhythm"), None)
    if uneven is not None:
        lines.insert(1, HeadLine(tr("R-R"), tr("uneven"), _side(uneven)))
    if content.record.duration_s > measured.duration_s + 1e-6:
        stretch = tr("{start} to {end} s").format(
            start=number(measured.start_s, ".6g"), end=number(measured.start_s + measured.duration_s, ".6g"))
        lines.append(HeadLine(tr("Measured"), stretch))
    return tuple(lines)


def _side(departure: Departure | None) -> str:
    return "" if departure is None else side_text(departure)
