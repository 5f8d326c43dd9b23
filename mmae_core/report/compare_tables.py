"""A comparison as the two tables of the paper: rows of text, for Markdown and HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.metrics.detection import MIN_FOR_INTERVAL
from mmae_core.report.html_page import TOO_FEW, figure_text, with_interval
from mmae_core.report.published_figures import OTHERS, REMARK
from mmae_core.report.report_warnings import calibration_words, circular_words

Values = Mapping[str, Any]

TABLE_1 = (
    "method", "detection AUROC", "on records that all can score", "difference to {reference}, p (DeLong)",
    "localization, pooled AUROC", "localization, mean AUROC of records with a lesion",
    "difference to {reference}, pooled",
    "named leads (method's own score), n = {n_leads}", "difference to {reference}, named leads",
    "named leads (all that the paper shows), n = {n_leads}",
    "published detection", "published localization",
)
TABLE_2 = (
    "method", "parameters", "MACs a pass", "MACs a record", "training", "seconds a record", "needs R-peaks",
    "records without a score", "published parameters", "published MACs a record",
)


def header(names: Sequence[str], comparison: Values) -> list[str]:
    """Column names with the reference and the count of records with named leads filled in."""
    n_leads = comparison["data"].get("n_lead_common", 0)
    return [name.format(reference=comparison["reference"], n_leads=n_leads) for name in names]


def table_1(comparison: Values) -> list[list[str]]:
    """Detection, localization and named leads of each method, then of methods that are only published."""
    rows = [_accuracy(row) for row in comparison["methods"]]
    return rows + [
        [f"{other['name']} ({other['source']})", *["–"] * 9, _published(other, "detection"), "–"] for other in OTHERS
    ]


def _accuracy(row: Values) -> list[str]:
    against, mapped, mapped_against = row["against_reference"], row.get("localization"), row.get("localization_against")
    published = row["published"]
    return [
        row["name"],
        with_interval(row["detection"]["auroc"], row["detection"]["auroc_ci95"]),
        with_interval(row["detection_common"]["auroc"], row["detection_common"]["auroc_ci95"]),
        _difference(against) if against else "reference",
        with_interval(mapped["pooled_auroc"], mapped["pooled_auroc_ci95"]) if mapped else "–",
        with_interval(mapped["record_auroc"], mapped["record_auroc_ci95"]) if mapped else "–",
        _signed(mapped_against["pooled_auroc"]["difference"], mapped_against["pooled_auroc"]["difference_ci95"])
        if mapped_against else "–",
        *_lead_cells(row.get("leads"), is_reference=not against),
        _published(published, "detection"),
        _published(published, "localization"),
    ]


def _lead_cells(leads: Values | None, *, is_reference: bool) -> list[str]:
    if not leads:
        return ["–"] * 3
    against, paper = leads["against_reference"], leads["paper"]
    return [
        with_interval(leads["own"]["auroc"], leads["own"]["ci95"]),
        _signed(against["difference"], against["ci95"]) if against else "reference" if is_reference else "–",
        with_interval(paper["auroc"], paper["ci95"]) if paper else "–",
    ]


def _published(values: Values, task: str) -> str:
    """A published figure, with an asterisk where its checkpoint was chosen on the test set."""
    value = values.get(task)
    return figure_text(value) + ("*" if value is not None and values.get("selected_on_test") else "")


def table_2(comparison: Values) -> list[list[str]]:
    """Size, cost, time and what each method needs."""
    return [_cost(row) for row in comparison["methods"]]


def _cost(row: Values) -> list[str]:
    cost, published = row["cost"], row["published"]
    return [
        row["name"], millions(cost["parameters"]), giga(cost["macs_pass"]), giga(cost["macs_record"]),
        training_words(row["model"].get("trained_on") or {}), seconds_words(row["seconds"]["score"]),
        {True: "yes", False: "no"}.get(row["model"]["needs_r_peaks"], "–"),
        f"{row['not_scored']['n']} of {row['not_scored']['n_records']}",
        millions(published.get("parameters")), giga(published.get("macs_record")),
    ]


def reasons(comparison: Values) -> list[list[str]]:
    """Method, task, reason and count of all records without a score."""
    return [
        [row["name"], task, reason or "no reason given", str(count)]
        for row in comparison["methods"]
        for task, key in (("detection", "not_scored"), ("localization", "localization_not_scored"),
                          ("named leads", "leads_not_scored"))
        for reason, count in (row.get(key) or {"reasons": {}})["reasons"].items()
    ]


def notes(comparison: Values) -> list[str]:
    """Notes needed to judge the tables, a few sentences each."""
    data, machine, bootstrap = comparison["data"], comparison["machine"], comparison["bootstrap"]
    every = f", one record in {data['every']}" if data.get("every", 1) > 1 else ""
    timed = max((row["seconds"]["n_records"] for row in comparison["methods"]), default=0)
    load = "" if machine["load_average"] is None else f", load average {machine['load_average']:.1f} at the end"
    found = [
        f"Detection: {data['dataset']}, {fold_words(data['folds'])}{every}: {data['n_normal']:,} normal "
        f"and {data['n_abnormal']:,} abnormal records, of which {data['n_common']:,} could be scored by all "
        f"methods. 95-% intervals from {bootstrap['rounds']:,} bootstrap rounds, by {bootstrap['unit']}; differences "
        "are paired (DeLong et al. 1988) on the records that both methods could score.",
    ]
    if data["n_lesion_records"]:
        found.append(
            f"Localization: {lesion_words(data)}; the pooled figure counts all their points, the mean is of those with "
            "a lesion; maps of every method "
            "are cropped to 0.2..9.8 s and smoothed with a Gaussian of 30 ms, as the benchmark does it; no point is "
            "adjusted; intervals and differences by record bootstrap."
        )
    if data.get("n_lead_records"):
        found.append(lead_note(comparison))
    if any(TOO_FEW in cell for row in table_1(comparison) for cell in row):
        found.append(f"{TOO_FEW}: an interval needs {MIN_FOR_INTERVAL} normal and {MIN_FOR_INTERVAL} abnormal records, "
                     f"{MIN_FOR_INTERVAL} records with a lesion, or {MIN_FOR_INTERVAL} patients with named leads.")
    found += given_notes(comparison)
    if timed:
        found += _cost_notes(comparison, timed, load)
    circular: dict[str, list[str]] = {}
    for row in comparison["methods"]:
        for words in circular_words(data.get("truth") or {"found_by_model": 0}, row["model"].get("sha256")):
            circular.setdefault(words, []).append(row["name"])
    found += [f"Localization of {', '.join(names)}: {words}" for words, names in circular.items()]
    for folds in sorted({tuple(row.get("folds_calibrated_on") or ()) for row in comparison["methods"]} - {()}):
        names = [row["name"] for row in comparison["methods"] if tuple(row.get("folds_calibrated_on") or ()) == folds]
        found.append(calibration_words(", ".join(names), list(folds)))
    trained = [
        f"{row['name']} on {fold_words(shared)}" for row in comparison["methods"]
        if (shared := sorted(set((row["model"].get("trained_on") or {}).get("folds") or ()) & set(data["folds"])))
    ]
    if trained:
        found.append(f"Trained on records that are compared here: {'; '.join(trained)}. Their figures say nothing "
                     "about new records.")
    found.append(f"* {REMARK}")
    return found


def given_notes(comparison: Values) -> list[str]:
    """What must be known of scores that were given in files."""
    found = list(dict.fromkeys(
        words for row in comparison["methods"] for words in row.get("said_of_scores") or ()))
    given = [row for row in comparison["methods"] if row["model"].get("scores_from")]
    if unknown := [row["name"] for row in given if not row["model"].get("trained_on")]:
        found.append(f"From files, by methods that did not run here: {', '.join(unknown)}. What they were trained, "
                     "tuned or chosen on is not known here.")
    return found + [
        f"The AUROC of {row['name']} is below 0.5: its scores rank normal records above abnormal ones. Higher must "
        "mean more abnormal; nothing was turned round." for row in given if row["detection"]["auroc"] < 0.5
    ]


def _cost_notes(comparison: Values, timed: int, load: str) -> list[str]:
    """How seconds, multiply-accumulates and parameters were counted."""
    machine = comparison["machine"]
    return [
        f"Seconds: median (quartiles) of {timed:,} records, scored one at a time in one process with "
        f"{machine['threads']} thread(s), the methods taking turns; reading and filtering not counted. "
        f"{machine['processor']}, {machine['cores']} cores{load}. Training time is that of each method's own run.",
        "MACs count as each method's authors count them, for all passes that the published method makes. "
        "Parameters are all learnt numbers; the 0.398 M that are published of MMAE-ECG leave out tokens and "
        "positional embeddings.",
    ]


def filled(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """A table without the columns that hold nothing in any row."""
    kept = [place for place in range(len(names)) if any(row[place] != "–" for row in rows)]
    return [names[place] for place in kept], [[row[place] for place in kept] for row in rows]


def lead_note(comparison: Values) -> str:
    """Explanation of the columns of named leads, with the number of records."""
    data = comparison["data"]
    layers: dict[str, list[str]] = {}
    for row in comparison["methods"]:
        if row["leads"]:
            layers.setdefault(row["leads"]["layer"], []).append(row["name"])
    own = "; ".join(f"{layer}: {', '.join(names)}" for layer, names in layers.items())
    every = f", one record in {data['every']}" if data.get("every", 1) > 1 else ""
    return (
        f"Named leads: do leads that a record's report names rank above its other leads (aVR left out unless named)? "
        f"{data['dataset']}, {fold_words(data['folds'])}{every}: {data['n_lead_records']:,} records whose "
        f"report names some leads, of which {data['n_lead_common']:,} could be ranked by all methods; mean of their "
        f"AUROCs, intervals by patient, differences on the same records. A method's own score of a lead ({own}) stands "
        "beside all that the viewer's paper shows with that model: named departures, its map, own beats."
    )


def lesion_words(data: Values) -> str:
    """How many records there are, and of which set: `90 records, 60 with lesions and 30 without`."""
    every = f", one record in {data['every']}" if data.get("every", 1) > 1 else ""
    total, count = data["n_lesion_records"], data["n_with_lesion"]
    counts = f"{total:,} {'record' if total == 1 else 'records'}, {count:,} with lesions and {total - count:,} without"
    return f"{counts} ({data.get('lesions_are') or data['lesions']}{every})"


def comparison_markdown(comparison: Values) -> str:
    """Both tables, the reasons and the notes."""
    parts = [
        "# Comparison of methods", f"`{comparison['command']}`" if comparison.get("command") else "",
        "Research use only. Not a medical device, not for diagnosis.",
        "## Table 1: detection and localization", _table(*filled(header(TABLE_1, comparison), table_1(comparison))),
        "## Table 2: size, cost, needs", _table(*filled(header(TABLE_2, comparison), table_2(comparison))),
    ]
    if why := reasons(comparison):
        parts += ["## Records without a score", _table(["method", "task", "reason", "records"], why)]
    return "\n\n".join([part for part in parts if part] + ["\n".join(f"- {note}" for note in notes(comparison))]) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def millions(count: float | None) -> str:
    """Parameters in millions."""
    return "–" if not count else f"{count / 1e6:.3f} M"


def giga(count: float | None) -> str:
    """Multiply-accumulates in thousands of millions."""
    return "–" if not count else f"{count / 1e9:.3f} G" if count >= 1e6 else f"{count / 1e9:.2g} G"


def seconds_words(seconds: Values | None) -> str:
    """Median and quartiles."""
    if not seconds:
        return "–"
    return f"{seconds['median']:.3g} ({seconds['quartile_low']:.3g}–{seconds['quartile_high']:.3g})"


def training_words(trained: Values) -> str:
    """How long and where a method was trained, as far as its run states it."""
    if not trained:
        return "not known"
    words = []
    if trained.get("seconds"):
        hours = trained["seconds"] / 3600
        words.append(f"{hours:.2f} h" if hours >= 0.1 else f"{trained['seconds'] / 60:.1f} min")
    if trained.get("epochs"):
        words.append(f"{trained['epochs']} epochs")
    if trained.get("device"):
        words.append(str(trained["device"]))
    return ", ".join(words) or "not known"


def _difference(against: Values) -> str:
    words = _signed(against["difference"], against["difference_ci95"])
    return words if against["p_value"] is None else f"{words}, p = {against['p_value']:.2g}"


def _signed(value: float | None, bounds: Sequence[float | None] | None) -> str:
    if value is None:
        return "–"
    low, high = bounds or (None, None)
    if low is None or high is None:
        return f"{value:+.3f} ({TOO_FEW})".replace("-", "−")
    return f"{value:+.3f} ({low:+.3f} to {high:+.3f})".replace("-", "−")
