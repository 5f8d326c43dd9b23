from __future__ import annotations

import pytest

from mmae_core.readers.lead_names import is_electrode_name, lead_of, standard_lead


@pytest.mark.parametrize(
    ("name", "lead"),
    [
        ("I", "I"), ("AVR", "aVR"), ("avr", "aVR"), ("a VR", "aVR"), ("Lead I", "I"), ("lead_ii", "II"), ("MLII", "II"),
        ("ECG lead V1", "V1"), ("ecg III", "III"), ("ECG-I", "I"), ("EKG II", "II"), ("LeadII", "II"), (" v6 ", "V6"),
        ("Lead I (Einthoven)", "I"), ("aVR, augmented voltage, right", "aVR"), ("DI", "I"), ("D2", "II"), ("C1", "V1"),
        ("V1 (mV)", "V1"), ("V1 [uV]", "V1"), ("Ⅱ", "II"), ("+V1", "V1"), ("MDC_ECG_LEAD_AVF", "aVF"),
        ("V3R", "V3R"), ("c4r", "V4R"), ("V7", "V7"), ("vx", "X"), ("Frank Z", "Z"),
    ],
)  # fmt: skip
def test_a_lead_has_one_name_however_it_is_written(name: str, lead: str) -> None:
    assert lead_of(name) == (lead, False)


@pytest.mark.parametrize(
    "name",
    ["-aVR", "−aVR", "–aVR", "aVR-", "aVR−", "aVR (-)", "inverted aVR", "ECG –aVR", "MDC_ECG_LEAD_AVRneg",
     "aVR (inverted)", "aVR, inverted", "aVR [neg.]"],
)
def test_a_lead_with_a_minus_is_that_lead_upside_down(name: str) -> None:
    assert lead_of(name) == ("aVR", True)
    assert standard_lead(name) is None


@pytest.mark.parametrize("name", ["V3 (V3R)", "V4 (right)", "V5, posterior", "V5 [V8]", "-I (inverted)",
                                  "ECG", "ECG1", "ECG 1", "MCL1", "V", "Resp", "", "V1-V2", "I-II", "ECG1-ECG2", "VR"])
def test_a_channel_that_could_be_any_lead_is_not_guessed(name: str) -> None:
    assert lead_of(name) == (None, False)


@pytest.mark.parametrize(
    ("code", "lead", "is_inverted"),
    [
        ("5.6.3-9-1", "I", False), ("5.6.3-9-61", "III", False), ("2:62", "aVR", False), ("2:65", "aVR", True),
        ("MDC_ECG_LEAD_V4R", "V4R", False), ("131329", "I", False), ("131389", "III", False), ("8", "V6", False),
        ("5.6.3-9-16", "X", False),
    ],
)  # fmt: skip
def test_a_code_counts_before_the_name(code: str, lead: str, is_inverted: bool) -> None:
    assert lead_of("V1", code) == (lead, is_inverted)


def test_the_name_counts_where_the_code_is_unknown() -> None:
    assert lead_of("Lead II", "99:1") == ("II", False)
    assert lead_of("Lead II", "2:200") == ("II", False)


def test_names_that_electrodes_of_an_eeg_share_are_known_as_such() -> None:
    assert is_electrode_name("C3")
    assert not is_electrode_name("V3")
