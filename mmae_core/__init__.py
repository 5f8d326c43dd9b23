"""MMAE-ECG: a masked autoencoder trained on normal ECGs, its scores and its evaluation. Free of Qt.

What `__all__` names is the public API: `docs/library.md` explains it, and says what may change. Each name is imported
when it is first used, so that `import mmae_core` loads neither torch nor SciPy; `__init__.pyi` tells type checkers.
"""

from importlib import import_module as _import_module

__version__ = "0.1.0"

_PLACES = {
    "AnomalyMap": "mmae_core.assessment",
    "CalibratedModel": "mmae_core.library.calibrating",
    "ConfigError": "mmae_core.errors",
    "DatasetError": "mmae_core.errors",
    "Departure": "mmae_core.departures.results",
    "EcgAnomalyDetector": "mmae_core.library.estimator",
    "EcgError": "mmae_core.errors",
    "EcgRecord": "mmae_core.record",
    "EcgScore": "mmae_core.library.result",
    "Finding": "mmae_core.assessment",
    "FunctionScorer": "mmae_core.library.benchmark",
    "ModelInput": "mmae_core.scoring.preprocess",
    "ModelMismatch": "mmae_core.errors",
    "PreprocessConfig": "mmae_core.config",
    "QualityReport": "mmae_core.assessment",
    "STANDARD_LEADS": "mmae_core.record",
    "ScoreColumn": "mmae_core.evaluation.score_files",
    "Scorer": "mmae_core.library.benchmark",
    "TrainedModel": "mmae_core.scoring.checkpoint",
    "TrainedRun": "mmae_core.library.training",
    "UnreadableRecord": "mmae_core.errors",
    "UnsupportedRecord": "mmae_core.errors",
    "WindowScores": "mmae_core.scoring.window_scorer",
    "array_record": "mmae_core.library.arrays",
    "bundled_models": "mmae_core.resources",
    "calibrate": "mmae_core.library.calibrating",
    "demo_records": "mmae_core.resources",
    "embed": "mmae_core.library.vectors",
    "evaluate_detection": "mmae_core.evaluation.evaluate",
    "evaluate_recordings": "mmae_core.library.benchmark",
    "load_model": "mmae_core.scoring.checkpoint",
    "load_scorer": "mmae_core.evaluation.scorers",
    "read_record": "mmae_core.library.recordings",
    "read_scores": "mmae_core.evaluation.score_files",
    "release": "mmae_core.library.training",
    "score": "mmae_core.library.scoring",
    "score_many": "mmae_core.library.scoring",
    "scores_of": "mmae_core.evaluation.score_files",
    "train": "mmae_core.library.training",
}
"""Where each public name is at home; `mmae_core.NAME` is the only path to it that is promised."""

__all__ = ["__version__", *_PLACES]  # noqa: PLE0604  # each is a string


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
