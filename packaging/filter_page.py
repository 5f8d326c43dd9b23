"""Writes `docs/filters.md` and its picture from the filters themselves: `python packaging/filter_page.py`.

`tests/viewer/test_filter_page.py` says when the page is not that of the code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))  # this tree's filters, and not those of an installed program

from ecg_viewer.state.filter_response import (  # noqa: E402
    MOST_OFFSET_MV,
    MOST_SLOPE_MV_PER_S,
    Apply,
    ImpulseTest,
    gain_at,
    half_power_points_hz,
    impulse_response,
    impulse_test,
)
from ecg_viewer.state.filters import FILTERS, NOTCHES, Filter  # noqa: E402
from mmae_core.intervals.baseline import EDGE_S, LEVEL_HZ  # noqa: E402
from mmae_core.intervals.filters import zero_phase  # noqa: E402
from mmae_core.record import FloatArray  # noqa: E402

PAGE, PICTURE = REPOSITORY / "docs" / "filters.md", REPOSITORY / "docs" / "filters.svg"
RATES_HZ = (100.0, 250.0, 500.0, 1000.0)
WITHOUT = ("notch_off",)
"""Choices that filter nothing and have another that does the same."""
HEAD = """# Display filters

What each filter of the menu View > Filter does. The numbers are measured on the program's own filters, by
`packaging/filter_page.py`; `tests/viewer/test_filters.py` and `tests/viewer/test_filter_response.py` hold the
filters to them.

- **They change the picture only.** The model, the measurements and the findings are made from the recording as it
  is.
- **They move no wave.** Each runs forwards and backwards, so that its phase is zero and its delay 0 ms at every
  frequency: the answer to a single sample is the same to both sides. Filters in recorders usually run forwards only
  and delay some waves against others.
- **The pass band ends where 71 % of the amplitude is left** (-3 dB, after both runs).
- What the sampling rate cannot carry is grey in the menu, with the reason.

![Amplitude over frequency and the answer to a slow impulse, of each filter](filters.svg)

## Where the pass bands end

Hz at -3 dB, measured at each sampling rate; "–": not offered at this rate.

"""
IMPULSE = """
## Which of them leave ST alone

The standards send an impulse of 3 mV for 100 ms (300 µV·s) through a filter. Beside it the trace may lie at most
{offset:g} mV off its level and slope by at most {slope:g} mV/s (IEC 60601-2-25; AHA 1990 and AHA/ACC/HRS 2007,
Circulation 115:1306). Measured from 50 ms beside the impulse on, as a low-pass rounds its corners; the slope over
200 ms.

"""
TAIL = """
**With a filter that fails, the paper, every page and every picture say "ST not to be read with this filter".**
Measured ST does not depend on the display filter.

Measuring itself filters only leads whose baseline wanders: these are levelled before beats are averaged (zero
phase, {level:g} Hz; AHA/ACC/HRS 2007 allow such filters up to 0.67 Hz). Of the slow impulse this leaves
{offset:.2f} mV and {slope:.2f} mV/s, more than the standards allow; of real beats far less, as they are average
beats measured against the level before their own QRS. Levelling all leads of 247 recordings of PTB-XL (2,964 leads,
folds 1-8) moved ST at J+60 by 0.008 mV or less in 95 of 100 leads and by 0.024 mV at most
(`tests/core/departures/test_levelled_st.py` does the same to the demo recordings). Steady leads are not levelled.

