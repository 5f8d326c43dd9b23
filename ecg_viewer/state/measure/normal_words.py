"""Words on the band of normals and on the normals nearest to an average beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.state.measure.normal_tracker import AmongNormals, NormalTracker
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number

if TYPE_CHECKING:
    from mmae_core.normal_beats import NearNormal

SOURCE = "PTB-XL v1.0.3, CC BY 4.0"


def status_text(tracker: NormalTracker) -> str:
    """Which normals the band is of, or why there is none."""
    if tracker.message:
        return tr("The comparison failed: {reason}").format(reason=tracker.message)
    found = tracker.found
    if found is None:
        return tr("Comparing with normal ECGs…") if tracker.is_running else ""
    if found.reason is not None:
        return _sentence(translated(found.reason))
    assert found.band is not None, "there is a band or a reason"
    return tr("{count} {group}, counted by how near they are ({source})").format(
        count=number(int(found.band.n_normals), ",d"), group=translated(found.band.group), source=SOURCE)


def outside_texts(found: AmongNormals) -> list[str]:
    """A line for each kind of value beyond nearly all of the normals; one that says so if there is none."""
    if found.outside or found.not_judged is not None:
        lines = [translated(one.sentence) for one in found.outside]
        return lines if found.not_judged is None else [*lines, _sentence(translated(found.not_judged))]
    return [tr("No value of P, Q, R, S, ST or T lies beyond 97.5 % of these normals.")]


def chance_text() -> str:
    """What to think of such values."""
    return tr("Beyond 97.5 % of them in a lead. Of the 72 values that are compared two to four are, in a normal ECG; "
              "at each sample one normal in ten lies outside the band. Below 40 Hz. No diagnosis.")


def nearest_text(place: int, near: NearNormal) -> str:
    """`1: 0.04 mV away – female, 63 years, 70/min – PTB-XL 1234`."""
    age = tr("age unknown") if near.age is None else tr("{years} years").format(years=number(near.age, ".0f"))
    sex = tr("sex unknown") if near.sex is None else tr(near.sex)
    return tr("{place}: {distance} mV away – {sex}, {age}, {rate}/min – PTB-XL {ecg_id}").format(
        place=place, distance=number(near.distance_mv, ".3f"), sex=sex, age=age, rate=number(near.rate_bpm, ".0f"),
        ecg_id=near.ecg_id)


def nearest_note() -> str:
    """How they were found, and whose they are."""
    return tr("Root mean square of the difference over all leads, after alignment, among normals within 10/min. "
              "{source}.").format(source=SOURCE)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
