"""Worker jobs that gather the worklist's data: columns, stored scores, review states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.jobs.measured_rows import measure_recording
from ecg_viewer.jobs.worklist_scoring import known_source
from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.truth import TruthBox, reviewed_boxes
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.review.journal_writer import recovery_problem
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.columns import Columns, make_columns
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, summarise, with_decisions
from ecg_viewer.state.worklist.store import ScoreStore, store_path
from ecg_viewer.state.worklist.stored_measurements import RowMeasurements
from ecg_viewer.state.worklist.work_lists import is_read
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class Listed:
    """The columns of a list."""

    columns: Columns


@dataclass(frozen=True)
class Kept:
    """Stored scores of these recordings."""

    source: ScoreSource
    scores: Mapping[Path, RecordScore]


@dataclass(frozen=True)
class KeptBeside(Kept):
    """Stored scores of the other model that has scored most of these recordings."""


@dataclass(frozen=True)
class MeasuredOpen:
    """The recording that was open was measured for its row."""

    path: Path
    measured: RowMeasurements


@dataclass(frozen=True)
class ReviewStates:
    """What was decided, by path; recordings not listed are unreviewed."""

    states: Mapping[Path, Summary]


def listing_job(items: Sequence[RecordItem] | None, paths: Sequence[Path], key: str | None,
                source: ScoreSource | None, reviewer: str = "", others: Sequence[str] = ()) -> Job:
    """A job that sends `Listed` (unless `items` is None: the list is unchanged), `Kept`, `KeptBeside` and
    `ReviewStates`, and a `Problem` for each damaged file set aside. `others` are keys of models to look for beside.

    `source` is the model in use, None if only its `key` is known so far. Scores compared with decisions that `reviewer`
    has changed since are outdated. Raises ScoreStoreError or JournalError.
    """

    def run(report: Report) -> None:
        if items is not None:
            columns = make_columns(items, report.stopped)
            report.send(Listed(columns))
        model = source or known_source(key)
        scores: Mapping[Path, RecordScore] = {}
        beside = KeptBeside(ScoreSource(""), {})
        if model.sha256 and store_path().exists():
            with ScoreStore() as store:
                scores = store.load(model.sha256, paths)
                beside = _kept_beside(store, model.sha256, others, paths)
                if store.set_aside is not None:
                    text = tr("The kept scores could not be read; the old file is kept as {name}, and scores are made "
                              "anew.")
                    report.send(Problem(text.format(name=store.set_aside.name), weight=Weight.LASTING))
        if scores:
            decided = reviewed_truth(reviewer, list(scores), report.send)
            scores = {path: with_decisions(score, decided.get(path, ())) for path, score in scores.items()}
        report.send(Kept(model, scores))
        report.send(beside)
        report.send(ReviewStates(review_states(paths, reviewer, report.send)))

    return run


def _kept_beside(store: ScoreStore, sha256: str, others: Sequence[str], paths: Sequence[Path]) -> KeptBeside:
    """Scores of the other model that has most of them; of none if there is no other."""
    best = KeptBeside(ScoreSource(""), {})
    for source in {known_source(key): None for key in others}:
        if source.sha256 and source.sha256 != sha256:
            found = store.load(source.sha256, paths)
            if len(found) > len(best.scores):
                best = KeptBeside(source, found)
    return best


def review_states(
    paths: Sequence[Path], reviewer: str, tell: Callable[[Problem], object]
) -> dict[Path, Summary]:
    """What a reviewer has decided, by path; everybody's decisions together while nobody has given a name.

    Raises JournalError if the journal cannot be read. Reports a damaged journal if this is the first to meet it.
    """
    if not journal_path().exists():
        return {}
    journal = _open_journal(tell)
    try:
        summaries = journal.summaries(paths=paths, reviewer=reviewer or None)
    finally:
        journal.close()
    return {Path(path): summary for path, summary in summaries.items()}


def reviewed_truth(
    reviewer: str, paths: Sequence[Path], tell: Callable[[Problem], object] = lambda problem: None
) -> dict[Path, tuple[TruthBox, ...]]:
    """What a reviewer has confirmed or added, by path; reads the journal. Raises JournalError."""
    if not reviewer or not journal_path().exists():
        return {}
    journal = _open_journal(tell)
    try:
        reviews = journal.reviews(paths, reviewer)
    finally:
        journal.close()
    found = {path: reviewed_boxes(review.judgements.values(), review.own.values()) for path, review in reviews.items()}
    return {path: boxes for path, boxes in found.items() if boxes}


def readers_progress(paths: Sequence[Path]) -> dict[str, int]:
    """How many of these recordings each reader of the journal has read. Raises JournalError."""
    if not journal_path().exists():
        return {}
    journal = _open_journal(lambda problem: None)
    try:
        return {reader: sum(map(is_read, journal.summaries(paths=paths, reviewer=reader).values()))
                for reader in journal.reviewers()}
    finally:
        journal.close()


def _open_journal(tell: Callable[[Problem], object]) -> Journal:
    journal = Journal()
    if journal.recovery is not None:
        tell(recovery_problem(journal.recovery))
    return journal


def keeping_figures_job(path: Path, sha256: str, score: RecordScore) -> Job:
    """A job that stores the score of the open recording with its figures, and sends `Kept`. Raises ScoreStoreError."""

    def run(report: Report) -> None:
        with ScoreStore() as store:
            store.save(sha256, {path: score})
        report.send(Kept(ScoreSource("", sha256), {path: score}))

    return run


def keeping_job(path: Path, record: EcgRecord, sha256: str, assessment: Assessment) -> Job:
    """A job that measures the recording that was open, stores its score, and sends `MeasuredOpen` and `Kept`.

    Not stored where something is known to be abnormal: its figures need the whole map, which only background scoring
    has. Raises ScoreStoreError, UnreadableRecord or DatasetError.
    """

    def run(report: Report) -> None:
        from ecg_viewer.state.research.truth import read_truth

        score = summarise(assessment, measured=measure_recording(record, assessment))
        if score.measured is not None:
            report.send(MeasuredOpen(path, score.measured))
        if not read_truth(record):
            with ScoreStore() as store:
                store.save(sha256, {path: score})
            report.send(Kept(ScoreSource("", sha256), {path: score}))

    return run
