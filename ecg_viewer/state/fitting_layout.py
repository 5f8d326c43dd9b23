"""The layout of a view: the reader's own choice, or the first in which the traces of a recording do not collide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ecg_viewer.state.layouts import DEFAULT_LAYOUT
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS

TRIED_IN_TURN = (DEFAULT_LAYOUT, "3x4", "6x2")
"""Of twelve leads: the usual page first, then fewer rows."""
TRIED_WITH_FEW_LEADS = ("12x1", "6x2")
"""Of fewer leads: each over the whole width, as long as there is room."""
TOUCH_MM = 0.5
"""Traces that reach no further into one another can still be told apart."""


def tried_layouts(leads: Collection[str]) -> tuple[str, ...]:
    """The layouts to be tried for a recording of these leads, the preferred one first."""
    return TRIED_IN_TURN if set(STANDARD_LEADS) <= set(leads) else TRIED_WITH_FEW_LEADS


def first_that_fits(layouts: Sequence[str], misfit_mm: Callable[[str], float]) -> str:
    """The first layout whose traces do not collide; the one in which they do so least if they do in all.

    `misfit_mm` tells how far traces reach into one another, or beyond the paper, in a layout.
    """
    misfits: dict[str, float] = {}
    for layout in layouts:
        misfits[layout] = misfit_mm(layout)
        if misfits[layout] <= TOUCH_MM:
            return layout
    return min(misfits, key=lambda layout: round(misfits[layout], 3))


class FittingLayout:
    """Chooses the layout of each recording that is opened, until the reader chooses one himself."""

    def __init__(self, view: ViewState, *, is_automatic: bool) -> None:
        self.changed: Signal[()] = Signal()
        """`is_automatic` or `avoided` may have changed."""
        self.avoided = ""
        """The layout that would be shown if its traces did not collide; empty if it is shown."""
        self._view = view
        self._is_automatic = is_automatic
        self._is_choosing = False
        self._is_settled = True
        self._shown = view.lead_choice.layout
        view.record_changed.connect(self._begin)
        view.layout_changed.connect(self._follow_reader)

    @property
    def is_automatic(self) -> bool:
        """Whether the layout follows the recording: the reader has not chosen one."""
        return self._is_automatic

    @property
    def is_settled(self) -> bool:
        """Whether the open recording's layout has been decided on."""
        return self._is_settled

    def choose(self, layout: str) -> None:
        """The reader's own choice, also if it is the layout that is shown."""
        self._is_automatic = False
        self.avoided = ""
        self._set(layout)
        self.changed.emit()

    def choose_first_that_fits(self, misfit_mm: Callable[[str], float]) -> None:
        """Back to the layout that fits, now and for the recordings to come."""
        self._is_automatic, self._is_settled = True, False
        self.settle(misfit_mm)
        self.changed.emit()

    def settle(self, misfit_mm: Callable[[str], float]) -> None:
        """Decide, once for each recording; called when it is known how far its traces reach."""
        record = self._view.record
        if not self._is_automatic or self._is_settled or record is None:
            return
        layouts = tried_layouts(record.trace_names)
        layout = first_that_fits(layouts, misfit_mm)
        self.avoided = "" if layout == layouts[0] else layouts[0]
        self._is_settled = True
        self._set(layout)
        self.changed.emit()

    def _begin(self) -> None:
        """A recording is opened: its usual layout, until its samples are known."""
        record = self._view.record
        self._is_settled = False
        if self._is_automatic and record is not None:
            self.avoided = ""
            self._set(tried_layouts(record.trace_names)[0])

    def _follow_reader(self) -> None:
        """Whoever changes the layout otherwise does so for the reader."""
        is_readers = not self._is_choosing and not self._view.focus.is_zoomed
        if self._is_automatic and is_readers and self._view.lead_choice.layout != self._shown:
            self._is_automatic, self.avoided = False, ""
            self.changed.emit()

    def _set(self, layout: str) -> None:
        self._shown, self._is_choosing = layout, True
        try:
            self._view.set_layout(layout)
        finally:
            self._is_choosing = False
