"""The tabs beside the paper: what the model says of the recording, and what its file says."""
