"""What is known to be abnormal in a recording, as boxes: planted or annotated lesions, marked beats, a reviewer's
findings.

Five sources are read: stretches in an annotation file `.lesion` (`mmae_core synthesize` writes it), beats of other
annotation files that are not normal, their rhythm episodes, the label array beside the published benchmark's
recordings, and findings that a reviewer has confirmed or added.

A rhythm episode says that a rhythm lasted, not which points of the trace depart. It is a box like others where boxes
are counted: hit if any finding touches it, and no finding within it is a false alarm. Where points are counted (AUROC)
its points are left out, unless another box says that they are abnormal (`unknown_mask`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.review.review import Judgement, OwnFinding
from ecg_viewer.state.words.language import translatable
from mmae_core.record import STANDARD_LEADS, Annotation, EcgRecord

TruthSource = Literal["lesion", "beat", "rhythm", "array", "reviewer"]
"""An annotation file `.lesion`, a beat or an episode of another annotation file, the label array, the reviewer."""

BEAT_REACH_S = 0.15
"""A beat is marked at one instant near its R peak; its box reaches so far to both sides, past a wide QRS complex."""
SAME_BEAT_S = 0.05
"""Marks of one kind this close to each other, of several annotation files, are the same beat."""
ABNORMAL_BEATS = {
    "L": "left bundle branch block beat", "R": "right bundle branch block beat", "B": "bundle branch block beat",
    "A": "atrial premature beat", "a": "aberrated atrial premature beat", "J": "junctional premature beat",
    "S": "supraventricular premature beat", "V": "ventricular premature beat", "r": "R-on-T premature beat",
    "F": "fusion beat", "e": "atrial escape beat", "j": "junctional escape beat",
    "n": "supraventricular escape beat", "E": "ventricular escape beat", "/": "paced beat",
    "f": "fusion of paced and normal beat",
}
"""Beat symbols of PhysioNet that name a beat other than a normal one. Beats that could not be classified are none."""
NORMAL_RHYTHMS = frozenset({"N", "NSR", "SR"})
RHYTHMS = {
    "AB": translatable("atrial bigeminy"),
    "AFIB": translatable("atrial fibrillation"),
    "AFL": translatable("atrial flutter"),
    "ASYS": translatable("asystole"),
    "B": translatable("ventricular bigeminy"),
    "B3": translatable("third degree AV block"),
    "BI": translatable("first degree AV block"),
    "BII": translatable("second degree AV block"),
    "HGEA": translatable("high-grade ectopy"),
    "IVR": translatable("idioventricular rhythm"),
    "J": translatable("junctional rhythm"),
    "NOD": translatable("nodal rhythm"),
    "P": translatable("paced rhythm"),
    "PM": translatable("paced rhythm"),
    "PREX": translatable("pre-excitation"),
    "SAB": translatable("sinoatrial block"),
    "SBR": translatable("sinus bradycardia"),
    "SVTA": translatable("supraventricular tachyarrhythmia"),
    "T": translatable("ventricular trigeminy"),
    "VF": translatable("ventricular fibrillation"),
    "VFIB": translatable("ventricular fibrillation"),
    "VFL": translatable("ventricular flutter"),
    "VT": translatable("ventricular tachycardia"),
}
"""Rhythm changes of PhysioNet's databases without their bracket. One that is not listed (`NOISE`) is no truth."""
_RHYTHM = re.compile(r"\(([^\s()].*)")
"""A bracket alone begins a wave in delineated databases: it is no rhythm."""


@dataclass(frozen=True)
class TruthBox:
    """One stretch known to be abnormal, in one or several leads."""

    leads: tuple[str, ...]
    """In the order of `STANDARD_LEADS`; all of them where the source names none."""
    start_s: float
    end_s: float
    kind: str
    """What it is, in the words of its source."""
    source: TruthSource


def reviewer_boxes(marks: Iterable[tuple[Sequence[str], float, float, str]]) -> tuple[TruthBox, ...]:
    """What a reviewer holds to be abnormal: leads, start and end in seconds, label (may be empty) of each."""
    return by_time(
        TruthBox(tuple(leads), start_s, end_s, label or "confirmed", "reviewer")
        for leads, start_s, end_s, label in marks
    )


