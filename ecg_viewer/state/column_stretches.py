"""Which stretch of the recording each column of leads shows."""

from __future__ import annotations


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
