"""Scoring as work on chunks of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mmae_core.cohort import ChunkTask, Shard, WriteChunk
from mmae_core.cohort.fetching import local_copy
from mmae_core.errors import EcgError
from mmae_core.files import replacing
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.report.growing_table import GrowingTable
from mmae_core.report.map_file import MapFile, map_name, write_maps
from mmae_core.report.map_parts import map_part, part_name, parts_in

if TYPE_CHECKING:
    from mmae_core.report.score_table import RecordRows, ScoreOptions

ROWS, SUMMARY = "csv", "summary.csv"
"""Endings of a chunk's files: rows without a header of the table of windows, and of that of recordings."""
MapForm = Literal["npz", "parquet"]


@dataclass(frozen=True)
class ScoreWork:
    """What is done with each record: (its name in the table, its place)."""

    model: str | None
    """Name or folder."""
    model_digest: str
    device: str = "auto"
    findings: bool = True
    """See `ScoreOptions`."""
    maps: str = ""
    """Folder for maps; empty for none."""
    maps_as: MapForm = "npz"
    description: SignalDescription | None = None
    """What was said of files that leave out rate, unit or leads."""
    name = "score"
    endings = (ROWS, SUMMARY)

    def options(self) -> Mapping[str, Any]:
        """All that rows and maps depend on; not what a model is called, which may lie elsewhere on each machine."""
        said = None if self.description is None else asdict(self.description)
        return {"model": self.model_digest, "device": self.device, "findings": self.findings, "maps": self.maps,
                "maps_as": self.maps_as, "described": said}

    def forget_maps(self, records: Sequence[tuple[str, str]], shard: Shard) -> None:
        """Remove the maps that an earlier run has left of this share's chunks and, if it is no share, of the records.

        Whoever asks for a record's map would get the old one if there is no new one, or if it has another form.
        """
        folder = Path(self.maps)
        for number, path in parts_in(folder).items():
            if shard.has(number):
                path.unlink(missing_ok=True)
        if shard.count == 1 and any(folder.glob("*.npz")):
            for name, _ in records:
                (folder / map_name(name)).unlink(missing_ok=True)

    def open(self) -> WriteChunk:
        """Load the model. Raises ModelMismatch if it is another than the run was begun with."""
        from mmae_core.errors import ModelMismatch
        from mmae_core.model.device import use_one_thread
        from mmae_core.readers.described_folders import describe_everything
        from mmae_core.report.score_table import failed_rows, score_rows
        from mmae_core.scoring.assessor import Assessor
        from mmae_core.scoring.checkpoint import load_model
        from mmae_core.scoring.model_files import model_digest

        use_one_thread()
        describe_everything(self.description)
        found = model_digest(self.model)
        if found != self.model_digest:
            raise ModelMismatch(f"The model {self.model or '(the default)'} is another here ({found[:12]}) than where "
                                f"the run was begun ({self.model_digest[:12]}). Install the same on every machine.")
        assessor = Assessor(load_model(self.model), self.device)
        model = [f"{assessor.model.name} {assessor.model.version}", assessor.model.key]

        def scored(name: str, place: str, options: ScoreOptions) -> RecordRows:
            try:
                with local_copy(place) as path:
                    return score_rows(assessor, path, name, options)
            except EcgError as error:
                return failed_rows(name, str(error), model)

        def write(task: ChunkTask) -> None:
            with ExitStack() as files:
                tables = [GrowingTable(files.enter_context(task.path(ending).open("w+b", buffering=0)))
                          for ending in self.endings]
                options = self._options(task, files)
                for (name, place), reason in task.each_or_reason():
                    found = failed_rows(name, reason, model) if reason else scored(name, place, options)
                    tables[1].write([found.summary])
                    tables[0].write(found.rows)

        return write

    def _options(self, task: ChunkTask, files: ExitStack) -> ScoreOptions:
        from mmae_core.report.score_table import ScoreOptions

        options = ScoreOptions(findings=self.findings)
        if not self.maps:
            return options
        folder = Path(self.maps)
        if self.maps_as == "parquet":
            part = files.enter_context(map_part(folder / part_name(task.chunk.number)))
            return replace(options, write_map=part.write)

        def write_archive(name: str, maps: MapFile) -> None:
            with replacing(folder / map_name(name)) as unfinished, unfinished.open("wb") as stream:
                write_maps(stream, maps)

        return replace(options, write_map=write_archive)
