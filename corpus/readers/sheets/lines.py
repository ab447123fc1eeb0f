"""Lines: what a sheet holds before anything is made of it, and how much of it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

MAX_COLUMNS: Final = 16_384
"""As many as a spreadsheet has."""
MAX_CELLS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet with any text in it.

    Attributes:
        number: as a spreadsheet counts its rows, from 1.
        cells: each on one line, blanks single; "" for an empty one.
        merged: as `Block.merged`; "" where no cell is merged with another.
        bold: whether all cells with text are set in bold type.
    """

    number: int
    cells: tuple[str, ...]
    merged: str = ""
    bold: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells that are not empty."""
        return tuple(filter(None, self.cells))

    def with_columns(self, columns: Sequence[int]) -> Line:
        """The line with these of its columns alone, in their order."""
        of_mine = [column for column in columns if column < len(self.cells)]
        merged = "".join(self.merged[column] for column in of_mine) if self.merged else ""
        return replace(self, cells=tuple(self.cells[column] for column in of_mine), merged=merged)
