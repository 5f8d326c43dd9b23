"""The methods that the masked autoencoder is compared with, each trained and scored on the same windows."""

from mmae_core.peers.scoring import PeerScorer, load_peer

__all__ = ["PeerScorer", "load_peer"]
