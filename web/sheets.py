"""The printed pages of a paper beside its text: where each begins in the text, and where its highlight lies on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from corpus.pages import Box, Layout

_APART: Final = 1.5
"""Heights of a line, from which a gap between two words on it parts what is marked."""
_LONGEST_WORD: Final = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle over a page, in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to show; `width` and `height` in points, 0 for one that cannot be shown.

    Attributes:
        marks: over the highlight, line by line.
        first: where the highlight begins.
    """

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    first: bool = False


def sheets(layout: Layout, span: tuple[int, int] | None) -> tuple[Sheet, ...]:
    """Every page of a layout, with the characters `[start, end)` marked."""
    marked = layout.within(*span) if span else ()
    lines: dict[int, list[Mark]] = {}
    for number, boxes in groupby(marked, lambda box: box.page):
        lines.setdefault(number, []).extend(_lines(list(boxes)))
    begins = marked[0].page if marked else None
    return tuple(
        Sheet(number, page.width, page.height, tuple(lines.get(number, ())), number == begins)
        for number, page in enumerate(layout.pages, start=1)
    )


def breaks(layout: Layout, text: str) -> dict[int, int]:
    """Where in the text another page begins: its number, by its first character, or the next word if it breaks one."""
    found: dict[int, int] = {}
    number = None
    for box in layout.boxes:
        if box.page != number:
            found[_between(text, box.start)] = number = box.page
    return found


def _between(text: str, at: int) -> int:
    """`at`, or where the next word begins if a word stands on both sides of it."""
    if at == 0 or text[at - 1].isspace():
        return at
    end = next((place for place in range(at, min(at + _LONGEST_WORD, len(text))) if text[place].isspace()), at)
    return next((place for place in range(end, len(text)) if not text[place].isspace()), at) if end > at else at


def _lines(boxes: Sequence[Box]) -> Iterator[Mark]:
    """The boxes of one page, those that follow one another on a line as one."""
    line: list[Box] = []
    for box in boxes:
        if line and not _together(line[-1], box):
            yield _mark(line)
            line = []
        line.append(box)
    if line:
        yield _mark(line)


def _together(before: Box, box: Box) -> bool:
    height = min(before.bottom - before.top, box.bottom - box.top)
    level = min(before.bottom, box.bottom) - max(before.top, box.top) > height / 2
    return level and -height < box.left - before.right < _APART * max(height, before.bottom - before.top)


def _mark(line: Sequence[Box]) -> Mark:
    left, top = min(box.left for box in line), min(box.top for box in line)
    right, bottom = max(box.right for box in line), max(box.bottom for box in line)
    return Mark(left, top, right - left, bottom - top)
