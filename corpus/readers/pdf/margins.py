"""What a page carries besides its text: running heads and feet, page numbers, the numbers of a manuscript's lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus import copies, furniture
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.linenumbers import without_line_numbers
from corpus.readers.pdf.lines import Line, leading, line, lines_of

_EDGE: Final = 4  # rows of a page, at its top and at its foot, that may be its furniture
_APART: Final = 1.28  # of the usual distance of lines, from which furniture stands apart from the text
_OTHER: Final = 0.05  # of the font's size, from which two lines are of two sizes
_MOST: Final = 0.8  # of all pages, of the left or of the right ones, that furniture beside text stands on
_SAME_PLACE: Final = 3.0  # points by which the copies of a running head stand higher or lower
_NUMBER: Final = re.compile(
    r"[-–—|\s]*(?:page\s+)?(\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*", re.IGNORECASE
)
_LABEL: Final = 3  # words of a heading that only counts, as "Case report 4"
_SEGMENT: Final = 2.0  # of the font's size, a gap that parts two things at one height


@dataclass(frozen=True, slots=True)
class Bare:
    """The words of each page without furniture, by page, and what the furniture says, each kind once."""

    words: tuple[tuple[Word, ...], ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of one of the first or last lines of a page, parted from the rest of that line by a wide gap.

    Attributes:
        line: what stands there.
        at: 1 for the first line from the top, -1 for the last of the page, and so on.
        bounds: the lines, counted from the edge, behind which something parts this one from the text.
    """

    line: Line
    at: int
    bounds: tuple[int, ...]

    @property
    def row(self) -> tuple[int, int]:
        """Its line: the page and where that line stands there."""
        return self.line.page, self.at


def without_margins(pages: Sequence[PageContent], words: Sequence[Sequence[Word]]) -> Bare:
    """The words of each page without running heads and feet, page numbers and line numbers.

    A line is furniture where it stands at the same height at the edge of enough pages, the same there but for numbers
    that rise with the pages, or is a number alone that counts up with the pages; and where it stands apart from the
    text or counts nearly all pages. Lines of the text that are alike but for their numbers stay.

    Args:
        pages: all pages.
        words: of each page, those to look at.
    """
    kept = [without_line_numbers(some) for some in words]
    edges = [list(_edges(page, some)) for page, some in zip(pages, kept, strict=True)]
    heads = _repeated(edges, _size(kept))
    gone: list[set[int]] = []
    dropped: dict[str, None] = {}
    for page in edges:
        taken: set[int] = set()
        for one in page:
            if id(one) in heads:
                taken |= {id(word) for word in one.line.words}
                dropped[one.line.text] = None
        gone.append(taken)
    rest = tuple(tuple(word for word in some if id(word) not in out) for some, out in zip(kept, gone, strict=True))
    return Bare(rest, tuple(dropped))


