"""Measures what the paper paints, in a process of its own, as a screen's ratio is fixed when a program starts.

`QT_SCALE_FACTOR=1.25 python ruler_on_screen.py` prints what was measured as JSON: for each layout, speed and gain the
length of a second, a millivolt and 5 mm of the grid in millimetres, and the calibration pulse.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, ScreenScale
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from ecg_viewer.state.view import ViewState
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

PX_PER_MM = 4.0
RATE_HZ = 500.0
STEP_MM, REACH_MM = 10.0, 17.0
"""Between two steps of the measured trace, and from its lower to its higher level."""
SCALES = (*((speed, 10.0) for speed in SPEEDS_MM_PER_S), *((25.0, gain) for gain in GAINS_MM_PER_MV))
"""Each speed at the usual gain, each gain at the usual speed."""
BELOW_MM = 5.0
"""Under the baseline, where steps are measured: the strokes between columns do not reach so far."""
DARK = 170


def stepped(lead: str, mm_per_s: float, mm_per_mv: float) -> EcgRecord:
    """Steps 10 mm apart and 17 mm high in one lead, nothing in the others."""
    step_samples = round(STEP_MM / mm_per_s * RATE_HZ)
    samples = np.full((12, round(40 * RATE_HZ)), np.nan, np.float32)
    up = np.arange(samples.shape[1]) // step_samples % 2 == 0
    samples[STANDARD_LEADS.index(lead)] = np.where(up, 0.5, -0.5) * REACH_MM / mm_per_mv
    return EcgRecord("ruler", RATE_HZ, samples.shape[1], STANDARD_LEADS, Source((Path("none"),), "test"),
                     lambda a, b: samples[:, a:b])


class Ruler:
    """A paper and its picture."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.view = ViewState()
        self.view.set_heat_visible(False)
        self.paper = PaperView(self.view, HeatMap())
        self.paper.set_screen_scale(ScreenScale(PX_PER_MM))
        self.paper.resize(1200, 900)
        self.paper.show()
        self.ratio = 0.0

    def picture(self, record: EcgRecord) -> np.ndarray:
        """Grey values of the painted paper, (height, width) in device pixels."""
        self.view.open_record(record)
        while not self.paper.is_complete:
            self._app.processEvents()
        image = self.paper.grab().toImage()
        self.ratio = image.devicePixelRatio()
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return grey[:, : image.width()].astype(float)

    def mm(self, px: float) -> float:
        """Millimetres of a length in device pixels."""
        return px / self.ratio / PX_PER_MM

    def trace(self, grey: np.ndarray, area: LeadArea, mm_per_s: float) -> dict[str, float]:
        """A second between steps, the worst single step, and the reach between the levels."""
        row = round((area.baseline_y + BELOW_MM * PX_PER_MM) * self.ratio)
        left, right = (round(x * self.ratio) for x in (area.left + 2, area.right - 2))
        ink = np.maximum(0.0, DARK - grey[row, left:right])
        edges = np.flatnonzero(np.diff(np.concatenate(([0], (ink > 0).astype(int), [0])))).reshape(-1, 2)
        places = np.array([self.mm(np.average(np.arange(first, last), weights=ink[first:last]))
                           for first, last in edges])
        gaps = np.diff(places)
        second = (places[-1] - places[0]) / gaps.size * mm_per_s / STEP_MM
        middle = left + round((places[0] + 0.5 * STEP_MM) * self.ratio * PX_PER_MM)
        levels = [self.level(grey[:, at], area) for at in (middle, middle + round(STEP_MM * self.ratio * PX_PER_MM))]
        return {"second_mm": second, "worst_step_mm": float(np.abs(gaps - STEP_MM).max()), "n_steps": gaps.size,
                "reach_mm": abs(levels[0] - levels[1])}

    def level(self, column: np.ndarray, area: LeadArea) -> float:
        """Height of the trace in a column, from the ink near where it may be."""
        top, bottom = (round((area.baseline_y + side * 0.6 * REACH_MM * PX_PER_MM) * self.ratio) for side in (-1, 1))
        first = max(0, top)
        ink = np.maximum(0.0, DARK - column[first:bottom])
        return self.mm(first + float(np.average(np.arange(ink.size), weights=ink)) + 0.5)

    def grid(self, grey: np.ndarray) -> list[float]:
        """The spacing of the strong lines across and down, each 5 mm, on a paper without traces: the period in which
        the paper's darkness is strongest.
        """
        first, last = (round(px * self.ratio) for px in (150, 800))
        return [self._period(255 - np.median(grey[first:last, first:], axis=0)),
                self._period(255 - np.median(grey[:last, first:], axis=1))]

    def _period(self, darkness: np.ndarray) -> float:
        periods_mm = np.arange(4.8, 5.2, 0.0005)
        waves = np.exp(-2j * np.pi * np.arange(darkness.size) / (periods_mm[:, None] * PX_PER_MM * self.ratio))
        return float(periods_mm[np.argmax(np.abs(waves @ (darkness - darkness.mean())))])

    def pulse(self, grey: np.ndarray, area: LeadArea, mm_per_s: float, mm_per_mv: float) -> dict[str, float]:
        """Height and width of the calibration pulse beside the only lead."""
        reach = 1.4 * mm_per_mv * PX_PER_MM
        top = max(0, round((area.baseline_y - reach) * self.ratio))
        bottom = round((area.baseline_y + 2 * PX_PER_MM) * self.ratio)
        right = round((area.left - 1) * self.ratio)
        left = round((area.left - (0.2 * mm_per_s + 3.5) * PX_PER_MM) * self.ratio)
        ink = grey[top:bottom, left:right] < DARK
        feet = round(area.baseline_y * self.ratio) - top
        high = np.flatnonzero(ink[: feet - 2].sum(axis=1) >= 0.7 * ink[: feet - 2].sum(axis=1).max())
        sides = np.flatnonzero(ink[high[0] + 3 : feet - 3].mean(axis=0) > 0.7)
        near = ink[feet - 3 : feet + 4].sum(axis=1)
        base = np.flatnonzero(near >= 0.7 * near.max()) + feet - 3
        gaps = np.split(sides, np.flatnonzero(np.diff(sides) > 1) + 1)
        return {"height_mm": self.mm(base.mean() - high.mean()), "width_mm": self.mm(gaps[-1].mean() - gaps[-2].mean())}


def main() -> None:
    app = QApplication([])
    ruler = Ruler(app)
    blank = np.full((12, 5000), np.nan, np.float32)
    empty = EcgRecord("blank", RATE_HZ, 5000, STANDARD_LEADS, Source((Path("none"),), "test"),
                      lambda a, b: blank[:, a:b])
    found = []
    for layout in LAYOUTS_BY_ID:
        lead = "II" if layout == "single" else "V2"
        for speed, gain in SCALES:
            ruler.view.set_layout(layout)
            ruler.view.set_speed(speed)
            ruler.view.set_gain(gain)
            grey = ruler.picture(stepped(lead, speed, gain))
            area = max(ruler.paper.areas_of(lead), key=lambda item: item.width)
            measured = {"layout": layout, "speed": speed, "gain": gain, **ruler.trace(grey, area, speed)}
            if layout == "single":
                measured["pulse"] = ruler.pulse(grey, area, speed, gain)
            found.append(measured)
        ruler.view.set_speed(25.0)
        ruler.view.set_gain(10.0)
        found[-1]["grid_mm"] = ruler.grid(ruler.picture(empty))
    ruler.paper.close()
    print(json.dumps({"ratio": ruler.ratio, "measured": found}))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
