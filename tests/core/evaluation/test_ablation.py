from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from mmae_core.config import Config, LocalMasks, ModelConfig, ScoreConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import ConfigError
from mmae_core.evaluation.ablation import (
    OTHER_MASKS,
    PASSES,
    SCORES,
    TABLE_3,
    VARIANTS,
    read_labelled,
    record_scores,
    score_passes,
    score_variant,
    variants_named,
)
from mmae_core.model.masking import BranchMask, PassPlan, concatenated_counts, plan_passes
from mmae_core.model.network import MaskedAutoencoder, count_macs, standardise_targets
from mmae_core.readers import read_record
from mmae_core.scoring.aggregate import branch_scores, branch_weights, combine_branches, segment_errors
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, load_weights
from mmae_core.scoring.masked_passes import window_errors
from mmae_core.scoring.preprocess import prepare
from mmae_core.training.batches import Batch, make_batch, token_rows
from mmae_core.training.train import batch_loss, train
from mmae_core.training.training_data import TrainingSet

TinyConfig = Callable[..., Config]


def network_of(config: ModelConfig) -> MaskedAutoencoder:
    network = MaskedAutoencoder(config)
    network.initialise(torch.Generator().manual_seed(0))
    return network


def batch_of(data: TrainingSet, config: Config, seed: int = 0) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    return make_batch(token_rows(data.tokens), torch.arange(6), config, generator, torch.device("cpu"))


@pytest.fixture(scope="module")
def windows(tiny_config: TinyConfig) -> Tensor:
    shape = tiny_config().model
    generator = torch.Generator().manual_seed(2)
    return torch.randn(3, shape.n_leads, shape.n_samples, generator=generator).cumsum(dim=-1) / 5


# --- the variants of the model --------------------------------------------------------------------------------------


def test_a_variant_starts_from_the_same_weights_as_the_full_model(tiny_config: TinyConfig) -> None:
    full = network_of(tiny_config().model).state_dict()
    for fields in ({"branches": "global"}, {"branches": "local"}, {"local_positions": "shared"},
                   {"local_masks": "tied"}, {"local_masks": "concatenated"}):
        variant = network_of(tiny_config(model=fields).model).state_dict()
        assert variant.keys() == full.keys()
        assert all(torch.equal(variant[name], value) for name, value in full.items()), fields


@pytest.mark.parametrize(("branches", "sizes"), [("global", (20, 5, 0, 0)), ("local", (0, 0, 4, 1))])
def test_one_branch_alone_neither_shows_nor_restores_the_other(
    data: TrainingSet, tiny_config: TinyConfig, branches: str, sizes: tuple[int, int, int, int]
) -> None:
    config = tiny_config(model={"branches": branches})
    model = config.model
    assert (model.n_global, model.n_masked_global, model.n_local, model.n_masked_local) == sizes
    batch = batch_of(data, config)
    n_shown = sizes[0] - sizes[1] + sizes[2] - sizes[3]
    assert batch.visible_global.shape[1] + batch.visible_local.shape[1] == n_shown
    network = network_of(model)
    total, global_loss, local_loss = batch_loss(network, batch, None)
    assert torch.equal(total, global_loss if branches == "global" else local_loss)
    assert float(local_loss if branches == "global" else global_loss) == 0.0
    total.backward()
    gradient = network.positions.grad
    assert gradient is not None
    of_global, of_local = gradient[1 : 1 + model.n_segments], gradient[1 + model.n_segments :]
    assert bool(of_global.any()) == (branches == "global")
    assert bool(of_local.any()) == (branches == "local")


@pytest.mark.parametrize("branches", ["global", "local"])
@pytest.mark.parametrize("masks", ["complementary", "random"])
def test_one_branch_alone_gives_the_whole_score(
    tiny_config: TinyConfig, windows: Tensor, branches: str, masks: str
) -> None:
    model = tiny_config(model={"branches": branches}).model
    score = ScoreConfig(masks=masks, pooling="mean", error_space="normalised")
    errors = segment_errors(
        window_errors(network_of(model).eval(), windows, plan_passes(model, 4, score.masks, 0)), model
    )
    everything = np.ones((3, 12, 20), bool)
    present, absent = errors.global_branch, errors.local_branch
    counts, none = errors.global_counts, errors.local_counts
    if branches == "local":
        present, absent, counts, none = absent, present, none, counts
    assert np.isnan(absent).all()
    assert not none.any()
    alone = branch_scores(present, counts, everything)[0]
    assert np.isfinite(alone).all()
    pair = (branch_scores(errors.global_branch, errors.global_counts, everything)[0],
            branch_scores(errors.local_branch, errors.local_counts, everything)[0])
    np.testing.assert_array_equal(combine_branches(*pair, branch_weights(model, score)), alone)


