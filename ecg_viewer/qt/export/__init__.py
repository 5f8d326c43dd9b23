"""Exporting, printing and copying from the window."""
