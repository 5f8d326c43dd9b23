"""The part of a detection report's page on devices, sites and noted noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmae_core.report.html_page import paragraph, percent, table, with_interval

Values = Mapping[str, Any]


def strata(report: Values) -> str:
    """Figures within groups, by device and site, and the notes on noise against the quality rules."""
    parts = []
    if within := report.get("within"):
        rows = [[f"within {name}", f"{found['n_groups']}", f"{found['n_normal']:,}", f"{found['n_abnormal']:,}",
                 with_interval(found["auroc"], found["auroc_ci95"])] for name, found in within.items()]
        rows += [[f"{key} {name}", "1", f"{found['n_normal']:,}", f"{found['n_abnormal']:,}",
                  with_interval(found["detection"]["auroc"], found["detection"]["auroc_ci95"])]
                 for key in ("device", "site") for name, found in report.get(key, {}).items() if found["detection"]]
        parts.append(table(["pairs compared", "groups", "normal", "abnormal", "AUROC"], rows))
        parts.append(paragraph(
            "Within a group a normal record is compared only with abnormal ones of the same device, site, age band or "
            "sex: a method that told devices apart would gain nothing. Intervals draw patients.", muted=True))
    if noise := report.get("noise"):
        rows = [[name.replace("_", " "), f"{found['n_noted']:,}",
                 with_interval(found["quality_auroc"], found["quality_auroc_ci95"]),
                 percent(found["suspected"]["share"]), percent(found["poor"]["share"]),
                 "–" if found["detection"]["detection"] is None
                 else with_interval(found["detection"]["detection"]["auroc"],
                                    found["detection"]["detection"]["auroc_ci95"])]
                for name, found in noise.items()]
        parts.append(table(
            ["noted by PTB-XL's readers", "records", "AUROC of the quality rules against records without a note",
             "quality not good", "quality poor", "AUROC of detection among them"], rows))
    return "".join(parts)
