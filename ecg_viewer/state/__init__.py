"""The viewer's state, without Qt: views listen to these objects and call their methods."""