def test_one_branch_alone_costs_less() -> None:
    full, of_global, of_local = (count_macs(ModelConfig(branches=branches)) for branches in ("both", "global", "local"))
    assert of_local < full / 9 < of_global < full


def test_with_shared_positions_a_segment_shown_twice_is_the_same_token_twice(
    tiny_config: TinyConfig, windows: Tensor
) -> None:
    """Local positions have no say any more, and where the region lies has."""
    model = tiny_config(model={"local_positions": "shared"}).model
    network = network_of(model).eval().requires_grad_(False)
    inputs = torch.randn(2, 15, 300), torch.randn(2, 3, 300)
    masks = (
        BranchMask(torch.arange(0, 20, 4).expand(2, -1), torch.tensor([s for s in range(20) if s % 4]).expand(2, -1)),
        BranchMask(torch.tensor([[2], [2]]), torch.tensor([[0, 1, 3], [0, 1, 3]])),
    )
    here = network(*inputs, *masks, torch.tensor([5, 5]))
    for table, first in ((network.positions, 1 + 20), (network.decoder_positions, 20)):
        table[first:] += 1.0
    for before, after in zip(here, network(*inputs, *masks, torch.tensor([5, 5])), strict=True):
        assert torch.equal(before, after)
    elsewhere = network(*inputs, *masks, torch.tensor([5, 9]))
    assert torch.equal(here[1][0], elsewhere[1][0])
    assert not torch.equal(here[1][1], elsewhere[1][1])


@pytest.mark.parametrize("fields", [{"local_positions": "shared"}, {"local_masks": "tied"}, {"branches": "local"}])
def test_three_ways_of_running_the_passes_agree_for_every_variant(
    tiny_config: TinyConfig, windows: Tensor, fields: dict[str, str]
) -> None:
    model = tiny_config(model=fields).model
    network = network_of(model).eval().requires_grad_(False)
    plan = plan_passes(model, 4, "complementary", 0)
    literal = window_errors(network, windows, plan, "literal")
    for way in ("batched", "shared"):
        other = window_errors(network, windows, plan, way)
        for branch in ("global_branch", "local_branch"):
            expected, found = getattr(literal, branch).squared, getattr(other, branch).squared
            np.testing.assert_allclose(found.numpy(), expected.numpy(), rtol=1e-4, atol=1e-5)


def _assert_tied(region_starts: Tensor, global_mask: BranchMask, local_mask: BranchMask, model: ModelConfig) -> None:
    for start, hidden, seen, local in zip(
        region_starts.tolist(), global_mask.masked.tolist(), global_mask.visible.tolist(), local_mask.masked.tolist(),
        strict=True,
    ):
        assert sorted(hidden + seen) == list(range(model.n_segments))
        assert hidden == sorted(hidden)
        assert seen == sorted(seen)
        assert len(hidden) == model.n_masked_global
        in_region = [segment - start for segment in hidden if start <= segment < start + model.region_length]
        assert in_region == local


@pytest.mark.parametrize("ratio", [0.05, 0.25, 0.95])
def test_tied_masks_hide_the_same_segments_of_the_region_in_both_branches(
    data: TrainingSet, tiny_config: TinyConfig, ratio: float
) -> None:
    config = tiny_config(model={"local_masks": "tied", "mask_ratio": ratio})
    for seed in range(4):
        batch = batch_of(data, config, seed)
        _assert_tied(batch.region_starts, batch.global_mask, batch.local_mask, config.model)
    for masks in ("complementary", "random"):
        plan = plan_passes(config.model, 4, masks, 0)
        _assert_tied(plan.region_starts, plan.global_mask, plan.local_mask, config.model)


def test_tied_complementary_masks_still_cover_every_segment_equally() -> None:
    model = ModelConfig(local_masks="tied")
    plan = plan_passes(model, 4, "complementary", 0)
    assert (torch.bincount(plan.global_mask.masked.flatten(), minlength=40) == 9).all()


