"""An example of a package that extends the ECG viewer."""
