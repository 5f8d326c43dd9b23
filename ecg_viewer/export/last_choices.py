"""The choices of the last export, remembered for the next one; never whether to include identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ecg_viewer.export.page_options import PAPER_SIZES, PaperSize
from ecg_viewer.export.record_files import Format, all_formats

RESOLUTIONS = (100, 150, 200, 300, 600, 1200)
"""Dots an inch offered for pictures."""


@dataclass(frozen=True)
class Choices:
    """The fields of the dialog that are remembered."""

    formats: tuple[Format, ...] = ("pdf",)
    folder: str = ""
    """Empty: none chosen yet; the dialog starts in the user's documents folder."""
    paper: PaperSize = "a4"
    whole: bool = False
    """All of the recording, not only the page in view."""
    with_findings: bool = True
    dpi: int = 300
    expected: bool = False
    """The expected trace among the maps."""
    semicolons: bool = False
    """As `Folder.semicolons`."""
    as_shown: bool = False
    """Pages laid out as the paper on the screen is, not as hospitals print them."""

    @classmethod
    def from_settings(cls, values: Mapping[str, Any]) -> Choices:
        """Read from the settings; invalid fields have their defaults."""
        default = cls()
        wanted = values.get("formats")
        formats = tuple(name for name in all_formats() if isinstance(wanted, list | tuple) and name in wanted)
        paper, dpi, folder = values.get("paper"), values.get("dpi"), values.get("folder")
        return cls(
            formats or default.formats,
            folder if isinstance(folder, str) else "",
            next((known for known in PAPER_SIZES if known == paper), default.paper),
            values.get("whole") is True,
            values.get("with_findings") is not False,
            dpi if dpi in RESOLUTIONS else default.dpi,
            values.get("expected") is True,
            values.get("semicolons") is True,
            values.get("as_shown") is True,
        )

    def to_settings(self) -> dict[str, Any]:
        values = asdict(self)
        return {**values, "formats": list(self.formats)}