@pytest.mark.parametrize("masks", ["tied", "concatenated"])
def test_masks_of_two_branches_need_both(masks: LocalMasks) -> None:
    with pytest.raises(ConfigError, match="the model has the global one alone"):
        ModelConfig(branches="global", local_masks=masks)


def test_one_mask_over_both_branches_hides_as_many_segments_of_the_region_as_chance_has_it() -> None:
    """11 of 44 without replacement: the region's 4 are hypergeometric, none of them hidden in 30.1 %."""
    model = ModelConfig(local_masks="concatenated")
    generator = torch.Generator().manual_seed(0)
    drawn = [concatenated_counts(model, generator) for _ in range(4000)]
    assert {hidden + local for hidden, local in drawn} == {11}
    shares = np.bincount([local for _, local in drawn], minlength=5) / len(drawn)
    np.testing.assert_allclose(shares, [0.301, 0.442, 0.213, 0.040, 0.002], atol=0.03)


def test_a_batch_of_one_mask_is_learnt_whatever_it_hides_of_the_region(
    data: TrainingSet, tiny_config: TinyConfig
) -> None:
    config = tiny_config(model={"local_masks": "concatenated"})
    model, network, seen = config.model, network_of(config.model), set()
    for seed in range(40):
        batch = batch_of(data, config, seed)
        n_local = batch.target_local.shape[1]
        seen.add(n_local)
        assert batch.target_global.shape[1] + n_local == model.n_masked_global + model.n_masked_local
        total, global_loss, local_loss = (loss.detach() for loss in batch_loss(network, batch, None))
        weights = batch.target_global.shape[1], n_local
        assert float(total) == pytest.approx(
            (weights[0] * float(global_loss) + weights[1] * float(local_loss)) / sum(weights), rel=1e-5
        )
    assert {0, 1} <= seen


@pytest.mark.parametrize(
    "fields", [{"model": {"branches": "neither"}}, {"model": {"local_positions": "none"}},
               {"model": {"local_masks": "loose"}}, {"train": {"loss_on": "visible"}}]
)
def test_an_unknown_variant_is_refused(tiny_config: TinyConfig, fields: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ConfigError, match="must be one of"):
        tiny_config(**fields)


# --- the loss -------------------------------------------------------------------------------------------------------


def test_a_loss_on_all_segments_counts_visible_ones_as_well(data: TrainingSet, tiny_config: TinyConfig) -> None:
    config = tiny_config()
    network, batch = network_of(config.model), batch_of(data, config)
    masked = network(batch.visible_global, batch.visible_local, batch.global_mask, batch.local_mask)
    both = network.reconstruct_all(
        network.embed(batch.visible_global), network.embed(batch.visible_local), batch.global_mask, batch.local_mask
    )
    losses = batch_loss(network, batch, None, "all")[1:]
    for all_of_them, of_masked, visible, target, loss in zip(
        both, masked, (batch.visible_global, batch.visible_local), (batch.target_global, batch.target_local), losses,
        strict=True,
    ):
        n_visible = visible.shape[1]
        np.testing.assert_allclose(
            all_of_them[:, n_visible:].detach().numpy(), of_masked.detach().numpy(), rtol=1e-5, atol=1e-6
        )
        targets = standardise_targets(torch.cat([visible, target], dim=1), config.model)[0]
        assert float(loss.detach()) == pytest.approx(float((all_of_them - targets).square().mean().detach()), rel=1e-5)
    masked_losses = batch_loss(network, batch, None)[1:]
    assert all(float(a.detach()) != float(b.detach()) for a, b in zip(losses, masked_losses, strict=True))


def test_a_run_knows_on_what_its_loss_was(data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path) -> None:
    losses = {}
    for loss_on in ("masked", "all"):
        config = tiny_config(train={"loss_on": loss_on, "epochs": 1})
        train(data, config, tmp_path / loss_on, device="cpu", compile_network=False)
        losses[loss_on] = (tmp_path / loss_on / "metrics.jsonl").read_text().split('"loss": ')[1].split(",")[0]
    assert losses["masked"] != losses["all"]


# --- what stays as it was -------------------------------------------------------------------------------------------


