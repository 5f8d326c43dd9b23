"""One patient's recordings over time: what differs between two of them by more than measuring and beats vary."""
