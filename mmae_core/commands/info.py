"""`mmae_core info`: what models are made of, or what the file of a recording holds."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from math import prod
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from mmae_core.commands.shared.arguments import add_command, add_description, take_description
from mmae_core.config_arguments import fold_words
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.plug_ins import PANELS, SCORERS, PlugInFailed, all_plug_ins, plug_in_lines, unshadowing
from mmae_core.report.figure_words import figure_words
from mmae_core.resources import DEFAULT_MODEL, DESCRIPTION_NAME, bundled_models, resource
from mmae_core.torch_release import torch_words

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands

WEIGHTS_NAME = "model.safetensors"
"""As in `mmae_core.scoring.checkpoint`, whose import costs seconds."""
RUN_NAME, PEER_NAME = "metrics.jsonl", "peer.json"
"""As in `mmae_core.training.train` and `mmae_core.scoring.window_scorer`."""
SIGNAL_NAME = "signal_mv.npy"
"""In an NPZ of `mmae_core.writers.npz_writer`: the samples."""
TITLE_WIDTH, LINE_WIDTH = 16, 100
MAX_DESCRIBED = 10
"""Recordings of one file; of more only the names are printed."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core info`."""
    parser = add_command(commands, "info", run)
    parser.add_argument("named", nargs="?", metavar="MODEL|FILE",
                        help="bundled model by name, a model folder, or the weights in it (default: all bundled ones); "
                             "or a recording of any format: what it holds, and every doubt about it")
    parser.add_argument("--model", help="the same")
    parser.add_argument("--identity", action="store_true",
                        help="of a recording: also names, numbers, dates and comments, which identify somebody")
    parser.add_argument("--plug-ins", action="store_true",
                        help="only the plug-ins of other packages, each imported and looked at for what the program "
                             "needs of it")
    parser.add_argument("--json", action="store_true",
                        help="everything, for machines: also operations a record, the configuration and all figures "
                             "(loads the models, which takes seconds); of a recording a list with one object each")
    parser.add_argument("--demo", action="store_true",
                        help="only the folder of the bundled recordings, for other commands to take")
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Print what models are made of, or what a recording holds."""
    if options.demo:
        print(resource("demo"))
        return
    if options.plug_ins:
        print("\n".join(tried_plug_ins()) or "There are no plug-ins.")
        if any(one.group in (SCORERS, PANELS) and not one.problem for one in all_plug_ins()):
            print("\nScorers and panels were imported, not called: they may still fail when they are used.")
        return
    if options.named is not None and options.model is not None:
        raise ConfigError(f"Two models are named, {options.named} and {options.model}; info tells of one.")
    take_description(options)
    chosen = options.named if options.model is None else options.model
    if chosen is not None and options.model is None and _is_recording(chosen):
        _print_recordings(Path(chosen), options)
        return
    names: Sequence[str] = bundled_models() if chosen is None else [_model_of(chosen)]
    if options.json:
        from mmae_core.evaluation.release import describe
        from mmae_core.scoring.checkpoint import load_model

        print(json.dumps([describe(load_model(name)) for name in names], indent=2))
    else:
        print("\n\n".join(table_of(name) for name in names))
        if chosen is None and (lines := plug_in_lines()):
            print("\nPlug-ins, which run the code of other packages")
            print("\n".join(f"  {line}" for line in lines))


def tried_plug_ins() -> tuple[str, ...]:
    """A line for each plug-in, after all were imported and looked at; none is called."""
    from mmae_core.readers.registry import formats_of_others

    formats_of_others()
    unshadowing(SCORERS, bundled_models())
    for one in all_plug_ins():
        with suppress(PlugInFailed):
            one.checked()
    return plug_in_lines()


def _is_recording(name: str) -> bool:
    """Whether a name is not a model's, nor of another file known here, and something that may be a recording."""
    from mmae_core.readers.recording_paths import may_be_recording, recordings_among

    path = Path(name)
    if name in bundled_models() or (path / DESCRIPTION_NAME).is_file() or _what_else(path):
        return False
    return bool(recordings_among(path, os.listdir(path))) if path.is_dir() else may_be_recording(path)


