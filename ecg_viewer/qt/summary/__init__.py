"""The tabs beside the paper: the model's summary, and the recording's file information."""
