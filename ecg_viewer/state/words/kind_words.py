"""Translated names of the kinds of finding that `mmae_core` reports."""

from __future__ import annotations

from ecg_viewer.state.words.language import tr, translatable
from mmae_core.assessment import Layer

KIND_WORDS: dict[str, str] = {
    "ST elevation": translatable("ST elevation"),
    "ST depression": translatable("ST depression"),
    "ST slope": translatable("ST slope"),
    "J point": translatable("J point"),
    "T inversion": translatable("T inversion"),
    "T flat or low": translatable("T flat or low"),
    "T tall": translatable("T tall"),
    "T other": translatable("T other"),
    "Q wave": translatable("Q wave"),
    "QS": translatable("QS"),
    "R small": translatable("R small"),
    "R tall": translatable("R tall"),
    "R progression": translatable("R progression"),
    "S deep": translatable("S deep"),
    "QRS wide": translatable("QRS wide"),
    "QRS narrow": translatable("QRS narrow"),
    "low voltage": translatable("low voltage"),
    "high voltage": translatable("high voltage"),
    "P": translatable("P"),
    "U wave": translatable("U wave"),
    "PR": translatable("PR"),
    "QT": translatable("QT"),
    "axis": translatable("axis"),
    "rate": translatable("rate"),
    "rhythm": translatable("rhythm"),
    "premature wide beat": translatable("premature wide beat"),
    "premature beat": translatable("premature beat"),
    "wide beat": translatable("wide beat"),
    "unlike beat": translatable("unlike beat"),
}
"""By `Finding.kind`; other kinds are shown untranslated."""
LAYER_WORDS: dict[Layer, str] = {
    "named": translatable("measurement"), "model": translatable("model's map"), "own": translatable("own beats"),
}
"""Where a finding comes from."""


def kind_text(kind: str, layer: Layer = "model") -> str:
    """`ST elevation`; for a finding without a kind, the name of its layer."""
    word = KIND_WORDS.get(kind, "") if kind else LAYER_WORDS[layer]
    return tr(word) if word else kind
