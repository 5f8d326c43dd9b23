"""Signal quality, R peaks and lead geometry: what is known of a signal before any model."""
