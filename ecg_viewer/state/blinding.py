"""What a reader may see before the first read is committed: the ECG as recorded, and nothing that anybody said of it.

Everything is closed unless it is named here, so that what is added to the program later stays hidden, too.
"""

from __future__ import annotations

from dataclasses import replace

from ecg_viewer.state.records import RecordItem
from mmae_core.record import STANDARD_LEADS, EcgRecord

BEFORE_THE_DECISION: frozenset[str] = frozenset({
    "zoom_lead", "lead_to_front", *(f"lead_{lead}" for lead in STANDARD_LEADS),
    "open", "open_folder", "add_folder", "open_demo", "close_list", "next_record", "previous_record", "quit",
    "window_on", "window_back", "beat_on", "beat_back", "to_start", "to_end", "faster", "slower", "gain_up",
    "gain_down", "standard", "calibrate", "auto_fit", "choose_leads", "lead_before", "lead_after", "cabrera",
    "show_records", "show_findings", "full_screen", "overview", "tenth_on", "tenth_back", "play", "play_faster",
    "play_slower", "add_finding", "add_finding_form", "edit_own",
    "delete_own", "undo", "redo", "reviewer", "blinded", "commit_read", "study_stop",
    "help", "documentation", "notice", "log_folder", "about", "preferences", "study_new", "study_run", "study_report",
})
"""Actions that show nothing of what is hidden."""
ALSO_HARMLESS = ("layout_", "filter_", "play_at_", "caliper_")
"""Beginnings of such actions' names; `filter_findings` is none of them."""
AFTER_THE_DECISION: frozenset[str] = BEFORE_THE_DECISION | frozenset({
    "model_marks", "heat_next", "threshold_up", "threshold_down", "next_finding", "previous_finding",
    "strongest_finding", "confirm", "dismiss", "reset_decision", "note", "reviewed", "filter_findings",
    "record_header", "identity", "save_findings", "export", "print_preview", "copy_paper", "fiducials",
    "average_beat", "beat_fiducials", "lead_table", "lead_table_copy", "intervals_copy", "measure_again",
    "marker_add", "marker_next", "marker_previous",
    "marker_rename", "marker_remove", "assess", "cancel", "truth", "next_truth", "previous_truth", "next_hit",
    "next_miss", "next_false_alarm", "expected_trace", "residual_trace", "map_parts", "lead_parts", "passes",
    "next_pass", "previous_pass", "tour", "keep_read", "holter", "holter_page", "clock_time",
    "normal_band", "nearest_normals", "what_if",
})
"""With what is about the decided recording alone: nothing that lists, ranks or opens others with their results."""
ABOUT_ONE = ("heat_", "colours_", "layer_", "conclusion", "qtc_")
"""Beginnings of the names of further actions of that kind."""
DIALOGS: frozenset[str] = frozenset({
    "ReviewerDialog", "FindingDialog", "HelpDialog", "DescribeDialog", "ScreenDialog", "LeadsDialog",
    "PreferencesDialog", "DetailsDialog", "QFileDialog", "QMessageBox", "PlainMessageBox",
})
"""Classes of dialogs that may stay open while results are hidden."""


NOT_IN_A_STUDY: frozenset[str] = frozenset({
    "open", "open_folder", "add_folder", "open_demo", "close_list",
    "next_record", "previous_record", "add_finding", "add_finding_form", "edit_own",
    "delete_own", "undo", "redo", "reviewer", "blinded", "preferences", "show_records", "study_new", "study_run",
    "study_report",
})
"""What would leave the study, or write into the reviewer's own journal, while wrong heat may be on the screen."""


def is_allowed(action_id: str, *, is_hidden: bool, in_study: bool = False) -> bool:
    """Whether an action may be used in blinded reading, before (`is_hidden`) or after the decision, or in a study."""
    if in_study and action_id in NOT_IN_A_STUDY:
        return False
    if is_hidden:
        return action_id in BEFORE_THE_DECISION or _begins(action_id, ALSO_HARMLESS)
    return action_id in AFTER_THE_DECISION or _begins(action_id, (*ALSO_HARMLESS, *ABOUT_ONE))


def covered_record(record: EcgRecord, name: str = "") -> EcgRecord:
    """The recording without anything its files say of the ECG: statements, measurements, comments, annotations and the
    device's own beats. Signals, age and sex stay, and doubts about how the file is to be read. It is called `name`, if
    that is given.
    """
    device = record.device and replace(record.device, statements=(), measurements=())
    return replace(record, name=name or record.name, annotations=(), comments=(), device=device, average_beats=None,
                   identity=())


def covered_item(item: RecordItem, name: str = "") -> RecordItem:
    """The line of the list without title, statements, report and superclasses; called `name`, if that is given."""
    return replace(item, name=name or item.name, title="", statements=(), report="", superclasses=())


def _begins(action_id: str, beginnings: tuple[str, ...]) -> bool:
    return action_id.startswith(beginnings) and action_id != "filter_findings"
