"""The viewer's sentences about a recording: distances from a cohort, never a diagnosis."""

from __future__ import annotations

import math

from ecg_viewer.state.assessment import HIGH_PERCENTILE, ModelInfo, Phase, WindowCounts
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.clock_words import clock_text
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import localised, number
from mmae_core.assessment import QualityReport, Verdict, WindowAssessment
from mmae_core.clock import Clock
from mmae_core.percentiles import cut_percentile
from mmae_core.record import EcgRecord

RESEARCH_USE_BADGE = translatable("RESEARCH USE ONLY - not for diagnosis")
RESEARCH_USE_NOTICE = translatable(
    "This program is for research only, not for diagnosis. Its colours say how far a stretch is from normal ECGs the "
    "model has seen, not what is wrong or how severe it is; pale does not mean healthy. "
    "Everything stays on this computer."
)

VERDICTS: dict[Verdict, str] = {
    "good": translatable("good"),
    "fair": translatable("fair"),
    "poor": translatable("poor"),
}
"""Words for signal quality."""


def cohort_sentence(percentile: float, n_normals: int | None) -> str:
    """`More unusual than 97.3 % of 912 normal ECGs`; 100 % and 0 % are written as "all" and "none"."""
    cohort = tr("{n:,} normal ECGs").format(n=n_normals) if n_normals else tr("the normal ECGs")
    if math.isnan(percentile):
        return tr("Not compared with normal ECGs")
    if percentile >= 100:
        return tr("More unusual than every one of {cohort}").format(cohort=cohort)
    if percentile <= 0:
        return tr("Less unusual than every one of {cohort}").format(cohort=cohort)
    text = tr("More unusual than {percent} % of {cohort}")
    return text.format(percent=percentile_text(percentile), cohort=cohort)


def percentile_text(percentile: float) -> str:
    """`97.3`, `99.97`, `100`, as `mmae_core.percentiles` cuts it; a dash for NaN."""
    if math.isnan(percentile):
        return "–"
    shown, decimals = cut_percentile(percentile)
    return number(shown, f".{decimals}f")


def p_value_sentence(p_value: float) -> str:
    """What the p-value means, in the words of split-conformal prediction."""
    if math.isnan(p_value):
        return ""
    shown = number(p_value, ".3f" if p_value >= 0.001 else ".1e")
    return tr("p = {p}: the chance that a normal ECG departs at least as much").format(p=shown)


def window_sentence(window: WindowAssessment, n_normals: int | None) -> str:
    """The first sentence on a window: how unusual it is, or why its signal is too poor to tell."""
    return cohort_sentence(window.percentile, n_normals) if window.reliable else unreliable_sentence(window.quality)


def unreliable_sentence(quality: QualityReport | None) -> str:
    """`Unreliable – V1, V2: flat for 8.2 of 10 s`: the reason in the place of a number that would alarm."""
    if quality is None or not quality.reasons:
        return tr("Unreliable: the signal is too poor")
    return tr("Unreliable – {reason}").format(reason=translated(quality.reasons[0]))


def unreliable_number(window: WindowAssessment) -> str:
    """The percentile of an unreliable window, shown on request."""
    text = tr("Percentile {percentile}, which may say more about the signal than about the heart.")
    return text.format(percentile=percentile_text(window.percentile))


def strongest_sentence(sentence: str, counts: WindowCounts) -> str:
    """The sentence on the strongest window of a longer recording, which says that it is the strongest of so many."""
    sentence = sentence[0].lower() + sentence[1:]
    if counts.n > 1:
        return tr("Strongest of {n:,} 10-s windows: {sentence}").format(n=counts.n, sentence=sentence)
    return tr("Strongest 10 s: {sentence}").format(sentence=sentence)


def windows_note(counts: WindowCounts) -> str:
    """Why the strongest of several windows has no p-value: that of many is high in a normal ECG, too."""
    if counts.n <= 1:
        return ""
    return tr("The normal cohort has one 10-s window per ECG: the strongest of several has no p-value.")


def windows_sentence(counts: WindowCounts) -> str:
    """How many of several windows are high, in place of a p-value; empty for one window."""
    if counts.n <= 1:
        return ""
    text = tr("{high:,} of {n:,} 10-s windows ({share} %) reach the {level:g}th percentile; of normal ECGs "
              "{expected:g} % do.")
    return text.format(high=counts.n_high, n=counts.n, share=number(100 * counts.n_high / counts.n, ".1f"),
                       level=HIGH_PERCENTILE, expected=100 - HIGH_PERCENTILE)


def comparison_sentence(window: WindowAssessment, counts: WindowCounts) -> str:
    """What follows the first sentence: the p-value of a single window, how many of several stand out, or that no
    percentile is reliable.
    """
    if window.reliable:
        return " ".join(filter(None, (windows_sentence(counts), windows_note(counts)))) or p_value_sentence(
            window.p_value)
    return tr("The signal is too poor to be compared with normal ECGs; no percentile counts.")


def quality_text(quality: QualityReport | None, *, of_strongest: bool) -> str:
    """Signal quality in a line, with what was found unless the sentence on unreliable percentiles already says it."""
    if quality is None:
        return ""
    text = (
        tr("Signal quality of the strongest 10 s: {verdict} ({score:.2f} of 1)")
        if of_strongest
        else tr("Signal quality: {verdict} ({score:.2f} of 1)")
    )
    first = text.format(verdict=tr(VERDICTS[quality.verdict]), score=quality.score)
    return "\n".join((first, *map(translated, quality.reasons))) if quality.reliable else first


