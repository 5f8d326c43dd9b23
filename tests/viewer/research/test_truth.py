from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import wfdb

from ecg_viewer.state.research.localization_outcome import localization_of, match_truth
from ecg_viewer.state.research.research_words import truth_text
from ecg_viewer.state.research.truth import (
    TruthBox,
    beat_boxes,
    mask_boxes,
    read_truth,
    rhythm_boxes,
    truth_mask,
    unlisted_rhythms,
)
from mmae_core.assessment import Finding
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Annotation


@pytest.fixture
def header(tmp_path: Path) -> Path:
    """Ten seconds of twelve leads at 100 Hz."""
    (np.arange(1000)[:, None] + np.arange(12)).astype("<i2").tofile(tmp_path / "rec.dat")
    lines = ["rec 12 100 1000", *(f"rec.dat 16 1000(0)/mV 16 0 0 0 0 {lead}" for lead in STANDARD_LEADS)]
    path = tmp_path / "rec.hea"
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def annotate(header: Path, annotator: str, marks: list[tuple[int, str, int, str]]) -> None:
    samples, symbols, channels, notes = zip(*marks, strict=True)
    wfdb.wrann(header.stem, annotator, np.array(samples), list(symbols), chan=np.array(channels),
               aux_note=list(notes), write_dir=str(header.parent))


def box(start_s: float, end_s: float, *leads: str, kind: str = "st") -> TruthBox:
    return TruthBox(leads, start_s, end_s, kind, "lesion")


def finding(lead: str, start_s: float, end_s: float, percentile: float = 99.0) -> Finding:
    return Finding(lead, start_s, end_s, (start_s + end_s) / 2, percentile, percentile / 100)


def test_a_lesion_in_several_leads_is_one_box_in_seconds(header: Path) -> None:
    annotate(header, "lesion", [
        (200, "(", 6, "st"), (200, "(", 7, "st"), (300, ")", 6, ""), (300, ")", 7, ""), (500, "(", 1, ""),
        (520, ")", 1, ""),
    ])
    assert read_truth(read_record(header)) == (
        TruthBox(("V1", "V2"), 2.0, 3.0, "st", "lesion"), TruthBox(("II",), 5.0, 5.2, "lesion", "lesion"),
    )


def test_a_lesion_outside_its_recording_is_refused(header: Path) -> None:
    annotate(header, "lesion", [(900, "(", 0, "st"), (1100, ")", 0, "")])
    with pytest.raises(DatasetError, match="sample 900 to 1100"):
        read_truth(read_record(header))


def test_beats_that_are_not_normal_become_boxes_of_all_leads(header: Path) -> None:
    annotate(header, "atr", [(100, "N", 0, ""), (200, "V", 0, ""), (300, "+", 0, "(AFIB"), (400, "Q", 0, "")])
    annotate(header, "man", [(202, "V", 0, ""), (800, "A", 0, "")])
    found = [item for item in read_truth(read_record(header)) if item.source == "beat"]
    assert [(item.kind, item.leads) for item in found] == [
        ("ventricular premature beat", STANDARD_LEADS), ("atrial premature beat", STANDARD_LEADS),
    ]
    assert (found[0].start_s, found[0].end_s) == pytest.approx((1.85, 2.15))


def test_a_rhythm_that_is_not_normal_lasts_until_the_next_one_or_the_end(header: Path) -> None:
    annotate(header, "atr", [
        (0, "+", 0, "(N"), (100, "+", 0, "(AFIB"), (150, "N", 0, ""), (250, "(", 0, ""), (400, "+", 0, "(N"),
        (700, "+", 0, "(NOISE"), (800, "+", 0, "(VT"),
    ])
    annotate(header, "rhy", [(101, "+", 0, "(AFIB"), (401, "+", 0, "(N")])
    assert read_truth(read_record(header)) == (
        TruthBox(STANDARD_LEADS, 1.0, 4.01, "atrial fibrillation", "rhythm"),
        TruthBox(STANDARD_LEADS, 8.0, 10.0, "ventricular tachycardia", "rhythm"),
    ), "one episode of both files; a code in no table is no truth"
    assert rhythm_boxes([Annotation(0.0, None, "(N"), Annotation(2.0, None, "V")], 10.0) == ()


def test_rhythm_marks_of_two_annotators_at_one_instant_do_not_end_each_others_episodes() -> None:
    def change(time_s: float, label: str, annotator: str) -> Annotation:
        return Annotation(time_s, None, label, annotator=annotator)

    marks = [change(0, "(AFIB", "atr"), change(0, "(N", "rhy"), change(10, "(N", "atr"), change(10, "(VT", "rhy"),
             change(12, "(N", "rhy")]
    for order in (marks, marks[::-1]):
        assert [(box.kind, box.start_s, box.end_s) for box in rhythm_boxes(order, 30.0)] == [
            ("atrial fibrillation", 0, 10), ("ventricular tachycardia", 10, 12)]


def test_what_was_left_out_is_said_with_the_truth() -> None:
    marks = [Annotation(0, None, "(N"), Annotation(1, None, "(NOISE"), Annotation(2, None, "(AFIB"),
             Annotation(3, None, "(NOISE"), Annotation(4, None, "("), Annotation(5, None, "V")]
    assert unlisted_rhythms(marks) == (("NOISE", 2),)
    boxes = rhythm_boxes(marks, 10.0)
    assert [(box.start_s, box.end_s) for box in boxes] == [(2, 3)]
    said = "Left out: rhythm marks that are in no table of rhythms: (NOISE × 2."
    assert said in truth_text(boxes, unlisted_rhythms(marks))
    assert truth_text((), unlisted_rhythms(marks)).endswith(said)


