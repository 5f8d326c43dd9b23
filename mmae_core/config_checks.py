"""Checks shared by configurations, and conversion to and from plain values."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, TypeVar

from mmae_core.errors import ConfigError

ConfigType = TypeVar("ConfigType")


def section(section_type: type[ConfigType], name: str, sections: dict[str, Any]) -> ConfigType:
    """A section of a configuration from a table of sections; missing fields keep their defaults."""
    values = sections.get(name, {})
    if not isinstance(values, dict):
        raise ConfigError(f"Section '{name}' of the configuration must be a table; found {values!r}.")
    fields = {item.name: item for item in dataclasses.fields(section_type)}  # type: ignore[arg-type]  # a dataclass
    refuse_unknown(f"section '{name}'", values, fields)
    arguments = {}
    for key, value in values.items():
        default = getattr(section_type(), key)
        if isinstance(value, list):
            value = tuple(value)
        elif isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            try:
                value = float(value)
            except OverflowError as error:
                raise ConfigError(f"{name}.{key} is a number too large to be one.") from error
        if default is not None and type(value) is not type(default):
            raise ConfigError(
                f"{name}.{key} = {value!r} has the wrong type; expected {type(default).__name__}, like {default!r}."
            )
        arguments[key] = value
    try:
        return section_type(**arguments)
    except TypeError as error:  # of lists, whose items have any type
        raise ConfigError(f"Section '{name}' of the configuration holds a list of the wrong type: {error}.") from error


def refuse_unknown(what: str, values: dict[str, Any], known: dict[str, Any]) -> None:
    """Raise ConfigError for unknown names."""
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ConfigError(f"Unknown field {', '.join(unknown)} in {what}; known are {', '.join(known)}.")


def without_tuples(value: Any) -> Any:
    """Tuples as lists, at any depth."""
    if isinstance(value, dict):
        return {key: without_tuples(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [without_tuples(item) for item in value]
    return value


def require_positive(config: object, *names: str) -> None:
    """Raise ConfigError unless every named field is positive and finite."""
    for name in names:
        value = getattr(config, name)
        if not 0 < value < math.inf:
            raise ConfigError(f"{name} must be positive; found {value}.")


def require_not_negative(config: object, *names: str) -> None:
    """Raise ConfigError unless every named field is finite and not negative."""
    for name in names:
        value = getattr(config, name)
        if not 0 <= value < math.inf:
            raise ConfigError(f"{name} must not be negative; found {value}.")


def require_at_most(config: object, **limits: float) -> None:
    """Raise ConfigError if a named field exceeds its limit: a description from a stranger may not fill the memory."""
    for name, limit in limits.items():
        value = getattr(config, name)
        if value > limit:
            raise ConfigError(f"{name} must be at most {limit:g}; found {value:g}.")


def require_choice(config: object, name: str, choices: tuple[str, ...]) -> None:
    """Raise ConfigError unless the named field is one of `choices`."""
    value = getattr(config, name)
    if value not in choices:
        raise ConfigError(f"{name} must be one of {', '.join(choices)}; found {value!r}.")


def require_seed(seed: int) -> None:
    """Raise ConfigError unless a seed fits 32 bits."""
    if not 0 <= seed < 2**32:  # torch uses the lowest 32 bits only
        raise ConfigError(f"seed must lie in 0..{2**32 - 1}; found {seed}.")


def require_weights(weights: object) -> None:
    """Raise ConfigError unless `weights` is None or two weights, not both zero."""
    if weights is None:
        return
    given = weights if isinstance(weights, tuple) else ()  # from a TOML file it may be anything of any length
    numbers = all(isinstance(value, int | float) and 0 <= value < math.inf for value in given)
    if len(given) != len(("global", "local")) or not numbers or sum(given) <= 0:
        raise ConfigError(f"branch_weights must be two numbers >= 0, not both 0; found {weights}.")
