"""The keys of an evaluation report: what `mmae_core evaluate` writes as JSON and the HTML page is made of.

`kind` tells the two apart. What could not be computed is null or absent, never 0; an interval is [low, high] at 95 %.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

REPORT_FORMAT = 2

Interval = list[float]
"""[low, high], 95 %."""


class OperatingPoint(TypedDict):
    """One end of the trade between missed and false alarms, read off the ROC curve (no interpolation)."""

    target: float
    """What was asked of the fixed side: 0.9 or 0.95."""
    threshold: float
    """A record is called abnormal at or above it."""
    sensitivity: float
    specificity: float
    ci95: Interval
    """Of the side that was not fixed; the threshold is chosen anew in every bootstrap sample."""


class DetectionFigures(TypedDict):
    """Normal against abnormal records."""

    auroc: float
    auroc_ci95: Interval
    auprc: float
    """Average precision; without skill it is `prevalence`."""
    auprc_ci95: Interval
    prevalence: float
    n_normal: int
    n_abnormal: int
    sensitivity_at_specificity: NotRequired[list[OperatingPoint]]
    """At 90 and 95 % specificity. Only for whole scores, not for branches and groups."""
    specificity_at_sensitivity: NotRequired[list[OperatingPoint]]


class GroupFigures(TypedDict):
    """A group of records; `detection` is null where a class has fewer than 2 records."""

    n_normal: int
    n_abnormal: int
    detection: DetectionFigures | None


class Branches(TypedDict):
    """A score and its parts."""

    detection: DetectionFigures
    branches: dict[str, DetectionFigures]


class Curves(TypedDict):
    """Thinned for plotting; the figures are of the whole curves."""

    roc: list[list[float]]
    """[1 - specificity, sensitivity], from [0, 0] to [1, 1]."""
    pr: list[list[float]]
    """[recall, precision], from low recall to recall 1."""


class ScoredRecord(TypedDict):
    """One record of a detection report."""

    id: str
    """`ecg_id` of PTB-XL, or the row of an array, from 0."""
    label: Literal["normal", "abnormal"]
    score: float | None
    """Higher: less like a normal ECG. Null: could not be scored, see `reason`."""
    reason: str
    """Empty where there is a score."""
    patient: int | None
    fold: int | None
    sex: Literal["male", "female"] | None
    age: float | None
    """In years; 300 stands for everyone above 89 (PTB-XL)."""
    superclasses: list[str]
    statements: list[str]


class DeLong(TypedDict):
    """Paired comparison of two AUROCs on the same records (DeLong et al. 1988)."""

    auroc: float
    auroc_against: float
    difference: float
    """auroc - auroc_against."""
    difference_ci95: Interval
    p_value: float
    n_normal: int
    n_abnormal: int


class DetectionAgainst(TypedDict):
    """A second method on the same records."""

    model: dict[str, Any]
    detection: DetectionFigures
    scores: list[float | None]
    """One for each of the report's `records`."""
    comparison: DeLong
    """On the records that both could score."""


class SeedRun(TypedDict):
    """One of several models that differ in their seed alone."""

    model: dict[str, Any]
    figures: dict[str, float]
    """auroc and auprc, or pooled_auroc, record_auroc and average_precision."""
    scores: NotRequired[list[float | None]]
    """Detection: one for each of the report's `records`."""


class Seeds(TypedDict):
    """Several seeds of one configuration; the rest of the report is of the first."""

    n: int
    mean: dict[str, float]
    sd: dict[str, float]
    """Unbiased (n - 1)."""
    runs: list[SeedRun]


