"""What an empty list of findings says: never "nothing stands out" unless everything was assessed."""

from __future__ import annotations

import math

from ecg_viewer.state.assessment import HIGH_PERCENTILE, Assessment, Phase
from ecg_viewer.state.layers import LEAST_PERCENTILE
from ecg_viewer.state.measure.header_line import stands_in_header
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import unreliable_count
from mmae_core.record import STANDARD_LEADS

_BEFORE_THE_END = {
    Phase.NONE: translatable("Open a recording to have it assessed."),
    Phase.HIDDEN: translatable("Hidden until you have committed your first read."),
    Phase.WAITING: translatable("Nothing yet; the model is starting…"),
    Phase.SCORING: translatable("Nothing yet; assessing…"),
}


def no_findings_sentence(assessment: Assessment) -> str:
    """Why no finding is listed, what was not assessed, and that no finding does not mean normal."""
    phase, window = assessment.phase, assessment.strongest_window
    if phase in _BEFORE_THE_END:
        return tr(_BEFORE_THE_END[phase])
    if phase is Phase.CANCELLED:
        if not assessment.windows:
            return tr("Stopped before anything was assessed.")
        return tr("Stopped after {done:.0f} of {total:.0f} s: no stretch stood out until then, the rest was "
                  "not assessed.").format(done=assessment.done_s, total=assessment.total_s)
    if phase is Phase.DONE and len(_never(assessment)) == len(STANDARD_LEADS):
        return tr("Not assessed: every lead is flat, missing or too small.")
    if phase is not Phase.DONE or window is None:
        reasons = [assessment.message] if assessment.message else assessment.notes[:2]
        if not reasons:
            return tr("Not assessed.")
        return tr("Not assessed: {reason}").format(reason="; ".join(map(translated, reasons)))
    if not window.reliable:
        return tr("The signal is too poor to tell whether a stretch stands out: see the summary.")
    is_high = window.percentile >= HIGH_PERCENTILE
    if _has_coloured_measurements(assessment):
        whole = tr("So does the recording as a whole: see the summary.")
        return " ".join((tr("No finding: more than one normal ECG in twenty shows something as unusual. Single "
                            "measurements do stand out: in bold above the paper or in colour on it."),
                         *([whole] if is_high else []), *_unseen(assessment),
                         tr("This does not mean the ECG is normal.")))
    if is_high:
        return tr("No single stretch stands out, but the recording as a whole does: see the summary.")
    unseen = _unseen(assessment)
    if not unseen:
        return tr("No stretch stands out from the normal cohort. This does not mean the ECG is normal.")
    return " ".join((tr("No stretch stands out in what was assessed."), *unseen,
                     tr("This does not mean the ECG is normal.")))


def no_findings_word(assessment: Assessment) -> str:
    """Why the list of findings is empty, in two or three words for the tool bar."""
    if assessment.phase is Phase.HIDDEN:
        return tr("hidden")
    if assessment.phase.is_running:
        return tr("not yet assessed")
    if assessment.phase is Phase.DONE and assessment.strongest_window is not None:
        return tr("no findings") if assessment.strongest_window.reliable else tr("poor signal")
    return tr("no findings") if assessment.phase is Phase.NONE else tr("not assessed")


def _has_coloured_measurements(assessment: Assessment) -> bool:
    """Whether a measurement is coloured on the paper, or in bold in the line above it."""
    return any(departure.heat_percentile >= LEAST_PERCENTILE or stands_in_header(departure)
               for part in assessment.layers.departures for departure in part.departures)


def _unseen(assessment: Assessment) -> list[str]:
    """Which parts of an assessed recording were not assessed, in sentences."""
    windows = assessment.windows
    found = []
    if never := _never(assessment):
        found.append(tr("Not assessed: {reason}").format(reason=f"{', '.join(never)}."))
    gaps = sum(math.isnan(window.score) for window in windows)
    if gaps:
        found.append(tr("Not assessed: {n:,} of {total:,} stretches of 10 s.").format(n=gaps, total=len(windows)))
    uncompared = (part.limitations[0] for part in assessment.layers.departures if part.limitations and not part.group)
    found += [tr("Named departures: {reason}.").format(reason=translated(text)) for text in dict.fromkeys(uncompared)]
    if poor := unreliable_count(assessment.n_unreliable, len(windows)):
        found.append(f"{poor}.")
    return found


def _never(assessment: Assessment) -> list[str]:
    """Leads that were assessed in no window."""
    windows = assessment.windows
    return [lead for place, lead in enumerate(STANDARD_LEADS)
            if windows and not any(window.assessable[place] for window in windows)]
