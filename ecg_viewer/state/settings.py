"""The settings remembered between starts: a small JSON file in the user's configuration folder."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from ecg_viewer.state.display_choices import LOWEST_THRESHOLD, HeatColours, HeatLook, HeatStyle, LeadChoice
from ecg_viewer.state.filters import FILTERS, NOTCHES
from ecg_viewer.state.folder_descriptions import described
from ecg_viewer.state.heat import LAYERS
from ecg_viewer.state.layouts import DEFAULT_LAYOUT
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.unreadable_files import set_aside
from mmae_core.assessment import Layer
from mmae_core.files import JSON_FAULTS, make_private_folder, naming, private_file, process_name
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import STANDARD_LEADS

APP_NAME = "ecg-viewer"
"""Name of the user's folders for settings and logs."""
MAX_RECENT = 12
"""Entries in the menu of recent files."""

Theme = Literal["system", "light", "dark", "high-contrast"]
THEMES: tuple[Theme, ...] = get_args(Theme)
Language = Literal["system", "en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Device = Literal["auto", "cpu", "cuda", "mps"]
DEVICES: tuple[Device, ...] = get_args(Device)
"""Where the model can run; `auto` is the fastest there is."""

_log = logging.getLogger("ecg_viewer.settings")


@dataclass(frozen=True)
class Settings:
    """Every remembered choice."""

    recent_files: tuple[str, ...] = ()
    """Most recent first. Kept here only, never in a log."""
    notice_seen: bool = False
    """The research-use notice of the first start was read."""
    theme: Theme = "system"
    language: Language = "system"
    tour_seen: bool = False
    """The tour of the first start was taken or skipped."""
    device: Device = "auto"
    speed_mm_per_s: float = 25.0
    """Paper speed at start; the next three, too, are starting values."""
    gain_mm_per_mv: float = 10.0
    filter_band: str = "none"
    mains_notch: str = "notch_off"
    qtc_formula: str = DEFAULT_FORMULA
    """How QT is corrected for the rate."""
    heat_opacity: float = 1.0
    heat_style: HeatStyle = "background"
    heat_colours: HeatColours = "sun"
    heat_threshold: float = LOWEST_THRESHOLD
    heat_layers: tuple[Layer, ...] = LAYERS
    """Layers of the heat that are shown."""
    layout: str | None = None
    """None: the first layout in which the traces of a recording do not collide."""
    cabrera: bool = False
    single_lead: str = "II"
    chosen_leads: tuple[str, ...] = STANDARD_LEADS
    worklist_columns: tuple[str, ...] = ()
    """Column ids of the wide table; empty: the defaults."""
    worklist_widths: Mapping[str, int] = field(default_factory=dict)
    """Widths in pixels of columns of the wide table that were resized, by id."""
    worklist_next_by: Literal["record", "finding"] = "record"
    """Order in which the key for the next recording goes: by percentile or by strongest finding."""
    reviewer: str = ""
    """Name under which decisions are stored; empty until it is entered."""
    blinded: bool = False
    """Whether statements and results stay hidden until a first read is committed."""
    restore_session: bool = True
    """Whether a start without arguments restores the last session."""
    model: str | None = None
    """The model chosen last: a bundled one's name or a folder. None is the default one, whichever that will be."""
    export: Mapping[str, Any] = field(default_factory=dict)
    """Last choices in the export dialog (see `ecg_viewer.export.last_choices`)."""
    described_folders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What was said of the files in a folder that do not state it: rate_hz, mv_per_step, lead_names."""
    px_per_mm: Mapping[str, float] = field(default_factory=dict)
    """Calibrated screens: name, maker, serial number and size -> pixels per millimetre."""
    work_lists: tuple[str, ...] = ()
    """Files of lists of work, the latest first."""

    @property
    def heat_look(self) -> HeatLook:
        """How the heat was last shown. Raises ValueError for what is not allowed."""
        return HeatLook(self.heat_style, self.heat_opacity, self.heat_threshold, self.heat_colours)

    @property
    def descriptions(self) -> dict[str, SignalDescription]:
        """Folder -> what was said of its files. Raises ValueError for what is not allowed."""
        return {folder: described(values) for folder, values in self.described_folders.items()}

    @property
    def lead_choice(self) -> LeadChoice:
        """Which leads were last shown. Raises ValueError for what is not allowed."""
        return LeadChoice(self.layout or DEFAULT_LAYOUT, self.cabrera, self.single_lead, self.chosen_leads)

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(f"theme must be one of {', '.join(THEMES)}; found {self.theme!r}")
        if self.language not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}; found {self.language!r}")
        for name, value, known in (
            ("speed_mm_per_s", self.speed_mm_per_s, SPEEDS_MM_PER_S),
            ("gain_mm_per_mv", self.gain_mm_per_mv, GAINS_MM_PER_MV),
            ("filter_band", self.filter_band, tuple(FILTERS)),
            ("mains_notch", self.mains_notch, tuple(NOTCHES)),
            ("qtc_formula", self.qtc_formula, tuple(FORMULAS)),
            ("worklist_next_by", self.worklist_next_by, ("record", "finding")),
        ):
            if isinstance(value, bool) or value not in known:
                raise ValueError(f"{name} must be one of {', '.join(map(str, known))}; found {value!r}")
        if self.device not in DEVICES:
            raise ValueError(f"device must be one of {', '.join(DEVICES)}; found {self.device!r}")
        if not isinstance(self.reviewer, str):
            raise ValueError(f"reviewer must be a name; found {self.reviewer!r}")
        if not isinstance(self.blinded, bool):
            raise ValueError(f"blinded must be true or false; found {self.blinded!r}")
        if not isinstance(self.restore_session, bool):
            raise ValueError(f"restore_session must be true or false; found {self.restore_session!r}")
        if not isinstance(self.tour_seen, bool):
            raise ValueError(f"tour_seen must be true or false; found {self.tour_seen!r}")
        if not isinstance(self.notice_seen, bool):
            raise ValueError(f"notice_seen must be true or false; found {self.notice_seen!r}")
        if isinstance(self.heat_opacity, bool) or not isinstance(self.heat_opacity, int | float):
            raise ValueError(f"heat_opacity must be a number; found {self.heat_opacity!r}")
        if not 0 <= self.heat_opacity <= 1:
            raise ValueError(f"heat_opacity must lie between 0 and 1; found {self.heat_opacity!r}")
        if not set(self.heat_layers) <= set(LAYERS):
            raise ValueError(f"heat_layers must be some of {', '.join(LAYERS)}; found {self.heat_layers!r}")
        _ = self.heat_look, self.lead_choice  # they check their own values
        if not isinstance(self.model, str | None):
            raise ValueError(f"model must be a name, a folder or null; found {self.model!r}")
        if self.model == "":
            raise ValueError(f"model must be a name, a folder or null; found {self.model!r}")
        if not isinstance(self.export, dict):
            raise ValueError("export must be a table of choices")
        if not isinstance(self.described_folders, dict):
            raise ValueError("described_folders must map folders to descriptions")
        _ = self.descriptions  # checks every value
        if not isinstance(self.px_per_mm, dict) or not all(
            isinstance(value, int | float) and 0.1 < value < 100 for value in self.px_per_mm.values()
        ):
            raise ValueError("px_per_mm must map names of screens to pixels a millimetre, 0.1 to 100")
        if not isinstance(self.worklist_widths, dict) or not all(
            isinstance(width, int) and 0 < width < 10_000 for width in self.worklist_widths.values()
        ):
            raise ValueError("worklist_widths must map columns to pixels")
        for name in ("recent_files", "work_lists"):
            if not all(isinstance(path, str) for path in getattr(self, name)):
                raise ValueError(f"{name} must be a list of paths")


class SettingsFile:
    """Reads the settings once and writes every change at once, under a temporary name that is then renamed."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the file; the user's configuration folder is asked if it is None."""
        self.path = path if path is not None else Path(platformdirs.user_config_dir(APP_NAME)) / "settings.json"
        self.set_aside: Path | None = None
        """Where a file that could not be understood was moved to."""
        self.changed: Signal[()] = Signal()
        """A setting has changed."""
        self._settings = self._read()

    @property
    def settings(self) -> Settings:
        return self._settings

    def change(self, **values: Any) -> None:
        """Replace fields and write the file. If it cannot be written, that is logged; the choice holds until the
        end.
        """
        changed = replace(self._settings, **values)
        if changed == self._settings:
            return
        before, self._settings = self._settings, changed
        try:
            self._write(before)
        except OSError as error:
            _log.warning("settings could not be written: %s", error.strerror)
        self.changed.emit()

    def remember_file(self, path: Path) -> None:
        """Put a file or folder at the top of the recent ones."""
        text = str(path)
        others = [recent for recent in self._settings.recent_files if recent != text]
        self.change(recent_files=tuple([text, *others][:MAX_RECENT]))

    def forget_files(self, paths: Sequence[str]) -> None:
        """Take entries out of the recent ones."""
        self.change(recent_files=tuple(recent for recent in self._settings.recent_files if recent not in set(paths)))

    def _read(self) -> Settings:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError):
            return self._move_aside()
        try:
            return _from_json(text)
        except (ValueError, TypeError, RecursionError):
            return self._move_aside()

    def _move_aside(self) -> Settings:
        """Keep a damaged file beside the new one, so that nothing is lost."""
        try:
            self.set_aside = set_aside(self.path)
        except OSError as error:
            _log.warning("a broken settings file could not be moved aside: %s", error.strerror)
        _log.warning("the settings file could not be understood and was set aside; defaults are used")
        return Settings()

    def _write(self, before: Settings) -> None:
        """Change in the file what was changed here: another window may have changed the rest since."""
        make_private_folder(self.path.parent)
        temporary = self.path.with_name(f"{self.path.name}.{process_name()}.tmp")
        try:
            private_file(temporary)
            values = merged(self._in_file(), asdict(before), asdict(self._settings))
            with naming(self.path):
                temporary.write_text(json.dumps(values, indent=2, ensure_ascii=False), encoding="utf-8")
            os.replace(temporary, self.path)
        finally:
            temporary.unlink(missing_ok=True)

    def _in_file(self) -> dict[str, Any]:
        """What the file holds now, also what this version does not know; nothing if it cannot be understood."""
        try:
            return _table(self.path.read_text(encoding="utf-8"))
        except JSON_FAULTS:
            return {}


