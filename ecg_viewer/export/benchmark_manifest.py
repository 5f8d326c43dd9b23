"""The manifest of a benchmark: the recording of each window, the decisions there, and the origin of its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.export.content import ReviewedFinding
from ecg_viewer.export.findings_json import finite
from ecg_viewer.export.provenance import PROGRAM
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core import __version__
from mmae_core.record import STANDARD_LEADS, FloatArray

FORMAT = "ecg-viewer benchmark"
FORMAT_VERSION = 1
SCHEMA = "benchmark.schema.json"
MANIFEST = "benchmark.json"


@dataclass(frozen=True)
class LeftOut:
    """A window that is neither positive nor normal, because findings in it are not decided."""

    record: str
    start_s: float
    n_undecided: int


@dataclass(frozen=True)
class Truth:
    """Who set the borders of the positive stretches. A stretch in two windows counts in each."""

    models: dict[str, int]
    """SHA-256 of the weights of each model, and how many of its findings were confirmed."""
    by_hand: int
    """Marked by a person."""

    @classmethod
    def of(cls, positives: Sequence[ReviewedFinding]) -> Truth:
        found = Counter(item.model_sha256 for item in positives if item.found_by == "model")
        return cls(dict(sorted(found.items())), sum(item.found_by != "model" for item in positives))

    @property
    def by_model(self) -> int:
        return sum(self.models.values())

    def document(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {"found_by_model": self.by_model, "by_hand": self.by_hand, "models": self.models}


@dataclass
class Window:
    """One row of the benchmark."""

    record: str
    sha256: str
    start_s: float
    file: str
    sampling_rate_hz: float
    signal: FloatArray
    """(5000, 12) filtered mV."""
    mask: NDArray[np.uint8]
    """(5000, 12) 1 in what is positive."""
    ignored: NDArray[np.uint8]
    """(5000, 12) 1 in undecided findings."""
    positives: list[ReviewedFinding] = field(default_factory=list)
    negatives: list[ReviewedFinding] = field(default_factory=list)
    undecided: list[ReviewedFinding] = field(default_factory=list)


def manifest(
    windows: Sequence[Window], left_out: Sequence[tuple[str, str]], left_windows: Sequence[LeftOut], moment: datetime
) -> dict[str, Any]:
    """The document that follows `benchmark.schema.json`; windows in the order of the rows of `test.npy`."""
    from mmae_core.config import PreprocessConfig
    from mmae_core.readers.mcf_arrays import N_SAMPLES, RATE_HZ

    positive = [window for window in windows if window.positives]
    rows = {id(window): row for row, window in enumerate(positive)}
    config = PreprocessConfig()
    deciders = {item.reviewer for window in windows for item in (*window.positives, *window.negatives)}
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "use": RESEARCH_USE_BADGE,
        "created": moment.isoformat(timespec="seconds"),
        "program": PROGRAM,
        "program_version": __version__,
        "reviewers": sorted(deciders - {""}),
        "array_preprocessing": f"{config.sampling_rate_hz:g} Hz, {config.highpass_hz:g}-{config.lowpass_hz:g} Hz "
                               f"(zero-phase Butterworth of order {config.filter_order}), mV",
        "sampling_rate_hz": int(RATE_HZ),
        "samples": N_SAMPLES,
        "leads": list(STANDARD_LEADS),
        "n_windows": len(windows),
        "n_positive": len(positive),
        "n_normal": len(windows) - len(positive),
        "n_undecided": sum(len(window.undecided) for window in windows),
        "truth": truth_of(windows).document(),
        "left_out": [{"record": name, "reason": reason} for name, reason in left_out],
        "left_out_windows": [
            {"record": item.record, "start_s": round(item.start_s, 6), "n_undecided": item.n_undecided}
            for item in left_windows
        ],
        "windows": [
            {
                "record": window.record,
                "sha256": window.sha256,
                "start_s": window.start_s,
                "file": window.file,
                "sampling_rate_hz": window.sampling_rate_hz,
                "detection_row": row,
                "localization_row": rows.get(id(window)),
                "positives": [_box(item) for item in window.positives],
                "negatives": [_box(item) for item in window.negatives],
                "undecided": [_stretch(item) for item in window.undecided],
            }
            for row, window in enumerate(windows)
        ],
    }


def truth_of(windows: Sequence[Window]) -> Truth:
    """Who set the borders of the positive stretches in all windows."""
    return Truth.of([item for window in windows for item in window.positives])


def _stretch(finding: ReviewedFinding) -> dict[str, Any]:
    return {
        "lead": finding.lead,
        "start_s": round(finding.start_s, 6),
        "end_s": round(finding.end_s, 6),
        "model_sha256": finding.model_sha256,
        "percentile": finite(finding.percentile),
    }


def _box(finding: ReviewedFinding) -> dict[str, Any]:
    return {
        **_stretch(finding),
        "found_by": finding.found_by,
        "label": finding.label,
        "note": finding.note,
        "reviewer": finding.reviewer,
        "decided": finding.decided or None,
    }