def reviewed_boxes(judgements: Iterable[Judgement], own: Iterable[OwnFinding]) -> tuple[TruthBox, ...]:
    """What a reviewer has confirmed, on findings of whichever model, or added; an addition without leads is in all."""
    confirmed = [
        ((item.finding.lead,), item.finding.start_s, item.finding.end_s, item.note)
        for item in judgements
        if item.state == "confirmed"
    ]
    added = [(item.leads or STANDARD_LEADS, item.start_s, item.end_s, item.label) for item in own]
    return reviewer_boxes([*confirmed, *added])


def boxes_key(boxes: Iterable[TruthBox]) -> str:
    """A key that differs if boxes differ in time, leads or kind; empty without boxes."""
    lines = [f"{','.join(box.leads)} {box.start_s:.4f} {box.end_s:.4f} {box.kind}" for box in boxes]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16] if lines else ""


def read_truth(record: EcgRecord) -> tuple[TruthBox, ...]:
    """Abnormal stretches given by the files beside a recording, by time; reads files, so not for the main thread.

    Raises UnreadableRecord or DatasetError if one of them is damaged, or marks a stretch outside the recording.
    """
    if boxes := _array_boxes(record):
        return boxes
    marks = record.annotations
    return by_time((*_lesion_boxes(record), *beat_boxes(marks), *rhythm_boxes(marks, record.duration_s)))


def beat_boxes(marks: Iterable[Annotation]) -> tuple[TruthBox, ...]:
    """Beats that are not normal, each a box around its mark; of marks of the same beat the first counts."""
    boxes: list[TruthBox] = []
    last_s: dict[str, float] = {}
    for beat in sorted(marks, key=lambda beat: beat.start_s):
        kind = ABNORMAL_BEATS.get(beat.label)
        if kind is None or beat.start_s - last_s.get(kind, -1.0) < SAME_BEAT_S:
            continue
        last_s[kind] = beat.start_s
        leads = STANDARD_LEADS if beat.lead is None else (beat.lead,)
        boxes.append(TruthBox(leads, max(0.0, beat.start_s - BEAT_REACH_S), beat.start_s + BEAT_REACH_S, kind, "beat"))
    return tuple(boxes)


def rhythm_boxes(marks: Iterable[Annotation], duration_s: float) -> tuple[TruthBox, ...]:
    """Episodes of rhythms that are not normal, in all leads, each until the next rhythm begins or the recording ends.

    Each annotation file is read by itself: what another one says does not end its episodes. Episodes of one kind that
    overlap, as of several files, are one. Only codes in `RHYTHMS` are episodes (see `unlisted_rhythms`).
    """
    changes: dict[str, list[tuple[float, str]]] = {}
    for change in marks:
        if found := _RHYTHM.fullmatch(change.label):
            changes.setdefault(change.annotator, []).append((change.start_s, found[1]))
    episodes: dict[str, list[tuple[float, float]]] = {}
    for of_file in changes.values():
        of_file.sort(key=lambda change: change[0])  # at one instant, what the file says last holds
        for (start_s, rhythm), (end_s, _) in pairwise([*of_file, (duration_s, "")]):
            if rhythm in RHYTHMS and end_s > start_s:
                episodes.setdefault(RHYTHMS[rhythm], []).append((start_s, end_s))
    return tuple(sorted(
        (TruthBox(STANDARD_LEADS, start_s, end_s, kind, "rhythm")
         for kind, stretches in episodes.items() for start_s, end_s in _united(stretches)),
        key=lambda box: (box.start_s, box.end_s)))


def unlisted_rhythms(marks: Iterable[Annotation]) -> tuple[tuple[str, int], ...]:
    """Codes of rhythm marks that are in no table, each with its count; not taken as abnormal."""
    codes = Counter(found[1] for mark_ in marks if (found := _RHYTHM.fullmatch(mark_.label)))
    return tuple((code, n) for code, n in sorted(codes.items()) if code not in RHYTHMS and code not in NORMAL_RHYTHMS)


