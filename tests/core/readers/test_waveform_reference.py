"""Places of leads in DICOM files: what another file points at are the samples that the reader gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest

from mmae_core.readers import read_record
from mmae_core.readers.dicom.waveform_reference import ChannelPlace, waveform_reference
from mmae_core.record import STANDARD_LEADS

FORMATS = Path(__file__).parents[2] / "data" / "formats"


@pytest.mark.parametrize(
    "name",
    ["anonymous_12lead", "syn_dicom_12_correction_baseline_mv", "syn_dicom_12_deflated_undefined_lengths",
     "syn_dicom_general_sequential"],
)
def test_the_samples_pointed_at_are_those_of_the_recording(name: str) -> None:
    path = FORMATS / f"{name}.dcm"
    record, reference, file = read_record(path), waveform_reference(path), pydicom.dcmread(path)
    assert reference is not None
    assert (reference.sop_instance_uid, reference.study_uid) == (file.SOPInstanceUID, file.StudyInstanceUID)
    assert set(reference.places) == set(STANDARD_LEADS)
    arrays = [file.waveform_array(number) for number in range(len(file.WaveformSequence))]
    for row, lead in enumerate(record.lead_names):
        begin_s = reference.places[lead][0].start_s
        place = reference.place(lead, begin_s + 0.5, begin_s + 0.75)
        assert place is not None
        first, last = place.positions(begin_s + 0.5, begin_s + 0.75) or (0, 0)
        assert (last - first + 1) / place.rate_hz == pytest.approx(0.25)
        group, definition = arrays[place.group - 1], file.WaveformSequence[place.group - 1].ChannelDefinitionSequence
        unit = definition[place.channel - 1].ChannelSensitivityUnitsSequence[0].CodeValue
        there_mv = group[first - 1 : last, place.channel - 1] * {"uV": 1e-3, "mV": 1.0}[unit]
        start = round((begin_s + 0.5) * record.sampling_rate_hz)
        expected_mv = record.read(start, start + len(there_mv))[row]
        valid = np.isfinite(expected_mv)
        assert valid.any()
        np.testing.assert_allclose(there_mv[valid], expected_mv[valid], atol=1e-5)


def test_a_stretch_is_looked_for_in_the_group_that_holds_most_of_it() -> None:
    reference = waveform_reference(FORMATS / "syn_dicom_general_sequential.dcm")
    assert reference is not None
    assert reference.place("V1", 0.0, 1.0) is None, "the groups follow each other: V1 begins at 5 s"
    place = reference.place("V1", 5.5, 6.0)
    assert place == ChannelPlace(3, 1, 500.0, 1250, 5.0)
    assert place.positions(5.5, 6.0) == (251, 500)
    assert place.positions(7.4, 9.0) == (1201, 1250), "cut at the end of the group"
    assert place.positions(5.5, 5.5) == (251, 251), "a moment is one sample"
    assert reference.place("V9", 0.0, 1.0) is None


def test_a_file_without_valid_identifiers_cannot_be_pointed_at(tmp_path: Path) -> None:
    assert waveform_reference(FORMATS / "example_12lead.dcm") is None, "its instance number has '..' in it"
    file = pydicom.dcmread(FORMATS / "anonymous_12lead.dcm")
    del file.StudyInstanceUID
    file.save_as(tmp_path / "bare.dcm")
    assert waveform_reference(tmp_path / "bare.dcm") is None
