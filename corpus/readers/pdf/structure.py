"""What each block of a document is, and paragraphs put together that columns, pages, figures or tables part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from corpus import furniture, headings
from corpus.joining import goes_on, is_open
from corpus.readers.pdf.blocks import BULLET, Block, marker_of
from corpus.readers.pdf.lines import Line
from corpus.readers.pdf.reflist import entries_of, number_of
from corpus.readers.pdf.tables import PrintedTable
from corpus.readers.pdf.typography import Typography, levels
from corpus.records import BlockKind

_LISTED: Final = 5  # entries that a reference list without a heading has at least
_DATED: Final = 0.8  # of them tell a year
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_MARKS: Final = "*†‡§¶#∗"


@dataclass(slots=True)
class Element:
    """A part of a document before its words are read.

    Attributes:
        lines: of a table none.
        number: of a reference, where the list has numbers.
        floats: as in `Part`.
        first, last: the blocks it begins and ends with; None for a table or an entry.
    """

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    number: str | None = None
    floats: bool = False
    table: PrintedTable | None = None
    first: Block | None = None
    last: Block | None = None


def elements_of(items: Sequence[Block | PrintedTable], typography: Typography) -> list[Element]:
    """What each block is, in order of reading; headings with levels, reference lists cut into entries."""
    titled = _headings(items, typography)
    unheaded = _unheaded(items, titled, typography)
    out: list[Element] = []
    back = False
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, PrintedTable):
            out.append(Element("caption", table=item, floats=True))
        elif id(item) in titled or item is unheaded:
            if item is unheaded:
                at -= 1
            else:
                out.append(Element("heading", item.lines, titled[id(item)], first=item, last=item))
                back = headings.is_back(item.text)
            if item is unheaded or headings.is_references(item.text):
                listed = _list(items[at:], titled, typography)
                out += [Element("reference", lines, number=number) for number, lines in entries_of(listed)]
                taken = {id(block) for block in listed}
                rest = [one for one in items[at:] if id(one) not in taken]
                items, at = rest, 0
        else:
            out.append(_running(item, typography, items[at:], back=back))
    return out


def _headings(items: Sequence[Block | PrintedTable], typography: Typography) -> dict[int, int]:
    """Which blocks are headings, by identity, each with its level."""
    blocks = [item for item in items if isinstance(item, Block)]
    found = [
        block
        for block, following in pairwise([*blocks, None])
        if block is not None and typography.is_heading(block, following)
    ]
    return {id(block): level for block, level in zip(found, levels(found, typography), strict=True)}


def _unheaded(items: Sequence[Block | PrintedTable], titled: dict[int, int], typography: Typography) -> Block | None:
    """The first block of a reference list that has no heading: numbered from 1, and nearly all its entries tell a year.

    None where a list has a heading.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    if any(id(block) in titled and headings.is_references(block.text) for block in blocks):
        return None
    for block in reversed(blocks):
        if number_of(block.lines[0]) != 1:
            continue
        entries = entries_of(_list(items[items.index(block) :], titled, typography))
        told = sum(_YEAR.search(" ".join(line.text for line in lines)) is not None for _, lines in entries)
        numbers = [number for number, _ in entries]
        if (
            len(entries) >= _LISTED
            and told >= _DATED * len(entries)
            and numbers == [*map(str, range(1, len(entries) + 1))]
        ):
            return block
    return None


def _list(items: Sequence[Block | PrintedTable], titled: dict[int, int], typography: Typography) -> list[Block]:
    """The blocks of a reference list that begins here."""
    listed: list[Block] = []
    for item in items:
        if isinstance(item, PrintedTable) or furniture.is_float(item.text):
            continue
        like_others = bool(listed) and typography.style(item) == typography.style(listed[0])
        if (id(item) in titled and not (like_others and number_of(item.lines[0]))) or headings.is_back_run_in(
            item.text
        ):
            break
        listed.append(item)
    return listed


def _running(block: Block, typography: Typography, later: Sequence[Block | PrintedTable], *, back: bool) -> Element:
    """A paragraph, an item, a footnote, a caption of a figure, or front or back matter that stands among the text."""
    text = block.text
    if _is_footnote(block, typography, later):
        return Element("footnote", block.lines, floats=True, first=block, last=block)
    if back or headings.is_back_run_in(text):
        return Element("back", block.lines, first=block, last=block)
    if furniture.is_front(text):
        return Element("front", block.lines, floats=True, first=block, last=block)
    marker = marker_of(block.lines[0])
    if marker is not None:
        lines = block.lines
        if BULLET.fullmatch(marker):
            first = lines[0]
            lines = [replace(first, words=first.words[1:], left=first.words[1].left), *lines[1:]]
        return Element("item", lines, first=block, last=block)
    floats = block.tabular or furniture.is_float(text)
    return Element("paragraph", block.lines, floats=floats, first=block, last=block)


def _is_footnote(block: Block, typography: Typography, later: Sequence[Block | PrintedTable]) -> bool:
    """Whether a block is a note at the foot of its column: set smaller, led by a mark, nothing larger below it."""
    if not typography.is_small(block):
        return False
    first = block.lines[0]
    led = first.words[0]
    raised = led.size < 0.9 * first.size and led.baseline < first.baseline - 0.1 * first.size
    if not (raised or led.text[:1] in _MARKS or (led.text.isdigit() and len(first.words) > 1)):
        return False
    for other in later:
        if not isinstance(other, Block) or other.column != block.column or other.page != block.page:
            break
        if not typography.is_small(other):
            return False
    return True


def rejoined(elements: Sequence[Element]) -> Iterator[Element]:
    """`elements` with what was parted put together again; what stood between comes after it."""
    held: list[Element] = []
    for element in elements:
        if not held:
            held = [element]
        elif element.floats and held[0].kind in {"paragraph", "item", "back"} and not held[0].floats:
            held.append(element)
            continue
        elif _continues(held[0], element):
            held[0] = replace(held[0], lines=[*held[0].lines, *element.lines], last=element.last)
        else:
            yield from held
            held = [element]
        if held[0].kind not in {"paragraph", "item", "back"} or held[0].floats:
            yield from held
            held = []
    yield from held


def _continues(first: Element, element: Element) -> bool:
    """Whether an element is the other half of one that breaks off."""
    if first.kind not in {"paragraph", "item", "back"} or element.kind not in {"paragraph", "back"}:
        return False
    if first.last is None or element.first is None or (first.kind == "back") != (element.kind == "back"):
        return False
    left, right = first.lines[-1].text, element.lines[0].text
    if not is_open(left):
        return False
    before, after = first.last, element.first
    if abs(before.size - after.size) > 0.06 * before.size:
        return False
    if goes_on(left, right):
        return True
    return before.column != after.column and before.full and not after.indented
