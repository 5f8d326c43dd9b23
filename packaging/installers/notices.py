"""THIRD-PARTY-NOTICES: who made what the frozen program holds, under which licence, with every licence's text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from installers.components import Component

RULE = "=" * 100
KINDS = {"runtime": "The language", "python": "Distributions of the Python Package Index",
         "system": "Libraries of the building system (Debian)"}
QT = """\
Qt and Qt for Python (PySide6, shiboken6)

The window uses Qt {qt} and Qt for Python {qt} under the GNU Lesser General Public License, version 3. They are used as
published, unchanged, as shared libraries, and can be replaced:

  - The libraries are the files libQt6*.so.6 in {folder}/PySide6/Qt/lib and the modules in {folder}/PySide6 (on Windows
    Qt6*.dll, on macOS QtCore and its like). Put a compatible build of the same major version in their place;
    nothing in the program checks or signs them. Reverse engineering for debugging such changes is
    permitted.
  - Their complete source code is published by The Qt Company: https://download.qt.io/official_releases/qt/ (folder
    {qt}, qt-everywhere-src) and https://download.qt.io/official_releases/QtForPython/ (pyside6, version {qt}).
    Who gives this program to others passes this notice on.
  - The program itself can be built anew against other versions: `python packaging/freeze.py` in its source.
  - Parts of Qt by others, under their own licences, are listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
SNDFILE = """\
libsndfile (inside soundfile)

Used unchanged as a shared library under the GNU Lesser General Public License, version 2.1: the file libsndfile*.so
in {folder}/_soundfile_data, which may be replaced. Source: https://github.com/libsndfile/libsndfile and, for the
build that is used here, https://github.com/bastibe/libsndfile-binaries.
"""


def notices(listed: Sequence[Component], version: str, folder: str = "_internal") -> str:
    """The whole text. A licence that several share is printed once, and named by its number elsewhere."""
    qt = next((one.version for one in listed if one.name.lower().startswith("pyside6")), "")
    names = {one.name.lower() for one in listed}
    numbers: dict[str, int] = {}
    parts = [f"ECG Viewer {version} is under the MIT licence (see LICENSE). It contains the work of others:", ""]
    for kind, title in KINDS.items():
        parts += [f"{title}:", *(_row(one) for one in listed if one.kind == kind), ""]
    if qt:
        parts += [RULE, QT.format(qt=qt, folder=folder)]
    if "soundfile" in names:
        parts += [RULE, SNDFILE.format(folder=folder)]
    for one in listed:
        parts += [RULE, f"{one.name} {one.version}", f"Licence: {one.licence}"]
        parts += [f"Home: {one.homepage}"] if one.homepage else []
        for name, text in one.texts:
            parts += ["", *_printed(name, text, numbers)]
        parts += [""]
    return "\n".join(parts) + "\n"


def _row(one: Component) -> str:
    return f"  {one.name} {one.version}: {one.licence}"


def _printed(name: str, text: str, numbers: dict[str, int]) -> list[str]:
    digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
    if digest in numbers:
        return [f"-- {name}: the same as text {numbers[digest]}"]
    numbers[digest] = len(numbers) + 1
    return [f"-- {name} (text {numbers[digest]})", "", text.strip("\n")]
