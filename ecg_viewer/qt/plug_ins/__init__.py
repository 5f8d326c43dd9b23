"""Panels of other packages."""
