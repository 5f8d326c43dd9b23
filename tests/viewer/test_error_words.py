"""Errors of the core in the window's language: by type and code, never by what their message says."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from ecg_viewer.jobs.opening import opening_job
from ecg_viewer.qt.worker import _outcome, _Request
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.words.error_words import SENTENCES, details_of, sentence_of
from ecg_viewer.state.words.language import set_translator
from mmae_core import errors
from mmae_core.errors import EcgError, ErrorCode, ModelMismatch, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, require_model_leads, require_model_length


@pytest.fixture
def foreign() -> Iterator[None]:
    """A language in which every sentence begins with an asterisk."""
    set_translator(lambda text: f"*{text}")
    yield
    set_translator(None)


def test_in_english_the_error_speaks_for_itself() -> None:
    error = UnreadableRecord("a.hea is empty.")
    assert (sentence_of(error), details_of(error)) == ("a.hea is empty.", "")


@pytest.mark.usefixtures("foreign")
def test_in_another_language_the_kind_is_said_and_the_error_is_a_detail() -> None:
    for kind, by_code in SENTENCES.items():
        for code, sentence in by_code.items():
            error = kind("found, expected, what to do", code=code)
            assert (sentence_of(error), details_of(error)) == (f"*{sentence}", "found, expected, what to do")
            again = copy.copy(error)
            assert (again.code, str(again)) == (code, str(error)), "nor is it lost between processes"
    assert sentence_of(ModelMismatch("x", code="short")) == "*" + SENTENCES[ModelMismatch][""]
    error = UnsupportedRecord("*schon gesagt", code="said")
    assert (sentence_of(error), details_of(error)) == ("*schon gesagt", "")


def test_every_error_of_the_core_that_reaches_the_window_has_a_sentence() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EcgError)}
    assert kinds - set(SENTENCES) == {EcgError, errors.Cancelled}
    used = {code for by_code in SENTENCES.values() for code in by_code}
    assert used == set(get_args(ErrorCode)) - {"said"}


@pytest.mark.usefixtures("foreign")
def test_what_is_met_most_is_told_apart(tmp_path: Path) -> None:
    def written(name: str, leads: Sequence[str]) -> Path:
        """6 s at 100 Hz."""
        np.ones((600, len(leads)), "<i2").tofile(tmp_path / f"{name}.dat")
        lines = [f"{name} {len(leads)} 100 600", *(f"{name}.dat 16 1000(0)/mV 16 0 0 0 0 {lead}" for lead in leads)]
        (tmp_path / f"{name}.hea").write_text("\n".join(lines) + "\n", encoding="ascii")
        return tmp_path / f"{name}.hea"

    def said(path: Path) -> str:
        try:
            record = read_record(path)
            require_model_leads(record)
            require_model_length(record, 10)
        except EcgError as error:
            return sentence_of(error)
        raise AssertionError("it was read")

    unreadable, unsupported = SENTENCES[UnreadableRecord], SENTENCES[UnsupportedRecord]
    assert said(tmp_path / "nothing.hea") == "*" + unreadable["missing"]
    (tmp_path / "a.txt").write_text("x", encoding="ascii")
    assert said(tmp_path / "a.txt") == "*" + unreadable["foreign"]
    (tmp_path / "empty.hea").write_bytes(b"")
    assert said(tmp_path / "empty.hea") == "*" + unreadable[""]
    short = written("short", STANDARD_LEADS)
    assert said(short) == "*" + unsupported["short"]
    few = written("few", ("I", "II"))
    assert said(few) == "*" + unsupported["leads"]
    short.with_suffix(".dat").unlink()
    assert said(short) == "*" + unreadable["missing"]


@pytest.mark.usefixtures("foreign")
def test_a_job_that_fails_brings_both(tmp_path: Path) -> None:
    outcome = _outcome(_Request(opening_job([tmp_path / "nothing.hea"]), lambda number, event: None))
    assert isinstance(outcome, Failed)
    assert outcome.message == "*" + SENTENCES[UnreadableRecord]["missing"]
    first, rest = outcome.details.split("\n\n", 1)
    assert first == f"There is no file or record nothing.hea in the folder {tmp_path.name}."
    assert rest.startswith("Traceback")
