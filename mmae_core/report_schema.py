"""The keys of an evaluation report: what `mmae_core evaluate` writes as JSON and the HTML page is made of.

`kind` tells the two apart. What could not be computed is null or absent, never 0; an interval is [low, high] at 95 %.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

REPORT_FORMAT = 2

Interval = list[float]
"""[low, high], 95 %."""


class OperatingPointFigures(TypedDict):
    """An operating point on the ROC curve (no interpolation)."""

    target: float
    """Required value of the fixed side: 0.9 or 0.95."""
    threshold: float
    """A record is called abnormal at or above it."""
    sensitivity: float
    specificity: float
    ci95: Interval | None
    """95-% interval of the other side, null below 10 of a class; the threshold is chosen anew in every sample."""


class DetectionFigures(TypedDict):
    """Normal against abnormal records."""

    auroc: float
    auroc_ci95: Interval | None
    """Null below 10 records of a class, see `no_interval`."""
    auprc: float
    """Average precision; without skill it is `prevalence`."""
    auprc_ci95: Interval | None
    prevalence: float
    n_normal: int
    n_abnormal: int
    no_interval: NotRequired[str]
    """Why the intervals are null; absent where there are some."""
    sensitivity_at_specificity: NotRequired[list[OperatingPointFigures]]
    """At 90 and 95 % specificity. Only for whole scores, not for branches and groups."""
    specificity_at_sensitivity: NotRequired[list[OperatingPointFigures]]


class GroupFigures(TypedDict):
    """A group of records; `detection` is null where a class has fewer than 2 records."""

    n_normal: int
    n_abnormal: int
    detection: DetectionFigures | None


class ShareFigures(TypedDict):
    """A share of records."""

    share: float | None
    ci95: Interval | None
    """Drawn by patient; null below 10 patients."""
    n: int


class WithinFigures(TypedDict):
    """Normal against abnormal records of the same group only (`mmae_core.metrics.strata`)."""

    auroc: float | None
    auroc_ci95: Interval | None
    n_groups: int
    """Groups with records of both classes."""
    n_normal: int
    n_abnormal: int


class NoiseFigures(TypedDict):
    """Records that PTB-XL's readers noted as noisy, and the result of the quality rules for them."""

    n_noted: int
    n_without: int
    quality_auroc: float | None
    """1 - quality score, for noted records against those without any note; null below 2 of either."""
    quality_auroc_ci95: Interval | None
    suspected: ShareFigures
    """Noted records whose quality is not good."""
    suspected_without: ShareFigures
    """The same for records without any note."""
    poor: ShareFigures
    """Noted records whose percentile is shown as unreliable."""
    detection: GroupFigures
    """Abnormal against normal records among the noted ones."""


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
    difference_ci95: Interval | None
    """Null, as is `p_value`, below 10 records of a class."""
    p_value: float | None
    n_normal: int
    n_abnormal: int
    no_interval: NotRequired[str]


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
    device: NotRequired[dict[str, GroupFigures]]
    """By recording device, those with most records first; PTB-XL only, as are the next three."""
    site: NotRequired[dict[str, GroupFigures]]
    within: NotRequired[dict[str, WithinFigures]]
    """`device`, `site`, `age`, `sex`: pairs of records of one group only, all groups together."""
    noise: NotRequired[dict[str, NoiseFigures]]
    """`baseline_drift`, `static_noise`, `burst_noise`, `electrodes_problems`, `none`: by the notes of PTB-XL."""
    records: list[ScoredRecord]
    uniformity: NotRequired[dict[str, Any]]
    """Split-conformal p-values of the normals, see `mmae_core.metrics.uniformity`; absent for fewer than 4 normals."""
    model: dict[str, Any]
    data: dict[str, Any]
    """dataset, folds, every, protocol (arrays), folds_trained_on, folds_calibrated_on, n_scored, n_not_assessable,
    left_out, said_of_scores (what was found about scores that were given) ..."""
    warnings: NotRequired[list[str]]
    """Caveats that a reader must know before using the figures; empty if none."""
    bootstrap: dict[str, Any]
    software: dict[str, Any]
    against: NotRequired[DetectionAgainst]
    named_leads: NotRequired[LeadReport]
    """Where maps were given beside scores."""
    others: NotRequired[list[DetectionAgainst]]
    """Where a file of scores has several columns: all but the first."""
    seeds: NotRequired[Seeds]


class OverlapFigures(TypedDict):
    """Points at or above a threshold against the points of lesions, pooled over all records."""

    threshold: float
    dice: float
    dice_ci95: Interval | None
    iou: float
    iou_ci95: Interval | None
    record_dice: float
    """Mean of the per-record Dice over records with a lesion."""
    normals_below: NotRequired[float]
    """Share of the normals' points below the threshold that fixed it."""


class PointingGame(TypedDict):
    """Whether the highest point of a record with a lesion lies in one, widened by 50 ms to both sides, same lead."""

    share: float
    share_ci95: Interval | None
    chance: float
    """Share of a record's points that would count as a hit."""
    n_hits: int
    n_records: int
    """With a lesion."""


