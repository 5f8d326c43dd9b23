"""Points of numpy arrays as Qt polygons, without a Python object per point."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF


def polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """A polygon of the points (x, y)."""
    result = QPolygonF()
    result.resize(x.size)
    if x.size:
        # The type stubs know neither that a pointer to points is accepted nor that a VoidPtr is a buffer.
        memory: Any = shiboken6.VoidPtr(cast(Any, result.data()), x.size * 16, True)  # type: ignore[call-arg]
        points = np.frombuffer(memory, np.float64).reshape(-1, 2)
        points[:, 0] = x
        points[:, 1] = y
    return result
