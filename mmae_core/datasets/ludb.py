"""LUDB, the Lobachevsky University database: P, QRS and T boundaries drawn by cardiologists in every lead.

Kalyakulina et al. 2020, doi 10.1109/ACCESS.2020.3029211; ODC-By 1.0. A folder as PhysioNet publishes it: `ludb.csv` and
`data/N.hea` with one annotation file a lead (`N.i`, `N.ii`, ... `N.v6`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.readers.wfdb_annotations import marks_of
from mmae_core.record import STANDARD_LEADS

TABLE = "ludb.csv"
Wave = Literal["P", "QRS", "T"]
SYMBOLS: dict[str, Wave] = {"p": "P", "N": "QRS", "t": "T"}
"""As the annotation files call the peaks; `(` before and `)` after one are its boundaries."""


@dataclass(frozen=True)
class LudbRecord:
    """One recording and its annotations."""

    name: str
    path: Path
    """Path of its header."""
    rhythm: str
    """As the table says, such as `Sinus rhythm`."""
    waves: dict[str, dict[Wave, NDArray[np.float64]]]
    """For each of `STANDARD_LEADS`: (waves, 3) onset, peak and end in seconds; NaN where none was drawn."""

    @property
    def is_sinus(self) -> bool:
        return self.rhythm.lower().startswith("sinus")


def is_ludb(folder: Path) -> bool:
    """Whether a folder is laid out as LUDB."""
    return (folder / TABLE).is_file()


def load_ludb(folder: Path) -> tuple[LudbRecord, ...]:
    """Every record of the folder that the table names, by number.

    Raises DatasetError if the table cannot be read or no record is there, UnreadableRecord if a file is damaged.
    """
    try:
        with (folder / TABLE).open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, restval="")
            rhythms = {str(int(row["ID"])): " ".join(row["Rhythms"].split()) for row in rows}
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise DatasetError(f"{TABLE} cannot be read as LUDB's table: {error!r}.") from error
    headers = {name: folder / "data" / f"{name}.hea" for name in rhythms}
    records = tuple(
        LudbRecord(name, path, rhythms[name], {lead: _waves(path, lead) for lead in STANDARD_LEADS})
        for name, path in sorted(headers.items(), key=lambda item: int(item[0])) if path.is_file()
    )
    if not records:
        raise DatasetError(f"{folder.name} has LUDB's table, but none of its recordings in the folder data.")
    return records


def _waves(header: Path, lead: str) -> dict[Wave, NDArray[np.float64]]:
    marks = marks_of(header.with_suffix(f".{lead.lower()}"))
    found: dict[Wave, list[tuple[float, float, float]]] = {wave: [] for wave in SYMBOLS.values()}
    for number, (peak_s, symbol) in enumerate(marks):
        if symbol in SYMBOLS:
            before = marks[number - 1] if number else (np.nan, "")
            after = marks[number + 1] if number + 1 < len(marks) else (np.nan, "")
            found[SYMBOLS[symbol]].append((before[0] if before[1] == "(" else np.nan, peak_s,
                                           after[0] if after[1] == ")" else np.nan))
    return {wave: np.array(rows, np.float64).reshape(-1, 3) for wave, rows in found.items()}
