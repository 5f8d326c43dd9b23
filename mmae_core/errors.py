"""The errors a user can meet. Each message says what was found, what was expected and what to do."""


class EcgError(Exception):
    """Base of every error whose message is meant for the user."""


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
