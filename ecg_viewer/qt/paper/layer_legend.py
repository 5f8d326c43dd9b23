"""The legend of the three layers: a switch and a sign for each, and what it cannot detect."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.textures import edge_brush
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.render.colour import heat_table
from ecg_viewer.render.heat_bands import edge_band
from ecg_viewer.render.heat_colours import heat_ramp
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.calibration import NOMINAL_PX_PER_MM
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import LAYERS, percentile_codes
from ecg_viewer.state.layers import Layers
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.layer_words import LAYER_SCALES, LAYER_SENTENCES, LAYER_TITLES, limits_of_layer
from mmae_core.assessment import Layer

SIGN_PX = (24, 16)
SIGN_PERCENTILE = 99.0
MARGIN_PX = 8


class LayerSign(QWidget):
    """How the paper marks a layer: its heat, with its edge."""

    def __init__(self, layer: Layer, theme: Theme) -> None:
        super().__init__()
        self._layer, self._theme, self._look = layer, theme, HeatLook()
        self.setFixedSize(*SIGN_PX)

    def show_as(self, theme: Theme, look: HeatLook) -> None:
        """Use these colours."""
        self._theme, self._look = theme, look
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.paper))
        table = heat_table(heat_ramp(self._look.colours, self._theme), self._look.opacity)
        red, green, blue, alpha = (int(part) for part in table[int(percentile_codes(np.array(SIGN_PERCENTILE)))])
        painter.fillRect(self.rect(), QColor(red, green, blue, alpha))
        if self._layer != "model":
            top, height = edge_band(self._layer, 0, self.height(), NOMINAL_PX_PER_MM)
            painter.fillRect(QRect(0, top, self.width(), height), edge_brush(self._layer, self._theme, 1.0))
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class ElidedLine(PlainLabel):
    """A line that ends in … where it is too narrow; all of it is in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show as much of a text as there is room for."""
        self._whole = text
        self.setAccessibleName(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(10, QFontMetrics(self.font()).height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                         self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
        painter.end()


class LayerLegend(Retranslatable, QWidget):
    """A row for each layer; its switch is the window's action."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = False
        set_texts(self, name="Layers of the heat")
        self.switches: dict[Layer, QCheckBox] = {}
        self.signs: dict[Layer, LayerSign] = {}
        self.limits: dict[Layer, ElidedLine] = {}
        layout = self._layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 4)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(1)
        layout.setColumnStretch(1, 1)
        for row, layer in enumerate(LAYERS):
            self.signs[layer] = LayerSign(layer, theme)
            self.switches[layer] = set_texts(QCheckBox(), text=LAYER_TITLES[layer])
            self.switches[layer].setChecked(True)
            self.limits[layer] = ElidedLine()
            self.limits[layer].setObjectName("quiet")
            layout.addWidget(self.signs[layer], 2 * row, 0)
            layout.addWidget(self.switches[layer], 2 * row, 1)
            layout.addWidget(self.limits[layer], 2 * row + 1, 0, 1, 3)
        self._guard = KeyGuard(self)
        self._guard.guard(*self.switches.values())
        self.show_limits(Layers())

    def connect_actions(self, actions: dict[Layer, QAction]) -> None:
        """Let the switches do what the actions do."""
        for layer, action in actions.items():
            self.switches[layer].clicked.connect(action.trigger)

    def show_layers(self, layers: frozenset[Layer]) -> None:
        """Show which layers are on."""
        for layer, switch in self.switches.items():
            switch.setChecked(layer in layers)

    def show_as(self, theme: Theme, look: HeatLook) -> None:
        """Use the colours of the paper."""
        for sign in self.signs.values():
            sign.show_as(theme, look)

    def show_limits(self, layers: Layers) -> None:
        """Show beside each layer what it could not assess in this recording: no heat does not mean normal."""
        self._layers = layers
        for layer in LAYERS:
            limitations = limits_of_layer(layers, layer)
            self.limits[layer].show_text(limitations[0])
            more = "\n".join(f"– {text}" for text in limitations)
            tip = "\n".join((tr(LAYER_SENTENCES[layer]), tr(LAYER_SCALES[layer]), "",
                             tr("No colour does not mean normal:"), more))
            for widget in (self.switches[layer], self.limits[layer], self.signs[layer]):
                widget.setToolTip(plain_tip(tip))
            self.switches[layer].setAccessibleDescription(" ".join((tr(LAYER_SENTENCES[layer]), *limitations)))

    def retranslate(self) -> None:
        for layer, switch in self.switches.items():
            switch.setText(tr(LAYER_TITLES[layer]))
        self.show_limits(self._layers)

    def set_compact(self, compact: bool) -> None:
        """For a low window: what is not seen stands beside the layer, cut short, not below it; tooltips have it all."""
        if compact == self._is_compact:
            return
        self._is_compact = compact
        self._layout.setColumnStretch(1, 0 if compact else 1)
        self._layout.setColumnStretch(2, 1 if compact else 0)
        for row, layer in enumerate(LAYERS):
            self._layout.removeWidget(self.limits[layer])
            place = (2 * row, 2, 1, 1) if compact else (2 * row + 1, 0, 1, 3)
            self._layout.addWidget(self.limits[layer], *place)
