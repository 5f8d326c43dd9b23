"""Every choice of the model, its input, its training and its scores, as fields with units.

Values are those of Zhou et al. 2025 (arXiv 2502.05494) unless a field says otherwise.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from mmae_core.config_checks import (
    refuse_unknown,
    require_at_most,
    require_choice,
    require_not_negative,
    require_positive,
    require_seed,
    require_weights,
    section,
    without_tuples,
)
from mmae_core.errors import ConfigError
from mmae_core.record import STANDARD_LEADS

MOST_OVERLAP = 100
"""Most windows that a sample may lie in."""
MOST_LAYERS, MOST_WIDTH, MOST_SEGMENTS = 64, 4096, 1000
"""Of one network; the bundled ones have 3 layers, a width of 64 and 40 segments."""
MOST_PASSES, MOST_SETS = 64, 64
"""Masked passes of a region, and sets of visible leads."""

Scale = Literal["zscore", "minmax", "record", "root"]
TargetNorm = Literal["lead", "joint", "none"]
ErrorSpace = Literal["relative", "signal", "normalised"]
Pooling = Literal["mean", "log"]
Masks = Literal["complementary", "random"]
ScorePart = Literal["segments", "cross_lead", "amplitude", "beat", "departures"]
SCORE_PARTS: tuple[ScorePart, ...] = get_args(ScorePart)
Branches = Literal["both", "global", "local"]
LocalPositions = Literal["own", "shared"]
LocalMasks = Literal["independent", "concatenated", "tied"]
LossOn = Literal["masked", "all"]


@dataclass(frozen=True)
class PreprocessConfig:
    """From millivolts to the network's input."""

    sampling_rate_hz: float = 500.0
    """Rate the signal is resampled to."""
    window_s: float = 10.0
    """Length of one model input; longer records are cut into overlapping windows."""
    hop_s: float = 5.0
    """Distance between the starts of two windows of a long record."""
    highpass_hz: float = 1.0
    """Corner of the zero-phase Butterworth high-pass."""
    lowpass_hz: float = 25.0
    """Corner of the zero-phase Butterworth low-pass."""
    filter_order: int = 2
    """Order of each of the two filters (applied forwards and backwards)."""
    scale: Scale = "zscore"
    """`zscore` and `minmax` scale each lead alone. `record` divides all leads by their common spread; `root` by the
    root of spread times 0.2 mV, which keeps half of the amplitude: a record twice as high is 1.4 times as high."""
    min_lead_std_mv: float = 0.020
    """A filtered lead whose standard deviation is below this is flat: zeroed, not assessable."""

    def __post_init__(self) -> None:
        require_positive(self, "sampling_rate_hz", "window_s", "hop_s", "filter_order", "min_lead_std_mv")
        require_at_most(self, sampling_rate_hz=2000, window_s=60, filter_order=10)
        require_choice(self, "scale", ("zscore", "minmax", "record", "root"))
        if not 0 < self.highpass_hz < self.lowpass_hz < self.sampling_rate_hz / 2:
            raise ConfigError(
                f"The pass band must satisfy 0 < highpass_hz < lowpass_hz < sampling_rate_hz / 2; "
                f"found {self.highpass_hz}, {self.lowpass_hz}, {self.sampling_rate_hz / 2}."
            )
        if self.hop_s > self.window_s:
            raise ConfigError(f"hop_s = {self.hop_s} leaves gaps between windows of {self.window_s} s.")
        if self.hop_s < self.window_s / MOST_OVERLAP:
            raise ConfigError(f"hop_s = {self.hop_s} is below {self.window_s / MOST_OVERLAP:g}.")


