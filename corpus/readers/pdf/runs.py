"""Runs: words of one line with no more than a blank between them, which is how the cells of a table show."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import Line, lines_of

BLANK: Final = 0.45
"""Of the font's size: a gap that is wider may part columns; the blank between two words is 0.2 to 0.35 wide."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line, left to right, between any two of them no more than a blank; never empty.

    Attributes:
        words: all of them.
        limit: where it ends at the latest, though its last word may run over that.
    """

    words: tuple[Word, ...]
    limit: float = math.inf

    @property
    def left(self) -> float:
        """Of its first word."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        """Of its last word."""
        return min(self.limit, max(word.right for word in self.words))

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def text(self) -> str:
        """Its words, parted by blanks where they are."""
        return "".join(word.text if word.glued and at else f" {word.text}" for at, word in enumerate(self.words))[1:]


@dataclass(frozen=True, slots=True)
class Spaced:
    """A line as its runs, left to right; never empty.

    Attributes:
        runs: of the line's words, each of which is in exactly one.
        page: from 1.
        baseline, size: as `Line` has them.
    """

    runs: tuple[Run, ...]
    page: int
    baseline: float
    size: float

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them, left to right."""
        return tuple(word for run in self.runs for word in run.words)

    @property
    def left(self) -> float:
        """Of its first run."""
        return min(run.left for run in self.runs)

    @property
    def right(self) -> float:
        """Of its last run."""
        return max(run.right for run in self.runs)

    @property
    def top(self) -> float:
        """Where capitals of its font end, which is the same for every line of a size."""
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where letters of its font end below the baseline."""
        return self.baseline + 0.22 * self.size

    @property
    def middle(self) -> float:
        """Half the height of its small letters, which tells between which level lines it stands."""
        return self.baseline - 0.3 * self.size

    @property
    def text(self) -> str:
        """Its runs, parted by blanks."""
        return " ".join(run.text for run in self.runs)

    def within(self, left: float, right: float) -> Spaced | None:
        """What of it stands between two places across the page; None where nothing does."""
        kept = [[word for word in run.words if left <= (word.left + word.right) / 2 <= right] for run in self.runs]
        runs = tuple(Run(tuple(words)) for words in kept if words)
        return Spaced(runs, self.page, self.baseline, self.size) if runs else None


def spaced(words: Iterable[Word], page: int) -> tuple[Spaced, ...]:
    """`words` as lines of runs, from the top; every word is in exactly one run."""
    return tuple(map(_spaced, lines_of(words, page)))


def _spaced(line: Line) -> Spaced:
    runs: list[list[Word]] = []
    right = 0.0
    for word in line.words:
        if runs and (word.glued or word.left - right <= BLANK * line.size):
            runs[-1].append(word)
        else:
            runs.append([word])
            right = word.right
        right = max(right, word.right)
    return Spaced(tuple(Run(tuple(run)) for run in runs), line.page, line.baseline, line.size)
