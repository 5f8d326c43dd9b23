"""Long recordings: beats, trends, episodes, shapes and heart rate variability of hours, computed piece by piece."""
