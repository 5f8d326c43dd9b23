"""Exports as jobs for a worker thread: one recording, many, or a benchmark, with progress; all can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecg_viewer.export.assess_recording import assess
from ecg_viewer.export.benchmark import Made, ReviewedRecord, qualifies, require_room, write_benchmark
from ecg_viewer.export.content import ReviewedFinding
from ecg_viewer.export.decisions import Decisions
from ecg_viewer.export.export_files import Folder, prefixes, writing
from ecg_viewer.export.findings_csv import FINDING_COLUMNS, findings_csv_rows, table_text
from ecg_viewer.export.findings_json import findings_document, json_text
from ecg_viewer.export.gather_content import ExportSource, gather
from ecg_viewer.export.open_record import OpenRecord
from ecg_viewer.export.page_options import check, nothing_stops
from ecg_viewer.export.record_files import (
    Format,
    Request,
    Written,
    already_written,
    results_of,
    write_export,
    write_records,
)
from ecg_viewer.export.reviewed_findings import decided_findings, reviewed_findings, undecided_findings
from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.state.job_protocols import Job, Report
from mmae_core.errors import Cancelled, EcgError, ModelMismatch

MakeScorer = Callable[[bool], Scorer]
"""Makes a model, with the expected trace in its maps or without."""


@dataclass(frozen=True)
class ExportProgress:
    """How far an export is."""

    done: int
    total: int
    name: str
    """The recording at work."""


@dataclass(frozen=True)
class RecordDone:
    """A recording was exported, as far as that was possible."""

    path: Path
    name: str
    written: Written


@dataclass(frozen=True)
class BenchmarkDone:
    """A benchmark was written."""

    made: Made


def open_record_job(opened: OpenRecord, request: Request, make_scorer: MakeScorer, *, with_identity: bool) -> Job:
    """A job that exports the open recording as it was when the job was made.

    Sends `ExportProgress` often and `RecordDone` once.
    """

    def run(report: Report) -> None:
        name = opened.record.name

        def progress(done: int, total: int) -> None:
            report.send(ExportProgress(done, total, name))

        progress(0, len(request.formats))
        written = write_records(
            opened.record, request, with_identity=with_identity, progress=progress, should_stop=report.stopped)
        if results_of(request.formats):
            content = opened.content(with_identity=with_identity)
            if "npz" in request.formats:  # the window keeps percentiles only, a hundred a second
                scorer = make_scorer(request.expected)
                assessed = assess(scorer, opened.model_key, opened.record, keep_maps=True, should_stop=report.stopped)
                content = replace(content, maps=assessed.maps)
            written = written.joined(write_export(content, request, progress=progress, should_stop=report.stopped))
        report.send(RecordDone(_path(opened), name, written))

    return run


def save_findings_job(opened: OpenRecord, path: Path) -> Job:
    """A job that writes the open recording's findings to a file the user chose: a table if it ends with .csv, else
    JSON.

    An existing file is replaced: the file dialog has asked. Sends a `RecordDone`.
    """

    def run(report: Report) -> None:
        content = opened.content()
        is_table = path.suffix.lower() == ".csv"
        with writing(path) as part:
            if is_table:
                text = table_text(content, FINDING_COLUMNS, findings_csv_rows(content))
                part.write_text(text, encoding="utf-8-sig", newline="")
            else:
                part.write_text(json_text(findings_document(content)), encoding="utf-8")
        report.send(RecordDone(_path(opened), content.name, Written((path,))))

    return run


def list_job(
    paths: Sequence[Path], request: Request, make_scorer: MakeScorer, model: str | None, reviewer: str | None, *,
    with_identity: bool, only: Mapping[Path, tuple[Format, ...]] | None = None,
) -> Job:
    """A job that reads, assesses and writes recordings. Sends an `ExportProgress` and a `RecordDone` for each.

    `only` takes some of them, with the formats of each.
    """

    def run(report: Report) -> None:
        named = zip(paths, prefixes(paths), strict=True)
        wanted = [(path, prefix) for path, prefix in named if only is None or path in only]
        decisions = Decisions(reviewer)
        try:
            scorer = make_scorer(request.expected)
            source = ExportSource(scorer, model, decisions, with_identity, "npz" in request.formats)
            for done, (path, prefix) in enumerate(wanted):
                check(report.stopped)
                report.send(ExportProgress(done, len(wanted), path.stem))
                formats = request.formats if only is None else only[path]
                asked = replace(request, formats=formats, folder=replace(request.folder, prefix=prefix))
                report.send(RecordDone(path, path.stem, _one(path, source, asked, report)))
        finally:
            decisions.close()

    return run


def benchmark_job(
    paths: Sequence[Path], folder: Folder, make_scorer: MakeScorer, model: str | None, reviewer: str | None, *,
    unfinished: bool,
) -> Job:
    """A job that makes a benchmark: assesses what was reviewed to know what is undecided there, then writes.

    Sends `ExportProgress` often and a `BenchmarkDone`.
    """

    def run(report: Report) -> None:
        require_room(folder)
        decisions = Decisions(reviewer)
        try:
            records, unread = reviewed_records(
                paths, ExportSource(make_scorer(False), model, decisions), unfinished=unfinished,
                progress=lambda done, name: report.send(ExportProgress(done, 2 * len(paths), name)),
                should_stop=report.stopped,
            )
        finally:
            decisions.close()

        def progress(done: int, total: int, name: str) -> None:
            report.send(ExportProgress(len(paths) + done, len(paths) + total, name))

        made = write_benchmark(
            records, folder, unfinished=unfinished, unread=unread, progress=progress, should_stop=report.stopped
        )
        report.send(BenchmarkDone(made))

    return run


def reviewed_records(
    paths: Sequence[Path], source: ExportSource, *, unfinished: bool,
    progress: Callable[[int, str], None] = lambda done, name: None,
    should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[list[ReviewedRecord], list[tuple[str, str]]]:
    """Recordings with what was decided about them, and those that could not be opened with the reason.

    Raises ModelMismatch, Cancelled.
    """
    records: list[ReviewedRecord] = []
    unread: list[tuple[str, str]] = []
    for done, path in enumerate(paths):
        check(should_stop)
        progress(done, path.stem)
        try:
            records.append(reviewed_record(path, source, unfinished=unfinished, should_stop=should_stop))
        except (Cancelled, ModelMismatch):
            raise
        except EcgError as error:
            unread.append((path.stem, str(error)))
    return records, unread


def reviewed_record(
    path: Path, source: ExportSource, *, unfinished: bool, should_stop: Callable[[], bool] = nothing_stops
) -> ReviewedRecord:
    """A recording with what was decided about it and what was not; one that cannot be part of a benchmark is not
    assessed.

    Undecided findings are not in the journal, so the recording is assessed for them. Raises UnreadableRecord,
    UnsupportedRecord, ModelMismatch, JournalError, Cancelled.
    """
    from mmae_core.readers import read_record

    record = read_record(path)
    review = source.decisions.review(record, record.source.sha256)
    decided = decided_findings(review)
    undecided: tuple[ReviewedFinding, ...] = ()
    if qualifies(review.state, has_findings=bool(decided), unfinished=unfinished):
        assessed = assess(source.scorer, source.model, record, should_stop=should_stop)
        found = reviewed_findings(assessed.assessment, assessed.model.sha256, review)
        undecided = undecided_findings(found)
    return ReviewedRecord(path, record.name, review.state, decided, undecided)


def export_path(
    path: Path, source: ExportSource, request: Request, *, should_stop: Callable[[], bool] = nothing_stops
) -> Written:
    """Read, assess and write a recording; nothing is assessed for the recording itself in another format, nor for files
    that are there already and are to stay.

    Raises what `gather` raises.
    """
    from mmae_core.readers import read_record

    record = read_record(path)
    there = already_written(record.name, request)
    left = replace(request, formats=tuple(name for name in request.formats if name not in there.existing))
    written = there.joined(
        write_records(record, left, with_identity=source.with_identity, should_stop=should_stop))
    if not results_of(left.formats):
        return written
    content = gather(path, source, should_stop=should_stop)
    return written.joined(write_export(content, left, should_stop=should_stop))


def _one(path: Path, source: ExportSource, request: Request, report: Report) -> Written:
    try:
        return export_path(path, source, request, should_stop=report.stopped)
    except Cancelled:
        raise
    except EcgError as error:
        return Written(problems=(f"{path.stem}: {error}",))


def _path(opened: OpenRecord) -> Path:
    if opened.item is not None:
        return opened.item.path
    return opened.record.source.own_paths[0]
