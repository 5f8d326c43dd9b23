"""Real records of PTB-XL, and WFDB records written for one test."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from mmae_core.config import Config, CrossLeadConfig, ScoreConfig
from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.fit_parts import fit_parts
from mmae_core.model.cross_lead import CrossLeadNetwork
from mmae_core.model.network import MaskedAutoencoder
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.calibration import build_calibration
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.training.training_data import TrainingSet, training_set

DATA = Path(__file__).parents[1] / "data"

WriteRecord = Callable[..., Path]

TINY_TOML = """
[preprocess]
sampling_rate_hz = 50
lowpass_hz = 20
[model]
n_samples = 500
n_segments = 20
region_starts = [1, 5, 9, 13]
encoder_layers = 1
encoder_heads = 2
encoder_width = 16
decoder_width = 8
mlp_ratio = 2
[train]
batch_size = 4
"""


@pytest.fixture(scope="session")
def ptbxl_mini() -> Path:
    """24 records of PTB-XL in its own layout: 8 normal of folds 1-8, 8 normal and 8 abnormal of fold 9."""
    return DATA / "ptbxl-mini"


@pytest.fixture
def write_record(tmp_path: Path) -> WriteRecord:
    """Writes a record of one format-16 file and returns its header; the samples of lead k are k, k + 1, k + 2 ..."""

    def write(
        name: str = "rec",
        leads: Sequence[str] = STANDARD_LEADS,
        n_samples: int = 1000,
        rate_hz: float = 100,
        gain: str = "1000(0)/mV",
        comments: str = "",
        digital: np.ndarray | None = None,
        folder: Path = tmp_path,
    ) -> Path:
        if digital is None:
            digital = np.arange(n_samples)[:, None] + np.arange(len(leads))
        digital.astype("<i2").tofile(folder / f"{name}.dat")
        lines = [f"{name} {len(leads)} {rate_hz:g} {len(digital)}"]
        lines += [f"{name}.dat 16 {gain} 16 0 0 0 0 {lead}" for lead in leads]
        header = folder / f"{name}.hea"
        header.write_text("\n".join(lines) + "\n" + comments, encoding="utf-8")
        return header

    return write


def _tiny_config(**sections: dict[str, Any]) -> Config:
    """Ten seconds at 50 Hz and a network of some thousand parameters, every size different from every other."""
    values: dict[str, dict[str, Any]] = {
        "preprocess": {"sampling_rate_hz": 50.0, "lowpass_hz": 20.0},
        "model": {
            "n_samples": 500, "n_segments": 20, "region_length": 4, "region_starts": [1, 5, 9, 13],
            "encoder_layers": 1, "encoder_heads": 2, "encoder_width": 16, "decoder_heads": 2, "decoder_width": 8,
            "mlp_ratio": 2,
        },
        "train": {"epochs": 3, "warmup_epochs": 1, "batch_size": 4},
        "score": {"smoothing_sigma_samples": 1.5},
    }
    for name, fields in sections.items():
        values[name] |= fields
    return Config.from_dict(values)


def _record_of(signal_mv: NDArray[np.float32], rate_hz: float, name: str = "made") -> EcgRecord:
    """A record in memory: (12, samples) in mV."""
    signal = np.asarray(signal_mv, np.float32)
    return EcgRecord(
        name=name, sampling_rate_hz=rate_hz, n_samples=signal.shape[1], lead_names=STANDARD_LEADS,
        source=Source((), "memory"), read_leads=lambda start, end: signal[:, start:end].copy(),
    )


def _tiny_model(config: Config | None = None, **values: Any) -> TrainedModel:
    """An untrained network with a made-up cohort of ten normals, for what does not depend on training."""
    config = config or _tiny_config()
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(5))
    cohort = np.random.default_rng(5)
    leads, segments = config.model.n_leads, config.model.n_segments
    calibration = build_calibration(
        "ten made-up normals", cohort.gamma(2, size=10), cohort.gamma(2, size=(10, leads)),
        cohort.gamma(2, size=(10, leads, 50)).astype(np.float32),
        cohort.gamma(2, size=(10, leads, segments)).astype(np.float32),
    )
    named = {"name": "tiny", "version": "1", "sha256": "0" * 64, "card": {}, **values}
    return TrainedModel(config=config, network=network.requires_grad_(False), calibration=calibration, **named)


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Tiny networks are done before a second thread has woken."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_config() -> Callable[..., Config]:
    return _tiny_config


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of settings that train in seconds, for commands that take `--config`."""
    settings = tmp_path_factory.mktemp("settings") / "tiny.toml"
    settings.write_text(TINY_TOML)
    return settings


