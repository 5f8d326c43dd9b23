"""Published figures of the compared methods, shown beside those measured here and never mixed with them.

Zhou et al. 2025 (arXiv 2502.05494, tables 1 and 2), who took TranAD, Anomaly Transformer, TSL and BeatGAN from Jiang et
al. 2023 (arXiv 2308.01639); TSRNet: Bui et al. 2024 (arXiv 2312.10187). Detection on PTB-XL's fold 10, localization
on 400 annotated records (pooled AUROC): other records than most that are measured here.
"""

from __future__ import annotations

from typing import Any

from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer

REMARK = (
    "Published figures are of PTB-XL's fold 10 and of 400 annotated records, under their authors' protocol. The public "
    "code of MCF, TSRNet and STAE evaluates on the test set after each epoch and keeps the best: their published "
    "figures are the maximum over epochs on the test data. The benchmark's public code also scales training and test "
    "data of detection differently. Here every method's last epoch counts, and all are scored on the same records."
)

_MMAE: dict[str, Any] = {
    "source": "Zhou et al. 2025", "detection": 0.860, "localization": 0.749, "parameters": 398_000,
    "macs_pass": 16_000_000, "macs_record": 576_000_000, "training_s": 810.0,
}
"""Training: 0.225 h, device as in the paper."""

_PEERS: dict[str, dict[str, Any]] = {
    "mcf": {
        "source": "Jiang et al. 2023", "detection": 0.860, "localization": 0.747, "parameters": 7_086_000,
        "macs_pass": 1_253_000_000, "macs_record": 45_108_000_000, "selected_on_test": True,
    },
    "tsrnet": {"source": "Bui et al. 2024", "detection": 0.860, "parameters": 4_390_000, "selected_on_test": True},
    "beatgan": {"source": "run by Jiang et al. 2023", "detection": 0.799, "localization": 0.715},
    "tranad": {"source": "run by Jiang et al. 2023", "detection": 0.788, "localization": 0.685},
    "anomaly-transformer": {"source": "run by Jiang et al. 2023", "detection": 0.762, "localization": 0.641},
    "tsl": {"source": "run by Jiang et al. 2023", "detection": 0.757, "localization": 0.509},
}

OTHERS: tuple[dict[str, Any], ...] = (
    {"name": "STAE", "source": "Sensors 2026", "detection": 0.872, "selected_on_test": True},
    {"name": "SGRF-Net", "source": "ICSIP 2026", "detection": 0.887},
)
"""Claimed on the same task by methods that are not run here."""


def published_of(scorer: WindowScorer) -> dict[str, Any]:
    """What is published of a scorer's method; empty if nothing is known of it."""
    if isinstance(scorer, AutoencoderScorer):
        return {} if scorer.model.cross_lead is not None else dict(_MMAE)
    return dict(_PEERS.get(scorer.name, {}))