@dataclass(frozen=True)
class ModelConfig:
    """Shape of the masked autoencoder (paper, section 4; names as in the project's symbol table)."""

    n_leads: int = 12
    n_samples: int = 5000
    """Samples of one window (10 s at 500 Hz)."""
    n_segments: int = 40
    """Segments of a window; one token is one segment of all leads."""
    region_length: int = 4
    """Segments in a local region."""
    region_starts: tuple[int, ...] = tuple(range(1, 34, 4))
    """First segment of each local region, counted from 0. Segments 0 and 37..39 have no local score."""
    mask_ratio: float = 0.25
    """Share of segments masked in each branch; rounded half up and kept within [1, n - 1]."""
    encoder_layers: int = 3
    encoder_heads: int = 16
    encoder_width: int = 64
    decoder_layers: int = 1
    decoder_heads: int = 2
    decoder_width: int = 64
    mlp_ratio: int = 4
    layer_norm_eps: float = 1e-6
    target_norm: TargetNorm = "lead"
    """How a target segment is standardised: each lead, all leads jointly, or not at all."""
    target_eps: float = 1e-6
    """Added to the variance of a target before its root is taken."""
    branches: Branches = "both"
    """`global` or `local`: one scale alone (table 3 of the paper). The tables of positions keep their size, so that
    every variant starts from the same weights."""
    local_positions: LocalPositions = "own"
    """`shared`: a local segment carries the embedding of its place in the window, as its global twin does (table 3)."""
    local_masks: LocalMasks = "independent"
    """`concatenated`: one mask is drawn in training over the segments of both branches together, 11 of 44, so that all
    of the region's may stay visible or all be hidden (the paper's single mask, table 3c); how many of them are hidden
    is drawn once a batch, and a score's passes hide the expected number. `tied`: the region's masked segments are
    masked in the global branch, too, and its visible ones are visible there, so that neither branch shows what the
    other hides; `mask_ratio` holds within the region and outside of it."""

    def __post_init__(self) -> None:
        require_positive(
            self, "n_leads", "n_samples", "n_segments", "region_length", "encoder_layers", "encoder_heads",
            "encoder_width", "decoder_layers", "decoder_heads", "decoder_width", "mlp_ratio",
        )
        require_not_negative(self, "layer_norm_eps", "target_eps")
        require_at_most(self, n_samples=120_000, n_segments=MOST_SEGMENTS, mlp_ratio=16, encoder_layers=MOST_LAYERS,
                        decoder_layers=MOST_LAYERS, encoder_width=MOST_WIDTH, decoder_width=MOST_WIDTH)
        require_choice(self, "target_norm", ("lead", "joint", "none"))
        require_choice(self, "branches", ("both", "global", "local"))
        require_choice(self, "local_positions", ("own", "shared"))
        require_choice(self, "local_masks", ("independent", "concatenated", "tied"))
        if self.branches != "both" and self.local_masks != "independent":
            raise ConfigError(f"local_masks = '{self.local_masks}' is of two branches; the model has the "
                              f"{self.branches} one alone.")
        if self.n_samples % self.n_segments:
            raise ConfigError(f"n_samples = {self.n_samples} is not a multiple of n_segments = {self.n_segments}.")
        if not 0 < self.mask_ratio < 1:
            raise ConfigError(f"mask_ratio must lie between 0 and 1; found {self.mask_ratio}.")
        for part in ("encoder", "decoder"):
            width, heads = getattr(self, f"{part}_width"), getattr(self, f"{part}_heads")
            if width % heads:
                raise ConfigError(f"{part}_width = {width} cannot be split over {part}_heads = {heads}.")
        for name in ("region_length", "n_segments"):
            if getattr(self, name) < len(("masked", "visible")):
                raise ConfigError(f"{name} must be at least 2: a segment to mask, one to see; found "
                                  f"{getattr(self, name)}.")
        last = self.n_segments - self.region_length
        if last < 0:
            raise ConfigError(f"region_length = {self.region_length} exceeds n_segments = {self.n_segments}.")
        starts = tuple(self.region_starts)
        within = all(type(start) is int and 0 <= start <= last for start in starts)
        if not (within and 0 < len(starts) <= self.n_segments):
            raise ConfigError(f"region_starts must be whole numbers in 0..{last}; found {list(starts)[:20]}.")

    @property
    def segment_length(self) -> int:
        """Samples in one segment."""
        return self.n_samples // self.n_segments

    @property
    def token_size(self) -> int:
        """Values in one token: a segment of every lead, flattened lead-major."""
        return self.n_leads * self.segment_length

    @property
    def n_global(self) -> int:
        """Segments the global branch takes: those of a window, or none where there is no such branch."""
        return 0 if self.branches == "local" else self.n_segments

    @property
    def n_local(self) -> int:
        """Segments the local branch takes: those of a region, or none where there is no such branch."""
        return 0 if self.branches == "global" else self.region_length

    @property
    def n_masked_global(self) -> int:
        return masked_count(self.n_global, self.mask_ratio)

    @property
    def n_masked_local(self) -> int:
        return masked_count(self.n_local, self.mask_ratio)


