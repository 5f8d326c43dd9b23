"""The model's maps at the recording's own sampling rate, as a NumPy archive that loads without unpickling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.files import CannotExport, Folder, file_name, writing
from ecg_viewer.state.language import tr
from mmae_core.record import STANDARD_LEADS


def write_npz(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_maps.npz`. Raises CannotExport if nothing was assessed or it cannot be written."""
    arrays = map_arrays(content)
    target = folder.target(file_name(content.name, "_maps.npz"))
    with writing(target) as part, part.open("wb") as stream:
        np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]  # the stubs take a name for its flag
    return (target,)


def map_arrays(content: RecordContent) -> dict[str, NDArray[Any]]:
    """The arrays of the archive, by name.

    `percentile` is each point's among normals' points, `peak_percentile` what heat shows, `score` the model's own
    number, `expected_mv` its reconstruction where that was asked for: all float32 (12, samples), NaN where nothing
    was assessed. Sample i lies at `start_s + i / sampling_rate_hz`. `provenance` is JSON.
    """
    maps = content.maps
    if not maps:
        reason = content.assessment.message or tr("nothing of it was assessed")
        raise CannotExport(tr("{name} has no maps to export: {reason}").format(name=content.name, reason=reason))
    rate = maps[0].sampling_rate_hz
    first = round(maps[0].start_s * rate)
    size = round(maps[-1].end_s * rate) - first
    arrays: dict[str, NDArray[Any]] = {
        "lead_names": np.array(STANDARD_LEADS),
        "sampling_rate_hz": np.float64(rate),  # type: ignore[dict-item]  # written as an array without axes
        "start_s": np.float64(maps[0].start_s),  # type: ignore[dict-item]  # the same
        "provenance": np.array(json.dumps(content.provenance.document(), ensure_ascii=False)),
    }
    names = ["percentile", "peak_percentile", "score"]
    if all(part.expected_mv is not None for part in maps):
        names.append("expected_mv")
    for name in names:
        whole = np.full((len(STANDARD_LEADS), size), np.nan, np.float32)
        for part in maps:
            place = round(part.start_s * rate) - first
            values = getattr(part, name)
            whole[:, place : place + values.shape[1]] = values
        arrays[name] = whole
    return arrays
