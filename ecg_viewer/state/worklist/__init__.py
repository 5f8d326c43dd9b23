"""Many recordings as a table: what is known of each, filtered, sorted, scored in the background. Nothing knows Qt."""