@dataclass(frozen=True)
class TrainConfig:
    """Optimisation (paper, section 4.2; where it is silent, the defaults of masked autoencoders)."""

    epochs: int = 300
    warmup_epochs: int = 40
    """Epochs of linear warm-up; the rest follows a half cosine down to zero."""
    batch_size: int = 256
    learning_rate: float = 1e-3
    """Peak rate. The paper names none."""
    beta1: float = 0.9
    beta2: float = 0.95
    weight_decay: float = 0.05
    """On matrices only; biases, norms, tokens and positions are not decayed."""
    branch_weights: tuple[float, float] | None = None
    """Weights of the global and the local loss. None: the paper's plain sum, i.e. the numbers of masked segments."""
    position_std: float = 0.02
    """Standard deviation of the positions' initial values. The usual 0.02 is little beside a segment's embedding, and
    the loss rests on a plateau until positions have grown: 1,300 steps of 256 windows. With 0.7 it leaves it after 270
    steps of 64 (measured on PTB-XL's folds 1-8, learning rate 2e-3)."""
    loss_on: LossOn = "masked"
    """`all`: visible segments are restored too and count in the loss like masked ones (table 3 of the paper)."""
    seed: int = 0

    def __post_init__(self) -> None:
        require_positive(self, "epochs", "batch_size", "learning_rate", "position_std")
        require_not_negative(self, "warmup_epochs", "weight_decay")
        require_seed(self.seed)
        for name in ("beta1", "beta2"):
            if not 0 <= getattr(self, name) < 1:
                raise ConfigError(f"{name} must lie in [0, 1); found {getattr(self, name)}.")
        require_weights(self.branch_weights)
        require_choice(self, "loss_on", ("masked", "all"))


@dataclass(frozen=True)
class CrossLeadConfig:
    """A second network that restores hidden leads of a window from visible ones: with a whole lead hidden, a change in
    every beat cannot be copied from another beat. Not in the paper; part of the preset `plus`.
    """

    visible: tuple[str, ...] = ()
    """Sets of leads shown, each a text such as `V1 V2 V3`; all others are hidden. Empty: no such network."""
    width: int = 64
    layers: int = 3
    heads: int = 8
    mlp_ratio: int = 4

    def __post_init__(self) -> None:
        require_positive(self, "width", "layers", "heads", "mlp_ratio")
        require_at_most(self, width=MOST_WIDTH, layers=MOST_LAYERS, heads=MOST_WIDTH, mlp_ratio=16)
        if len(self.visible) > MOST_SETS or not all(isinstance(text, str) for text in self.visible):
            raise ConfigError(f"visible must be at most {MOST_SETS} texts that name leads; found {len(self.visible)}.")
        if self.width % self.heads:
            raise ConfigError(f"width = {self.width} cannot be split over heads = {self.heads}.")
        for text in self.visible:
            leads = text.split()
            unknown = [lead for lead in leads if lead not in STANDARD_LEADS]
            if unknown or not 0 < len(set(leads)) < len(STANDARD_LEADS):
                raise ConfigError(f"'{text}' is no set of visible leads: name one or more of "
                                  f"{', '.join(STANDARD_LEADS)}, but not all.")


