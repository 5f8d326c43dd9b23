"""Reviewing in the window: the table of findings, decisions, findings of one's own, undo, the last session."""
