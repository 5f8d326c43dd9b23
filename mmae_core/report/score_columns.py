"""The columns of the tables of `mmae_core score`."""

from __future__ import annotations

from mmae_core.report.layer_columns import FACT_COLUMNS, MEASURED_COLUMNS, UNITS

COLUMNS = (
    "record", "start_s", "score", "percentile", "p_value", "windows", "quality", "reliable", "assessable_leads",
    "quality_notes", *FACT_COLUMNS, *MEASURED_COLUMNS, "error", "model", "model_sha256",
)
SUMMARY_COLUMNS = (
    "record", "windows", "reliable_windows", "windows_with_percentile", "strongest_percentile", "strongest_start_s",
    "share_above_90", "lowest_quality", "notes", *FACT_COLUMNS, *MEASURED_COLUMNS, "error", "model", "model_sha256",
)
"""A row a recording. `reliable_windows` are those whose row in the other table says so, `windows_with_percentile` those
of them that have one: the strongest percentile, where it begins and the share above the 90th are of these. `notes` says
why there is none. Findings are those of all windows, the same in several counted once; measurements are medians."""
TABLE_TYPES: dict[str, type] = {
    **dict.fromkeys(
        ("start_s", "score", "percentile", "p_value", "quality", "strongest_finding_percentile", "strongest_percentile",
         "strongest_start_s", "share_above_90", "lowest_quality", *UNITS), float),
    **dict.fromkeys(("windows", "n_findings", "reliable_windows", "windows_with_percentile"), int),
    "reliable": bool,
}
"""What the cells of both tables' columns stand for; those that are not named hold text."""