def unreliable_count(n_unreliable: int, n_windows: int) -> str:
    """How much of a longer recording is unreliable."""
    if not n_unreliable:
        return ""
    text = tr("{n:,} of {total:,} stretches of 10 s are unreliable: poor signal")
    return text.format(n=n_unreliable, total=n_windows)


def poor_lead_text(lead: str, reason: str) -> str:
    """For a lead whose signal is poor."""
    return tr("{lead} is unreliable: {reason}").format(lead=lead, reason=translated(reason) or tr("poor signal"))


def phase_sentence(phase: Phase, model: str) -> str:
    """What is being computed, by which model, or that there is no result."""
    if phase is Phase.WAITING:
        return tr("Starting {model}…").format(model=model)
    if phase is Phase.SCORING:
        return tr("Assessing with {model}…").format(model=model)
    return "" if phase in (Phase.NONE, Phase.HIDDEN) else tr("Not assessed")


def model_sentence(info: ModelInfo) -> str:
    """`Model mmae-ecg-faithful, version 1, on cpu`."""
    if not info.device:
        return tr("Model {name}, version {version}").format(name=info.name, version=info.version)
    text = tr("Model {name}, version {version}, on {device}")
    return text.format(name=info.name, version=info.version, device=info.device)


def model_cohort_sentence(info: ModelInfo) -> str:
    """Whom the model compares with: `Compared with 896 normal ECGs: normal records of PTB-XL v1.0.3, fold 9`."""
    cohort = tr("{n:,} normal ECGs").format(n=info.n_normals) if info.n_normals else tr("normal ECGs")
    text = tr("Compared with {cohort}").format(cohort=cohort)
    return f"{text}: {info.cohort}" if info.cohort else text


def model_explanation(info: ModelInfo) -> str:
    """Everything shown about a model, one line each: version, cohort, training data, checksum."""
    lines = [model_sentence(info), model_cohort_sentence(info)]
    if info.trained_on:
        lines.append(tr("Learned from {data}").format(data=info.trained_on))
    if info.sha256:
        lines.append(tr("Weights SHA-256 {sha256}").format(sha256=info.sha256))
    return "\n".join(lines)


def time_text(time_s: float, *, long: bool, clock: Clock | None = None) -> str:
    """`3.42` in a short recording; `1:02:03.4` in a long one; with a clock the time of day, `02:14:05.3`."""
    if clock is not None:
        return clock_text(clock, time_s, 1)
    if not long:
        return number(time_s, ".2f")
    tenths = round(max(time_s, 0.0) * 10)
    hours, rest = divmod(tenths, 36_000)
    minutes, tenths = divmod(rest, 600)
    return f"{hours}:{minutes:02d}:{tenths // 10:02d}{localised('.')}{tenths % 10}"


def instant_text(time_s: float, *, long: bool, clock: Clock | None = None) -> str:
    """`time_text` with its unit, where it has one: `3.42 s`, `1:02:03.4`, `02:14:05.3`."""
    return time_text(time_s, long=long, clock=clock) + ("" if long or clock is not None else " s")


def when_text(clock: Clock | None, time_s: float, duration_s: float) -> str:
    """The time of day to the second where there is a clock, else the time from the recording's beginning."""
    if clock is not None:
        return clock_text(clock, time_s)
    return instant_text(time_s, long=is_long(duration_s))


def lead_title(lead: str) -> str:
    """`Lead V1`."""
    return tr("Lead {lead}").format(lead=lead)


def is_long(duration_s: float) -> bool:
    """Whether times are shown as hours, minutes and seconds."""
    return duration_s >= 600


def duration_text(duration_s: float) -> str:
    """`10 s`, `12 min 3 s`, `23 h 59 min`."""
    if duration_s < 120:
        return f"{number(duration_s, '.4g')} s"
    seconds = round(duration_s)
    if seconds < 7200:
        return f"{seconds // 60} min {seconds % 60} s"
    minutes = round(duration_s / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"


def record_sentence(record: EcgRecord) -> str:
    """`10 s · 500 Hz · 12 leads (4 derived from I and II)`; nothing that could identify a patient."""
    leads = len(record.lead_names)
    others = len(record.trace_names) - leads
    counts = [tr("1 lead") if leads == 1 else tr("{n} leads").format(n=leads)] if leads or not others else []
    text = f"{duration_text(record.duration_s)} · {number(record.sampling_rate_hz, 'g')} Hz"
    if record.derived_leads:
        counts[0] += " " + tr("({n} derived from I and II)").format(n=len(record.derived_leads))
    if others:
        counts.append(tr("1 other channel") if others == 1 else tr("{n} other channels").format(n=others))
    return " · ".join((text, *counts))


def title_text(item: RecordItem) -> str:
    """A recording's title, translated; empty without one."""
    return tr(item.title) if item.title else ""


def statements_text(item: RecordItem) -> str:
    """The data set's own labels, strongest first: `NORM 100 · SR`; likelihood 0 means unknown in PTB-XL."""
    ordered = sorted(item.statements, key=lambda statement: -statement[1])
    return " · ".join(f"{code} {likelihood:g}" if likelihood > 0 else code for code, likelihood in ordered)
