"""Reads a made-up format: text, a line for the rate, a line of leads, then a line of whole microvolts for each sample.

    ECG-LINES 1
    rate 500
    leads I II V1 V2 V3 V4 V5 V6
    12 -5 ...
"""

import numpy as np

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord

FORMAT = "ECG lines"
SUFFIXES = (".ecglines",)
MAGIC = b"ECG-LINES 1\n"
MOST_BYTES = 50_000_000


def claims(file: RecordingFile) -> bool:
    """By content, never by name."""
    return file.head.startswith(MAGIC)


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Leads in order, limb leads computed where they are missing, checks of rate and length: `make_record` does it."""
    lines = file.read_all(MOST_BYTES).decode("ascii", "replace").splitlines()
    try:
        rate_hz = float(lines[1].removeprefix("rate "))
        leads = lines[2].removeprefix("leads ").split()
        microvolts = np.array([line.split() for line in lines[3:]], np.float32).T
    except (IndexError, ValueError) as error:
        raise UnreadableRecord(f"{file.name} is no whole recording in the format {FORMAT}: {error}.") from error
    if len(microvolts) != len(leads):
        raise UnreadableRecord(f"{file.name} names {len(leads)} leads and has {len(microvolts)} columns.")
    millivolts = microvolts / 1000
    return make_record(
        file, format_name=FORMAT, rate_hz=rate_hz, n_samples=millivolts.shape[1],
        channels=[ReadChannel(lead, "mV") for lead in leads], read=lambda start, end: millivolts[:, start:end].copy(),
    )
