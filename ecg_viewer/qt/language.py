"""Installs the translation of the chosen language: the program's own texts, and Qt's for its dialogs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from ecg_viewer.state.settings import Language, SettingsFile
from ecg_viewer.state.words.language import set_translator
from mmae_core.errors import MissingResource
from mmae_core.resources import resource

CONTEXT = "ecg_viewer"
"""The one context of `resources/translations`."""
TRANSLATED = ("de",)
"""Languages there is a file for; English needs none."""

_installed: list[QTranslator] = []
"""What the application translates with now. One application, one language."""


class LanguageKeeper(QObject):
    """Keeps the application in the language of the settings, also when that is changed.

    What is made afterwards speaks it; what is there already follows by Qt's `LanguageChange`
    (`ecg_viewer.qt.widgets.translated_texts` and `retranslatable`), actions and menus by `changed`.
    """

    changed = Signal()

    def __init__(self, app: QCoreApplication, settings: SettingsFile) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._language: Language = settings.settings.language
        self._code = ""
        self._install()
        settings.changed.connect(self._follow)

    @property
    def code(self) -> str:
        """The language in use: `en` or `de`."""
        return self._code

    def _follow(self) -> None:
        if self._settings.settings.language != self._language:
            self._language = self._settings.settings.language
            before = self._code
            self._install()
            if self._code != before:
                self.changed.emit()
                self._app.sendPostedEvents(None, QEvent.Type.LanguageChange)

    def _install(self) -> None:
        code = spoken(self._language, QLocale.system().uiLanguages())
        for old in _installed:
            self._app.removeTranslator(old)
        _installed.clear()
        set_translator(None)
        self._code = "en"
        own = None if code == "en" else _own_translator(code)
        if own is None:
            return
        self._code = code
        for translator in (own, _qt_translator(code)):
            if translator is not None:
                self._app.installTranslator(translator)
                _installed.append(translator)

        set_translator(lambda text: own.translate(CONTEXT, text) or text, code)


def spoken(language: Language, of_system: list[str]) -> str:
    """The language to speak: the chosen one, or the first of the system's (`de-AT`, `fr`) that there is, or English."""
    if language != "system":
        return language
    for name in of_system:
        code = name.replace("_", "-").split("-")[0].lower()
        if code == "en" or code in TRANSLATED:
            return code
    return "en"


def _own_translator(code: str) -> QTranslator | None:
    """None in an installation without the file: English is better than nothing."""
    try:
        path = resource("translations", f"ecg_viewer_{code}.qm", package="ecg_viewer")
    except MissingResource:
        return None
    translator = QTranslator()
    return translator if translator.load(str(path)) else None


def _qt_translator(code: str) -> QTranslator | None:
    """Qt's own words: buttons of dialogs, the file dialog. Not every installation of Qt has them."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{code}", folder) else None
