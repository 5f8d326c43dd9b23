"""Training data of peers: the masked autoencoder's cached windows, scaled to [-1, 1], and each window's R-peaks."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.config import Config, PreprocessConfig
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, replacing
from mmae_core.peers.base import N_LEADS, RATE_HZ, Peer, PeerBatch
from mmae_core.readers import read_record
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.signals.rpeaks import find_r_peaks
from mmae_core.training.batches import KeptOn, placed, token_rows
from mmae_core.training.prepared_parts import Progress, training_inputs
from mmae_core.training.processes import ALONE, Processes
from mmae_core.training.training_data import TrainingSet, default_cache_folder, training_set

R_PEAK_FORMAT = 1
"""Increased whenever R-peak detection changes, so that old cache files are not reused."""
R_PEAK_LEAD = 1
"""Lead II, where the authors of MCF look for R-peaks."""


@dataclass(frozen=True)
class PeerData:
    """Prepared windows of normal records for training peers."""

    windows: TrainingSet
    """Cached float16 windows in segments."""
    r_peaks: tuple[NDArray[np.int64], ...] | None
    """R-peaks of each window, in samples at 500 Hz; None where no peer needs them."""
    resident: Tensor | None = None
    """Rows of the windows on an accelerator, [windows * 40, 1500] float16; None where they stay on disk."""

    def __len__(self) -> int:
        return len(self.windows)

    def signal(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """(N, 12, 5000) of the given windows."""
        tokens = np.asarray(self.windows.tokens[np.asarray(rows)], dtype=np.float32)  # (N, 40, 1500), lead-major
        n, n_segments, token_size = tokens.shape
        cut = tokens.reshape(n, n_segments, N_LEADS, token_size // N_LEADS).transpose(0, 2, 1, 3)
        return np.ascontiguousarray(cut.reshape(n, N_LEADS, n_segments * token_size // N_LEADS))

    def usable(self, peer: Peer) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """Windows a peer can train on, and the records of windows without enough R-peaks."""
        if not peer.needs_r_peaks:
            return np.arange(len(self)), ()
        if self.r_peaks is None:
            raise DatasetError(f"{peer.name} needs R-peaks, and the training data was prepared without them.")
        has_peaks = np.array([len(peer.usable_r_peaks(peaks)) > 0 for peaks in self.r_peaks], dtype=bool)
        without = tuple(name for name, has in zip(self.windows.names, has_peaks, strict=True) if not has)
        return np.flatnonzero(has_peaks), without

    def on(self, device: torch.device, kept_on: KeptOn) -> PeerData:
        """The same with the windows on an accelerator, if they fit (see `placed`)."""
        rows = placed(token_rows(self.windows.tokens), device, kept_on)
        return self if rows.device.type == "cpu" else dataclasses.replace(self, resident=rows)

    def batch(
        self, rows: NDArray[np.int64], peer: Peer, generator: torch.Generator, processes: Processes = ALONE
    ) -> PeerBatch:
        """Of the windows `rows`, ascending, this process's, with their usable R-peaks, on the peer's device."""
        return self.gathered(rows, peer, generator, processes).to(peer.device)

    def gathered(
        self, rows: NDArray[np.int64], peer: Peer, generator: torch.Generator, processes: Processes = ALONE
    ) -> PeerBatch:
        """As `batch`, where the windows lie."""
        own = rows[processes.rank :: processes.world]
        if self.resident is None:
            signal = torch.from_numpy(self.signal(own))
        else:
            n_segments = self.windows.tokens.shape[1]
            tokens = self.resident.view(-1, n_segments, N_LEADS, self.resident.shape[1] // N_LEADS)
            cut = tokens[torch.from_numpy(own).to(tokens.device)]
            signal = cut.transpose(1, 2).flatten(2)
        nothing = np.empty(0, dtype=np.int64)
        peaks = self.r_peaks if peer.needs_r_peaks else None
        usable = tuple(nothing if peaks is None else peer.usable_r_peaks(peaks[row]) for row in own)
        return PeerBatch(signal, usable, generator, processes, len(rows))


def window_r_peaks(item: ModelInput) -> NDArray[np.int64]:
    """R-peaks of a prepared window on lead II, in samples at 500 Hz; empty where none are found."""
    lead = item.signal[R_PEAK_LEAD] * item.scale_mv[R_PEAK_LEAD] + item.offset_mv[R_PEAK_LEAD]
    return find_r_peaks(lead, RATE_HZ)


def peer_data(
    paths: Sequence[Path],
    preprocess: PreprocessConfig,
    cache_folder: Path | None = None,
    *,
    with_r_peaks: bool,
    progress: Callable[[str], Progress] | None = None,
    jobs: int = 1,
) -> PeerData:
    """Prepare recordings for peers, or find them in the cache; `progress(purpose)` makes a counter for each stage.

    Recordings that cannot be used are left out and named, as for the masked autoencoder. Raises DatasetError if
    nothing usable remains.
    """
    config = Config(preprocess=preprocess)
    windows = training_set(paths, config, cache_folder, progress("preparing") if progress else None, jobs)
    if not with_r_peaks:
        return PeerData(windows, None)
    cached = (cache_folder or default_cache_folder()) / f"{windows.key}.r-peaks-{R_PEAK_FORMAT}.json"
    if not cached.exists():
        found = list(_find_all(paths, windows, config, progress("finding R-peaks") if progress else None))
        with replacing(cached) as part:
            part.write_text(json.dumps(found))
    try:
        r_peaks = tuple(np.array(peaks, dtype=np.int64) for peaks in json.loads(cached.read_text(encoding="utf-8")))
    except JSON_FAULTS:
        r_peaks = ()
    if len(r_peaks) != len(windows.names) or not all(peaks.ndim == 1 for peaks in r_peaks):
        raise DatasetError(f"{cached} is damaged. Delete it, so that it is made anew.")
    return PeerData(windows, r_peaks)


def _find_all(
    paths: Sequence[Path], windows: TrainingSet, config: Config, progress: Progress | None
) -> Iterator[list[int]]:
    """R-peaks of every cached window, in the cache's order."""
    counts: dict[str, int] = defaultdict(int)
    for name in windows.names:
        counts[name] += 1
    for done, path in enumerate(paths, start=1):
        if path.stem in counts:
            for item in training_inputs(read_record(path), config):
                yield window_r_peaks(item).tolist()
        if progress:
            progress(done, len(paths))
