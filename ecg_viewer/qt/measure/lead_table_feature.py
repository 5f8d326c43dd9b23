"""The window of measurements by lead, with its menu entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.measure.lead_table_dialog import LeadTableDialog
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.measure.detail_tracker import DetailTracker
from ecg_viewer.state.measure.lead_table_words import table_text
from ecg_viewer.state.words.language import translatable
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


def _has_table(feature: LeadTableFeature) -> bool:
    return feature.tracker.details is not None


class LeadTableFeature(Feature):
    """Owns the window."""

    menu_place = 141
    actions = (
        ActionSpec("lead_table", "Measure", translatable("Measurements of every lead…"), ("Ctrl+M",),
                   translatable("Show ST at J, J+40, J+60 and J+80 and all waves of every lead, with percentiles of "
                                "normal ECGs."),
                   do=lambda self: self.show_table(), enabled=has_record, separate=True),
        ActionSpec("lead_table_copy", "Measure", translatable("Copy measurements of every lead"), ("Ctrl+Alt+M",),
                   translatable("Copy the table of ST and waves of every lead as text."),
                   do=lambda self: self.copy(), enabled=_has_table),
    )

    def __init__(self, window: Host, details: DetailTracker) -> None:
        super().__init__(window)
        self.tracker = details
        self.dialog: LeadTableDialog | None = None
        """Once it has been opened."""
        details.changed.connect(self._show)

    def close(self) -> None:
        """Close the window of the table."""
        if self.dialog is not None:
            self.dialog.close()

    def show_table(self) -> None:
        """Show the window, or bring it to the front."""
        if self.dialog is None:
            self.dialog = LeadTableDialog(self.window.session, self.tracker, self.window)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def copy(self) -> None:
        """Copy the table as text, whether its window is open or not."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.copy()
            return
        record, found, view = self.window.session.record, self.tracker.details, self.window.session.view
        if record is not None and found is not None:
            leads = [cell.lead for cell in ordered_leads(STANDARD_LEADS, view.lead_choice.cabrera)]
            QApplication.clipboard().setText(
                table_text(record.name, found.table, leads, compares=view.heat_visible))

    def _show(self) -> None:
        self.changed.emit()