ST is not measured at all where the recorder states a high-pass of 0.5 Hz or more, as such a filter has moved it for
good.
"""


def page() -> str:
    """The text of the page."""
    lines = [HEAD + "| Filter | " + " | ".join(f"{rate:g} Hz" for rate in RATES_HZ) + " |",
             "|---" * (1 + len(RATES_HZ)) + "|"]
    for item in filters():
        lines.append(f"| {item.title} | " + " | ".join(_points(item, rate) for rate in RATES_HZ) + " |")
    lines.append(IMPULSE.format(offset=MOST_OFFSET_MV, slope=MOST_SLOPE_MV_PER_S)
                 + "| Filter | Off its level | Slope | ST |\n|---|---|---|---|")
    for title, found in impulses():
        lines.append(f"| {title} | {found.offset_mv:.2f} mV | {found.slope_mv_per_s:.2f} mV/s | "
                     f"{'can be read' if found.passes else '**not to be read**'} |")
    left = impulse_test(levelled, 500.0)
    return "\n".join(lines) + "\n" + TAIL.format(level=LEVEL_HZ, offset=left.offset_mv, slope=left.slope_mv_per_s)


def filters() -> tuple[Filter, ...]:
    """Those of the menu, each once."""
    return tuple(item for item in (*FILTERS.values(), *NOTCHES.values()) if item.id not in WITHOUT)


def impulses(rate_hz: float = 500.0) -> Iterator[tuple[str, ImpulseTest]]:
    """Each filter with what it leaves of the impulse."""
    for item in filters():
        yield item.title, impulse_test(item.apply, rate_hz)


def levelled(signal: FloatArray, rate_hz: float) -> FloatArray:
    """As `mmae_core.intervals.baseline` levels a wandering lead."""
    filtered = zero_phase(LEVEL_HZ, "highpass", rate_hz)(signal.astype(np.float64), round(EDGE_S * rate_hz))
    return filtered.astype(np.float32)


def picture(rate_hz: float = 500.0) -> str:
    """Amplitude over frequency and the slow impulse, a row for each filter."""
    rows = [(item.title, item, item.apply) for item in filters()]
    parts = []
    for number, (title, item, apply) in enumerate(rows):
        top = 40 + 122 * number
        parts += _response(title, item, rate_hz, top)
        parts += _impulse(apply, rate_hz, top)
    height = 40 + 122 * len(rows)
    axis = "font-family='sans-serif' font-size='11' fill='#333'"
    return (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 790 {height}' width='790' height='{height}'>"
            f"<rect width='790' height='{height}' fill='#fff'/><g {axis}>"
            "<text x='20' y='16'>Amplitude left, %, over frequency (0.01 to 250 Hz)</text>"
            "<text x='400' y='16'>3 mV for 100 ms, from 2 s before to 2 s after; grey: 0.1 mV off</text>"
            + "".join(parts) + "</g></svg>\n")


def _points(item: Filter, rate_hz: float) -> str:
    if item.is_as_recorded:
        return "as recorded"
    if item.available(rate_hz):
        return "–"
    return " to ".join(f"{point:.3g}" for point in half_power_points_hz(item, rate_hz))


def _response(title: str, item: Filter, rate_hz: float, top: float) -> list[str]:
    frequencies = np.geomspace(0.01, 249.0, 300)
    if item.notch_hz is not None:
        frequencies = np.sort(np.concatenate((frequencies, item.notch_hz * np.linspace(0.95, 1.05, 41))))
    gain = gain_at(item, rate_hz, frequencies)
    x = 20 + 340 * np.log(frequencies / 0.01) / np.log(250 / 0.01)
    marks = "".join(f"<line x1='{at:.0f}' x2='{at:.0f}' y1='{top}' y2='{top + 80}' stroke='#ddd'/>"
                    f"<text x='{at:.0f}' y='{top + 93}' text-anchor='middle'>{hertz:g}</text>"
                    for hertz in (0.05, 0.5, 5, 50) for at in [20 + 340 * np.log(hertz / 0.01) / np.log(25_000)])
    half = top + 80 - 80 / np.sqrt(2)
    return [f"<text x='20' y='{top - 6}' font-weight='bold'>{title}</text>", marks,
            f"<line x1='20' x2='360' y1='{half:.1f}' y2='{half:.1f}' stroke='#bbb' stroke-dasharray='4 3'/>",
            _line(x, top + 80 - 80 * gain)]


def _impulse(apply: Apply, rate_hz: float, top: float) -> list[str]:
    times, left = impulse_response(apply, rate_hz)
    inside = np.abs(times) <= 2.0
    step = 5
    x, y = 400 + 85 * (times[inside][::step] + 2.0), top + 40 - 40 * np.clip(left[inside][::step], -1, 1)
    band = MOST_OFFSET_MV * 40
    return [f"<rect x='400' y='{top + 40 - band}' width='340' height='{2 * band}' fill='#e8e8e8'/>", _line(x, y)]


def _line(x: np.ndarray, y: np.ndarray) -> str:
    points = " ".join(f"{at:.1f},{high:.1f}" for at, high in zip(x, y, strict=True))
    return f"<polyline points='{points}' fill='none' stroke='#14507d' stroke-width='1.4'/>"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
