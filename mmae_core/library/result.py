"""What `score` returns: the values of a score, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mmae_core.library.frames import Table, frame_of, html_of
from mmae_core.library.plot import figure_of
from mmae_core.library.score_values import ScoreValues

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class EcgScore(ScoreValues):
    """One recording, or a stretch of it, compared with normal ECGs. Research use only, not for diagnosis."""

    def to_frame(self, table: Table = "windows") -> Any:
        """A pandas DataFrame.

        `windows`: a row for each 10-s window, with score, percentile, p, quality and what was measured. `leads`: a row
        for each window and lead. `findings`: a row for each place of a finding. `samples`: a row for each sample with
        the heat (`map`) of each lead, by time in s.
        """
        return frame_of(self, table)

    def plot(self, start_s: float | None = None, duration_s: float = 10.0) -> Figure:
        """A Matplotlib figure of the twelve leads with the heat (`map`) behind the traces.

        Shows `duration_s` from `start_s` on, by default from where the window that `score` is of begins. Raises
        MissingDependency without Matplotlib.
        """
        return figure_of(self, self.window.start_s if start_s is None else start_s, duration_s)

    def _repr_html_(self) -> str:
        return html_of(self)
