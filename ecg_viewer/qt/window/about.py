"""The About dialog, the documentation and the log folder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ecg_viewer.diagnostics import log_folder
from ecg_viewer.qt.widgets.plain_text import PlainMessageBox
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_NOTICE
from mmae_core import __version__
from mmae_core.plug_ins import plug_in_lines
from mmae_core.resources import documentation


class AboutDialog(Retranslatable, PlainMessageBox):
    """Version, model in use, notice and licences."""

    def __init__(self, model: ModelInfo | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setText(f"ECG Viewer {__version__}")
        self._model = model
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(tr("About"))
        parts = [tr(RESEARCH_USE_NOTICE), tr("MIT licence. Demo recordings: PTB-XL (Wagner et al. 2020), CC BY 4.0.")]
        if self._model is not None:
            used = tr("Model: {name} {version}, SHA-256 {sha256}…")
            parts.insert(0, used.format(name=self._model.name, version=self._model.version,
                                        sha256=self._model.sha256[:12]))
        if plug_ins := plug_in_lines():
            parts.append("\n".join([tr("Plug-ins, which run the code of other packages:"), *map(translated, plug_ins)]))
        self.setInformativeText("\n\n".join(parts))


def show_log_folder() -> None:
    """Open the folder with the log in the system's file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))


def show_documentation(report: Callable[[Problem], None]) -> None:
    """Open the pages of documentation in the browser; `report` what stands in the way."""
    page = documentation("ecg_viewer")
    if page is None:
        report(Problem(tr("This installation holds no documentation, because MkDocs was missing when it was built. "
                          "Read the folder docs in the program's sources.")))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
        report(Problem(tr("No program opened {page}. Open it in a browser.").format(page=page)))
