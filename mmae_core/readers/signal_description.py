"""What a file of bare numbers does not state: sampling rate, unit, leads. People say it; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mmae_core.errors import UnsupportedRecord
from mmae_core.readers.voltage_units import voltage_factor


@dataclass(frozen=True)
class SignalDescription:
    """What is known of a file's numbers from elsewhere; None where only the file can say."""

    rate_hz: float | None = None
    mv_per_step: float | None = None
    """Millivolts of the number 1."""
    lead_names: tuple[str, ...] | None = None
    """One name for each column of samples, in order; empty for a column to be left out."""


class DescriptionNeeded(UnsupportedRecord):
    """The file holds samples, but not all that is needed to show them.

    `missing` holds `rate`, `unit` or `leads`; `columns` the names of the columns in the file, empty where it has none.
    """

    def __init__(self, name: str, missing: Sequence[str], columns: Sequence[str]) -> None:
        words = {"rate": "its sampling rate", "unit": "the unit of its values", "leads": "the leads of its columns"}
        said = [words[one] for one in ("rate", "unit", "leads") if one in missing]
        listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
        super().__init__(
            f"{name} does not state {listed}. Say it when opening, or with --rate-hz, --unit and --columns.",
            code="undescribed",
        )
        self.missing = frozenset(missing)
        self.columns = tuple(columns)


def mv_of_unit(text: str) -> float | None:
    """Millivolts of `mV`, `uV`, `5 uV`, `0.001 V`; None if it is no voltage above 0, or unclear as `1,000 uV`."""
    found = re.fullmatch(r"\s*([0-9.,eE+-]*)\s*([a-zA-Z\u00b5\u03bc]+)\s*", text)
    factor = voltage_factor(found[2]) if found else None
    if found is None or factor is None or re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", found[1]):
        return None
    try:
        number = float(found[1].replace(",", ".")) if found[1] else 1.0
    except ValueError:
        return None
    return number * factor if 0 < number * factor < float("inf") else None
