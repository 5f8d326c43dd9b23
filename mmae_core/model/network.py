"""The multi-scale masked autoencoder of Zhou et al. 2025 (arXiv 2502.05494), section 3.

Shapes: N windows or passes, 40 segments a window, 4 a local region, 1500 values a token (12 leads x 125 samples,
lead-major), D = 64 wide. The auxiliary token comes first, then global tokens, then local ones.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from mmae_core.config import ModelConfig
from mmae_core.model.masking import BranchMask


class Attention(nn.Module):
    """Multi-head self-attention. The softmax is spelled out: with heads 4 wide, fused CPU kernels are slower."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.project = nn.Linear(width, width)

    def forward(self, x: Tensor, n_wanted: int | None = None) -> Tensor:
        """Mixed tokens [N, L, D], or [N, n_wanted, D] of the last ones alone."""
        n, length, width = x.shape
        wanted = length if n_wanted is None else n_wanted
        qkv = self.qkv(x).view(n, length, 3, self.heads, width // self.heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)  # each [N, heads, L, D / heads]
        query = query[:, :, length - wanted :]
        weights = ((query * (width // self.heads) ** -0.5) @ key.transpose(-2, -1)).softmax(dim=-1)  # [N, heads, W, L]
        mixed: Tensor = self.project((weights @ value).transpose(1, 2).reshape(n, wanted, width))
        return mixed


class Block(nn.Module):
    """Pre-norm transformer block: x + attention(norm(x)), then x + mlp(norm(x))."""

    def __init__(self, width: int, heads: int, mlp_ratio: int, eps: float) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(width, eps=eps)
        self.attention = Attention(width, heads)
        self.mlp_norm = nn.LayerNorm(width, eps=eps)
        self.mlp = nn.Sequential(
            nn.Linear(width, mlp_ratio * width), nn.GELU(), nn.Linear(mlp_ratio * width, width)
        )

    def forward(self, x: Tensor, n_wanted: int | None = None) -> Tensor:
        """Refined tokens [N, L, D], or [N, n_wanted, D] of the last ones alone, which a last block need not exceed."""
        kept = x if n_wanted is None else x[:, x.shape[1] - n_wanted :]
        x = kept + self.attention(self.attention_norm(x), n_wanted)
        refined: Tensor = x + self.mlp(self.mlp_norm(x))
        return refined


class MaskedAutoencoder(nn.Module):
    """Encodes the visible segments of a window and of one local region; predicts the masked ones."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        width, decoder_width, eps = config.encoder_width, config.decoder_width, config.layer_norm_eps
        n_tokens = config.n_segments + config.region_length
        self.embed = nn.Linear(config.token_size, width)
        self.auxiliary_token = nn.Parameter(torch.empty(1, 1, width))
        self.positions = nn.Parameter(torch.empty(1 + n_tokens, width))  # auxiliary, global, local
        self.encoder = nn.ModuleList(
            Block(width, config.encoder_heads, config.mlp_ratio, eps) for _ in range(config.encoder_layers)
        )
        self.encoder_norm = nn.LayerNorm(width, eps=eps)
        self.to_decoder = nn.Linear(width, decoder_width)
        self.mask_token = nn.Parameter(torch.empty(1, 1, decoder_width))
        self.decoder_positions = nn.Parameter(torch.empty(n_tokens, decoder_width))  # global, local
        self.decoder = nn.ModuleList(
            Block(decoder_width, config.decoder_heads, config.mlp_ratio, eps) for _ in range(config.decoder_layers)
        )
        self.decoder_norm = nn.LayerNorm(decoder_width, eps=eps)
        self.head = nn.Linear(decoder_width, config.token_size)

    def initialise(self, generator: torch.Generator, position_std: float = 0.02) -> None:
        """Xavier-uniform matrices, zero biases, unit norms, N(0, 0.02) tokens, N(0, position_std) positions."""
        for name, parameter in self.named_parameters():
            if "token" in name or "positions" in name:
                nn.init.normal_(parameter, std=0.02 if "token" in name else position_std, generator=generator)
            elif parameter.ndim == 2:
                nn.init.xavier_uniform_(parameter, generator=generator)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
            else:
                nn.init.ones_(parameter)

    def forward(
        self,
        visible_global: Tensor,
        visible_local: Tensor,
        global_mask: BranchMask,
        local_mask: BranchMask,
        region_starts: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Predictions of the masked segments, in the space of `standardise_targets`.

        visible_global [N, 30, 1500] and visible_local [N, 3, 1500] are the segments at `mask.visible`; a branch that
        the model lacks has [N, 0, 1500]. `region_starts` [N] is needed where local positions are shared.
        Returns [N, 10, 1500] and [N, 1, 1500], the segments at `mask.masked`.
        """
        embedded = self.embed(visible_global), self.embed(visible_local)
        return self.reconstruct(*embedded, global_mask, local_mask, region_starts)

    def reconstruct(
        self, embedded_global: Tensor, embedded_local: Tensor, global_mask: BranchMask, local_mask: BranchMask,
        region_starts: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """As `forward`, from embeddings [N, 30, D] and [N, 3, D]: a segment's embedding is the same in every pass."""
        n_global = global_mask.masked.shape[1]
        tokens = self.restore(
            embedded_global, embedded_local, global_mask, local_mask, region_starts, masked_only=True
        )
        predicted: Tensor = self.head(self.decoder_norm(tokens))
        return predicted[:, :n_global], predicted[:, n_global:]

    def reconstruct_all(
        self, embedded_global: Tensor, embedded_local: Tensor, global_mask: BranchMask, local_mask: BranchMask,
        region_starts: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """As `reconstruct`, of all segments [N, 40, 1500] and [N, 4, 1500]: the visible ones first, then the masked."""
        tokens = self.restore(embedded_global, embedded_local, global_mask, local_mask, region_starts)
        sizes = [part.shape[1] for part in (global_mask.visible, local_mask.visible, global_mask.masked,
                                            local_mask.masked)]
        parts = self.head(self.decoder_norm(tokens)).split(sizes, dim=1)
        return torch.cat([parts[0], parts[2]], dim=1), torch.cat([parts[1], parts[3]], dim=1)

    def restore(
        self, embedded_global: Tensor, embedded_local: Tensor, global_mask: BranchMask, local_mask: BranchMask,
        region_starts: Tensor | None = None, *, masked_only: bool = False,
    ) -> Tensor:
        """Decoded tokens [N, 44, D']: visible global and local segments, then masked global and local ones.

        With `masked_only` the last 11 alone.
        """
        visible = torch.cat([global_mask.visible, self._local_positions(local_mask.visible, region_starts)], dim=1)
        masked = torch.cat([global_mask.masked, self._local_positions(local_mask.masked, region_starts)], dim=1)
        features = self.encode(torch.cat([embedded_global, embedded_local], dim=1), visible)
        return self.decode(features, visible, masked, masked_only=masked_only)

    def _local_positions(self, segments: Tensor, region_starts: Tensor | None) -> Tensor:
        """Of local segments, counted within the region, the rows in the tables of positions."""
        if self.config.local_positions == "own":
            return self.config.n_segments + segments
        assert region_starts is not None, "shared positions depend on where the region is"
        return region_starts[:, None] + segments

    def encode(self, embedded: Tensor, positions: Tensor) -> Tensor:
        """Features [N, 33, D] of embedded segments [N, 33, D] at positions [N, 33], 40.. being local ones."""
        tokens = torch.cat(
            [
                (self.auxiliary_token + self.positions[0]).expand(len(embedded), -1, -1),
                embedded + self.positions[1 + positions],
            ],
            dim=1,
        )  # [N, 1 + 30 + 3, D]
        for block in self.encoder:
            tokens = block(tokens)
        features: Tensor = self.encoder_norm(tokens)[:, 1:]  # the decoder has no use for the auxiliary token
        return features

    def decode(
        self, features: Tensor, visible: Tensor, masked: Tensor, *, masked_only: bool = False
    ) -> Tensor:
        """Decoded tokens [N, 44, D'] from features [N, 33, D] at positions `visible` [N, 33], `masked` [N, 11] last.

        With `masked_only` the masked ones alone: the last block then leaves the others out, which nothing follows.
        Attention does not depend on the order of tokens.
        """
        positions = torch.cat([visible, masked], dim=1)
        mask_tokens = self.mask_token.expand(*masked.shape, -1)
        tokens = torch.cat([self.to_decoder(features), mask_tokens], dim=1) + self.decoder_positions[positions]
        for block in self.decoder[:-1]:
            tokens = block(tokens)
        decoded: Tensor = self.decoder[-1](tokens, masked.shape[1] if masked_only else None)
        return decoded


def to_segments(windows: Tensor, config: ModelConfig) -> Tensor:
    """Windows [N, 12, 5000] cut into tokens [N, 40, 1500]."""
    n = len(windows)
    cut = windows.reshape(n, config.n_leads, config.n_segments, config.segment_length)
    return cut.transpose(1, 2).reshape(n, config.n_segments, config.token_size)


def from_segments(tokens: Tensor, config: ModelConfig) -> Tensor:
    """The inverse of `to_segments`: [N, 40, 1500] to [N, 12, 5000]."""
    n = len(tokens)
    cut = tokens.view(n, config.n_segments, config.n_leads, config.segment_length)
    return cut.transpose(1, 2).reshape(n, config.n_leads, config.n_samples)


def standardise_targets(segments: Tensor, config: ModelConfig) -> tuple[Tensor, Tensor]:
    """Targets [..., 1500] and the variance [..., 1500] they were divided by (model.md, section 5).

    Each lead's part of a segment, or the whole segment for `joint`, less its mean, over the root of its unbiased
    variance + eps.
    """
    if config.target_norm == "none":
        return segments, torch.ones_like(segments)
    shape = segments.shape
    if config.target_norm == "lead":
        segments = segments.view(*shape[:-1], config.n_leads, config.segment_length)
    variance, mean = torch.var_mean(segments, dim=-1, keepdim=True)
    variance = variance + config.target_eps
    targets = (segments - mean) * variance.rsqrt()
    return targets.reshape(shape), variance.expand_as(targets).reshape(shape)


def count_parameters(network: MaskedAutoencoder) -> tuple[int, int]:
    """Parameters in modules (the paper's count) and in all, with tokens and positions."""
    counts = {name: parameter.numel() for name, parameter in network.named_parameters()}
    bare = sum(count for name, count in counts.items() if "token" in name or "positions" in name)
    total = sum(counts.values())
    return total - bare, total


def count_macs(config: ModelConfig, n_embedded: int | None = None, n_predicted: int | None = None) -> int:
    """Multiply-accumulates of the matrix products of one pass.

    By default over all 44 tokens, as the paper counts (its "GFLOPs"): every segment is embedded and predicted. A
    pass needs less: `n_embedded` visible and `n_predicted` masked segments.
    """
    all_tokens = config.n_global + config.n_local
    n_visible = all_tokens - config.n_masked_global - config.n_masked_local
    embedded = all_tokens if n_embedded is None else n_embedded
    predicted = all_tokens if n_predicted is None else n_predicted
    return (
        embedded * config.token_size * config.encoder_width
        + config.encoder_layers * _block_macs(1 + n_visible, config.encoder_width, config.mlp_ratio)
        + n_visible * config.encoder_width * config.decoder_width
        + (config.decoder_layers - 1) * _block_macs(all_tokens, config.decoder_width, config.mlp_ratio)
        + _block_macs(all_tokens, config.decoder_width, config.mlp_ratio, predicted)
        + predicted * config.decoder_width * config.token_size
    )


def _block_macs(n_tokens: int, width: int, mlp_ratio: int, n_wanted: int | None = None) -> int:
    wanted = n_tokens if n_wanted is None else n_wanted
    linear = (3 * n_tokens + (1 + 2 * mlp_ratio) * wanted) * width * width  # qkv; projection and the two of the MLP
    return linear + 2 * wanted * n_tokens * width  # and both attention products
