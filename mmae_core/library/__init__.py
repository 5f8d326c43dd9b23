"""The program as a library: `mmae_core` offers these names."""
