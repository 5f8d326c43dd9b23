"""The time of day in a recording whose file states when it began. Days are counted; no date is ever said."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.record import EcgRecord

DAY_S = 86400.0


@dataclass(frozen=True)
class Clock:
    """Turns seconds of a recording into times of day."""

    start_s: float
    """When the recording began, in seconds from midnight."""

    @classmethod
    def of(cls, record: EcgRecord) -> Clock | None:
        """The clock of a recording; None where its file states no time."""
        start = record.start_time
        if start is None:
            return None
        return cls(3600.0 * start.hour + 60.0 * start.minute + start.second + start.microsecond / 1e6)

    def day(self, time_s: float, decimals: int = 0) -> int:
        """1 on the day on which the recording began, 2 after midnight."""
        return int(round(self.start_s + time_s, decimals) // DAY_S) + 1

    def text(self, time_s: float, decimals: int = 0) -> str:
        """`02:14:05`, with decimals `02:14:05.5`."""
        hours, rest = divmod(round(self.start_s + time_s, decimals) % DAY_S, 3600)
        minutes, seconds = divmod(rest, 60)
        width = 3 + decimals if decimals else 2
        return f"{int(hours):02d}:{int(minutes):02d}:{seconds:0{width}.{decimals}f}"
