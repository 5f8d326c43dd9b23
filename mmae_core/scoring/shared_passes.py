"""All masked passes over a window at once, without computing anything twice; same results as `score`.

All passes draw on the same 40 global, 36 local and one auxiliary token, so the first layer's queries, keys, values and
attention weights are computed once, and each pass sums over the tokens it sees. In the decoder's last block only masked
tokens are needed; their inputs are constants: mask token plus position.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from mmae_core.config import ModelConfig
from mmae_core.model.masking import PassPlan
from mmae_core.model.network import Block, MaskedAutoencoder, standardise_targets, to_segments
from mmae_core.scoring.masked_passes import BranchErrors, WindowErrors


class SharedPasses:
    """The passes of one plan through one network, on its device. Ask `fits` first."""

    def __init__(self, network: MaskedAutoencoder, plan: PassPlan) -> None:
        config, device = network.config, plan.region_starts.device
        self._network, self._config = network, config
        self._n_passes = len(plan.region_starts)
        self._encoder = [_FoldedBlock(block) for block in network.encoder]
        self._decoder = _FoldedBlock(network.decoder[0])
        n_segments, length = config.n_segments, config.region_length
        starts = plan.region_starts[:, None]
        with torch.inference_mode():
            # distinct tokens: the auxiliary one, every segment globally, every segment of every region locally
            regions = torch.tensor(config.region_starts, device=device)[:, None]
            self._local_segments = (regions + torch.arange(length, device=device)).flatten()
            places = torch.arange(length, device=device).repeat(len(config.region_starts))
            self._positions = torch.cat([network.positions[1 : 1 + n_segments],
                                         network.positions[1 + n_segments + places]])
            self._auxiliary = network.auxiliary_token[0] + network.positions[:1]
            region_of = torch.searchsorted(regions.flatten(), plan.region_starts)[:, None]
            local_tokens = 1 + n_segments + region_of * length + plan.local_mask.visible
            self._seen = torch.cat([torch.zeros_like(starts), 1 + plan.global_mask.visible, local_tokens], dim=1)
            n_tokens = 1 + n_segments + len(self._local_segments)
            self._is_seen = torch.zeros(self._n_passes, n_tokens, device=device).scatter_(1, self._seen, 1.0)
            self._rows = (torch.arange(self._n_passes, device=device)[:, None] * n_tokens + self._seen).flatten()
            visible = torch.cat([plan.global_mask.visible, n_segments + plan.local_mask.visible], dim=1)
            masked = torch.cat([plan.global_mask.masked, n_segments + plan.local_mask.masked], dim=1)
            self._visible_positions = network.decoder_positions[visible]
            self._masked = network.decoder_positions[masked] + network.mask_token[0]  # [P, 11, D']
            self._masked_qkv = self._decoder.qkv(self._masked)
            self._global_rows, self._global_counts = _by_segment(
                plan.global_mask.masked, 0, masked.shape[1], n_segments)
            n_global = plan.global_mask.masked.shape[1]
            local = starts + plan.local_mask.masked
            self._local_rows, self._local_counts = _by_segment(local, n_global, masked.shape[1], n_segments)
            self._local_scored = torch.bincount(local.flatten()).nonzero().flatten()

    @staticmethod
    def fits(config: ModelConfig, plan: PassPlan) -> bool:
        """Whether plan and network are supported: complementary masks, one decoder block."""
        if config.decoder_layers != 1 or config.local_positions != "own" or not plan.local_mask.masked.numel():
            return False
        if len(set(config.region_starts)) < len(config.region_starts) or not plan.global_mask.masked.numel():
            return False
        counts = torch.bincount(plan.global_mask.masked.flatten(), minlength=config.n_segments)
        local = torch.bincount((plan.region_starts[:, None] + plan.local_mask.masked).flatten())
        local = local[local > 0]
        return bool((counts == counts[0]).all() and (local == local[0]).all())

    def errors(self, windows: Tensor) -> WindowErrors:
        """Like `score.window_errors` for windows [N, 12, 5000], one after the other: batches are slower on a CPU."""
        segments = to_segments(windows, self._config)
        with torch.inference_mode():
            targets, variance = standardise_targets(segments, self._config)
            found = [self._squared(*window) for window in zip(segments, targets, strict=True)]
            return WindowErrors(
                BranchErrors(torch.stack([both[0] for both in found]), self._global_counts),
                BranchErrors(torch.stack([both[1] for both in found]), self._local_counts), variance, None,
            )

    def _squared(self, segments: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Squared errors [40, 1500] of both branches, each segment's mean over the passes that masked it."""
        head = self._network.head
        x = self._network.decoder_norm(self._decode(self._encode(segments))).flatten(0, 1)  # [P * 11, D']
        shifted = targets - head.bias
        predicted = functional.linear(x[self._global_rows], head.weight).view(len(targets), -1, targets.shape[1])
        whole = predicted.sub_(shifted[:, None]).square_().mean(dim=1)
        predicted = functional.linear(x[self._local_rows], head.weight)
        predicted = predicted.view(len(self._local_scored), -1, targets.shape[1])
        local = torch.full_like(targets, torch.nan)
        local[self._local_scored] = predicted.sub_(shifted[self._local_scored, None]).square_().mean(dim=1)
        return whole, local

    def _encode(self, segments: Tensor) -> Tensor:
        """Features [P, 33, D'] of what each pass sees of segments [40, 1500], with their decoder positions."""
        network = self._network
        embedded = network.embed(segments)
        tokens = torch.cat([self._auxiliary,
                            torch.cat([embedded, embedded[self._local_segments]]) + self._positions])  # [77, D]
        x = self._first_block(tokens)
        for block in self._encoder[1:]:
            x = block(x)
        decoded: Tensor = network.to_decoder(network.encoder_norm(x[:, 1:])) + self._visible_positions
        return decoded

    def _first_block(self, tokens: Tensor) -> Tensor:
        """[P, 34, D] of tokens [77, D]: attention weights are shared, each pass sums over the tokens it sees."""
        block, n_passes, n_tokens = self._encoder[0], self._n_passes, len(tokens)
        query, key, value = (part[0] for part in block.qkv(tokens[None]))  # [heads, 77, d] each
        weights = query @ key.transpose(-2, -1)
        weights = (weights - weights.amax(dim=-1, keepdim=True)).exp_()
        heads, _, depth = value.shape
        counted = torch.cat([value, torch.ones_like(value[..., :1])], dim=-1)  # the last column sums the weights
        by_pass = counted[:, :, None] * self._is_seen.t()[None, :, :, None]  # [heads, 77, P, d + 1]
        mixed = (weights @ by_pass.reshape(heads, n_tokens, -1)).view(heads, n_tokens, n_passes, depth + 1)
        mixed = mixed.permute(2, 1, 0, 3).reshape(n_passes * n_tokens, heads, depth + 1)[self._rows]
        mixed = (mixed[..., :depth] / mixed[..., depth:]).reshape(n_passes, -1, heads * depth)
        return block.tail(tokens[self._seen], mixed)

    def _decode(self, features: Tensor) -> Tensor:
        """Decoded masked tokens [P, 11, D']."""
        block = self._decoder
        _, key, value = block.qkv(features)
        query, masked_key, masked_value = self._masked_qkv
        mixed = _attend(query, torch.cat([key, masked_key], dim=2), torch.cat([value, masked_value], dim=2))
        return block.tail(self._masked, mixed)


