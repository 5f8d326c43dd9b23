"""What a finding is an instance of, in words: the kinds of `mmae_core`, which are English, in the language in use."""

from __future__ import annotations

from ecg_viewer.state.words.language import mark, tr
from mmae_core.assessment import Layer

KIND_WORDS: dict[str, str] = {
    "ST elevation": mark("ST elevation"),
    "ST depression": mark("ST depression"),
    "ST slope": mark("ST slope"),
    "J point": mark("J point"),
    "T inversion": mark("T inversion"),
    "T flat or low": mark("T flat or low"),
    "T tall": mark("T tall"),
    "T other": mark("T other"),
    "Q wave": mark("Q wave"),
    "QS": mark("QS"),
    "R small": mark("R small"),
    "R tall": mark("R tall"),
    "R progression": mark("R progression"),
    "S deep": mark("S deep"),
    "QRS wide": mark("QRS wide"),
    "QRS narrow": mark("QRS narrow"),
    "low voltage": mark("low voltage"),
    "high voltage": mark("high voltage"),
    "P": mark("P"),
    "U wave": mark("U wave"),
    "PR": mark("PR"),
    "QT": mark("QT"),
    "axis": mark("axis"),
    "rate": mark("rate"),
    "rhythm": mark("rhythm"),
    "premature wide beat": mark("premature wide beat"),
    "premature beat": mark("premature beat"),
    "wide beat": mark("wide beat"),
    "unlike beat": mark("unlike beat"),
}
"""By `Finding.kind`; a kind that is not among them is shown as it is."""
LAYER_WORDS: dict[Layer, str] = {
    "named": mark("measurement"), "model": mark("model's map"), "own": mark("own beats"),
}
"""What stands behind a finding."""


def kind_text(kind: str, layer: Layer = "model") -> str:
    """`ST elevation`; of a finding without a kind, the layer it is of."""
    word = KIND_WORDS.get(kind, "") if kind else LAYER_WORDS[layer]
    return tr(word) if word else kind
