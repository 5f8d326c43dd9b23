"""Rate, PR, QRS, QT and frontal axis of a stretch of an ECG, or why one of them could not be measured.

`measure.examine_signal` is the way in; `results` holds what comes out, `average` the average beat of each lead.

- Beats: one search over the slopes of all leads together (`detection`), which counts a wide QRS once.
- QRS: the speed of all leads' average beats together (`qrs`).
- P and T: the first principal component of the leads over the wave, and each lead near what that says (`waves`).

No boundary is a limit of its search: what lies there was not measured, and that is said. How far the boundaries can be
believed is what `mmae_core intervals --validate` tells.
"""
