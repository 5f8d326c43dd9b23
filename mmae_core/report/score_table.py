"""`mmae_core score`: a table over many recordings; one that fails gets a row with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmae_core.assessment import WindowAssessment
from mmae_core.datasets.folder import record_names
from mmae_core.errors import EcgError, UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.layers import Reading, read_layers
from mmae_core.percentiles import table_percentile
from mmae_core.readers import read_record
from mmae_core.report.growing_table import GrowingTable, growing_table
from mmae_core.report.layer_columns import FACT_COLUMNS, MEASURED_COLUMNS, fact_cells, measured_cells
from mmae_core.report.map_file import map_name, write_maps
from mmae_core.report.window_readings import MAPPED_S, ScoredWindow, all_maps, person_or_unknown, read_windows
from mmae_core.scoring.assessor import Assessor

COLUMNS = (
    "record", "start_s", "score", "percentile", "p_value", "windows", "quality", "reliable", "assessable_leads",
    "quality_notes", *FACT_COLUMNS, *MEASURED_COLUMNS, "error", "model", "model_sha256",
)
SUMMARY_COLUMNS = (
    "record", "windows", "reliable_windows", "windows_with_percentile", "strongest_percentile", "strongest_start_s",
    "share_above_90", "lowest_quality", "notes", *FACT_COLUMNS, *MEASURED_COLUMNS, "error", "model", "model_sha256",
)
"""A row a recording. `reliable_windows` are those whose row in the other table says so, `windows_with_percentile` those
of them that have one: the strongest percentile, where it begins and the share above the 90th are of these. `notes` says
why there is none. Findings are those of all windows, the same in several counted once; measurements are medians."""
HIGH_PERCENTILE = 90.0
MOST_NOTES = 5
"""Different ones that the row of a recording repeats; each window's are in the other table."""
STRETCH_S = 600.0
"""Long records are scored in pieces of this length."""


@dataclass(frozen=True)
class TableSummary:
    """How many records were given, and which of them have no score."""

    n_records: int
    failed: tuple[str, ...]
    """Names of those that could not be read or assessed."""
    unscored: tuple[str, ...]
    """Names of those that were read, but in which no lead can be assessed."""


def write_score_table(
    assessor: Assessor,
    records: Sequence[Path],
    output: Path,
    maps_folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    per_recording: Path | None = None,
) -> TableSummary:
    """Score records into a CSV file with one row for each 10-s window, and their maps into .npz files if asked to.

    `percentile` and `p_value` compare one window with normal ECGs of one window each. `windows` is how many the record
    has: the highest percentile of several is high by chance alone.

    `quality` is the record score of `mmae_core.signals.quality`, 0..1; where `reliable` says no, the percentile does
    not count. With `per_recording` a second file gets a row a record (`SUMMARY_COLUMNS`). Every row names the model,
    so that scores of two models are not taken for one. A record that cannot be read or assessed gets one row that
    says why; of one that only the model refuses (too short, too few leads) it has what the other layers measure and
    find. The tables appear when they are complete, or with the rows so far when the run is interrupted or the disk
    full, then with KeyboardInterrupt or OSError raised. Long records are scored in stretches, unless their maps are
    asked for: a map is held whole.
    """
    failed: list[str] = []
    unscored: list[str] = []
    stop: KeyboardInterrupt | OSError | None = None
    done = 0
    model = [f"{assessor.model.name} {assessor.model.version}", assessor.model.key]
    with ExitStack() as files:
        table = files.enter_context(growing_table(output, COLUMNS))
        summary = None if per_recording is None else files.enter_context(
            growing_table(per_recording, SUMMARY_COLUMNS))
        try:
            for path, name in zip(records, record_names(records), strict=True):
                try:
                    scored = _scored(assessor, path, name, maps_folder)
                except UnsupportedRecord as error:
                    failed.append(name)
                    _write_failure(name, str(error), model, table, summary, _beside(path))
                except EcgError as error:
                    failed.append(name)
                    _write_failure(name, str(error), model, table, summary)
                except OSError:  # of the table or a map; readers turn those of a recording into an EcgError
                    raise
                except MemoryError:
                    failed.append(name)
                    _write_failure(name, "not enough memory for this record", model, table, summary)
                except Exception as error:  # noqa: BLE001 - a fault of this program's; the others are scored all the same
                    failed.append(name)
                    _write_failure(name, f"a fault in this program ({type(error).__name__}: {error}); please report it",
                                   model, table, summary)
                else:
                    if all(np.isnan(item.window.score) for item in scored):
                        unscored.append(name)
                    table.write([*row, *model] for row in _rows(name, scored))
                    if summary is not None:
                        summary.write([[*_summary_row(name, scored), *model]])
                done += 1
                if progress:
                    progress(done, len(records))
        except (KeyboardInterrupt, OSError) as error:  # keep the finished rows in any case
            stop = error
    if isinstance(stop, OSError):
        raise OSError(stop.errno, f"{stop.strerror}; the rows of {done} of {len(records)} records are in {output}",
                      stop.filename or str(output)) from stop
    if stop is not None:
        raise stop
    return TableSummary(len(records), tuple(failed), tuple(unscored))


