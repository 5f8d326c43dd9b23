"""What a run records of its training: data, licence, and the records used, so that every test record can be checked
against them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.errors import DatasetError
from mmae_core.files import replacing

TRAINING_FILE = "training.json"
NO_LICENCE = "licence of the recordings not known"
KEY_LENGTH = 10
"""Hexadecimal digits of a record's key: among 8,000 training records a foreign one is taken for known once in 10^8."""
MIN_COHORT = 20
"""Least number of normals for calibration: with 20 the highest percentile is 95."""
FEW_NORMALS = 100
"""With fewer normals a warning says that percentiles are coarse."""
RECALIBRATION = "recalibration"
"""Of a card: what a model was made from that has the networks of another one, and percentiles of its own."""
_PTBXL_NAME = re.compile(r"(\d{5})_[lh]r")


@dataclass(frozen=True)
class TrainingSource:
    """What a model was trained on, for its card."""

    dataset: str
    """As shown to the user, such as `PTB-XL v1.0.3, records whose only superclass is NORM`."""
    folds: tuple[int, ...]
    """Empty for a plain folder."""
    n_windows: int
    left_out: tuple[tuple[str, str], ...]
    command: str
    licence: str = NO_LICENCE
    """Licence of the recordings."""
    records: tuple[str, ...] = ()
    """Keys of the records trained on (see `record_key`)."""
    parted: str = ""
    """By what the normals that calibrate were kept apart from these; empty if not known."""
    processes: int = 1
    """How many trained together at the start."""
    precision: str = "float32"

    def to_dict(self) -> dict[str, Any]:
        return {
            "dataset": self.dataset, "data_licence": self.licence, "folds": list(self.folds),
            "n_windows": self.n_windows, "n_left_out": len(self.left_out), "command": self.command,
            "records": "".join(sorted(self.records)), "held_out": self.parted, "processes": self.processes,
            "precision": self.precision,
        }

    def save(self, run_folder: Path) -> None:
        """Keep it in the run folder, with the full list of what was left out; the first start's facts stay."""
        path = run_folder / TRAINING_FILE
        if path.exists():
            return
        values = {**self.to_dict(), "left_out": [list(item) for item in self.left_out]}
        with replacing(path) as part:
            part.write_text(json.dumps(values, indent=1))


def record_key(path: Path) -> str:
    """Identifies a record independent of its folder: in PTB-XL by number, at both rates; elsewhere by its header."""
    name = _PTBXL_NAME.fullmatch(path.stem)
    try:
        text = f"PTB-XL {int(name.group(1))}".encode() if name else path.read_bytes()
    except OSError:  # a record that cannot be read is not scored either
        text = str(path.stem).encode()
    return hashlib.sha256(text).hexdigest()[:KEY_LENGTH]


def used_records(paths: Sequence[Path], left_out: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Keys of the records of which windows were made."""
    names = {name for name, _ in left_out}
    return tuple(record_key(path) for path in paths if path.stem not in names)


def trained_on(training: Mapping[str, Any], paths: Iterable[Path]) -> list[Path]:
    """Which of these records a model was trained on, by its card; none where the card does not name any."""
    text = str(training.get("records") or "")
    known = {text[at : at + KEY_LENGTH] for at in range(0, len(text), KEY_LENGTH)}
    return [path for path in paths if known and record_key(path) in known]


def model_key(sha256: str, card: Mapping[str, Any]) -> str:
    """Tells apart models of the same weights and other percentiles: the weights' checksum, and that of a later
    calibration if there is one.
    """
    later = card.get(RECALIBRATION)
    return sha256 if not isinstance(later, dict) else f"{sha256}-{str(later.get('calibration_sha256'))[:16]}"


def without_records(training: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The facts without the long list of keys, of which the number stays."""
    if not training:
        return None
    count = len(str(training.get("records") or "")) // KEY_LENGTH
    return {key: value for key, value in training.items() if key != "records"} | {"n_records_named": count}


def licence_words(training: Mapping[str, Any]) -> str:
    """Licence of the weights and of the recordings behind them."""
    known = "CC BY 4.0" if str(training["dataset"]).startswith("PTB-XL") else NO_LICENCE
    return f"MIT (weights); trained on {training['dataset']}, {training.get('data_licence', known)}"


def require_cohort(n_normals: int) -> str:
    """What must be said of a cohort of so many normals; empty if nothing. Raises DatasetError below `MIN_COHORT`."""
    if n_normals < MIN_COHORT:
        raise DatasetError(f"{n_normals} normal records can calibrate the model; at least {MIN_COHORT} are needed, and "
                           f"{FEW_NORMALS} for percentiles finer than one in a hundred. Name more of them.")
    if n_normals < FEW_NORMALS:
        return (f"Only {n_normals} normals calibrate this model: percentiles are no finer than {100 / n_normals:.0f}, "
                f"and extreme ones mean little. {FEW_NORMALS} or more are needed.")
    return ""
