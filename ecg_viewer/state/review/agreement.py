"""How far readers agree with each other and with the program: decisions on recordings, on findings, and stretches."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecg_viewer.state.review.events import Event, now_text
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.review.review import RecordReview, fold
from mmae_core import __version__
from mmae_core.metrics.agreement import (
    ROUNDS,
    Estimate,
    Label,
    cohen_kappa,
    estimate,
    fleiss_kappa,
    krippendorff_alpha,
    overlap_iou,
)
from mmae_core.record import STANDARD_LEADS

HIGH_PERCENTILE = 95.0
"""From here on the program's percentile of a recording counts as "departs"."""
NOT_COMPARED = "too few answers of both, or all answers the same"


@dataclass(frozen=True)
class RecordReads:
    """One recording as all readers left it."""

    record: str
    reviews: Mapping[str, RecordReview] = field(default_factory=dict)
    """By reader."""

    def read(self, reader: str, which: str) -> Read | None:
        """A reader's `first` decision, or the `last`."""
        review = self.reviews.get(reader)
        reads = None if review is None else review.reads.get(reader)
        return None if reads is None else reads.first if which == "first" else reads.last

    def has_looked(self, reader: str) -> bool:
        """Whether the reader decided anything about it."""
        review = self.reviews.get(reader)
        if review is None:
            return False
        return bool(review.judgements or review.own or review.reads) or review.marked is not None

    def spans(self, reader: str) -> dict[str, list[tuple[float, float]]]:
        """Lead x time that a reader marked or confirmed."""
        review = self.reviews.get(reader)
        found: dict[str, list[tuple[float, float]]] = {}
        if review is not None:
            for own in review.own.values():
                for lead in own.leads or STANDARD_LEADS:
                    found.setdefault(lead, []).append((own.start_s, own.end_s))
            for name, judgement in review.judgements.items():
                if judgement.state == "confirmed":
                    found.setdefault(name.lead, []).append((name.start_s, name.end_s))
        return found

    def decisions(self) -> list[dict[str, str]]:
        """For each finding that two readers decided about, their decisions by reader."""
        names = dict.fromkeys(name for review in self.reviews.values() for name in review.judgements)
        found, seen = [], set()
        for name in names:
            if name in seen:
                continue
            answers = {}
            for reader, review in self.reviews.items():
                judgement = review.judgement_of(name)
                if judgement.state != "unreviewed":
                    answers[reader] = str(judgement.state)
                    seen.add(judgement.finding)
            if len(answers) > 1:
                found.append(answers)
        return found

    def model_spans(self) -> dict[str, list[tuple[float, float]]] | None:
        """What the program marked: as shown at a second read, else the findings that readers decided about; None if
        neither is known.
        """
        found: dict[str, list[tuple[float, float]]] = {}
        for reader in self.reviews:
            read = self.read(reader, "last")
            regions = None if read is None or read.model is None else read.model.get("regions")
            if isinstance(regions, list):
                for place in map(_region, regions):
                    if place is not None:
                        found.setdefault(place[0], []).append(place[1:])
                return found
        for review in self.reviews.values():
            for name in review.judgements:
                found.setdefault(name.lead, []).append((name.start_s, name.end_s))
        return found or None

    def model_call(self) -> str | None:
        """`departs` or `normal` by the program's percentile as shown at a second read; None if none was."""
        for reader in self.reviews:
            read = self.read(reader, "last")
            if read is not None and read.model is not None and isinstance(read.model.get("percentile"), int | float):
                return "departs" if read.model["percentile"] >= HIGH_PERCENTILE else "normal"
        return None


def _region(values: Any) -> tuple[str, float, float] | None:
    """Lead, begin and end of what `model_payload` kept; None if another program wrote something else."""
    try:
        lead, start_s, end_s, *_ = values
        return str(lead), float(start_s), float(end_s)
    except (TypeError, ValueError):
        return None


def records_of(events: Iterable[Event]) -> list[RecordReads]:
    """All recordings of a journal by SHA-256, each reader's part by itself; `Journal.all_events` gives the events."""
    grouped: dict[str, dict[str, list[Event]]] = {}
    for event in events:
        if event.kind not in ("seen", "linked", "merged", "study_read", "adjudicated"):
            grouped.setdefault(event.record, {}).setdefault(event.reviewer, []).append(event)
    return [RecordReads(record, {reader: fold(found) for reader, found in by_reader.items()})
            for record, by_reader in sorted(grouped.items())]


