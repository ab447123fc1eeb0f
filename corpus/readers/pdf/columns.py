"""The order of reading on a page: columns, and what spans them.

A page is cut where a blank strip, a gutter, parts text on many rows that follow one another; what lies above and below
those rows is cut in the same way. It is the XY-cut of Nagy and Seth (1984) with the order of its cuts turned round:
the longest run of rows with a common gutter comes first, so that a heading over both columns does not hide them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final

from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import OFF, is_script

_BLANK: Final = 0.25  # of the font's size, on each side of a word, that is no gutter
_STARTS: Final = 1.5  # points by which rows begin in one place
_LARGE: Final = 1.3  # of the usual size, that of a title
_GUTTER: Final = 4  # steps of half a point, the narrowest gutter left between words so widened
_STEP: Final = 0.5  # points
_ROWS: Final = 4  # rows on either side that show a gutter
_WITHIN: Final = 9  # rows within a column, whose blanks may stand one below another by chance
_NARROWEST: Final = 0.14  # of the region's width, the narrowest column
_FILLED: Final = 0.5  # of a column's width, that half of its rows fill at least
_WIDEST: Final = 30_000  # steps, beyond which nothing is looked at
_APART: Final = 1.6  # of the usual distance of rows, from which a row stands apart
_HEADED: Final = 1.35  # and what stands over the columns
_BLOCKS: Final = 3  # rows on both sides, at least, where they do not
_CENTRED: Final = 3.0  # points by which what is centred stands off the middle


@dataclass(frozen=True, slots=True)
class Hole:
    """A region of a page that is read as one thing, a table; otherwise as `Word`, with a nominal size."""

    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float = 10.0


Placed = Word | Hole


@dataclass(slots=True)
class _Row:
    """What stands at one height, and where it leaves the page free: a bit for each place a gutter could begin."""

    items: list[Placed]
    baseline: float
    free: int = 0
    left: float = 0.0
    right: float = 0.0

    @property
    def size(self) -> float:
        """Of its largest words."""
        return max(item.size for item in self.items)


@dataclass(slots=True)
class Gutters:
    """Where the pages of a document are known to have gutters, in points; found on the way."""

    centres: list[float] = field(default_factory=list)

    def known(self, left: float, right: float) -> bool:
        """Whether a gutter of another place lies within `[left, right]`."""
        return any(left <= centre <= right for centre in self.centres)


def columns_of(items: Sequence[Placed], gutters: Gutters) -> list[list[Placed]]:
    """What stands on a page, in columns, in order of reading; within a column in the order given.

    Args:
        items: in any order.
        gutters: those known so far; new ones are added.
    """
    order = {id(item): place for place, item in enumerate(items)}
    return [sorted(column, key=lambda item: order[id(item)]) for column in _cut(_rows(items), gutters)]


def _rows(items: Sequence[Placed]) -> list[_Row]:
    rows: list[_Row] = []
    for item in sorted(items, key=lambda item: (_height(item), item.left)):
        if rows and _height(item) - rows[-1].baseline <= 0.3 * item.size:
            rows[-1].items.append(item)
        else:
            rows.append(_Row([item], _height(item)))
    rows = _with_raised(rows)
    for row in rows:
        row.left, row.right = min(item.left for item in row.items), max(item.right for item in row.items)
    covers = [_cover(row.items) for row in rows]
    # what is taller than its row stands in the way of those below, too
    for at, row in enumerate(rows):
        for tall in (item for item in row.items if item.bottom - item.top > 2.5 * item.size):
            for below in range(at + 1, len(rows)):
                if rows[below].baseline > tall.bottom:
                    break
                covers[below] |= _cover([tall])
    low, high = min((row.left for row in rows), default=0.0), max((row.right for row in rows), default=0.0)
    within = _cover([Hole(low, 0, high, 0, 0, 0)])
    for row, cover in zip(rows, covers, strict=True):
        row.free = _eroded(~cover & within)
    return rows


def _with_raised(rows: Sequence[_Row]) -> list[_Row]:
    """`rows` with those of raised words alone put into the row below them."""
    out: list[_Row] = []
    for row in reversed(rows):
        below = out[-1] if out else None
        if below is not None and _are_raised(row, below):
            below.items += row.items
        else:
            out.append(row)
    return out[::-1]


def _are_raised(row: _Row, below: _Row) -> bool:
    off = below.baseline - row.baseline
    sizes = [item.size for item in row.items if isinstance(item, Word)]
    return len(sizes) == len(row.items) and any(
        is_script(max(sizes), off, item.size) and off <= OFF * item.size for item in below.items
    )


def _height(item: Placed) -> float:
    """The baseline of a word; of something tall, its first."""
    return min(item.baseline, item.top + 1.5 * item.size)


def _cover(items: Sequence[Placed]) -> int:
    covered = 0
    for item in items:
        blank = _BLANK * item.size
        first, last = max(0, int((item.left - blank) / _STEP)), max(0, int((item.right + blank) / _STEP))
        if last < _WIDEST:
            covered |= ((1 << (last - first + 1)) - 1) << first
    return covered


def _eroded(free: int) -> int:
    """The places where a gutter of the least width begins."""
    for _ in range(_GUTTER - 1):
        free &= free >> 1
    return free


def _cut(rows: list[_Row], gutters: Gutters, least: int = _ROWS) -> Iterator[list[Placed]]:
    if not rows:
        return
    found = _longest(rows, gutters, least)
    if found is None:
        yield [item for row in rows for item in row.items]
        return
    first, last, edges = found
    yield from _cut(rows[:first], gutters, least)
    for left, right in _sides(edges):
        side = [item for row in rows[first : last + 1] for item in row.items if left <= item.left < right]
        yield from _cut(_rows(side), gutters, _WITHIN) if side else ()
    yield from _cut(rows[last + 1 :], gutters, least)


def _longest(rows: list[_Row], gutters: Gutters, least: int) -> tuple[int, int, list[float]] | None:
    """The first and last row of the longest run with a common gutter, and where its columns part; None without any."""
    best: tuple[int, int, int, list[float]] | None = None
    reached = -1
    for first in range(len(rows)):
        free, last = rows[first].free, first
        left, right = rows[first].left, rows[first].right
        inner = _inner(free, left, right)
        while last + 1 < len(rows):
            common = free & rows[last + 1].free or _bridged(free, rows, last + 1, left, right)
            if not common:
                break
            left, right = min(left, rows[last + 1].left), max(right, rows[last + 1].right)
            rest = _inner(common, left, right)
            if inner and not rest:
                break
            free, last, inner = common, last + 1, rest
        if last <= reached:
            continue
        edges, weight = _edges(free, rows[first : last + 1], gutters, least)
        reached = last if edges else reached
        if edges and (best is None or weight > best[0]):
            best = (weight, first, last, edges)
    if best is None:
        return None
    _, first, last, edges = best
    first = _below_title(rows, first, last)
    first, last = _trimmed(rows, _below_head(rows, first, last, edges), last, edges)
    gutters.centres += [edge for edge in edges if best[0] >= 2 * _ROWS]
    return first, last, edges


def _bridged(free: int, rows: Sequence[_Row], at: int, left: float, right: float) -> int:
    """What is free of a run and of the row after `at` where only row `at` sticks out into the gutter, or over it.

    It stands in line with the rows around it, and begins anew behind the gutter as they do; or it stands between two
    that are no further apart than lines of one column are.
    """
    if at + 1 >= len(rows) or rows[at + 1].baseline - rows[at - 1].baseline > 2 * _HEADED * rows[at].size:
        return 0
    common = free & rows[at + 1].free
    if rows[at + 1].baseline - rows[at - 1].baseline <= _HEADED * rows[at].size:
        return common if _inner(common, left, right) else 0
    for _, end in _spans(_inner(common, rows[at].left, rows[at].right)):
        if any(abs(item.left - _BLANK * item.size - end) < _STARTS for item in rows[at].items):
            return common
    return 0


def _inner(free: int, left: float, right: float) -> int:
    """Those places of `free` that lie between two others, the outermost that text reaches."""
    low, high = (min(max(0, int(edge / _STEP)), _WIDEST) for edge in (left, right))
    return free & ((1 << high) - 1) & ~((1 << low) - 1)


def _edges(free: int, rows: Sequence[_Row], gutters: Gutters, rows_needed: int) -> tuple[list[float], int]:
    """Where the columns of these rows part, and how many rows show it."""
    edges: list[float] = []
    weight = 0
    previous, outermost = min(row.left for row in rows), max(row.right for row in rows)
    width = outermost - previous
    spans = list(_spans(_inner(free, previous, outermost)))
    for at, (left, right) in enumerate(spans):
        middle = (left + right) / 2
        end = spans[at + 1][0] if at + 1 < len(spans) else outermost
        before = _widths(rows, previous, middle)
        least = 1 if gutters.known(left, right) else rows_needed
        # what follows may be the numbers of a list, which its text makes a column
        for until in dict.fromkeys((end, outermost)):
            after = _widths(rows, middle, until + 1)
            if not _are_columns(before, after, width, least):
                continue
            edges.append(middle)
            weight = max(weight, sum(row.left < middle < row.right for row in rows) + min(len(before), len(after)))
            previous = middle
            break
    return edges, weight


def _are_columns(before: list[float], after: list[float], width: float, least: int) -> bool:
    if min(len(before), len(after)) < least:
        return False
    for side in (before, after):
        if max(side) < _NARROWEST * width or (least > 1 and median(side) < _FILLED * max(side)):
            return False
    return True


def _widths(rows: Sequence[_Row], left: float, right: float) -> list[float]:
    """How wide each row with something between two places is there."""
    widths = []
    for row in rows:
        inside = [item for item in row.items if left - 1 <= item.left < right]
        if inside:
            widths.append(max(item.right for item in inside) - min(item.left for item in inside))
    return widths


def _spans(bits: int) -> Iterator[tuple[float, float]]:
    """Where runs of bits begin and end, in points, the least width of a gutter added."""
    at = 0
    while bits:
        skipped = (bits & -bits).bit_length() - 1
        bits >>= skipped
        at += skipped
        length = (~bits & (bits + 1)).bit_length() - 1
        yield at * _STEP, (at + length + _GUTTER - 1) * _STEP
        bits >>= length
        at += length


def _below_title(rows: Sequence[_Row], first: int, last: int) -> int:
    """The first row of the run, without one in which the title goes on that stands above it."""
    usual = median(row.size for row in rows[first : last + 1])
    while 0 < first < last and rows[first].size > _LARGE * usual:
        up, row = rows[first - 1], rows[first]
        if abs(up.size - row.size) > 0.05 * row.size or row.baseline - up.baseline > _APART * row.size:
            break
        first += 1
    return first


def _below_head(rows: Sequence[_Row], first: int, last: int, edges: list[float]) -> int:
    """The first row of the run, without those at its head that stand apart and in the middle of the columns.

    Such are the authors over a paper, set beside one another: the gutter only happens to part them, too.
    """
    flush = [_usual(_begin(row, *side) for row in rows[first : last + 1]) for side in _sides(edges)]
    ends = [_usual(_end(row, *side) for row in rows[first : last + 1]) for side in _sides(edges)]
    begun = next(
        (at for at in range(first, last + 1) if _is_flush(rows[at], edges, flush, ends)),
        first,
    )
    if not any(row.left < edges[0] < row.right for row in rows[first:begun]):
        return first
    gaps = [(rows[at].baseline - rows[at - 1].baseline, at) for at in range(first + 1, begun + 1)]
    beside = [row.baseline for row in rows[begun : last + 1] if _begin(row, -inf, edges[0]) is not None]
    usual = median([low - up for up, low in pairwise(beside)] or [0])
    gap, at = max(gaps, default=(0.0, first))
    head = [row for row in rows[first:at] if row.left < edges[0] < row.right]
    if len(head) == 1 and _is_centred(head[0], edges, flush, rows[first : last + 1]):
        return first  # two headings that happen to stand beside one another
    if gap > _HEADED * usual > 0:
        return at
    return begun if sum(row.left < edges[0] < row.right for row in rows[first:begun]) >= _BLOCKS else first


def _is_centred(row: _Row, edges: Sequence[float], flush: Sequence[int], rows: Sequence[_Row]) -> bool:
    """Whether what a row has in each column stands in the middle of it."""
    for (left, right), begin in zip(_sides(edges), flush, strict=True):
        within = [[item for item in one.items if left <= item.left < right] for one in (row, *rows)]
        ends = [max((item.right for item in some), default=0.0) for some in within]
        if within[0] and abs((_begin(row, left, right) or 0) + ends[0] - begin - max(ends[1:])) > 2 * _CENTRED:
            return False
    return True


def _sides(edges: Sequence[float]) -> Iterator[tuple[float, float]]:
    """From where to where each column goes; the outermost hold what sticks out of the page, too."""
    return pairwise([-inf, *edges, inf])


def _begin(row: _Row, left: float, right: float) -> float | None:
    """Where a row begins between two places."""
    return min((item.left for item in row.items if left <= item.left < right), default=None)


def _end(row: _Row, left: float, right: float) -> float | None:
    """Where what a row has between two places ends."""
    return max((item.right for item in row.items if left <= item.left < right), default=None)


def _usual(places: Iterable[float | None]) -> int:
    """Where most rows begin or end, to a point; 0 for a column that only a title above these rows had words in."""
    held = Counter(round(place) for place in places if place is not None)
    return held.most_common(1)[0][0] if held else 0


def _is_flush(row: _Row, edges: Sequence[float], flush: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a row begins in one of the columns where most do there, or further left, or ends where most do."""
    for side, usual, last in zip(_sides(edges), flush, ends, strict=True):
        begin, end = _begin(row, *side), _end(row, *side)
        if begin is not None and end is not None and (begin <= usual + 1 or abs(end - last) <= 1):
            return True
    return False


def _trimmed(rows: Sequence[_Row], first: int, last: int, edges: list[float]) -> tuple[int, int]:
    """The run without rows on one side that stand apart at its end and belong to what spans the columns below."""
    if last + 1 == len(rows):
        return first, last
    steps = [low.baseline - up.baseline for up, low in zip(rows[first:last], rows[first + 1 : last + 1], strict=True)]
    usual = median([step for step in steps if step > 2] or [0])
    end = last
    while end > first and rows[end].right < edges[0]:
        gap = rows[end].baseline - rows[end - 1].baseline
        end -= 1
        if usual and gap > _APART * usual and rows[last + 1].baseline - rows[last].baseline < _APART * usual:
            return first, end
    return first, last
