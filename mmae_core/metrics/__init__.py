"""Figures of merit: arrays in, numbers with intervals out. Independent of models and files."""
