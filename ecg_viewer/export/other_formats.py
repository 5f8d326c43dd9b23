"""Exports of other packages, which they name in the entry-point group `ecg_viewer.exports`.

An entry point leads to an object, often a module, with:

    TITLE: str            in the export dialog
    TIP: str              a sentence on what it writes
    ENDING: str           of its file, such as `_waves.txt`
    write(content: RecordContent, path: Path) -> None

`write` runs on a worker thread and may raise `CannotExport` with a sentence; `path` is a temporary name that becomes
the file when it returns. Anything else that goes wrong in it is named and leaves no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NewType

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import CannotExport, Folder, file_name, writing
from mmae_core.errors import EcgError
from mmae_core.plug_ins import EXPORTS, FAULTS, PlugIn, PlugInFailed, unshadowing

OtherFormat = NewType("OtherFormat", str)
"""Name of a format of another package."""


@dataclass(frozen=True)
class OtherExport:
    """An export of another package, imported."""

    plug_in: PlugIn
    title: str
    tip: str
    ending: str
    target: Any

    def write(self, content: RecordContent, folder: Folder) -> tuple[Path, ...]:
        """Write its file. Raises CannotExport if it cannot be written, PlugInFailed for any fault in it."""
        target = folder.target(file_name(content.name, self.ending))
        try:
            with writing(target) as part:
                self.target.write(content, part)
                if not part.is_file() or not part.stat().st_size:
                    raise ValueError("it wrote nothing")
        except (EcgError, CannotExport):
            raise
        except FAULTS as error:
            raise self.plug_in.failed(error) from error
        return (target,)


def other_formats(bundled: Sequence[str]) -> tuple[OtherFormat, ...]:
    """Names of the formats of other packages, without importing them; none has the name of one of this program."""
    return tuple(OtherFormat(one.name) for one in unshadowing(EXPORTS, (*bundled, "benchmark")))


def other_export(name: OtherFormat) -> OtherExport:
    """An export by name, imported on first use. Raises PlugInFailed."""
    one = next((one for one in unshadowing(EXPORTS, ()) if one.name == name), None)
    if one is None:
        raise PlugInFailed(f"There is no export {name}.")
    target = one.checked()
    return OtherExport(one, target.TITLE, target.TIP, target.ENDING, target)
