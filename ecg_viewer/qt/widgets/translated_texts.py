"""Static texts of widgets: given once, where the widget is made, they follow the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.state.words.language import tr

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
Text = str | Callable[[], str]
"""English, or what gives the text in the current language."""
SETTERS = {
    "text": "setText",
    "title": "setTitle",
    "tip": "setToolTip",
    "name": "setAccessibleName",
    "description": "setAccessibleDescription",
    "window_title": "setWindowTitle",
    "placeholder": "setPlaceholderText",
    "special": "setSpecialValueText",
    "suffix": "setSuffix",
}
"""Keyword of `set_texts` -> method of the widget."""


def set_texts(
    widget: AnyWidget, *, items: Sequence[Text] = (), tabs: Sequence[Text] = (), **texts: Text
) -> AnyWidget:
    """Set texts in the current language, now and whenever the language changes; return the widget.

    Texts are English literals, which `packaging/translations.py` collects, or names of texts that were literals inside
    `translatable`; with a number or a name filled in, a function that returns them translated. A later call replaces
    the texts it names. What depends on what is open is set by `Retranslatable.retranslate`.

    Args:
        widget: what shows the texts.
        items: texts of the first entries of a combo box, which has them already.
        tabs: titles of the first pages of a tab widget, which has them already.
        texts: by the keywords of `SETTERS`. Raises KeyError for another one.
    """
    known = widget.findChild(_TranslatedTexts, options=Qt.FindChildOption.FindDirectChildrenOnly)
    kept = _TranslatedTexts(widget) if known is None else known
    assert isinstance(kept, _TranslatedTexts), "what was looked for"
    kept.update(texts, items, tabs)
    return widget


def add_items(box: QComboBox, choices: Iterable[tuple[Text, object]]) -> None:
    """Give an empty combo box its entries: the text of each, as for `set_texts`, and its value."""
    offered = list(choices)
    for _, value in offered:
        box.addItem("", value)
    set_texts(box, items=[text for text, _ in offered])


class _TranslatedTexts(QObject):
    """Keeps the English texts of the widget that is its parent."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._texts: dict[str, Text] = {}
        self._items: tuple[Text, ...] = ()
        self._tabs: tuple[Text, ...] = ()

    def update(self, texts: dict[str, Text], items: Sequence[Text], tabs: Sequence[Text]) -> None:
        self._texts |= {SETTERS[name]: text for name, text in texts.items()}
        self._items, self._tabs = tuple(items) or self._items, tuple(tabs) or self._tabs
        self._show()

    def event(self, event: QEvent) -> bool:
        """Widgets pass a change of language on to their children."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        return super().event(event)

    def _show(self) -> None:
        widget = self._widget
        for setter, text in self._texts.items():
            words = _translated(text)
            getattr(widget, setter)(plain_tip(words) if setter == SETTERS["tip"] else words)
        if isinstance(widget, QComboBox):
            for index, text in enumerate(self._items):
                widget.setItemText(index, _translated(text))
        if isinstance(widget, QTabWidget):
            for index, text in enumerate(self._tabs):
                widget.setTabText(index, _translated(text))


def _translated(text: Text) -> str:
    return tr(text) if isinstance(text, str) else text()
