"""The networks: masked autoencoder, hidden leads, masks, devices, and what a run records of its training."""
