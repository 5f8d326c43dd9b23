"""What stands below each of the papers that are compared: recording, model, percentile and findings."""

from __future__ import annotations

import math

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import percentile_text


def percentile_words(session: Session) -> str:
    """`percentile 97.3 of 912 normals, 4 findings`, or how far the assessment is; empty without a recording."""
    assessment = session.assessment
    if session.record is None:
        return ""
    if assessment.phase.is_running:
        return tr("being assessed")
    if assessment.phase is not Phase.DONE:
        return assessment.message or tr("not assessed")
    return ", ".join(filter(None, (_percentile(session), _findings(session))))


def _percentile(session: Session) -> str:
    window, model = session.assessment.strongest_window, session.model
    if window is None or math.isnan(window.percentile):
        return tr("no percentile")
    percentile = percentile_text(window.percentile)
    if not window.reliable:
        return tr("percentile {percentile}, unreliable").format(percentile=percentile)
    if model is None or model.n_normals is None:
        return tr("percentile {percentile}").format(percentile=percentile)
    return tr("percentile {percentile} of {n} normals").format(
        percentile=percentile, n=number(model.n_normals, ","))


def _findings(session: Session) -> str:
    assessment = session.assessment
    n = len(assessment.layers.facts) or len(assessment.findings)
    return tr("1 finding") if n == 1 else tr("{n} findings").format(n=number(n, ","))
