"""Installs the translation of the chosen language: the program's own texts, and Qt's for its dialogs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from ecg_viewer.state.language import set_translator
from ecg_viewer.state.settings import Language
from mmae_core.errors import MissingResource
from mmae_core.resources import resource

CONTEXT = "ecg_viewer"
"""The one context of `resources/translations`."""
TRANSLATED = ("de",)
"""Languages there is a file for; English needs none."""

_installed: list[QTranslator] = []
"""What the application translates with now. One application, one language."""


class LanguageKeeper(QObject):
    """Keeps the application in the chosen language.

    What is made afterwards (dialogs, messages, menus made anew on `changed`) speaks it; labels of panels that are
    already there stay until the next start.
    """

    changed = Signal()

    def __init__(self, app: QCoreApplication, language: Language = "system") -> None:
        super().__init__(app)
        self._app = app
        self._language: Language = language
        self._code = ""
        self._install()

    @property
    def language(self) -> Language:
        """The choice."""
        return self._language

    @property
    def code(self) -> str:
        """What the choice comes to: `en` or `de`."""
        return self._code

    def choose(self, language: Language) -> None:
        """Speak `language` from now on."""
        self._language = language
        before = self._code
        self._install()
        if self._code != before:
            self.changed.emit()

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
        set_translator(lambda text: own.translate(CONTEXT, text) or text)


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
        path = resource("translations", f"ecg_viewer_{code}.qm")
    except MissingResource:
        return None
    translator = QTranslator()
    return translator if translator.load(str(path)) else None


def _qt_translator(code: str) -> QTranslator | None:
    """Qt's own words: buttons of dialogs, the file dialog. Not every installation of Qt has them."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{code}", folder) else None
