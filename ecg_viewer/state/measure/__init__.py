"""What a reader measures by hand, and what the program measured: calipers, markers, intervals, average beats."""