def _united(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same without overlaps; stretches that touch become one."""
    united: list[tuple[float, float]] = []
    for start_s, end_s in sorted(stretches):
        if united and start_s <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end_s)
        else:
            united.append((start_s, end_s))
    return united


def by_time(boxes: Iterable[TruthBox]) -> tuple[TruthBox, ...]:
    """Boxes by start; stretches of one kind that coincide in several leads become one box of those leads."""
    joined: dict[tuple[object, ...], TruthBox] = {}
    for box in boxes:
        key = (box.source, box.kind, box.start_s, box.end_s)
        leads = {*box.leads, *(joined[key].leads if key in joined else ())}
        ordered = box.leads if len(leads) == 1 else tuple(lead for lead in STANDARD_LEADS if lead in leads)
        joined[key] = box if ordered == box.leads else replace(box, leads=ordered)
    return tuple(sorted(joined.values(), key=lambda box: (box.start_s, box.end_s, box.leads)))


def truth_mask(boxes: Iterable[TruthBox], start_s: float, rate_hz: float, n_samples: int) -> NDArray[np.bool_]:
    """(12, n_samples) True at points known to be abnormal, of a stretch that begins at `start_s`.

    Rhythm episodes do not say that of their points: see `unknown_mask`.
    """
    return _mask((box for box in boxes if box.source != "rhythm"), start_s, rate_hz, n_samples)


def unknown_mask(boxes: Sequence[TruthBox], start_s: float, rate_hz: float, n_samples: int) -> NDArray[np.bool_]:
    """(12, n_samples) True at points of rhythm episodes that no other box holds: neither abnormal nor normal."""
    within = _mask((box for box in boxes if box.source == "rhythm"), start_s, rate_hz, n_samples)
    return within & ~truth_mask(boxes, start_s, rate_hz, n_samples)


def _mask(boxes: Iterable[TruthBox], start_s: float, rate_hz: float, n_samples: int) -> NDArray[np.bool_]:
    mask = np.zeros((len(STANDARD_LEADS), n_samples), bool)
    for box in boxes:
        first = max(0, round((box.start_s - start_s) * rate_hz))
        end = max(0, round((box.end_s - start_s) * rate_hz))
        for lead in box.leads:
            mask[STANDARD_LEADS.index(lead), first:end] = True
    return mask


def _lesion_boxes(record: EcgRecord) -> list[TruthBox]:
    from mmae_core.datasets.annotated_folder import LESION_SUFFIX
    from mmae_core.errors import DatasetError
    from mmae_core.readers.wfdb_files import header_beside
    from mmae_core.readers.wfdb_spans import read_spans

    file = record.source.paths[0].with_suffix(LESION_SUFFIX) if record.source.paths else None
    if file is None or not file.is_file() or header_beside(file.with_suffix("")) is None:
        return []
    rate = record.sampling_rate_hz
    boxes = []
    for span in read_spans(file):
        if not 0 <= span.start_sample < span.end_sample <= record.n_samples:
            raise DatasetError(
                f"{file.name}: a lesion from sample {span.start_sample} to {span.end_sample} does not lie in a "
                f"recording of {record.n_samples} samples."
            )
        boxes.append(TruthBox((span.lead,), span.start_sample / rate, span.end_sample / rate, span.label or "lesion",
                              "lesion"))
    return boxes


def _array_boxes(record: EcgRecord) -> tuple[TruthBox, ...]:
    """Runs of 1 in the label array that lies beside the array of recordings; none where there is no such file."""
    from mmae_core.readers.array_rows import label_mask

    mask = label_mask(record.source)
    return () if mask is None else mask_boxes(mask, record.sampling_rate_hz)


def mask_boxes(
    mask: NDArray[np.bool_], rate_hz: float, kind: str = "abnormal", source: TruthSource = "array"
) -> tuple[TruthBox, ...]:
    """The runs of a mask (12, samples) as boxes; equal runs of several leads are one box."""
    boxes = []
    for lead, row in zip(STANDARD_LEADS, mask, strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        boxes += [
            TruthBox((lead,), int(start) / rate_hz, int(end) / rate_hz, kind, source)
            for start, end in edges.reshape(-1, 2)
        ]
    return by_time(boxes)
