"""What a device's own filters mean for the ECG: which of them raise a doubt.

The limits follow the recommendations (Kligfield et al. 2007, Circulation 115:1306): a high-pass of 0.05 Hz keeps ST
segments where they are, a higher one only if it is without phase, which no file states. A low-pass of 40 Hz is a
monitor's; 150 Hz is recommended.
"""

from __future__ import annotations

import re

from mmae_core.messages import Message
from mmae_core.record import Device

MIN_HIGH_PASS_HZ = 0.5
MAX_LOW_PASS_HZ = 40.0
_FREQUENCY = r"[ :=]*(\d{1,5}(?:\.\d{1,6})?) ?Hz"
_HIGH_PASS = re.compile(r"\b(?:high[- ]?pass|HP)" + _FREQUENCY, re.IGNORECASE)
_LOW_PASS = re.compile(r"\b(?:low[- ]?pass|LP)" + _FREQUENCY, re.IGNORECASE)
"""As the readers write them (`high-pass 0.05 Hz`) and as EDF prescribes them (`HP:0.05Hz`)."""


def high_pass_hz(device: Device | None) -> float | None:
    """The strictest high-pass that a device states, in Hz; None if it states none."""
    filters = device.filters if device is not None else ()
    return max((float(found[1]) for text in filters for found in _HIGH_PASS.finditer(text)), default=None)


def filter_doubts(device: Device | None) -> tuple[Message, ...]:
    """Doubts about ST segments and narrow waves, by the filters that a device states; the strictest of each kind."""
    filters = device.filters if device is not None else ()
    high_pass = high_pass_hz(device)
    low_pass = [float(found[1]) for text in filters for found in _LOW_PASS.finditer(text) if float(found[1]) > 0]
    doubts = []
    if high_pass is not None and high_pass >= MIN_HIGH_PASS_HZ:
        doubts.append(Message("The device states a high-pass of {hz:g} Hz. From 0.5 Hz on it may move ST segments: do "
                              "not judge ST by them.", hz=high_pass))
    if low_pass and min(low_pass) <= MAX_LOW_PASS_HZ:
        doubts.append(Message("The device states a low-pass of {hz:g} Hz. Notches and narrow waves may be missing and "
                              "QRS be lower than it was.", hz=min(low_pass)))
    return tuple(doubts)
