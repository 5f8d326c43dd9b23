"""A long recording in the window: its analysis, its words, and the samples of its page."""