@dataclass(frozen=True)
class ScoreConfig:
    """How errors of masked passes become scores (paper, section 3.4)."""

    n_passes: int = 4
    """Masked passes per region; 9 regions x 4 = 36 passes a window."""
    masks: Masks = "complementary"
    """`complementary`: the passes of a region partition its segments, so every run gives the same scores.
    `random` reproduces the paper."""
    error_space: ErrorSpace = "relative"
    """`normalised`: error on standardised targets (the paper's), in which a flat stretch weighs as much as a QRS.
    `signal`: multiplied back by the target's variance, in which only QRS complexes weigh. `relative`: divided by
    variance + `relative_floor` instead of variance, between the two."""
    relative_floor: float = 0.005
    """In squared units of the scaled signal; with z-scored leads a flat stretch
    has a variance of about 0.01, a T wave 0.3, a QRS 3. Chosen on PTB-XL's fold 9."""
    map_error_space: ErrorSpace = "signal"
    """Of maps and findings. In the signal's space the strongest point falls on a premature beat far more often."""
    map_relative_floor: float = 0.05
    """As `relative_floor`, for maps in the relative space."""
    pooling: Pooling = "log"
    """How segments become the score of a record or lead. `mean`: eq. 1 of the paper. `log`: geometric mean, which
    asks how unusual all of a record is rather than how bad its worst segment."""
    branch_weights: tuple[float, float] | None = None
    """Weights of the global and the local error. None: the paper's plain sum."""
    parts: tuple[ScorePart, ...] = ("segments",)
    """The parts of a record's score. `segments`: masked segments (the paper's). `cross_lead`: hidden leads.
    `amplitude`:
    each lead's range of millivolts. `beat`: the shape of the median beat. `departures`: the largest named departures.
    Several are standardised by the normals trained on and averaged."""
    part_weights: tuple[float, ...] | None = None
    """Of `parts`, in their order; None: all weigh the same."""
    map_parts: tuple[ScorePart, ...] = ("segments",)
    """The parts of maps and findings, each in units of the median normal's strongest point in the lead."""
    cross_lead_floor: float = 0.005
    """As `relative_floor`, for hidden leads."""
    cross_lead_map_floor: float = 1.0
    """The same for maps: an error is divided by the mean square of 250 ms around it + this."""
    smoothing_sigma_samples: float = 15.0
    """Gaussian along time for maps, at 500 Hz (30 ms); 0 leaves them as they are."""
    seed: int = 0
    """Of the random masks; complementary masks use it for their fixed shuffle."""

    def __post_init__(self) -> None:
        require_positive(self, "n_passes", "relative_floor")
        require_at_most(self, n_passes=MOST_PASSES, smoothing_sigma_samples=10_000)
        require_choice(self, "masks", ("complementary", "random"))
        for name in ("error_space", "map_error_space"):
            require_choice(self, name, ("relative", "signal", "normalised"))
        require_choice(self, "pooling", ("mean", "log"))
        require_positive(self, "map_relative_floor", "cross_lead_floor", "cross_lead_map_floor")
        _require_parts("parts", self.parts, SCORE_PARTS)
        _require_parts("map_parts", self.map_parts, ("segments", "cross_lead"))
        if self.part_weights is not None and (
            len(self.part_weights) != len(self.parts) or min(self.part_weights) <= 0
        ):
            raise ConfigError(f"part_weights must be one positive number for each of {list(self.parts)}; found "
                              f"{list(self.part_weights)}.")
        require_weights(self.branch_weights)
        require_not_negative(self, "smoothing_sigma_samples")
        require_seed(self.seed)


