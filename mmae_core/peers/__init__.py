"""The methods that the masked autoencoder is compared with, each trained and scored on the same windows."""