class _FoldedBlock:
    """A transformer block with the scale of its queries folded into their weights."""

    def __init__(self, block: nn.Module) -> None:
        assert isinstance(block, Block)
        self._block = block
        attention = block.attention
        self._heads = attention.heads
        width = attention.qkv.in_features
        with torch.inference_mode():
            self._weight, self._bias = attention.qkv.weight.clone(), attention.qkv.bias.clone()
            for queries in (self._weight[:width], self._bias[:width]):
                queries *= (width // self._heads) ** -0.5

    def __call__(self, x: Tensor) -> Tensor:
        return self.tail(x, _attend(*self.qkv(x)))

    def qkv(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scaled queries, keys and values, each [N, heads, L, d], of tokens [N, L, D]."""
        n, length, width = x.shape
        mixed = functional.linear(self._block.attention_norm(x), self._weight, self._bias)
        query, key, value = mixed.view(n, length, 3, self._heads, width // self._heads).permute(2, 0, 3, 1, 4)
        return query, key, value

    def tail(self, x: Tensor, mixed: Tensor) -> Tensor:
        """The rest of the block after the attention."""
        x = x + self._block.attention.project(mixed)
        refined: Tensor = x.add_(self._block.mlp(self._block.mlp_norm(x)))
        return refined


def _attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """[N, W, D] of scaled queries [N, heads, W, d], keys and values [N, heads, L, d].

    The softmax runs over the middle axis, queries innermost: with heads 4 wide that is the faster order on a CPU.
    """
    n, heads, wanted, depth = query.shape
    weights = torch.bmm(key.flatten(0, 1), query.flatten(0, 1).transpose(-2, -1))  # [N * heads, L, W]
    weights = weights.sub_(weights.amax(dim=1, keepdim=True)).exp_()
    total = weights.sum(dim=1, keepdim=True)
    mixed = torch.bmm(value.flatten(0, 1).transpose(-2, -1), weights).div_(total)  # [N * heads, d, W]
    return mixed.view(n, heads, depth, wanted).permute(0, 3, 1, 2).reshape(n, wanted, heads * depth)


def _by_segment(masked: Tensor, first: int, n_masked: int, n_segments: int) -> tuple[Tensor, Tensor]:
    """Rows of [P * n_masked] decoded tokens that stand for masked [P, m] segments, sorted by segment, and counts [40].

    `first` is the place of the first of them among a pass's masked tokens.
    """
    order = masked.flatten().argsort(stable=True)
    n_own = masked.shape[1]
    rows = order // n_own * n_masked + first + order % n_own
    return rows, torch.bincount(masked.flatten(), minlength=n_segments)
