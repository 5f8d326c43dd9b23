"""The table of actions, from which menus, keys, tooltips and the help dialog are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from ecg_viewer.state.words.language import tr, translatable


class Needs(Enum):
    """What an action requires; without it the action is disabled."""

    NOTHING = "always"
    RECORD = "an open recording"
    LIST = "more than one recording in the list"
    FINDINGS = "findings"
    MODEL_FINDINGS = "findings of the model"
    DECIDABLE = "a finding, or a group of them, to decide on"
    OWN_FINDING = "a chosen finding of your own"
    UNDOABLE = "something to undo"
    REDOABLE = "something that was undone"
    SCORING = "a running assessment"
    TRUTH = "a recording in which something is known to be abnormal"
    COMPARISON = "a comparison"
    TWO_MAPS = "a comparison of two maps that can be subtracted"
    LONG_RECORD = "a recording of which the paper does not show all at once"
    IDENTITY = "a recording whose file says who it is of"
    RATE_FOR_150_HZ = "a recording with enough samples a second for 150 Hz"
    RATE_FOR_40_HZ = "a recording with enough samples a second for 40 Hz"
    RATE_FOR_50_HZ = "a recording with enough samples a second for 50 Hz"
    RATE_FOR_60_HZ = "a recording with enough samples a second for 60 Hz"
    CALIPER = "a caliper on the paper"
    SINGLE_LEAD = "the layout of a single lead"
    TIME_CALIPER = "a chosen caliper that spans time"
    MARKER = "a marker"
    MEASUREMENTS = "measured intervals"
    AVERAGE_BEAT = "enough beats of one shape"
    WORKLIST = "recordings in the list"
    SCORES = "scored recordings in the list"
    FAILURES = "recordings with misses or false alarms"
    UNSCORED = "recordings without a score"
    SCORING_LIST = "scoring in the background"
    FILTERED = "filters or a search"
    SCORE_FILE = "scores of a file"


@dataclass(frozen=True)
class ActionSpec:
    """One thing the user can do."""

    id: str
    menu: str
    """One of `MENUS`, or one inside it, as in `View/Layout`."""
    text: str
    """In the menu and the help dialog; English, shown through `tr`."""
    keys: tuple[str, ...] = ()
    """The first one is shown in the menu."""
    tip: str = ""
    """What it does, in a sentence; shown in the help dialog and as a tooltip."""
    needs: Needs = Needs.NOTHING
    checkable: bool = False
    separate: bool = False
    """Whether a separator precedes it in the menu."""
    group: str = ""
    """Of the checkable actions of a group exactly one is checked."""


MENUS = (translatable("File"), translatable("View"), translatable("Measure"), translatable("Findings"),
         translatable("Model"), translatable("Help"))
"""An action's menu is one of these, or `View/Layout` for one inside it, made where its first action stands."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "File", translatable("Open recording…"), ("Ctrl+O",),
               translatable("Choose one or more WFDB recordings.")),
    ActionSpec("open_folder", "File", translatable("Open folder…"), ("Ctrl+Shift+O",),
               translatable("List all recordings of a folder, or of PTB-XL with its statements, and open the first.")),
    ActionSpec("open_demo", "File", translatable("Open demo recordings"), (),
               translatable("The recordings that come with the program.")),
    ActionSpec("next_record", "File", translatable("Next recording"), ("Alt+Down",),
               translatable("Open the next one of the list."), Needs.LIST, separate=True),
    ActionSpec("previous_record", "File", translatable("Previous recording"), ("Alt+Up",),
               translatable("Open the one before in the list."), Needs.LIST),
    ActionSpec("quit", "File", translatable("Quit"), ("Ctrl+Q",), translatable("Close the window."), separate=True),
    ActionSpec("window_on", "View", translatable("Next window"), ("Right",),
               translatable("Scroll by what is visible."), Needs.RECORD),
    ActionSpec("window_back", "View", translatable("Previous window"), ("Left",),
               translatable("Scroll back by what is visible."), Needs.RECORD),
    ActionSpec("beat_on", "View", translatable("A beat on"), ("Shift+Right",),
               translatable("Scroll by 0.8 s, about a beat."), Needs.RECORD),
    ActionSpec("beat_back", "View", translatable("A beat back"), ("Shift+Left",),
               translatable("Scroll back by 0.8 s, about a beat."), Needs.RECORD),
    ActionSpec("to_start", "View", translatable("Start of the recording"), ("Home",),
               translatable("Scroll to the beginning."), Needs.RECORD),
    ActionSpec("to_end", "View", translatable("End of the recording"), ("End",),
               translatable("Scroll to the end."), Needs.RECORD),
    ActionSpec("faster", "View", translatable("Faster paper"), ("+", "="),
               translatable("The next higher paper speed."), separate=True),
    ActionSpec("slower", "View", translatable("Slower paper"), ("-",), translatable("The next lower paper speed.")),
    ActionSpec("gain_up", "View", translatable("Higher gain"), ("]",),
               translatable("The next higher gain, the same for all leads.")),
    ActionSpec("gain_down", "View", translatable("Lower gain"), ("[",),
               translatable("The next lower gain, the same for all leads.")),
    ActionSpec("standard", "View", translatable("Standard view"), ("Ctrl+0",),
               translatable("Back to 25 mm/s and 10 mm/mV.")),
    ActionSpec("calibrate", "View", translatable("Calibrate the screen…"), (),
               translatable("Match a bar to a bank card, so that a millimetre on the paper is a millimetre.")),
    ActionSpec("model_ink", "View", translatable("Model ink"), ("Space",),
               translatable("Show or hide every mark the model made; what remains is the ECG as recorded."),
               checkable=True, separate=True),
    ActionSpec("show_records", "View", translatable("List of recordings"), ("F7",),
               translatable("Show or hide the list on the left."), checkable=True, separate=True),
    ActionSpec("show_findings", "View", translatable("Findings and summary"), ("F8",),
               translatable("Show or hide the panels on the right."), checkable=True),
    ActionSpec("full_screen", "View", translatable("Full screen"), ("F11",),
               translatable("Use the whole screen, or leave it."), checkable=True),
    ActionSpec("open_model", "Model", translatable("Other model folder…"), (),
               translatable("Choose a folder that mmae_core train or mmae_core release has written; it is "
                            "remembered.")),
    ActionSpec("assess", "Model", translatable("Assess again"), ("Ctrl+R",),
               translatable("Let the model assess the open recording anew."), Needs.RECORD, separate=True),
    ActionSpec("cancel", "Model", translatable("Stop assessing"), ("Esc",),
               translatable("Stop; what is known so far stays."), Needs.SCORING),
    ActionSpec("help", "Help", translatable("Keys and actions"), ("?", "F1"), translatable("This list.")),
    ActionSpec("documentation", "Help", translatable("Documentation"), (),
               translatable("Guide, glossary, commands and results, in the browser; no network is needed.")),
    ActionSpec("notice", "Help", translatable("Research-use notice"), (),
               translatable("Show the notice of the first start again.")),
    ActionSpec("log_folder", "Help", translatable("Show log folder"), (),
               translatable("The log holds no paths and nothing about patients.")),
    ActionSpec("about", "Help", translatable("About"), (), translatable("Version, model and licences."), separate=True),
)


