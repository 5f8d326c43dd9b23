"""Reader studies: the project file, who reads what in which order and arm, and what came of it."""
