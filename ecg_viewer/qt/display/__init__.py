"""Layouts, filters and the look of the heat: the choices of what the paper shows."""
