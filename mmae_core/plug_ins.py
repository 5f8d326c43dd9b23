"""Code of other packages: readers, scorers, exports and panels that they name in entry points.

A plug-in runs with all the user's rights, as any installed package does. With `ECG_VIEWER_NO_PLUGINS=1` in the
environment none is looked for. One is imported when it is first needed; what goes wrong in it is named in a sentence,
kept for the list of plug-ins, and changes nothing else. `docs/library.md` describes what each group expects.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from mmae_core.errors import EcgError
from mmae_core.messages import Message

READERS, SCORERS, EXPORTS, PANELS = "mmae_core.readers", "mmae_core.scorers", "ecg_viewer.exports", "ecg_viewer.panels"
KINDS = {READERS: Message("reader"), SCORERS: Message("scorer"), EXPORTS: Message("export"), PANELS: Message("panel")}
"""Every group of entry points, and what is in it."""
SWITCH = "ECG_VIEWER_NO_PLUGINS"
MOST_SAID = 300
"""Characters of an error's own words that are shown."""

MEMBERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    READERS: (("FORMAT",), ("claims", "read")), EXPORTS: (("TITLE", "TIP", "ENDING"), ("write",)),
}
"""What the program needs of a plug-in: texts and functions. Scorers and panels are functions themselves."""
FAULTS = (Exception, SystemExit)
"""What may go wrong in a plug-in without ending the program; `sys.exit` is one, Ctrl+C is not."""

_log = logging.getLogger(__name__)
_problems: dict[PlugIn, str] = {}


class PlugInFailed(EcgError):
    """A plug-in cannot be used; the sentence names it and its package."""


@dataclass(frozen=True)
class PlugIn:
    """One entry point, not imported yet."""

    group: str
    name: str
    target: str
    """Module, or module:attribute."""
    package: str
    """Name of the distribution it comes with."""
    version: str

    def load(self) -> Any:
        """What it names, imported on first use. Raises PlugInFailed, whatever goes wrong in it."""
        module, _, attribute = self.target.partition(":")
        try:
            found: Any = importlib.import_module(module)
            for part in attribute.split(".") if attribute else ():
                found = getattr(found, part)
        except FAULTS as error:
            raise self.failed(error) from error
        return found

    def checked(self) -> Any:
        """What it names, with the members that the program needs of it; none is called. Raises PlugInFailed."""
        found = self.load()
        texts, functions = MEMBERS.get(self.group, ((), ()))
        try:
            for name in texts:
                if not isinstance(getattr(found, name), str):
                    raise TypeError(f"{name}: no text")
            for name in functions:
                if not callable(getattr(found, name)):
                    raise TypeError(f"{name}: no function")
            if not functions and not callable(found):
                raise TypeError(f"{self.target}: no function")
            if "ENDING" in texts and "/" in found.ENDING:
                raise ValueError("ENDING: has a /")
        except FAULTS as error:
            raise self.failed(error) from error
        return found

    def failed(self, error: BaseException) -> PlugInFailed:
        """That it cannot be used, for the user; kept for the list, and logged without the message, which may hold what
        a recording says."""
        _log.warning("The plug-in %s of %s failed: %s", self.name, self.package, type(error).__name__)
        return self.refused(Message(
            "{kind} “{name}” of the package {package}: it cannot be used ({error}); everything else works without it",
            kind=KINDS[self.group], name=self.name, package=self.package,
            error=f"{type(error).__name__}: {error}"[:MOST_SAID]))

    def refused(self, sentence: str) -> PlugInFailed:
        """That it cannot be used, and why; kept for the list."""
        _problems[self] = sentence
        return PlugInFailed(sentence)

    @property
    def problem(self) -> str:
        """Why it cannot be used; empty as long as nothing is known."""
        return _problems.get(self, "")


def are_allowed() -> bool:
    """Whether plug-ins may be used: not if the environment's `ECG_VIEWER_NO_PLUGINS` is anything but empty or 0."""
    return os.environ.get(SWITCH, "").strip() in ("", "0")


@cache
def plug_ins(group: str) -> tuple[PlugIn, ...]:
    """Those of a group, by name; none if they are switched off. Nothing is imported."""
    if not are_allowed():
        return ()
    found: dict[str, PlugIn] = {}
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        one = _of(point, group)
        if point.name in found:
            one.refused(Message(
                "{kind} “{name}” of the package {package}: not used, because {other} has one of that name",
                kind=KINDS[group], name=one.name, package=one.package, other=found[point.name].package))
        found.setdefault(point.name, one)
    return tuple(found.values())


def unshadowing(group: str, bundled: Collection[str]) -> tuple[PlugIn, ...]:
    """Those of a group whose names are not those of something that comes with the program; others are refused."""
    known = {name.casefold() for name in bundled}
    kept = []
    for one in plug_ins(group):
        if one.name.casefold() in known:
            one.refused(shadows(one, one.name))
        else:
            kept.append(one)
    return tuple(kept)


def shadows(one: PlugIn, name: str) -> Message:
    """That a plug-in may not take the place of something that comes with the program."""
    return Message("{kind} “{name}” of the package {package}: not used, because the program has one of that name",
                   kind=KINDS[one.group], name=name, package=one.package)


def all_plug_ins() -> tuple[PlugIn, ...]:
    """Those of all groups, for the list of what is there."""
    return tuple(one for group in KINDS for one in plug_ins(group))


def plug_in_lines() -> tuple[str, ...]:
    """A line for each plug-in, with what is wrong with it as far as it was tried; one line if they are switched off."""
    if not are_allowed():
        return (Message("Plug-ins are switched off ({switch})", switch=SWITCH),)
    known = dict.fromkeys((*all_plug_ins(), *_problems))
    return tuple(
        one.problem or Message("{kind} “{name}” of the package {package} {version}", kind=KINDS[one.group],
                               name=one.name, package=one.package, version=one.version)
        for one in sorted(known, key=lambda one: (list(KINDS).index(one.group), one.name, one.package))
    )


def look_again() -> None:
    """Forget what was found and what went wrong, as after an installation."""
    plug_ins.cache_clear()
    _problems.clear()


def _of(point: EntryPoint, group: str) -> PlugIn:
    package = point.dist
    return PlugIn(group, point.name, point.value.split("[")[0].replace(" ", ""),
                  "unknown" if package is None else package.name, "" if package is None else package.version)
