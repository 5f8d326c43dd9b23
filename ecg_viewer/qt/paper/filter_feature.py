"""Display filters in the menu and on the tool bar; those impossible at the sampling rate say why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ecg_viewer.qt.actions import ActionSpec, Needs, tooltip
from ecg_viewer.qt.feature import Feature
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
_NEEDS = {
    "none": Needs.NOTHING,
    "diagnostic": Needs.RATE_FOR_150_HZ,
    "st": Needs.RATE_FOR_40_HZ,
    "monitor": Needs.RATE_FOR_40_HZ,
    "notch_off": Needs.NOTHING,
    "notch_50": Needs.RATE_FOR_50_HZ,
    "notch_60": Needs.RATE_FOR_60_HZ,
}


def action_id(item: Filter) -> str:
    """The id of the action that chooses a filter."""
    return f"filter_{item.id}"


class FilterFeature(Feature):
    """Chooses the pass band and the notch of the view."""

    menu_place = 80
    actions = tuple(
        ActionSpec(action_id(item), MENU, item.title, (), _TIPS[item.id], _NEEDS[item.id], checkable=True,
                   separate=item.id == "notch_off", group="filter" if item.id in FILTERS else "notch")
        for item in (*FILTERS.values(), *NOTCHES.values())
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._filter = window.session.view.filter
        self._filter.changed.connect(self._show)
        window.session.record_changed.connect(self._show)

    def handlers(self) -> dict[str, Callable[[], object]]:
        bands = {action_id(item): self._band(item) for item in FILTERS.values()}
        return bands | {action_id(item): self._notch(item) for item in NOTCHES.values()}

    def available(self) -> frozenset[Needs]:
        record = self.window.session.record
        every = {**FILTERS, **NOTCHES}
        return frozenset(
            _NEEDS[name] for name, item in every.items()
            if record is not None and not item.available(record.sampling_rate_hz)
        )

    def checked(self) -> dict[str, bool]:
        chosen = (self._filter.band, self._filter.notch)
        return {action_id(item): item in chosen for item in (*FILTERS.values(), *NOTCHES.values())}

    def retranslate(self) -> None:
        self._show()

    def _band(self, item: Filter) -> Callable[[], object]:
        return lambda: self._filter.choose_band(item.id)

    def _notch(self, item: Filter) -> Callable[[], object]:
        return lambda: self._filter.choose_notch(item.id)

    def _show(self) -> None:
        record = self.window.session.record
        specs = {spec.id: spec for spec in self.actions}
        for item in (*FILTERS.values(), *NOTCHES.values()):
            spec, action = specs[action_id(item)], self.window.actions_by_id[action_id(item)]
            reason = "" if record is None else item.available(record.sampling_rate_hz)
            action.setToolTip(reason or " ".join(part for part in (tooltip(spec), item.warning) if part))
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
        what = tr("Display filter: changes what is drawn and measured, never what the model gets.")
        self.setToolTip("\n".join(line for line in (what, chain.warning, chosen.refusal(rate)) if line))
        self.setAccessibleDescription(chain.readout)
