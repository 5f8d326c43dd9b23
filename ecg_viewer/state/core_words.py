"""What the window says of a signal in the words of `mmae_core`, which are English: the same in the language in use.

The core's sentences are `Said`: they keep their template and what was filled in. What is only a text by now, such as
what was kept in a file, stays English.
"""

from __future__ import annotations

from ecg_viewer.state.language import mark, tr
from mmae_core.said import Joined, Said

TEMPLATES = (
    mark("all leads"),
    mark("several leads"),
    mark("{leads}: {fault}"),
    mark("{leads}: {fault} ({worst_lead})"),
    mark("{first} and {second}"),
    mark("missing"),
    mark("flat"),
    mark("no valid samples for {bad_s:.1f} of {whole_s:.0f} s"),
    mark("flat for {bad_s:.1f} of {whole_s:.0f} s"),
    mark("stuck at {level_mv:.1f} mV for {bad_s:.1f} of {whole_s:.0f} s"),
    mark("clipped at {level_mv:.2f} mV in {bad_s:.1f} s"),
    mark("swings of up to {swing_mv:.1f} mV, more than a heart makes"),
    mark("a jump of {jump_mv:.1f} mV at {at_s:.1f} s"),
    mark("baseline wander of up to {wander_mv:.1f} mV in a second"),
    mark("noise of up to {noise_uv:.0f} µV rms ({low_hz:g}-{high_hz:g} Hz)"),
    mark("never quiet between beats, up to {activity_mv:.2f} mV rms ({low_hz:g}-{high_hz:g} Hz)"),
    mark("mains hum of {hum_mv:.2f} mV at {hum_hz:.0f} Hz"),
    mark("too small ({range_mv:.2f} mV)"),
    mark("too small (up to {range_mv:.2f} mV)"),
    mark("muscle noise cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)"),
    mark("mains hum cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)"),
    mark("pacing spikes cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)"),
    mark("exchanged arm electrodes cannot be told without lead I, aVR and one of V5 and V6"),
    mark(", aVR upright"),
    mark("The arm electrodes may be exchanged: lead I is negative (QRS {net_mv:+.2f} mV{avr}) and runs against {chest} "
         "(correlation {correlation:+.2f})."),
    mark("Limb leads may be mixed up or wrongly scaled: {law} is broken by {misfit_mv:.2f} mV rms, {share:.0f} % of "
         "the leads' own."),
    mark("There may be a pacemaker: {n} narrow spikes in several leads at once, the first at {first_s:.2f} s, "
         "{second_s:.2f} s and {third_s:.2f} s."),
    mark("The unit or the gain may be wrong: there are beats, but the leads are about {height_mv:,.{digits}f} mV high, "
         "where an ECG's are 0.5 to 3 mV; it would be so if {guess}. Nothing was converted; look at unit and gain in "
         "the file."),
    mark("µV were taken for mV, or the gain was left out"),
    mark("the gain in the file is several times too high"),
    mark("mV were taken for µV, or the gain was applied twice"),
    mark("{leads} not assessed: constant or invalid"),
    mark("{leads} not assessed: flat or missing"),
    mark("{leads} not assessed: too small (up to {range_mv:.2f} mV)"),
    mark("{leads} not assessed: too few valid samples"),
    mark("{leads} partly not assessed: invalid samples"),
    mark("{leads} partly not assessed: constant, disconnected or saturated"),
    mark("percentile unreliable because of signal quality: {reasons}"),
    mark("no percentile: {n} leads are not assessed, and the normal cohort is of complete records"),
    mark("percentile likely too high: the normal cohort is of complete records"),
    mark("score without the shape of the beat: too few beats were found"),
    mark("score without measurements: too few waves could be measured"),
    mark("the model's map: {wave}, {leads}, {beats}"),
    mark("the model's map: {wave} at {at_s:.1f} s, {leads}"),
    mark("the model's map: at {at_s:.1f} s, {leads}"),
    mark("The model's map in {lead}: stronger than anything in that lead of {percentile:.1f} % of normal ECGs"),
    mark("{name} {value}, {leads}, {beats}"),
    mark("{name}, {leads}, {beats}"),
    mark("between the waves"),
    mark("ST"),
    mark("ST slope"),
    mark("J point"),
    mark("T inversion"),
    mark("T flat or low"),
    mark("T tall"),
    mark("T"),
    mark("Q wave"),
    mark("QS"),
    mark("R small"),
    mark("R tall"),
    mark("R progression"),
    mark("S deep"),
    mark("QRS wide"),
    mark("QRS narrow"),
    mark("low voltage"),
    mark("high voltage"),
    mark("P"),
    mark("U wave"),
    mark("{n} of {total} beats"),
    mark("{value:.2f}"),
    mark("{value} ({low} to {high})"),
    mark("every beat"),
    mark("{value:+.1f} mV/s"),
    mark("{value:.0f} ms"),
    mark("{value:+.2f} mV"),
    mark("{value:.2f} mV"),
    mark("{n} beats of {total} with another {wave}, {leads}"),
    mark("A beat with another {wave}: it departs from the patient's own template more than any beat of "
         "{percentile:.1f} % of normal ECGs"),
    mark("of the usual shape"),
    mark("1 beat with another {wave}, {leads}"),
    mark("{n} premature wide beats of {total}, {leads}"),
    mark("{n} premature beats of {total}, {leads}"),
    mark("{n} wide beats of {total}, {leads}"),
    mark("A premature beat with a wide QRS: it departs from the patient's own template more than any beat of "
         "{percentile:.1f} % of normal ECGs"),
    mark("A premature beat: it departs from the patient's other beats more than any beat of {percentile:.1f} % of "
         "normal ECGs"),
    mark("A beat with a wide QRS: it departs from the patient's own template more than any beat of "
         "{percentile:.1f} % of normal ECGs"),
    mark("1 premature wide beat, {leads}"),
    mark("1 premature beat, {leads}"),
    mark("1 wide beat, {leads}"),
    mark("{n} more places of the model's map, weaker"),
    mark("{n} more findings, weaker"),
    mark("The model's map departs here too"),
    mark("no beat is called premature: the rhythm is irregular, or the beats are few"),
    mark("beats cut off at the ends and not compared: {n}"),
    mark("no beat could be compared with the others: {found} of {total} beats are whole and alike; {needed} are "
         "needed"),
    mark("no lead has a usable signal"),
    mark("the signal does not come to rest between beats"),
    mark("no beats were found"),
)
"""Every template of `mmae_core`, where the translators find them."""


def said(text: str) -> str:
    """A sentence of the core in the language in use, with its numbers as that writes them; other texts as they are."""
    if isinstance(text, Joined):
        return text.separator.join(said(part) for part in text.parts)
    if not isinstance(text, Said):
        return text
    values = {name: said(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return tr(text.template).format(**values)
