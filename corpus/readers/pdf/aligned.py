"""Lines that stand in columns apart, as the rows of a table do that is not beyond doubt one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus.readers.pdf.lines import Line

_WIDE: Final = 1.0  # of the font's size, the least white between two columns
_WIDEST: Final = 5.0  # likewise in a line that ends where its column does, which may be justified
_SHARED: Final = 0.8  # likewise, that two lines leave white at one place
_NEAR: Final = 3.0  # of the font's size, the furthest that two such lines are below one another


def aligned(lines: Sequence[Line], right: float, marker: re.Pattern[str]) -> set[int]:
    """The positions of those lines of a column that stand in the same columns as the line above or below.

    Args:
        lines: from top to bottom.
        right: where their column ends.
        marker: of an item; the white behind one parts no columns.
    """
    whites = [list(_whites(one, right, marker)) for one in lines]
    out: set[int] = set()
    for at, (up, low) in enumerate(pairwise(lines)):
        near = up.page == low.page and 0 < low.baseline - up.baseline < _NEAR * up.size
        if near and any(
            min(one[1], two[1]) - max(one[0], two[0]) > _SHARED * up.size
            for one in whites[at]
            for two in whites[at + 1]
        ):
            out |= {at, at + 1}
    return out


def _whites(line: Line, right: float, marker: re.Pattern[str]) -> list[tuple[float, float]]:
    """From where to where a line is white between its columns."""
    least = (_WIDEST if line.right > right - line.size else _WIDE) * line.size
    pairs = list(pairwise(line.words))
    if marker.fullmatch(line.words[0].text):
        pairs = pairs[1:]
    return [(before.right, word.left) for before, word in pairs if word.left - before.right > least]
