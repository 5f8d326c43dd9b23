"""The commands of `mmae_core`, one module each: `add_parser` declares its arguments, `run` executes it."""

PURPOSES = {
    "train": "train on normal records of a PTB-XL folder or of any WFDB folder",
    "convert": "write recordings in another format: WFDB, EDF+, DICOM, HL7 aECG, CSV or NPZ",
    "score": "score recordings against the normal cohort into a table",
    "merge": "one table of the parts that `score --shard` left",
    "evaluate": "how well a model detects and localizes on labelled records, with confidence intervals",
    "release": "turn a finished training run into a model folder: calibrated, evaluated, described",
    "recalibrate": "percentiles of a model against your own normals, and whether they belong to its present cohort",
    "info": "what models were made from and how well they do; what a recording holds, and every doubt about it",
    "benchmark": "what scoring and training, or reading, cost on this computer",
    "synthesize": "plant lesions with known leads and times into normal records",
    "quality": "judge the signal quality of recordings: good, fair or poor, and why",
    "intervals": "measure rate, PR, QRS, QT, QTc and frontal axis of recordings",
    "beats": "find beats unlike a patient's other beats, and how well that agrees with references",
    "serial": "one patient's recordings over time: what differs by more than measuring and beats vary",
    "holter": "trends, episodes, shapes of beats and heart rate variability of a long recording",
    "limits": "limits of normal measurements by sex and age, from PTB-XL's normals; how many normals exceed them",
    "normal-beats": "average beats of normals, for the band behind an average beat; how much of normals is outside",
    "detection-limits": "the smallest change of ST, T or Q, lead by lead in mV, that named departures find",
    "facts": "what all three layers say of records, one row a fact, and how many rows there are",
    "compare": "several methods on the same records: the paper's tables 1 and 2",
    "contributions": "what each part of a model's score contributes",
    "ablate": "train variants of the model anew: table 3 and figure 3 of the paper",
    "results": "every number of the README's results tables, from a PTB-XL folder",
}
"""Name and purpose of each command, in the order of the help; a hyphen is `_` in the module's name. A module is
imported only when its command is called: several need torch, which takes seconds to load."""