class LocalizationFigures(TypedDict):
    """Points of lesions against all other points of the annotated records; intervals by record bootstrap."""

    pooled_auroc: float
    """All points of all records in one curve: the benchmark's figure."""
    pooled_auroc_ci95: Interval | None
    """Null, as are the others, below 10 records with a lesion, see `no_interval`."""
    record_auroc: float
    """Mean of the per-record AUROC over records with a lesion; the others have none."""
    record_auroc_ci95: Interval | None
    average_precision: float
    average_precision_ci95: Interval | None
    chance_level: float
    """Share of lesion points, which is the average precision without skill."""
    n_records: int
    """With and without a lesion."""
    n_with_lesion: int
    n_points: int
    no_interval: NotRequired[str]


class LocalizationRecord(TypedDict):
    """One annotated record of a localization report."""

    id: str
    has_lesion: bool
    """A record without one has no AUROC and no Dice of its own, but false alarms."""
    kind: str
    """Kind of its lesion, several joined by ` + `; empty where the data names none."""
    auroc: float | None
    dice: float | None
    """At the first threshold of `overlap.normals`, null without."""
    false_alarms: float | None
    """Share of its points outside lesions at or above that threshold."""
    hit: bool | None
    """Null without a lesion or a map."""
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
    lead_auroc_ci95: Interval | None
    pointing_game: PointingGame
    overlap: dict[str, Any]
    """`normals`: list of OverlapFigures at thresholds fixed on normals (empty without normals); `best`: OverlapFigures
    at the threshold that is best on these very labels; `n_normals`; `normals_are`: `given` (--normals, test.npy), `own`
    (the records without a lesion of these very data) or null."""
    kinds: dict[str, LocalizationFigures]
    """By kind of lesion: the points of records with that kind."""
    curves: Curves
    records: list[LocalizationRecord]
    model: dict[str, Any]
    data: dict[str, Any]
    """dataset, protocol, n_records, n_with_lesion, n_not_scored, n_points_not_assessed, crop_s, smoothing_s, truth
    (who drew the lesions of a reviewed benchmark) ..."""
    warnings: NotRequired[list[str]]
    bootstrap: dict[str, Any]
    software: dict[str, Any]
    against: NotRequired[LocalizationAgainst]
    seeds: NotRequired[Seeds]


class LeadFigures(TypedDict):
    """Whether named leads rank above the others of their record (`mmae_core.metrics.leads`)."""

    auroc: float | None
    """Mean of the records' own AUROCs; null without any."""
    ci95: Interval | None
    """Drawn by patient; null below 10 patients."""
    n: int
    """Records that name some of their leads and not all."""


class LayerFigures(TypedDict):
    """How well the lead scores of one layer or method rank."""

    any: LeadFigures
    """Any named lead, whatever is said of it."""
    kinds: dict[str, LeadFigures]
    """`elevation`, `depression`, `inversion`, `flat`, `low or flat`, `low`, `flat or low` (the three together),
    `tall`, `qs`, `q wave`, `small r`, `poor r progression`, `small r or poor progression`, `conduction delay`. A
    layer with names is measured by the departure of that kind and sign, others by their one score."""


class LeadRecord(TypedDict):
    """One record of a lead report."""

    id: str
    patient: int | None
    fold: int
    named: dict[str, list[str]]
    """Kind -> leads."""
    scores: dict[str, list[float | None]]
    """Layer -> its score of each of the twelve leads."""
    auroc: dict[str, float | None]
    """Layer -> AUROC of any named lead."""
    reason: str
    """Why the record could not be read; empty where it could."""


class LeadReport(TypedDict):
    """`kind` = leads."""

    format: int
    kind: Literal["leads"]
    command: NotRequired[str]
    leads: LayerFigures
    """Of the method as a whole: what the product's paper shows, or a compared method's map."""
    shown: str
    """The layer that `leads` is of."""
    layers: dict[str, LayerFigures]
    """Every layer on its own, beside the row of a plain measurement."""
    paper: dict[str, ShareFigures]
    """`named_st_t`: records whose report names ST-T changes that show heat from the 95th percentile in the ST-T of a
    named lead; `normals_any_finding`: normal records with any finding; `normals_st_t_heat`: normal records with heat
    from the 95th percentile in the ST-T of any lead; `steady_normals_...` the same of those without stated extra beats.
    Empty for methods that have no percentiles."""
    paper_by_layer: dict[str, dict[str, ShareFigures]]
    """The same of each layer on its own, as far as it has percentiles."""
    records: list[LeadRecord]
    model: dict[str, Any]
    data: dict[str, Any]
    """dataset, truth, folds, every, n_records, n_normals, unread ..."""
    warnings: NotRequired[list[str]]
    bootstrap: dict[str, Any]
    software: dict[str, Any]


Report = DetectionReport | LocalizationReport | LeadReport
