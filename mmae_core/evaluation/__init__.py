"""Measures methods on whole data sets: detection, localization, named leads, beats, intervals, cost."""
