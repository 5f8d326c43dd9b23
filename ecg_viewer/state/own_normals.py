"""Own normals: which are chosen, what was found when they were examined, and the sentences about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

NORMAL = ("NORM",)
"""Superclasses of a normal recording."""
MIN_DRIFT_NORMALS = 50
"""Fewer normals of a list are not held against a cohort."""
FOLDER_LENGTH = 60
"""Longest name of a model's folder."""


@dataclass(frozen=True)
class Drift:
    """How normals stand against a model's cohort."""

    n_normals: int
    n_strong: int
    """Of them among the cohort's strongest 5 %."""
    strong_ci95: tuple[float, float]
    """Interval of their share, 0..1."""
    median_percentile: float
    p: float
    has_left: bool
    """Whether the cohort's percentiles do not hold for these normals."""


@dataclass(frozen=True)
class ExaminedNormals:
    """What was found of own normals with one model."""

    cohort: str
    n_normals: int
    """That can calibrate."""
    left_out: tuple[tuple[str, str], ...]
    """(recording, reason)"""
    former_cohort: str
    drift: Drift
    coverage: tuple[tuple[float, float, float, float], ...]
    """(promised share of false alarms, found, lowest, highest of all splits), each 0..1"""
    uneven_groups: tuple[str, ...]
    apart: tuple[Path, ...]
    """Recordings that stand apart from the others, the strongest first."""
    model: str | None
    """The model they were scored with; None for the default one."""
    scored: object = field(repr=False, compare=False, default=None)
    """What `ecg_viewer.jobs.own_normals.recalibrate_job` needs."""


def drift_sentence(drift: Drift, cohort: str) -> str:
    """How many normals are among the strongest of a cohort, and what that means for its percentiles."""
    low, high = (100 * share for share in drift.strong_ci95)
    found = tr("Against {cohort}: {n_strong} of {n} normals ({share} %, 95 % CI {low}–{high}) are among its strongest "
               "5 %; their median percentile is {median}.").format(
        cohort=cohort, n_strong=number(drift.n_strong, ","), n=number(drift.n_normals, ","),
        share=number(100 * drift.n_strong / drift.n_normals, ".1f"), low=number(low, ".1f"), high=number(high, ".1f"),
        median=number(drift.median_percentile, ".0f"))
    if drift.has_left:
        return found + " " + tr("They have left this cohort: its percentiles do not hold for them (p = {p}).").format(
            p=number(drift.p, ".1g"))
    return found + " " + tr("Nothing speaks against this cohort's percentiles (p = {p}).").format(
        p=number(drift.p, ".2f"))


def coverage_sentence(found: ExaminedNormals) -> str:
    """How well percentiles among the own normals hold for own normals that did not calibrate."""
    parts = [tr("{found} % where {promised} % are promised (splits: {low}–{high} %)").format(
        found=number(100 * share, ".1f"), promised=number(100 * promised, ".0f"), low=number(100 * low, ".1f"),
        high=number(100 * high, ".1f")) for promised, share, low, high in found.coverage]
    text = tr("Coverage, when one half calibrates and the other is tested: false alarms {shares}.").format(
        shares="; ".join(parts))
    if found.uneven_groups:
        text += " " + tr("The common percentiles do not hold alike for: {groups}.").format(
            groups=", ".join(_group_text(group) for group in found.uneven_groups))
    return text


def _group_text(group: str) -> str:
    """`sex female`, in the current language."""
    kind, _, part = group.partition(" ")
    kinds = {"sex": tr("sex"), "age": tr("age"), "rate": tr("sampling rate"), "folder": tr("folder")}
    parts = {"female": tr("female"), "male": tr("male")}
    return f"{kinds.get(kind, kind)} {parts.get(part, part)}"


def left_out_sentence(found: ExaminedNormals) -> str:
    """How many can be used, and the first reasons for leaving others out."""
    text = tr("Normals that can be used: {n}; left out: {left_out}.").format(
        n=number(found.n_normals, ","), left_out=number(len(found.left_out), ","))
    named = [f"{name}: {translated(reason)}" for name, reason in found.left_out[:3]]
    return " ".join([text, *(line if line.endswith(".") else line + "." for line in named)])


def apart_sentence(found: ExaminedNormals) -> str:
    """What to do with recordings that stand apart; empty without any."""
    if not found.apart:
        return ""
    return tr("Recordings that stand apart from the others: {n}. Look at them: one that is not normal makes others "
              "seem normal. Untick what is to be left out and examine again.").format(n=len(found.apart))


def model_folder(cohort: str) -> Path:
    """Where a model with this cohort is kept unless another place is chosen; not one that exists."""
    name = re.sub(r"[^\w-]+", "-", cohort).strip("-")[:FOLDER_LENGTH] or "own-normals"
    base = Path(platformdirs.user_data_dir(APP_NAME)) / "models"
    folder, count = base / name, 1
    while folder.exists():
        count += 1
        folder = base / f"{name}-{count}"
    return folder
