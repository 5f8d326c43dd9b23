"""Geometry, decimation and colours of the ECG paper: pure functions on numbers and arrays, without Qt."""
