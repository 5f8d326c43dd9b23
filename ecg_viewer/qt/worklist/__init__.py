"""The worklist: recordings as a table at the left, or over the whole window."""
