"""For whoever wants to know where the model fails: truth against map, the model's reasons, two recordings or models."""
