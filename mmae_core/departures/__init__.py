"""Named departures: measurements of beat and rhythm outside the range of normal ECGs of that age and sex.

Nothing is learnt from abnormal records, and no departure is interpreted: it states the wave, the lead, the sign, the
value with its unit, and its percentile among normals.
"""
