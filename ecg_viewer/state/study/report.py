"""What a study came to, reader by reader and arm by arm: JSON and a page."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ecg_viewer.state.review.events import now_text
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.study.project import OpenStudy
from ecg_viewer.state.study.results import Stage, reads_in
from ecg_viewer.state.study.schedule import Task, tasks_of
from mmae_core import __version__
from mmae_core.files import replacing
from mmae_core.metrics.agreement import ROUNDS, Estimate
from mmae_core.metrics.readers import CaseRead, ReaderFigures, reader_figures
from mmae_core.report.html_page import Section, facts_table, page, paragraph, table, with_interval

REPORT_FORMAT = "ecg-viewer study report"
Done = Mapping[tuple[int, Stage], Read]


def study_report(opened: OpenStudy, *, rounds: int = ROUNDS) -> dict[str, Any]:
    """All figures as JSON values. Readers without a journal are there with no cases. Raises JournalError."""
    study = opened.study
    readers = []
    for reader in study.readers:
        done = _done(opened, reader)
        tasks = tasks_of(study, reader)
        arms = []
        for arm in study.arms:
            here = [task for task in tasks if task.arm == arm]
            figures = reader_figures(_case_reads(opened, here, done), rounds=rounds)
            arms.append({
                "arm": arm.name, "heat": arm.heat, "n_planned": len(here), **_figures(figures),
                "against_without": _against_without(opened, tasks, here, done),
            })
        readers.append({
            "reader": reader, "n_planned": len(tasks), "arms": arms,
            "first": min((read.time for read in done.values()), default=None),
            "last": max((read.time for read in done.values()), default=None),
        })
    return {
        "format": REPORT_FORMAT, "format_version": 1, "program_version": __version__, "created": now_text(),
        "use": "Research use only - not for diagnosis", "study": study.name, "study_id": study.study_id,
        "design": study.design, "before_and_after": study.before_and_after, "washout_days": study.washout_days,
        "seed": study.seed, "truth": study.truth, "n_cases": len(study.cases),
        "n_departs": sum(case.departs is True for case in study.cases),
        "n_normal": sum(case.departs is False for case in study.cases),
        "bootstrap_rounds": rounds, "warnings": _warnings(opened, readers), "readers": readers,
    }


def report_page(report: Mapping[str, Any]) -> str:
    """The report as one HTML file."""
    facts = {
        "design": report["design"], "recordings": report["n_cases"],
        "of them known to depart / known to be normal": f"{report['n_departs']} / {report['n_normal']}",
        "truth": report["truth"] or "not known", "seed": report["seed"],
        "two decisions a case in arms with heat": "yes" if report["before_and_after"] else "no",
        "days between periods, as asked for": report["washout_days"],
    }
    sections = [Section("Accuracy", _accuracy(report)), Section("Time and changed decisions", _changes(report)),
                Section("The study", facts_table(facts))]
    return page(f"Reader study: {report['study']}", f"made by ecg-viewer {report['program_version']}, "
                f"{report['created']}", sections, warnings=report["warnings"])


def write_report(report: Mapping[str, Any], json_path: Path | None, html_path: Path | None) -> tuple[Path, ...]:
    """Write one or both files; returns them. Raises OSError."""
    written = []
    for path, text in ((json_path, json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"),
                       (html_path, report_page(report))):
        if path is not None:
            with replacing(path) as part:
                part.write_text(text, encoding="utf-8")
            written.append(path)
    return tuple(written)


def _done(opened: OpenStudy, reader: str) -> Done:
    path = opened.journal_of(reader)
    if not path.is_file():
        return {}
    journal = Journal(path)
    try:
        return reads_in(journal, opened.study, reader)
    finally:
        journal.close()


def _final(task: Task, done: Done) -> Read | None:
    return done.get((task.number, "after")) or done.get((task.number, "only"))


def _case_reads(opened: OpenStudy, tasks: Sequence[Task], done: Done) -> list[CaseRead]:
    found = []
    for task in tasks:
        final, before = _final(task, done), done.get((task.number, "before"))
        if final is not None:
            case = opened.study.cases[task.case]
            changed = None if before is None else before.decision != final.decision
            seconds = final.looked_s + (0.0 if before is None else before.looked_s)
            found.append(CaseRead(case.sha256, final.suspicion, seconds, case.departs, changed))
    return found


def _against_without(
    opened: OpenStudy, tasks: Sequence[Task], here: Sequence[Task], done: Done
) -> dict[str, Any] | None:
    """In a crossover: cases that the reader decided otherwise without heat, in another period."""
    if opened.study.design != "crossover":
        return None
    plain = {task.case: _final(task, done) for task in tasks if task.arm.heat == "none"}
    pairs = [(final, other) for task in here for final, other in ((_final(task, done), plain.get(task.case)),)
             if final is not None and other is not None and task.arm.heat != "none"]
    if not pairs:
        return None
    return {"n": len(pairs), "differ": sum(final.decision != other.decision for final, other in pairs)}


def _figures(figures: ReaderFigures) -> dict[str, Any]:
    return {
        "n_read": figures.n_cases, "n_departs": figures.n_positive, "n_normal": figures.n_negative,
        "sensitivity": _estimate(figures.sensitivity), "specificity": _estimate(figures.specificity),
        "auroc": _estimate(figures.auroc), "switch_rate": _estimate(figures.switch_rate),
        "median_s": None if math.isnan(figures.median_s) else round(figures.median_s, 3),
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    known = not math.isnan(found.value)
    return {
        "value": round(found.value, 6) if known else None,
        "interval": None if found.low is None or found.high is None else [round(found.low, 6), round(found.high, 6)],
        "n": found.n_units, "why_none": "" if known else found.why_none,
    }


def _warnings(opened: OpenStudy, readers: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = []
    unread = [(reader["reader"], sum(arm["n_read"] for arm in reader["arms"]), reader["n_planned"])
              for reader in readers]
    lines += [f"{name} has read {n} of {planned} cases: the figures are of those." for name, n, planned in unread
              if n < planned]
    if not any(case.departs is not None for case in opened.study.cases):
        lines.append("No truth is known of any recording: sensitivity, specificity and AUROC cannot be given.")
    wrong = [arm.name for arm in opened.study.arms if arm.is_wrong]
    if wrong:
        lines.append(f"In the arm {', '.join(wrong)} the heat shown was deliberately not that of the recording; "
                     "nothing decided there says anything about the model.")
    few = [f"{reader['reader']}, {arm['arm']}" for reader in readers for arm in reader["arms"]
           if arm["n_read"] > 0 and arm["auroc"]["interval"] is None]
    if few:
        lines.append(f"Too few cases for intervals, or figures at all: {'; '.join(few)}. The tables say n.")
    return lines


def _accuracy(report: Mapping[str, Any]) -> str:
    rows = [
        [reader["reader"], arm["arm"], arm["heat"], f"{arm['n_read']} of {arm['n_planned']}",
         f"{arm['n_departs']} / {arm['n_normal']}", *(_cell(arm[name]) for name in (
             "sensitivity", "specificity", "auroc"))]
        for reader in report["readers"] for arm in reader["arms"]
    ]
    return table(["reader", "arm", "heat shown", "cases read", "depart / normal", "sensitivity (95-% interval)",
                  "specificity (95-% interval)", "AUROC of confidence (95-% interval)"], rows, text=(0, 1, 2)
                 ) + paragraph(
        f"Intervals draw cases, {report['bootstrap_rounds']:,} times. A decision “cannot tell” is no alarm: it counts "
        "as missed where the recording departs from normal. The AUROC is of decision and confidence on one scale.",
        muted=True)


def _changes(report: Mapping[str, Any]) -> str:
    rows = []
    for reader in report["readers"]:
        for arm in reader["arms"]:
            other = arm["against_without"]
            rows.append([
                reader["reader"], arm["arm"], "–" if arm["median_s"] is None else f"{arm['median_s']:.1f}",
                _cell(arm["switch_rate"]), "–" if other is None else f"{other['differ']} of {other['n']}",
            ])
    return table(["reader", "arm", "median seconds a case", "changed with the heat on the screen",
                  "decided otherwise without heat"], rows, text=(0, 1))


def _cell(found: Mapping[str, Any]) -> str:
    if found["value"] is None:
        return f"not given: {found['why_none']}"
    return f"{with_interval(found['value'], found['interval'])}, n = {found['n']}"
