"""What is under the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.state.heat import NOT_ASSESSED, HeatMap
from ecg_viewer.state.layouts import Cell
from ecg_viewer.state.quality import is_unreliable_at


@dataclass(frozen=True)
class Hover:
    """A point of the paper, as a sentence in the status bar needs it."""

    lead: str
    time_s: float
    amplitude_mv: float | None
    """The recorded value; None where the recording is invalid or has not been read at full detail."""
    percentile: float | None
    """Share of normal ECGs' points that are lower; None where the model gave no answer."""
    assessed: bool
    """False where the model could not assess; True with `percentile` None means that it is not yet computed."""
    sign: int = 1
    """-1 where the lead is drawn inverted."""
    is_unreliable: bool = False
    """Whether the lead's signal is too poor there for its percentile to count."""
    replacement: str = ""
    """Text instead of the percentile, where something other than the heat map is painted."""
    marks: tuple[str, ...] = ()
    """Sentences on the departures there, the strongest first."""

    @property
    def label(self) -> str:
        """The name that stands on the paper, such as `−aVR`."""
        return Cell(self.lead, self.sign).label

    @property
    def drawn_mv(self) -> float | None:
        """The amplitude as the paper shows it: turned where the lead is inverted."""
        return None if self.amplitude_mv is None else self.sign * self.amplitude_mv


def hover_of(store: TraceStore, heat: HeatMap, lead: str, time_s: float, sign: int = 1) -> Hover:
    """What is known of an instant of a lead that is drawn upright, or inverted with a `sign` of -1."""
    return Hover(
        lead=lead,
        time_s=time_s,
        amplitude_mv=store.amplitude_mv(lead, time_s),
        percentile=heat.percentile_at(lead, time_s),
        assessed=heat.code_at(lead, time_s) != NOT_ASSESSED,
        sign=sign,
        is_unreliable=is_unreliable_at(heat.windows, lead, time_s),
    )
