"""Parts of the DICOM reader: data elements, waveform groups, annotations."""
