"""What the window of a long recording says."""

from __future__ import annotations

from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import duration_text
from mmae_core.holter.results import Episode, EpisodeKind, Holter, HolterShape, Variability

KIND_WORDS: dict[EpisodeKind, str] = {
    "fast": translatable("Fast"),
    "slow": translatable("Slow"),
    "pause": translatable("Pause"),
    "irregular": translatable("Irregular intervals"),
    "st": translatable("ST shift"),
    "run": translatable("Run of another shape"),
    "poor": translatable("Poor signal"),
}

LIMIT_WORDS: dict[str, tuple[str, str, int, float, float]] = {
    "fast_bpm": (translatable("Fast: more than"), "/min", 0, 60, 250),
    "slow_bpm": (translatable("Slow: less than"), "/min", 0, 20, 90),
    "least_rate_s": (translatable("Fast, slow and irregular: for at least"), "s", 0, 5, 600),
    "pause_s": (translatable("Pause: longer than"), "s", 1, 1, 10),
    "irregular_share": (translatable("Irregular: intervals change by more than a share of"), "", 2, 0.02, 0.5),
    "st_shift_mv": (translatable("ST shift: at least"), "mV", 2, 0.02, 1),
    "st_shift_s": (translatable("ST shift: for at least"), "s", 0, 20, 600),
    "run_beats": (translatable("Run of another shape: beats in a row"), "", 0, 2, 100),
    "poor_s": (translatable("Poor signal: for at least"), "s", 0, 10, 600),
}
"""Label, unit, decimals, least and most of every limit that the reader can change."""

VARIABILITY_ROWS: tuple[tuple[str, str, str, int, str], ...] = (
    ("mean_nn_ms", translatable("Mean NN"), "ms", 0, translatable("Mean interval between normal beats")),
    ("sdnn_ms", "SDNN", "ms", 1, translatable("Standard deviation of all NN intervals")),
    ("sdann_ms", "SDANN", "ms", 1, translatable("Standard deviation of the means of 5 minutes")),
    ("sdnn_index_ms", translatable("SDNN index"), "ms", 1,
     translatable("Mean of the standard deviations of 5 minutes")),
    ("rmssd_ms", "RMSSD", "ms", 1, translatable("Root mean square of successive differences")),
    ("pnn50_percent", "pNN50", "%", 1, translatable("Successive differences of more than 50 ms")),
    ("sd1_ms", "SD1", "ms", 1, translatable("Poincaré plot: across the line of equal intervals")),
    ("sd2_ms", "SD2", "ms", 1, translatable("Poincaré plot: along that line")),
)


def kind_word(kind: EpisodeKind) -> str:
    """What a kind of episode is called."""
    return tr(KIND_WORDS[kind])


def length_text(episode: Episode) -> str:
    """`2.31 s`, `34 s`, `5 min 10 s`."""
    if episode.duration_s < 10:
        return f"{number(episode.duration_s, '.2f')} s"
    if episode.duration_s < 120:
        return f"{number(episode.duration_s, '.0f')} s"
    return duration_text(episode.duration_s)


def episode_text(episode: Episode) -> str:
    """What was measured."""
    return translated(episode.text)


def summary_text(found: Holter) -> str:
    """One line for the whole recording."""
    counts = found.counts
    parts = [tr("{n} beats").format(n=number(counts["all"], ","))]
    rates = found.trends.rate_bpm[found.trends.rate_bpm == found.trends.rate_bpm]
    if len(rates):
        parts.append(tr("{low}–{high}/min (minutes), median {middle}").format(
            low=number(float(rates.min()), ".0f"), high=number(float(rates.max()), ".0f"),
            middle=number(sorted(rates.tolist())[len(rates) // 2], ".0f")))
    parts.append(tr("{n} premature").format(n=number(counts["premature"], ",")))
    parts.append(tr("{n} of another shape").format(n=number(counts["other_shape"], ",")))
    parts.append(tr("episodes: {n}").format(n=number(len(found.episodes), ",")))
    if len(found.trends.is_poor):
        parts.append(tr("poor signal {share} %").format(share=number(100 * float(found.trends.is_poor.mean()), ".1f")))
    return " · ".join(parts)


def shape_text(shape: HolterShape) -> str:
    """What is known of a shape of beats."""
    parts = [tr("beats: {n} ({share} %)").format(n=number(shape.n_beats, ","), share=number(100 * shape.share, ".1f"))]
    if shape.is_wide:
        parts.append(tr("QRS wider than that of A"))
    if shape.n_usual and shape.name != "A":
        parts.append(tr("usual where they are: {n}").format(n=number(shape.n_usual, ",")))
    return " · ".join(parts)


def variability_note(values: Variability) -> str:
    """How many intervals were used, and what is uncertain or refused."""
    lines = [tr("{n} of {all} intervals ({share} %) lie between two normal beats; only these are used. Poor signal and "
                "gaps are left out.").format(n=number(values.n_nn, ","), all=number(values.n_intervals, ","),
                                             share=number(100 * values.nn_share, ".1f"))]
    if values.refusal is not None:
        lines.append(tr("Refused: {reason}.").format(reason=translated(values.refusal)))
    lines += [f"{translated(item)}." for item in values.limitations]
    lines.append(tr("Definitions: Task Force of the ESC and NASPE, 1996."))
    return "\n".join(lines)
