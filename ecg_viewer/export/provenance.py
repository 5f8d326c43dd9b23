"""The provenance on every export: recording, model, program and display settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from ecg_viewer.export.normal_cohorts import Normals, NormalsOrigin
from ecg_viewer.state.assessment import Assessment, ModelInfo
from ecg_viewer.state.review.first_read import read_sentences
from ecg_viewer.state.review.reads import Reads
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core import __version__
from mmae_core.record import EcgRecord

PROGRAM = "ecg-viewer"

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, with the offset of the computer's time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Shown:
    """How traces are drawn, for exports with traces."""

    speed_mm_per_s: float
    gain_mm_per_mv: float
    filter: str
    """Name of the display filter; it does not affect the model's input."""
    layout: str
    """Title of the layout."""
    start_s: float
    end_s: float
    """The stretch that the pages show."""


@dataclass(frozen=True)
class RecordOrigin:
    """The recording an export is about."""

    name: str
    sha256: str
    """SHA-256 of all its files, header first."""
    format: str
    files: tuple[str, ...]
    """Their names, without folders."""
    sampling_rate_hz: float
    duration_s: float
    derived_leads: tuple[str, ...]
    """Limb leads computed from I and II because the files have none."""
    doubts: tuple[str, ...] = ()
    """What may be wrong with the recording, as its files show."""

    @classmethod
    def of(cls, record: EcgRecord, sha256: str = "") -> RecordOrigin:
        """Reads all files of the recording unless their checksum is known already. Raises UnreadableRecord."""
        source = record.source
        return cls(
            record.name,
            sha256 or source.sha256,
            source.format,
            tuple(path.name for path in source.paths),
            record.sampling_rate_hz,
            record.duration_s,
            tuple(lead for lead in record.lead_names if lead in record.derived_leads),
            record.doubts,
        )


@dataclass(frozen=True)
class ModelOrigin:
    """The model whose numbers an export holds."""

    name: str
    version: str
    weights_sha256: str
    device: str
    preprocessing: str
    """What was done to the signal before the model saw it."""
    cohort: str
    """The normal ECGs that percentiles of its map and score refer to."""
    n_normals: int | None

    @classmethod
    def of(cls, info: ModelInfo) -> ModelOrigin:
        return cls(
            info.name, info.version, info.sha256, info.device, info.preprocessing, info.cohort, info.n_normals
        )


@dataclass(frozen=True)
class Provenance:
    """Everything above, and the program and moment."""

    record: RecordOrigin
    model: ModelOrigin | None
    """None if nothing in the export comes from a model."""
    created: str
    """ISO 8601 with the offset from UTC."""
    normals: Normals = field(default_factory=Normals)
    """Those of the other layers."""
    shown: Shown | None = None
    reading: tuple[str, ...] = ()
    """Who read the recording before its results were shown, in sentences; empty if nobody was asked to."""
    program: str = PROGRAM
    program_version: str = __version__

    @classmethod
    def of(
        cls, record: EcgRecord, model: ModelInfo | None, assessment: Assessment | None = None, *, sha256: str = "",
        clock: Clock = now,
    ) -> Provenance:
        """Of an export of `record`, made now, with what `model` and the other layers say in `assessment`.

        A model that could assess nothing is not named. Raises UnreadableRecord.
        """
        is_of_model = model is not None and (assessment is None or bool(assessment.windows))
        return cls(
            RecordOrigin.of(record, sha256),
            ModelOrigin.of(model) if model is not None and is_of_model else None,
            clock().isoformat(timespec="seconds"),
            Normals() if assessment is None else Normals.of(assessment.layers),
        )

    def with_shown(self, shown: Shown) -> Provenance:
        return replace(self, shown=shown)

    def with_reads(self, reads: Mapping[str, Reads]) -> Provenance:
        """With how the recording was read, by reader."""
        return replace(self, reading=read_sentences(reads))

    def document(self) -> dict[str, Any]:
        """As JSON values, with the research-use line; `shown` is null for exports without traces, `reading` is there
        only if somebody was asked for a first read.
        """
        document = asdict(self)
        document["reading"] = list(self.reading)
        if not self.reading:
            del document["reading"]
        document["record"]["files"] = list(self.record.files)
        document["record"]["derived_leads"] = list(self.record.derived_leads)
        document["record"]["doubts"] = [str(doubt) for doubt in self.record.doubts]
        return {"use": RESEARCH_USE_BADGE, **document}

    def lines(self) -> tuple[str, ...]:
        """In words, a line for each origin."""
        record = self.record
        lines = [
            tr("Recording {name} ({format}, {rate} Hz, {duration} s), SHA-256 {sha256}").format(
                name=record.name, format=record.format, rate=f"{record.sampling_rate_hz:g}",
                duration=f"{record.duration_s:.6g}", sha256=record.sha256,
            )
        ]
        lines += [tr("Doubt about the recording: {doubt}").format(doubt=translated(doubt)) for doubt in record.doubts]
        if self.model is not None:
            lines += _model_lines(self.model)
        lines += _normals_lines(self.normals)
        if self.shown is not None:
            lines.append(_shown_line(self.shown))
        lines += self.reading
        lines.append(
            tr("Exported by {program} {version} on {created}").format(
                program=self.program, version=self.program_version, created=self.created
            )
        )
        return tuple(lines)


def lines_of_both(first: Provenance, second: Provenance) -> tuple[str, ...]:
    """In words, of a picture of two recordings laid over each other: a letter before each line says of which side."""
    *of_first, _ = first.lines()
    *of_second, exported = second.lines()
    return (*(f"A: {line}" for line in of_first), *(f"B: {line}" for line in of_second), exported)


def _model_lines(model: ModelOrigin) -> list[str]:
    lines = [
        tr("Model {name}, version {version}, weights SHA-256 {sha256}").format(
            name=model.name, version=model.version, sha256=model.weights_sha256 or tr("unknown")
        )
    ]
    if model.preprocessing:
        lines.append(tr("Model input: {preprocessing}").format(preprocessing=model.preprocessing))
    count = f"{model.n_normals:,}" if model.n_normals else tr("an unknown number of")
    cohort = f" ({model.cohort})" if model.cohort else ""
    lines.append(tr("Percentiles of the model's map and score compare with {count} normal ECGs{cohort}").format(
        count=count, cohort=cohort))
    return lines


def _normals_lines(normals: Normals) -> list[str]:
    """A line for each layer that has normal ECGs of its own."""
    texts: list[tuple[str, NormalsOrigin | None]] = [
        (tr("Percentiles of measurements compare with those of {count} normal ECGs ({cohort}) that are of the same sex "
            "and age, where these are known"), normals.named),
        (tr("Percentiles of own beats compare with {count} normal ECGs ({cohort})"), normals.own),
    ]
    return [text.format(count=f"{origin.n_normals:,}", cohort=origin.cohort) for text, origin in texts
            if origin is not None]


def _shown_line(shown: Shown) -> str:
    return tr("Shown: {layout}, {speed} mm/s, {gain} mm/mV, filter: {filter}, {start} to {end} s").format(
        layout=shown.layout, speed=f"{shown.speed_mm_per_s:g}", gain=f"{shown.gain_mm_per_mv:g}",
        filter=shown.filter, start=f"{shown.start_s:.6g}", end=f"{shown.end_s:.6g}",
    )
