"""A tab with the range of each lead in the first 10 s."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ecg_viewer.qt.plug_ins.panel_state import PanelState


class VoltagesPanel(QLabel):
    """Texts of a recording are shown as they stand there, never as markup."""

    def __init__(self, state: PanelState) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMargin(8)
        self._state = state
        state.changed.connect(self.show_record)
        self.show_record()

    def show_record(self) -> None:
        """One line a lead. On the window's thread: read little here."""
        record = self._state.record
        if record is None:
            self.setText("No recording is open.")
            return
        signal = record.read(0, round(10 * record.sampling_rate_hz))
        ranges = np.nanmax(signal, axis=1) - np.nanmin(signal, axis=1)
        rows = zip(record.lead_names, ranges, strict=True)
        self.setText("\n".join(f"{lead}: {height:.2f} mV" for lead, height in rows))


def make_panel(state: PanelState) -> QWidget:
    """What the entry point names."""
    return VoltagesPanel(state)
