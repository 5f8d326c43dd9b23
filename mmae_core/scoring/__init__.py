"""From a recording to scores, percentiles, maps and findings, and the files of a trained model."""
