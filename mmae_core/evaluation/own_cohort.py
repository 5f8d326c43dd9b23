"""Own normals as the cohort of a model: how they stand against its present cohort, and the same networks with new
percentiles.

Only the percentiles change. The networks, and the means and spreads of the parts of the score, stay as they were
trained; whoever needs those learned from other normals trains anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry, is_ptbxl, load_index
from mmae_core.errors import Cancelled, DatasetError
from mmae_core.evaluation.chunk_plan import HERE, ChunkPlan, Progress
from mmae_core.evaluation.cohort_scores import NamedRecording, calibration_on, scored_normals, scored_recordings
from mmae_core.evaluation.normal_parts import SEXES, ScoredNormals
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.metrics.array_checks import numbers, one_each
from mmae_core.metrics.uniformity import age_band, check_p_values, check_uniformity, conformal_p_values
from mmae_core.model.training_facts import FEW_NORMALS, RECALIBRATION, trained_on
from mmae_core.scipy_parts import betabinom
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.calibration import CohortCalibration, usable_rows
from mmae_core.scoring.checkpoint import TrainedModel, save_model

MIN_OWN_NORMALS = 50
"""Fewer own normals give no percentile above 98, and their coverage cannot be checked."""
DRIFT_P = 0.01
"""Own normals have left a cohort where chance alone would part them as far in fewer than one of a hundred cases."""
STRONG_LEVEL = 0.05
"""Share of normals that the strongest twentieth of a cohort should be."""
APART_P = 0.01
MOST_APART = 10
CARD_NAME = "MODEL_CARD.md"

TRAINED_ON = Message("the model was trained on it")
GIVEN_TWICE = Message("the same recording as another one")
NOT_WHOLE = Message("not assessable in every lead")

Stopped = Callable[[], bool]


@dataclass(frozen=True)
class CohortDrift:
    """How scores of normals stand against a cohort of normals they do not belong to."""

    n_normals: int
    """Own normals that have a score."""
    n_cohort: int
    n_strong: int
    """Own normals among the strongest 5 % of the cohort."""
    strong_ci95: tuple[float, float]
    """Clopper-Pearson interval of their share, 0..1."""
    strong_range95: tuple[float, float]
    """Where the share lies in 95 of 100 groups of as many normals that belong to the cohort."""
    median_percentile: float
    """Of the own normals among the cohort, 0..100; 50 is expected."""
    p: float
    """Of the difference between both: the smaller of a two-sample Kolmogorov-Smirnov test and of as many strong ones,
    times two (Bonferroni)."""

    @property
    def has_left(self) -> bool:
        """Whether percentiles against this cohort do not hold for these normals."""
        return self.p < DRIFT_P

    @property
    def strong_share(self) -> float:
        """Share of own normals, 0..1, among the strongest 5 % of the cohort."""
        return self.n_strong / self.n_normals

    def to_dict(self) -> dict[str, Any]:
        return {**dataclasses.asdict(self), "strong_share": self.strong_share, "has_left": self.has_left}


@dataclass(frozen=True)
class OwnCohort:
    """Own normals, scored by a model, with the checks of whether they can be its cohort."""

    name: str
    """Who they are, as shown to the user."""
    scores: NDArray[np.float64]
    """(n,) of those that can calibrate."""
    calibration: CohortCalibration
    """Percentiles against them."""
    left_out: tuple[tuple[str, str], ...]
    """(recording, reason)"""
    drift: CohortDrift
    """Against the model's present cohort."""
    coverage: Mapping[str, Any]
    """`check_uniformity` of the own normals: whole, and by sex, age, rate and folder."""
    apart: tuple[tuple[Path, float], ...]
    """Recordings that stand apart from the other own normals, the strongest first, with their p among the others: to
    be looked at, as one that is not normal makes others seem so."""
    sampling_rates_hz: Mapping[float, int]

    @property
    def n_normals(self) -> int:
        """Own normals that can calibrate."""
        return len(self.scores)

    @property
    def uneven_groups(self) -> tuple[str, ...]:
        """Groups that the common percentiles do not hold for, such as `sex female`."""
        return tuple(
            f"{kind} {part}"
            for kind, parts in self.coverage["groups"].items()
            for part, found in parts.items()
            if not found["too_few"] and found["ks"]["p"] < DRIFT_P
        )

    def to_dict(self) -> dict[str, Any]:
        """For JSON; recordings by name alone."""
        coverage = {key: value for key, value in self.coverage.items() if key != "p_values"}
        return {
            "cohort": self.name, "n_records": self.n_normals, "n_left_out": len(self.left_out),
            "left_out": [list(pair) for pair in self.left_out], "drift": self.drift.to_dict(), "coverage": coverage,
            "uneven_groups": list(self.uneven_groups),
            "apart": [{"record": path.name, "p": p} for path, p in self.apart],
            "sampling_rates_hz": {f"{rate:g}": count for rate, count in sorted(self.sampling_rates_hz.items())},
        }


