"""Columns and rows of a table from its lines of text and its ruling lines, and which cells these show to be merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.content import Word
from corpus.readers.pdf.gutters import Span, gutters
from corpus.readers.pdf.rowing import Shape, TextLine, going_on, shape_of, split
from corpus.readers.pdf.ruling import Frame, Stroke
from corpus.readers.pdf.runs import Run, Spaced

_OUTER = 3.0  # points within which an upright line is a table's edge
_DRAWN = 0.15  # of a table's height, that lines between two columns must cover


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table are.

    Attributes:
        left, right: of the table.
        bounds: where one column ends and the next begins, from the left; one less than there are columns.
        drawn: the upright lines at each bound; none where only white parts the columns.
    """

    left: float
    right: float
    bounds: tuple[float, ...]
    drawn: tuple[tuple[Stroke, ...], ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.bounds) + 1

    def extent(self, column: int) -> Span:
        """From where to where a column reaches."""
        edges = (self.left, *self.bounds, self.right)
        return edges[column], edges[column + 1]

    def parted(self, bound: int, height: float) -> bool:
        """Whether a line is drawn at a bound at this height."""
        return any(one.start - 1 <= height <= one.end + 1 for one in self.drawn[bound])

    def placed(self, line: Spaced) -> TextLine:
        """A line's words by their columns."""
        placed = TextLine(line, {})
        for run in line.runs:
            for piece in self._pieces(run, line.middle):
                first, last = self._columns(piece, line.middle)
                placed.cells[first] = (*placed.cells.get(first, ()), *piece.words)
                if last > first:
                    placed.spans[first] = max(last, placed.spans.get(first, 0))
        return placed

    def _pieces(self, run: Run, height: float) -> list[Run]:
        """A run, cut where a drawn line goes through it."""
        pieces: list[list[Word]] = []
        at = -1
        for word in run.words:
            middle = (word.left + word.right) / 2
            now = sum(bound < middle and self.parted(place, height) for place, bound in enumerate(self.bounds))
            if pieces and (now == at or word.glued):
                pieces[-1].append(word)
            else:
                pieces.append([word])
            at = now
        return [Run(tuple(piece)) for piece in pieces]

    def _columns(self, piece: Run, height: float) -> tuple[int, int]:
        slack = 0.2 * piece.words[0].size
        first, last = 0, 0
        for place, bound in enumerate(self.bounds):
            if self.parted(place, height):
                behind = before = piece.middle > bound
            else:
                behind, before = piece.left >= bound - slack, piece.right > bound + slack
            first += behind
            last += before
        return min(first, last), max(first, last)


def columns_in(frame: Frame | None, lines: Sequence[Spaced], left: float, right: float) -> Columns:
    """The columns of a table: drawn where lines are drawn between them, else the strips that its lines leave white."""
    drawn: dict[float, tuple[Stroke, ...]] = {}
    closed = False
    if frame is not None:
        inner = [one for one in frame.uprights if left + _OUTER < one.at < right - _OUTER]
        for at in sorted({one.at for one in inner}):
            same = tuple(one for one in inner if abs(one.at - at) <= 1.6)
            if sum(one.end - one.start for one in same) >= _DRAWN * (frame.bottom - frame.top):
                drawn[at] = same
        sides = [one for one in frame.uprights if not left + _OUTER < one.at < right - _OUTER]
        closed = (
            bool(drawn)
            and any(one.at < left + _OUTER for one in sides)
            and any(one.at > right - _OUTER for one in sides)
        )
    bounds = dict(drawn)
    if not closed:
        for start, end in gutters(lines):
            if not any(start - 4 <= at <= end + 4 for at in drawn):
                bounds[(start + end) / 2] = ()
    order = sorted(bounds)
    kept = _filled_only(order, lines, left, right)
    return Columns(left, right, tuple(kept), tuple(bounds[at] for at in kept))


def _filled_only(bounds: Sequence[float], lines: Sequence[Spaced], left: float, right: float) -> list[float]:
    """Bounds between which there are words: the two edges of a gap between shaded cells are one bound."""
    middles = sorted((word.left + word.right) / 2 for line in lines for word in line.words)
    kept: list[float] = []
    before = left
    for bound in bounds:
        if any(before <= middle < bound for middle in middles) or bound - before > 14:
            kept.append(bound)
            before = bound
    if kept and right - kept[-1] < 14 and not any(middle >= kept[-1] for middle in middles):
        kept.pop()
    return kept


@dataclass(slots=True)
class GridRow:
    """A row: the words of each cell by line, and signs as `Block.merged` has them.

    Attributes:
        band: how many lines that run all across stand above it.
        above, below: where the next level lines are.
        middle: half the height of its text.
        baseline: of its first line.
    """

    cells: list[list[tuple[Word, ...]]]
    signs: list[str]
    band: int
    above: float
    below: float
    middle: float
    baseline: float

    @property
    def spans(self) -> bool:
        """Some cell of it reaches over several columns."""
        return "<" in self.signs


