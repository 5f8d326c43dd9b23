"""What file dialogs offer."""

from __future__ import annotations

from ecg_viewer.state.words.language import tr


def recording_filter() -> str:
    """The file dialog's filter: the suffixes of all formats that can be read, and everything, since the content counts
    and DICOM files often have no suffix.
    """
    from mmae_core.readers.registry import known_suffixes

    patterns = " ".join(f"*{suffix}" for suffix in known_suffixes())
    return f"{tr('Recordings')} ({patterns});;{tr('All files')} (*)"
