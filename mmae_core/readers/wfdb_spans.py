"""Stretches marked in a WFDB annotation file: `(` at the first sample, `)` at the one after the last, per signal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.lead_names import standard_lead
from mmae_core.readers.wfdb_files import header_of_file, require_inside
from mmae_core.readers.wfdb_header import read_header
from mmae_core.readers.wfdb_marks import read_marks


@dataclass(frozen=True)
class Span:
    """One marked stretch of one lead."""

    lead: str
    start_sample: int
    end_sample: int
    """The sample after the last."""
    label: str
    """The note on the opening mark; may be empty."""


def read_spans(annotation_file: Path) -> tuple[Span, ...]:
    """The stretches of an annotation file, whose header lies beside it, by time.

    A mark's channel is the index of the signal it is on. Where stretches of one signal overlap, a `)` closes the one
    opened first. Raises UnreadableRecord if the file or its header is damaged, a stretch is not closed or was never
    opened, or a mark is on a signal that is no standard lead.
    """
    path = header_of_file(annotation_file)
    if path is None:
        raise UnreadableRecord(f"{annotation_file.name} has no header beside it.", code="missing")
    header = read_header(path)
    require_inside(annotation_file, path)
    found = sorted(  # at one sample a stretch ends before the next begins
        (mark.sample, mark.symbol != ")", mark.channel, mark.note)
        for mark in read_marks(annotation_file).marks
        if mark.symbol in {"(", ")"}
    )
    opened: dict[int, list[tuple[int, str]]] = {}
    spans: list[Span] = []
    for sample, opens, channel, note in found:
        if opens:
            opened.setdefault(channel, []).append((sample, note))
            continue
        if not opened.get(channel):
            raise _fault(annotation_file, f"a ')' at sample {sample} of signal {channel} closes nothing")
        start, label = opened[channel].pop(0)
        lead = standard_lead(header.signals[channel].description) if channel < len(header.signals) else None
        if lead is None:
            raise _fault(annotation_file, f"a mark at sample {start} is on signal {channel}, which is no standard lead")
        spans.append(Span(lead, start, sample, label))
    for channel, rest in opened.items():
        if rest:
            raise _fault(annotation_file, f"the '(' at sample {rest[0][0]} of signal {channel} is never closed")
    return tuple(sorted(spans, key=lambda span: (span.start_sample, span.end_sample)))


def _fault(path: Path, why: str) -> UnreadableRecord:
    return UnreadableRecord(f"The annotation file {path.name} makes no sense: {why}.")
