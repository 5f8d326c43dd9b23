"""A localization development set without clinicians: lesions planted into the normal records of PTB-XL.

Each record carries lesions whose leads and times are known to the sample (`mmae_core.synthesis.lesions`), of two
families that matter: in one beat or a short run, while the rest of the record stays normal, and shared by every beat,
which a model that fills gaps from a patient's other beats tends to copy. Untouched normals are written beside them,
so that a threshold can be fixed on records without lesions.

What the set cannot say:

- The lesions are caricatures: one change at a time, drawn from few parameters, of equal strength in every record. Real
  disease changes P, QRS, ST and T together, and clinicians' marks are wider and less sure than these masks. A method's
  figures here rank it against others on the same set; they are not its figures on patients.
- The parameters were chosen by the makers of this program. A model tuned on the set until it wins has learnt the set.
- Chest leads change alone or together; the neighbours of a territory are left as they were, where a patient's would
  change a little. A widened or early beat is made of the record's own waves, not of another focus.
- The noise under an erased QRS is a mirror image of that beside it, and the P wave of a beat is removed with the same
  shape in every beat. Below the threshold of the mask (0.05 mV) changes are unmarked.
- Lesions of extent `record` change the beats whose R-peak is in the record. The T wave of a beat before its first
  sample, and the P wave of one after its last, stay normal. QRS are widened only 0.2 s inside the record.
- R-peaks and the record's median beat place the lesions; records whose beats are few, noisy or of many shapes are not
  used and are counted, so the set is easier than the records it comes from. PTB-XL's normals are mostly read at 100 Hz.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import PreprocessConfig
from mmae_core.config_arguments import fold_words
from mmae_core.datasets.ptbxl import PtbxlEntry, load_index
from mmae_core.errors import ConfigError, DatasetError, EcgError, UnsupportedRecord
from mmae_core.files import mapped_array, process_name
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_writer import LeadInterval, quantised, write_intervals, write_record
from mmae_core.record import STANDARD_LEADS, FloatArray, require_model_leads, require_model_length
from mmae_core.scoring.preprocess import bandpass, resample
from mmae_core.signals.rpeaks import find_r_peaks
from mmae_core.synthesis.beat_shape import BeatShape, describe_beats
from mmae_core.synthesis.lesions import KINDS, Extent, Planted, plant

RATE_HZ = 500
N_SAMPLES = 5000
TRIES = 8
"""Places tried for one lesion before another kind or record is taken."""
LESIONS_JSON = "lesions.json"
ANNOTATOR = "lesion"
"""Extension of the annotation files."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Recipe:
    """The parameters of a lesion set; saved with it."""

    folds: tuple[int, ...] = (9,)
    records: int = 200
    """Records with lesions."""
    normals: int = 200
    """Records without."""
    lesions: int = 1
    """Lesions a record."""
    strength: float = 1.0
    seed: int = 0
    kinds: tuple[str, ...] = tuple(KINDS)
    leads: tuple[str, ...] = ()
    """Where ST, T and alternans lesions lie; empty: a territory is drawn."""
    extent: Extent | Literal["mix"] = "mix"
    every: int | None = None
    """Every which beat a lesion of extent `record` changes; None: every beat, every other one of alternans."""

    def check(self) -> None:
        """Raise ConfigError for a value that cannot work."""
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown or not self.kinds:
            raise ConfigError(f"There is no lesion '{', '.join(unknown)}'; there are {', '.join(KINDS)}.")
        lead = next((lead for lead in self.leads if lead not in STANDARD_LEADS), None)
        if lead is not None:
            raise ConfigError(f"There is no lead '{lead}'; there are {', '.join(STANDARD_LEADS)}.")
        for name, least in (("records", 1), ("normals", 0), ("lesions", 1), ("seed", 0)):
            if getattr(self, name) < least:
                raise ConfigError(f"{name} is {getattr(self, name)}; it must be at least {least}.")
        if self.every is not None and self.every < 1:
            raise ConfigError(f"every is {self.every}; it must be at least 1.")
        if not 0 <= self.strength <= 5:
            raise ConfigError(f"The strength is {self.strength:g}; it must lie between 0 (no change) and 5.")
        if self.extent == "record" and self.lesions > 1:
            raise ConfigError("A lesion of every beat leaves no room for a second; use --extent beat with it.")
        if self.extent == "record" and not any("record" in KINDS[kind].extents for kind in self.kinds):
            raise ConfigError(f"{', '.join(self.kinds)} cannot be in every beat; use --extent beat.")