def agreement(events: Iterable[Event], *, rounds: int = ROUNDS) -> dict[str, Any]:
    """Every figure as JSON values, with 95-% intervals over resampled recordings."""
    records = records_of(events)
    readers = sorted({reader for record in records for reader in record.reviews})
    firsts = [reads for record in records for reader, review in record.reviews.items()
              for reads in (review.reads.get(reader),) if reads is not None and reads.first is not None]
    n_seen = sum(not reads.is_blinded for reads in firsts)
    return {
        "format": "ecg-viewer agreement", "format_version": 1, "program_version": __version__, "created": now_text(),
        "use": "Research use only - not for diagnosis", "readers": readers, "n_recordings": len(records),
        "bootstrap_rounds": rounds,
        "n_first_reads": len(firsts), "n_first_reads_not_blinded": n_seen,
        "first_reads": _of_labels(records, readers, _reads(records, readers, "first"), rounds),
        "last_reads": _of_labels(records, readers, _reads(records, readers, "last"), rounds),
        "findings": _of_labels(records, readers, [
            [[answers.get(reader) for reader in readers] for answers in record.decisions()] for record in records
        ], rounds),
        "stretches": _of_stretches(records, readers, rounds),
        "with_the_model": _with_the_model(records, readers, rounds),
        "notes": [
            *([f"{n_seen:,} of {len(firsts):,} first reads are not blinded: results had been on the screen before. "
               "They are counted with the others."] if n_seen else []),
            "Cannot tell is a label of its own. Findings are those that at least two readers decided about.",
            "Stretches are lead x time of a reader's own and confirmed findings, in recordings that both readers "
            "decided anything about and at least one marked something in.",
            "The model's stretches are those shown at a second read, else the findings that readers decided about; its "
            f"call is departs from the {HIGH_PERCENTILE:g}th percentile on, as shown at a second read.",
        ],
    }


Units = Sequence[Sequence[Sequence[Label | None]]]
"""For each recording its units, each with the readers' labels in the order of the readers."""


def _reads(records: Sequence[RecordReads], readers: Sequence[str], which: str) -> Units:
    units = []
    for record in records:
        found = [record.read(reader, which) for reader in readers]
        units.append([[None if read is None else read.decision for read in found]])
    return units


def _of_labels(
    records: Sequence[RecordReads], readers: Sequence[str], units: Units, rounds: int
) -> dict[str, Any]:
    kept = [recording for recording in units if any(label is not None for unit in recording for label in unit)]
    pairs = []
    for one, other in itertools.combinations(range(len(readers)), 2):
        both = [[(unit[one], unit[other]) for unit in recording if unit[one] is not None and unit[other] is not None]
                for recording in kept]
        both = [recording for recording in both if recording]

        def kappa(rows: Sequence[int], both: Sequence[Sequence[tuple[Label | None, Label | None]]] = both) -> float:
            return cohen_kappa(pair for row in rows for pair in both[row])

        pairs.append({"readers": [readers[one], readers[other]], "n": sum(map(len, both)),
                      "cohen_kappa": _document(estimate(kappa, len(both), rounds=rounds, why_none=NOT_COMPARED))})
    answering = [place for place in range(len(readers))
                 if any(unit[place] is not None for recording in kept for unit in recording)]
    complete = [[unit for unit in ([unit[place] for place in answering] for unit in recording) if None not in unit]
                for recording in kept] if len(answering) > 1 else []
    complete = [recording for recording in complete if recording]

    def fleiss(rows: Sequence[int]) -> float:
        return fleiss_kappa(unit for row in rows for unit in complete[row])

    def alpha(rows: Sequence[int]) -> float:
        return krippendorff_alpha(unit for row in rows for unit in kept[row])

    return {
        "n_recordings": len(kept), "n_units": sum(map(len, kept)), "pairs": pairs,
        "fleiss_kappa": _document(estimate(fleiss, len(complete), rounds=rounds, why_none=NOT_COMPARED)),
        "krippendorff_alpha": _document(estimate(alpha, len(kept), rounds=rounds, why_none=NOT_COMPARED)),
    }


def _of_stretches(records: Sequence[RecordReads], readers: Sequence[str], rounds: int) -> dict[str, Any]:
    pairs = []
    for one, other in itertools.combinations(readers, 2):
        shared = [overlap_iou(record.spans(one), record.spans(other)) for record in records
                  if record.has_looked(one) and record.has_looked(other)]
        pairs.append({"readers": [one, other], "iou": _document(_mean(_known(shared), rounds))})
    return {"pairs": pairs}


