"""The model's maps at the recording's own sampling rate, as a NumPy archive that loads without unpickling."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import CannotExport, Folder, file_name, writing
from ecg_viewer.state.words.language import tr
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.report.layer_maps import named_map, own_map
from mmae_core.report.map_file import EXPECTED, MapFile, write_maps


def write_npz(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_maps.npz`. Raises CannotExport if nothing was assessed or it cannot be written."""
    maps = joined_maps(content)
    target = folder.target(file_name(content.name, "_maps.npz"))
    with writing(target) as part, part.open("wb") as stream:
        write_maps(stream, maps)
    return (target,)


def joined_maps(content: RecordContent) -> MapFile:
    """All stretches of a recording as one, with the provenance of an export. Raises CannotExport without any."""
    maps = content.maps
    if not maps:
        reason = content.assessment.message or tr("nothing of it was assessed")
        raise CannotExport(tr("{name} has no maps to export: {reason}").format(name=content.name, reason=reason))
    rate = maps[0].sampling_rate_hz
    first = round(maps[0].start_s * rate)
    size = round(maps[-1].end_s * rate) - first

    def joined(name: str) -> FloatArray:
        whole = np.full((len(STANDARD_LEADS), size), np.nan, np.float32)
        for part in maps:
            place = round(part.start_s * rate) - first
            values = getattr(part, name)
            whole[:, place : place + values.shape[1]] = values
        return whole

    expected = joined(EXPECTED) if all(part.expected_mv is not None for part in maps) else None
    layers, start_s = content.assessment.layers, maps[0].start_s
    named = named_map(layers.departures, start_s, rate, size, content.record.lead_names) if layers.departures else None
    own = own_map(layers.own, start_s, rate, size) if layers.own else None
    return MapFile(STANDARD_LEADS, rate, start_s, joined("score"), joined("percentile"), joined("peak_percentile"),
                   content.provenance.document(), expected, named, own)
