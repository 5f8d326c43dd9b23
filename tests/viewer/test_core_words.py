"""What the core says of a signal is said in the window's language, with its numbers."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import mmae_core
from ecg_viewer.state.measure.interval_words import reason_text
from ecg_viewer.state.words.core_words import TEMPLATES, translated
from ecg_viewer.state.words.language import set_translator
from ecg_viewer.state.words.record_words import poor_lead_text, quality_text, unreliable_sentence
from mmae_core.assessment import LeadQuality, QualityReport
from mmae_core.intervals.results import Reason, Value
from mmae_core.messages import JoinedMessage, Message
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

GERMAN = resource("translations") / "ecg_viewer_de.ts"
SWINGS = Message("swings of up to {swing_mv:.1f} mV, more than a heart makes", swing_mv=20.2)
HIGH = Message("The unit or the gain may be wrong: there are beats, but the leads are about {height_mv:,.{digits}f} mV "
               "high, where an ECG's are 0.5 to 3 mV; it would be so if {guess}. Nothing was converted; look at unit "
               "and "
               "gain in the file.", height_mv=2000.0, digits=0,
               guess=Message("µV were taken for mV, or the gain was left out"))


@pytest.fixture
def german() -> Iterator[None]:
    messages = ET.parse(GERMAN).iter("message")
    found = {message.findtext("source"): message.findtext("translation") for message in messages}
    set_translator(lambda text: found[text] or text, "de")
    yield
    set_translator(None)


def report(verdict: str, *reasons: str) -> QualityReport:
    leads = tuple(LeadQuality(lead, 1.0, ()) for lead in STANDARD_LEADS)
    return QualityReport(0.0, 10.0, 0.43, verdict, leads, reasons)


def test_below_zero_is_written_with_a_minus_sign_not_a_hyphen() -> None:
    named = Message("{name} {value}, {leads}, {beats}", name=Message("ST"), value=Message("{value:+.2f} mV",
                                                                                          value=-0.12),
                    leads="V4-V6", beats=Message("every beat"))
    assert translated(named) == "ST \N{MINUS SIGN}0.12 mV, V4-V6, every beat"
    assert str(named) == "ST -0.12 mV, V4-V6, every beat", "tables are for programs"


@pytest.mark.usefixtures("german")
def test_german_has_the_same_minus_sign_and_a_comma() -> None:
    assert translated(Message("{value:+.2f} mV", value=-0.12)) == "\N{MINUS SIGN}0,12 mV"


def test_every_sentence_of_the_core_can_be_translated() -> None:
    found = []
    for path in sorted(Path(mmae_core.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                first = node.args[0]
                if path.name != "messages.py":
                    assert isinstance(first, ast.Constant), f"{path.name}:{node.lineno}: Message takes a literal"
                    found.append(first.value)
    assert set(found) == set(TEMPLATES)


def test_in_english_the_sentences_are_the_cores() -> None:
    text = JoinedMessage("; ", (Message("{leads}: {fault}", leads=Message("all leads"), fault=SWINGS), "kept"))
    assert translated(text) == text == "all leads: swings of up to 20.2 mV, more than a heart makes; kept"
    assert translated("anything else") == "anything else"


@pytest.mark.usefixtures("german")
def test_in_german_words_and_numbers_are_german() -> None:
    reason = Message("{leads}: {fault}", leads=Message("all leads"), fault=SWINGS)
    german = "alle Ableitungen: Ausschläge bis 20,2 mV, mehr als ein Herz erzeugt"
    assert unreliable_sentence(report("poor", reason)) == f"Unzuverlässig – {german}"
    assert quality_text(report("fair", reason), of_strongest=False).endswith(f"\n{german}")
    assert poor_lead_text("V1", JoinedMessage("; ", (SWINGS, "kept"))).endswith("Ausschläge bis 20,2 mV, mehr als "
                                                                                "ein Herz "
                                                                                "erzeugt; kept")
    assert reason_text(Value.none(Reason.POOR_QUALITY, fault=reason)).endswith(german)
    assert "etwa 2.000 mV hoch" in translated(HIGH)
    assert "µV wurden für mV gehalten" in translated(HIGH)
