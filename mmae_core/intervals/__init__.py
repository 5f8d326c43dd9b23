"""Rate, PR, QRS, QT and frontal axis of a stretch of an ECG, or why one of them could not be measured.

`measure.measure_record` is the way in; `results` holds what comes out, `average` the average beat of each lead.

What measures what was decided by figures (`mmae_core intervals --validate`; chosen on records of even number):

- R-peaks: `mmae_core.rpeaks` in every lead, put to the vote. NeuroKit2's own peaks work on one lead at a time.
- QRS: the speed of all leads' average beats together. NeuroKit2's `dwt` gave normal ECGs a QRS of 200 ms, its
  `prominence` (Emrich et al. 2024) did not tell bundle branch blocks from normal ECGs at any setting of its limits.
- P and T: NeuroKit2's `prominence`, lead by lead and beat by beat, combined here. Its `dwt` put the P onset of normal
  ECGs 70 ms ahead of the QRS, its `cwt` found no beginning of P at all in most leads, its `peak` has no QRS.
"""
