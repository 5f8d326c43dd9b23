"""Figures of merit: arrays in, numbers with intervals out. Nothing here knows a model or a file."""
