"""Where a journal's entries come from: links of the chains of other journals, kept as they were.

A link names its entry, the link before it and a digest of both. Links of all journals together are a forest that only
grows: taking one over twice changes nothing, the order of taking over makes no difference, and a journal that was
copied and continued on two machines is two branches of one tree.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ecg_viewer.state.review.journal_backups import read_head
from ecg_viewer.state.review.journal_chain import COLUMNS, Row, check, link
from ecg_viewer.state.review.journal_schema import JournalError

MERGED = "merged"
"""Kind of the entry that names the last links taken over, so that none of them can go unnoticed."""


class Node(NamedTuple):
    """A link of another journal's chain, or its random begin, which has number 0 and no entry."""

    digest: str
    previous: str
    number: int
    event_id: str


@dataclass(frozen=True)
class JournalSource:
    """A journal to be taken over."""

    name: str
    rows: Mapping[str, Row]
    """Entries by id."""
    nodes: frozenset[Node]


@dataclass(frozen=True)
class Origins:
    """What the links of other journals prove."""

    n_journals: int
    n_entries: int
    """Entries that a link of another journal proves."""
    broken: tuple[str, ...] = ()
    """What is wrong, in sentences; empty if nothing."""


def read_source(path: Path) -> JournalSource:
    """Read a journal that is to be merged. Raises JournalError if it is none, is damaged or cannot be read."""
    if not path.is_file():
        raise JournalError(f"There is no review journal {path}.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
            found = check(file, read_head(path))
            chain = dict(file.execute("SELECT number, digest FROM chain").fetchall())
            inherited = origin_nodes(file)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise JournalError(f"{path.name} cannot be read as a review journal: {error}.") from error
    broken = broken_links({row[1]: row for row in found.rows.values()}, inherited)
    if not found.is_whole or broken:
        raise JournalError(f"{path.name} is damaged and is not taken over; ecg-viewer journal --verify says where. "
                           "Take a copy from its folder backups.")
    rows = {row[1]: row for row in found.rows.values()}
    from_elsewhere = {node.event_id for node in inherited}
    is_own = any(row[5] != MERGED and row[1] not in from_elsewhere for row in rows.values())
    if not is_own:  # made by merging alone: its sources are what counts
        rows = {event_id: row for event_id, row in rows.items() if event_id in from_elsewhere}
        return JournalSource(path.name, rows, inherited)
    numbers = sorted(chain)
    own = {Node(chain[0], "", 0, "")}
    own |= {Node(chain[number], chain[before], number, found.rows[number][1])
            for before, number in pairwise(numbers)}
    return JournalSource(path.name, rows, inherited | own)


def joined(sources: Sequence[JournalSource], known: Iterable[str] = ()) -> tuple[tuple[Row, ...], tuple[Node, ...]]:
    """All entries that are not `known`, in an order that each source agrees with, and all links; then the entry that
    names what was taken over. The result does not depend on the order of the sources.

    Raises JournalError if two of them hold one entry with different contents.
    """
    rows: dict[str, Row] = {}
    nodes: set[Node] = set()
    for source in sources:
        for event_id, row in source.rows.items():
            if rows.setdefault(event_id, row)[1:] != row[1:]:
                raise JournalError(f"The entry {event_id} of {source.name} is not the one another journal has under "
                                   "this id: one of them was altered. Nothing is merged.")
        nodes |= source.nodes
    left = set(known)
    ordered = [rows[event_id] for event_id in _in_order(rows, nodes) if event_id not in left]
    if rows:
        note = _note(rows, nodes)
        if note[1] not in left:
            ordered.append(note)
    return tuple(ordered), tuple(sorted(nodes))


def origin_nodes(connection: sqlite3.Connection) -> frozenset[Node]:
    """Links of other journals; none in a file of a version without them. Raises sqlite3.Error."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'origin'").fetchone()
    if not there:
        return frozenset()
    return frozenset(Node(*row) for row in connection.execute("SELECT digest, previous, number, event_id FROM origin"))


def left_nodes(files: Iterable[Path]) -> frozenset[Node]:
    """Links of other journals that a damaged file and its copies still hold; files that cannot be read hold none."""
    found: set[Node] = set()
    for path in files:
        with suppress(sqlite3.Error, ValueError, TypeError), closing(
                sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            found |= origin_nodes(file)
    return frozenset(found)


def verify_origins(connection: sqlite3.Connection) -> Origins:
    """Compare every entry of other journals with its own chain. Raises sqlite3.Error."""
    nodes = origin_nodes(connection)
    rows = {row[1]: row for row in connection.execute(f"SELECT {COLUMNS} FROM events")}
    entries = {node.event_id for node in nodes if node.number}
    return Origins(sum(node.number == 0 for node in nodes), len(entries), broken_links(rows, nodes))


def broken_links(rows: Mapping[str, Row], nodes: Iterable[Node]) -> tuple[str, ...]:
    """What does not fit: links without the one before, entries that are not as their link says, links that are gone."""
    by_digest = {node.digest: node for node in nodes}
    broken = []
    for node in sorted(by_digest.values(), key=lambda node: (node.number, node.digest)):
        if node.number == 0:
            continue
        row = rows.get(node.event_id)
        if node.previous not in by_digest:
            broken.append(f"the link before entry {node.number}, {node.event_id}, is gone")
        elif row is None or link(node.previous, (node.number, *row[1:])) != node.digest:
            broken.append(f"entry {node.number}, {node.event_id}, is not as its own journal wrote it")
    for row in rows.values():
        if row[5] == MERGED:
            gone = [digest for digest in _heads(row) if digest not in by_digest]
            broken += [f"a journal that was taken over, ending in {digest[:12]}, is gone" for digest in gone]
    return tuple(broken)


def places_of(connection: sqlite3.Connection) -> dict[str, str]:
    """For each entry the latest time up to it along its own journal's chain, as text: by this, and by number where it
    is equal, entries of several machines are in order, also where a clock was set back. Raises sqlite3.Error.
    """
    nodes = origin_nodes(connection)
    rows = list(connection.execute("SELECT number, event_id, time FROM events ORDER BY number"))
    times = {event_id: str(time) for _, event_id, time in rows}
    imported = {node.event_id for node in nodes}
    latest: dict[str, str] = {}
    place: dict[str, str] = {}
    for node in sorted(nodes, key=lambda node: node.number):
        if node.number:
            latest[node.digest] = max(latest.get(node.previous, ""), times.get(node.event_id, ""))
            place[node.event_id] = max(place.get(node.event_id, ""), latest[node.digest])
    so_far = ""
    for _, event_id, time in rows:
        if event_id not in imported:
            so_far = place[event_id] = max(so_far, str(time))
    return place


def _in_order(rows: Mapping[str, Row], nodes: Iterable[Node]) -> list[str]:
    """Entries after those that come before them in any chain; else by time, then by id."""
    of_digest = {node.digest: node.event_id for node in nodes if node.number}
    after: dict[str, set[str]] = {}
    waits: dict[str, set[str]] = {event_id: set() for event_id in rows}
    for node in nodes:
        before = of_digest.get(node.previous, "")
        if node.event_id in waits and before in rows:
            waits[node.event_id].add(before)
            after.setdefault(before, set()).add(node.event_id)
    heap = [(rows[event_id][2], event_id) for event_id, others in waits.items() if not others]
    heapq.heapify(heap)
    ordered: list[str] = []
    done: set[str] = set()
    while len(ordered) < len(rows):
        if not heap:  # two journals took entries over in opposite orders: the earliest goes on
            event_id = min((rows[event_id][2], event_id) for event_id in waits if event_id not in done)[1]
        else:
            event_id = heapq.heappop(heap)[1]
        if event_id in done:
            continue
        done.add(event_id)
        ordered.append(event_id)
        for following in after.get(event_id, ()):
            waits[following].discard(event_id)
            if not waits[following] and following not in done:
                heapq.heappush(heap, (rows[following][2], following))
    return ordered


def _note(rows: Mapping[str, Row], nodes: Iterable[Node]) -> Row:
    """The entry that names the last links; the same for the same links."""
    found = list(nodes)
    followed = {node.previous for node in found}
    heads = sorted(node.digest for node in found if node.digest not in followed)
    payload = json.dumps({"heads": heads, "n_entries": len(rows)}, sort_keys=True)
    event_id = hashlib.sha256(f"{MERGED} {payload}".encode()).hexdigest()[:32]
    return (0, event_id, max(row[2] for row in rows.values()), "", "", MERGED, payload)


def _heads(row: Row) -> list[str]:
    try:
        return [str(digest) for digest in json.loads(row[6])["heads"]]
    except (ValueError, KeyError, TypeError):
        return []