def cohort_drift(cohort_scores: ArrayLike, own_scores: ArrayLike) -> CohortDrift:
    """How own normals stand against the scores of a cohort. Scores that are NaN do not count.

    Raises DatasetError if either has none.
    """
    check = check_p_values(cohort_scores, own_scores)
    n_cohort, n_own = check["n_calibration"], check["n_test"]
    strong = next(alarm for alarm in check["false_alarms"] if alarm["level"] == STRONG_LEVEL)
    steps = round(strong["expected"] * (n_cohort + 1))
    many = 1.0
    if steps and strong["count"]:
        many = float(betabinom.sf(strong["count"] - 1, n_own, steps, n_cohort + 1 - steps))
    p_values = conformal_p_values(cohort_scores, own_scores)
    return CohortDrift(
        n_own, n_cohort, strong["count"], (strong["ci95"][0], strong["ci95"][1]),
        (strong["range95"][0], strong["range95"][1]), 100.0 * (1.0 - float(np.nanmedian(p_values))),
        min(1.0, 2.0 * min(check["ks"]["p"], many)),
    )


def examine_own_normals(
    assessor: Assessor, paths: Sequence[Path], name: str, *, progress: Progress | None = None,
    stopped: Stopped = lambda: False, plan: ChunkPlan = HERE,
) -> OwnCohort:
    """Score own normals and check whether they can be the cohort of the assessor's model.

    Recordings given twice count once, by their content; those the model was trained on, and those that cannot be read
    or assessed in every lead, are left out with the reason. Raises DatasetError if fewer than `MIN_OWN_NORMALS` remain,
    Cancelled if `stopped` says so.
    """

    def report(done: int, total: int) -> None:
        if stopped():
            raise Cancelled("Looking at own normals was stopped.")
        if progress is not None:
            progress(done, total)

    distinct = list(dict.fromkeys(paths))
    seen = set(trained_on(assessor.model.card.get("training") or {}, distinct))
    trained = tuple((path.stem, TRAINED_ON) for path in distinct if path in seen)
    asked = [path for path in distinct if path not in seen]
    if not asked:
        require_own_normals(0, trained)
    with scored_normals(assessor, asked, with_content=True, progress=report, plan=plan) as found:
        return own_cohort(assessor.model, found, name, _Recordings([path.stem for path in asked], asked), trained)


def examine_own_recordings(
    assessor: Assessor, recordings: Iterable[NamedRecording], name: str, *, progress: Progress | None = None
) -> OwnCohort:
    """As `examine_own_normals`, of recordings that come one after the other, of any origin."""
    names: list[str] = []
    with scored_recordings(assessor, recordings, names, with_content=True, progress=progress) as found:
        return own_cohort(assessor.model, found, name, _Recordings(names))


@dataclass(frozen=True)
class _Recordings:
    """What own normals are called, and the files of those that come from files."""

    names: Sequence[str]
    paths: Sequence[Path] = ()


