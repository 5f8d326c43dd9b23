"""Own normals as a model's cohort, and training on them, from the window."""
