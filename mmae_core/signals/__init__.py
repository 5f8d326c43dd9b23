"""Signal quality, R-peaks and lead geometry: what can be computed without a model."""
