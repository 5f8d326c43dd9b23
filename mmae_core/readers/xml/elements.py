"""Elements of an XML recording by their local names: vendors differ in whether they state a namespace."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type only: parsing is left to defusedxml

MAX_TEXT = 400
"""Longest text taken from a field; a real one is a line."""
MAX_NUMBER = 1e15
"""Largest number taken from a field, so that no product of a few of them overflows."""


def local_name(element: Element) -> str:
    """Name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> list[Element]:
    """Direct children of that name; none of None."""
    return [] if element is None else [child for child in element if local_name(child) == name]


def child(element: Element | None, path: str) -> Element | None:
    """The first element at a path of local names such as `author/seriesAuthor`."""
    for name in path.split("/"):
        element = next(iter(children(element, name)), None)
    return element


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """All elements of that name at any depth, in the order of the document."""
    return iter(()) if element is None else (found for found in element.iter() if local_name(found) == name)


def text_at(element: Element | None, path: str = "") -> str:
    """Text at a path in one line, at most `MAX_TEXT` characters; empty if it is not there."""
    found = child(element, path) if path else element
    return one_line("" if found is None else found.text)


def attribute(element: Element | None, path: str, name: str) -> str:
    """An attribute of the element at a path, in one line; empty if it is not there. A prefix of the name is ignored."""
    found = child(element, path) if path else element
    if found is None:
        return ""
    return one_line(next((value for key, value in found.attrib.items() if key.rpartition("}")[2] == name), ""))


def one_line(text: str | None) -> str:
    """`text` with every run of blanks and controls made one blank, at most `MAX_TEXT` characters."""
    words = "".join(letter if letter.isprintable() else " " for letter in (text or "")[: 4 * MAX_TEXT]).split()
    return " ".join(words)[:MAX_TEXT]


def to_number(text: str | None) -> float | None:
    """A number within `MAX_NUMBER`, or None if `text` is none; 0 for what is smaller than its inverse."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    if not abs(value) <= MAX_NUMBER or "_" in (text or ""):
        return None
    return value if abs(value) >= 1 / MAX_NUMBER else 0.0
