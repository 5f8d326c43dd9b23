"""What several commands share: arguments, progress, finding recordings, reports."""
