"""`mmae_core convert`: recordings in another format."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description, add_written
from mmae_core.commands.shared.progress import progress_bar
from mmae_core.commands.shared.recordings import recordings_of
from mmae_core.errors import ConfigError, EcgError
from mmae_core.writers import FORMATS, suffix_of, write_recording

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core convert`."""
    parser = add_command(commands, "convert", run, epilog=(
        "Samples come back within half a step. What a format cannot hold is reported. Names, numbers and dates of the "
        "person are left out."))
    parser.add_argument("records", nargs="+", type=Path, metavar="PATH", help="recordings, or folders of them")
    parser.add_argument("--to", choices=FORMATS, required=True, help="format to write")
    add_written(parser, "--output", "folder to write to", is_folder=True)
    add_description(parser)
    parser.add_argument("--force", action="store_true", help="replace files that are there already (default: refuse)")
    parser.add_argument("--with-identity", action="store_true",
                        help="write name, number and dates of the person too, where the format has room for them")


def run(options: argparse.Namespace) -> None:
    """Write every recording; one that fails does not stop the others.

    Raises EcgError at the end if any could not be written.
    """
    from mmae_core.readers import read_record

    paths = recordings_of(options.records)
    failures, taken = [], set()
    with progress_bar(len(paths), "writing", "recording") as bar:
        for path in paths:
            try:
                record = read_record(path)
                target = options.output / f"{_file_name(record.name)}{suffix_of(options.to)}"
                if target in taken:
                    raise ConfigError(f"{target.name} was written for another recording of the same name.")
                if target.exists() and not options.force:
                    raise ConfigError(f"{target} is there already. Replace it with --force.")
                taken.add(target)
                notes = write_recording(record, target, options.to, with_identity=options.with_identity)
                for note in notes:
                    print(f"{path}: {note}", file=sys.stderr)
            except EcgError as error:
                failures.append(path)
                print(f"{path}: {error}", file=sys.stderr)
            bar.update(1)
    print(f"{len(paths) - len(failures):,} of {len(paths):,} recordings written to {options.output}.", file=sys.stderr)
    if failures:
        raise EcgError(f"{len(failures):,} of {len(paths):,} recordings could not be written; see above.")


def _file_name(name: str) -> str:
    """A record's name as a file name that every system and format takes."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_")
    return plain[:80] or "recording"
