"""The strip above the paper: the whole recording, and the stretch of it that is on the paper."""
