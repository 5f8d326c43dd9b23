"""What a panel of another package may know of the window: what is open, and when that is another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.session import Session
from mmae_core.record import EcgRecord


class PanelState(QObject):
    """Handed to a panel when it is made. Everything is read only; the panel reads no file on the window's thread."""

    changed = Signal()
    """`record` or `assessment` may be another."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        for signal in (session.record_changed, session.assessment_changed, session.hidden_changed,
                       session.view.heat_changed):
            signal.connect(self._tell)

    @property
    def record(self) -> EcgRecord | None:
        """The open recording; None without one."""
        return self._session.record

    @property
    def assessment(self) -> Assessment | None:
        """What the model says of it so far; None without a recording, and while the reader has hidden results or
        heat.
        """
        session = self._session
        is_shown = session.record is not None and not session.is_hidden and session.view.heat_visible
        return session.assessment if is_shown else None

    @property
    def visible_s(self) -> tuple[float, float]:
        """Start and end of what the paper shows, in seconds of the recording."""
        return self._session.view.visible_span_s

    def _tell(self) -> None:
        self.changed.emit()