def test_an_episode_is_hit_by_any_finding_and_its_points_do_not_count() -> None:
    episode = TruthBox(STANDARD_LEADS, 2.0, 6.0, "atrial fibrillation", "rhythm")
    inside, outside = finding("V3", 5.0, 5.2), finding("V3", 8.0, 8.2)
    outcome = match_truth([episode], [inside, outside], 95)
    assert [event.kind for event in outcome.events] == ["hit", "false alarm"]
    assert match_truth([episode], [outside], 95).misses[0].label == "atrial fibrillation"
    scores = np.zeros((12, 1000), np.float32)
    scores[:, 200:600] = 9.0  # the model is alarmed by the rhythm
    beat = TruthBox(("II",), 3.0, 3.5, "st", "lesion")
    scores[1, 300:350] = 1.0
    alone, both = localization_of(scores, 0.0, 100.0, [beat]), localization_of(scores, 0.0, 100.0, [beat, episode])
    assert alone.auroc < 0.7
    assert both.auroc == 1.0, "neither abnormal nor normal: left out"
    assert alone.n_points - both.n_points == 12 * 400 - 50
    assert np.isnan(localization_of(scores, 0.0, 100.0, [episode]).auroc)


def test_a_recording_with_nothing_beside_it_has_no_boxes(header: Path) -> None:
    assert read_truth(read_record(header)) == ()


def test_a_mark_on_one_lead_stays_in_it() -> None:
    found = beat_boxes([Annotation(0.1, None, "V", "V3")])
    assert found[0].leads == ("V3",)
    assert found[0].start_s == 0.0


def test_boxes_out_of_a_mask_give_the_mask_back() -> None:
    mask = np.zeros((12, 500), bool)
    mask[3, 0:40] = mask[4, 0:40] = mask[4, 499] = True
    boxes = mask_boxes(mask, 250.0)
    assert [found.leads for found in boxes] == [("aVR", "aVL"), ("aVL",)]
    np.testing.assert_array_equal(truth_mask(boxes, 0.0, 250.0, 500), mask)
    np.testing.assert_array_equal(truth_mask(boxes, 0.1, 250.0, 475), mask[:, 25:])


def test_the_benchmarks_label_array_is_the_truth_of_its_rows(tmp_path: Path) -> None:
    labels = np.zeros((2, 5000, 12), np.uint8)
    labels[1, 1000:1500, 2] = 1
    np.save(tmp_path / "benchmark_data.npy", np.random.default_rng(0).normal(0, 0.3, (2, 5000, 12)))
    np.save(tmp_path / "benchmark_label.npy", labels)
    assert read_truth(read_record(tmp_path / "benchmark_data.npy" / "1")) == (
        TruthBox(("III",), 2.0, 3.0, "abnormal", "array"),
    )
    assert read_truth(read_record(tmp_path / "benchmark_data.npy" / "0")) == ()


def test_a_box_is_hit_in_its_leads_only_and_within_the_margin() -> None:
    boxes = (box(2.0, 3.0, "V1", "V2"),)
    assert match_truth(boxes, [finding("V2", 2.9, 3.4)], 95).hits[0].lead == "V2"
    assert match_truth(boxes, [finding("V1", 3.04, 3.4)], 95).misses == ()
    for outside in (finding("V1", 3.06, 3.4), finding("V3", 2.0, 3.0)):
        outcome = match_truth(boxes, [outside], 95)
        assert len(outcome.misses) == 1
        assert len(outcome.false_alarms) == 1


def test_a_higher_threshold_turns_hits_into_misses_and_drops_false_alarms() -> None:
    boxes = (box(1.0, 1.5, "I"), box(4.0, 4.5, "I"))
    findings = [finding("I", 1.0, 1.2, 96.0), finding("I", 4.1, 4.2, 99.5), finding("V6", 7.0, 7.2, 97.0)]
    low, high = match_truth(boxes, findings, 95), match_truth(boxes, findings, 99)
    assert [event.kind for event in low.events] == ["hit", "hit", "false alarm"]
    assert [event.kind for event in high.events] == ["miss", "hit"]
    assert high.hits[0].percentile == 99.5


def test_findings_that_share_a_box_make_one_hit_told_by_the_strongest() -> None:
    outcome = match_truth((box(1.0, 2.0, "I", "II"),), [finding("I", 1.0, 1.2, 96), finding("II", 1.5, 1.7, 99)], 95)
    assert len(outcome.hits) == 1
    assert (outcome.hits[0].lead, outcome.hits[0].percentile) == ("II", 99)
    assert outcome.false_alarms == ()


def test_a_perfect_map_has_an_area_of_one_and_a_blind_one_of_a_half() -> None:
    boxes = (box(4.0, 5.0, "V4"),)
    scores = np.zeros((12, 1000), np.float32)
    blind = localization_of(scores, 0.0, 100.0, boxes)
    scores[STANDARD_LEADS.index("V4"), 400:500] = 1.0
    perfect = localization_of(scores, 0.0, 100.0, boxes)
    assert (perfect.auroc, perfect.average_precision, blind.auroc) == (1.0, 1.0, 0.5)
    assert perfect.n_points == 12 * 960  # 0.2 s cut from both ends
    assert perfect.chance == blind.average_precision == pytest.approx(100 / (12 * 960))


def test_points_not_assessed_count_neither_way_and_no_lesion_gives_no_area() -> None:
    scores = np.random.default_rng(0).random((12, 1000)).astype(np.float32)
    scores[3] = np.nan
    assert localization_of(scores, 0.0, 100.0, (box(4, 5, "V4"),)).n_points == 11 * 960
    assert np.isnan(localization_of(scores, 0.0, 100.0, ()).auroc)
