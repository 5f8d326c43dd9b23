"""Which stretch of the recording each column of leads shows."""

from __future__ import annotations

MARGIN_SHARE = 0.15
"""Distance from the column's edge, as a share of the free space, of an interval that cannot be centred."""


def column_stretch_s(
    column: int | None, n_columns: int, start_s: float, visible_s: float, duration_s: float
) -> tuple[float, float]:
    """Times at the edges of a column, or of what runs across the whole width (`column` is None).

    Columns follow one another from `start_s` on, and share what there is of a recording shorter than the paper; the
    rest is the last one's. None of them goes beyond the recording's beginning and end as long as there is enough of it.
    """
    shared_s = min(visible_s, duration_s)
    if column is None:
        left_s, width_s, least_s = 0.0, visible_s, visible_s
    else:
        least_s = shared_s / max(1, n_columns)
        left_s = least_s * column
        width_s = visible_s - left_s if column == n_columns - 1 else least_s
    first_s = max(0.0, min(start_s + left_s, duration_s - least_s))
    return first_s, first_s + width_s


def start_to_show_s(
    interval_s: tuple[float, float], shown_s: tuple[float, float], left_s: float, last_start_s: float
) -> float | None:
    """Where the paper must start for a column to show an interval; None if it does.

    The interval comes to the column's middle, or its start to the column's edge if it is longer; of such a one half a
    column is enough. `shown_s` is what the column shows, `left_s` how far it is from the paper's left edge,
    `last_start_s` where the paper starts when it shows the recording's end.
    """
    start_s, end_s = interval_s
    width_s = shown_s[1] - shown_s[0]
    spare_s = width_s - (end_s - start_s)
    visible_s = min(end_s, shown_s[1]) - max(start_s, shown_s[0])
    if visible_s >= (end_s - start_s if spare_s >= 0 else width_s / 2):
        return None
    if spare_s < 0:
        return start_s - left_s
    wanted_s, margin_s = start_s - left_s - spare_s / 2, spare_s * MARGIN_SHARE
    if wanted_s < 0:  # no further before the recording than a column needs
        return min(0.0, start_s - left_s - margin_s)
    if wanted_s > last_start_s:
        return max(last_start_s, start_s - left_s - spare_s + margin_s)
    return wanted_s