@dataclass(frozen=True)
class PlantedLesion:
    """One lesion of a record."""

    kind: str
    extent: Extent
    planted: Planted
    """Its mask alone, in the signal with all lesions up to it."""


@dataclass(frozen=True)
class SynthesisSummary:
    """What was written."""

    kinds: dict[str, int]
    """Lesions of each kind."""
    normals: int
    left_out: dict[str, int]
    """Reasons why records were not used, with counts."""


def synthesize(
    data: str | Path, output: str | Path, recipe: Recipe, *, force: bool = False, progress: Progress | None = None
) -> SynthesisSummary:
    """Write a lesion set into the folder `output`: WFDB records with `.lesion` files, `lesions.json` and the arrays
    `benchmark_data.npy` (N, 5000, 12) float32 mV, band-passed, and `benchmark_label.npy` (N, 5000, 12) 0 or 1.

    The same data, recipe and release write the same bytes. `force` replaces another lesion set, never anything else.
    Raises ConfigError for a recipe that cannot work and DatasetError if `output` is in use or too few records can be
    used; `output` is then as it was.
    """
    recipe.check()
    output = Path(output)
    _require_free(output, force)
    index = load_index(data)
    entries = index.select(folds=recipe.folds, label="normal")
    wanted = recipe.records + recipe.normals
    if len(entries) < wanted:
        raise DatasetError(f"There are {len(entries):,} normal records in {fold_words(recipe.folds)}; {wanted:,} are "
                           "asked for.")
    order = np.random.default_rng(recipe.seed).permutation(len(entries))
    with _folder_replacing(output) as folder:
        return _fill(folder, [entries[number] for number in order], index.folder, recipe, progress)


def _fill(
    folder: Path, entries: Sequence[PtbxlEntry], data: Path, recipe: Recipe, progress: Progress | None
) -> SynthesisSummary:
    """Write the set's files into an empty folder, from the first of the records that can be used."""
    wanted = recipe.records + recipe.normals
    left_out: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    documents: list[dict[str, Any]] = []
    signals = _open_array(folder / "benchmark_data.npy", wanted, np.float32)
    labels = _open_array(folder / "benchmark_label.npy", wanted, np.uint8)
    for entry in entries:
        if len(documents) == wanted:
            break
        name = f"{len(documents) + 1:05d}"
        try:
            signal, shape = _usable(entry)
            lesions: list[PlantedLesion] = []
            if len(documents) < recipe.records:
                signal, lesions = _with_lesions(signal, shape, recipe, entry.ecg_id, kinds)
        except EcgError as error:
            left_out[str(error)] += 1
            continue
        signal = quantised(signal)
        kinds.update(lesion.kind for lesion in lesions)
        labels[len(documents)] = _write(folder, name, signal, lesions).T
        signals[len(documents)] = bandpass(signal.astype(np.float64), PreprocessConfig()).T
        documents.append(_document(name, entry, data, lesions, recipe))
        if progress:
            progress(len(documents), wanted)
    if len(documents) < wanted:
        reasons = "; ".join(f"{count}: {reason}" for reason, count in left_out.most_common(5))
        raise DatasetError(
            f"Only {len(documents)} of {wanted} records could be made from {len(entries)} normals. Not used: {reasons}."
        )
    summary = SynthesisSummary(dict(sorted(kinds.items())), recipe.normals, dict(sorted(left_out.items())))
    document = {"recipe": asdict(recipe), "sampling_rate_hz": RATE_HZ, "leads": list(STANDARD_LEADS),
                "left_out": summary.left_out, "records": documents}
    (folder / LESIONS_JSON).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return summary


