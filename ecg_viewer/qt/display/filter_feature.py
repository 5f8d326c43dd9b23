"""Display filters in the menu and on the tool bar; those impossible at the sampling rate say why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.filters import FILTERS, NOTCHES, Filter
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Filter"
_TIPS = {
    "none": translatable("Show the ECG as recorded."),
    "diagnostic": translatable("Takes the slow wander and what lies above 150 Hz off the screen; the bandwidth for "
                               "reading."),
    "st": translatable("Takes tremor off the screen and keeps the ST segment; below diagnostic bandwidth."),
    "monitor": translatable("What a monitor shows: a calm baseline, but ST segments may be bent; below diagnostic "
                            "bandwidth."),
    "notch_off": translatable("Show mains interference as recorded."),
    "notch_50": translatable("Takes mains interference of 50 Hz off the screen."),
    "notch_60": translatable("Takes mains interference of 60 Hz off the screen."),
}
_ALWAYS_POSSIBLE = ("none", "notch_off")


def action_id(item: Filter) -> str:
    """The id of the action that chooses a filter."""
    return f"filter_{item.id}"


def _filter_spec(item: Filter) -> ActionSpec:
    return ActionSpec(action_id(item), MENU, item.title, (), _TIPS[item.id],
                      do=lambda self: self.choose(item),
                      enabled=None if item.id in _ALWAYS_POSSIBLE else lambda self: self.is_possible(item),
                      checked=lambda self: self.uses(item),
                      separate=item.id == "notch_off", group="filter" if item.id in FILTERS else "notch")


class FilterFeature(Feature):
    """Chooses the pass band and the notch of the view."""

    menu_place = 80
    actions = tuple(_filter_spec(item) for item in (*FILTERS.values(), *NOTCHES.values()))

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._filter = window.session.view.filter
        self._filter.changed.connect(self._show)
        window.session.record_changed.connect(self._show)

    def retranslate(self) -> None:
        self._show()

    def choose(self, item: Filter) -> None:
        """Use a pass band or a notch."""
        if item.id in FILTERS:
            self._filter.choose_band(item.id)
        else:
            self._filter.choose_notch(item.id)

    def uses(self, item: Filter) -> bool:
        """Whether it is the chosen pass band or notch."""
        return item in (self._filter.band, self._filter.notch)

    def is_possible(self, item: Filter) -> bool:
        """Whether the open recording has enough samples a second for it."""
        record = self.window.session.record
        return record is not None and not item.available(record.sampling_rate_hz)

    def _show(self) -> None:
        record = self.window.session.record
        specs = {spec.id: spec for spec in self.actions}
        for item in (*FILTERS.values(), *NOTCHES.values()):
            spec, action = specs[action_id(item)], self.window.actions_by_id[action_id(item)]
            reason = "" if record is None else item.available(record.sampling_rate_hz)
            action.setToolTip(plain_tip(reason or " ".join(part for part in (tooltip(spec), item.warning) if part)))
            shown = tr("{name} (not at {rate:g} Hz)").format(
                name=tr(spec.text), rate=0.0 if record is None else record.sampling_rate_hz
            )
            action.setText(shown if reason else tr(spec.text))
        self.changed.emit()


class FilterButton(Retranslatable, QToolButton):
    """The tool bar's choice of filters; its text is what is applied to the open recording."""

    def __init__(self, view: ViewState, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        set_texts(self, name="Display filter")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for spec in FilterFeature.actions:
            if spec.separate:
                menu.addSeparator()
            menu.addAction(actions[spec.id])
        self.setMenu(menu)
        view.filter.changed.connect(self._show)
        view.record_changed.connect(self._show)
        self._show()

    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        chosen, record = self._view.filter, self._view.record
        rate = float("inf") if record is None else record.sampling_rate_hz
        chain = chosen.in_force(rate)
        self.setText(chain.name)
        what = tr("Display filter: changes what is drawn and what calipers read, never measurements or the model.")
        self.setToolTip(plain_tip("\n".join(line for line in (what, chain.warning, chosen.refusal(rate)) if line)))
        self.setAccessibleDescription(chain.readout)
