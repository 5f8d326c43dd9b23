"""What `torch.use_deterministic_algorithms` tells the compiler."""

deterministic = False