def _usable(entry: PtbxlEntry) -> tuple[FloatArray, BeatShape]:
    """The first 10 s of a record at 500 Hz (12, 5000) in mV and its beats. Raises EcgError if it is not used."""
    record = read_record(entry.path)
    require_model_leads(record)
    require_model_length(record, N_SAMPLES / RATE_HZ)
    stretch = record.read(0, round(N_SAMPLES / RATE_HZ * record.sampling_rate_hz)).astype(np.float64)
    if not np.isfinite(stretch).all():
        raise UnsupportedRecord("invalid samples")
    signal = resample(stretch, record.sampling_rate_hz, RATE_HZ, N_SAMPLES).astype(np.float32)
    return signal, describe_beats(signal, find_r_peaks(signal[STANDARD_LEADS.index("II")], RATE_HZ))


def _with_lesions(
    signal: FloatArray, shape: BeatShape, recipe: Recipe, ecg_id: int, made: Counter[str]
) -> tuple[FloatArray, list[PlantedLesion]]:
    """A record with its lesions, of the kinds that are rarest so far. Raises UnsupportedRecord if they do not fit."""
    lesions: list[PlantedLesion] = []
    taken = np.zeros(N_SAMPLES, bool)
    counts = Counter(made)
    for number in range(recipe.lesions):
        rng = np.random.default_rng([recipe.seed, ecg_id, number])
        order = sorted(_possible(recipe), key=lambda kind: counts[kind])
        reasons = []
        for kind in order:
            try:
                lesion = _one_lesion(signal, shape, kind, recipe, rng, taken)
            except UnsupportedRecord as error:
                reasons.append(str(error))
            else:
                break
        else:
            raise UnsupportedRecord(reasons[0])
        signal = lesion.planted.signal_mv
        taken |= lesion.planted.mask.any(axis=0)
        counts[kind] += 1
        lesions.append(lesion)
    return signal, lesions


def _possible(recipe: Recipe) -> list[str]:
    """The kinds that can have the extent asked for."""
    return [kind for kind in recipe.kinds if recipe.extent == "mix" or recipe.extent in KINDS[kind].extents]


def _one_lesion(
    signal: FloatArray, shape: BeatShape, kind: str, recipe: Recipe, rng: np.random.Generator, taken: NDArray[np.bool_]
) -> PlantedLesion:
    extents = KINDS[kind].extents if recipe.extent == "mix" else (recipe.extent,)
    if recipe.lesions > 1:
        extents = ("beat",)
    extent = extents[int(rng.integers(len(extents)))]
    reason = ""
    for _ in range(TRIES):
        try:
            beats = _draw_beats(shape, kind, extent, recipe.every, rng)
            planted = plant(
                signal, shape, kind, beats=beats, rng=rng, strength=recipe.strength, leads=recipe.leads
            )
        except UnsupportedRecord as error:
            reason = str(error)
            continue
        if not (planted.mask.any(axis=0) & taken).any():
            return PlantedLesion(kind, extent, planted)
        reason = f"no room for {recipe.lesions} lesions"
    raise UnsupportedRecord(reason)


