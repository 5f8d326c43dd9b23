"""The three layers of the heat: switches, legend, and sentences for the point under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.display.heat_feature import MENU
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.paper.layer_legend import LayerLegend
from ecg_viewer.state.heat import LAYERS
from ecg_viewer.state.words.layer_words import LAYER_SENTENCES, LAYER_TITLES, sentences_at
from mmae_core.assessment import Layer

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

KEYS: dict[Layer, str] = {"named": "Alt+1", "model": "Alt+2", "own": "Alt+3"}


def layer_action(layer: Layer) -> str:
    """The id of the action that switches a layer."""
    return f"layer_{layer}"


def _layer_spec(layer: Layer) -> ActionSpec:
    return ActionSpec(layer_action(layer), MENU, LAYER_TITLES[layer], (KEYS[layer],), LAYER_SENTENCES[layer],
                      do=lambda self: self.toggle(layer), checked=lambda self: layer in self.heat.layers,
                      separate=layer == LAYERS[0])


class LayersFeature(Feature):
    """Switches layers on the paper, in the overview and wherever heat is; remembered from one start to the next."""

    menu_place = 70
    actions = tuple(_layer_spec(layer) for layer in LAYERS)

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        session = window.session
        self.heat = session.heat
        self.heat.show_layers(window.settings.settings.heat_layers)
        self.legend = LayerLegend(window.themes.paper)
        window.frame.add_above_legend(self.legend)
        window.paper.set_sentences(self._sentences_at)
        window.paper.add_tip(self._tip_at)
        self.heat.layers_changed.connect(self._show)
        session.assessment_changed.connect(self._show_limits)
        session.view.heat_changed.connect(self._show_look)
        window.themes.changed.connect(self._show_look)
        self._layers = session.assessment.layers

    def ready(self) -> None:
        actions = self.window.actions_by_id
        self.legend.connect_actions({layer: actions[layer_action(layer)] for layer in LAYERS})
        self._show_look()
        self._show()

    def toggle(self, layer: Layer) -> None:
        """Show or hide a layer."""
        self.heat.show_layers(self.heat.layers ^ {layer})

    def _sentences_at(self, lead: str, time_s: float) -> tuple[str, ...]:
        return sentences_at(self.window.session.assessment.layers, lead, time_s, self.heat.layers)

    def _tip_at(self, position: QPointF) -> str:
        hover = self.window.paper.hover_at(position)
        return "" if hover is None else "\n".join(hover.marks)

    def _show(self) -> None:
        layers = self.heat.layers
        self.legend.show_layers(layers)
        self.window.settings.change(heat_layers=tuple(layer for layer in LAYERS if layer in layers))
        self.changed.emit()

    def _show_look(self) -> None:
        self.legend.show_as(self.window.themes.paper, self.window.session.view.heat_look)

    def _show_limits(self) -> None:
        layers = self.window.session.assessment.layers
        if layers is not self._layers:
            self._layers = layers
            self.legend.show_limits(layers)
