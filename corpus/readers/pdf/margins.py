"""What a page carries besides its text: running heads and feet, page numbers, the numbers of a manuscript's lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus import furniture
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.lines import Line, line, lines_of

_EDGE: Final = 4  # rows of a page, at its top and at its foot, that may be its furniture
_SAME_PLACE: Final = 3.0  # points by which the copies of a running head stand higher or lower
_NUMBER: Final = re.compile(
    r"[-–—|\s]*(?:page\s+)?(\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*", re.IGNORECASE
)
_NUMBERED_LINES: Final = 8  # at least so many line numbers on a page
_SEGMENT: Final = 2.0  # of the font's size, a gap that parts two things at one height


@dataclass(frozen=True, slots=True)
class Bare:
    """The words of each page without furniture, by page, and what the furniture says, each kind once."""

    words: tuple[tuple[Word, ...], ...]
    dropped: tuple[str, ...]


def without_margins(pages: Sequence[PageContent], words: Sequence[Sequence[Word]]) -> Bare:
    """The words of each page without running heads and feet, page numbers and line numbers.

    A line is furniture where its text, numbers aside, stands at the same height at the edge of enough pages, or where
    it is a number alone that counts up with the pages.

    Args:
        pages: all pages.
        words: of each page, those to look at.
    """
    kept = [_without_numbers(some) for some in words]
    edges = [list(_edges(page, some)) for page, some in zip(pages, kept, strict=True)]
    heads = _repeated(edges)
    gone: list[set[int]] = []
    dropped: dict[str, None] = {}
    for page in edges:
        taken: set[int] = set()
        for _, one in page:
            if _place(one) in heads:
                taken |= {id(word) for word in one.words}
                dropped[one.text] = None
        gone.append(taken)
    rest = tuple(tuple(word for word in some if id(word) not in out) for some, out in zip(kept, gone, strict=True))
    return Bare(rest, tuple(dropped))


_Place = tuple[int, int, int]


def _edges(page: PageContent, words: Sequence[Word]) -> Iterator[tuple[int, Line]]:
    """The first and last lines of a page, parted where wide gaps part them, and how far from its edge they are.

    That is 1 for the first line from the top, -1 for the last, and so on.
    """
    rows = lines_of(words, page.number)
    top = [row for row in rows if row.baseline < page.height / 2][:_EDGE]
    foot = [row for row in rows if row.baseline >= page.height / 2][-_EDGE:]
    for at, row in [*enumerate(top, 1), *enumerate(foot, -len(foot))]:
        for one in _segments(row):
            yield at, one


def _segments(row: Line) -> Iterator[Line]:
    run = [row.words[0]]
    for before, word in pairwise(row.words):
        if word.left - before.right > _SEGMENT * row.size:
            yield line(run, row.page)
            run = []
        run.append(word)
    yield line(run, row.page)


def _repeated(edges: Sequence[Sequence[tuple[int, Line]]]) -> set[_Place]:
    """Which lines are furniture, by where they stand."""
    copies: dict[tuple[bool, str], list[tuple[int, Line]]] = defaultdict(list)
    numbers: dict[bool, list[tuple[int, Line]]] = defaultdict(list)
    for page in edges:
        for at, one in page:
            if _NUMBER.fullmatch(one.text):
                numbers[at > 0].append((one.page, one))
                copies[at > 0, f"={one.text}"].append((at, one))
            elif furniture.may_be_head(one.text):
                copies[at > 0, furniture.key(one.text)].append((at, one))
    needed = min(furniture.MIN_REPEATS, max(2, len(edges) - 1))
    out: set[_Place] = set()
    for found in copies.values():
        for group in _by_height(found):
            # left and right pages may have heads of their own, so that in a short paper each stands twice
            outermost = all(abs(at) == 1 for at, _ in group)
            if len({one.page for _, one in group}) >= (2 if outermost else needed):
                out |= {_place(one) for _, one in group}
    for counted in numbers.values():
        out |= {_place(one) for one in _counting(counted, len(edges))}
    return out


def _place(one: Line) -> _Place:
    return one.page, round(one.left), round(one.baseline)


def _by_height(lines: Sequence[tuple[int, Line]]) -> Iterator[list[tuple[int, Line]]]:
    group: list[tuple[int, Line]] = []
    for at, one in sorted(lines, key=lambda pair: pair[1].baseline):
        if group and one.baseline - group[-1][1].baseline > _SAME_PLACE:
            yield group
            group = []
        group.append((at, one))
    if group:
        yield group


def _counting(numbers: Sequence[tuple[int, Line]], pages: int) -> Iterator[Line]:
    """Those lines that are page numbers: they count up with the pages; on a document of one page, a number alone."""
    values = [(_value(one.text), number) for number, one in numbers]
    offsets = Counter(value - number for value, number in values if value is not None)
    for number, one in numbers:
        value = _value(one.text)
        if value is None:
            continue
        agreeing = offsets[value - number]
        if agreeing >= 2 or (pages == 1 and value < 10_000):
            yield one


def _value(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else _roman(found[1].upper())


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _without_numbers(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a page without the numbers that count its lines in a margin."""
    found = [word for word in words if word.text.isdigit() and not word.glued]
    if len(found) < _NUMBERED_LINES:
        return words
    out: set[int] = set()
    for edge in {round(word.right / 2) for word in found}:
        column = sorted((word for word in found if abs(word.right / 2 - edge) <= 1), key=lambda word: word.baseline)
        if len(column) >= _NUMBERED_LINES and _count_lines(column, words):
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
