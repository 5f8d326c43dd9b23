"""The errors a user can meet. Each message says what was found, what was expected and what to do."""

from typing import Literal

ErrorCode = Literal[
    "", "missing", "foreign", "ambiguous", "undescribed", "leads", "short", "rate", "unit", "said",
]
"""Reason code that distinguishes errors of one type: file missing, of another kind or ambiguous (also several
recordings in one file); rate, unit or leads not stated; unsuitable leads, length, sampling rate or unit; message
already in the user's language."""


class EcgError(Exception):
    """Base of every error whose message is meant for the user."""

    def __init__(self, message: str = "", *, code: ErrorCode = "") -> None:
        super().__init__(message)
        self.code: ErrorCode = code


class UnreadableRecord(EcgError):
    """The recording's files are missing, damaged or not what they claim to be."""


class UnsupportedRecord(EcgError):
    """The recording is intact but lacks something the task needs (leads, length, units)."""


class DatasetError(EcgError):
    """A folder of recordings or its index cannot be used as asked."""


class ConfigError(EcgError):
    """A setting has an invalid value; the message names the setting and the value."""


class ModelMismatch(EcgError):
    """A model file is foreign, damaged, or does not fit the configuration beside it."""


class Cancelled(EcgError):
    """The caller asked a long computation to stop; nothing is wrong."""


class MissingResource(EcgError):
    """A bundled file is missing, or the name given cannot be one."""
