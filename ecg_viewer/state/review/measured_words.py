"""What a reviewer's text can name: rate, intervals and axis of the open recording, age and sex."""

from __future__ import annotations

from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import whole
from mmae_core.intervals.results import Measurements, QtcFormula
from mmae_core.report.layer_columns import values_of

_FORMS = {"rate": ("rate_bpm", "{n}/min"), "pr": ("pr_ms", "{n} ms"), "qrs": ("qrs_ms", "{n} ms"),
          "qtc": ("qtc_ms", "{n} ms"), "axis": ("axis_deg", "{n}°")}
"""Placeholder -> quantity, and how its value is written."""


def placeholder_values(
    measured: Measurements | None, formula: QtcFormula, person: ShownPerson
) -> dict[str, str]:
    """The value of each placeholder with its unit; empty for what was not measured or is not stated."""
    values = {} if measured is None else values_of(measured, formula)
    found = {"age": person.age_text, "sex": tr(person.sex) if person.sex else ""}
    for name, (quantity, form) in _FORMS.items():
        value = values.get(quantity)
        found[name] = "" if value is None or value.value is None else form.format(n=whole(value.value))
    return found
