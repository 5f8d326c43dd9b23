"""What can be done with the worklist."""

from __future__ import annotations

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.state.words.language import mark

NEXT_BY = mark("Next record to review goes by")
"""Title of the menu inside File."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("next_anomalous", "File", mark("Next record to review"), ("Ctrl+J",),
               mark("Open the recording that departs most from normal, of those shown that nobody has reviewed: by its "
                    "percentile or by its strongest finding, as the menu says."),
               Needs.SCORES, separate=True),
    ActionSpec("previous_anomalous", "File", mark("Back to the record before"), ("Ctrl+Shift+J",),
               mark("Go back along the recordings you came by."), Needs.SCORES),
    ActionSpec("next_by_record", f"File/{NEXT_BY}", mark("Percentile of the recording"), (),
               mark("Ctrl+J goes down by how far the recording as a whole departs."), Needs.WORKLIST, checkable=True,
               group="next_by"),
    ActionSpec("next_by_finding", f"File/{NEXT_BY}", mark("Strongest finding"), (),
               mark("Ctrl+J goes down by each recording's strongest finding: a single beat can be it."), Needs.WORKLIST,
               checkable=True, group="next_by"),
    ActionSpec("next_failure", "File", mark("Next failure"), ("F4",),
               mark("Open the next recording of the table in which a known lesion was missed, or something was found "
                    "that is not there."), Needs.FAILURES),
    ActionSpec("previous_failure", "File", mark("Previous failure"), ("Shift+F4",),
               mark("Open the recording with a failure before this one."), Needs.FAILURES),
    ActionSpec("open_scores", "File", mark("Open scores…"), (),
               mark("Show what mmae_core score or mmae_core evaluate wrote in place of this program's own scores."),
               Needs.WORKLIST, separate=True),
    ActionSpec("own_scores", "File", mark("Close the scores file"), (),
               mark("Show this program's own scores again."), Needs.SCORE_FILE),
    ActionSpec("worklist", "View", mark("Worklist"), ("Ctrl+T",),
               mark("The recordings as a table over the whole window, or back beside the ECG."), Needs.WORKLIST,
               checkable=True, separate=True),
    ActionSpec("worklist_columns", "View", mark("Columns of the worklist…"), (),
               mark("Choose which columns the worklist shows."), Needs.WORKLIST),
    ActionSpec("find_record", "View", mark("Find a recording"), ("Ctrl+F",),
               mark("Search names, statements, reports and strongest findings of the listed recordings."),
               Needs.WORKLIST),
    ActionSpec("clear_filters", "View", mark("Show all recordings"), (),
               mark("Clear the worklist's filters and search."), Needs.FILTERED),
    ActionSpec("score_list", "Model", mark("Score all"), ("Ctrl+Shift+R",),
               mark("Let the model score every recording of the list in the background, what you see first."),
               Needs.UNSCORED, separate=True),
    ActionSpec("pause_scoring", "Model", mark("Pause"), (),
               mark("Hold the scoring in the background, or go on with it."), Needs.SCORING_LIST, checkable=True),
    ActionSpec("stop_scoring", "Model", mark("Stop"), (),
               mark("End the scoring in the background; what is scored is kept."), Needs.SCORING_LIST),
)
