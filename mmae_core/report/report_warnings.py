"""Warnings about the figures of a report, for the console, the JSON and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmae_core.config_arguments import fold_words


def warnings_of(report: Mapping[str, Any]) -> list[str]:
    """Warnings, the gravest first; empty if the report's data give no reason for one."""
    data, model = report["data"], report["model"]
    found = []
    if trained := data.get("folds_trained_on"):
        found.append(f"The model was trained on normals of {fold_words(trained)}, which are evaluated here: these "
                     "figures say nothing about new records.")
    elif known := data.get("n_records_trained_on"):
        found.append(f"{known:,} of the records that are evaluated here were trained on, as the model's card names "
                     "them: these figures flatter.")
    if calibrated := data.get("folds_calibrated_on"):
        found.append(calibration_words(str(model["name"]), calibrated))
    found += given_words(report)
    if truth := data.get("truth"):
        found += circular_words(truth, model.get("sha256"))
    return found


def calibration_words(name: str, folds: list[int]) -> str:
    """Warning that a model is evaluated on folds that calibrate it."""
    return (f"The normals of {fold_words(folds)}, which are evaluated here, also calibrate the percentiles and "
            f"p-values of {name}. Where such folds also chose the model (parts, floors, schedule: of the bundled "
            "models fold 9 did), these figures flatter.")


def circular_words(truth: Mapping[str, Any], sha256: str | None) -> list[str]:
    """Warning that a model drew lesions, whose borders are then its own; empty if none did."""
    by_model = truth["found_by_model"]
    if not by_model:
        return []
    words = (f"Positive stretches: {by_model:,} drawn by a model and confirmed by a person, {truth['by_hand']:,} "
             "marked by hand.")
    models = truth.get("models") or {}
    if not models:
        return [f"{words} Truth drawn from a model's own findings, with its own borders, flatters that model."]
    own = models.get(sha256, 0)
    if not own:
        return [f"{words} None of them was drawn by this model; truth drawn from the findings of another one favours "
                "whatever resembles that."]
    return [f"{words} This model itself drew {own:,}, with its own borders: truth drawn from its findings "
            "flatters this model, and what it missed is lesion only where somebody marked it by hand."]


def given_words(report: Mapping[str, Any]) -> list[str]:
    """Warnings about scores or maps that were given; empty if the method ran here."""
    data, model = report["data"], report["model"]
    found = [*(data.get("said_of_scores") or ()),
             *report.get("named_leads", {}).get("data", {}).get("said_of_scores", ())]
    for one in (report, *report.get("others", ())):
        auroc = _auroc(one)
        if _is_given(one["model"]) and auroc is not None and auroc < 0.5:
            found.append(f"The AUROC of {one['model']['name']} is {auroc:.3f}, below 0.5: what is normal ranks above "
                         "what is not. Higher must mean more abnormal; nothing was turned round.")
    if _is_given(model) and not model.get("trained_on"):
        found.append(f"What {model['name']} gave was read from files. What it was trained, tuned or chosen on is not "
                     "known here: these are figures of new records only if none of these records took part.")
    return found


def _is_given(model: Mapping[str, Any]) -> bool:
    return bool(model.get("scores_from") or model.get("maps_from"))


def _auroc(report: Mapping[str, Any]) -> float | None:
    """The main figure of a report of any kind."""
    if "detection" in report:
        found = report["detection"]["auroc"]
    elif "localization" in report:
        found = report["localization"]["pooled_auroc"]
    else:
        found = report.get("leads", {}).get("any", {}).get("auroc")
    return None if found is None else float(found)
