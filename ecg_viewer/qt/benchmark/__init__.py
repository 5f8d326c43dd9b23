"""`--benchmark`: how fast the viewer is and how much memory it takes on this computer, against its budgets."""

from ecg_viewer.qt.benchmark.run import Effort, run_viewer_benchmark

__all__ = ["Effort", "run_viewer_benchmark"]
