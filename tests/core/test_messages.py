"""Sentences that can be said again in another language are texts like any other, and keep what they were made of."""

from __future__ import annotations

import copy
import json
import pickle

import numpy as np

from mmae_core.messages import JoinedMessage, Message
from mmae_core.signals.quality import signal_quality

FAULT = Message("flat for {bad_s:.1f} of {whole_s:.0f} s", bad_s=8.25, whole_s=10.0)
SENTENCE = Message("{leads}: {fault}", leads=Message("all leads"), fault=FAULT)


def test_a_sentence_is_its_english_text() -> None:
    assert SENTENCE == "all leads: flat for 8.2 of 10 s"
    assert json.dumps([SENTENCE, JoinedMessage("; ", [FAULT, "x"])]) == (
        '["all leads: flat for 8.2 of 10 s", "flat for 8.2 of 10 s; x"]'
    )
    assert {SENTENCE: 1}["all leads: flat for 8.2 of 10 s"] == 1
    assert JoinedMessage("; ", ()) == ""


def test_its_parts_survive_pickling_and_copying() -> None:
    joined = JoinedMessage("; ", (SENTENCE, "plain"))
    sent = pickle.loads(pickle.dumps(joined))  # noqa: S301 - written a moment ago
    for again in (sent, copy.deepcopy(joined), copy.copy(joined)):
        assert (again, again.separator, again.parts) == (joined, "; ", joined.parts)
        assert again.parts[0].template == "{leads}: {fault}"
        assert again.parts[0].values["fault"].values == {"bad_s": 8.25, "whole_s": 10.0}


def test_quality_reports_keep_the_parts_of_their_sentences() -> None:
    report = signal_quality(np.zeros((12, 1000), np.float32), 100.0)
    assert report.reasons == ("all leads: flat for 10.0 of 10 s",)
    sentences = [*report.reasons, *report.limitations, *(reason for lead in report.leads for reason in lead.reasons)]
    assert len(sentences) > 12
    assert all(isinstance(sentence, Message) for sentence in sentences)
