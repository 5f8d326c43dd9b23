"""Translated sentences for the errors of `mmae_core`, by type and code.

In English the error's own sentence is shown: it names the file and what to do. In another language there is a sentence
for each kind of error, and the English one is a detail.
"""

from __future__ import annotations

from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.errors import (
    ConfigError,
    DatasetError,
    EcgError,
    ErrorCode,
    MissingResource,
    ModelMismatch,
    UnreadableRecord,
    UnsupportedRecord,
)
from mmae_core.messages import Message

SENTENCES: dict[type[EcgError], dict[ErrorCode, str]] = {
    UnreadableRecord: {
        "": translatable("The recording cannot be read: one of its files is damaged, or is not what it claims to be."),
        "missing": translatable("The recording cannot be opened: it, or one of its files, is not there. The files of "
                                "one recording belong in one folder."),
        "foreign": translatable("There is no recording that this program reads: the content is of no format that it "
                                "knows."),
        "ambiguous": translatable("It is not clear which recording is meant. Name one of them."),
    },
    UnsupportedRecord: {
        "": translatable("The recording is whole, but cannot be used for this."),
        "leads": translatable("The recording lacks leads that are needed. What is there can be viewed, but not "
                              "assessed."),
        "short": translatable("The recording is too short for the model. Its traces can be viewed, but not assessed."),
        "rate": translatable("The recording has too few samples a second for the model. Its traces can be viewed, but "
                             "not assessed."),
        "undescribed": translatable("The file does not state its sampling rate, the unit of its values, or its leads: "
                                    "say it when opening."),
        "unit": translatable("The recording's amplitudes are not known: the header names no unit or gain that can be "
                             "used."),
    },
    DatasetError: {"": translatable("A folder of recordings, or a table that belongs to it, cannot be used as it is.")},
    ConfigError: {"": translatable("A setting has a value that cannot work.")},
    ModelMismatch: {"": translatable("The model's files are damaged, or do not belong together.")},
    MissingResource: {"": translatable("A file that comes with the program is not there. Install the program again.")},
}
"""English, shown through `tr`. Errors not listed here carry a translated sentence of their own."""


def sentence_of(error: EcgError) -> str:
    """The sentence shown for an error, in the current language: its own if that can be translated, else that of its
    kind.
    """
    if error.args and isinstance(error.args[0], Message):
        return translated(error.args[0])
    english = _known(error)
    said = tr(english) if english else english
    return str(error) if said == english else said


def details_of(error: EcgError) -> str:
    """The error's own sentence, if `sentence_of` says something else; else empty."""
    return "" if sentence_of(error) == str(error) else str(error)


def _known(error: EcgError) -> str:
    if error.code == "said":
        return ""
    by_code = next((SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES), {})
    return by_code.get(error.code) or by_code.get("", "")
