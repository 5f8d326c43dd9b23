"""What is shown and decided, without Qt: views listen to these objects and call their methods."""
