"""The public names as type checkers see them; a test compares them with `__init__.py`."""

from mmae_core.assessment import AnomalyMap as AnomalyMap
from mmae_core.assessment import Finding as Finding
from mmae_core.assessment import QualityReport as QualityReport
from mmae_core.config import PreprocessConfig as PreprocessConfig
from mmae_core.departures.results import Departure as Departure
from mmae_core.errors import ConfigError as ConfigError
from mmae_core.errors import DatasetError as DatasetError
from mmae_core.errors import EcgError as EcgError
from mmae_core.errors import ModelMismatch as ModelMismatch
from mmae_core.errors import UnreadableRecord as UnreadableRecord
from mmae_core.errors import UnsupportedRecord as UnsupportedRecord
from mmae_core.evaluation.evaluate import evaluate_detection as evaluate_detection
from mmae_core.evaluation.score_files import ScoreColumn as ScoreColumn
from mmae_core.evaluation.score_files import read_scores as read_scores
from mmae_core.evaluation.score_files import scores_of as scores_of
from mmae_core.evaluation.scorers import load_scorer as load_scorer
from mmae_core.library.arrays import array_record as array_record
from mmae_core.library.benchmark import FunctionScorer as FunctionScorer
from mmae_core.library.benchmark import Scorer as Scorer
from mmae_core.library.benchmark import evaluate_recordings as evaluate_recordings
from mmae_core.library.calibrating import CalibratedModel as CalibratedModel
from mmae_core.library.calibrating import calibrate as calibrate
from mmae_core.library.estimator import EcgAnomalyDetector as EcgAnomalyDetector
from mmae_core.library.recordings import read_record as read_record
from mmae_core.library.result import EcgScore as EcgScore
from mmae_core.library.scoring import score as score
from mmae_core.library.scoring import score_many as score_many
from mmae_core.library.training import TrainedRun as TrainedRun
from mmae_core.library.training import release as release
from mmae_core.library.training import train as train
from mmae_core.library.vectors import embed as embed
from mmae_core.record import STANDARD_LEADS as STANDARD_LEADS
from mmae_core.record import EcgRecord as EcgRecord
from mmae_core.resources import bundled_models as bundled_models
from mmae_core.resources import demo_records as demo_records
from mmae_core.scoring.checkpoint import TrainedModel as TrainedModel
from mmae_core.scoring.checkpoint import load_model as load_model
from mmae_core.scoring.preprocess import ModelInput as ModelInput
from mmae_core.scoring.window_scorer import WindowScores as WindowScores

__version__: str
