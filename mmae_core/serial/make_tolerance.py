"""Makes the file of test-retest differences from PTB-XL's patients with two normal recordings; checks it on others."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.person import person_of_entry
from mmae_core.errors import EcgError
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.serial.beat_grid import N_POINTS
from mmae_core.serial.compare import SerialComparison, compare
from mmae_core.serial.quantities import COMPARED_OF_RECORD, compared_keys, difference, quantity_of
from mmae_core.serial.serial_ecg import SerialEcg, read_serial_ecg
from mmae_core.serial.tolerance import GROUPS, SHARE_PERCENT, Tolerance, group_of, tolerance_of

Array = NDArray[np.float64]
Progress = Callable[[int], None]
Pair = tuple[SerialEcg, SerialEcg]


def normal_pairs(entries: Sequence[PtbxlEntry]) -> list[tuple[PtbxlEntry, PtbxlEntry]]:
    """Of each patient with two dated normal recordings or more, the two that follow each other soonest."""
    by_patient: dict[int, list[PtbxlEntry]] = defaultdict(list)
    for entry in entries:
        if entry.is_normal and entry.patient_id is not None and entry.recorded_at is not None:
            by_patient[entry.patient_id].append(entry)
    found = []
    for recordings in by_patient.values():
        ordered = sorted(recordings, key=lambda entry: (entry.recorded_at, entry.ecg_id))
        if len(ordered) > 1:
            found.append(min(pairwise(ordered), key=_gap_days))
    return found


def measure_pairs(pairs: Sequence[tuple[PtbxlEntry, PtbxlEntry]], progress: Progress | None = None) -> list[Pair]:
    """Measure both recordings of each pair; pairs of which one cannot be read are left out."""
    measured = []
    for done, pair in enumerate(pairs, start=1):
        try:
            first, second = (read_serial_ecg(read_record(entry.path), entry.recorded_at, person_of_entry(entry))
                             for entry in pair)
        except EcgError:
            continue
        finally:
            if progress is not None:
                progress(done)
        measured.append((first, second))
    return measured


def make_tolerance(pairs: Sequence[Pair], about: dict[str, Any]) -> Tolerance:
    """The tolerance of unchanged pairs. Raises DatasetError for too few."""
    keys = compared_keys()
    differences = np.array([
        [difference(key, first.values.get(key, np.nan), second.values.get(key, np.nan)) for key in keys]
        for first, second in pairs], np.float64).reshape(len(pairs), len(keys))
    nothing = np.full((len(STANDARD_LEADS), N_POINTS), np.nan)
    beats = np.array([nothing if first.beat_mv is None or second.beat_mv is None else second.beat_mv - first.beat_mv
                      for first, second in pairs])
    days = [(second.recorded_at - first.recorded_at).total_seconds() / 86400 for first, second in pairs
            if first.recorded_at is not None and second.recorded_at is not None]
    return tolerance_of(differences, beats, {
        **about, "n_pairs": len(pairs), "median_days": round(statistics.median(days), 1) if days else None})


def tolerance_card(tolerance: Tolerance, figures: Sequence[str]) -> str:
    """What the file holds and how it was made, as Markdown; `figures` are those of `check_figures`."""
    about = tolerance.about
    rows = "\n".join(
        f"| {quantity_of(key).label} | {tolerance.limits[key]:.{quantity_of(key).decimals}f} {quantity_of(key).unit} | "
        f"{tolerance.counts[key]:,} |" for key in COMPARED_OF_RECORD)
    return (
        "# Differences of unchanged pairs\n\n"
        f"`{about['command']}` on {about['dataset']}, folds {about['folds']} (Wagner et al. 2020, CC BY 4.0): "
        f"{tolerance.n_pairs:,} patients with two recordings whose only superclass is NORM, each patient's two that "
        f"follow each other soonest, {about['median_days']:g} days apart (median). A limit is what {SHARE_PERCENT:g} "
        "of 100 of these pairs do not exceed, either way; a factor multiplies the limits of its group so that as many "
        "pairs exceed none of them.\n\n"
        f"| measurement | limit | pairs |\n| --- | --- | --- |\n{rows}\n\n"
        "Limits of leads and of every point of the average beat are in the file.\n\n"
        "| group | factor |\n| --- | --- |\n"
        + "".join(f"| {group} | {tolerance.factors[group]:g} |\n" for group in GROUPS)
        + "\nThe same pairs:\n\n" + "".join(f"- {line}\n" for line in figures))


def check_figures(pairs: Sequence[Pair], tolerance: Tolerance) -> list[str]:
    """How often unchanged pairs exceed a tolerance, as lines for the terminal."""
    compared = [compare(first, second, tolerance) for first, second in pairs]
    cells = sum(one.n_compared for one in compared)
    beyond = sum(len(one.beyond) for one in compared)
    lines = [f"{len(pairs):,} pairs of normal recordings: {beyond / max(cells, 1):.1%} of {cells:,} differences exceed "
             "their tolerance (5 % where it was made)"]
    for group in GROUPS:
        any_beyond, any_clear = (sum(_has(one, group, clear=clear) for one in compared) for clear in (False, True))
        lines.append(f"{group}: {any_beyond / len(pairs):.1%} of the pairs have any beyond its tolerance, "
                     f"{any_clear / len(pairs):.1%} a clear one")
    return lines


def _has(comparison: SerialComparison, group: str, *, clear: bool) -> bool:
    of_group = (value for value in comparison.values if group_of(value.key) == group)
    return any(value.is_clear if clear else value.is_beyond for value in of_group)


def _gap_days(pair: tuple[PtbxlEntry, PtbxlEntry]) -> float:
    first, second = (entry.recorded_at for entry in pair)
    assert first is not None, "only dated recordings are paired"
    assert second is not None, "only dated recordings are paired"
    return (second - first).total_seconds()
