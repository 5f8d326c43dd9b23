"""Manual and automatic measurements: calipers, markers, intervals, average beats."""
