"""Going through findings: groups, filters, the next one after a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import Assessment, ModelInfo, Phase
from ecg_viewer.state.layers import FactLine, Layers
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.queue import MOMENTS, build_queue
from ecg_viewer.state.review.queue_parts import PAGE, TOP, QueueFilter, entry_of, with_state
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState
from mmae_core.assessment import Finding, LeadQuality, QualityReport, WindowAssessment
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


def beats(lead: str, percentile: float, n: int) -> list[Finding]:
    """The same departure on each of n beats of a lead, a little weaker each time."""
    return [Finding(lead, 0.2 + k, 0.4 + k, 0.3 + k, percentile - 0.01 * k, 5.0) for k in range(n)]


class Nobody:
    """A journal that takes everything."""

    def load(self, request: int, files: RecordFiles) -> None:
        """Nothing was written before."""

    def append(self, files: RecordFiles, event: Event) -> None:
        """Nobody asks whether it is saved."""


class TableSession:
    """What the desk asks of a session."""

    def __init__(self, findings: list[Finding], windows: tuple[WindowAssessment, ...] = ()) -> None:
        self.record_changed: Signal[()] = Signal()
        self.assessment_changed: Signal[()] = Signal()
        self.findings_changed: Signal[()] = Signal()
        self.finding_changed: Signal[()] = Signal()
        self.sha256 = "a" * 64
        self.model = ModelInfo("m", "1", "cpu", 900, "m" * 64)
        self.record = EcgRecord(
            "r", 100.0, 1200, STANDARD_LEADS, Source((Path("r.hea"),), "test"),
            lambda a, b: np.zeros((12, b - a), np.float32),
        )
        self.view = ViewState()
        self.view.open_record(self.record)
        self.assessment = Assessment(Phase.DONE, findings=tuple(findings), windows=windows)
        self.finding: Finding | None = None

    def go_to_finding(self, index: int) -> None:
        self.finding = self.assessment.findings[index]
        self.view.go_to_finding(self.finding)
        self.finding_changed.emit()

    def leave_finding(self) -> None:
        self.finding = None
        self.view.clear_selection()
        self.finding_changed.emit()


def desk_with(findings: list[Finding], windows: tuple[WindowAssessment, ...] = ()) -> ReviewController:
    session = TableSession(sorted(findings, key=lambda item: -item.percentile), windows)
    controller = ReviewController(session, OpenReview(session, Nobody(), "Ann"))  # type: ignore[arg-type]  # what they use of one
    controller.outdated.connect(controller.refresh)
    controller.refresh()
    return controller


@pytest.fixture
def controller() -> ReviewController:
    """Eight beats that depart in V3 and, weaker, in V4; one moment in II."""
    return desk_with([*beats("V3", 99.9, 8), *beats("V4", 99.0, 8), Finding("II", 5.25, 5.35, 5.3, 99.5, 5.0)])


def shown(controller: ReviewController) -> list[tuple[str, int, int]]:
    return [(group.title, len(group.shown), group.n_hidden) for group in controller.queue.groups]


def test_a_departure_on_every_beat_is_one_group_of_which_the_strongest_five_are_shown(
    controller: ReviewController
) -> None:
    assert shown(controller) == [("V3", 5, 3), ("II", 1, 0), ("V4", 5, 3)]
    assert [entry.start_s for entry in controller.queue.groups[0].shown] == [0.2, 1.2, 2.2, 3.2, 4.2]
    controller.toggle_more("lead|V3")
    assert shown(controller)[0] == ("V3", 8, 0)
    controller.toggle_more("lead|V3")
    assert shown(controller)[0] == ("V3", 5, 3)


def test_leads_with_a_single_finding_each_are_one_list_without_a_heading_for_every_line() -> None:
    entries = [entry_of(Finding(lead, 1.0, 1.2, 1.1, 99.0, 5.0), None, is_unreliable=False) for lead in ("V3", "II")]
    queue = build_queue(entries, [], QueueFilter())
    assert [(group.title, len(group.entries)) for group in queue.groups] == [("All leads", 2)]
    again = entry_of(Finding("II", 2.0, 2.2, 2.1, 98.0, 5.0), None, is_unreliable=False)
    queue = build_queue([*entries, again], [], QueueFilter())
    assert [(group.title, len(group.entries)) for group in queue.groups] == [("V3", 1), ("II", 2)]


def test_findings_of_several_leads_at_once_can_be_one_group(controller: ReviewController) -> None:
    controller.set_grouping("moment")
    assert len(controller.queue.groups) == 8
    assert [group.title for group in controller.queue.groups[:2]] == ["5.20 s: V3, II, V4", "0.20 s: V3, V4"]
    assert [entry.lead_text for entry in controller.queue.groups[0].entries] == ["V3", "II", "V4"]
    controller.set_grouping("none")
    assert shown(controller) == [("All leads", 17, 0)]
    assert [entry.lead_text for entry in controller.queue.visible[8:10]] == ["II", "V4"]


def found(lead: str, start_s: float, percentile: float = 97.0) -> Finding:
    return Finding(lead, start_s, start_s + 0.2, start_s + 0.1, percentile, 5.0)


def test_a_beat_that_departs_in_three_leads_comes_before_one_lead_that_departs_a_little_more() -> None:
    controller = desk_with([found("I", 3.9, 97.5), found("II", 2.5), found("V2", 2.6), found("aVF", 2.5)])
    assert [group.title for group in controller.queue.groups] == ["2.50 s: II, V2, aVF", "3.90 s: I"]
    controller.step(1)
    assert controller.current is not None
    assert controller.current.lead_text == "II"


def test_of_thousands_of_moments_those_with_headings_are_the_ones_that_several_leads_show() -> None:
    alone = [found("V1", 2.0 * k, 99.0) for k in range(3 * MOMENTS)]
    together = [found(lead, 7001.0, 97.0) for lead in ("I", "II", "V3", "V4")]
    entries = [entry_of(item, None, is_unreliable=False) for item in (*alone, *together)]
    *moments, weaker = build_queue(entries, [], QueueFilter(), "moment", long=True).groups
    assert moments[0].title == "1:56:41.0: I, II, V3 …", "a clock's time has no unit"
    assert (len(moments), len(weaker.entries)) == (MOMENTS, 2 * MOMENTS + 1)


def test_two_findings_of_one_lead_in_a_moment_count_once() -> None:
    moments = [found("I", 3.0, 99.0), found("II", 1.0, 97.0), found("II", 1.1, 97.0), found("II", 1.15, 97.0)]
    controller = desk_with(moments)
    controller.set_grouping("moment")
    assert [group.title for group in controller.queue.groups] == ["3.00 s: I", "1.00 s: II"]


def test_what_comes_back_with_every_beat_is_grouped_by_lead_and_a_filter_or_decision_does_not_turn_that_round() -> None:
    beats = [found(lead, start_s) for start_s in (1.0, 2.0, 3.0, 4.0) for lead in ("V1", "V2")]
    controller = desk_with(beats)
    assert [group.title for group in controller.queue.groups] == ["V1", "V2"]
    controller.step(1)
    controller.decide("dismissed")
    controller.set_filter(QueueFilter(state="dismissed"))
    assert [(group.title, len(group.entries)) for group in controller.queue.groups] == [("All leads", 1)]
    once = desk_with([found(lead, 1.0) for lead in ("V1", "V2", "V3")])
    once.set_filter(QueueFilter(lead="V2"))
    assert [group.title for group in once.queue.groups] == ["1.00 s: V2"]


def test_steps_follow_the_order_of_the_list_and_stop_at_its_ends(controller: ReviewController) -> None:
    seen = []
    for _ in range(12):
        controller.step(1)
        seen.append((controller.current.lead_text, controller.current.start_s))
    assert seen[:6] == [("V3", 0.2), ("V3", 1.2), ("V3", 2.2), ("V3", 3.2), ("V3", 4.2), ("II", 5.25)]
    assert seen[10] == seen[11] == ("V4", 4.2)
    controller.step(-1)
    assert controller.current.start_s == 3.2
    assert controller.session.view.selection.lead == "V4"


def test_a_decision_goes_on_to_the_next_even_if_its_own_line_disappears(controller: ReviewController) -> None:
    controller.set_filter(QueueFilter(state="unreviewed"))
    controller.step(1)
    controller.decide("confirmed")
    assert controller.current.start_s == 1.2
    controller.decide("dismissed")
    assert controller.current.start_s == 2.2
    counts = controller.queue.counts
    assert (counts.unreviewed, counts.confirmed, counts.dismissed) == (15, 1, 1)
    controller.set_filter(QueueFilter(state="dismissed"))
    assert [entry.start_s for entry in controller.queue.visible] == [1.2]


def test_a_reset_stays_where_it_is(controller: ReviewController) -> None:
    controller.step(1)
    controller.open_review.decide(controller.current.finding, "confirmed")
    controller.decide("unreviewed")
    assert (controller.current.start_s, controller.current.state) == (0.2, "unreviewed")


def test_a_decision_on_a_heading_concerns_the_group_and_is_undone_as_one(controller: ReviewController) -> None:
    controller.look_at_group("lead|V3")
    controller.decide("dismissed")
    assert controller.queue.counts.dismissed == 8, "those behind `show more` too"
    assert controller.current.lead_text == "II", "on to what follows the group"
    assert controller.open_review.history.undo_text == "dismiss 8 findings (V3)"
    controller.open_review.undo()
    assert controller.queue.counts.dismissed == 0


def test_undo_and_redo_select_what_they_changed_so_that_the_next_decision_is_about_that(
    controller: ReviewController
) -> None:
    controller.step(1)
    first = controller.current.finding
    controller.decide("dismissed")
    assert controller.current.finding != first, "a decision goes on to the next one"
    controller.open_review.undo()
    assert controller.current.finding == first
    controller.decide("confirmed")
    assert [item.state for item in controller.open_review.judgements if item.state != "unreviewed"] == ["confirmed"]
    assert controller.open_review.judgement(first).state == "confirmed"
    controller.step(1)
    controller.open_review.undo()
    controller.step(1)
    controller.open_review.redo()
    assert controller.current.finding == first


def test_undoing_a_decision_on_a_group_selects_the_group(controller: ReviewController) -> None:
    controller.look_at_group("lead|V3")
    controller.decide("dismissed")
    controller.open_review.undo()
    assert controller.current_group is not None
    assert controller.current_group.key == "lead|V3"
    controller.decide("confirmed")
    assert controller.queue.counts.confirmed == 8


def test_filters_leave_out_what_does_not_pass(controller: ReviewController) -> None:
    controller.open_review.set_note(controller.queue.visible[0].finding, "notched QRS")
    controller.open_review.add_own(["V1", "V2"], 3.0, 3.5, "pause")
    for wanted, leads in (
        (QueueFilter(lead="II"), {"II"}),
        (QueueFilter(at_least=99.5), {"V1, V2", "V3", "II"}),
        (QueueFilter(text="NOTCH qrs"), {"V3"}),
        (QueueFilter(text="pause"), {"V1, V2"}),
        (QueueFilter(lead="V2"), {"V1, V2"}),
        (QueueFilter(state="confirmed"), {"V1, V2"}),
        (QueueFilter(state="unreviewed", lead="V4"), {"V4"}),
    ):
        controller.set_filter(wanted)
        assert {entry.lead_text for entry in controller.queue.visible} == leads, wanted
        assert wanted.is_narrow
    assert controller.queue.counts.total == 17, "counts do not depend on the filter"


def test_choosing_a_state_again_lists_everything(controller: ReviewController) -> None:
    once = with_state(QueueFilter(lead="V3"), "dismissed")
    assert once == QueueFilter("dismissed", "V3")
    assert with_state(once, "dismissed") == QueueFilter(None, "V3")


def test_what_is_behind_show_more_comes_to_light_when_it_is_gone_to(controller: ReviewController) -> None:
    weakest = controller.session.assessment.findings.index(controller.queue.groups[0].entries[7].finding)
    controller.session.go_to_finding(weakest)
    assert controller.current.start_s == 7.2
    assert shown(controller)[0] == ("V3", 8, 0)


def test_the_reviewers_own_findings_come_first_and_can_be_gone_through_and_deleted(
    controller: ReviewController
) -> None:
    controller.open_review.add_own(["V1", "V2"], 3.0, 3.5, "pause")
    assert controller.queue.groups[0].title == "Your findings"
    controller.step(1)
    assert (controller.current.label, controller.session.finding) == ("pause", None)
    controller.decide("dismissed")
    assert controller.current.label == "pause", "one's own is not confirmed or dismissed"
    assert controller.open_review.history.undo_text.startswith("add pause")
    controller.remove_own()
    assert controller.queue.counts.own == 0
    assert controller.current.lead_text == "V3"
    controller.open_review.undo()
    assert controller.queue.counts.own == 1


def test_an_own_finding_that_is_undone_is_no_longer_looked_at(controller: ReviewController) -> None:
    controller.open_review.add_own(["V1"], 3.0, 3.5, "pause")
    controller.step(1)
    controller.open_review.undo()
    assert controller.current is None
    assert controller.current_key is None


def test_what_a_poor_signal_may_have_made_comes_last(controller: ReviewController) -> None:
    quality = QualityReport(
        0.0, 10.0, 0.7, "fair",
        tuple(LeadQuality(lead, 0.1 if lead == "V3" else 1.0, ("noisy",)) for lead in STANDARD_LEADS), ("V3: noisy",),
    )
    window = WindowAssessment(0.0, 1.0, 1.0, 1.0, 97.0, 0.03, (50.0,) * 12, (True,) * 12, (), quality)
    findings = [*beats("V4", 99.0, 2), *beats("V3", 99.9, 2)]
    poor = desk_with([])
    poor.session.assessment = replace(poor.session.assessment, findings=tuple(findings), windows=(window,))
    poor.refresh()
    assert [(group.title, len(group.entries)) for group in poor.queue.groups] == [("V4", 2), ("Poor signal", 2)]
    assert all(entry.is_unreliable for entry in poor.queue.groups[1].entries)


def test_what_lies_at_a_point_of_the_paper_is_found(controller: ReviewController) -> None:
    controller.open_review.add_own(["V3"], 1.0, 2.0, "mine")
    assert [(entry.label, entry.start_s) for entry in controller.at("V3", 1.3)] == [("mine", 1.0), ("", 1.2)]
    assert controller.at("V3", 0.9) == []
    assert controller.at("V4", 1.4) == []


def test_lines_kept_from_before_never_show_another_reviewers_decision(controller: ReviewController) -> None:
    finding = controller.session.assessment.findings[0]
    controller.open_review.decide(finding, "confirmed")
    assert controller.queue.visible[0].state == "confirmed"
    controller.open_review.set_reviewer("Bob")
    assert controller.queue.visible[0].state == "unreviewed"
    controller.open_review.set_reviewer("Ann")
    assert controller.queue.visible[0].state == "confirmed"


def test_another_recording_begins_from_the_start(controller: ReviewController) -> None:
    controller.open_review.add_own(["V3"], 1.0, 2.0, "mine")
    controller.step(1)
    controller.toggle_more("lead|V3")
    controller.session.record = replace(controller.session.record, source=Source((Path("other.hea"),), "test"))
    controller.session.record_changed.emit()
    assert controller.current_key is None
    assert shown(controller)[0] == ("V3", 5, 3)


def a_day(leads: tuple[str, ...], n: int) -> list[Finding]:
    """Findings that never overlap, the strongest first."""
    return [Finding(leads[k % len(leads)], k + 0.1, k + 0.3, k + 0.2, 99.9 - 1e-3 * k, 5.0) for k in range(n)]


def test_more_of_a_long_group_comes_in_portions_and_going_on_asks_for_them() -> None:
    controller = desk_with(a_day(("V3", "II"), 2 * (2 * PAGE + 7)))
    group = controller.queue.groups[0]
    assert (len(group.shown), group.n_next) == (TOP, PAGE - TOP)
    controller.toggle_more(group.key)
    group = controller.queue.groups[0]
    assert (len(group.shown), group.n_hidden, group.n_next) == (PAGE, PAGE + 7, PAGE)
    controller.go_to(group.shown[-1])
    controller.step(1)
    assert controller.current == controller.queue.groups[0].entries[PAGE]
    controller.go_to(controller.queue.groups[0].shown[-1])
    controller.decide("confirmed")
    assert controller.current == controller.queue.groups[0].entries[2 * PAGE]
    controller.fold(group.key)
    assert len(controller.queue.groups[0].shown) == TOP


def test_a_finding_far_down_that_the_paper_chooses_is_listed() -> None:
    controller = desk_with(a_day(("V3", "II"), 2 * (2 * PAGE + 7)))
    far = controller.queue.groups[0].entries[PAGE + 3]
    assert far.finding is not None
    controller.session.go_to_finding(controller.session.assessment.findings.index(far.finding))
    assert controller.current == far
    assert len(controller.queue.groups[0].shown) == 2 * PAGE


def test_the_strongest_moments_have_headings_and_the_others_are_one_group() -> None:
    controller = desk_with(a_day(("V3", "II"), MOMENTS + 20))
    controller.set_grouping("moment")
    *moments, weaker = controller.queue.groups
    assert len(moments) == MOMENTS
    assert (weaker.title, len(weaker.entries), len(weaker.shown)) == ("Weaker moments", 20, TOP)


def test_a_decision_makes_only_the_lines_near_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    controller = desk_with(a_day(("V3", "II"), 1000))
    made, entry = [], ReviewController._entry

    def count(self: ReviewController, item: Finding, *, is_unreliable: bool) -> object:
        made.append(item)
        return entry(self, item, is_unreliable=is_unreliable)

    monkeypatch.setattr(ReviewController, "_entry", count)
    before = {line.key: line for group in controller.queue.groups for line in group.entries}
    controller.session.go_to_finding(0)
    controller.decide("confirmed")
    after = {line.key: line for group in controller.queue.groups for line in group.entries}
    changed = [key for key, line in after.items() if line is not before[key]]
    assert len(changed) < 35, "one lead's minute"
    assert after[changed[0]].state == "confirmed"
    assert len(made) <= 70


def test_the_place_counts_what_is_listed_in_its_order_and_what_more_would_show(controller: ReviewController) -> None:
    controller.go_to(controller.queue.groups[1].entries[0])
    place = controller.queue.place_in_all(controller.current_key)
    assert (place, controller.queue.n_listed) == (8, 17), "after the eight of V3"
    controller.set_filter(QueueFilter(lead="II"))
    assert (controller.queue.place_in_all(controller.current_key), controller.queue.n_listed) == (0, 1)
    controller.set_filter(QueueFilter(lead="V3"))
    assert (controller.queue.place_in_all(controller.current_key), controller.queue.n_listed) == (None, 8)


def desk_of_facts(*beneath: Finding) -> ReviewController:
    """ST in two leads on three beats, one odd beat, and a finding of the model that belongs to no fact."""
    st = [Finding(lead, k + 0.1, k + 0.2, k + 0.15, percentile - k / 100, 5.0, "named", "ST", "ST elevation", "st")
          for lead, percentile in (("V3", 99.9), ("V2", 99.5)) for k in range(3)]
    odd = [Finding("V1", 1.0, 1.6, 1.3, 98.0, 5.0, "own", "", "premature beat", "odd")]
    bare = [Finding("I", 2.0, 2.1, 2.0, 97.0, 5.0)]
    session = TableSession(sorted([*st, *odd, *bare, *beneath], key=lambda item: -item.percentile))
    lines = {
        "st": FactLine("st", "named", "ST +0.2 mV, V3, V2, every beat", ("V3", "V2"), "ST", "ST elevation", 99.9, 3, 3),
        "odd": FactLine("odd", "own", "Premature beat", ("V1",), "", "premature beat", 98.0, 1, 3),
    }
    session.assessment = replace(session.assessment, layers=Layers(facts=lines))
    controller = ReviewController(session, OpenReview(session, Nobody(), "Ann"))  # type: ignore[arg-type]
    controller.refresh()
    return controller


def test_one_fact_is_one_row_that_opens_to_its_leads_and_beats() -> None:
    controller = desk_of_facts()
    assert [(group.title, group.is_row, len(group.shown)) for group in controller.queue.groups] == [
        ("ST +0.2 mV, V3, V2, every beat", True, 0), ("Premature beat", True, 0), ("I", False, 1)]
    controller.toggle_more("fact|st")
    assert [(entry.lead_text, int(entry.start_s)) for entry in controller.queue.groups[0].shown] == [
        ("V3", 0), ("V3", 1), ("V3", 2), ("V2", 0), ("V2", 1), ("V2", 2)]
    controller.toggle_more("fact|st")
    assert controller.queue.groups[0].shown == ()


def test_heading_list_and_tool_bar_tell_one_number_also_where_the_signal_is_poor() -> None:
    controller = desk_of_facts(Finding("I", 3.0, 3.1, 3.0, 96.0, 5.0))
    findings = controller.session.assessment.findings

    def told(is_poor: Callable[[Finding], bool]) -> tuple[int, int, int]:
        entries = [entry_of(finding, None, is_unreliable=is_poor(finding)) for finding in findings]
        queue = build_queue(entries, (), QueueFilter(), "fact", facts=controller.session.assessment.layers.facts)
        rows = sum(1 if group.is_row else len(group.entries) for group in queue.groups)
        return queue.counts.total, queue.n_listed, rows

    assert told(lambda finding: False) == (4, 4, 4), "two facts, and two findings that belong to none"
    assert told(lambda finding: finding.lead == "V3") == (5, 5, 5), "and what lies in poor signal, together"
    assert told(lambda finding: True) == (1, 1, 1)


def test_a_row_has_the_percentile_of_its_own_layer_and_stands_by_it_whatever_the_map_says_beneath() -> None:
    controller = desk_of_facts(Finding("V1", 1.2, 1.4, 1.3, 100.0, 9.0, fact="odd"))
    rows = [group for group in controller.queue.groups if group.is_row]
    assert [(row.key, row.strongest.finding.percentile) for row in rows] == [("fact|st", 99.9), ("fact|odd", 98.0)]
    controller.go_to_fact(rows[1])
    assert controller.session.finding.layer == "own"


def test_j_and_k_go_fact_to_fact_opened_or_not() -> None:
    controller = desk_of_facts()
    controller.toggle_more("fact|st")
    seen = []
    for _ in range(3):
        controller.step(1)
        seen.append(controller.current_group.title if controller.current_group else controller.current.lead_text)
    assert seen == ["ST +0.2 mV, V3, V2, every beat", "Premature beat", "I"]
    controller.step(-1)
    assert controller.current_group.title == "Premature beat"
    assert controller.session.finding.kind == "premature beat"


def test_a_decision_on_a_fact_is_one_on_all_its_findings_and_goes_on_to_the_next_fact() -> None:
    controller = desk_of_facts()
    controller.step(1)
    controller.decide("confirmed")
    controller.refresh()
    assert controller.queue.groups[0].state == "confirmed"
    assert len(controller.open_review.judgements) == 6
    assert controller.current_group.title == "Premature beat"
    assert (controller.queue.counts.unreviewed, controller.queue.counts.confirmed) == (2, 1)
    controller.open_review.undo()
    controller.refresh()
    assert controller.queue.groups[0].state == "unreviewed"


def test_a_single_beat_of_an_open_fact_is_decided_by_itself() -> None:
    controller = desk_of_facts()
    controller.toggle_more("fact|st")
    controller.go_to(controller.queue.groups[0].shown[1])
    controller.decide("dismissed")
    controller.refresh()
    assert [entry.state for entry in controller.queue.groups[0].entries].count("dismissed") == 1
    assert controller.queue.groups[0].state is None
    assert controller.current == controller.queue.groups[0].shown[2]
    assert controller.n_to_review == 3


def test_what_the_paper_chooses_is_its_fact_while_that_is_closed() -> None:
    controller = desk_of_facts()
    controller.session.go_to_finding(4)
    controller.session.finding_changed.emit()
    assert controller.current_group.key == "fact|st"


def test_two_departures_of_one_wave_are_decided_apart() -> None:
    elevation = Finding("V2", 1.0, 1.1, 1.05, 99.0, 5.0, "named", "ST", "ST elevation", "a")
    slope = replace(elevation, kind="ST slope", fact="b")
    session = TableSession([elevation, slope])
    open_review = OpenReview(session, Nobody(), "Ann")  # type: ignore[arg-type]
    open_review.decide(elevation, "confirmed")
    assert open_review.judgement(elevation).state == "confirmed"
    assert open_review.judgement(slope).state == "unreviewed"
    assert open_review.judgement(replace(elevation, layer="model", kind="")).state == "unreviewed"


def test_a_decision_of_an_earlier_journal_is_one_on_the_models_map() -> None:
    payload = {"lead": "V2", "start_s": 1.0, "end_s": 1.1, "model": "m"}
    assert FindingId.from_payload(payload) == FindingId.of(Finding("V2", 1.0, 1.1, 1.05, 99.0, 5.0), "m")
    named = FindingId.of(Finding("V2", 1.0, 1.1, 1.05, 99.0, 5.0, "named", "ST", "ST slope"), "m")
    assert FindingId.from_payload(named.to_payload()) == named
    assert FindingId.from_payload(payload).to_payload() == payload
