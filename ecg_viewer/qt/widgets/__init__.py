"""Small controls and drawing helpers that know nothing of recordings."""
