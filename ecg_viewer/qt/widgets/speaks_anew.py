"""Widgets whose texts hold numbers or depend on what is open, and follow the language all the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent


class SpeaksAnew:
    """Mixed into a widget, before its Qt class: `say_anew` is called when the language has changed."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)  # type: ignore[misc]  # of the widget's Qt class
        if event.type() == QEvent.Type.LanguageChange:
            self.say_anew()

    def say_anew(self) -> None:
        """Set every text that the widget makes out of what it shows."""
        raise NotImplementedError
