"""What `mmae_core evaluate` measures: models, or scores and maps that somebody else's method gave."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_written
from mmae_core.config import Config, ScoreConfig
from mmae_core.config_arguments import load_config
from mmae_core.errors import ConfigError
from mmae_core.files import formula_safe, replacing

if TYPE_CHECKING:
    from mmae_core.evaluation.given_maps import GivenMaps
    from mmae_core.evaluation.score_files import ScoreColumn
    from mmae_core.report_schema import Report
    from mmae_core.scoring.window_scorer import WindowScorer


@dataclass(frozen=True)
class EvaluatedMethods:
    """The methods to evaluate: models, or scores or maps that somebody else's method gave."""

    scorer: WindowScorer | ScoreColumn | GivenMaps
    seeds: Sequence[WindowScorer] = ()
    against: WindowScorer | ScoreColumn | GivenMaps | None = None
    others: Sequence[ScoreColumn] = ()
    allow_missing: bool = False
    maps: GivenMaps | None = None
    """Beside scores: of the same method, for the leads that reports name."""

    def scoring(self) -> dict[str, Any]:
        """The same as arguments of what needs scores of records. Raises ConfigError for maps."""
        from mmae_core.evaluation.given_maps import GivenMaps

        for method in (self.scorer, self.against):
            if isinstance(method, GivenMaps):
                raise ConfigError(f"{method.name} holds maps, which localization and --task leads are measured on; "
                                  "detection is measured on scores of records: give them with --scores.")
        return {"scorer": self.scorer, "seeds": self.seeds, "against": self.against, "others": self.others,
                "allow_missing": self.allow_missing}

    def mapping(self) -> dict[str, Any]:
        """The same as arguments of what needs maps. Raises ConfigError for scores."""
        from mmae_core.evaluation.score_files import ScoreColumn

        for method in (self.scorer, self.against):
            if isinstance(method, ScoreColumn):
                raise ConfigError(f"{method.file} holds scores of records, which detection is measured on; where an "
                                  "abnormality is cannot be measured on them: give maps with --maps.")
        return {"scorer": self.scorer, "seeds": self.seeds, "against": self.against}


def add_scores(parser: argparse.ArgumentParser) -> None:
    """The options for scores of a method that this program does not run."""
    given = parser.add_argument_group("scores and maps of a method of your own (docs/benchmark.md)")
    given.add_argument("--scores", type=Path, metavar="FILE",
                       help="instead of --model: CSV or Parquet with a column that names the record (ecg_id, record "
                            "...) and one or more of scores, higher meaning more abnormal; or a report of evaluate "
                            "(.json)")
    given.add_argument("--score-column", action="append", metavar="NAME", default=[],
                       help="a column of --scores to take (default: score, else all others); several are reported "
                            "beside the first")
    given.add_argument("--maps", type=Path, metavar="DIR",
                       help="instead of --model, for localization and --task leads, or beside --scores, whose report "
                            "of PTB-XL then has the named leads too: NAME.npz a record, or maps-*.parquet, with score "
                            "(12, samples) and sampling_rate_hz")
    given.add_argument("--allow-missing", action="store_true",
                       help="evaluate the records that have a score or map, and say how many have none (default: "
                            "refuse)")
    add_written(parser, "--save-scores", required=False, metavar="FILE",
                help_text="also write the scores of the records as CSV, to every digit, as --scores reads them")


def _score(path: Path, config: Config) -> ScoreConfig:
    """The score section of a file; missing fields keep the model's values."""
    return load_config(path, base=config).score


def evaluated_methods(options: argparse.Namespace) -> EvaluatedMethods:
    """Raises ConfigError for options that exclude each other."""
    from mmae_core.evaluation.given_maps import GivenMaps
    from mmae_core.evaluation.score_files import read_scores
    from mmae_core.evaluation.scorers import load_scorer

    if options.score_column and options.scores is None:
        raise ConfigError("--score-column chooses among the columns of --scores, which was not given.")
    given = [option for option in ("scores", "maps") if getattr(options, option) is not None]
    if given and (options.model or options.config):
        raise ConfigError(f"--{given[0]} are of a method that ran elsewhere; --model and --config run one here. "
                          "Compare the two with --against MODEL.")
    against = None if options.against is None else _against(options)
    maps = None if options.maps is None else GivenMaps(options.maps, options.allow_missing)
    if options.scores is not None:
        own, *others = read_scores(options.scores, options.score_column)
        return EvaluatedMethods(own, (), against, others, options.allow_missing, maps)
    if maps is not None:
        return EvaluatedMethods(maps, (), against)
    score = None if options.config is None else partial(_score, options.config)
    scorer, *seeds = (load_scorer(model, options.device, score) for model in options.model or [None])
    return EvaluatedMethods(scorer, seeds, against, (), options.allow_missing)


def _against(options: argparse.Namespace) -> WindowScorer | ScoreColumn | GivenMaps:
    """The method that `--against` names: a file of scores, a folder of maps, or a model."""
    from mmae_core.evaluation.given_maps import GivenMaps, is_map_folder
    from mmae_core.evaluation.score_files import is_score_file, read_scores
    from mmae_core.evaluation.scorers import load_scorer

    if is_map_folder(options.against):
        return GivenMaps(Path(options.against), options.allow_missing)
    if not is_score_file(options.against):
        return load_scorer(options.against, options.device)
    first, *more = read_scores(Path(options.against))
    if more:
        raise ConfigError(f"--against {options.against} holds {1 + len(more)} methods; one is compared with. Give them "
                          "with --scores.")
    return first


def save_scores(report: Report, path: Path) -> None:
    """Write the records' scores as `--scores` reads them. Raises ConfigError for a report that has none."""
    if report["kind"] != "detection":
        raise ConfigError(f"--save-scores writes scores of detection; this was a task of {report['kind']}.")
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["ecg_id" if report["data"]["dataset"] == "PTB-XL" else "record", "score"])
    rows.writerows([formula_safe(record["id"]), "" if record["score"] is None else repr(record["score"])]
                   for record in report["records"])
    with replacing(path) as part:
        part.write_text(text.getvalue(), encoding="utf-8")
