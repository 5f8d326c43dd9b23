"""What `packaging/freeze.py` is made of: the environment, the frozen program, what belongs to it, the packages."""
