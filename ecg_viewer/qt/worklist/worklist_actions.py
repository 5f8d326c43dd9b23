"""What can be done with the worklist."""

from __future__ import annotations

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.state.words.language import translatable

NEXT_BY = translatable("Next record to review goes by")
"""Title of the menu inside File."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("next_anomalous", "File", translatable("Next record to review"), ("Ctrl+J",),
               translatable("Open the recording that departs most from normal, of those shown that nobody has "
                            "reviewed: by its percentile or by its strongest finding, as the menu says."),
               Needs.SCORES, separate=True),
    ActionSpec("previous_anomalous", "File", translatable("Back to the record before"), ("Ctrl+Shift+J",),
               translatable("Go back along the recordings you came by."), Needs.SCORES),
    ActionSpec("next_by_record", f"File/{NEXT_BY}", translatable("Percentile of the recording"), (),
               translatable("Ctrl+J goes down by how far the recording as a whole departs."),
               Needs.WORKLIST, checkable=True,
               group="next_by"),
    ActionSpec("next_by_finding", f"File/{NEXT_BY}", translatable("Strongest finding"), (),
               translatable("Ctrl+J goes down by each recording's strongest finding: a single beat can be it."),
               Needs.WORKLIST,
               checkable=True, group="next_by"),
    ActionSpec("next_failure", "File", translatable("Next failure"), ("F4",),
               translatable("Open the next recording of the table in which a known lesion was missed, or something was "
                            "found that is not there."), Needs.FAILURES),
    ActionSpec("previous_failure", "File", translatable("Previous failure"), ("Shift+F4",),
               translatable("Open the recording with a failure before this one."), Needs.FAILURES),
    ActionSpec("open_scores", "File", translatable("Open scores…"), (),
               translatable("Show what mmae_core score or mmae_core evaluate wrote in place of this program's own "
                            "scores."),
               Needs.WORKLIST, separate=True),
    ActionSpec("own_scores", "File", translatable("Close the scores file"), (),
               translatable("Show this program's own scores again."), Needs.SCORE_FILE),
    ActionSpec("worklist", "View", translatable("Worklist"), ("Ctrl+T",),
               translatable("The recordings as a table over the whole window, or back beside the ECG."), Needs.WORKLIST,
               checkable=True, separate=True),
    ActionSpec("worklist_columns", "View", translatable("Columns of the worklist…"), (),
               translatable("Choose which columns the worklist shows."), Needs.WORKLIST),
    ActionSpec("find_record", "View", translatable("Find a recording"), ("Ctrl+F",),
               translatable("Search names, statements, reports and strongest findings of the listed recordings."),
               Needs.WORKLIST),
    ActionSpec("clear_filters", "View", translatable("Show all recordings"), (),
               translatable("Clear the worklist's filters and search."), Needs.FILTERED),
    ActionSpec("score_list", "Model", translatable("Score all"), ("Ctrl+Shift+R",),
               translatable("Let the model score every recording of the list in the background, what you see first."),
               Needs.UNSCORED, separate=True),
    ActionSpec("pause_scoring", "Model", translatable("Pause"), (),
               translatable("Hold the scoring in the background, or go on with it."),
               Needs.SCORING_LIST, checkable=True),
    ActionSpec("stop_scoring", "Model", translatable("Stop"), (),
               translatable("End the scoring in the background; what is scored is kept."), Needs.SCORING_LIST),
)
