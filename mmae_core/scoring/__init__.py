"""From a recording to scores, percentiles, maps and findings; loading and saving trained models."""
