"""Confirmed findings as WFDB annotations, which PhysioNet's tools read beside the recording."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.export_files import (
    CannotExport,
    Existing,
    Folder,
    NothingToExport,
    file_name,
    move,
    writing_folder,
)
from ecg_viewer.state.review.conclusion_words import conclusion_sentence
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.percentiles import table_percentile

ANNOTATOR = "review"
"""Extension of the file. Not used by PhysioNet's databases and programs, so that no other annotations are
overwritten.
"""
LONGEST_NOTE = 250
"""Bytes; the format has 255."""


@dataclass(frozen=True)
class Annotated:
    """What was written, and what could not be."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def write_annotations(content: RecordContent, folder: Folder) -> Annotated:
    """Write `NAME.review` with the positive findings: `(` where one begins, `)` after its end, on the lead's signal.

    The note on `(` is the reviewer's label, or the percentile. Provenance stands in notes at the first sample.
    A finding in a lead that is computed, not recorded, has no signal to stand on and is left out with a sentence.
    Raises NothingToExport if nothing was confirmed, CannotExport.
    """
    from mmae_core.readers.wfdb_writer import LeadInterval, write_intervals

    if not content.positives:
        raise NothingToExport(
            tr("{name} has no confirmed findings and none of a reviewer's own: there is nothing to annotate.").format(
                name=content.name
            )
        )
    signals = signal_numbers(content)
    rate, last = content.record.sampling_rate_hz, content.record.n_samples
    intervals, left_out = [], set()
    for finding in content.positives:
        if finding.lead not in signals:
            left_out.add(finding.lead)
            continue
        start = min(max(0, round(finding.start_s * rate)), last - 1)
        end = min(max(start + 1, round(finding.end_s * rate)), last)
        intervals.append(LeadInterval(start, end, signals[finding.lead], annotation_text(_label(finding))))
    notes = tuple(
        tr("{lead} is computed from I and II: its findings have no signal in the file and were not annotated.").format(
            lead=lead
        )
        for lead in sorted(left_out)
    )
    if not intervals:
        raise CannotExport(notes[0])
    name = file_name(content.name, f".{ANNOTATOR}")
    if folder.existing is Existing.KEEP_BOTH and (folder.path / name).exists():
        # A number in the record's name would detach the annotations from their recording.
        raise CannotExport(
            tr("{name} exists already and was left as it is. A recording has one file of this annotator; choose "
               "another folder or replace it.").format(name=name)
        )
    target = folder.target(name)
    with writing_folder(folder.path) as part:
        head = [annotation_text(line) for line in (RESEARCH_USE_BADGE, *content.provenance.lines())]
        if content.conclusion is not None:
            head.append(annotation_text(conclusion_sentence(content.conclusion)))
        write_intervals(part, "record", ANNOTATOR, intervals, rate, notes=head)
        move(part / f"record.{ANNOTATOR}", target)
    return Annotated((target,), notes)


def signal_numbers(content: RecordContent) -> dict[str, int]:
    """Which channel of the file each recorded lead is; its place among the leads where the file does not say."""
    from mmae_core.readers.lead_names import lead_of

    record = content.record
    numbers: dict[str, int] = {}
    for number, channel in enumerate(record.stored_signals):
        lead, _ = lead_of(channel.name)
        if lead is not None and lead in record.lead_names and lead not in record.derived_leads:
            numbers.setdefault(lead, number)
    return numbers or {lead: number for number, lead in enumerate(record.lead_names)}


def annotation_text(text: str) -> str:
    """Text the format can hold: a byte a character, no line ends, not too long."""
    flat = " ".join(text.replace("–", "-").replace("−", "-").replace("…", "...").split())
    return flat.encode("latin-1", "replace").decode("latin-1")[:LONGEST_NOTE]


def _label(finding: ReviewedFinding) -> str:
    if finding.label:
        return finding.label
    name = finding.kind or "finding"
    return name if finding.percentile is None else f"{name}, percentile {table_percentile(finding.percentile)}"
