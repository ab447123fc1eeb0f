"""The numbers of a manuscript's lines, in its margin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus.readers.pdf.content import Word

_LEAST: Final = 8  # line numbers on a page


def without_line_numbers(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a page without the numbers that count its lines in a margin."""
    found = [word for word in words if word.text.isdigit() and not word.glued]
    if len(found) < _LEAST:
        return words
    out: set[int] = set()
    for edge in {round(word.right / 2) for word in found}:
        column = sorted((word for word in found if abs(word.right / 2 - edge) <= 1), key=lambda word: word.baseline)
        if len(column) >= _LEAST and _count_lines(column, words):
            out |= {id(word) for word in column}
    return [word for word in words if id(word) not in out] if out else words


def _count_lines(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether numbers one below another count lines: in even steps, all other words on one side of them."""
    steps = {int(low.text) - int(up.text) for up, low in pairwise(column)}
    if len(steps) != 1 or not steps <= {1, 2, 5, 10}:
        return False
    gaps = [low.baseline - up.baseline for up, low in pairwise(column)]
    inside = {id(word) for word in column}
    left, right = min(word.left for word in column), max(word.right for word in column)
    others = [word for word in words if id(word) not in inside]
    beside = all(word.left > right for word in others) or all(word.right < left for word in others)
    return beside and max(gaps) < 3.5 * min(gaps)
