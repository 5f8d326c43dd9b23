"""Lead layouts as data: columns of leads, and rhythm leads across the whole width below them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from ecg_viewer.state.words.language import translatable
from mmae_core.record import STANDARD_LEADS

CABRERA_LEADS = ("aVL", "I", "aVR", "II", "aVF", "III", "V1", "V2", "V3", "V4", "V5", "V6")
"""The limb leads as they follow one another round the frontal plane, 30 degrees apart once aVR is inverted."""
CABRERA_INVERTED = frozenset({"aVR"})
MINUS = "\N{MINUS SIGN}"
DERIVED_MARK = "*"
"""After the name of a lead that was computed from others."""
DERIVED_NOTE = translatable("* computed from I and II")


def lead_text(lead: str, sign: int = 1, derived_leads: Collection[str] = ()) -> str:
    """A lead's name as it stands on the paper: `V1`, `III*`, or `−aVR` for an inverted aVR."""
    return (lead if sign > 0 else MINUS + lead) + DERIVED_MARK * (lead in derived_leads)


class Shows(Enum):
    """Which of the record's leads a layout shows."""

    ALL = "all"
    EVERYTHING = "everything"
    """The other channels in millivolts too: V3R, V7, Frank's leads, unnamed ones."""
    ONE = "one"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class LayoutSpec:
    """One arrangement. The leads are dealt to the columns from the top down, one column after the other."""

    id: str
    title: str
    tip: str
    n_columns: int = 1
    """Columns show consecutive stretches: the second goes on where the first ends."""
    rhythm: tuple[str, ...] = ()
    """Leads below the columns, over the whole width."""
    shows: Shows = Shows.ALL


LAYOUTS: tuple[LayoutSpec, ...] = (
    LayoutSpec("12x1", translatable("12 × 1"),
               translatable("Twelve leads under each other, each over the whole width.")),
    LayoutSpec("6x2", translatable("6 × 2"),
               translatable("Limb leads left, chest leads right; the right half goes on in time."), 2),
    LayoutSpec("3x4", translatable("3 × 4"),
               translatable("Four columns of three leads, each going on where the one before ends."), 4),
    LayoutSpec("3x4+II", translatable("3 × 4 + II"),
               translatable("Four columns of three leads, and lead II all along."), 4, ("II",)),
    LayoutSpec("3x4+V1/II/V5", translatable("3 × 4 + V1, II, V5"),
               translatable("Four columns of three leads, and leads V1, II and V5 all along."), 4, ("V1", "II", "V5")),
    LayoutSpec("all", translatable("All channels"),
               translatable("Every channel in millivolts under each other: also V3R, V7 to V9, Frank's leads and leads "
                            "of other names."),
               shows=Shows.EVERYTHING),
    LayoutSpec("single", translatable("Single lead"),
               translatable("One lead with all the room; Up and Down go to its neighbours."),
               shows=Shows.ONE),
    LayoutSpec("chosen", translatable("Chosen leads"), translatable("The leads of your choice, under each other."),
               shows=Shows.CHOSEN),
)
DEFAULT_LAYOUT = "3x4+II"
"""The page that hospitals print."""
FIRST_THAT_FITS = translatable("First layout that fits")
LAYOUTS_BY_ID = {spec.id: spec for spec in LAYOUTS}


@dataclass(frozen=True)
class Cell:
    """A lead in its place."""

    lead: str
    """The standard name."""
    sign: int = 1
    """-1: drawn inverted."""

    @property
    def label(self) -> str:
        """What stands beside the trace: `V1`, or `−aVR` for an inverted aVR."""
        return lead_text(self.lead, self.sign)


@dataclass(frozen=True)
class Arrangement:
    """Positions of the leads: columns from left to right, each with its cells from the top down.

    A lead that runs across the whole width has the same row in every column.
    """

    columns: tuple[tuple[Cell, ...], ...]
    n_rhythm: int = 0
    """How many of the last rows run across the whole width."""

    @property
    def n_rows(self) -> int:
        return max((len(column) for column in self.columns), default=0)

    @property
    def leads(self) -> tuple[str, ...]:
        """Every lead that is shown, once."""
        return tuple(dict.fromkeys(cell.lead for column in self.columns for cell in column))

    @property
    def in_one_column(self) -> Arrangement:
        """The same leads under each other, each once."""
        if len(self.columns) < 2:
            return self
        return Arrangement((tuple(dict.fromkeys(cell for column in self.columns
                                                for cell in column[: len(column) - self.n_rhythm])),))

    def columns_of(self, lead: str) -> tuple[int, ...]:
        """The columns in which a lead is shown."""
        return tuple(
            index for index, column in enumerate(self.columns) if any(cell.lead == lead for cell in column)
        )


def ordered_leads(leads: Sequence[str], cabrera: bool) -> tuple[Cell, ...]:
    """The leads in the standard or the Cabrera order; others than the twelve follow as they come."""
    order = CABRERA_LEADS if cabrera else STANDARD_LEADS
    known = [lead for lead in order if lead in leads]
    known += [lead for lead in leads if lead not in order]
    return tuple(Cell(lead, -1 if cabrera and lead in CABRERA_INVERTED else 1) for lead in known)


def arrange(
    layout: str,
    leads: Sequence[str] = STANDARD_LEADS,
    *,
    cabrera: bool = False,
    single: str = "II",
    chosen: Sequence[str] = STANDARD_LEADS,
) -> Arrangement:
    """Arrange a recording's `leads` in the layout with this id.

    A record with fewer leads fills fewer rows. A `single` lead, or `chosen` ones, that the record lacks give way to
    the record's first lead, or to all of its leads: never an empty paper. Raises KeyError for an unknown layout.
    """
    spec = LAYOUTS_BY_ID[layout]
    cells = ordered_leads(leads, cabrera)
    if spec.shows is Shows.ONE:
        cells = tuple(cell for cell in cells if cell.lead == single) or cells[:1]
    elif spec.shows is Shows.CHOSEN:
        cells = tuple(cell for cell in cells if cell.lead in chosen) or cells
    signs = {cell.lead: cell for cell in cells}
    rhythm = tuple(signs[lead] for lead in spec.rhythm if lead in signs)
    n_columns = max(1, min(spec.n_columns, len(cells)))
    n_rows = -(-len(cells) // n_columns)
    dealt = [cells[index * n_rows : (index + 1) * n_rows] for index in range(n_columns)]
    return Arrangement(tuple((*column, *rhythm) for column in dealt if column), len(rhythm))