def _scored(assessor: Assessor, path: Path, name: str, maps_folder: Path | None) -> tuple[ScoredWindow, ...]:
    """All windows of a record, in order, without ever holding more than a stretch of it.

    Where there is a folder for its maps they are held whole, and written.
    """
    record = read_record(path)
    person = person_or_unknown(record)
    stretch_s = STRETCH_S if maps_folder is None else record.duration_s
    found: dict[float, ScoredWindow] = {}
    start_s = 0.0
    while not found or start_s < record.duration_s:
        end_s = min(start_s + stretch_s, record.duration_s)
        anomaly_map = assessor.assess(record, start_s, end_s)
        found |= {item.window.start_s: item for item in read_windows(assessor, record, anomaly_map, person)}
        if maps_folder is not None:
            with replacing(maps_folder / map_name(name)) as part, part.open("wb") as stream:
                write_maps(stream, all_maps(assessor.model, record, anomaly_map, person))
        start_s = end_s
    return tuple(found[start] for start in sorted(found))


def _rows(name: str, scored: Sequence[ScoredWindow]) -> Iterable[list[str]]:
    for item in scored:
        window = item.window
        yield [
            name, f"{window.start_s:.3f}", _number(window.score, ".6g"), table_percentile(window.percentile),
            _number(window.p_value, ".6g"), str(len(scored)),
            "" if window.quality is None else f"{window.quality.score:.2f}",
            "yes" if window.reliable else "no", " ".join(window.assessable_leads),
            "; ".join((*item.doubts, *window.notes)),
            *fact_cells(item.reading.facts), *measured_cells([item.reading.examination.measurements]), "",
        ]


def _summary_row(name: str, scored: Sequence[ScoredWindow]) -> list[str]:
    windows = [item.window for item in scored]
    n_reliable = sum(window.reliable for window in windows)
    counted = [window for window in windows if window.reliable and np.isfinite(window.percentile)]
    strongest = max(counted, key=lambda window: window.percentile, default=None)
    high = sum(window.percentile > HIGH_PERCENTILE for window in counted)
    qualities = [window.quality.score for window in windows if window.quality is not None]
    return [
        name, str(len(windows)), str(n_reliable), str(len(counted)),
        "" if strongest is None else table_percentile(strongest.percentile),
        "" if strongest is None else f"{strongest.start_s:.3f}",
        "" if not counted else f"{high / len(counted):.3f}", "" if not qualities else f"{min(qualities):.2f}",
        "; ".join([*scored[0].doubts, *([] if counted else [_why_none(windows)])]),
        *fact_cells([fact for item in scored for fact in item.reading.facts]),
        *measured_cells([item.reading.examination.measurements for item in scored]), "",
    ]


def _why_none(windows: Sequence[WindowAssessment]) -> str:
    """The notes of the windows, each once; of many, the first `MOST_NOTES` and how many more there are."""
    notes = list(dict.fromkeys(note for window in windows for note in window.notes))
    more = [f"{len(notes) - MOST_NOTES} more notes in the table of windows"] if len(notes) > MOST_NOTES else []
    return "; ".join([*notes[:MOST_NOTES], *more])


def _write_failure(
    name: str, reason: str, model: Sequence[str], table: GrowingTable, summary: GrowingTable | None,
    beside: Sequence[Reading] = (),
) -> None:
    cells = [""] * (len(FACT_COLUMNS) + len(MEASURED_COLUMNS))
    if beside:
        cells = [*fact_cells([fact for item in beside for fact in item.facts]),
                 *measured_cells([item.examination.measurements for item in beside])]
    for one, columns in ((table, COLUMNS), (summary, SUMMARY_COLUMNS)):
        if one is not None:
            one.write([[name, *[""] * (columns.index("error") - len(cells) - 1), *cells, reason, *model]])


def _beside(path: Path) -> tuple[Reading, ...]:
    """Results of the layers beside the model for a record that the model refuses; none without an ECG."""
    try:
        record = read_record(path)
        person, n_parts = person_or_unknown(record), max(1, round(record.duration_s / MAPPED_S))
        length_s = record.duration_s / n_parts
        return tuple(read_layers(record, part * length_s, length_s, person=person) for part in range(n_parts))
    except EcgError:
        return ()


def _number(value: float, form: str) -> str:
    return "" if np.isnan(value) else format(value, form)

