"""How a departure stands to the two references: normals, and the earlier recording."""

from __future__ import annotations

from typing import Literal, get_args

Standing = Literal["both", "own", "known", "gone", "one"]
"""`both`: departs from normals and from the earlier recording; `own`: from the earlier one alone; `known`: from normals
alone; `gone`: differs from the earlier recording, which departed from normals there; `one`: held against one of the two
alone, so that nobody can say whether it is new or known."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