def own_cohort(
    model: TrainedModel, found: ScoredNormals, name: str, recordings: _Recordings,
    left_out: tuple[tuple[str, str], ...] = (),
) -> OwnCohort:
    """The cohort that scored normals are, `left_out` beside those that `found` leaves out.

    Raises DatasetError if fewer than `MIN_OWN_NORMALS` can be used.
    """
    first_of = _first_of_each(found.columns["content"])
    whole = usable_rows(found.records, found.leads)
    names = recordings.names
    reasons = dict(found.left_out)
    reasons |= {int(found.places[row]): NOT_WHOLE for row in np.flatnonzero(first_of & ~whole)}
    reasons |= {int(found.places[row]): GIVEN_TWICE for row in np.flatnonzero(~first_of)}
    left_out += tuple((names[place], reasons[place]) for place in sorted(reasons))
    used = first_of & whole
    require_own_normals(int(used.sum()), left_out)
    rows = np.flatnonzero(used)
    places = found.places[rows].tolist()
    scores = found.records[rows]
    people, groups = _people_and_groups(found, rows, [recordings.paths[place] for place in places]
                                        if recordings.paths else [])
    called = [recordings.paths[place] if recordings.paths else Path(names[place]) for place in places]
    return OwnCohort(
        name, scores, calibration_on(model, found, name, used), left_out,
        cohort_drift(model.calibration.record_scores, scores), check_uniformity(scores, people, groups),
        apart_from_others(called, scores), Counter(found.columns["rate_hz"][rows].tolist()),
    )


def recalibrate(model: TrainedModel, own: OwnCohort, output: Path, *, name: str) -> Path:
    """Write the model folder `output`: the same networks, percentiles against own normals.

    Its card says what it was made from and how the check went. Figures of the former model's card are left out: their
    percentiles were others.
    """
    calibration = own.calibration
    found = own.to_dict()
    few = "" if own.n_normals >= FEW_NORMALS else (
        f"Only {own.n_normals} normals calibrate this model: percentiles are no finer than {100 / own.n_normals:.0f}."
    )
    card: dict[str, Any] = {
        "training": model.card.get("training"),
        "calibration": {
            "cohort": own.name, "n_records": own.n_normals, "n_left_out": len(own.left_out),
            "left_out": "not readable, given twice, trained on, or a lead not assessable",
            "sampling_rates_hz": found["sampling_rates_hz"], "warning": few,
        },
        "licence": model.card.get("licence"),
        RECALIBRATION: {
            "of": f"{model.name} {model.version}", "weights_sha256": model.sha256,
            "former_cohort": model.calibration.cohort, "calibration_sha256": _digest(calibration.to_dict()),
            "check": {key: value for key, value in found.items() if key not in ("left_out", "apart")},
        },
    }
    hidden = None if model.cross_lead is None else model.cross_lead.cpu()
    folder = save_model(output, name, "1", model.config, model.network.cpu(), calibration, card, cross_lead=hidden,
                        fusion=model.fusion)
    with replacing(folder / CARD_NAME) as part:
        part.write_text(_card_text(model, own, name, few), encoding="utf-8")
    return folder


def require_own_normals(n_normals: int, left_out: Sequence[tuple[str, str]] = ()) -> None:
    """Raise DatasetError, with the commonest reason for leaving recordings out, below `MIN_OWN_NORMALS`."""
    if n_normals >= MIN_OWN_NORMALS:
        return
    if not left_out:
        raise DatasetError(Message("{n} own normals can be used; at least {least} are needed for percentiles whose "
                                   "coverage can be checked.", n=n_normals, least=MIN_OWN_NORMALS))
    reason, count = Counter(reason for _, reason in left_out).most_common(1)[0]
    raise DatasetError(Message(
        "{n} own normals can be used; at least {least} are needed for percentiles whose coverage can be checked. "
        "{left_out} recordings are left out, {count} of them because: {reason}",
        n=n_normals, least=MIN_OWN_NORMALS, left_out=len(left_out), count=count, reason=reason,
    ))


