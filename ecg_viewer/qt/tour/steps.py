"""The steps of the tour as a table: target, text, and what the program does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ecg_viewer.jobs.opening import demo_folder
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

DEMO_NAME = "00170"
"""A premature ventricular beat, clearly marked by the map."""


@dataclass(frozen=True)
class Step:
    """One stop of the tour."""

    title: str
    text: str
    """English, as the title; through `tr`."""
    target: Callable[[Host], QWidget]
    """The control the callout points at."""
    enter: Callable[[Host], object] | None = None
    """What the program does when the step is shown. Returns False if there was nothing to do."""
    leave: Callable[[Host], object] | None = None
    """Undoes `enter` when the step is left; not called if `enter` had nothing to do."""
    waits_for_findings: bool = False
    """`enter` is done as soon as the model has found something."""


def open_demo_record(window: Host) -> None:
    """Open the recording of the tour, unless it is open."""
    session = window.session
    if session.item is not None and session.item.name == DEMO_NAME:
        return
    names = [session.records[index].name for index in range(len(session.records))]
    if DEMO_NAME in names:
        session.open_item(names.index(DEMO_NAME))
    elif (folder := demo_folder()) is not None:
        session.open([folder], "demo", adds=True)  # it is the first one there


def show_panels(window: Host) -> None:
    """Show both panels, so that a step can point at them."""
    for action_id, panel in (("show_records", window.records_panel), ("show_findings", window.findings_panel)):
        if not panel.isVisibleTo(window):
            window.action(action_id).trigger()


def _begin(window: Host) -> None:
    show_panels(window)
    open_demo_record(window)


def _hide_model_marks(window: Host) -> None:
    window.session.view.set_heat_visible(False)


def _show_model_marks(window: Host) -> None:
    window.session.view.set_heat_visible(True)


def _go_to_strongest(window: Host) -> None:
    if window.session.assessment.findings:
        window.action("strongest_finding").trigger()


def _confirm(window: Host) -> bool:
    """Confirm a finding as the user would, but not before the reviewer's name is known, which a dialog would ask
    for.
    """
    action = window.action("confirm")
    if not (window.settings.settings.reviewer and action.isEnabled()):
        return False
    action.trigger()
    return True


def _undo(window: Host) -> None:
    window.action("undo").trigger()


def _records(window: Host) -> QWidget:
    return window.records_panel


def _findings(window: Host) -> QWidget:
    return window.findings_panel


def _paper(window: Host) -> QWidget:
    return window.paper


def _menu_bar(window: Host) -> QWidget:
    return window.menuBar()


STEPS: tuple[Step, ...] = (
    Step(
        translatable("Open a recording"),
        translatable("Recordings are listed here; a click or Enter opens one, Ctrl+O opens files and Ctrl+Shift+O a "
                     "whole folder. This is demo recording 00170: sinus rhythm with one premature beat."),
        _records,
        enter=_begin,
    ),
    Step(
        translatable("Go through the findings"),
        translatable("What departs from normal ECGs is listed here, strongest first. J goes to the next finding, K to "
                     "the one before. The strongest one is being shown to you now."),
        _findings,
        enter=_go_to_strongest,
        waits_for_findings=True,
    ),
    Step(
        translatable("Look at the bare ECG"),
        translatable("Space hides every mark of the model and brings it back. The marks are hidden now: this is the "
                     "ECG as it was recorded. Judge it first, then look at the colours."),
        _paper,
        enter=_hide_model_marks,
        leave=_show_model_marks,
    ),
    Step(
        translatable("Decide"),
        translatable("C confirms a finding, D dismisses it, X takes the decision away, Ctrl+Z undoes. The first time "
                     "you are asked for your name. Decisions are saved at once; what the tour decides, it takes back."),
        _findings,
        enter=_confirm,
        leave=_undo,
    ),
    Step(
        translatable("Take it with you"),
        translatable("Ctrl+E exports pages, pictures, tables and annotations; every one says how it was made and that "
                     "it is for research only. ? lists all keys. The tour is in the menu Help."),
        _menu_bar,
    ),
)
