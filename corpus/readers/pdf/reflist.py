"""A reference list cut into its entries: by their numbers, by hanging indents, or by the blank between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.readers.pdf.blocks import Block
from corpus.readers.pdf.lines import Line

START: Final = re.compile(r"\s*(?:\[\s?(\d{1,4})\s?\]|\((\d{1,4})\)|(\d{1,4})\s?[.)](?!\d)|(\d{1,4})(?=\s+[^\W\d_]))")
_AHEAD: Final = 3  # entries that a list may lack
_BESIDE: Final = 2.2  # of the font's size, by which numbers of the list begin further right than the leftmost
_HANGS: Final = 0.6  # of the font's size, from which a line is indented


def entries_of(blocks: Sequence[Block]) -> list[tuple[str | None, list[Line]]]:
    """The entries of a list that these blocks are, in order: the number where the list has them, and the lines."""
    placed = [(line, line.left - left) for left, lines in _columns(blocks) for line in lines]
    numbered = _numbered(placed)
    if numbered:
        return numbered
    return [(None, lines) for lines in _hanging(blocks, placed)]


def number_of(line: Line) -> int | None:
    """The number that a line begins with as an entry does, or None."""
    found = START.match(line.text)
    return int(next(group for group in found.groups() if group)) if found else None


def _columns(blocks: Sequence[Block]) -> Iterator[tuple[float, list[Line]]]:
    """The lines column by column, each with where its leftmost line begins."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for block in blocks:
        groups.setdefault((block.column, block.page), []).extend(block.lines)
    for lines in groups.values():
        yield min(line.left for line in lines), lines


def _numbered(placed: Sequence[tuple[Line, float]]) -> list[tuple[str | None, list[Line]]]:
    """The entries of a list with numbers; empty where it has none."""
    out: list[tuple[str | None, list[Line]]] = []
    last: int | None = None
    for line, indent in placed:
        number = number_of(line)
        begins = number is not None and indent < _BESIDE * line.size and _follows(last, number)
        if begins:
            last = number
            out.append((str(number), [line]))
        elif out:
            out[-1][1].append(line)
        else:
            return []
    return out if len(out) > 1 or (out and out[0][0] == "1") else []


def _follows(last: int | None, number: int) -> bool:
    return number < 1800 if last is None else last < number <= last + _AHEAD


def _hanging(blocks: Sequence[Block], placed: Sequence[tuple[Line, float]]) -> list[list[Line]]:
    """The entries of a list without numbers."""
    indented = sum(indent > _HANGS * line.size for line, indent in placed)
    if indented * 4 >= len(placed):
        out: list[list[Line]] = []
        for line, indent in placed:
            if indent <= _HANGS * line.size or not out:
                out.append([line])
            else:
                out[-1].append(line)
        return out
    out = []
    for block in blocks:
        # what goes on at the top of a column has begun in the one before
        goes_on = out and block.text[:1].islower()
        if goes_on:
            out[-1] += block.lines
        else:
            out.append(list(block.lines))
    return out
