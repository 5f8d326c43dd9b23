"""Every limit on what is read from a recording, far above anything real, so that a hostile file costs nothing."""

from __future__ import annotations

HEAD_BYTES = 64 << 10
"""First bytes of a file, by which its format is recognised."""
MAX_WHOLE_FILE_BYTES = 256 << 20
"""Largest file that is read whole (SCP-ECG, tables, arrays); long recordings are read in stretches."""
MAX_XML_BYTES = 96 << 20
MAX_XML_DEPTH = 200
MAX_XML_ELEMENTS = 2_000_000
MAX_UNPACKED_BYTES = 256 << 20
"""Most that a compressed part of a file may unpack to."""
MAX_WFDB_HEADER_BYTES = 8 << 20
"""100,000 segments take 2 MB."""
MAX_ANNOTATION_BYTES = 8 << 20
"""Of one annotation file; a day of beats takes 300 kB."""
MAX_COMMENT_LINES = 1_000
"""Further comment lines of a header are left out."""

MIN_RATE_HZ = 10.0
"""Of an ECG channel; slower ones are trends, not signals."""
MAX_RATE_HZ = 100_000.0
MAX_DURATION_S = 366 * 86_400.0
"""Nobody records a year of ECG; a file that says so is damaged."""
MAX_CHANNELS = 1_024
MAX_SEGMENTS = 100_000
MAX_RECORDINGS = 1_000_000
"""In one file."""
