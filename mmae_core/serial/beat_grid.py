"""The grid that average beats are compared on: its parts, and where each wave lies."""

from __future__ import annotations

from mmae_core.departures.results import Wave

BEFORE_S, AFTER_S = 0.28, 0.12
"""How long before the QRS the grid begins, and after T ends."""
N_BEFORE, N_QRS, N_ST_T, N_AFTER = 56, 24, 72, 12
"""Points of its four parts: 5 ms, about 4 ms, about 4 ms and 10 ms apart."""
N_POINTS = N_BEFORE + N_QRS + N_ST_T + N_AFTER
ST_SHARE = 0.3
"""Share of the stretch from J to the end of T that is called ST; in most beats 80 to 100 ms."""
PARTS: dict[Wave, slice] = {
    "P": slice(0, N_BEFORE),
    "QRS": slice(N_BEFORE, N_BEFORE + N_QRS),
    "ST": slice(N_BEFORE + N_QRS, N_BEFORE + N_QRS + round(ST_SHARE * N_ST_T)),
    "T": slice(N_BEFORE + N_QRS + round(ST_SHARE * N_ST_T), N_BEFORE + N_QRS + N_ST_T),
}
"""Where each wave lies on the grid; what follows T has no name."""
