"""The smallest drawn change that is found: as the program itself finds it, and as the table tells it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.datasets.ptbxl import load_index
from mmae_core.departures.compare import departures_of
from mmae_core.departures.limits import bundled_limits
from mmae_core.departures.measurements import measure
from mmae_core.departures.person import person_of_entry
from mmae_core.errors import DatasetError
from mmae_core.evaluation.detection_limits import CRITERIA, DRAWN, SHARES, LeastChanges, least_changes, limits_document
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.detection_limits_table import (
    bundled_detection_limits,
    detection_limits_section,
    detection_limits_table,
    reach,
)
from mmae_core.resources import resource
from mmae_core.synthesis.beat_changes import BeatChange, changed_record


def made(mv: float, n: int = 40) -> LeastChanges:
    return LeastChanges(np.full((n, len(CRITERIA), len(DRAWN), 12), mv), np.arange(n))


def test_the_limit_is_what_half_and_nine_in_ten_are_found_at() -> None:
    changes = np.tile(np.arange(1, 101)[:, None, None, None] / 100, (1, len(CRITERIA), len(DRAWN), 12))
    values, low, high = LeastChanges(changes, np.arange(100)).limits()
    for share, wanted in zip(range(len(SHARES)), (0.51, 0.91), strict=True):
        assert values[share] == pytest.approx(wanted, abs=0.011)
        assert (low[share] < wanted).all()
        assert (high[share] > wanted - 0.02).all()


def test_what_too_few_are_found_at_is_no_limit() -> None:
    found = made(0.2)
    found.mv[:8, 0, 3, 0] = np.inf
    values = found.limits()[0]
    assert values[0, 0, 3, 0] == 0.2
    assert math.isinf(values[1, 0, 3, 0])
    table = detection_limits_table(limits_document(found, {"folds": "9", "command": "x"}))
    row = next(line for line in table if line.startswith("| I |"))
    assert row.startswith("| I | 0.20 (0.20-0.20) / 0.20 (0.20-0.20) |")
    assert row.endswith("0.20 (0.20-0.20) / – |")


def test_a_change_of_the_limit_is_a_finding_of_the_program_and_a_smaller_one_is_none(ptbxl_mini: Path) -> None:
    entry = next(entry for entry in load_index(ptbxl_mini).select(folds=(9,), label="normal"))
    found = least_changes([entry], bundled_limits())
    record, person = read_record(entry.path), person_of_entry(entry)
    examination = examine_record(record)
    bounds = measure(examination).bounds
    assert bounds is not None
    r_s = [beat.r_s for beat in examination.measurements.beats]
    for kind, lead, departure in (("ST up", "V5", "ST elevation"), ("ST down", "aVF", "ST depression")):
        limit = float(found.mv[0, 0, list(DRAWN).index(kind), STANDARD_LEADS.index(lead)])
        assert 0.05 < limit < 0.9
        for mv, is_found in ((limit + 0.04, True), (limit - 0.06, False)):
            change = BeatChange("ST", DRAWN[kind].sign * mv, (lead,))
            said = departures_of(examine_record(changed_record(record, r_s, (change,), bounds)), person)
            assert any(one.lead == lead and one.kind == departure for one in said.flagged) == is_found, (kind, mv)


def test_the_command_writes_limits_and_their_table(ptbxl_mini: Path, tmp_path: Path) -> None:
    output = tmp_path / "limits.json"
    assert main(["detection-limits", "--data", str(ptbxl_mini), "--every", "3", "--output", str(output)]) == 0
    document = json.loads(output.read_text(encoding="utf-8"))
    assert document["about"]["normals"] >= 1
    assert list(document["limits"]["finding"]) == list(DRAWN)
    assert output.with_suffix(".md").read_text(encoding="utf-8").count("\n| V6 |") == len(CRITERIA)


def test_the_bundled_limits_are_in_the_card_of_the_model_that_names_departures() -> None:
    section = detection_limits_section()
    card = resource("models", "mmae-ecg-plus", "MODEL_CARD.md").read_text(encoding="utf-8")
    assert section.strip() in card
    assert "278 normals of fold 9" in section
    assert reach(bundled_detection_limits(), "ST down") == (0.09, "aVR", 0.23, "V2")
    assert reach(bundled_detection_limits(), "Q") is None


def test_damaged_limits_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "detection_limits.json"
    damaged.write_text('{"about": {}}', encoding="utf-8")
    monkeypatch.setattr("mmae_core.report.detection_limits_table.resource", lambda *_parts: damaged)
    bundled_detection_limits.cache_clear()
    try:
        with pytest.raises(DatasetError, match=r"no detection limits.*mmae_core detection-limits"):
            bundled_detection_limits()
    finally:
        bundled_detection_limits.cache_clear()
