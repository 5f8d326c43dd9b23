"""What is given damaged files, and the whole files that the damage begins with."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from cohort_targets import cohort_targets
from own_file_targets import own_file_targets
from recording_targets import recording_targets
from table_targets import model_targets, table_targets
from target import TESTS, Target

__all__ = ["Target", "all_targets"]


@cache
def all_targets() -> tuple[Target, ...]:
    """Every kind of input that the programs read."""
    return (*recording_targets(), *table_targets(), *model_targets(), *own_file_targets(),
            *cohort_targets(), *_reports())


def _reports() -> list[Target]:
    """What is exported for other systems and read back."""
    from ecg_viewer.export.exchange.fhir_writer import ENDING as FHIR_ENDING
    from ecg_viewer.export.exchange.sr_writer import ENDING as SR_ENDING

    found = _written_reports()
    return [Target(f"report {ending}", ({name: found[name]},), _read_report, (module,))
            for ending, module in ((FHIR_ENDING, "ecg_viewer.export.exchange.fhir_reader"),
                                   (SR_ENDING, "ecg_viewer.export.exchange.sr_reader"))
            for name in found if name.endswith(ending)]


def _written_reports() -> dict[str, bytes]:
    from ecg_viewer.export.content import RecordContent, ReviewedFinding
    from ecg_viewer.export.exchange.fhir_writer import write_fhir
    from ecg_viewer.export.exchange.sr_writer import write_dicom_sr
    from ecg_viewer.export.export_files import Folder
    from ecg_viewer.export.provenance import Provenance
    from mmae_core.intervals.measure import measure_record
    from mmae_core.readers import read_record

    record = read_record(TESTS / "data" / "formats" / "anonymous_12lead.dcm")
    finding = ReviewedFinding("V2", 1.0, 1.2, "reviewer", decision="confirmed", label="notch", reviewer="R")
    measured = measure_record(record, 0.0, 10.0)
    content = RecordContent(record, Provenance.of(record, None), (finding,), measurements=measured)
    with tempfile.TemporaryDirectory() as folder:
        paths = [*write_fhir(content, Folder(Path(folder)))[0], *write_dicom_sr(content, Folder(Path(folder)))[0]]
        return {path.name: path.read_bytes() for path in paths}


def _read_report(folder: Path, name: str) -> None:
    from ecg_viewer.export.exchange.fhir_reader import read_fhir
    from ecg_viewer.export.exchange.sr_reader import read_dicom_sr

    (read_fhir if name.endswith(".json") else read_dicom_sr)(folder / name)
