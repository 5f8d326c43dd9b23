"""Helpers of the Philips Sierra reader: the XLI compression, the calibration pulse."""
