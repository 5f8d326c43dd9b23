"""What can be done with the worklist."""

from __future__ import annotations

from typing import Protocol

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.worklist.worklist_filler import WorklistFiller
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.filters import failures
from ecg_viewer.state.worklist.worklist import Worklist

NEXT_BY = translatable("Next recording to review goes by")
"""Title of the menu inside File."""


MARKS = "File/" + translatable("Marks")


class HasWorklist(Protocol):
    """What tells whether an action can be done."""

    worklist: Worklist
    filler: WorklistFiller


def _has_recordings(feature: HasWorklist) -> bool:
    return len(feature.worklist) > 0


def _has_marks(feature: HasWorklist) -> bool:
    return len(feature.worklist.marks) > 0


def _has_scores(feature: HasWorklist) -> bool:
    return bool(feature.worklist.results.counts.any())


def _has_failures(feature: HasWorklist) -> bool:
    """Recordings with a missed lesion or a false alarm."""
    return bool(failures(feature.worklist.results).any())


def _can_score(feature: HasWorklist) -> bool:
    """Recordings without a score, and nothing that scores them."""
    filler = feature.filler
    return filler.file is None and not filler.scoring.is_running and filler.n_open > 0


def _is_scoring(feature: HasWorklist) -> bool:
    return feature.filler.scoring.is_running


def _is_filtered(feature: HasWorklist) -> bool:
    chosen = feature.worklist.filter
    return chosen.n_active > 0 or bool(chosen.text)


def _is_outdated(feature: HasWorklist) -> bool:
    return feature.worklist.is_outdated


def _shows_score_file(feature: HasWorklist) -> bool:
    return feature.filler.file is not None


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("next_anomalous", "File", translatable("Next recording to review"), ("Ctrl+J",),
               translatable("Open the recording that departs most from normal, of those shown that nobody has "
                            "reviewed: by its percentile or by its strongest finding, as the menu says."),
               do=lambda feature: feature.open_next(), enabled=_has_scores,
               separate=True),
    ActionSpec("previous_anomalous", "File", translatable("Back to the previous recording"), ("Ctrl+Shift+J",),
               translatable("Go back along the recordings you came by."),
               do=lambda feature: feature.open_previous(), enabled=_has_scores),
    ActionSpec("next_by_record", f"File/{NEXT_BY}", translatable("Percentile of the recording"), (),
               translatable("Ctrl+J goes down by how far the recording as a whole departs."),
               do=lambda feature: feature.go_by("record"), enabled=_has_recordings,
               checked=lambda feature: feature.worklist.next_by == "record", group="next_by"),
    ActionSpec("next_by_finding", f"File/{NEXT_BY}", translatable("Strongest finding"), (),
               translatable("Ctrl+J goes down by each recording's strongest finding: a single beat can be it."),
               do=lambda feature: feature.go_by("finding"), enabled=_has_recordings,
               checked=lambda feature: feature.worklist.next_by == "finding", group="next_by"),
    ActionSpec("next_failure", "File", translatable("Next recording with a miss or false alarm"), ("F4",),
               translatable("Open the next recording of the worklist with a missed region or a false alarm."),
               do=lambda feature: feature.step_failure(1), enabled=_has_failures),
    ActionSpec("previous_failure", "File", translatable("Previous recording with a miss or false alarm"), ("Shift+F4",),
               translatable("Open the previous recording of the worklist with a missed region or a false alarm."),
               do=lambda feature: feature.step_failure(-1), enabled=_has_failures),
    ActionSpec("open_scores", "File", translatable("Open scores…"), (),
               translatable("Show what mmae_core score or mmae_core evaluate wrote in place of this program's own "
                            "scores."),
               do=lambda feature: feature.open_scores(), enabled=_has_recordings, separate=True),
    ActionSpec("own_scores", "File", translatable("Close the scores file"), (),
               translatable("Show this program's own scores again."),
               do=lambda feature: feature.filler.show_own_scores(), enabled=_shows_score_file),
    ActionSpec("export_worklist", "File", translatable("Save the worklist as a table…"), (),
               translatable("Write a row a recording, with measurements, strongest finding, decisions and "
                            "conclusions, as CSV or Parquet."),
               do=lambda feature: feature.ask_export(), enabled=_has_recordings),
    ActionSpec("mark_record", MARKS, translatable("Mark the recording"), ("Insert",),
               translatable("Mark or unmark the current recording of the worklist, and in the table go on to the "
                            "next. Shift+click marks all between."),
               do=lambda feature: feature.panel.mark_current(), enabled=_has_recordings),
    ActionSpec("mark_shown", MARKS, translatable("Mark all shown"), (),
               translatable("Mark every recording that search and filters let through."),
               do=lambda feature: feature.mark_shown(), enabled=_has_recordings),
    ActionSpec("clear_marks", MARKS, translatable("Remove all marks"), (),
               translatable("Unmark all recordings."),
               do=lambda feature: feature.clear_marks(), enabled=_has_marks),
    ActionSpec("worklist", "View/Worklist", translatable("Worklist as a table"), ("Ctrl+T",),
               translatable("The recordings as a table over the whole window, or back beside the ECG."),
               do=lambda feature: feature.toggle_wide(), enabled=_has_recordings,
               checked=lambda feature: feature.panel.is_wide, separate=True),
    ActionSpec("worklist_columns", "View/Worklist", translatable("Columns of the worklist…"), (),
               translatable("Choose which columns the worklist shows."),
               do=lambda feature: feature.choose_columns(), enabled=_has_recordings),
    ActionSpec("find_record", "View/Worklist", translatable("Find a recording"), ("Ctrl+F",),
               translatable("Search names, statements, reports, strongest findings and conclusions of the recordings "
                            "in the worklist."),
               do=lambda feature: feature.find(), enabled=_has_recordings),
    ActionSpec("sort_again", "View/Worklist", translatable("Sort the worklist again"), (),
               translatable("New scores or decisions ask for another order. Rows keep their places until you ask."),
               do=lambda feature: feature.worklist.refresh(), enabled=_is_outdated),
    ActionSpec("clear_filters", "View/Worklist", translatable("Show all recordings"), (),
               translatable("Clear the worklist's filters and search."),
               do=lambda feature: feature.panel.clear_filters(), enabled=_is_filtered),
    ActionSpec("score_list", "Model", translatable("Score all"), ("Ctrl+Shift+R",),
               translatable("Let the model score every recording of the worklist in the background, those in view "
                            "first."),
               do=lambda feature: feature.filler.score_list(), enabled=_can_score, separate=True),
    ActionSpec("score_shown", "Model", translatable("Score what is shown"), (),
               translatable("Score only the recordings that search and filters let through."),
               do=lambda feature: feature.filler.score_list("shown"), enabled=_can_score),
    ActionSpec("score_marked", "Model", translatable("Score what is marked"), (),
               translatable("Score only the marked recordings."),
               do=lambda feature: feature.filler.score_list("marked"),
               enabled=lambda feature: _can_score(feature) and _has_marks(feature)),
    ActionSpec("pause_scoring", "Model", translatable("Pause"), (),
               translatable("Hold the scoring in the background, or go on with it."),
               do=lambda feature: feature.filler.toggle_pause(), enabled=_is_scoring,
               checked=lambda feature: feature.filler.scoring.is_paused),
    ActionSpec("stop_scoring", "Model", translatable("Stop"), (),
               translatable("End the scoring in the background; what is scored is kept."),
               do=lambda feature: feature.filler.scoring.stop(), enabled=_is_scoring),
)
