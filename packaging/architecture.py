"""Draws the rooms of both packages and which imports which: `python packaging/architecture.py`.

Writes `docs/develop/architecture.svg`. A room is a package such as `mmae_core.scoring`, or a module of its own beside
the packages; modules that import no package are drawn as one room, `base`. An arrow means "imports", also inside
functions, but not for type checking alone. Arrows that follow from others are left out: where A imports B and B
imports C, A is not joined to C. Rooms that import each other share a box.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

REPOSITORY = Path(__file__).resolve().parents[1]
DIAGRAM = REPOSITORY / "docs" / "develop" / "architecture.svg"
PANELS = {"The viewer: ecg_viewer": ("ecg_viewer", "ecg_viewer.qt"), "The science: mmae_core": ("mmae_core",)}
"""Title of each panel, and the packages whose members are its rooms."""
BASE = "base"
BOX_HEIGHT, ROW, GAP, LETTER, MARGIN = 26.0, 62.0, 14.0, 7.2, 20.0
SWEEPS = 8
"""How often rows are put in the order of their neighbours."""

Graph = dict[str, set[str]]


def imports(code: str) -> Iterator[str]:
    """Dotted names a module imports, except under `if TYPE_CHECKING`."""
    waiting: list[ast.AST] = [ast.parse(code)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def room_of(name: str, packages: tuple[str, ...]) -> str | None:
    """The member of the innermost of `packages` that a dotted name lies in; None for the packages and all else."""
    for package in sorted(packages, key=len, reverse=True):
        if name.startswith(f"{package}."):
            return f"{package}.{name.removeprefix(package + '.').split('.')[0]}"
    return None


def room_imports(packages: tuple[str, ...], root: Path = REPOSITORY) -> Graph:
    """Rooms and the rooms they import."""
    graph: Graph = {}
    for path in sorted((root / packages[0]).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        room = room_of(".".join(parts), packages)
        is_package_itself = parts[-1] == "__init__" and ".".join(parts[:-1]) in packages
        if room is None or room in packages or is_package_itself or parts[-1] == "__main__":
            continue
        found = {room_of(name, packages) for name in imports(path.read_text(encoding="utf-8"))}
        graph.setdefault(room, set()).update(other for other in found if other is not None and other != room)
    return _named({room: others & graph.keys() for room, others in graph.items()}, packages, root)


def _named(graph: Graph, packages: tuple[str, ...], root: Path) -> Graph:
    """The same with short names, and with every module that imports no package put into its package's `base`."""
    is_package = {room: root.joinpath(*room.split(".")).is_dir() for room in graph}

    def is_base(room: str) -> bool:
        inside = {other for other in graph[room] if _parent(other) == _parent(room)}
        return not is_package[room] and all(not is_package[other] and is_base(other) for other in inside)

    def short(room: str) -> str:
        parent = _parent(room).removeprefix(packages[0]).strip(".")
        name = BASE if is_base(room) else room.rpartition(".")[2]
        return f"{parent}/{name}" if parent else name

    joined: Graph = defaultdict(set)
    for room, others in graph.items():
        joined[short(room)] |= {short(other) for other in others} - {short(room)}
    return dict(joined)


def _parent(room: str) -> str:
    return room.rpartition(".")[0]


def reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """Everything that `start` imports, directly or not."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in graph[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def without_circles(graph: Graph) -> Graph:
    """Rooms that import each other become one, named after all of them."""
    below = {room: reachable(graph, room) for room in graph}
    name = {room: " + ".join(sorted({other for other in below[room] if room in below[other]} | {room}))
            for room in graph}
    joined: Graph = defaultdict(set)
    for room, others in graph.items():
        joined[name[room]] |= {name[other] for other in others} - {name[room]}
    return dict(joined)


def reduced(graph: Graph) -> Graph:
    """Without the arrows that follow from others. The graph has no circles."""
    below = {room: reachable(graph, room) for room in graph}
    return {room: {other for other in others if not any(other in below[between] for between in others)}
            for room, others in graph.items()}


def heights(graph: Graph) -> dict[str, int]:
    """How many arrows it takes at most from a room to the ground."""
    found: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in found:
            found[room] = 1 + max((height(other) for other in graph[room]), default=-1)
        return found[room]

    return {room: height(room) for room in sorted(graph)}


@dataclass
class Place:
    """A room in the drawing, or the bend of an arrow that passes a row."""

    name: str
    row: int
    is_room: bool
    centre: float = 0.0

    @property
    def width(self) -> float:
        return LETTER * len(self.name) + 18 if self.is_room else 10.0


def panel(title: str, graph: Graph, left: float) -> tuple[str, float, float]:
    """The SVG of one graph without circles from `left` on, its width and its height."""
    row_of = heights(graph)
    places = {room: Place(room, row, True) for room, row in row_of.items()}
    steps: list[tuple[str, str]] = []
    for room in sorted(graph):
        for other in sorted(graph[room]):
            before = room
            for row in range(row_of[room] - 1, row_of[other], -1):
                bend = f"{room}>{other}@{row}"
                places[bend] = Place(bend, row, False)
                steps.append((before, bend))
                before = bend
            steps.append((before, other))
    rows = [sorted((place for place in places.values() if place.row == row), key=lambda place: place.name)
            for row in range(max(row_of.values()) + 1)]
    width = _arrange(rows, places, steps)
    top, n = 58.0, len(rows)

    def y(row: int) -> float:
        return top + (n - 1 - row) * ROW

    shapes = [f'<text class="title" x="{left:.0f}" y="30">{escape(title)}</text>']
    for start, end in steps:
        one, two = places[start], places[end]
        from_y = y(one.row) + (BOX_HEIGHT if one.is_room else BOX_HEIGHT / 2)
        to_y = y(two.row) - (3 if two.is_room else -BOX_HEIGHT / 2)
        middle = (from_y + to_y) / 2
        head = ' marker-end="url(#head)"' if two.is_room else ""
        x_1, x_2 = left + one.centre, left + two.centre
        shapes.append(f'<path d="M{x_1:.1f} {from_y:.1f} C{x_1:.1f} {middle:.1f} {x_2:.1f} {middle:.1f} '
                      f'{x_2:.1f} {to_y:.1f}"{head}/>')
    for place in places.values():
        if place.is_room:
            x, row_y = left + place.centre, y(place.row)
            shapes.append(f'<rect x="{x - place.width / 2:.1f}" y="{row_y:.1f}" width="{place.width:.1f}" '
                          f'height="{BOX_HEIGHT:.0f}" rx="4"/>')
            shapes.append(f'<text x="{x:.1f}" y="{row_y + 17:.1f}">{escape(place.name)}</text>')
    return "\n".join(shapes), width, y(0) + BOX_HEIGHT


def _arrange(rows: list[list[Place]], places: Mapping[str, Place], steps: list[tuple[str, str]]) -> float:
    """Put every row in the order of its neighbours and give it its places. Returns the width."""
    beside: dict[str, list[Place]] = defaultdict(list)
    for start, end in steps:
        beside[start].append(places[end])
        beside[end].append(places[start])

    def set_out(row: list[Place]) -> float:
        x = 0.0
        for place in row:
            place.centre = x + place.width / 2
            x += place.width + GAP
        return x - GAP

    width = max(set_out(row) for row in rows)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = {place.name: _mean([other.centre for other in beside[place.name]], place.centre) for place in row}
            row.sort(key=lambda place: (wanted[place.name], place.name))
            shift = (width - set_out(row)) / 2
            for place in row:
                place.centre += shift
    return width


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def diagram(root: Path = REPOSITORY) -> str:
    """The whole drawing as SVG text; the same sources give the same text."""
    left, height, shapes = MARGIN, 0.0, []
    for title, packages in PANELS.items():
        drawn, width, bottom = panel(title, reduced(without_circles(room_imports(packages, root))), left)
        shapes.append(drawn)
        left, height = left + width + 3 * MARGIN, max(height, bottom)
    width, height = left - 2 * MARGIN, height + MARGIN
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"
 aria-label="Rooms of the two packages; arrows point to what is imported">
<style>
text {{ font: 12px sans-serif; text-anchor: middle; fill: #1c2733 }}
.title {{ font: bold 15px sans-serif; text-anchor: start }}
rect {{ fill: #eaf1f8; stroke: #3b6ea5 }}
path {{ fill: none; stroke: #6b7a88 }}
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<polygon points="0,0 8,4 0,8" fill="#6b7a88"/></marker></defs>
<rect x="0" y="0" width="{width:.0f}" height="{height:.0f}" style="fill: #ffffff; stroke: none"/>
{chr(10).join(shapes)}
</svg>
"""


def main() -> int:
    """Write the diagram, or with `--check` say whether it is current. Returns 1 if it is not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    if parser.parse_args().check:
        return 0 if DIAGRAM.read_text(encoding="utf-8") == diagram() else 1
    DIAGRAM.parent.mkdir(parents=True, exist_ok=True)
    DIAGRAM.write_text(diagram(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
