"""Representative beats of XML recordings, kept apart from the recording."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.lead_names import standard_lead
from mmae_core.readers.xml.samples import DecodedChannel, side_by_side
from mmae_core.record import AverageBeats


def average_beats(
    decode: Callable[[], tuple[Sequence[DecodedChannel], float]], note: str
) -> AverageBeats | None:
    """Beats from (channels in mV, rate in Hz) as `decode` gives them.

    None if there are none or if they are damaged: the recording stands without them.
    """
    try:
        channels, rate_hz = decode()
        channels = [channel for channel in channels if channel.unit == "mV"]
        signal, _ = side_by_side(channels, "the average beat")
    except (UnreadableRecord, UnsupportedRecord):
        return None
    names = tuple(standard_lead(channel.name, channel.code) or channel.name for channel in channels)
    return AverageBeats(names, rate_hz, signal, note)