def _with_the_model(records: Sequence[RecordReads], readers: Sequence[str], rounds: int) -> dict[str, Any]:
    """Human and model beside human and human: the same recordings, so that the two can be set against each other."""
    rows: list[tuple[float, float]] = []
    for record in records:
        model = record.model_spans()
        looked = [reader for reader in readers if record.has_looked(reader)]
        if model is None or len(looked) < 2:
            continue
        human = _known(overlap_iou(record.spans(one), record.spans(other))
                       for one, other in itertools.combinations(looked, 2))
        with_model = _known(overlap_iou(record.spans(reader), model) for reader in looked)
        if human and with_model:
            rows.append((sum(with_model) / len(with_model), sum(human) / len(human)))

    def ratio(drawn: Sequence[int]) -> float:
        humans = sum(rows[row][1] for row in drawn)
        return sum(rows[row][0] for row in drawn) / humans if humans > 0 else math.nan

    calls = [(record, record.model_call()) for record in records]
    kappas = []
    for reader in readers:
        pairs = [(read.decision, call) for record, call in calls for read in (record.read(reader, "first"),)
                 if read is not None and call is not None and read.decision != "unsure"]

        def kappa(drawn: Sequence[int], pairs: Sequence[tuple[Label, Label]] = pairs) -> float:
            return cohen_kappa(pairs[row] for row in drawn)

        kappas.append({"reader": reader,
                       "cohen_kappa": _document(estimate(kappa, len(pairs), rounds=rounds, why_none=NOT_COMPARED))})
    return {
        "human_model_iou": _document(_mean([row[0] for row in rows], rounds)),
        "human_human_iou": _document(_mean([row[1] for row in rows], rounds)),
        "human_model_over_human_human": _document(estimate(
            ratio, len(rows), rounds=rounds,
            why_none="no recordings that two readers and the model can be compared in")),
        "first_reads": kappas,
    }


def _known(values: Iterable[float]) -> list[float]:
    return [value for value in values if not math.isnan(value)]


def _mean(values: Sequence[float], rounds: int) -> Estimate:
    mean: Callable[[Sequence[int]], float] = lambda rows: sum(values[row] for row in rows) / len(rows)  # noqa: E731
    return estimate(mean, len(values), rounds=rounds, why_none="no recordings in which both could be compared")


def _document(found: Estimate) -> dict[str, Any]:
    known = not math.isnan(found.value)
    return {
        "value": round(found.value, 6) if known else None,
        "interval": None if found.low is None or found.high is None else [round(found.low, 6), round(found.high, 6)],
        "n": found.n_units, "why_none": "" if known else found.why_none,
    }


def agreement_lines(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What is compared, between whom, and the figure with its interval: for a table."""
    lines = []
    for key, title in (("first_reads", "first reads"), ("last_reads", "last reads"), ("findings", "findings")):
        part = document[key]
        for pair in part["pairs"]:
            lines.append((f"Cohen's kappa, {title}", " – ".join(pair["readers"]), figure(pair["cohen_kappa"])))
        if len(document["readers"]) > 1:
            lines.append((f"Fleiss' kappa, {title}", "all", figure(part["fleiss_kappa"])))
            lines.append((f"Krippendorff's alpha, {title}", "all", figure(part["krippendorff_alpha"])))
    for pair in document["stretches"]["pairs"]:
        lines.append(("IoU of lead x time", " – ".join(pair["readers"]), figure(pair["iou"])))
    model = document["with_the_model"]
    lines.append(("IoU of lead x time", "readers – model", figure(model["human_model_iou"])))
    lines.append(("IoU of lead x time", "readers – readers, same recordings", figure(model["human_human_iou"])))
    lines.append(("readers – model over readers – readers", "all", figure(model["human_model_over_human_human"])))
    lines += [("Cohen's kappa, first reads", f"{item['reader']} – model", figure(item["cohen_kappa"]))
              for item in model["first_reads"]]
    return lines


def figure(found: Mapping[str, Any]) -> str:
    """`0.612 (0.401 to 0.780), n = 40`, `0.612 (too few for an interval), n = 7`, or why there is none."""
    if found["value"] is None:
        return f"– ({found['why_none']})"
    interval = found["interval"]
    span = "too few for an interval" if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"
    return f"{found['value']:.3f} ({span}), n = {found['n']}"
