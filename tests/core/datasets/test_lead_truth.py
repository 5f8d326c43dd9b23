from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from mmae_core.datasets.lead_truth import LeadStatement, parse_report, read_lead_truth, truth_of_reports
from mmae_core.datasets.lead_truth.lead_lists import scan_leads
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import DatasetError

SENTENCES = Path(__file__).parents[2] / "data" / "lead_sentences.tsv"


def said(report: str, *, counted: bool = True) -> dict[str, list[str]]:
    """What a report says, as `ST depression` -> leads."""
    found: dict[str, list[str]] = {}
    for row in parse_report(report):
        if row.is_counted or not counted:
            found.setdefault(f"{row.wave} {row.kind}", []).append(row.lead)
    return found


@pytest.mark.parametrize(("text", "leads"), [
    ("v4,5,6", "V4 V5 V6"), ("v2-4", "V2 V3 V4"), ("v1 - v3", "V1 V2 V3"), ("v3-4-5-6", "V3 V4 V5 V6"),
    ("i-iii,v1,v4-6", "I II III V1 V4 V5 V6"), ("ii,iii,f", "II III aVF"), ("avf + iii", "aVF III"),
    ("v2/v3", "V2 V3"), ("v2+3", "V2 V3"), ("v1 bis v3", "V1 V2 V3"), ("avl iii", "aVL III"),
    ("v1, 1 av-block", "V1"), ("v3 2-zipfliges p", "V3"), ("ii, iii, l, f, r, v1", "II III aVL aVF aVR V1"),
    ("wochen", ""), ("v7", ""),
])
def test_lists_of_leads_are_read_as_they_are_written(text: str, leads: str) -> None:
    assert list(scan_leads(text, 0)[0]) == leads.split()


def _sentences() -> list[tuple[str, str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["language"], row["sentence"], row["says"]) for row in rows]


def _says(report: str) -> str:
    """What is read, in the form of the table: `ST depression: V4 V5; T flat [region]: I aVL`."""
    found: dict[str, list[str]] = {}
    for row in parse_report(report):
        mark = " [region]" if row.part == "region" else " [normal]" if not row.is_counted else ""
        found.setdefault(f"{row.wave} {row.kind}{mark}", []).append(row.lead)
    return "; ".join(f"{what}: {' '.join(leads)}" for what, leads in found.items())


@pytest.mark.parametrize(("language", "sentence", "says"), _sentences())
def test_a_sentence_says_of_its_leads_what_a_reader_takes_from_it(language: str, sentence: str, says: str) -> None:
    assert _says(sentence) == says, language


def test_the_sentences_are_many_in_three_languages_and_some_say_nothing_of_leads() -> None:
    languages = Counter(language for language, _, _ in _sentences())
    assert languages["en"] >= 80
    assert languages["de"] >= 80
    assert languages["sv"] >= 15
    assert sum(not says for _, _, says in _sentences()) >= 15


def test_alternatives_are_one_kind() -> None:
    assert said("t waves are flat or low in i, avl.") == {"T low or flat": ["I", "aVL"]}


def test_a_region_is_a_row_of_its_own_that_does_not_count() -> None:
    report = "t waves are low or flat in limb leads and v4,5,6."
    assert said(report) == {"T low or flat": ["V4", "V5", "V6"]}
    assert said(report, counted=False)["T low or flat"][:6] == ["I", "II", "III", "aVR", "aVL", "aVF"]
    assert {row.part for row in parse_report(report)} == {"region", "report"}


def test_these_leads_are_those_of_the_sentence_before() -> None:
    assert said("st segments are depressed in i, v5,6. t waves are low in these leads.") == {
        "ST depression": ["I", "V5", "V6"], "T low": ["I", "V5", "V6"],
    }


def test_what_is_called_a_normal_variant_is_marked_and_does_not_count() -> None:
    report = "st segments are elevated in v2,3. this is probably a normal variant."
    assert said(report) == {}
    assert [row.qualifier for row in parse_report(report)] == ["normal variant"] * 2


def test_a_cardiologists_note_is_a_part_of_its_own() -> None:
    rows = parse_report("sinusrhythmus normales ekg Edit: NORM 100, QSIII, TnegV1(NORM 100)")
    assert [(row.lead, row.wave, row.kind, row.part) for row in rows] == [
        ("III", "Q", "qs", "edit"), ("V1", "T", "inversion", "edit"),
    ]


def test_half_a_lead_at_the_end_of_a_cut_report_is_not_read() -> None:
    filler = "sinus rhythm. " * 17
    assert said(f"{filler}q waves in v2,3 and iii, ii")["Q q wave"] == ["V2", "V3", "III"]


def test_the_glued_label_of_a_consensus_is_no_part_of_a_report() -> None:
    report = "t waves are flat in ii.consensus label derived from: {'IMI': 15.0, 'NT_': 0.0}"
    assert said(report) == {"T flat": ["II"]}


def test_lead_truth_of_real_reports(ptbxl_mini: Path) -> None:
    entries = load_index(ptbxl_mini).entries
    truth = truth_of_reports(entries)
    by_id = {entry.ecg_id: entry for entry in entries}
    assert truth
    for ecg_id, rows in truth.items():
        report = by_id[ecg_id].report.lower()
        assert all(row.lead.lower() in report or row.part == "region" or row.lead[1] in report for row in rows), report


def test_a_table_is_read_with_leads_waves_and_kinds_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("ecg_id,lead,wave,kind\n7,AVL,ST,elevation\n7,v2,st, Elevation\n")
    assert read_lead_truth(path) == {
        7: (LeadStatement("aVL", "ST", "elevation"), LeadStatement("V2", "ST", "elevation")),
    }


@pytest.mark.parametrize(("text", "said_of_it"), [
    ("ecg_id,lead,wave\n1,I,T\n", "lacks the columns kind"),
    ("ecg_id,lead,wave,kind\n1,V9,T,flat\n", "line 2: ecg_id is '1' and lead 'V9'"),
    ("ecg_id,lead,wave,kind,part\n1,I,T,flat,guess\n", "part is 'guess'"),
    ("ecg_id,lead,wave,kind\n1,I,T wave,flat\n", "line 2: wave is 'T WAVE'"),
    ("ecg_id,lead,wave,kind\n1,I,T,\n", "and kind ''"),
])
def test_a_table_that_is_none_is_refused_with_the_place(tmp_path: Path, text: str, said_of_it: str) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(text)
    with pytest.raises(DatasetError, match=said_of_it):
        read_lead_truth(path)
