"""Training of the masked autoencoder and the data it learns from."""
