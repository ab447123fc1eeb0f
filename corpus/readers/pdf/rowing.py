"""Rows where no lines are drawn between them: which lines of a table go on with the cells of the line above.

White space decides where there is more of it between rows than within cells. Where lines are even, a line goes on with
the row above if each of its cells may: the cell above was as full as its column allows, and reads on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.joining import goes_on, is_open
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.runs import Run, Spaced

_MORE = 0.2  # of the font's size, by which the white between rows exceeds that between lines
_BROKEN = ("-", "\u2010", "\u00ad", "/")  # ends of what goes on in the next line
_ATOM = re.compile(r"[\W\d]*\d[\W\d]*|\W*")


@dataclass(slots=True)
class TextLine:
    """A line of a table: `cells` are its words by the column they begin in, `spans` the last column of wider ones."""

    line: Spaced
    cells: dict[int, tuple[Word, ...]]
    spans: dict[int, int] = field(default_factory=dict)

    def run(self, column: int) -> Run:
        """What stands in a column."""
        return Run(self.cells[column])


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a table as a whole.

    Attributes:
        widths: of each column, that of its widest line.
        figures: the columns that hold figures only.
        near: of the font's size, the widest white between two lines of one cell.
    """

    widths: Mapping[int, float]
    figures: frozenset[int]
    near: float


def shape_of(lines: Sequence[TextLine], count: int, near: float) -> Shape:
    """The shape of a table of `count` columns; `near` as `Sheet` has it."""
    widths = dict.fromkeys(range(count), 0.0)
    whole, figures = Counter[int](), Counter[int]()
    for line in lines:
        for column in line.cells:
            if column not in line.spans:
                run = line.run(column)
                widths[column] = max(widths[column], run.width)
                whole[column] += 1
                figures[column] += _ATOM.fullmatch(run.text) is not None
    return Shape(widths, frozenset(column for column in whole if figures[column] >= 0.8 * whole[column] - 1), near)


def going_on(lines: Sequence[TextLine], shape: Shape) -> tuple[int, int]:
    """How many lines of a stretch go on with the row above, judged by what cells say, and how many could."""
    clusters = _clusters(lines)
    breaks = _one_by_one(clusters, shape)
    # Where the first column begins lower than others, cells stand in the middle of their rows.
    if 0 not in _filled(clusters[0]) and any(0 in _filled(cluster) for cluster in clusters):
        whites = (_top(below) - _bottom(above) for above, below in pairwise(clusters))
        near = [white <= shape.near * lines[0].line.size for white in whites]
        pairs = zip(pairwise(clusters), near, strict=True)
        breaks = [not (close and _may_be_one(above, below, shape)) for (above, below), close in pairs]
    return len(breaks) - sum(breaks), len(breaks)


def split(lines: Sequence[TextLine], shape: Shape) -> list[list[TextLine]]:
    """The lines of each row, from the top.

    Args:
        lines: of a stretch of the table without a ruling line across, by height.
        shape: of the whole table.
    """
    clusters = _clusters(lines)
    if len(clusters) < 2:
        return clusters
    size = clusters[0][0].line.size
    gaps = [_top(below) - _bottom(above) for above, below in pairwise(clusters)]
    tight = min(gaps) + _MORE * size
    inner = [at for at, gap in enumerate(gaps) if gap <= tight]
    together = [at for at in inner if _may_be_one(clusters[at], clusters[at + 1], shape)]
    uneven = any(_filled(clusters[at + 1]) != _filled(clusters[at]) for at in inner)
    telling = uneven or _telling([clusters[at] for at in inner]) >= 2 * len(inner)
    if len(inner) < len(gaps) and telling and len(together) >= 0.85 * len(inner):
        breaks = [gap > tight for gap in gaps]
    else:
        breaks = _one_by_one(clusters, shape)
    rows = [list(clusters[0])]
    for cluster, parted in zip(clusters[1:], breaks, strict=True):
        if parted:
            rows.append(list(cluster))
        else:
            rows[-1] += cluster
    return rows


def _telling(clusters: Iterable[Sequence[TextLine]]) -> int:
    """In how many cells there are several words, so that whether one more had room says something."""
    return sum(len(words) > 1 for cluster in clusters for line in cluster for words in line.cells.values())


