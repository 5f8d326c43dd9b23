from __future__ import annotations

import json
import pickle
import resource as system_resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mmae_core.config import Config
from mmae_core.errors import ModelMismatch
from mmae_core.files import replacing
from mmae_core.model.network import MaskedAutoencoder
from mmae_core.resources import resource
from mmae_core.scoring import checkpoint
from mmae_core.scoring.calibration import ARRAYS
from mmae_core.scoring.checkpoint import (
    BUNDLED_DIGESTS,
    TrainedModel,
    bundled_models,
    description_digest,
    file_sha256,
    load_model,
    load_training_state,
    load_weights,
    read_json,
    save_model,
    save_training_state,
    save_weights,
)
from mmae_core.training.train import build_optimiser


@pytest.fixture
def original(tiny_model: Callable[..., TrainedModel]) -> TrainedModel:
    return tiny_model()


@pytest.fixture
def folder(original: TrainedModel, tmp_path: Path) -> Path:
    """A model folder that a test may damage."""
    return save_model(tmp_path / "tiny", "tiny", "3", original.config, original.network, original.calibration,
                      {"licence": "none"})


def rewrite(folder: Path, **values: Any) -> None:
    """Change the description, with the digest that belongs to it; a value of None removes it."""
    path = folder / "model.json"
    description = json.loads(path.read_text())
    for key, value in values.items():
        if value is None:
            del description[key]
        else:
            description[key] = value
    description["description_sha256"] = description_digest(description)
    path.write_text(json.dumps(description))


def exchange_weights(folder: Path, network: MaskedAutoencoder | None, data: bytes | None = None) -> None:
    """Other weights together with the checksum that belongs to them."""
    path = folder / "model.safetensors"
    if network is not None:
        save_weights(path, network)
    if data is not None:
        path.write_bytes(data)
    rewrite(folder, sha256=file_sha256(path))


def test_a_model_comes_back_as_it_was_saved(original: TrainedModel, folder: Path) -> None:
    loaded = load_model(folder)
    assert (loaded.name, loaded.version, loaded.card) == ("tiny", "3", {"licence": "none"})
    assert loaded.config == original.config
    assert loaded.sha256 == file_sha256(folder / "model.safetensors")
    for name, value in original.network.state_dict().items():
        assert torch.equal(loaded.network.state_dict()[name], value), name
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(loaded.calibration, name), getattr(original.calibration, name))


def test_a_saved_model_saved_again_is_the_same_file(original: TrainedModel, folder: Path, tmp_path: Path) -> None:
    loaded = load_model(folder)
    again = save_model(tmp_path / "again", loaded.name, loaded.version, loaded.config, loaded.network,
                       loaded.calibration, loaded.card)
    assert (again / "model.safetensors").read_bytes() == (folder / "model.safetensors").read_bytes()
    assert (again / "model.json").read_bytes() == (folder / "model.json").read_bytes()


def test_files_are_readable_by_whom_the_folder_is(folder: Path) -> None:
    plain = folder / "plain"
    plain.touch()
    for name in ("model.safetensors", "model.json"):
        assert (folder / name).stat().st_mode == plain.stat().st_mode


def test_a_model_may_be_named_as_text(folder: Path) -> None:
    assert load_model(str(folder)).name == "tiny"


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMismatch, match="There is no model 'mmae-gone'"):
        load_model("mmae-gone")
    with pytest.raises(ModelMismatch, match=r"holds no model: model\.json is missing"):
        load_model(tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "model.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMismatch, match=f"{name} is missing"):
        load_model(folder)


def test_one_changed_bit_is_noticed(folder: Path) -> None:
    path = folder / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelMismatch, match="damaged or was exchanged"):
        load_model(folder)


def test_weights_of_another_shape_are_refused(
    folder: Path, tiny_config: Callable[..., Config]
) -> None:
    other = MaskedAutoencoder(tiny_config(model={"encoder_width": 32}).model)
    other.initialise(torch.Generator().manual_seed(0))
    exchange_weights(folder, other)
    with pytest.raises(ModelMismatch, match=r"has shape .*; its configuration asks for"):
        load_model(folder)


def test_weights_with_a_tensor_too_few_or_too_many_are_refused(
    folder: Path, tiny_config: Callable[..., Config]
) -> None:
    deeper = MaskedAutoencoder(tiny_config(model={"encoder_layers": 2}).model)
    deeper.initialise(torch.Generator().manual_seed(0))
    exchange_weights(folder, deeper)
    with pytest.raises(ModelMismatch, match=r"not a model of this kind: missing nothing, unknown \['encoder\.1"):
        load_model(folder)
    rewrite(folder, config=tiny_config(model={"encoder_layers": 3}).to_dict())
    with pytest.raises(ModelMismatch, match=r"missing \['encoder\.2"):
        load_model(folder)


