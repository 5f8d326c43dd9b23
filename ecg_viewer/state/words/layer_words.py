"""Words for the three layers: their names, what they show and cannot show, and a sentence for each mark."""

from __future__ import annotations

from collections.abc import Container

from ecg_viewer.state.layers import Layers, OddBeat
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import percentile_text
from mmae_core.assessment import Layer
from mmae_core.errors import EcgError

LAYER_TITLES: dict[Layer, str] = {
    "named": translatable("Named departures"), "model": translatable("Model's map"), "own": translatable("Own beats")
}
LAYER_SENTENCES: dict[Layer, str] = {
    "named": translatable("Measurements of the average beat (P, QRS, ST, T, intervals, axis, rate) that lie outside "
                          "the range of normal ECGs of that sex and age."),
    "model": translatable("Where the recorded trace is not what the model expects of a normal ECG; such a place has no "
                          "name."),
    "own": translatable("Beats that are unlike this patient's other beats, lead by lead."),
}
LAYER_SCALES: dict[Layer, str] = {
    "named": translatable("Its colour is a percentile among departures of its own part: ST and T, rate, intervals, "
                          "rhythm, or all else; so more normal ECGs have a colour from the 95th somewhere than have a "
                          "finding, which is ranked among all of them. In a sentence, normal ECGs near in age count "
                          "more than others, and the number is what they are worth together."),
    "model": translatable("Its colour is the share of normal ECGs whose same wave in the same lead is nowhere as "
                          "unusual."),
    "own": translatable("Its colour is the share of normal ECGs without a beat as odd in that lead."),
}
"""What the colour of each layer compares with."""
LAYER_LIMITS: dict[Layer, str] = {
    "named": translatable("Not seen: a single odd beat, anything unmeasured"),
    "model": translatable("Little seen: ST level, conduction times, rhythm"),
    "own": translatable("Not seen: what all beats share, small T alternans"),
}


def sentences_at(layers: Layers, lead: str, time_s: float, shown: Container[Layer]) -> tuple[str, ...]:
    """What the shown layers mark at an instant of a lead, in sentences, the strongest first."""
    marks = layers.marks_at(lead, time_s, shown)
    return tuple(dict.fromkeys(
        beat_sentence(item) if isinstance(item, OddBeat) else translated(item.sentence) for item in marks
    ))


def beat_sentence(odd: OddBeat) -> str:
    """`Beat of shape B, unlike the patient's other beats in V1: more so than any beat of 99.2 % of normal ECGs`."""
    text = (
        tr("Premature beat of shape {shape}, unlike the patient's other beats in {lead}: more so than any beat of "
           "{percent} % of normal ECGs")
        if odd.beat.is_premature
        else tr("Beat of shape {shape}, unlike the patient's other beats in {lead}: more so than any beat of "
                "{percent} % of normal ECGs")
    )
    return text.format(shape=odd.shape, lead=odd.lead, percent=percentile_text(odd.percentile))


def limits_of_layer(layers: Layers, layer: Layer) -> tuple[str, ...]:
    """What a layer could not assess in this recording, with reasons, then what it can never detect."""
    said = (*map(translated, layers.limitations(layer)), tr(LAYER_LIMITS[layer]))
    return (*said, *_smallest_changes()) if layer == "named" else said


def _smallest_changes() -> tuple[str, ...]:
    """How small a change named departures find; nothing if the file that says so is missing."""
    from mmae_core.report.detection_limits_table import bundled_detection_limits, reach

    try:
        document = bundled_detection_limits()
    except EcgError:
        return ()
    parts = {"ST up": tr("ST raised by {low} mV ({low_lead}) to {high} mV ({high_lead})"),
             "ST down": tr("ST lowered by {low} mV ({low_lead}) to {high} mV ({high_lead})"),
             "T down": tr("T lowered by {low} mV ({low_lead}) to {high} mV ({high_lead})"),
             "Q": tr("Q deepened by {low} mV ({low_lead}) to {high} mV ({high_lead})")}
    found = {kind: reach(document, kind) for kind in parts}
    told = [parts[kind].format(low=number(limits[0], ".2f"), low_lead=limits[1], high=number(limits[2], ".2f"),
                               high_lead=limits[3]) for kind, limits in found.items() if limits is not None]
    sentences = [tr("Smallest change in one lead that is named in half of normal ECGs: {changes}.").format(
        changes="; ".join(told))]
    if found["Q"] is None:
        sentences.append(tr("A Q of 40 ms in one lead is named in hardly any, up to {most} mV.").format(
            most=number(document["about"]["most_mv"]["Q"], "g")))
    return tuple(sentences)


def limitation_sentences(layers: Layers) -> tuple[str, ...]:
    """What each layer could not assess in this recording: `Own beats: beats cut off at the ends: 1`."""
    return tuple(f"{tr(title)}: {translated(text)}" for layer, title in LAYER_TITLES.items()
                 for text in layers.limitations(layer))
