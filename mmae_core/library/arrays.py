"""From an array of samples to a recording. Rate and leads are stated, never guessed; what looks wrong is refused."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ConfigError, UnsupportedRecord
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.limits import MAX_RATE_HZ, MIN_RATE_HZ
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import mv_of_unit
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray

FORMAT = "array"
MAX_MEDIAN_RANGE_MV = 40.0
"""As `mmae_core.scoring.preprocess.MAX_RANGE_MV`: if the median lead's 1st to 99th percentile spans more, the unit is
not mV; in µV it always does."""
MIN_RANGE_MV = 0.01
"""If no lead that moves at all spans more, the numbers are not in mV: noise alone does; volts taken for mV do not."""
AGES = (0.0, 130.0)


def array_record(
    signal: Any, sampling_rate_hz: float | None, leads: Iterable[str] | None, *, unit: str | None = None,
    name: str = "array", age_years: float | None = None, sex: Literal["male", "female"] | None = None,
) -> EcgRecord:
    """A recording of an array (leads, samples) of numbers, NaN where a sample is invalid.

    `leads` names the rows in their order, with an empty name for a row to be left out; all common spellings are known
    (`aVR`, `MDC_ECG_LEAD_AVR`). III, aVR, aVL and aVF are computed from I and II where they are missing. `unit` is
    `mV`, `uV`, `V` or a step such as `5 uV`; numbers with a decimal point are in mV unless it says otherwise, whole
    numbers (the converter's steps) need it. The samples are copied.

    Raises ConfigError if rate, leads, unit, age or sex are missing or make no sense, UnsupportedRecord if the array has
    another shape than the leads say, holds infinities or nothing finite, or no ECG has values like these in mV.
    """
    values = _numbers(signal)
    rate_hz = require_rate(sampling_rate_hz)
    names = _lead_names(leads, values.shape)
    millivolts = (values.astype(np.float64) * _mv_per_step(values, unit)).astype(np.float32)
    chosen = [row for row, lead in enumerate(names) if lead]
    require_millivolts(millivolts[chosen], name)
    require_person(age_years, sex)
    samples = np.ascontiguousarray(millivolts[chosen])
    return make_record(
        RecordingFile.of(samples.tobytes(), name), format_name=FORMAT, name=name, rate_hz=rate_hz,
        n_samples=samples.shape[1], channels=[ReadChannel(names[row], "mV") for row in chosen],
        read=lambda start, end: samples[:, start:end].copy(), age_years=age_years, sex=sex,
    )


def require_person(age_years: float | None, sex: str | None) -> None:
    """Raise ConfigError for what is no age in years, or no sex."""
    if age_years is not None and not (is_number(age_years) and AGES[0] <= age_years <= AGES[1]):
        raise ConfigError(f"age_years = {age_years!r} is no age in years; leave it out if it is not known.")
    if sex not in (None, "male", "female"):
        raise ConfigError(f"sex = {sex!r}; it is 'male', 'female' or None where it is not known.")


def require_rate(sampling_rate_hz: float | None) -> float:
    """The rate, if it is one in Hz. Raises ConfigError otherwise."""
    if sampling_rate_hz is None:
        raise ConfigError("An array does not say how often it was sampled: state sampling_rate_hz, such as 500.")
    if not is_number(sampling_rate_hz) or not MIN_RATE_HZ <= float(sampling_rate_hz) <= MAX_RATE_HZ:
        raise ConfigError(f"sampling_rate_hz = {sampling_rate_hz!r} is no rate of an ECG in samples a second; "
                          f"{MIN_RATE_HZ:g} to {MAX_RATE_HZ:,.0f} can be used.")
    return float(sampling_rate_hz)


def require_millivolts(signal_mv: FloatArray, name: str) -> None:
    """Raise UnsupportedRecord unless (leads, samples) hold something finite that can be an ECG in mV."""
    if np.isinf(signal_mv).any():
        raise UnsupportedRecord(f"{name} holds infinite values. Mark invalid samples by NaN; they are not assessed.")
    known = [row[np.isfinite(row)] for row in signal_mv]
    ranges = [float(np.subtract(*np.percentile(row, [99, 1]))) for row in known if len(row)]
    if not ranges:
        raise UnsupportedRecord(f"{name} holds no sample that is a number.")
    if (middle := float(np.median(ranges))) > MAX_MEDIAN_RANGE_MV:
        raise UnsupportedRecord(
            f"The median lead of {name} ranges over {middle:,.6g} mV, which no ECG does: the numbers are probably in "
            "µV or in converter steps. State their unit, such as unit='uV'.", code="unit")
    if 0 < (largest := max(ranges)) < MIN_RANGE_MV:
        raise UnsupportedRecord(
            f"No lead of {name} ranges over more than {largest:.3g} mV, less than noise does: the numbers are probably "
            "in volts. State their unit, such as unit='V'.", code="unit")


def is_number(value: object) -> bool:
    """Whether a caller gave a number; not so for True, which is no rate."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


def _numbers(signal: Any) -> NDArray[Any]:
    """An array (leads, samples) of numbers; masked samples become NaN."""
    if isinstance(signal, np.ma.MaskedArray):
        signal = np.ma.filled(signal.astype(np.float64), np.nan)
    try:
        values = np.asarray(signal)
    except RuntimeError as error:  # of torch, in words that say what to do
        raise UnsupportedRecord(f"This cannot be read as an array of numbers: {str(error).rstrip('.')}.") from error
    except (TypeError, ValueError) as error:
        raise UnsupportedRecord("This is no array of numbers: its leads are not of one length, or it holds something "
                                f"else ({error}).") from error
    if values.dtype.kind not in "fiu":
        raise UnsupportedRecord(f"An ECG is an array of real numbers; found {values.dtype.name}.")
    if values.ndim == 3:
        raise UnsupportedRecord(f"Found an array of shape {values.shape}: several recordings. score_many takes them, "
                                "one after the other.")
    if values.ndim != 2 or not values.size:
        raise UnsupportedRecord(f"An ECG is an array of shape (leads, samples); found the shape {values.shape}.")
    return values


def _lead_names(leads: Iterable[str] | None, shape: tuple[int, ...]) -> list[str]:
    """One known lead for each row, empty for one to leave out."""
    if leads is None:
        raise ConfigError(f"An array does not say which lead a row is: state leads, such as {list(STANDARD_LEADS)}, "
                          "which are mmae_core.STANDARD_LEADS.")
    names = leads.split(",") if isinstance(leads, str) else list(leads)
    if not all(isinstance(lead, str) for lead in names):
        raise ConfigError(f"leads must be names, such as 'V1'; found {names!r}.")
    names = [lead.strip() for lead in names]
    if len(names) != shape[0]:
        turned = (" It has one column for each of them: its rows are samples. Give its transpose, signal.T."
                  if shape[1] == len(names) else "")
        raise UnsupportedRecord(f"{len(names)} leads are named and the array has {shape[0]} rows: its shape is "
                                f"{shape}, expected ({len(names)}, samples).{turned}")
    known: dict[str, str] = {}
    for lead in filter(None, names):
        found, _ = lead_of(lead)
        if found is None:
            raise ConfigError(f"'{lead}' is no lead known here. Known are {', '.join(STANDARD_LEADS)} and others; an "
                              "empty name leaves a row out.")
        if found in known:
            raise ConfigError(f"'{known[found]}' and '{lead}' are the same lead; each can be named once.")
        known[found] = lead
    if not known:
        raise ConfigError("leads names no lead.")
    return names


def _mv_per_step(values: NDArray[Any], unit: str | None) -> float:
    """Millivolts of the number 1."""
    if unit is None:
        if values.dtype.kind in "iu":
            raise ConfigError(f"The array holds whole numbers ({values.dtype.name}), the steps of a converter: state "
                              "what one of them is, such as unit='5 uV', or unit='mV'.")
        return 1.0
    step = mv_of_unit(str(unit))
    if step is None:
        raise ConfigError(f"unit = {unit!r} is no voltage. Write 'mV', 'uV', 'nV', 'V', or a step such as '5 uV'.")
    return step
