"""Exports the rate and the confirmed findings of a recording as lines of text."""

from pathlib import Path

from ecg_viewer.export.content import RecordContent

TITLE = "List of findings (text)"
TIP = "Rate and confirmed findings, one a line, for people who like plain files."
ENDING = "_findings.txt"


def write(content: RecordContent, path: Path) -> None:
    """`path` is a temporary name, which becomes the file when this returns."""
    rate = None if content.measurements is None else content.measurements.rate_bpm.value
    lines = [f"recording {content.name}", "rate not measured" if rate is None else f"rate {rate:.0f}/min"]
    lines += [f"{one.lead} {one.start_s:.3f} s to {one.end_s:.3f} s {one.label or one.kind}"
              for one in content.findings if one.is_positive]
    path.write_text("\n".join([*lines, "Research use only, not for diagnosis.", ""]), encoding="utf-8")
