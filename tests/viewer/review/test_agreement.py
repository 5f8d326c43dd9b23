"""Agreement of readers out of a journal, and conflicts that somebody settles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecg_viewer.journal_command import main
from ecg_viewer.state.review.adjudication import adjudication, conflicts
from ecg_viewer.state.review.agreement import agreement, agreement_lines, figure
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.journal_merge import merge_journals

A, B = "a" * 64, "b" * 64
CLOCK = iter(range(10_000))


def at() -> str:
    return f"2026-11-30T10:00:{next(CLOCK):05d}"


def read(reader: str, record: str, decision: str, kind: str = "first_read", **more: object) -> Event:
    payload = {"decision": decision, "confidence": 75, **more}
    return Event(kind, record, reader, payload, time=at())  # type: ignore[arg-type]  # a kind


def own(reader: str, record: str, start_s: float, end_s: float, label: str = "", lead: str = "V3") -> Event:
    values = {"id": f"{reader}{record[0]}{start_s}", "leads": [lead], "start_s": start_s, "end_s": end_s,
              "label": label}
    return Event("own_set", record, reader, values, time=at())


def decided(reader: str, record: str, state: str, start_s: float = 1.0, end_s: float = 2.0) -> Event:
    finding = {"lead": "V3", "start_s": start_s, "end_s": end_s, "model": "m" * 64}
    return Event("decided", record, reader, {"finding": finding, "state": state, "percentile": 99.0}, time=at())


def records(n: int) -> list[str]:
    return [f"{k:064x}" for k in range(n)]


def test_kappa_and_alpha_are_of_the_decisions_on_recordings() -> None:
    answers = [("departs", "departs")] * 20 + [("departs", "normal")] * 5 + [("normal", "departs")] * 10 + [
        ("normal", "normal")] * 15
    events = [read(reader, record, answer) for record, pair in zip(records(50), answers, strict=True)
              for reader, answer in zip(("Ann", "Bob"), pair, strict=True)]
    found = agreement(events, rounds=200)
    pair = found["first_reads"]["pairs"][0]
    assert pair["readers"] == ["Ann", "Bob"]
    assert pair["cohen_kappa"]["value"] == pytest.approx(0.4)
    low, high = pair["cohen_kappa"]["interval"]
    assert low < 0.4 < high
    assert found["first_reads"]["fleiss_kappa"]["n"] == 50
    assert found["first_reads"]["krippendorff_alpha"]["value"] == pytest.approx(0.394, abs=0.01)
    assert found["n_recordings"] == 50


def test_the_last_read_counts_where_it_differs_from_the_first() -> None:
    events = []
    for place, record in enumerate(records(12)):
        answer = "departs" if place % 2 else "normal"
        events += [read("Ann", record, answer), read("Bob", record, "normal" if place % 3 else answer)]
        events += [read(reader, record, answer, "second_read") for reader in ("Ann", "Bob")]
    found = agreement(events, rounds=50)
    assert found["first_reads"]["pairs"][0]["cohen_kappa"]["value"] < 1
    assert found["last_reads"]["pairs"][0]["cohen_kappa"]["value"] == 1


def test_decisions_on_one_finding_are_compared_also_where_its_borders_differ_a_little() -> None:
    events = []
    for place, record in enumerate(records(10)):
        events += [decided("Ann", record, "confirmed" if place % 2 else "dismissed"),
                   decided("Bob", record, "confirmed" if place % 2 else "dismissed", 1.05, 2.05)]
    found = agreement(events, rounds=20)["findings"]
    assert found["pairs"][0]["n"] == 10
    assert found["pairs"][0]["cohen_kappa"]["value"] == 1


def test_overlap_is_of_what_readers_marked_and_confirmed_and_is_set_against_the_model() -> None:
    events = []
    for record in records(10):
        events += [own("Ann", record, 0.0, 2.0), own("Bob", record, 1.0, 3.0),
                   read("Ann", record, "departs", "second_read",
                        model={"sha256": "m", "percentile": 99.0, "regions": [["V3", 0.0, 1.0, 99.0]]})]
    found = agreement(events, rounds=20)
    assert found["stretches"]["pairs"][0]["iou"]["value"] == pytest.approx(1 / 3)
    model = found["with_the_model"]
    assert model["human_human_iou"]["value"] == pytest.approx(1 / 3)
    assert model["human_model_iou"]["value"] == pytest.approx((1 / 2 + 0) / 2)
    assert model["human_model_over_human_human"]["value"] == pytest.approx(0.75)


def test_what_cannot_be_compared_says_so_and_few_recordings_get_no_interval() -> None:
    found = agreement([read("Ann", A, "normal"), read("Bob", A, "departs"), read("Bob", B, "normal")], rounds=20)
    pair = found["first_reads"]["pairs"][0]["cohen_kappa"]
    assert pair == {"value": 0.0, "interval": None, "n": 1, "why_none": ""}
    assert figure(pair) == "0.000 (too few for an interval), n = 1"
    assert found["with_the_model"]["human_model_iou"]["why_none"] == "no recordings in which both could be compared"
    assert all("nan" not in text for _, _, text in agreement_lines(found))
    json.dumps(found, allow_nan=False)
    assert agreement([], rounds=5)["n_recordings"] == 0


def test_only_conflicts_are_listed() -> None:
    events = [read("Ann", A, "normal"), read("Bob", A, "normal"), read("Ann", B, "normal"), read("Bob", B, "departs"),
              decided("Ann", A, "confirmed"), decided("Bob", A, "dismissed", 1.02, 2.0),
              decided("Ann", B, "confirmed"), decided("Bob", B, "confirmed"),
              own("Ann", A, 5.0, 6.0, "pause"), own("Bob", A, 5.1, 6.0, "artefact"),
              own("Ann", B, 5.0, 6.0, "pause"), own("Bob", B, 5.1, 6.0, "Pause"), own("Cleo", A, 5.0, 6.0, "x", "V5")]
    found = conflicts(events)
    assert [(item.record[0], item.subject) for item in found] == [
        ("a", "finding"), ("a", "own findings"), ("b", "recording")]
    assert [(answer.reader, answer.text) for answer in found[2].answers] == [("Ann", "normal"), ("Bob", "departs")]


def test_a_settled_conflict_is_kept_and_opens_again_when_a_reader_decides_otherwise() -> None:
    events = [decided("Ann", A, "confirmed"), decided("Bob", A, "dismissed")]
    (conflict,) = conflicts(events)
    events.append(adjudication(conflict, "confirmed", "Cleo"))
    (settled,) = conflicts(events)
    assert (settled.settled, settled.settled_by) == ("confirmed", "Cleo")
    events += [decided("Cleo", A, "confirmed")]
    (again,) = conflicts(events)
    assert again.settled == ""
    with pytest.raises(ValueError, match="name of who decides"):
        adjudication(conflict, "confirmed", " ")


def test_both_readers_journals_merged_give_the_command_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for reader in ("Ann", "Bob"):
        journal = Journal(tmp_path / f"{reader}.sqlite3")
        journal.append([read(reader, A, "departs" if reader == "Bob" else "normal"), read(reader, B, "normal")])
        journal.close()
    both = tmp_path / "both.sqlite3"
    merge_journals([tmp_path / "Ann.sqlite3", tmp_path / "Bob.sqlite3"], both)
    before = both.read_bytes()
    assert main(["--agreement", str(both), "--output", str(tmp_path / "a.json"), "--rounds", "20"]) == 0
    said = capsys.readouterr().out
    assert "2 readers, 2 recordings" in said
    assert "Cohen's kappa, first reads" in said
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["readers"] == ["Ann", "Bob"]
    assert main(["--conflicts", str(both)]) == 0
    assert "1 conflicts, 1 of them open." in capsys.readouterr().out
    assert both.read_bytes() == before, "nothing is changed"
    assert main(["--agreement", str(tmp_path / "none.sqlite3")]) == 1


def test_first_reads_that_followed_results_are_counted_and_told() -> None:
    events = [read("Ann", A, "normal"), read("Bob", A, "departs", seen_before=True)]
    found = agreement(events, rounds=10)
    assert (found["n_first_reads"], found["n_first_reads_not_blinded"]) == (2, 1)
    assert any(line.startswith("1 of 2 first reads are not blinded") for line in found["notes"])
    assert not any("not blinded" in line for line in agreement(events[:1], rounds=10)["notes"])


def test_who_only_left_a_mark_does_not_take_fleiss_kappa_from_those_who_answered() -> None:
    events = [read(reader, record, answer) for place, record in enumerate(records(12))
              for reader, answer in (("Ann", "normal"), ("Bob", "departs" if place % 2 else "normal"))]
    alone = agreement(events, rounds=10)["first_reads"]["fleiss_kappa"]
    assert alone["value"] is not None
    assert agreement([*events, own("Carl", A, 1, 2)], rounds=10)["first_reads"]["fleiss_kappa"] == alone


def test_stretches_that_another_program_wrote_wrongly_do_not_end_the_comparison() -> None:
    model = {"regions": [1, ["V3"], ["V3", "x", 2], ["V3", 1.0, 2.0, 99.0]], "percentile": 99.0}
    events = [event for reader in ("Ann", "Bob") for event in (
        read(reader, A, "departs"), read(reader, A, "departs", "second_read", model=model), own(reader, A, 1, 2))]
    assert agreement(events, rounds=10)["with_the_model"]["human_model_iou"]["value"] == 1


def test_own_findings_of_all_leads_conflict_as_those_of_one_do() -> None:
    events = []
    for reader, label in (("Ann", "noise"), ("Bob", "pause")):
        values = {"id": reader, "leads": [], "start_s": 1.0, "end_s": 2.0, "label": label}
        events.append(Event("own_set", A, reader, values, time=at()))
    assert [(item.subject, item.where) for item in conflicts(events)] == [
        ("own findings", "all leads, 1.00 to 2.00 s")]
