"""The average beats of normal ECGs, and how a recording's own average beat lies among them.

Start at `bundled_normal_beats`, `normal_band` and `nearest_normals`.
"""

from mmae_core.normal_beats.aligned import AlignedBeat, aligned_beat
from mmae_core.normal_beats.band import NO_BEAT, NormalBand, Refused, normal_band
from mmae_core.normal_beats.nearest import NearNormal, nearest_normals
from mmae_core.normal_beats.outside import OutsideBand, outside_band
from mmae_core.normal_beats.store import NormalBeats, bundled_normal_beats

__all__ = [
    "NO_BEAT", "AlignedBeat", "NearNormal", "NormalBand", "NormalBeats", "OutsideBand", "Refused", "aligned_beat",
    "bundled_normal_beats", "nearest_normals", "normal_band", "outside_band",
]
