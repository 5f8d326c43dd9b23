"""Turns command-line values into settings."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mmae_core.config import PRESETS, Config
from mmae_core.errors import ConfigError


def parse_folds(text: str) -> tuple[int, ...]:
    """Folds from text such as `1-8` or `1,3,9`. Raises ConfigError unless all lie in 1..10."""
    folds: set[int] = set()
    try:
        for part in text.split(","):
            first, dash, last = part.partition("-")
            folds.update(range(int(first), int(last if dash else first) + 1))
    except ValueError:
        folds.clear()
    if not folds or not folds <= set(range(1, 11)):
        raise ConfigError(f"'{text}' names no folds; write them like 1-8 or 1,3,9, within 1..10.")
    return tuple(sorted(folds))


def fold_words(folds: str | Iterable[int]) -> str:
    """`fold 9`, `folds 1-8`, `folds 1, 3, 9`, from numbers or from what `parse_folds` reads."""
    numbers = sorted(parse_folds(folds) if isinstance(folds, str) else set(folds))
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"folds {numbers[0]}-{numbers[-1]}"
    return f"fold{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def preset_config(name: str) -> Config:
    """A named preset. Raises ConfigError if there is none of that name."""
    if name not in PRESETS:
        raise ConfigError(f"There is no preset '{name}'; known are {', '.join(PRESETS)}.")
    return PRESETS[name]()


def load_config(path: Path | None, overrides: dict[str, Any] | None = None, base: Config | None = None) -> Config:
    """A configuration (by default the paper's), changed by a TOML file and then by fields of its `train` section."""
    base = base or Config()
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"The configuration {path} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"The configuration {path.name} is no valid TOML: {error}.") from error
    known = base.to_dict()
    merged = {name: {**known.get(name, {}), **section} if isinstance(section, dict) else section
              for name, section in values.items()}
    config = Config.from_dict({**known, **merged})
    return with_training(config, overrides or {}, base, keeps_warmup="warmup_epochs" in values.get("train", {}))


def with_training(
    config: Config, overrides: Mapping[str, Any], base: Config | None = None, *, keeps_warmup: bool = False
) -> Config:
    """A configuration with other fields of its `train` section; None leaves a field as it is.

    Another length of schedule than that of `base` (default: of the configuration itself) keeps the paper's proportion
    of warm-up, unless `keeps_warmup`.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    train = dataclasses.replace(config.train, **given)
    if train.epochs != (base or config).train.epochs and not keeps_warmup:
        default = Config().train
        warmup_epochs = round(train.epochs * default.warmup_epochs / default.epochs)
        train = dataclasses.replace(train, warmup_epochs=warmup_epochs)
    return dataclasses.replace(config, train=train)