def _size(words: Sequence[Sequence[Word]]) -> float:
    """The font size of most characters, in points; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for some in words:
        for word in some:
            sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _edges(page: PageContent, words: Sequence[Word]) -> Iterator[_Piece]:
    """The first and last lines of a page, parted where wide gaps part them."""
    rows = lines_of(words, page.number)
    usual = leading(rows)
    upper = sum(row.baseline < page.height / 2 for row in rows)
    for sign, side, count in ((1, rows, upper), (-1, rows[::-1], len(rows) - upper)):
        bounds = _bounds(side, usual)
        for at, row in enumerate(side[: min(_EDGE, count)], 1):
            for one in _segments(row):
                yield _Piece(one, sign * at, tuple(bound for bound in bounds if bound >= at))


def _bounds(rows: Sequence[Line], usual: float) -> list[int]:
    """Behind which lines, counted from the edge of a page, something parts what stands outside from what is inside.

    That is another type, or more white than the lines of the page have, and than there is behind the next line: so
    the rows of a table that stand wider than the text around it are not parted from one another.

    Args:
        rows: from the edge to the middle.
        usual: distance of the page's lines.
    """
    steps = [abs(inner.baseline - outer.baseline) for outer, inner in pairwise(rows)]
    if len(rows) <= _EDGE:
        steps.append(float("inf"))  # nothing stands further inside
    out: list[int] = []
    for at, step in enumerate(steps[:_EDGE]):
        behind = min(steps[at + 1], 2 * usual) if at + 1 < len(steps) else 0.0
        other = at + 1 < len(rows) and _is_other(rows[at], rows[at + 1])
        if other or step > _APART * max(usual, behind):
            out.append(at + 1)
    return out


def _is_other(one: Line, other: Line) -> bool:
    """Whether two lines are of different type."""
    larger = abs(one.size - other.size) > _OTHER * max(one.size, other.size)
    return larger or (one.bold, one.italic) != (other.bold, other.italic)


def _segments(row: Line) -> Iterator[Line]:
    run = [row.words[0]]
    for before, word in pairwise(row.words):
        if word.left - before.right > _SEGMENT * row.size:
            yield line(run, row.page)
            run = []
        run.append(word)
    yield line(run, row.page)


def _repeated(edges: Sequence[Sequence[_Piece]], body: float) -> set[int]:
    """Which pieces are furniture, by identity; `body` is the font size of the text."""
    found = [*_copied(edges, body), *_counted(edges)]
    rows = {one.row for group in found for one in group}
    groups = [
        group
        for group in found
        if 2 * sum(_is_apart(one, rows) for one in group) >= len(group) or _counts(group, len(edges))
    ]
    known = {id(one) for group in groups for one in group}
    beside = {one.row for page in edges for one in page if id(one) not in known}
    out: set[int] = set()
    for group in groups:
        # a cell may be the same in rows that only happen to stand at the edges of their pages
        alone = 2 * sum(one.row not in beside for one in group) >= len(group)
        if alone or _on_most(group, len(edges)):
            out |= set(map(id, group))
    return out


def _is_apart(one: _Piece, rows: AbstractSet[tuple[int, int]]) -> bool:
    """Whether something parts a piece from the text, and all `rows` outside of that are furniture as well."""
    page, at = one.row
    sign = 1 if at > 0 else -1
    return any(all((page, sign * outer) in rows for outer in range(1, bound + 1)) for bound in one.bounds)


def _counts(group: Sequence[_Piece], pages: int) -> bool:
    """Whether the outermost lines of nearly all pages count these, which no text does however near it stands."""
    numbered = {one.line.text for one in group if abs(one.at) == 1}
    return copies.MIN_REPEATS <= len(group) == len(numbered) and _on_most(group, pages)


def _on_most(group: Sequence[_Piece], pages: int) -> bool:
    """Whether something stands on nearly all pages, or on nearly all left or right ones."""
    found = {one.line.page for one in group}
    sides = [sum(page % 2 == odd for page in found) >= _MOST * ((pages + odd) // 2) for odd in (0, 1)]
    return len(found) >= _MOST * pages or (len(found) > 1 and any(sides))


def _copied(edges: Sequence[Sequence[_Piece]], body: float) -> Iterator[list[_Piece]]:
    """What stands at one height on enough pages and is one line printed again there."""
    alike: dict[tuple[bool, str], list[_Piece]] = defaultdict(list)
    for one in (one for page in edges for one in page):
        text = one.line.text
        if _NUMBER.fullmatch(text):
            alike[one.at > 0, f"={text}"].append(one)
        elif furniture.may_be_head(text):
            alike[one.at > 0, copies.key(text)].append(one)
    needed = min(copies.MIN_REPEATS, max(2, len(edges) - 1))
    for found in alike.values():
        for group in _by_height(found):
            # left and right pages may have heads of their own, so that in a short paper each stands twice
            enough = 2 if all(abs(one.at) == 1 for one in group) else needed
            same = copies.on_pages([(one.line.page, one.line.text) for one in group], enough)
            copied = [one for at, one in enumerate(group) if at in same]
            texts = {one.line.text for one in copied}
            # "Case 1" to "Case 9", a page each, are headings where they look like these
            yield [one for one in copied if len(texts) == 1 or not _is_heading(one.line, body)]


def _is_heading(one: Line, body: float) -> bool:
    """Whether a line is a label and a number, set like a heading; a running head says more."""
    return len(one.words) <= _LABEL and (one.bold or one.size > (1 + _OTHER) * body)


def _by_height(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for one in sorted(pieces, key=lambda one: one.line.baseline):
        if group and one.line.baseline - group[-1].line.baseline > _SAME_PLACE:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _counted(edges: Sequence[Sequence[_Piece]]) -> Iterator[list[_Piece]]:
    """The page numbers: they count up with the pages; on a document of one page, a number alone."""
    counting: dict[tuple[bool, int], list[_Piece]] = defaultdict(list)
    for one in (one for page in edges for one in page):
        value = _value(one.line.text)
        if value is not None and (len(edges) > 1 or value < 10_000):
            counting[one.at > 0, value - one.line.page].append(one)
    for group in counting.values():
        if len(edges) == 1 or len({one.line.page for one in group}) >= 2:
            yield group


def _value(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else _roman(found[1].upper())


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
