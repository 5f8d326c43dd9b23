"""The actions that export, save, preview, print and copy; what they do is imported when one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.export.export_desk import ExportDesk
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.research.comparison import OpenComparison
    from ecg_viewer.state.review.open_review import OpenReview
    from ecg_viewer.state.worklist.worklist import Worklist


class ExportFeature(Feature):
    """Entrance to all exports. The window is made without them: their import is a tenth of the way to it."""

    menu_place = 170
    actions = (
        ActionSpec("save_findings", "File", translatable("Save findings…"), ("Ctrl+S",),
                   translatable("Write findings, decisions and scores of the open recording to a file."),
                   do=lambda self: self.desk.save_findings(), enabled=has_record, separate=True),
        ActionSpec("export", "File", translatable("Export…"), ("Ctrl+E",),
                   translatable("Write pages, pictures, tables, annotations, maps or the recording in another "
                                "format, of one recording or all."),
                   do=lambda self: self.desk.show_dialog(), enabled=has_record),
        ActionSpec("export_benchmark", "File", translatable("Export a benchmark…"), (),
                   translatable("Make a localization benchmark of the recordings you have reviewed."),
                   do=lambda self: self.desk.show_benchmark_dialog(), enabled=has_record),
        ActionSpec("print_preview", "File", translatable("Print preview…"), ("Ctrl+P",),
                   translatable("See the pages at their true size, print them or save them as a PDF."),
                   do=lambda self: self.desk.show_preview(), enabled=has_record),
        ActionSpec("copy_paper", "File", translatable("Copy picture of the paper"), ("Ctrl+Shift+P",),
                   translatable("Copy what the paper shows, with scale and provenance, to the clipboard."),
                   do=lambda self: self.desk.copy_paper(), enabled=has_record),
    )

    def __init__(self, window: Host, open_review: OpenReview, comparison: OpenComparison, worklist: Worklist) -> None:
        super().__init__(window)
        self._given = open_review, comparison, worklist
        self._desk: ExportDesk | None = None

    @property
    def desk(self) -> ExportDesk:
        """Where all of it is done; made on first use."""
        if self._desk is None:
            from ecg_viewer.qt.export.export_desk import ExportDesk

            self._desk = ExportDesk(self.window, *self._given)
        return self._desk

    def close(self) -> None:
        """Stop what is written, if anything was. Open dialogs go with the window."""
        for dialog in self.window.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if dialog.isVisible():
                dialog.reject()
        if self._desk is not None:
            self._desk.close()
