"""Measuring on the paper: calipers, markers, intervals with their fiducials, average beats."""
