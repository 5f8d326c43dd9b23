"""MMAE-ECG: a masked autoencoder trained on normal ECGs, its scores and its evaluation. Free of Qt."""

__version__ = "0.1.0"
