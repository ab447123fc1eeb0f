"""Blocks: the lines of a column that make one paragraph, heading, caption or entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus import headings
from corpus.readers.pdf.aligned import aligned
from corpus.readers.pdf.lines import Line, is_left_over, leading

_APART: Final = 1.28  # of the usual distance of lines, from which two of them stand apart
_INDENT: Final = 0.7  # of the font's size, the smallest first-line indent
_DEEPEST: Final = 5.0
_OTHER: Final = 0.05  # of the font's size, from which two lines are of two sizes
_ROOM: Final = 0.8  # of the font's size, that is left when the next word had fitted on the line
BULLET: Final = re.compile(r"[•·‣▪◦●○■□–*▸►✓∙-]")
NUMBERED: Final = re.compile(r"\(?(\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d{1,3}\]")
_LED: Final = re.compile(rf"{BULLET.pattern}|{NUMBERED.pattern}|\d{{1,2}}(?:\.\d{{1,2}})*\.?")
_CENTRED: Final = 0.92  # of the width of its column, that a centred line does not fill
_FLUSH: Final = 5  # lines that end in one place, from which this is the edge of their column
_TELLING: Final = 5  # pairs of lines that agree on their distance


@dataclass(frozen=True, slots=True)
class Body:
    """The type of a document's running text: its size and the distance of its lines, in points."""

    size: float = 10.0
    step: float = 12.0

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Body:
        """That of most characters before the reference list, which may be long."""
        listed = next((at for at, line in enumerate(lines) if headings.is_references(line.text)), len(lines))
        sizes: Counter[float] = Counter()
        for line in lines[:listed] if listed > len(lines) / 4 else lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
        if not sizes:
            return cls()
        usual = max(sizes, key=lambda size: (sizes[size], size))
        same = [line for line in lines if abs(line.size - usual) <= 0.3]
        size = sum(line.size for line in same) / len(same)
        return cls(size, leading(same) or 1.2 * size)


