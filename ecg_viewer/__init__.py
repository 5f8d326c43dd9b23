"""Desktop viewer for 12-lead ECGs that shows the anomalies found by MMAE-ECG on the traces."""
