"""Words on beats that were changed by hand."""

from __future__ import annotations

from ecg_viewer.state.measure.what_if import WhatIf
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import percentile_text

NOT_THE_RECORDING = translatable("Changed by hand: not the recording")
DRAWN = translatable("Changed by hand")
"""The same where there is little room."""


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
    """The named departures of the changed beats, those that came and those that went marked."""
    found = what_if.found
    if found is None or not what_if.is_changed:
        return []
    lines = [translated(title) if key in found.before.facts else tr("New: {fact}").format(fact=translated(title))
             for key, title in found.after.facts.items()]
    lines += [tr("No longer: {fact}").format(fact=translated(title))
              for key, title in found.before.facts.items() if key not in found.after.facts]
    return lines or [tr("No named departure.")]
