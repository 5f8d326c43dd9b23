"""Departures with a name: what of a beat or rhythm lies outside the range of normal ECGs of that age and sex.

Nothing here is learnt from abnormal records, and nothing says what a departure means: it names the wave, the lead, the
sign, the value with its unit, and its percentile among normals.
"""