def test_the_bundled_faithful_model_scores_as_before_there_were_variants(demo: Path) -> None:
    """Recorded on a CPU, with the long padding that windows are filtered with."""
    model = load_model("mmae-ecg-faithful")
    record = prepare(read_record(demo / "00170_hr"), model.config.preprocess)
    assert float(Assessor(model, "cpu").score_windows([record]).scores[0]) == pytest.approx(0.439200926, rel=1e-5)


def test_initial_positions_are_as_far_apart_as_asked() -> None:
    for spread in (0.02, 0.7):
        network = MaskedAutoencoder(ModelConfig()).requires_grad_(False)
        network.initialise(torch.Generator().manual_seed(0), spread)
        assert float(network.positions.std()) == pytest.approx(spread, rel=0.1)
        assert float(network.decoder_positions.std()) == pytest.approx(spread, rel=0.1)
        assert float(network.mask_token.std()) == pytest.approx(0.02, rel=0.25)


# --- the variants side by side --------------------------------------------------------------------------------------


def test_the_papers_table_and_figure_are_all_there() -> None:
    published = {variant.name: variant.published for variant in TABLE_3}
    assert published == {
        "full": 0.860, "global-only": 0.825, "local-only": 0.793, "shared-positions": 0.847, "single-mask": None,
        "loss-on-all": 0.731,
    }
    configs = [variant.config(Config()) for variant in VARIANTS]
    assert configs[0] == Config()
    assert len({str(config) for config in configs}) == len(VARIANTS), "no two variants are the same"
    ratios = sorted(config.model.mask_ratio for config in (configs[0], *configs[len(TABLE_3) + len(OTHER_MASKS) :]))
    assert ratios == [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
    assert tuple(2**power for power in range(9)) == PASSES


def test_an_unknown_name_is_refused_and_the_full_model_comes_first() -> None:
    assert [variant.name for variant in variants_named(["loss-on-all", "full"])] == ["full", "loss-on-all"]
    with pytest.raises(ConfigError, match="There is no variant both-only"):
        variants_named(["both-only"])


def test_scores_of_variants_are_those_of_an_assessment(
    data: TrainingSet, tiny_config: TinyConfig, tiny_model: Callable[..., TrainedModel], ptbxl_mini: Path,
    tmp_path: Path,
) -> None:
    config = tiny_config(train={"epochs": 1})
    train(data, config, tmp_path, device="cpu", compile_network=False)
    records = read_labelled(load_index(ptbxl_mini).select(folds=[9])[:10], config)
    found = score_variant(tmp_path, records)
    network = tiny_model(config).network
    load_weights(tmp_path / "weights.safetensors", network)
    for name, score in SCORES.items():
        model = tiny_model(replace(config, score=score))
        model.network.load_state_dict(network.state_dict())
        expected = Assessor(model, "cpu").score_windows(records.inputs).scores
        np.testing.assert_allclose(found["scores"][name], expected, rtol=1e-5, err_msg=name)


def test_h_passes_are_equation_1_over_the_first_h_draws(
    data: TrainingSet, tiny_config: TinyConfig, ptbxl_mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmae_core.evaluation.ablation.PASSES", (1, 2, 4))
    config = tiny_config(train={"epochs": 1})
    train(data, config, tmp_path, device="cpu", compile_network=False)
    network = MaskedAutoencoder(config.model)
    load_weights(tmp_path / "weights.safetensors", network)
    records = read_labelled(load_index(ptbxl_mini).select(folds=[9])[:5], config)
    found = score_passes(tmp_path, records)
    plans = [plan_passes(config.model, 1, "random", seed) for seed in range(4)]
    together = PassPlan(
        torch.cat([plan.region_starts for plan in plans]),
        *(BranchMask(torch.cat([getattr(plan, name).masked for plan in plans]),
                     torch.cat([getattr(plan, name).visible for plan in plans]))
          for name in ("global_mask", "local_mask")),
    )
    windows = torch.from_numpy(np.stack([item.signal for item in records.inputs]))
    errors = segment_errors(window_errors(network.eval(), windows, together), config.model)
    expected = record_scores(errors, np.ones((5, 12, 20), bool), config.model, SCORES["paper"])
    np.testing.assert_allclose(found["random"]["4"], expected, rtol=1e-4)
    assert found["random"]["1"] != found["random"]["2"] != found["random"]["4"]
