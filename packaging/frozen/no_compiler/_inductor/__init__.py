"""Takes the place of `torch._inductor` in the frozen program, where nothing is compiled."""
