"""Tiles that have been painted: scrolling copies them, and paints only what comes into view."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QImage

from ecg_viewer.qt.paper.tile_painter import TILE_PX, TilePainter

Key = tuple[int, int]
"""Column of leads, index along its endless paper."""


class TileCache:
    """Painted tiles. Without a painter there are none."""

    def __init__(self) -> None:
        self._painter: TilePainter | None = None
        self._device_ratio = 1.0
        self._tiles: OrderedDict[Key, QImage] = OrderedDict()
        self._incomplete: set[Key] = set()
        self._n_kept = 64

    def restart(self, painter: TilePainter, device_ratio: float, n_visible: int) -> None:
        """Forget all tiles; paint with `painter` from now on, and keep about four times what is visible."""
        self._painter = painter
        self._device_ratio = device_ratio
        self._tiles.clear()
        self._incomplete.clear()
        self._n_kept = max(16, 4 * n_visible)

    def tile(self, key: Key) -> QImage:
        """The tile, painted now if it was not."""
        if self._painter is None:
            raise RuntimeError("the tile cache has no painter yet")
        image = self._tiles.get(key)
        if image is None:
            image, complete = self._painter.paint(*key)
            image.setDevicePixelRatio(self._device_ratio)
            self._tiles[key] = image
            if not complete:
                self._incomplete.add(key)
            while len(self._tiles) > self._n_kept:
                oldest, _ = self._tiles.popitem(last=False)
                self._incomplete.discard(oldest)
        self._tiles.move_to_end(key)
        return image

    def is_complete(self, keys: Iterable[Key]) -> bool:
        """Whether all of these are painted with all of their traces."""
        return all(key in self._tiles and key not in self._incomplete for key in keys)

    def next_missing(self, candidates: Iterable[Key]) -> Key | None:
        """The first of `candidates` that is not painted."""
        return next((key for key in candidates if key not in self._tiles), None)

    def forget_incomplete(self) -> None:
        """More of the record has been read: paint anew what lacked it."""
        for key in self._incomplete:
            del self._tiles[key]
        self._incomplete.clear()

    def forget(self, start_px: float, end_px: float) -> None:
        """Forget the tiles that touch device pixels `start_px` to `end_px`; the end may be infinite."""
        first = math.floor(start_px / TILE_PX)
        for key in [key for key in self._tiles if key[1] >= first and key[1] * TILE_PX < end_px]:
            del self._tiles[key]
            self._incomplete.discard(key)
