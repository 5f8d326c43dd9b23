"""A field for a decimal number that accepts comma and point, and shows the one of the current language."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.state.words.numbers import style_language

SIGNS = ",."
"""Accepted decimal separators in any language; there is no thousands separator."""


class DecimalBox(Retranslatable, QDoubleSpinBox):
    """Its numbers are those of the program's language, not of the system's: beside `0,5` in a sentence stands `0,5`.

    Qt reads a typed point as a separator of thousands where decimals follow a comma, and the other way about, so that
    `0,5` becomes 5 without a word. Here both begin the decimals, and a number with two of them cannot be typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the value as the language in use does; it stays the same."""
        locale = QLocale(style_language())
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator)
        value = self.value()
        self.setLocale(locale)
        self.setValue(value)
        self.setSuffix(self.suffix())  # writes the number anew

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """As Qt, of the text with the language's sign, which is what then stands in the field."""
        read = self._read(text)
        if self._number_in(read).count(self.locale().decimalPoint()) > 1:
            return QValidator.State.Invalid, text, at
        found = super().validate(read, at)
        assert isinstance(found, tuple), "PySide gives the state, the text and the place"
        return found

    def valueFromText(self, text: str) -> float:
        """The number typed, with a comma or a point."""
        return super().valueFromText(self._read(text))

    def _read(self, text: str) -> str:
        """`text` with the language's sign before the decimals; what stands around the number stays as it is."""
        if text == self.specialValueText():
            return text
        typed = self._number_in(text)
        read = typed
        for sign in SIGNS:
            read = read.replace(sign, self.locale().decimalPoint())
        start = text.find(typed)
        return text[:start] + read + text[start + len(typed):]

    def _number_in(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix())
