"""Collects what the viewer says for translators and compiles what they wrote: `python packaging/translations.py`.

`resources/translations/ecg_viewer_de.ts` is Qt's format, to be edited with Qt Linguist or by hand. This script adds
strings that are new in the source, marked as unfinished, drops those that are gone, and compiles the rest to `.qm`.
`--check` changes nothing and says what is missing.

Strings are the literals inside `tr(…)`, `translatable(…)` and, by keyword, `set_texts(…)`. They are read from the
syntax tree: pyside6-lupdate gives every class a context of its own, and the viewer has one, so that a sentence is
translated once wherever it is said.
"""

from __future__ import annotations

import argparse
import ast
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCE = REPOSITORY / "ecg_viewer"
TRANSLATIONS = REPOSITORY / "resources" / "translations"
LANGUAGES = ("de",)
CONTEXT = "ecg_viewer"
"""The one context; `ecg_viewer.qt.language` asks for it."""


@dataclass(frozen=True)
class Message:
    """One string as a .ts file holds it."""

    source: str
    translation: str
    finished: bool
    files: tuple[str, ...] = ()
    """Where it is said, below the repository; without line numbers, which would change with every edit."""


def messages_in_source(folder: Path = SOURCE) -> dict[str, tuple[str, ...]]:
    """Every literal to translate and the files it stands in. Raises ValueError for a call that cannot be read."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder.parent).as_posix()
        for text in literals(path.read_text(encoding="utf-8"), name):
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return {text: tuple(files) for text, files in sorted(found.items())}


def literals(code: str, name: str) -> list[str]:
    """The literals inside `tr(…)`, `translatable(…)` and `set_texts(…)`, in order.

    Raises ValueError, naming file and line, for a text that is put together inside `tr`, which no table can hold, and
    for a `translatable` of anything but a literal.
    """
    found = []
    for node in ast.walk(ast.parse(code, name)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id == "set_texts":
            found += [text.value for keyword in node.keywords for text in _alternatives(keyword.value)
                      if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        if node.func.id not in ("tr", "translatable"):
            continue
        place = f"{name}:{node.lineno}"
        if len(node.args) != 1 or node.keywords:
            raise ValueError(f"{place}: {node.func.id} takes one text")
        for argument in _alternatives(node.args[0]):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.append(argument.value)
            elif node.func.id == "translatable":
                raise ValueError(f"{place}: translatable takes a literal")
            elif isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call | ast.BoolOp):
                raise ValueError(f"{place}: tr takes a literal, or a name of a text that was one inside "
                                 "translatable(…); fill in what varies afterwards with .format(…)")
    return found


def _alternatives(argument: ast.expr) -> list[ast.expr]:
    """What `a if b else c` may come to, and the members of a tuple."""
    if isinstance(argument, ast.Tuple):
        return [text for member in argument.elts for text in _alternatives(member)]
    if isinstance(argument, ast.IfExp):
        return [*_alternatives(argument.body), *_alternatives(argument.orelse)]
    return [argument]


def placeholders(text: str) -> list[str]:
    """What `.format` fills in, sorted: `{n:,} of {total}` has n and total. Raises ValueError for unpaired braces."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def read(path: Path) -> dict[str, Message]:
    """The messages of a .ts file by their source text; none if there is no such file."""
    if not path.exists():
        return {}
    found = {}
    for element in ET.parse(path).iter("message"):
        translation = element.find("translation")
        assert translation is not None, f"{path.name}: a message without a translation element"
        source = element.findtext("source") or ""
        files = tuple(place.get("filename") or "" for place in element.findall("location"))
        text = translation.text or ""
        found[source] = Message(source, text, translation.get("type") != "unfinished" and bool(text), files)
    return found


def merged(known: dict[str, Message], wanted: dict[str, tuple[str, ...]]) -> list[Message]:
    """What is wanted, with the translations that are known; sorted, so that a change shows as little as it can."""
    return [
        Message(text, known[text].translation, known[text].finished, files)
        if text in known
        else Message(text, "", False, files)
        for text, files in sorted(wanted.items())
    ]


def write(path: Path, messages: list[Message], language: str) -> None:
    """Write a .ts file."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for message in messages:
        element = ET.SubElement(context, "message")
        for file in message.files:
            ET.SubElement(element, "location", filename=file)
        ET.SubElement(element, "source").text = message.source
        translation = ET.SubElement(element, "translation")
        translation.text = message.translation
        if not message.finished:
            translation.set("type", "unfinished")
    ET.indent(root, "    ")
    text = ET.tostring(root, encoding="unicode")
    temporary = path.with_suffix(".tmp")
    temporary.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    temporary.replace(path)


def problems(path: Path, wanted: dict[str, tuple[str, ...]]) -> list[str]:
    """What keeps a translation from being complete, a line for each."""
    known = read(path)
    found = [f"missing: {text!r} ({files[0]})" for text, files in wanted.items() if text not in known]
    found += [f"gone from the source: {text!r}" for text in known if text not in wanted]
    for message in known.values():
        if not message.finished:
            found.append(f"unfinished: {message.source!r}")
        elif placeholders(message.source) != placeholders(message.translation):
            found.append(f"other placeholders: {message.source!r} - {message.translation!r}")
    return found


def compile_to_qm(path: Path) -> Path:
    """Compile with pyside6-lrelease, which comes with PySide6. Raises CalledProcessError."""
    compiled = path.with_suffix(".qm")
    program = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([str(program), "-silent", str(path), "-qm", str(compiled)], check=True)
    return compiled


def main() -> int:
    """Bring every language up to date. Returns 1 if a translation is not complete."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    only_check = parser.parse_args().check
    wanted = messages_in_source()
    missing = 0
    for language in LANGUAGES:
        path = TRANSLATIONS / f"ecg_viewer_{language}.ts"
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, merged(read(path), wanted), language)
            compile_to_qm(path)
        lines = problems(path, wanted)
        missing += len(lines)
        print("\n".join([*lines, f"{language}: {len(wanted)} strings, {len(lines)} to do"]))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
