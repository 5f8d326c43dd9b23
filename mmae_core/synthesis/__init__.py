"""Lesions planted into normal recordings."""
