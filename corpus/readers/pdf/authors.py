"""The authors of a paper as they stand below its title: in lists, one below another, or side by side over addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus import furniture, metadata
from corpus.readers.pdf.content import Word
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.wording import way

_BESIDE: Final = 0.8  # of the font's size, a gap that parts two things at one height
_SIZES: Final = 0.3  # points, by which the names of authors differ in size
_FULL: Final = 0.75  # of the width there is, from which a line may have been broken
_GOES_ON: Final = re.compile(r"(?:[,;&]|\band)\**$")
_GONE_ON: Final = re.compile(r"(?:and|&)\s|[,;]")
_ADDRESSED: Final = re.compile(r"\S@\S")


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote a paper, and which words say so, by identity."""

    names: tuple[str, ...]
    words: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands at one height: its parts as text, what is raised become a mark and a comma."""

    line: Line
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " | ".join(self.parts)

    @property
    def style(self) -> tuple[bool, bool]:
        return self.line.bold, self.line.italic


def authors_of(words: Iterable[Word], page: int, width: float) -> Authors:
    """The authors that words below a title name.

    They are all set in one type. What stands side by side is names only if all of it is: else it is addresses. One name
    alone needs a mark, or an address below it.

    Args:
        words: those between the title and the text.
        page: theirs.
        width: in points, of the longest line that could stand there.
    """
    rows = [_row(one) for one in lines_of(words, page)]
    found: list[str] = []
    named: list[_Row] = []
    shown = False
    for listed, below in pairwise([*_lists(rows, width), []]):
        text = " ".join(row.text for row in listed)
        some = metadata.names(text, alone=True)
        if named and not _alike(named[0], listed[0]):
            continue
        if not some or set(some) & set(found):
            continue
        shown = shown or bool(metadata.names(text)) or any(map(_is_address, below[:1]))
        found += some
        named += listed
    if not shown and len(found) < 2:
        return Authors((), frozenset())
    return Authors(tuple(found), frozenset(id(word) for row in named for word in row.line.words))


def _row(one: Line) -> _Row:
    runs: list[list[Word]] = [[one.words[0]]]
    for before, word in pairwise(one.words):
        if word.left - before.right > _BESIDE * one.size:
            runs.append([])
        runs[-1].append(word)
    return _Row(one, tuple(_said(one, run) for run in runs))


def _said(whole: Line, run: Sequence[Word]) -> str:
    out = ""
    for word in run:
        if way(whole, word) > 0:
            out = f"{out.removesuffix('*, ')}*, "
        else:
            out += word.text if word.glued else f" {word.text}"
    return out.replace("*, ,", "*,").replace("∗", "*").removesuffix(", ").strip()


def _lists(rows: Sequence[_Row], width: float) -> Iterator[list[_Row]]:
    """Rows that are one list of names, if they are, as one that was too long for its line goes on below."""
    run: list[_Row] = []
    for row in rows:
        if run and not (_alike(run[-1], row) and _goes_on(run[-1], row, width)):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _alike(row: _Row, other: _Row) -> bool:
    return abs(row.line.size - other.line.size) <= _SIZES and row.style == other.style


def _goes_on(row: _Row, below: _Row, width: float) -> bool:
    if len(row.parts) > 1 or len(below.parts) > 1:
        return False
    if _GOES_ON.search(row.text) or _GONE_ON.match(below.text):
        return True
    several = len(metadata.names(f"{row.text} {below.text}")) > 1 or "," in row.text
    return several and row.line.right - row.line.left > _FULL * width


def _is_address(row: _Row) -> bool:
    return any(
        furniture.is_affiliation(part) or furniture.is_front(part) or _ADDRESSED.search(part) for part in row.parts
    )
