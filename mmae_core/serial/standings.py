"""How a departure stands to the two references: normals, and the earlier recording."""

from __future__ import annotations

from typing import Literal, get_args

Standing = Literal["both", "own", "known", "gone"]
"""`both`: departs from normals and from the earlier recording; `own`: from the earlier one alone; `known`: from normals
alone; `gone`: differs from the earlier recording, which departed from normals there."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