def grid_rows(frame: Frame | None, columns: Columns, lines: Sequence[Spaced], near: float) -> list[GridRow]:
    """The rows of a table from the top, every word in one cell.

    Args:
        frame: its ruling lines, if there are any.
        columns: of `columns_in`.
        lines: its text.
        near: as `Sheet` has it.
    """
    placed = [columns.placed(line) for line in lines]
    heights = _heights(frame, columns)
    bands = _banded(placed, heights)
    shape = shape_of(placed, columns.count, near)
    whole = _one_row_each(bands, shape)
    full = frame.full if frame is not None else ()
    rows: list[GridRow] = []
    for at, band in enumerate(bands):
        above, below = heights[at], heights[at + 1]
        number = sum(place <= above + 1.6 for place in full)
        apart = not whole and _is_open(columns, frame, at, heights)
        parts = split(band, shape) if apart else [band]
        rows += [_row(columns, part, number, above, below) for part in parts if part]
    if frame is not None:
        _merge_down(frame, columns, rows)
        _merge_across(frame, columns, rows)
    return rows


def _heights(frame: Frame | None, columns: Columns) -> list[float]:
    """Where level lines are drawn along at least one column; the first and last far away."""
    places: list[float] = []
    for level in frame.levels if frame is not None else ():
        covered = any(level.covers(*columns.extent(column)) for column in range(columns.count))
        if covered and (not places or level.at - places[-1] > 1.6):
            places.append(level.at)
    return [float("-inf"), *places, float("inf")]


def _banded(placed: Sequence[TextLine], heights: Sequence[float]) -> list[list[TextLine]]:
    bands: list[list[TextLine]] = [[] for _ in heights[1:]]
    for one in placed:
        middle = one.line.middle
        bands[sum(height < middle for height in heights) - 1].append(one)
    return bands


def _one_row_each(bands: Sequence[list[TextLine]], shape: Shape) -> bool:
    """Whether the lines drawn across part single rows, not groups of rows."""
    body = [band for band in bands[2:] if band]
    if len(body) < 2:
        return False
    several = [going_on(band, shape) for band in body if sum(len(line.cells) > 1 for line in band) > 1]
    return 2 * sum(on for on, _ in several) >= sum(lines for _, lines in several)


def _is_open(columns: Columns, frame: Frame | None, band: int, heights: Sequence[float]) -> bool:
    """Whether no cell of a band reaches over the line above or below it."""
    if frame is None:
        return True
    return all(
        all(_drawn_at(frame, height, columns, column) for column in range(columns.count))
        for height in heights[band : band + 2]
        if abs(height) != float("inf")
    )


def _drawn_at(frame: Frame, height: float, columns: Columns, column: int) -> bool:
    return any(abs(one.at - height) <= 1.6 and one.covers(*columns.extent(column), 0.5) for one in frame.levels)


def _row(columns: Columns, lines: Sequence[TextLine], band: int, above: float, below: float) -> GridRow:
    first, last = lines[0].line, lines[-1].line
    middle = (first.middle + last.middle) / 2
    cells: list[list[tuple[Word, ...]]] = [[] for _ in range(columns.count)]
    row = GridRow(cells, ["."] * columns.count, band, above, below, middle, first.baseline)
    for one in lines:
        for column, words in one.cells.items():
            row.cells[column].append(words)
            for spanned in range(column + 1, one.spans.get(column, column) + 1):
                row.signs[spanned] = "<"
    for column, sign in enumerate(row.signs):
        if sign == "<" and row.cells[column]:
            # Something of its own stands there on another line.
            row.signs[column] = "."
    return row


def _merge_down(frame: Frame, columns: Columns, rows: list[GridRow]) -> None:
    """Joins what stands in one column above and below a level line that is not drawn along that column."""
    owners = [[at] * columns.count for at in range(len(rows))]
    for at in range(1, len(rows)):
        if rows[at].above <= rows[at - 1].above:
            continue
        missing = [column for column in range(columns.count) if not _drawn_at(frame, rows[at].above, columns, column)]
        for column in missing if len(missing) < columns.count else ():
            owner = owners[at - 1][column]
            upper, lower = rows[owner].cells[column], rows[at].cells[column]
            if upper and lower and abs(lower[0][0].baseline - rows[at].baseline) < 1:
                continue  # level with the rest of its row, so its own
            owners[at][column] = owner
            upper += lower
            rows[at].cells[column] = []
            rows[at].signs[column] = "^"
    for at, row in enumerate(rows):
        for column, owner in enumerate(owners[at]):
            if owner != at and not rows[owner].cells[column]:
                row.signs[column] = "."


def _merge_across(frame: Frame, columns: Columns, rows: Sequence[GridRow]) -> None:
    """Marks the cells that no upright line parts from the one before, and those that a short line gathers."""
    head_end = frame.full[1] if len(frame.full) > 1 else None
    for row in rows:
        parted = [columns.parted(bound, row.middle) for bound in range(len(columns.bounds))]
        for bound, here in enumerate(parted):
            if here or not columns.drawn[bound] or not any(parted):
                continue
            left = bound
            while row.signs[left] == "<":
                left -= 1
            _gather(row, left, bound + 1)
        if head_end is not None and row.below < head_end - 1:
            for level in frame.levels:
                spanned = [c for c in range(columns.count) if level.covers(*columns.extent(c))]
                if abs(level.at - row.below) <= 1.6 and 1 < len(spanned) < columns.count:
                    _gather(row, spanned[0], spanned[-1])


def _gather(row: GridRow, first: int, last: int) -> None:
    """Makes cells `first` to `last` of a row one, unless two of them hold something."""
    filled = [column for column in range(first, last + 1) if row.cells[column]]
    if len(filled) != 1 or "^" in row.signs[first : last + 1]:
        return
    row.cells[first], row.cells[filled[0]] = row.cells[filled[0]], row.cells[first]
    for column in range(first + 1, last + 1):
        row.signs[column] = "<"
