"""Sentences on a written benchmark: what is in it, what was left out and why, and its limitations."""

from __future__ import annotations

from ecg_viewer.export.benchmark import IGNORED, WINDOW_S, Made
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number


def counted(made: Made) -> str:
    """Windows, and how many recordings were left out; short enough for the status bar, and right for one of each."""
    text = tr("Benchmark windows: {windows} ({positive} positive, {normal} normal); recordings left out: {left}")
    return text.format(
        windows=number(made.n_windows, ","), positive=number(made.n_positive, ","),
        normal=number(made.n_normal, ","), left=number(len(made.left_out), ","),
    )


def caveats(made: Made) -> list[str]:
    """What limits the figures measured on it; empty if nothing does."""
    found = []
    if made.left_windows:
        found.append(
            tr("Windows left out: {n}. Nothing in them is positive, and findings in them are not decided ({count}), "
               "which is not the same as normal.").format(
                n=len(made.left_windows), count=sum(item.n_undecided for item in made.left_windows)
            )
        )
    if made.n_ignored:
        found.append(
            tr("Undecided findings beside positive ones: {n}. mmae_core evaluate ignores their stretches "
               "({file}).").format(n=made.n_ignored, file=IGNORED)
        )
    if made.truth.by_model:
        found.append(
            tr("Positive stretches: {n} found by a model, with its own borders, {own} marked by hand. Figures of that "
               "model on this set flatter it.").format(n=made.truth.by_model, own=made.truth.by_hand)
        )
    return found


def omissions(made: Made) -> list[str]:
    """A line for each recording and window that is not in it."""
    lines = [tr("{name}: left out: {reason}").format(name=name, reason=reason) for name, reason in made.left_out]
    return lines + [
        tr("{name}, {start} to {end} s: left out: nothing positive; findings not decided: {n}").format(
            name=item.record, start=number(item.start_s, "g"), end=number(item.start_s + WINDOW_S, "g"),
            n=item.n_undecided,
        )
        for item in made.left_windows
    ]
