"""What a reviewer decided about recordings: an append-only journal, the state folded from it, undo and redo."""
