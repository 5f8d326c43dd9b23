"""Writes manual pages made from the commands' own parsers: `python packaging/man_pages.py FOLDER`.

Needs argparse-manpage, and the program to be importable.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from argparse_manpage.manpage import Manpage

os.environ.setdefault("COLUMNS", "100")

MANUAL = "For research only, not for diagnosis"
SEE_ALSO = {
    "ecg-viewer": ("ecg-viewer-export", "ecg-viewer-journal", "ecg-viewer-study", "mmae_core"),
    "ecg-viewer-export": ("ecg-viewer",),
    "ecg-viewer-journal": ("ecg-viewer",),
    "ecg-viewer-study": ("ecg-viewer",),
    "mmae_core": ("ecg-viewer",),
}
SHORT = {
    "ecg-viewer": "shows where a 12-lead ECG departs from normal",
    "ecg-viewer-export": "write recordings, findings and maps to files, without a window",
    "ecg-viewer-journal": "check, read and merge review journals",
    "ecg-viewer-study": "reader studies: make, run and report them",
    "mmae_core": "score, measure, evaluate and train on 12-lead ECGs",
}


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser behind each page."""
    from ecg_viewer.app import _parser as viewer
    from ecg_viewer.export.command import _parser as export
    from ecg_viewer.journal_command import _parser as journal
    from ecg_viewer.study_command import parser as study

    return {"ecg-viewer": viewer(), "ecg-viewer-export": export(), "ecg-viewer-journal": journal(),
            "ecg-viewer-study": study(), "mmae_core": core_parser()}


def core_parser() -> argparse.ArgumentParser:
    """`mmae_core` with the arguments of all its commands."""
    from mmae_core.cli import DESCRIPTION
    from mmae_core.commands import PURPOSES
    from mmae_core.commands.shared.arguments import EXIT_STATUS

    parser = argparse.ArgumentParser(prog="mmae_core", description=DESCRIPTION, epilog=EXIT_STATUS)
    parser.add_argument("--version", action="version", version="", help="print the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in PURPOSES:
        importlib.import_module(f"mmae_core.commands.{name.replace('-', '_')}").add_parser(commands)
    return parser


def page(name: str, parser: argparse.ArgumentParser) -> str:
    """One page in roff; its date is SOURCE_DATE_EPOCH's if that is set."""
    from mmae_core import __version__

    made = Manpage(parser, format="single-commands-section")
    made.prog, made.description = name, SHORT[name]
    made.source, made.manual = f"ECG Viewer {__version__}", MANUAL
    others = ", ".join(f"\\fB{other}\\fR(1)".replace("-", "\\-") for other in SEE_ALSO[name])
    text = str(made).replace("\n.SH COMMENTS\n", "\n.SH NOTES\n").rstrip("\n")
    return f"{text}\n.SH SEE ALSO\n{others}\n"


def main() -> int:
    """Write all pages into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, parser in parsers().items():
        (folder / f"{name}.1").write_text(page(name, parser), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
