"""What of a recording's signal may be judged, by what its file and its device state of it."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.messages import Message
from mmae_core.readers.device_filters import MIN_HIGH_PASS_HZ, high_pass_hz
from mmae_core.record import AMPLITUDE_DOUBTS, EcgRecord

ST_QUANTITIES = ("j_mv", "st_j40_mv", "st_j60_mv", "st_j80_mv", "st_slope_mv_s")
"""What a high-pass moves most: the height of a level between two waves."""
VOLTAGE_UNITS = frozenset({"mV", "mV ms", "mV/s"})


@dataclass(frozen=True)
class Carried:
    """Reasons for what is not measured, or measured and not compared; None where there is no objection."""

    st_refused: Message | None = None
    """Why ST is not measured at all."""
    amplitudes_doubted: Message | None = None
    """Why voltages are measured and not compared with normals."""


EVERYTHING = Carried()
"""Nothing is known against the signal."""


def carried_by(record: EcgRecord) -> Carried:
    """What the files of a recording say against judging its ST or its voltages; reads nothing.

    ST is refused from a high-pass of 0.5 Hz on (AHA/ACC/HRS 2007, Circulation 115:1306), the limit from which the
    reader of the file raises a doubt.
    """
    high_pass = high_pass_hz(record.device)
    refused = None
    if high_pass is not None and high_pass >= MIN_HIGH_PASS_HZ:
        refused = Message("ST is not measured: the device states a high-pass of {hz:g} Hz, which moves it from "
                          "{limit:g} Hz on", hz=high_pass, limit=MIN_HIGH_PASS_HZ)
    doubted = None
    if any(getattr(doubt, "template", doubt) in AMPLITUDE_DOUBTS for doubt in record.doubts):
        doubted = Message("voltages are not compared with normal ECGs: the amplitudes of the file are doubtful")
    return Carried(refused, doubted)
