"""Words on beats that were changed by hand."""

from __future__ import annotations

from ecg_viewer.state.measure.what_if import WhatIf
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import percentile_text

NOT_THE_RECORDING = translatable("Changed by hand: not the recording")


def score_text(what_if: WhatIf) -> str:
    """`Percentile among normal ECGs: 62.1 before, 98.4 after`."""
    if what_if.message:
        return tr("Not judged: {reason}").format(reason=what_if.message)
    if not what_if.is_changed:
        return tr("Pull a handle on a lead, or set an amount.")
    if what_if.found is None:
        return tr("Being judged…")
    before, after = what_if.found.before.percentile, what_if.found.after.percentile
    return tr("Percentile among normal ECGs: {before} before, {after} after").format(
        before=percentile_text(before), after=percentile_text(after))


def fact_lines(what_if: WhatIf) -> list[str]:
    """The named departures of the changed beats, those that the recording lacks marked as new."""
    found = what_if.found
    if found is None or not what_if.is_changed:
        return []
    before = frozenset(map(str, found.before.facts))
    lines = [translated(fact) if str(fact) in before else tr("New: {fact}").format(fact=translated(fact))
             for fact in found.after.facts]
    return lines or [tr("No named departure.")]
