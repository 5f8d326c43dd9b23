"""Opening recordings, stepping through the list, and quitting."""

from __future__ import annotations

from typing import ClassVar

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_list
from ecg_viewer.qt.window.open_dialogs import ask_folder, ask_recordings, last_folder
from ecg_viewer.state.words.language import tr, translatable


def _lists_something(feature: Feature) -> bool:
    session = feature.window.session
    return len(session.records) > 0 or session.record is not None


class OpenFeature(Feature):
    """The first lines of the menu File."""

    menu_place = 1
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("open", "File", translatable("Open recording…"), ("Ctrl+O",),
                   translatable("Choose one or more recordings: WFDB, DICOM, SCP-ECG, EDF, XML and others."),
                   do=lambda self: self.open_recordings()),
        ActionSpec("open_folder", "File", translatable("Open folder…"), ("Ctrl+Shift+O",),
                   translatable("List all recordings of a folder, or of PTB-XL with its statements, in place of those "
                                "that are listed, and open the first."),
                   do=lambda self: self.open_folder()),
        ActionSpec("add_folder", "File", translatable("Add folder…"), (),
                   translatable("List the recordings of a folder behind those that are listed; opening a folder takes "
                                "their place."),
                   do=lambda self: self.open_folder(adds=True), enabled=_lists_something),
        ActionSpec("open_demo", "File", translatable("Open demo recordings"), (),
                   translatable("The recordings that come with the program."),
                   do=lambda self: self.window.open_demo()),
        ActionSpec("next_record", "File", translatable("Next recording"), ("Alt+Down",),
                   translatable("Open the next recording of the worklist."),
                   do=lambda self: self.window.session.step_record(1), enabled=has_list, separate=True),
        ActionSpec("previous_record", "File", translatable("Previous recording"), ("Alt+Up",),
                   translatable("Open the previous recording of the worklist."),
                   do=lambda self: self.window.session.step_record(-1), enabled=has_list),
        ActionSpec("close_list", "File", translatable("Close list"), ("Ctrl+W",),
                   translatable("Close the recording and the list; decisions, scores and conclusions are kept."),
                   do=lambda self: self.window.session.close(), enabled=_lists_something),
        ActionSpec("quit", "File", translatable("Quit"), ("Ctrl+Q",), translatable("Close the window."),
                   do=lambda self: self.window.close(), separate=True),
    )

    def open_recordings(self) -> None:
        """Ask for recordings and open them."""
        paths = ask_recordings(self.window, last_folder(self.window.settings.settings))
        if paths:
            self.window.session.open(paths)

    def open_folder(self, *, adds: bool = False) -> None:
        """Ask for a folder of recordings and open it, in place of what is listed or behind it."""
        start = last_folder(self.window.settings.settings)
        folder = ask_folder(self.window, tr("Open a folder of recordings or PTB-XL"), start)
        if folder is not None:
            self.window.session.open([folder], adds=adds)
