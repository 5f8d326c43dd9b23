"""The dialog that calibrates the screen by matching a bar to a bank card."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSizePolicy, QSlider, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.calibration import BANK_CARD_WIDTH_MM, ScreenScale
from ecg_viewer.state.words.language import tr

STEPS_PER_PX = 4
SHORTEST_PX, LONGEST_PX = 120, 1400
"""A bank card on a coarse projector and on a fine screen without scaling."""
BAR_HEIGHT_PX = 60


class Bar(QWidget):
    """The bar to hold the card against; its length is exact to a quarter of a pixel."""

    def __init__(self, length_px: float) -> None:
        super().__init__()
        self._length_px = length_px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def length_px(self) -> float:
        return self._length_px

    def set_length(self, length_px: float) -> None:
        """Change the length."""
        self._length_px = length_px
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._length_px) + 2, BAR_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRect(QRectF(1, 0, self._length_px, BAR_HEIGHT_PX))
        painter.end()


class ScreenDialog(QDialog):
    """Asks for the length of a bank card on this screen."""

    calibrated = Signal(float)
    """Pixels a millimetre."""

    def __init__(self, scale: ScreenScale, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Calibrate the screen")
        text = set_texts(PlainLabel(), text=partial(_advice, scale.is_known))
        text.setWordWrap(True)
        self.bar = Bar(BANK_CARD_WIDTH_MM * scale.drawing_px_per_mm)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SHORTEST_PX * STEPS_PER_PX, LONGEST_PX * STEPS_PER_PX)
        self.slider.setValue(round(self.bar.length_px * STEPS_PER_PX))
        set_texts(self.slider, name="Length of the bar")
        self.slider.valueChanged.connect(self._resize_bar)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for widget in (text, self.bar, self.slider, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(560)

    def _resize_bar(self, value: int) -> None:
        self.bar.set_length(value / STEPS_PER_PX)

    def _tell(self) -> None:
        scale = ScreenScale.from_bar(self.bar.length_px)
        assert scale.px_per_mm is not None, "a bar of known length gives a scale"
        self.calibrated.emit(scale.px_per_mm)


def _advice(is_known: bool) -> str:
    known = "" if is_known else tr("This screen does not tell its size, so no millimetre can be claimed. ")
    what = tr(
        "Hold a bank card ({width:.1f} mm wide) against the bar and move the slider until the bar is as long as the "
        "card. The answer is kept for this screen."
    )
    return known + what.format(width=BANK_CARD_WIDTH_MM)
