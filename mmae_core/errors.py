"""The errors a user can meet. Each message says what was found, what was expected and what to do."""

from typing import Literal

ErrorCode = Literal["", "missing", "foreign", "ambiguous", "leads", "short", "rate", "unit", "said"]
"""Tells errors of one type apart without reading their messages: a file that is not there, one of another kind, several
that could be meant; leads, length, sampling rate or unit that do not do; a message in the reader's own language."""


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
    """A setting has a value that cannot work; the message names the setting and the value."""


class ModelMismatch(EcgError):
    """A model file is foreign, damaged, or does not fit the configuration beside it."""


class Cancelled(EcgError):
    """The caller asked a long computation to stop; nothing is wrong."""


class MissingResource(EcgError):
    """A file that comes with the program is not there, or the name given cannot be one of them."""
