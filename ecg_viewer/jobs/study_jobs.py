"""Work for reader studies: the heat that an arm shows, and the cases of a new study."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.study.project import Case, Study, StudyError, relative_paths, write_study
from mmae_core.assessment import AnomalyMap
from mmae_core.record import FloatArray

_YES, _NO = {"1", "true", "yes", "departs", "abnormal"}, {"0", "false", "no", "normal", "norm"}
NORMAL = "NORM"


@dataclass(frozen=True)
class StudyHeat:
    """The heat to be shown on a case."""

    anomaly_map: AnomalyMap
    model: str
    """SHA-256 of the model it is of."""


@dataclass(frozen=True)
class StudyMade:
    """A project file was written."""

    path: Path
    n_cases: int


def study_heat_job(
    scorer: Scorer, model: str | None, path: Path, leads: Sequence[int] | None, case: Path | None = None
) -> Job:
    """A job that assesses the recording at `path` and sends its heat, with the leads in another order if `leads` says
    which lead's heat is shown at each place. It is as long as the recording `case` that it is shown on.

    What was not assessed is left blank, as hatched leads would tell which recording the heat is of. Raises what
    reading and assessing raise.
    """

    def run(report: Report) -> None:
        from mmae_core.readers import read_record

        info = scorer.load(model)
        record = read_record(path)
        anomaly_map, _ = scorer.assess(record, 0.0, record.duration_s, report.stopped)
        duration_s = record.duration_s if case in (None, path) else read_record(case).duration_s
        report.send(StudyHeat(shown_map(anomaly_map, leads, duration_s), info.sha256))

    return run


def shown_map(anomaly_map: AnomalyMap, leads: Sequence[int] | None, duration_s: float | None = None) -> AnomalyMap:
    """The map as a study shows it: blank where nothing was assessed, without windows, leads as `leads` says.

    Leads in another order leave the places blank that their own heat would: heat on a flat lead would tell. A map of
    another length is cut, or repeated, to `duration_s`: heat that ends before the recording would tell, too.
    """
    order = list(range(anomaly_map.score.shape[0])) if leads is None else list(leads)
    n = anomaly_map.score.shape[1]
    if duration_s is not None and n:
        n = round(duration_s * anomaly_map.sampling_rate_hz)

    def shown(values: FloatArray) -> FloatArray:
        there = np.isfinite(values)
        found = np.where(there, values, 0.0)[order] * there
        return np.resize(found.T, (n, len(order))).T.astype(values.dtype) if n != found.shape[1] else found

    return replace(
        anomaly_map, score=shown(anomaly_map.score), percentile=shown(anomaly_map.percentile),
        peak_percentile=shown(anomaly_map.peak_percentile), windows=(), expected_mv=None, phases=None,
    )


def study_job(make: Callable[[tuple[Case, ...]], Study], items: Sequence[RecordItem], truth: Mapping[str, bool],
              project: Path) -> Job:
    """A job that reads the checksums of listed recordings, writes the project file, and sends `StudyMade`."""

    def run(report: Report) -> None:
        cases = gather_cases([item.path for item in items], truth, project, report.stopped)
        write_study(make(cases), project)
        report.send(StudyMade(project, len(cases)))

    return run


def gather_cases(
    recordings: Sequence[Path], truth: Mapping[str, bool], project: Path,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Case, ...]:
    """The cases of a study whose file will lie at `project`; a recording that is there twice counts once.

    `truth` is by file name without ending. Raises StudyError, and what reading a recording raises.
    """
    from mmae_core.readers import read_record

    cases: dict[str, Case] = {}
    for path, relative in zip(recordings, relative_paths(recordings, project), strict=True):
        sha256 = read_record(path).source.read_sha256(should_stop)
        cases.setdefault(sha256, Case(relative, sha256, truth.get(path.stem)))
    if not cases:
        raise StudyError("There are no recordings for the study. Name recordings, or list some first.")
    return tuple(cases.values())


def truth_of_items(items: Sequence[RecordItem]) -> dict[str, bool]:
    """What a data set's superclasses say: departs from normal unless `NORM` is the only one."""
    return {item.path.stem: set(item.superclasses) != {NORMAL} for item in items if item.superclasses}


def read_truth_table(path: Path) -> dict[str, bool]:
    """The columns `recording` (a name, with or without ending) and `departs` (1/0, yes/no) of a CSV file.

    Raises StudyError, saying what is wrong in which line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not {"recording", "departs"} <= set(rows.fieldnames or ()):
                raise StudyError(f"{path.name} needs the columns recording and departs; found "
                                 f"{', '.join(rows.fieldnames or ()) or 'none'}.")
            found: dict[str, bool] = {}
            for row in rows:
                word = str(row["departs"]).strip().lower()
                if word and word not in _YES | _NO:
                    raise StudyError(f"{path.name}, line {rows.line_num}: departs is 1 or 0, yes or no; found "
                                     f"{word!r}.")
                if word:
                    found[Path(str(row["recording"]).strip()).stem] = word in _YES
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StudyError(f"The table {path.name} cannot be read: {error}.") from error
    return found
