"""The rows of a recording in the tables of `mmae_core score`; one that fails has a row with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmae_core.assessment import WindowAssessment
from mmae_core.errors import EcgError, UnsupportedRecord
from mmae_core.layers import Reading, read_layers
from mmae_core.percentiles import table_percentile
from mmae_core.readers import read_record
from mmae_core.report.layer_columns import FACT_COLUMNS, MEASURED_COLUMNS, fact_cells, measured_cells
from mmae_core.report.map_file import MapFile
from mmae_core.report.score_columns import COLUMNS, SUMMARY_COLUMNS
from mmae_core.report.window_readings import MAPPED_S, all_maps, person_or_unknown, read_windows
from mmae_core.scoring.assessor import Assessor

NO_READING = [""] * (len(FACT_COLUMNS) + len(MEASURED_COLUMNS))
WriteMap = Callable[[str, MapFile], None]
HIGH_PERCENTILE = 90.0
MOST_NOTES = 5
"""Different ones that the row of a recording repeats; each window's are in the other table."""
STRETCH_S = 600.0
"""Long records are scored in pieces of this length."""


@dataclass(frozen=True)
class RecordRows:
    """The rows of one recording, as cells."""

    rows: list[list[str]]
    """Of `COLUMNS`, one for each window, or one that says why there is none."""
    summary: list[str]
    """Of `SUMMARY_COLUMNS`."""


@dataclass(frozen=True)
class TableWindow:
    """A window as the tables see it."""

    window: WindowAssessment
    reading: Reading | None
    """None if only the model was asked."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreOptions:
    """What is asked of each recording besides its score."""

    findings: bool = True
    """Findings and measurements of all three layers; without them no map is computed and half of the time is saved."""
    write_map: WriteMap | None = None
    """Given the name and the maps of each recording."""


ALL = ScoreOptions()


def score_rows(assessor: Assessor, path: Path, name: str, options: ScoreOptions = ALL) -> RecordRows:
    """Score one recording into the rows of both tables, whatever is wrong with it.

    `percentile` and `p_value` compare one window with normal ECGs of one window each. `windows` is how many the record
    has: the highest percentile of several is high by chance alone.

    `quality` is the record score of `mmae_core.signals.quality`, 0..1; where `reliable` says no, the percentile does
    not count. Every row names the model, so that scores of two models are not taken for one. A record that cannot be
    read or assessed gets one row that says why; of one that only the model refuses (too short, too few leads) it has
    what the other layers measure and find. Long records are scored in stretches, unless their maps are asked for: a
    map is held whole. Raises OSError if a map cannot be written.
    """
    model = [f"{assessor.model.name} {assessor.model.version}", assessor.model.key]
    try:
        scored = _scored(assessor, path, name, options)
    except UnsupportedRecord as error:
        return failed_rows(name, str(error), model, _beside(path) if options.findings else (), _doubts(path))
    except EcgError as error:
        return failed_rows(name, str(error), model)
    except OSError:  # of a map; readers turn those of a recording into an EcgError
        raise
    except MemoryError:
        return failed_rows(name, "not enough memory for this record", model)
    except Exception as error:  # noqa: BLE001 - a fault of this program's; the others are scored all the same
        return failed_rows(name, f"a fault in this program ({type(error).__name__}: {error}); please report it", model)
    return RecordRows([[*row, *model] for row in _rows(name, scored)], [*_summary_row(name, scored), *model])


def _scored(assessor: Assessor, path: Path, name: str, options: ScoreOptions) -> tuple[TableWindow, ...]:
    """All windows of a record, in order, without ever holding more than a stretch of it.

    Where there is a place for its maps they are held whole, and written.
    """
    record = read_record(path)
    if not options.findings:
        return tuple(TableWindow(window, None, record.doubts) for window in assessor.assess_windows(record))
    person = person_or_unknown(record)
    stretch_s = STRETCH_S if options.write_map is None else record.duration_s
    found: dict[float, TableWindow] = {}
    start_s = 0.0
    while not found or start_s < record.duration_s:
        end_s = min(start_s + stretch_s, record.duration_s)
        anomaly_map = assessor.assess(record, start_s, end_s)
        found |= {item.window.start_s: TableWindow(item.window, item.reading, item.doubts)
                  for item in read_windows(assessor, record, anomaly_map, person)}
        if options.write_map is not None:
            options.write_map(name, all_maps(assessor.model, record, anomaly_map, person))
        start_s = end_s
    return tuple(found[start] for start in sorted(found))


def _rows(name: str, scored: Sequence[TableWindow]) -> Iterable[list[str]]:
    for item in scored:
        window = item.window
        yield [
            name, f"{window.start_s:.3f}", _number(window.score, ".6g"), table_percentile(window.percentile),
            _number(window.p_value, ".6g"), str(len(scored)),
            "" if window.quality is None else f"{window.quality.score:.2f}",
            "yes" if window.reliable else "no", " ".join(window.assessable_leads),
            "; ".join((*item.doubts, *window.notes)),
            *_reading_cells([item]), "",
        ]


def _reading_cells(scored: Sequence[TableWindow]) -> list[str]:
    readings = [item.reading for item in scored if item.reading is not None]
    if not readings:
        return NO_READING
    return [*fact_cells([fact for reading in readings for fact in reading.facts]),
            *measured_cells([reading.examination.measurements for reading in readings])]


def _summary_row(name: str, scored: Sequence[TableWindow]) -> list[str]:
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
        *_reading_cells(scored), "",
    ]


def _why_none(windows: Sequence[WindowAssessment]) -> str:
    """The notes of the windows, each once; of many, the first `MOST_NOTES` and how many more there are."""
    notes = list(dict.fromkeys(note for window in windows for note in window.notes))
    more = [f"{len(notes) - MOST_NOTES} more notes in the table of windows"] if len(notes) > MOST_NOTES else []
    return "; ".join([*notes[:MOST_NOTES], *more])


def failed_rows(
    name: str, reason: str, model: Sequence[str], beside: Sequence[Reading] = (), doubts: Sequence[str] = ()
) -> RecordRows:
    """The rows of a recording that has no score; `beside` is what the other layers say of it, `doubts` its file."""
    cells = NO_READING
    if beside:
        cells = [*fact_cells([fact for item in beside for fact in item.facts]),
                 *measured_cells([item.examination.measurements for item in beside])]
    notes = "; ".join(doubts)  # the last column before the cells
    row, summary = ([name, *[""] * (columns.index("error") - len(cells) - 2), notes, *cells, reason, *model]
                    for columns in (COLUMNS, SUMMARY_COLUMNS))
    return RecordRows([row], summary)


def _beside(path: Path) -> tuple[Reading, ...]:
    """Results of the layers beside the model for a record that the model refuses; none without an ECG."""
    try:
        record = read_record(path)
        person, n_parts = person_or_unknown(record), max(1, round(record.duration_s / MAPPED_S))
        length_s = record.duration_s / n_parts
        return tuple(read_layers(record, part * length_s, length_s, person=person) for part in range(n_parts))
    except EcgError:
        return ()


def _doubts(path: Path) -> tuple[str, ...]:
    """What may be wrong with a record that could be read, such as that its file ends early."""
    try:
        return read_record(path).doubts
    except EcgError:
        return ()


def _number(value: float, form: str) -> str:
    return "" if np.isnan(value) else format(value, form)

