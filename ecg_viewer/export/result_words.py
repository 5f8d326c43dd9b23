"""What an export wrote, what was empty and what failed, in one sentence for the window and a list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.export.record_files import Written
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number


@dataclass(frozen=True)
class Told:
    """The result of an export in words."""

    sentence: str
    """What was written comes first."""
    details: str
    """Every file, and every reason."""
    is_complete: bool
    """Whether all was written and nothing is to be known about it."""

    @classmethod
    def of(cls, written: Sequence[Written], *, was_stopped: bool = False) -> Told:
        """Of one recording or many. Files left alone because they exist are not told of: they are asked about."""
        paths = [path for item in written for path in item.paths]
        empty = [reason for item in written for reason in item.empty]
        lacks = [note for item in written for note in item.notes]
        problems = [problem for item in written if not item.existing for problem in item.problems]
        parts = [_written(paths, was_stopped=was_stopped)]
        for reasons, one, several in (
            (problems, tr("Not written: {reason}"), tr("{count} formats were not written: {reason} …")),
            (empty, tr("Empty, so not written: {reason}"),
             tr("{count} formats were empty, so not written: {reason} …")),
            (lacks, tr("To know: {reason}"), tr("{count} things to know: {reason} …")),
        ):
            if reasons:
                form = one if len(reasons) == 1 else several
                parts.append(form.format(count=number(len(reasons), ","), reason=reasons[0]))
        lists = ((tr("Written"), [str(path) for path in paths]), (tr("Not written"), problems),
                 (tr("Empty"), empty), (tr("To know"), lacks))
        details = "\n\n".join("\n".join((f"{title}:", *lines)) for title, lines in lists if lines)
        return cls(" ".join(filter(None, parts)), details, not (problems or empty or lacks))


def _written(paths: Sequence[Path], *, was_stopped: bool) -> str:
    """How many files are where; nothing if none was written and nobody stopped it."""
    if was_stopped:
        return tr("The export was stopped; {count} files were written.").format(count=number(len(paths), ","))
    if len(paths) == 1:
        return tr("{name} was written to {folder}.").format(name=paths[0].name, folder=paths[0].parent.name)
    if not paths:
        return ""
    return tr("{count} files were written to {folder}.").format(
        count=number(len(paths), ","), folder=paths[0].parent.name)
