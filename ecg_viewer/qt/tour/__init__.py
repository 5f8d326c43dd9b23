"""The tour of the first start: five steps on a demo recording, beside the real controls."""
