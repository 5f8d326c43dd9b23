"""A finished run of a peer as a `WindowScorer`: the same interface as the masked autoencoder's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mmae_core.config import PreprocessConfig
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.model.device import resolve_device
from mmae_core.peers.base import N_LEADS, N_SAMPLES, PEERS, Peer, PeerScores, config_from, peer_type
from mmae_core.peers.data import window_r_peaks
from mmae_core.peers.training import PEER_FORMAT
from mmae_core.scoring.checkpoint import file_sha256, load_weights, read_json
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.window_scorer import PEER_FILE, WindowScores
from mmae_core.training.run_folder import WEIGHTS_FILE

NO_R_PEAKS = "no R-peak was found in lead II, and this method needs them"
NO_USABLE_R_PEAK = "no R-peak in lead II lies far enough from both ends of the window for this method"
BATCH_WINDOWS = 8


class PeerScorer:
    """A trained peer on a device. Not to be shared between threads."""

    def __init__(self, peer: Peer, training: dict[str, Any], folder: Path | None = None) -> None:
        self.peer = peer
        self.folder = folder
        self.peer.network.requires_grad_(False).eval()
        self.name = peer.name
        self.preprocess: PreprocessConfig = peer.preprocess
        self.needs_r_peaks = peer.needs_r_peaks
        self.n_parameters = peer.n_parameters
        self.macs_per_record = peer.macs_per_record()
        self.training = training

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """Score prepared windows; one that cannot be scored has NaN and a reason."""
        reasons = [""] * len(inputs)
        usable: list[tuple[int, NDArray[np.int64]]] = []
        for row, item in enumerate(inputs):
            peaks, reasons[row] = self._r_peaks(item)
            if not reasons[row]:
                usable.append((row, peaks))
        scores = np.full(len(inputs), np.nan)
        maps = np.full((len(inputs), N_LEADS, N_SAMPLES), np.nan, np.float32) if with_maps else None
        parts: dict[str, NDArray[np.float64]] = {}
        for first in range(0, len(usable), BATCH_WINDOWS):
            batch = usable[first : first + BATCH_WINDOWS]
            rows = [row for row, _ in batch]
            found = self._score([inputs[row] for row in rows], [peaks for _, peaks in batch], with_maps)
            scores[rows] = found.scores
            for key, values in found.parts.items():
                parts.setdefault(key, np.full(len(inputs), np.nan))[rows] = values
            if maps is not None and found.maps is not None:
                for row, points in zip(rows, found.maps, strict=True):
                    maps[row] = np.where(inputs[row].assessable, points, np.nan)
        return WindowScores(scores, maps, tuple(reasons), parts)

    def _r_peaks(self, item: ModelInput) -> tuple[NDArray[np.int64], str]:
        """Usable R-peaks of a window (empty where none are needed), and why it cannot be scored."""
        nothing = np.empty(0, dtype=np.int64)
        if not item.lead_assessable.any():
            return nothing, f"no lead can be assessed: {'; '.join(item.notes)}"
        if not self.needs_r_peaks:
            return nothing, ""
        found = window_r_peaks(item)
        usable = self.peer.usable_r_peaks(found)
        if len(usable):
            return usable, ""
        return nothing, NO_USABLE_R_PEAK if len(found) else NO_R_PEAKS

    def _score(self, items: list[ModelInput], peaks: list[NDArray[np.int64]], with_maps: bool) -> PeerScores:
        signal = torch.from_numpy(np.stack([item.signal for item in items])).to(self.peer.device)
        with torch.inference_mode():
            return self.peer.score(signal, peaks, with_maps=with_maps)


def load_peer(folder: Path, device: str = "cpu") -> PeerScorer:
    """A finished run of `train_peer`. Raises ModelMismatch if it is none, or its weights are not those it names."""
    for name in (PEER_FILE, WEIGHTS_FILE):
        if not (folder / name).is_file():
            raise ModelMismatch(
                f"{folder.name} is no finished run of a compared method: {name} is missing. Continue it with "
                "`mmae_core train --model NAME --resume`."
            )
    description = read_json(folder / PEER_FILE)
    if description.get("format") != PEER_FORMAT or description.get("name") not in PEERS:
        raise ModelMismatch(
            f"{folder.name}/{PEER_FILE} has format {description.get('format')!r} and is of "
            f"{description.get('name')!r}; this program reads format {PEER_FORMAT} of {', '.join(PEERS)}."
        )
    found = file_sha256(folder / WEIGHTS_FILE)
    if found != description.get("sha256"):
        raise ModelMismatch(
            f"The weights in {folder.name} are not those its {PEER_FILE} names: their SHA-256 is {found[:12]}…. "
            "The file is damaged or was exchanged."
        )
    kind = peer_type(description["name"])
    try:
        peer = kind(config_from(kind.config_type, dict(description["config"])), resolve_device(device))
    except (KeyError, TypeError, ValueError, OverflowError, RuntimeError, ConfigError) as error:  # PyTorch, of sizes
        raise ModelMismatch(f"{folder.name}/{PEER_FILE}: its configuration cannot be used: {error}") from error
    load_weights(folder / WEIGHTS_FILE, peer.network)
    facts = {"sha256": found, "source": kind.source, "config": description["config"]}
    return PeerScorer(peer, {**(description.get("training") or {}), **facts}, folder)
