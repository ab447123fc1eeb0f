"""A page as tables are looked for on it: its words as lines of runs, its ruling lines, and the columns of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.gutters import Span
from corpus.readers.pdf.ruling import Stroke, strokes
from corpus.readers.pdf.runs import Run, Spaced, spaced

_PROSE = 4  # words from which a run may be of running text
_EDGE = 12.0  # points by which a table may stand out of its column
_SLIGHT = 0.3  # points by which two lines of one size may differ
_STEP = 0.05  # of the size, to which white between lines is counted
_USUAL = 0.3  # of the size, the white between lines where no text shows it
_MORE = 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Attributes:
        number: from 1.
        words: in the order of the file.
        lines: all of them as lines, from the top.
        levels, uprights: ruling lines, each by place.
        columns: of running text, from the left; at least one.
        body: the font size of running text, in points; 0 where there is none.
        near: of the font's size, the widest white between two lines of one paragraph.
    """

    number: int
    words: tuple[Word, ...]
    lines: tuple[Spaced, ...]
    levels: tuple[Stroke, ...]
    uprights: tuple[Stroke, ...]
    columns: tuple[Span, ...]
    body: float
    near: float

    def within(self, span: Span, top: float, bottom: float) -> tuple[Spaced, ...]:
        """The lines that the words between these places make, from the top."""
        return spaced(
            [
                word
                for word in self.words
                if span[0] <= (word.left + word.right) / 2 <= span[1]
                and top <= word.baseline - 0.3 * word.size <= bottom
            ],
            self.number,
        )

    def around(self, left: float, right: float) -> Span:
        """From where to where the text goes that something from `left` to `right` stands in: its column, or several."""
        first = next((col for col in self.columns if left >= col[0] - _EDGE and right <= col[1] + _EDGE), None)
        if first is not None:
            return min(left, first[0]) - 1, max(right, first[1]) + 1
        inside = [col for col in self.columns if col[1] > left + _EDGE and col[0] < right - _EDGE]
        return min([left, *(col[0] for col in inside)]) - 1, max([right, *(col[1] for col in inside)]) + 1


def sheet_of(page: PageContent) -> Sheet:
    """The page, looked at."""
    lines = spaced(page.words, page.number)
    runs = [run for line in lines for run in line.runs if len(run.words) >= _PROSE]
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.words[0].size, 1)] += len(run.words)
    body = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
    everything = (min((word.left for word in page.words), default=0.0), max((w.right for w in page.words), default=0.0))
    columns = tuple(_columns(runs)) or (everything,)
    return Sheet(page.number, page.words, lines, *strokes(page.rules), columns, body, _near(page, columns))


def _near(page: PageContent, columns: Sequence[Span]) -> float:
    """A little more than the white that most often stands between two lines of running text."""
    whites: Counter[float] = Counter()
    for left, right in columns:
        column = spaced(
            [word for word in page.words if left - 1 <= (word.left + word.right) / 2 <= right + 1], page.number
        )
        for above, below in pairwise(column):
            if len(above.words) >= _PROSE and len(above.runs) == 1 and abs(above.size - below.size) < _SLIGHT:
                whites[round((below.top - above.bottom) / below.size / _STEP) * _STEP] += 1
    usual = max(whites, key=lambda white: (whites[white], -white)) if whites else _USUAL
    return usual + _MORE


def _columns(runs: Sequence[Run], depth: int = 2) -> list[Span]:
    """The columns that running text is set in: parted where many runs end before and begin behind, and few cross."""
    if len(runs) < 6:
        return [(min(run.left for run in runs), max(run.right for run in runs))] if runs else []
    best = None
    for place in sorted({run.left - 2 for run in runs}):
        before = [run for run in runs if run.right <= place + 1]
        behind = [run for run in runs if run.left >= place]
        least = min(len(before), len(behind))
        crossing = len(runs) - len(before) - len(behind)
        if least >= 3 and crossing < least and least > len(runs) // 6:
            best = max(best or (least - crossing, place), (least - crossing, place))
    if best is None or not depth:
        return [(min(run.left for run in runs), max(run.right for run in runs))]
    before = [run for run in runs if run.right <= best[1] + 1]
    behind = [run for run in runs if run.left >= best[1]]
    return [*_columns(before, depth - 1), *_columns(behind, depth - 1)]