def _draw_beats(
    shape: BeatShape, kind: str, extent: Extent, every: int | None, rng: np.random.Generator
) -> tuple[int, ...]:
    """Numbers of the beats to change. Raises UnsupportedRecord if there are too few."""
    margin = RATE_HZ // 5 if KINDS[kind].whole_beats or extent == "beat" else 0
    inside = [k for k, peak in enumerate(shape.peaks) if margin <= peak < N_SAMPLES - margin]
    if extent == "record":
        step = every or KINDS[kind].every
        return tuple(inside[int(rng.integers(min(step, len(inside)))) :: step])
    step = KINDS[kind].every
    run = 1 + int(rng.integers(KINDS[kind].longest_run)) if step == 1 else KINDS[kind].longest_run
    within = inside[1:-1]  # one beat on both sides stays as it was
    last = len(within) - (run - 1) * step
    if last < 1:
        raise UnsupportedRecord("too few beats for the lesion")
    start = int(rng.integers(last))
    return tuple(within[start : start + (run - 1) * step + 1 : step])


def _intervals(lesion: PlantedLesion) -> list[LeadInterval]:
    """The stretches of a lesion's mask."""
    found = []
    for lead, row in enumerate(lesion.planted.mask):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.view(np.int8), [0]))))
        found += [
            LeadInterval(int(start), int(end), lead, lesion.kind)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
    return found


def _write(folder: Path, name: str, signal: FloatArray, lesions: Sequence[PlantedLesion]) -> NDArray[np.bool_]:
    """Write a record with its annotations; its mask (12, samples)."""
    write_record(folder, name, signal, RATE_HZ)
    intervals = [interval for lesion in lesions for interval in _intervals(lesion)]
    if intervals:
        write_intervals(folder, name, ANNOTATOR, intervals, RATE_HZ)
    mask = np.zeros(signal.shape, bool)
    for lesion in lesions:
        mask |= lesion.planted.mask
    return mask


def _document(
    name: str, entry: PtbxlEntry, data: Path, lesions: Sequence[PlantedLesion], recipe: Recipe
) -> dict[str, Any]:
    """The entry of a record in `lesions.json`."""
    described = []
    for lesion in lesions:
        intervals = _intervals(lesion)
        marked = sorted({interval.lead for interval in intervals})
        described.append({
            "kind": lesion.kind,
            "extent": lesion.extent,
            "leads": [STANDARD_LEADS[lead] for lead in marked],
            "start_s": min((i.start for i in intervals), default=0) / RATE_HZ,
            "end_s": max((i.end for i in intervals), default=0) / RATE_HZ,
            "strength": recipe.strength,
            "seed": recipe.seed,
            "beats": list(lesion.planted.beats),
            "details": lesion.planted.details,
            "intervals": [
                {"lead": STANDARD_LEADS[i.lead], "start_s": i.start / RATE_HZ, "end_s": i.end / RATE_HZ}
                for i in intervals
            ],
        })
    source = entry.path.relative_to(data).with_suffix("").as_posix()
    return {"name": name, "source": source, "ecg_id": entry.ecg_id, "normal": not lesions, "lesions": described}


def _open_array(path: Path, n_records: int, dtype: Any) -> NDArray[Any]:
    return mapped_array(path, dtype, (n_records, N_SAMPLES, len(STANDARD_LEADS)))


def _require_free(output: Path, force: bool) -> None:
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return
    if not (output / LESIONS_JSON).is_file():
        raise DatasetError(f"{output} is there and is no lesion set; choose another folder.")
    if not force:
        raise DatasetError(f"{output} already holds a lesion set; choose another folder, or replace it with --force.")


@contextmanager
def _folder_replacing(output: Path) -> Iterator[Path]:
    """A temporary folder beside `output` that takes its place when the block succeeds, and is removed if not."""
    output.absolute().parent.mkdir(parents=True, exist_ok=True)
    temporary = output.absolute().with_name(f".{output.absolute().name}.{process_name()}.part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        yield temporary
        if output.exists():
            old = temporary.with_suffix(".old")
            os.replace(output, old)
            try:
                os.replace(temporary, output)
            except OSError:
                os.replace(old, output)
                raise
            shutil.rmtree(old)
        else:
            os.replace(temporary, output)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
