"""The worklist: recordings as a table, filtered, sorted, scored in the background. No Qt here."""
