"""Files that do not state rate, unit or leads: a dialog asks, and the answer is kept for their folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.window.describe_dialog import DescribeDialog
from ecg_viewer.state.folder_descriptions import stored
from mmae_core.readers.described_folders import describe_folder

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.opening_results import Undescribed
    from mmae_core.readers.signal_description import SignalDescription


class DescribeFeature(Feature):
    """Asks when such a file is opened, and opens it once it is described."""

    menu_place = 14

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.dialog: DescribeDialog | None = None
        for folder, description in window.settings.settings.descriptions.items():
            describe_folder(Path(folder), description)
        window.session.undescribed.connect(self._ask)

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _ask(self, asked: Undescribed) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = DescribeDialog(asked, self.window)
        self.dialog.described.connect(lambda description: self._keep(asked.path, description))
        self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _keep(self, path: Path, description: SignalDescription) -> None:
        folder = path.absolute().parent
        settings = self.window.settings
        describe_folder(folder, description)
        settings.change(described_folders={**settings.settings.described_folders, str(folder): stored(description)})
        self.window.session.open([path])
