"""Normal ECGs of the same age, sex and rate, behind the average beat."""
