"""One table of everything that can be done; menus, keys, tooltips and the help dialog are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ecg_viewer.qt.paper_gestures import BEAT_S


class Needs(Enum):
    """What must be there for an action to make sense; without it the action is shown, but disabled."""

    NOTHING = "always"
    RECORD = "an open recording"
    LIST = "more than one recording in the list"
    FINDINGS = "findings"
    SCORING = "a running assessment"


@dataclass(frozen=True)
class ActionSpec:
    """One thing the user can do."""

    id: str
    menu: str
    text: str
    """In the menu and the help dialog."""
    keys: tuple[str, ...] = ()
    """The first one is shown in the menu."""
    tip: str = ""
    """What it does, in a sentence; shown in the help dialog and as a tooltip."""
    needs: Needs = Needs.NOTHING
    checkable: bool = False
    separate: bool = False
    """A line above it in the menu."""


MENUS = ("File", "View", "Findings", "Model", "Help")

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "File", "Open recording…", ("Ctrl+O",), "Choose one or more WFDB recordings."),
    ActionSpec("open_folder", "File", "Open folder…", ("Ctrl+Shift+O",),
               "List all recordings of a folder, or of PTB-XL with its statements, and open the first."),
    ActionSpec("open_demo", "File", "Open demo recordings", (), "The recordings that come with the program."),
    ActionSpec("next_record", "File", "Next recording", ("Alt+Down",), "Open the next one of the list.", Needs.LIST,
               separate=True),
    ActionSpec("previous_record", "File", "Previous recording", ("Alt+Up",), "Open the one before in the list.",
               Needs.LIST),
    ActionSpec("quit", "File", "Quit", ("Ctrl+Q",), "Close the window.", separate=True),
    ActionSpec("window_on", "View", "Next window", ("Right",), "Scroll by what is visible.", Needs.RECORD),
    ActionSpec("window_back", "View", "Previous window", ("Left",), "Scroll back by what is visible.", Needs.RECORD),
    ActionSpec("beat_on", "View", "A beat on", ("Shift+Right",), f"Scroll by {BEAT_S:g} s, about a beat.",
               Needs.RECORD),
    ActionSpec("beat_back", "View", "A beat back", ("Shift+Left",), f"Scroll back by {BEAT_S:g} s, about a beat.",
               Needs.RECORD),
    ActionSpec("to_start", "View", "Start of the recording", ("Home",), "Scroll to the beginning.", Needs.RECORD),
    ActionSpec("to_end", "View", "End of the recording", ("End",), "Scroll to the end.", Needs.RECORD),
    ActionSpec("faster", "View", "Faster paper", ("+", "="), "The next higher paper speed.", separate=True),
    ActionSpec("slower", "View", "Slower paper", ("-",), "The next lower paper speed."),
    ActionSpec("gain_up", "View", "Higher gain", ("]",), "The next higher gain, the same for all leads."),
    ActionSpec("gain_down", "View", "Lower gain", ("[",), "The next lower gain, the same for all leads."),
    ActionSpec("standard", "View", "Standard view", ("Ctrl+0",), "Back to 25 mm/s and 10 mm/mV."),
    ActionSpec("calibrate", "View", "Calibrate the screen…", (),
               "Match a bar to a bank card, so that a millimetre on the paper is a millimetre."),
    ActionSpec("model_ink", "View", "Model ink", ("Space",),
               "Show or hide every mark the model made; what remains is the ECG as recorded.", checkable=True,
               separate=True),
    ActionSpec("show_records", "View", "List of recordings", ("F7",), "Show or hide the list on the left.",
               checkable=True, separate=True),
    ActionSpec("show_findings", "View", "Findings and summary", ("F8",), "Show or hide the panels on the right.",
               checkable=True),
    ActionSpec("full_screen", "View", "Full screen", ("F11",), "Use the whole screen, or leave it.", checkable=True),
    ActionSpec("next_finding", "Findings", "Next finding", ("J",), "Go to the next weaker finding.", Needs.FINDINGS),
    ActionSpec("previous_finding", "Findings", "Previous finding", ("K",), "Go to the next stronger finding.",
               Needs.FINDINGS),
    ActionSpec("strongest_finding", "Findings", "Strongest finding", ("Shift+J",), "Go to the first of the list.",
               Needs.FINDINGS),
    ActionSpec("open_model", "Model", "Other model folder…", (),
               "Choose a folder that mmae_core train or mmae_core release has written; it is remembered."),
    ActionSpec("assess", "Model", "Assess again", ("Ctrl+R",), "Let the model assess the open recording anew.",
               Needs.RECORD, separate=True),
    ActionSpec("cancel", "Model", "Stop assessing", ("Esc",), "Stop; what is known so far stays.", Needs.SCORING),
    ActionSpec("help", "Help", "Keys and actions", ("?", "F1"), "This list."),
    ActionSpec("notice", "Help", "Research-use notice", (), "Show the notice of the first start again."),
    ActionSpec("log_folder", "Help", "Show log folder", (), "The log holds no paths and nothing about patients."),
    ActionSpec("about", "Help", "About", (), "Version, model and licences.", separate=True),
)


def make_actions(owner: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for each line of the table, connected to the handler of its id.

    A checkable action's handler is called when the user toggles it. Raises KeyError for a line without a handler.
    """
    actions = {}
    for spec in ACTIONS:
        action = QAction(spec.text, owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setCheckable(spec.checkable)
        action.setToolTip(tooltip(spec))
        action.setStatusTip("")
        action.triggered.connect(_without_argument(handlers[spec.id]))
        owner.addAction(action)
        actions[spec.id] = action
    return actions


def tooltip(spec: ActionSpec) -> str:
    """The sentence and the keys: `Scroll by what is visible. (Right)`."""
    keys = key_text(spec)
    return f"{spec.tip} ({keys})" if keys else spec.tip


def key_text(spec: ActionSpec) -> str:
    """Keys as this platform writes them."""
    return " or ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys)


def enable_actions(actions: Mapping[str, QAction], available: frozenset[Needs]) -> None:
    """Enable what makes sense now."""
    for spec in ACTIONS:
        actions[spec.id].setEnabled(spec.needs is Needs.NOTHING or spec.needs in available)


def _without_argument(handler: Callable[[], object]) -> Callable[[bool], None]:
    """Qt sends the checked state along, which no handler wants: the state objects know better."""

    def call(_checked: bool = False) -> None:
        handler()

    return call
