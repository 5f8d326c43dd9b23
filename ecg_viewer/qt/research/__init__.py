"""Research on the model: truth against map, explanations, comparison of recordings or models."""
