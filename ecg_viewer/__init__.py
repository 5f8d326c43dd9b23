"""Desktop viewer for 12-lead ECGs with the anomalies that MMAE-ECG finds laid over the traces."""
