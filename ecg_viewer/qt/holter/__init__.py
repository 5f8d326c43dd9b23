"""The window of a long recording: its page of 60 s a line, trends, episodes, shapes of beats and variability."""