def _clusters(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that overlap in height, as those of a cell set in the middle of its row do with others', together."""
    clusters: list[list[TextLine]] = []
    for line in lines:
        if clusters and _bottom(clusters[-1]) - line.line.top > 0.12 * line.line.size:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return clusters


def _top(cluster: Sequence[TextLine]) -> float:
    return min(one.line.top for one in cluster)


def _bottom(cluster: Sequence[TextLine]) -> float:
    return max(one.line.bottom for one in cluster)


def _filled(cluster: Sequence[TextLine]) -> list[int]:
    return sorted({column for one in cluster for column in one.cells})


def _may_be_one(upper: Sequence[TextLine], lower: Sequence[TextLine], shape: Shape) -> bool:
    """Whether both may be lines of one row, whose cells stand at its top, its middle or its bottom."""
    above, below = set(_filled(upper)), set(_filled(lower))
    if not (above <= below or below <= above):
        return False
    shared = [line for line in lower if set(line.cells) & above]
    kept = [
        TextLine(one.line, {column: one.cells[column] for column in one.cells if column in above}) for one in shared
    ]
    return _may_go_on(upper, kept, shape)


def _may_go_on(row: Sequence[TextLine], below: Sequence[TextLine], shape: Shape) -> bool:
    """Whether every cell of the lines `below` may be what the cell above it had no room for."""
    above = set(_filled(row))
    for line in below:
        for column in line.cells:
            if column not in above:
                return False
            last = next(one for one in reversed(row) if column in one.cells)
            if not _wraps(last.run(column), line.run(column), shape.widths[column], figures=column in shape.figures):
                return False
    return True


def _wraps(upper: Run, lower: Run, width: float, *, figures: bool) -> bool:
    """Whether the first word of `lower` had no room behind `upper`."""
    left, right = upper.text, lower.text
    if left.endswith(_BROKEN):
        return True
    if figures and not left.endswith((",", ";", "–", "(", "±", "[")) and not right.startswith(("(", "±", "–")):
        return False
    first = next((at for at, word in enumerate(lower.words) if at and not word.glued), len(lower.words))
    needed = max(word.right for word in lower.words[:first]) - lower.left
    return upper.width + 0.22 * upper.words[0].size + needed > width - 0.5


def _one_by_one(clusters: Sequence[list[TextLine]], shape: Shape) -> list[bool]:
    """Before which clusters a row begins, each pair judged by what its cells say."""
    breaks = []
    row = list(clusters[0])
    for below in clusters[1:]:
        close = _top(below) - _bottom(row) <= shape.near * below[0].line.size
        filled, above = set(_filled(below)), set(_filled(row))
        less = filled < above or (filled == above and _breaks_off(row))
        reads = less and _may_go_on(row, below, shape) and _reads_on(row, below, shape)
        on = close and (reads or (filled < above and _hangs(row, below, shape)))
        breaks.append(not on)
        row = [*row, *below] if on else list(below)
    return breaks


def _breaks_off(row: Sequence[TextLine]) -> bool:
    """Whether a word of the last line of a row is broken at the end of its cell."""
    return any(Run(words).text.endswith(_BROKEN) for words in row[-1].cells.values())


def _hangs(row: Sequence[TextLine], below: Sequence[TextLine], shape: Shape) -> bool:
    """Whether lines hold none of the figures that a line does which begins a row, and no first cell of their own."""
    filled = set(_filled(below))
    if not shape.figures or shape.figures & filled or not shape.figures <= set(_filled(row)):
        return False
    return 0 not in filled or all(0 not in line.cells or _goes_down(row, line, shape) for line in below)


def _goes_down(row: Sequence[TextLine], line: TextLine, shape: Shape) -> bool:
    """Whether the first cell of a line may be what that of the row above had no room for."""
    last = next((one for one in reversed(row) if 0 in one.cells), None)
    return last is not None and _wraps(last.run(0), line.run(0), shape.widths[0], figures=0 in shape.figures)


def _reads_on(row: Sequence[TextLine], below: Sequence[TextLine], shape: Shape) -> bool:
    """Whether one cell alone goes on, some do in mid-sentence, or all are in columns so wide that lines break."""
    wide = True
    if len(_filled(below)) == 1 and 0 not in _filled(below):
        return True
    for line in below:
        for column in line.cells:
            last = next(one for one in reversed(row) if column in one.cells).run(column)
            first = line.run(column)
            if is_open(last.text) and goes_on(last.text, first.text):
                return True
            wide = wide and (shape.widths[column] > 12 * last.words[0].size and len(last.words) > 2)
    return wide
