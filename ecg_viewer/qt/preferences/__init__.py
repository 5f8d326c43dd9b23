"""Preferences: a dialog over the settings, and what a changed setting does to the open window."""