def make_actions(
    owner: QWidget, specs: Iterable[ActionSpec], handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """An action for each of `specs`, connected to the handler of its id.

    A checkable action's handler is called when the user toggles it. Raises KeyError for a line without a handler.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in specs:
        action = QAction(tr(spec.text), owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setToolTip(tooltip(spec))
        action.setStatusTip("")
        action.triggered.connect(_without_argument(handlers[spec.id]))
        owner.addAction(action)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(owner)).addAction(action)
        actions[spec.id] = action
    return actions


def tooltip(spec: ActionSpec) -> str:
    """The sentence and the keys: `Scroll by what is visible. (Right)`."""
    keys = key_text(spec)
    return f"{tr(spec.tip)} ({keys})" if keys else tr(spec.tip)


def key_text(spec: ActionSpec) -> str:
    """Keys as this platform writes them."""
    return tr(" or ").join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys)


def enable_actions(
    actions: Mapping[str, QAction], specs: Iterable[ActionSpec], available: frozenset[Needs]
) -> None:
    """Enable what makes sense now."""
    for spec in specs:
        actions[spec.id].setEnabled(spec.needs is Needs.NOTHING or spec.needs in available)


def _without_argument(handler: Callable[[], object]) -> Callable[[bool], None]:
    """Drops the checked state that Qt sends along; handlers read the state objects."""

    def call(_checked: bool = False) -> None:
        handler()

    return call
