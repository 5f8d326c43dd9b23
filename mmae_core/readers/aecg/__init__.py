"""Helpers of the HL7 aECG reader: series on a time line, annotations."""
