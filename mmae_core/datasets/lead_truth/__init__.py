"""Extracts which lead shows what from PTB-XL's reports, by rules for German, English and Swedish.

A lead that is not named is not proven normal, and a truncated report may name too few leads.
"""

from __future__ import annotations

from mmae_core.datasets.lead_truth.report_parser import LeadStatement, is_truncated, parse_report
from mmae_core.datasets.lead_truth.truth_table import read_lead_truth, truth_of_reports, write_lead_truth

__all__ = ["LeadStatement", "is_truncated", "parse_report", "read_lead_truth", "truth_of_reports", "write_lead_truth"]
