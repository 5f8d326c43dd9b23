"""Texts of DICOM files in the character sets of PS3.3, C.12.1.1.2."""

from __future__ import annotations

from collections.abc import Sequence

_ENCODINGS = {
    "": "latin-1", "ISO_IR 6": "latin-1", "ISO_IR 100": "latin-1", "ISO_IR 101": "iso8859_2", "ISO_IR 109": "iso8859_3",
    "ISO_IR 110": "iso8859_4", "ISO_IR 144": "iso8859_5", "ISO_IR 127": "iso8859_6", "ISO_IR 126": "iso8859_7",
    "ISO_IR 138": "iso8859_8", "ISO_IR 148": "iso8859_9", "ISO_IR 203": "iso8859_15", "ISO_IR 13": "shift_jis",
    "ISO_IR 166": "iso8859_11", "ISO_IR 192": "utf_8", "GB18030": "gb18030", "GBK": "gbk",
}
"""Python's name of each character set; without one a text is ASCII, of which Latin-1 is an extension."""


def decoded(raw: bytes, character_sets: Sequence[str]) -> str:
    """A text of a data set with these specific character sets; bytes without meaning become the replacement sign."""
    if not raw or (raw.isascii() and b"\x1b" not in raw):
        return raw.decode("ascii")
    first = character_sets[0] if character_sets else ""
    if len(character_sets) > 1 or first.startswith("ISO 2022"):
        from pydicom.charset import convert_encodings, decode_bytes

        try:
            return decode_bytes(raw, convert_encodings(list(character_sets)), {*"\\^=\r\n\t\f"})
        except (LookupError, ValueError):
            return raw.decode("latin-1")
    return raw.decode(_ENCODINGS.get(first, "latin-1"), errors="replace")