class Exploit:
    """Would run on unpickling."""

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, ("raise AssertionError('unpickled')",)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 200, b"\xff" * 64, b"PK\x03\x04 a zip of torch.save", pickle.dumps(Exploit()), b"plain text " * 20],
)
def test_a_foreign_file_is_refused_and_never_unpickled(folder: Path, data: bytes) -> None:
    exchange_weights(folder, None, data)
    with pytest.raises(ModelMismatch, match=r"model\.safetensors cannot be read as a model file"):
        load_model(folder)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.99])
def test_a_truncated_file_is_refused(folder: Path, share: float) -> None:
    data = (folder / "model.safetensors").read_bytes()
    exchange_weights(folder, None, data[: int(len(data) * share)])
    with pytest.raises(ModelMismatch, match="cannot be read as a model file"):
        load_model(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"model"', "\x00\x01", '{"format": 1'])
def test_a_damaged_description_is_refused(folder: Path, text: str) -> None:
    (folder / "model.json").write_text(text)
    with pytest.raises(ModelMismatch, match=r"model\.json"):
        load_model(folder)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"format": 2}, "has format 2; this program reads format 1"),
        ({"format": None}, "has format None"),
        ({"card": None, "version": None}, "lacks version, card"),
        ({"card": []}, "the card is no table"),
        ({"config": {"model": {"depth": 3}}}, "Unknown field depth"),
        ({"config": []}, "table of sections"),
        ({"config": {"model": {"n_segments": 7}}}, "not a multiple"),
        ({"calibration": {}}, "calibration is incomplete"),
        ({"calibration": 3}, "calibration is incomplete"),
        ({"sha256": 3}, "not those its description names"),
    ],
)
def test_a_description_that_does_not_fit_is_refused_with_the_reason(
    folder: Path, values: dict[str, Any], reason: str
) -> None:
    rewrite(folder, **values)
    with pytest.raises(ModelMismatch, match=reason):
        load_model(folder)


def test_a_calibration_of_another_model_is_refused(
    original: TrainedModel, folder: Path, tiny_model: Callable[..., TrainedModel], tiny_config: Callable[..., Config]
) -> None:
    other = tiny_model(tiny_config(model={"n_segments": 25}))
    rewrite(folder, calibration=other.calibration.to_dict())
    with pytest.raises(ModelMismatch, match="for other leads or segments"):
        load_model(folder)


def test_a_failed_save_leaves_nothing_half_written(
    original: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_tensors: object) -> bytes:
        raise OSError(28, "No space left on device")

    path = tmp_path / "weights.safetensors"
    save_weights(path, original.network)
    before = path.read_bytes()
    monkeypatch.setattr(checkpoint, "save", full_disk)
    with pytest.raises(OSError, match="No space left"):
        save_weights(path, original.network)
    assert [file.name for file in tmp_path.iterdir()] == ["weights.safetensors"]
    assert path.read_bytes() == before


def test_an_interrupted_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "table.csv"
    with replacing(path) as part:
        part.write_text("old")

    def interrupted() -> None:
        with replacing(path) as part:
            part.write_text("half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_calibration_with_nan_is_not_written(original: TrainedModel, tmp_path: Path) -> None:
    broken = replace(original.calibration, record_scores=np.array([0.1, np.nan], np.float32))
    with pytest.raises(ValueError, match="JSON"):
        save_model(tmp_path / "m", "m", "1", original.config, original.network, broken, {})
    assert not (tmp_path / "m" / "model.json").exists()


def trained(config: Config, steps: int) -> tuple[MaskedAutoencoder, torch.optim.AdamW]:
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(1))
    optimiser = build_optimiser(network, config.train, fused=False)
    for _ in range(steps):
        sum((parameter**2).sum() for parameter in network.parameters()).backward()
        optimiser.step()
        optimiser.zero_grad()
    return network, optimiser


def test_a_training_state_comes_back_to_the_last_bit(tmp_path: Path, tiny_config: Callable[..., Config]) -> None:
    network, optimiser = trained(tiny_config(), steps=3)
    save_training_state(tmp_path / "state", network, optimiser, 7)
    other, other_optimiser = trained(tiny_config(), steps=0)
    assert load_training_state(tmp_path / "state", other, other_optimiser) == 7
    for (name, one), two in zip(network.named_parameters(), other.parameters(), strict=True):
        assert torch.equal(one, two), name
        for key, value in optimiser.state[one].items():
            assert torch.equal(value, other_optimiser.state[two][key]), (name, key)


def test_bare_weights_are_no_training_state(tmp_path: Path, tiny_config: Callable[..., Config]) -> None:
    network, optimiser = trained(tiny_config(), steps=0)
    save_weights(tmp_path / "weights", network)
    with pytest.raises(ModelMismatch, match="not a model of this kind"):
        load_training_state(tmp_path / "weights", network, optimiser)
    save_training_state(tmp_path / "state", network, optimiser, 0)  # before any step: no moments
    with pytest.raises(ModelMismatch, match="no state of such a training"):
        load_training_state(tmp_path / "state", network, optimiser)


def test_weights_load_into_a_network_of_the_same_shape(
    original: TrainedModel, folder: Path
) -> None:
    network = MaskedAutoencoder(original.config.model)
    load_weights(folder / "model.safetensors", network)
    assert torch.equal(network.embed.weight, original.network.embed.weight)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -float("inf"), 1e30])