@dataclass(slots=True)
class Block:
    """Lines that stand together.

    Attributes:
        lines: from top to bottom; never empty.
        column: the number of its column in the document, in order of reading.
        left, right: of its column.
        apart: it stands apart from the block above it in its column, or is the first there.
        indented: its first line is.
        tabular: it is a line that stands in the same columns as another, and no sentence.
    """

    lines: list[Line]
    column: int
    left: float
    right: float
    apart: bool = True
    indented: bool = False
    tabular: bool = False

    @property
    def page(self) -> int:
        """That of its first line."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """Of most of its characters."""
        sizes: Counter[float] = Counter()
        for one in self.lines:
            sizes[round(one.size, 1)] += len(one.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """All of its lines are mostly bold."""
        return all(one.bold for one in self.lines)

    @property
    def italic(self) -> bool:
        """All of its lines are mostly italic."""
        return all(one.italic for one in self.lines)

    @property
    def text(self) -> str:
        """Its lines, broken words left broken."""
        return " ".join(one.text for one in self.lines)

    @property
    def full(self) -> bool:
        """Its last line reaches the right edge of its column."""
        last = self.lines[-1]
        return last.right > self.right - 1.5 * last.size

    @property
    def centred(self) -> bool:
        """All of its lines stand in the middle of their column and do not fill it."""
        middle, width = (self.left + self.right) / 2, self.right - self.left
        return all(
            abs((one.left + one.right) / 2 - middle) < 0.8 * one.size and one.right - one.left < _CENTRED * width
            for one in self.lines
        )


def blocks_of(lines: Sequence[Line], column: int, body: Body) -> Iterator[Block]:
    """The blocks that the lines of one column make, in order.

    Args:
        lines: from top to bottom.
        column: its number.
        body: the document's running text.
    """
    if not lines:
        return
    left, right = _left(lines), _right(lines)
    ratio = _ratio(lines) or body.step / body.size
    columned = aligned(lines, right, _LED)
    block = Block([lines[0]], column, left, right, True, _is_indented(lines[0], left), 0 in columned)
    for at, (up, low) in enumerate(pairwise(lines), start=1):
        apart = _stands_apart(up, low, ratio)
        if apart or block.tabular or at in columned or _breaks(block, up, low):
            yield block
            block = Block([low], column, left, right, apart, _is_indented(low, left), at in columned)
        else:
            block.lines.append(low)
    yield block


def marker_of(line: Line) -> str | None:
    """The bullet or number that a line of a list begins with, or None."""
    first = line.words[0].text
    if len(line.words) < 2 or line.words[1].glued:
        return None
    return first if BULLET.fullmatch(first) or NUMBERED.fullmatch(first) else None


def _left(lines: Sequence[Line]) -> float:
    """Where most lines of a column begin; the leftmost of places that are as frequent."""
    places = Counter(round(line.left) for line in lines)
    return float(max(places, key=lambda place: (places[place], -place)))


def _right(lines: Sequence[Line]) -> float:
    """Where many lines of a column end, if what sticks out of it does not count; else the furthest."""
    places = Counter(round(line.right) for line in lines)
    most = max(places, key=lambda place: (places[place], place))
    if places[most] < _FLUSH or 3 * places[most] < len(lines):
        return max(line.right for line in lines)
    return max(line.right for line in lines if line.right < most + 2)


def _is_indented(line: Line, left: float) -> bool:
    return _INDENT * line.size < line.left - left < _DEEPEST * line.size


def _ratio(lines: Sequence[Line]) -> float:
    """The usual distance of lines over the size of their type, in a column with enough of them to tell; else 0."""
    ratios = Counter(
        round(20 * (low.baseline - up.baseline) / up.size) / 20
        for up, low in pairwise(lines)
        if abs(up.size - low.size) < 0.2 and 0 < low.baseline - up.baseline < 3 * up.size
    )
    best = max(ratios, key=lambda ratio: (ratios[ratio], -ratio), default=0.0)
    return best if ratios[best] >= _TELLING else 0.0


def _stands_apart(up: Line, low: Line, ratio: float) -> bool:
    gap = low.baseline - up.baseline
    return gap > _APART * ratio * max(up.size, low.size) or gap < -0.5 * up.size


def _breaks(block: Block, up: Line, low: Line) -> bool:
    """Whether a line right below another begins a block of its own."""
    if abs(up.size - low.size) > _OTHER * max(up.size, low.size):
        if is_left_over(up, low):
            return False
        return not (low.text[:1].isdigit() and abs(up.words[-1].size - low.size) < 0.5 and low.size < 0.8 * up.size)
    if marker_of(low) and (marker_of(block.lines[0]) or _had_room(block, up, low)):
        return True
    if _changes(block, up, low):
        return True
    first = block.lines[0]
    hanging = len(first.words) > 1 and _LED.fullmatch(first.words[0].text) is not None
    if hanging and low.left >= first.words[1].left - 0.5 * low.size:
        return False
    shift = low.left - up.left
    if _INDENT * low.size < shift < _DEEPEST * low.size and not _centred(block, low):
        return not hanging
    if len(block.lines) > 1 and -shift > _INDENT * low.size and not _centred(block, low):
        return True
    if _leaves_the_middle(block, up, low):
        return True
    if not _had_room(block, up, low):
        return False
    # half a line of room is left for no word that goes on
    return not low.text[:1].islower() or up.right - block.left < 0.5 * (block.right - block.left)


def _changes(block: Block, up: Line, low: Line) -> bool:
    """Whether a line is set otherwise than the one above, a heading or what follows it."""
    if up.bold != low.bold and block.bold and (_had_room(block, up, low) or not _runs_in(up)):
        return True
    if block.italic and not low.italic and (_had_room(block, up, low) or _is_indented(low, block.left)):
        return True
    return not up.bold and low.bold and _had_room(block, up, low)


def _runs_in(line: Line) -> bool:
    """A bold line whose last word is not bold: the heading runs in to the text."""
    return not line.words[-1].bold


def _centred(block: Block, line: Line) -> bool:
    """Whether a line stands in the middle of its column, as the first line of its block does."""
    middle = (block.left + block.right) / 2
    first = block.lines[0]
    return all(abs((one.left + one.right) / 2 - middle) < 0.8 * one.size for one in (first, line)) and (
        line.right - line.left < 0.97 * (block.right - block.left)
    )


def _leaves_the_middle(block: Block, up: Line, low: Line) -> bool:
    """Whether a line that begins at the left edge of its column, as text does, is below one set in the middle.

    It may nearly be as far from the right edge as from the left; a centred line that was broken leaves no room.
    """
    begins = low.left - block.left < 0.2 * low.size and up.left - block.left > _INDENT * up.size
    return begins and _centred(block, up) and _fitted(block, up, low)


def _had_room(block: Block, up: Line, low: Line) -> bool:
    """Whether the first word of a line had fitted on the line above, and does not stand in the middle as that does."""
    return _fitted(block, up, low) and not _centred(block, low)


def _fitted(block: Block, up: Line, low: Line) -> bool:
    """Whether there was room for the first word of a line behind the line above."""
    first = low.words[0].right - low.words[0].left
    for word in low.words[1:]:
        if not word.glued:
            break
        first = word.right - low.words[0].left
    return up.right + 0.3 * up.size + first < block.right - _ROOM * up.size