class DetectionReport(TypedDict):
    """`kind` = detection."""

    format: int
    kind: Literal["detection"]
    command: NotRequired[str]
    """Without folders of the computer it ran on."""
    detection: DetectionFigures
    branches: dict[str, DetectionFigures]
    """Named parts of the score (`global`, `local`); empty where a method has none."""
    paper_score: dict[str, Branches]
    """Masked autoencoders: the paper's eq. 1 by error space (`signal`, `normalised`); empty for other methods."""
    curves: Curves
    superclasses: dict[str, GroupFigures]
    """MI, STTC, CD, HYP: records with that superclass against all normals."""
    statements: dict[str, GroupFigures]
    """SCP statements of at least 20 abnormal records, against all normals; most frequent first."""
    age: dict[str, GroupFigures]
    """`<40`, `40-59`, `60-74`, `>=75`, `unknown`: abnormal against normal records of the same band."""
    sex: dict[str, GroupFigures]
    """`male`, `female`, `unknown`."""
    records: list[ScoredRecord]
    uniformity: NotRequired[dict[str, Any]]
    """Split-conformal p-values of the normals, see `mmae_core.uniformity`; absent for fewer than 4 normals."""
    model: dict[str, Any]
    data: dict[str, Any]
    """dataset, folds, every, protocol (arrays), folds_trained_on, n_scored, n_not_assessable, left_out ..."""
    bootstrap: dict[str, Any]
    software: dict[str, Any]
    against: NotRequired[DetectionAgainst]
    seeds: NotRequired[Seeds]


class OverlapFigures(TypedDict):
    """Points at or above a threshold against the points of lesions, pooled over all records."""

    threshold: float
    dice: float
    dice_ci95: Interval
    iou: float
    iou_ci95: Interval
    record_dice: float
    """Mean of the records' own Dice."""
    normals_below: NotRequired[float]
    """Share of the normals' points below the threshold that fixed it."""


class PointingGame(TypedDict):
    """Whether a record's highest point lies in a lesion, widened by 50 ms to both sides, in the same lead."""

    share: float
    share_ci95: Interval
    chance: float
    """Share of a record's points that would count as a hit."""
    n_hits: int


class LocalizationFigures(TypedDict):
    """Points of lesions against all other points of the annotated records; intervals by record bootstrap."""

    pooled_auroc: float
    """All points of all records in one curve: the benchmark's figure."""
    pooled_auroc_ci95: Interval
    record_auroc: float
    """Mean of the records' own AUROCs."""
    record_auroc_ci95: Interval
    average_precision: float
    average_precision_ci95: Interval
    chance_level: float
    """Share of lesion points, which is the average precision without skill."""
    n_records: int
    n_points: int


class LocalizationRecord(TypedDict):
    """One annotated record of a localization report."""

    id: str
    kind: str
    """Kind of its lesion, several joined by ` + `; empty where the data names none."""
    auroc: float | None
    dice: float | None
    """At the first threshold of `overlap.normals`, null without."""
    hit: bool | None
    lesion_share: float
    """Share of its points that belong to a lesion."""
    score: float | None
    """The record's own score."""
    reason: str


class LocalizationAgainst(TypedDict):
    """A second method on the same annotated records."""

    model: dict[str, Any]
    localization: LocalizationFigures
    kinds: dict[str, LocalizationFigures]
    comparison: dict[str, dict[str, Any]]
    """pooled_auroc, record_auroc, average_precision -> value, against, difference, difference_ci95 (paired bootstrap
    by record), on the points of records that both could score."""


class LocalizationReport(TypedDict):
    """`kind` = localization."""

    format: int
    kind: Literal["localization"]
    command: NotRequired[str]
    localization: LocalizationFigures
    lead_auroc: float
    """Highest point of a lead's map against whether the lead holds a lesion."""
    lead_auroc_ci95: Interval
    pointing_game: PointingGame
    overlap: dict[str, Any]
    """`normals`: list of OverlapFigures at thresholds fixed on normals (empty without normals); `best`: OverlapFigures
    at the threshold that is best on these very labels; `n_normals`."""
    kinds: dict[str, LocalizationFigures]
    """By kind of lesion: the points of records with that kind."""
    curves: Curves
    records: list[LocalizationRecord]
    model: dict[str, Any]
    data: dict[str, Any]
    """dataset, protocol, n_records, n_not_scored, n_points_not_assessed, crop_s, smoothing_s ..."""
    bootstrap: dict[str, Any]
    software: dict[str, Any]
    against: NotRequired[LocalizationAgainst]
    seeds: NotRequired[Seeds]


Report = DetectionReport | LocalizationReport
