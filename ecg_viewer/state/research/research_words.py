"""Sentences of the research tab: what is known, what was found of it, what the model's card states."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.research.localization_outcome import TOUCH_S, EventKind, Localization, Outcome
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.research.truth import TruthBox, TruthSource
from ecg_viewer.state.research.truth_tracker import MAX_MAPPED_S
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from mmae_core.scoring.finding_config import FindConfig

_SOURCES: dict[TruthSource, str] = {
    "lesion": translatable("lesion file"),
    "beat": translatable("beat annotations"),
    "rhythm": translatable("rhythm annotations"),
    "array": translatable("label array"),
    "reviewer": translatable("the reviewer"),
}
_EVENTS: dict[EventKind, str] = {
    "hit": translatable("Hit"),
    "miss": translatable("Miss"),
    "false alarm": translatable("False alarm"),
}
EVENT_SIGNS: dict[EventKind, str] = {"hit": "▲", "miss": "△", "false alarm": "!"}
"""What became of a box is the model's; `✓`, `✕` and `○` are a person's decisions (`state.review.review`)."""
MAX_KINDS = 4


def event_word(kind: EventKind, assessment: Assessment) -> str:
    """A sign and a word, so as not to rely on colour. A box not yet assessed is not called missed."""
    if kind == "miss" and not is_assessed(assessment):
        return tr("– Not assessed")
    return f"{EVENT_SIGNS[kind]} {tr(_EVENTS[kind])}"


def box_kind_text(kind: str) -> str:
    """What a box is, in words: `premature_wide_beat` of a lesion file is `premature wide beat`."""
    return tr(kind).replace("_", " ")


def truth_text(boxes: Sequence[TruthBox], left_out: Sequence[tuple[str, int]] = ()) -> str:
    """How many boxes, of what, from where, and which rhythm marks were left out."""
    unlisted = ""
    if left_out:
        codes = ", ".join(f"({code} × {number(n, ',')}" for code, n in left_out)
        unlisted = " " + tr("Left out: rhythm marks that are in no table of rhythms: {codes}.").format(codes=codes)
    if not boxes:
        return tr("Nothing beside this recording says what is abnormal in it, and the reviewer has confirmed nothing."
                  ) + unlisted
    kinds = Counter(box.kind for box in boxes).most_common()
    shown = ", ".join(f"{count} × {box_kind_text(kind)}" for kind, count in kinds[:MAX_KINDS])
    more = "" if len(kinds) <= MAX_KINDS else " …"
    sources = sources_text(dict.fromkeys(box.source for box in boxes))
    text = tr("{boxes}{more} (from: {sources}).").format(boxes=shown, more=more, sources=sources)
    if any(box.source == "reviewer" for box in boxes):
        text += " " + tr("A finding that the reviewer has confirmed is a hit by definition.")
    text += unlisted
    if any(box.source == "rhythm" for box in boxes):
        text += " " + tr("A rhythm episode is hit by any finding in it; its points do not count for AUROC.")
    return text


def sources_text(sources: Iterable[TruthSource]) -> str:
    """`beat annotations, the reviewer`."""
    return ", ".join(tr(_SOURCES[source]) for source in sources)


def figures_text(figures: Localization | None, has_truth: bool, is_too_long: bool) -> str:
    """Areas under curves of the whole map."""
    if not has_truth:
        return ""
    if is_too_long:
        return tr("AUROC is not computed for recordings longer than {n:.0f} min.").format(n=MAX_MAPPED_S / 60)
    if figures is None:
        return tr("AUROC: once the whole recording is assessed.")
    if math.isnan(figures.auroc):
        return tr("No AUROC: no assessed point lies in a region, or none outside.")
    return tr("AUROC {auroc:.3f}, average precision {precision:.3f} (chance {chance:.3f})").format(
        auroc=figures.auroc, precision=figures.average_precision, chance=figures.chance)


def is_assessed(assessment: Assessment) -> bool:
    """Whether anything of the recording was assessed so far."""
    return assessment.done_s > 0 and (assessment.strongest_window is not None or not assessment.windows)


def outcome_text(outcome: Outcome, assessment: Assessment) -> str:
    """Counts at the threshold, with a caution if not all was assessed: misses may be hits."""
    if not is_assessed(assessment):
        return (tr("Hits and misses: once the recording is assessed.") if assessment.phase.is_running
                else tr("The recording is not assessed: nothing in it is hit or missed."))
    n_boxes = outcome.n_hits + outcome.n_misses
    text = tr("At the {threshold:g}th percentile: {hits} of {boxes} hit, {misses} missed, {alarms} false alarms.")
    said = text.format(
        threshold=outcome.threshold, hits=outcome.n_hits, boxes=n_boxes, misses=outcome.n_misses,
        alarms=outcome.n_false_alarms)
    if assessment.phase is Phase.DONE:
        return said
    return said + " " + tr("So far: {done:.0f} of {total:.0f} s are assessed.").format(
        done=assessment.done_s, total=assessment.total_s)


def rule_text() -> str:
    """When a box counts as hit."""
    return tr("A region is hit if a finding in one of its leads overlaps it, or comes within {ms:.0f} ms of it; "
              "findings "
              "begin at the {n:g}th percentile. AUROC is of the map's points inside against outside the regions, 0.2 s "
              "cut at both ends.").format(ms=1000 * TOUCH_S, n=FindConfig().min_percentile)


def points_text(points: Sequence[OperatingPoint] | None, score: float | None, n_windows: int = 1) -> str:
    """What the model's card states about its score as a detector, and where this recording stands.

    The card is about one window of each recording; the score of `n_windows` is that of the strongest.
    """
    if points is None:
        return tr("Sensitivity and specificity stand here once the model is loaded.")
    if not points:
        return tr("Sensitivity and specificity are unknown: the model's card states none.")
    lines = []
    for point in points:
        line = tr("Specificity {specificity:.0%}, sensitivity {sensitivity:.0%} at a score of {threshold:.2f}, "
                  "percentile {percentile:.0f}").format(
            specificity=point.specificity, sensitivity=point.sensitivity, threshold=point.threshold,
            percentile=point.percentile)
        if score is not None and math.isfinite(score):
            line += tr(": this recording is above") if score >= point.threshold else tr(": this recording is below")
        lines.append(line + ".")
    where = points[0].measured_on
    lines.append(tr("Measured on {where}, stated by the model's card.").format(where=where) if where
                 else tr("The model's card does not say on which recordings."))
    if score is not None and math.isfinite(score):
        lines.append(tr("This recording's score is {score:.2f}.").format(score=score) if n_windows <= 1 else
                     tr("The strongest of {n:,} 10-s windows has a score of {score:.2f}; the card's figures "
                        "are of one 10-s window per ECG.").format(n=n_windows, score=score))
    return "\n".join(lines)
