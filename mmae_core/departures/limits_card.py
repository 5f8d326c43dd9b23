"""The card of a limits file: which normals, how many, under which licence, and the command that made it."""

from __future__ import annotations

from typing import Any

import numpy as np

import mmae_core
from mmae_core.config_arguments import fold_words
from mmae_core.departures.family_percentile import SHARES
from mmae_core.departures.limits import AGES, BANDWIDTH_YEARS, LEVELS, SEXES, Limits
from mmae_core.departures.make_limits import Cohort
from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES, RECORD_QUANTITIES

LABELS = LEAD_QUANTITIES | RECORD_QUANTITIES


def about_limits(cohort: Cohort, folds: str, every: int) -> dict[str, Any]:
    """Facts about the run, as stored in the file."""
    sexes = [person.sex for person in cohort.persons]
    ages = [person.age for person in cohort.persons if person.age is not None]
    return {
        "data": "PTB-XL's layout: records whose only diagnostic superclass is NORM",
        "folds": folds, "every": every, "records": len(cohort.values), "unread": cohort.n_unread,
        "women": sexes.count("female"), "men": sexes.count("male"),
        "age_known": len(ages),
        "age_quartiles": [float(q) for q in np.quantile(ages, [0.25, 0.5, 0.75])] if ages else [],
        "program": mmae_core.__version__,
        "command": f"mmae_core limits --data DIR --folds {folds}" + (f" --every {every}" if every > 1 else "")
                   + " --output limits.npz",
    }


def limits_card(limits: Limits) -> str:
    """The card as Markdown."""
    about = limits.about
    quartiles = ", ".join(f"{age:.0f}" for age in about["age_quartiles"])
    lines = [
        "# Limits of normal ECG measurements", "",
        "How each measurement of the average beat and of the rhythm is distributed among normal ECGs, by sex and age.",
        "Research use only; a value outside a limit is no diagnosis.", "",
        f"- **Data**: {about['data']}, {fold_words(about['folds'])}, first 10 s of each. Bundled: PTB-XL v1.0.3 "
        "(Wagner et al. 2020, doi 10.13026/kfzx-aw45), CC BY 4.0.",
        f"- **Records**: {about['records']:,} ({about['women']:,} of women, {about['men']:,} of men; age known of "
        f"{about['age_known']:,}, quartiles {quartiles} years). Nearly all at 100 Hz; everything is measured below "
        "40 Hz, at every rate.",
        "- **Age**: PTB-XL's age 300 (over 89 or missing) and no age: all ages pooled, by sex where known. No "
        "children.",
        f"- **Curves**: kernel-weighted quantiles (Gaussian, {BANDWIDTH_YEARS:g} years) at {len(AGES)} ages from "
        f"{AGES[0]:g} to {AGES[-1]:g}, linear between; {len(LEVELS)} levels from {LEVELS[0]:g} to {LEVELS[-1]:g}; for "
        f"{', '.join(SEXES)}; with the effective number of normals behind each.",
        f"- **Measurements**: {len(LEAD_QUANTITIES)} of each lead, {len(RECORD_QUANTITIES)} of the record; "
        f"{len(CANDIDATES)} sides of them are held against the limits.",
        "- **Left out**: intervals that no normal ECG has (PR outside 90-240 ms, QRS 60-140 ms, QTc 300-520 ms), taken "
        "for failures of measuring or unnamed blocks; they would set the limit for all others.",
        "- **Named by the report**: a normal record sets no limit for what a statement of its own names (rate: sinus "
        "tachycardia, bradycardia; PR: long PR; rhythm: fibrillation, extra beats; ST and T: remarks on them; Q waves, "
        "voltages likewise). It counts as normal all the same where flags are counted.",
        "- **Doubted**: a PR or QTc whose P or T may be another wave (`doubtful_intervals.py`) is not compared "
        "and sets no limit.",
        "- **Readers' limits**: beside the normals' distribution, rate, intervals, axes, voltages, P and U have limits "
        "of textbooks, short of which nothing is named, however rare: " + ", ".join(
            f"{LABELS[c.quantity].label} {'above' if c.sign > 0 else 'below'} {c.beyond:g}"
            f"{' ' + LABELS[c.quantity].unit if LABELS[c.quantity].unit else ''}"
            for c in CANDIDATES if c.beyond is not None) + ".",
        "- **Family**: the flag is set on the normals' distribution of the record's strongest departure, each normal "
        "without stated extra beats against limits of other patients: " + ", ".join(
            f"{100 * share:.2g} % may have one in {group}" for group, share in SHARES.items()) + ". With the model's "
        "map and own beats, all together: one in twenty at most.",
        "- **How small a change they find**: `detection_limits.md`, lead by lead in mV (`mmae_core detection-limits`).",
        f"- **Made by** version {about['program']}: `{about['command']}`", "",
    ]
    return "\n".join(lines)