def _print_recordings(path: Path, options: argparse.Namespace) -> None:
    """One recording, or each of a file that holds several; of many their names."""
    from mmae_core.readers import read_record
    from mmae_core.readers.recording_paths import recordings_at
    from mmae_core.report.recording_info import recording_document, recording_lines

    paths = recordings_at(path)
    if len(paths) > MAX_DESCRIBED:
        names = [one.name for one in paths]
        text = f"{path.name} holds {len(names):,} recordings; name one of them, as in {path.name}/{names[0]}."
        print(json.dumps({"file": path.name, "recordings": names}, indent=2) if options.json else text)
        return
    documents = [recording_document(read_record(one), with_identity=options.identity) for one in paths]
    if options.json:
        print(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    blocks = [[str(document["name"]), *(line for row in recording_lines(document) for line in _lines(*row))]
              for document in documents]
    print("\n\n".join("\n".join(lines) for lines in blocks))


def _model_of(name: str) -> str:
    """The model of that name or folder. Raises ModelMismatch, saying what the path is instead if known."""
    path = Path(name)
    if name in bundled_models() or (path / DESCRIPTION_NAME).is_file():
        return name
    if path.suffix == ".safetensors" and path.with_name(DESCRIPTION_NAME).is_file():
        return str(path.parent)
    if what := _what_else(path):
        raise ModelMismatch(f"'{name}' is {what}. info takes a bundled model ({', '.join(bundled_models())}), or a "
                            f"folder with {WEIGHTS_NAME} and {DESCRIPTION_NAME}.")
    return name


def _what_else(path: Path) -> str:
    """What a path that is not a model contains, and the command for it; empty if unknown."""
    if path.suffix == ".npz":
        return _what_npz(path)
    if path.suffix == ".safetensors":
        return f"a file of weights without its {DESCRIPTION_NAME} beside it"
    if (path / PEER_NAME).is_file():
        return "the run folder of a compared method; `mmae_core evaluate --model` takes it"
    if (path / RUN_NAME).is_file():
        return "the folder of a training run; its model is in the folder model there, or made by `mmae_core release`"
    return ""


def _what_npz(path: Path) -> str:
    """Which of the two kinds of NPZ that this program writes."""
    try:
        with ZipFile(path) as archive:
            holds_signal = SIGNAL_NAME in archive.namelist()
    except (OSError, BadZipFile):
        return "an NPZ file that cannot be read"
    if holds_signal:
        return ("a recording as `mmae_core convert --to npz` writes it for other programs; numpy.load reads it, the "
                "commands here do not")
    return "a file of maps, as `mmae_core score --maps` writes it; mmae_core.report.map_file.read_maps reads it"


def table_of(name: str) -> str:
    """A model's description as readable text; reads only the description and the checksum of its weights.

    Raises ModelMismatch if there is no such model, or its files do not belong together.
    """
    folder = resource("models", name) if name in bundled_models() else Path(name)
    try:
        weights = (folder / WEIGHTS_NAME).read_bytes()
        facts = json.loads((folder / DESCRIPTION_NAME).read_text(encoding="utf-8"))
        found = hashlib.sha256(weights).hexdigest()
        if found != facts["sha256"]:
            raise ModelMismatch(f"The weights in {folder.name} are not those its description names: their SHA-256 is "
                                f"{found[:12]}…, expected {str(facts['sha256'])[:12]}….")
        title = f"{facts['name']}, version {facts['version']}" + (" (default)" if name == DEFAULT_MODEL else "")
        lines = [title, *(line for row in _rows(facts, weights, name in bundled_models()) for line in _lines(*row))]
    except (struct.error, *JSON_FAULTS) as error:
        raise ModelMismatch(
            f"'{name}' is no model that can be described ({type(error).__name__}: {error}). Bundled are: "
            f"{', '.join(bundled_models())}; otherwise name a folder with {WEIGHTS_NAME} and {DESCRIPTION_NAME}."
        ) from error
    return "\n".join(lines)


def _rows(facts: Mapping[str, Any], weights: bytes, is_bundled: bool) -> Iterator[tuple[str, str]]:
    card = facts["card"]
    training, calibration, metrics = card.get("training"), card.get("calibration"), card.get("metrics")
    yield "Weights", f"{_count_numbers(weights):,} numbers"
    yield "SHA-256", facts["sha256"]
    if training:
        folds = f", {fold_words(training['folds'])}" if training["folds"] else ""
        yield "Trained on", (f"{training['dataset']}{folds}: {training['n_windows']:,} windows, {training['epochs']} "
                             "epochs")
    if calibration:
        yield "Compares with", f"{calibration['n_records']:,} normal ECGs: {calibration['cohort']}"
    if metrics:
        found = metrics["detection"]
        auroc = figure_words(found["auroc"], found["auroc_ci95"], joint=" to ")
        yield "Detection", (f"AUROC {auroc}, {found['n_normal']:,} normal and "
                            f"{found['n_abnormal']:,} abnormal records")
        for point in found["sensitivity_at_specificity"]:
            yield "", (f"sensitivity {point['sensitivity']:.3f} at specificity {point['specificity']:.3f}, "
                       f"score from {point['threshold']:.3f} on")
        yield "Measured by", metrics["command"]
        if is_bundled:
            yield "Measured with", torch_words()
    if card.get("licence"):
        yield "Licence", card["licence"]


def _lines(title: str, text: str) -> list[str]:
    first, *rest = wrap(text, LINE_WIDTH - TITLE_WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    return [f"  {title:<{TITLE_WIDTH - 2}}{first}", *(" " * TITLE_WIDTH + line for line in rest)]


def _count_numbers(weights: bytes) -> int:
    """All numbers of a safetensors file, by its header: 8 bytes of length, then JSON with the shape of each tensor."""
    (length,) = struct.unpack("<Q", weights[:8])
    header = json.loads(weights[8 : 8 + length])
    return sum(prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__")
