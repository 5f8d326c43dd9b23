"""`mmae_core convert`: recordings in another format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description, add_written
from mmae_core.commands.shared.progress import progress_bar
from mmae_core.commands.shared.recordings import recordings_of
from mmae_core.errors import ConfigError, EcgError
from mmae_core.record import EcgRecord
from mmae_core.writers import FORMATS, files_of, plain_name, suffix_of, write_recording

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
                target = options.output / f"{plain_name(record.name)}{suffix_of(options.to)}"
                if target in taken:
                    raise ConfigError(f"{target.name} was written for another recording of the same name.")
                _require_free(files_of(options.to, target), record, replaces=options.force)
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


def _require_free(targets: Sequence[Path], record: EcgRecord, *, replaces: bool) -> None:
    """Raises ConfigError if a file is there already and must stay: always, if it is one of the recording's own."""
    for target in (target for target in targets if target.exists()):
        if not replaces:
            raise ConfigError(f"{target} is there already. Replace it with --force.")
        if any(path.exists() and path.samefile(target) for path in record.source.paths):
            raise ConfigError(f"{target} is the recording itself. Name another folder with --output.")