def test_weights_that_are_no_usable_numbers_are_refused_whatever_the_checksum_says(
    original: TrainedModel, folder: Path, weight: float
) -> None:
    with torch.no_grad():
        original.network.head.bias[3] = weight
    exchange_weights(folder, original.network)
    with pytest.raises(ModelMismatch, match=r"head\.bias holds weights that are not finite or beyond 1000"):
        load_model(folder)


@pytest.mark.parametrize("weight", [float("nan"), float("inf")])
def test_weights_of_another_network_that_are_no_numbers_are_refused_too(
    original: TrainedModel, tmp_path: Path, weight: float
) -> None:
    with torch.no_grad():
        original.network.head.bias[3] = weight
    save_weights(tmp_path / "weights.safetensors", original.network)
    with pytest.raises(ModelMismatch, match=r"head\.bias holds weights that are not finite"):
        load_weights(tmp_path / "weights.safetensors", MaskedAutoencoder(original.config.model))


def test_a_calibration_altered_after_it_was_written_is_noticed(folder: Path) -> None:
    path = folder / "model.json"
    description = json.loads(path.read_text())
    description["calibration"]["record_scores"] = [1e30] * len(description["calibration"]["record_scores"])
    path.write_text(json.dumps(description))
    with pytest.raises(ModelMismatch, match="description of tiny is not the one that was written"):
        load_model(folder)


def test_a_description_without_a_digest_is_of_an_earlier_version_and_read(folder: Path) -> None:
    path = folder / "model.json"
    description = json.loads(path.read_text())
    del description["description_sha256"]
    path.write_text(json.dumps(description))
    assert load_model(folder).name == "tiny"


def test_the_program_knows_the_descriptions_it_comes_with() -> None:
    digests = {name: description_digest(read_json(resource("models", name) / "model.json"))
               for name in bundled_models()}
    assert digests == BUNDLED_DIGESTS


def test_a_bundled_model_with_another_description_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUNDLED_DIGESTS, "mmae-ecg-faithful", "0" * 64)
    with pytest.raises(ModelMismatch, match="not the one that this program came with"):
        load_model("mmae-ecg-faithful")


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("model", {"encoder_width": 1_000_000_000, "encoder_heads": 1}), ("model", {"encoder_layers": 100_000}),
        ("model", {"mlp_ratio": 10**9}), ("model", {"decoder_width": 10**9, "decoder_heads": 1}),
        ("model", {"encoder_width": 4096, "encoder_layers": 64, "mlp_ratio": 16}), ("score", {"n_passes": 10**7}),
        ("score", {"smoothing_sigma_samples": 1e12}), ("preprocess", {"hop_s": 1e-9}),
        ("preprocess", {"sampling_rate_hz": 1e9}), ("preprocess", {"window_s": 10**400}),
        ("cross_lead", {"visible": ["V1 V2"] * 100_000}), ("cross_lead", {"visible": [["V1"]]}),
        ("score", {"parts": [["segments"]]}), ("score", {"parts": ["segments"], "part_weights": ["x"]}),
    ],
)
def test_an_absurd_configuration_is_refused_before_memory_is_taken(
    original: TrainedModel, folder: Path, section: str, values: dict[str, Any]
) -> None:
    config = original.config.to_dict()
    config[section] = config[section] | values
    rewrite(folder, config=config)
    before = system_resource.getrusage(system_resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ModelMismatch):
        load_model(folder)
    assert system_resource.getrusage(system_resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "kB"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 10_000])
def test_a_description_nested_without_end_is_refused(folder: Path, text: str) -> None:
    (folder / "model.json").write_text(text)
    with pytest.raises(ModelMismatch, match=r"model\.json"):
        load_model(folder)


def test_a_description_of_absurd_size_is_not_read(folder: Path) -> None:
    with (folder / "model.json").open("r+b") as stream:
        stream.truncate(65_000_000)
    with pytest.raises(ModelMismatch, match="more than 64 MB"):
        load_model(folder)


@pytest.mark.parametrize("key", ["record_scores", "lead_peaks", "point_levels", "phases", "format"])
@pytest.mark.parametrize("value", [10**400, [10**400], {}, "x", [[[]]], [1e300], None, float("nan")])
def test_a_calibration_of_anything_else_is_refused(
    original: TrainedModel, folder: Path, key: str, value: object
) -> None:
    calibration = original.calibration.to_dict() | ({"format": 2} if key == "phases" else {}) | {key: value}
    rewrite(folder, calibration=calibration)
    with pytest.raises(ModelMismatch, match="calibration"):
        load_model(folder)


def test_a_model_is_loaded_without_the_compiler() -> None:
    """More than a second to load, and not used before training. Older releases of torch load a part by themselves."""
    code = ("import sys, torch; compiler = {'torch._dynamo', 'sympy'} - set(sys.modules); "
            "from mmae_core.scoring.checkpoint import load_model; load_model(); "
            "sys.exit(len(compiler & set(sys.modules)))")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