@dataclass(frozen=True)
class Config:
    """All choices that belong to one trained model."""

    preprocess: PreprocessConfig = field(default_factory=PreprocessConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    score: ScoreConfig = field(default_factory=ScoreConfig)
    cross_lead: CrossLeadConfig = field(default_factory=CrossLeadConfig)

    def __post_init__(self) -> None:
        if not self.cross_lead.visible and "cross_lead" in (*self.score.parts, *self.score.map_parts):
            raise ConfigError("The score has a part cross_lead, but cross_lead.visible names no leads to show.")
        if self.cross_lead.visible and (self.preprocess.sampling_rate_hz, self.model.n_segments) != (500.0, 40):
            raise ConfigError("Hidden leads are restored from windows at 500 Hz in 40 segments; found "
                              f"{self.preprocess.sampling_rate_hz:g} Hz and {self.model.n_segments}.")
        if self.model.n_leads != len(STANDARD_LEADS):
            raise ConfigError(f"n_leads must be {len(STANDARD_LEADS)}, the standard leads; found {self.model.n_leads}.")
        samples = self.preprocess.sampling_rate_hz * self.preprocess.window_s
        if samples != self.model.n_samples:
            raise ConfigError(
                f"A window of {self.preprocess.window_s} s at {self.preprocess.sampling_rate_hz} Hz has {samples:g} "
                f"samples, but the model takes n_samples = {self.model.n_samples}."
            )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, strings and lists, fit for JSON and TOML."""
        return {name: without_tuples(values) for name, values in dataclasses.asdict(self).items()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Config:
        """Build from `to_dict`'s form; missing fields keep their defaults, unknown ones are refused."""
        if not isinstance(values, dict):
            raise ConfigError(f"A configuration must be a table of sections; found {values!r}.")
        sections = {part.name: part for part in dataclasses.fields(cls)}
        refuse_unknown("configuration", values, sections)
        return cls(
            preprocess=section(PreprocessConfig, "preprocess", values),
            model=section(ModelConfig, "model", values),
            train=section(TrainConfig, "train", values),
            score=section(ScoreConfig, "score", values),
            cross_lead=section(CrossLeadConfig, "cross_lead", values),
        )


def faithful() -> Config:
    """The paper's network, passes and schedule with this project's input, targets and score, which separate better
    within fewer steps: not the paper's exact score (see `paper`)."""
    return Config()


def paper() -> Config:
    """The paper's model as published, schedule and score too: min-max scale, one normalisation over all leads of a
    segment, random masks, the mean of normalised errors (equation 1).
    """
    return Config(
        preprocess=PreprocessConfig(scale="minmax"),
        model=ModelConfig(target_norm="joint"),
        score=ScoreConfig(masks="random", error_space="normalised", map_error_space="normalised", pooling="mean"),
    )


def plus() -> Config:
    """The bundled default: the paper's model on a shorter schedule for the map; records are judged by hidden leads,
    the median beat and departures with a name. Parts and weights were chosen on PTB-XL's folds 1-8."""
    return Config(
        train=TrainConfig(epochs=100, warmup_epochs=13),
        cross_lead=CrossLeadConfig(
            visible=("II", "I", "V1", "V3", "V5", "I II III aVR aVL aVF", "V1 V2 V3", "V4 V5 V6", "V1 V2 V3 V4 V5 V6")
        ),
        score=ScoreConfig(
            parts=("cross_lead", "beat", "departures"), part_weights=(2.0, 1.0, 2.0),
            map_parts=("segments", "cross_lead"),
        ),
    )


PRESETS = {"faithful": faithful, "paper": paper, "plus": plus}
"""By name, for the command line."""


def masked_count(n_segments: int, mask_ratio: float) -> int:
    """Segments to mask: `n_segments * mask_ratio` rounded half up, within [1, n_segments - 1]; of none, none."""
    return min(max(int(n_segments * mask_ratio + 0.5), 1), n_segments - 1) if n_segments else 0


def _require_parts(name: str, parts: tuple[str, ...], choices: tuple[str, ...]) -> None:
    if not parts or len(set(parts)) < len(parts) or not set(parts) <= set(choices):
        raise ConfigError(f"{name} must name some of {', '.join(choices)}, each once; found {list(parts)}.")