def _first_of_each(contents: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(n,) whether no earlier recording has the same content, of checksums (n, 32)."""
    first = np.zeros(len(contents), bool)
    first[np.unique(contents, axis=0, return_index=True)[1]] = True
    return first


def _people_and_groups(
    found: ScoredNormals, rows: NDArray[np.int64], paths: Sequence[Path]
) -> tuple[list[str | None], dict[str, list[str]]]:
    """Who each recording is of, known only by being equal, and the groups that percentiles should hold for alike.

    `paths` are the files of those that have one; PTB-XL's table knows more of its persons than the recordings do.
    """
    entries = _entries_of(paths)
    columns = found.columns
    people: list[str | None] = []
    groups: dict[str, list[str]] = {"sex": [], "age": [], "rate": [], "folder": []}
    for number, row in enumerate(rows.tolist()):
        entry = entries.get(paths[number]) if paths else None
        person = columns["person"][row]
        known = person.tobytes().hex() if person.any() else None
        people.append(known if entry is None else None if entry.patient_id is None else str(entry.patient_id))
        age = columns["age_years"][row]
        groups["sex"].append(SEXES[columns["sex"][row]] if entry is None else entry.sex or "")
        groups["age"].append(age_band((None if np.isnan(age) else float(age)) if entry is None else entry.age))
        groups["rate"].append(f"{columns['rate_hz'][row]:g} Hz")
        groups["folder"].append("" if entry is not None or not paths else paths[number].parent.name)
    return people, {kind: parts for kind, parts in groups.items() if len(set(parts) - {""}) > 1}


def _entries_of(paths: Sequence[Path]) -> dict[Path, PtbxlEntry]:
    """The rows of PTB-XL's table for those of the paths that lie in such a folder."""
    wanted = set(paths)
    entries: dict[Path, PtbxlEntry] = {}
    for folder in {path.parent.parent.parent for path in paths}:
        if is_ptbxl(folder):
            for known in load_index(folder).entries:
                files = (known.path_100hz, known.path_500hz)
                entries |= {path: known for path in files if path is not None and path in wanted}
    return entries


def apart_from_others(paths: Sequence[Path], scores: NDArray[np.float64]) -> tuple[tuple[Path, float], ...]:
    """Recordings whose score lies far beyond the others': robust z of the scores with a one-sided p of a normal
    distribution below `APART_P` divided by their number (Bonferroni). Raises DatasetError unless each has a score."""
    scores = numbers(scores, "Scores", may_lack=False)
    one_each(paths, "Recordings", len(scores))
    if not len(scores):
        return ()
    centre = float(np.median(scores))
    spread = 1.4826 * float(np.median(np.abs(scores - centre)))
    if spread <= 0:
        return ()
    z_scores = (scores - centre) / spread
    tails = [0.5 * math.erfc(float(z) / math.sqrt(2.0)) for z in z_scores]
    order = np.argsort(-scores)
    return tuple((paths[row], tails[row]) for row in order[:MOST_APART].tolist() if tails[row] < APART_P / len(scores))


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _card_text(model: TrainedModel, own: OwnCohort, name: str, few: str) -> str:
    drift = own.drift
    low, high = (100 * share for share in drift.strong_ci95)
    few = f"- **{few}**\n" if few else ""
    uneven = ", ".join(own.uneven_groups)
    alarms = own.coverage["overall"]["over_splits"]["rates"]
    rows = "\n".join(
        f"| {100 * alarm['level']:g} % | {100 * alarm['mean']:.1f} % | {100 * alarm['lowest']:.1f}-"
        f"{100 * alarm['highest']:.1f} % |" for alarm in alarms)
    return f"""# {name}

Research use only. Not a medical device, not for diagnosis.

The networks of {model.name}, version {model.version}, with percentiles against other normals. What the model learned is
unchanged; see that model's card for its training and for what it cannot see.

- Weights: SHA-256 `{model.sha256}`
- Cohort: {own.name}, {own.n_normals:,} normals; {len(own.left_out):,} left out
- Former cohort: {model.calibration.cohort}
{few}- Against the former cohort: {drift.n_strong} of {drift.n_normals} own normals were among its strongest 5 %
  ({100 * drift.strong_share:.1f} %, 95 % CI {low:.1f}-{high:.1f}); median percentile {drift.median_percentile:.0f}; \
p = {drift.p:.2g}.
- Groups that the common percentiles do not hold for: {uneven or "none found"}.

Nothing was measured on abnormal recordings with these percentiles.

## Coverage

Half of the own normals calibrate, the other half is tested, {own.coverage["n_splits"]} times; no patient is in both
halves where the patient is known.

| promised false alarms | found, mean | lowest-highest split |
|---|---|---|
{rows}
"""