def merged(in_file: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What a file should hold once `before` became `after` here, whatever else was written to it since.

    Tables are merged entry by entry, recent files by path.
    """
    values = {**after, **in_file}
    for name, value in after.items():
        if value == before[name]:
            continue
        theirs = in_file.get(name)
        if name == "recent_files" and isinstance(theirs, list):
            gone = set(before[name]) - set(value)
            others = [path for path in theirs if isinstance(path, str) and path not in gone]
            value = list(dict.fromkeys([*value, *others]))[:MAX_RECENT]
        elif isinstance(value, Mapping) and isinstance(theirs, Mapping):
            kept = {key: item for key, item in theirs.items() if key in value or key not in before[name]}
            value = kept | {key: item for key, item in value.items() if before[name].get(key, _NOTHING) != item}
        values[name] = value
    return values


_NOTHING = object()


def _table(text: str) -> dict[str, Any]:
    """A JSON table that could be written again. Raises ValueError, TypeError or RecursionError."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("the settings are not a table")
    json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8")
    return values


def _from_json(text: str) -> Settings:
    """Settings of a file. A value that is not understood keeps its default, and the others are taken all the same.

    Raises ValueError, TypeError or RecursionError for anything but a table.
    """
    values, settings = _table(text), Settings()
    for item in fields(Settings):
        if item.name not in values:
            continue
        value = values[item.name]
        if isinstance(getattr(settings, item.name), tuple):
            most = MAX_RECENT if item.name == "recent_files" else None
            value = tuple(value[:most]) if isinstance(value, list) else None
        try:
            settings = replace(settings, **{item.name: value})
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            _log.warning("the setting %s could not be understood; its default is used", item.name)
    return settings
