"""Widgets whose texts hold numbers or depend on what is open, and follow the language all the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent


class Retranslatable:
    """Mixed into a widget, before its Qt class: `retranslate` is called when the language has changed.

    Texts that are always the same need none of this: `ecg_viewer.qt.widgets.translated_texts`.
    """

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)  # type: ignore[misc]  # of the widget's Qt class
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set every text that the widget makes out of what it shows."""
        raise NotImplementedError
