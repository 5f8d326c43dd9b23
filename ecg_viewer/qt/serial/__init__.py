"""The window of one patient's recordings over time."""
