"""The networks: masked autoencoder, hidden leads, masks, devices, and the training facts a run records."""