@pytest.fixture(scope="session")
def record_of() -> Callable[..., EcgRecord]:
    return _record_of


@pytest.fixture(scope="session")
def tiny_model() -> Callable[..., TrainedModel]:
    return _tiny_model


@pytest.fixture(scope="session")
def demo() -> Path:
    """Five records of PTB-XL at 500 Hz, bundled with the program."""
    return Path(__file__).parents[2] / "resources" / "demo"


@pytest.fixture
def write_noise(write_record: WriteRecord) -> Callable[..., Path]:
    """Writes a record of 10 s at 100 Hz with 0.3 mV of noise in every lead; `edit` changes its samples."""

    def write(
        name: str, seed: int = 0, leads: Sequence[str] = STANDARD_LEADS, n_samples: int = 1000,
        edit: Callable[[np.ndarray], np.ndarray] | None = None, **values: Any,
    ) -> Path:
        digital = np.random.default_rng(seed).normal(0, 300, size=(n_samples, len(leads))).astype(np.int16)
        return write_record(name, leads=leads, digital=edit(digital) if edit else digital, **values)

    return write


@pytest.fixture
def small_cohorts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two normals are enough to calibrate, so that a handful of records makes a model."""
    monkeypatch.setattr("mmae_core.model.training_facts.MIN_COHORT", 2)


@pytest.fixture(scope="session")
def normals(ptbxl_mini: Path) -> list[Path]:
    return [entry.path for entry in load_index(ptbxl_mini).select(folds=range(1, 9), label="normal")]


@pytest.fixture(scope="session")
def data(
    normals: list[Path], tiny_config: Callable[..., Config], tmp_path_factory: pytest.TempPathFactory
) -> TrainingSet:
    """The eight normals of PTB-XL's folds 1-8 that come with the tests, prepared for the tiny network."""
    return training_set(normals, tiny_config(), tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def plus_model() -> TrainedModel:
    """Small untrained networks of both kinds for real windows, with a fusion fitted on six real records."""
    records = sorted((DATA / "ptbxl-mini").rglob("*_hr.hea"))[:6]
    base = Config()
    config = Config(
        model=dataclasses.replace(base.model, encoder_layers=1, encoder_width=16, encoder_heads=2, decoder_width=8),
        cross_lead=CrossLeadConfig(visible=("II", "V1 V2 V3"), width=16, layers=1, heads=2),
        score=ScoreConfig(parts=("segments", "cross_lead", "amplitude"), map_parts=("segments", "cross_lead")),
    )
    network = MaskedAutoencoder(config.model)
    network.initialise(torch.Generator().manual_seed(1))
    torch.manual_seed(2)
    cohort = np.random.default_rng(5)
    calibration = build_calibration(
        "ten made-up normals", cohort.normal(size=10), cohort.normal(size=(10, 12)),
        cohort.gamma(2, size=(10, 12, 50)).astype(np.float32), cohort.gamma(2, size=(10, 12, 40)).astype(np.float32),
    )
    model = dataclasses.replace(
        _tiny_model(), config=config, network=network.requires_grad_(False), calibration=calibration,
        cross_lead=CrossLeadNetwork(config.cross_lead).requires_grad_(False),
    )
    return dataclasses.replace(model, fusion=fit_parts(Assessor(model, "cpu", fitting=True), records, "six records"))
