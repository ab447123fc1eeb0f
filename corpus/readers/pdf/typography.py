"""How a document is set: its running text's type, and by that which blocks are headings, and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus import furniture, headings
from corpus.readers.pdf.blocks import Block, Body, marker_of
from corpus.readers.pdf.lines import Line

_LARGER: Final = 1.06
_SMALLER: Final = 0.94
_MOST_LINES: Final = 4
_LONGEST: Final = 220
_DEEPEST: Final = 6
_NUMBERING: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+(?=\S)|([IVX]{1,5}|[A-Z])\.\s+(?=[^\W\d_]{2})")
_NEARLY: Final = 0.75  # of the running text's size, the smallest heading in capitals or in the middle
_ROMAN: Final = re.compile("[IVX]+")
_TITLED: Final = re.compile(r"[^\W\d_]{2}")
_HALF: Final = 2  # steps a point, by which sizes are told apart

Style = tuple[float, bool, bool, bool]
"""Size, and whether it is in capitals, bold, italic; the greater the more a heading stands out."""


@dataclass(frozen=True, slots=True)
class Typography:
    """The running text of a document: the size of its type in points, and whether it is bold."""

    size: float
    bold: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line], body: Body) -> Typography:
        """That of the running text among some lines."""
        weights: Counter[bool] = Counter()
        for line in lines:
            if abs(line.size - body.size) < 0.05 * body.size:
                weights[line.bold] += len(line.text)
        return cls(body.size, weights[True] > weights[False])

    def is_small(self, block: Block) -> bool:
        """Whether a block is set smaller than the running text."""
        return block.size < _SMALLER * self.size

    def is_large(self, block: Block) -> bool:
        """Whether a block is set larger than the running text."""
        return block.size > _LARGER * self.size

    def style(self, block: Block) -> Style:
        """How a heading stands out."""
        capitals = block.text.isupper()
        return round(_HALF * block.size) / _HALF, capitals, block.bold and not self.bold, block.italic

    def is_heading(self, block: Block, following: Block | None) -> bool:
        """Whether a block is a heading: it stands out, is short, and text or another heading follows it."""
        text = block.text.strip()
        if len(block.lines) > _MOST_LINES or len(text) > _LONGEST or not _TITLED.search(text):
            return False
        if furniture.is_float(text) or furniture.is_front(text):
            return False
        if _is_named(text):
            return block.apart or block.bold or self.is_large(block)
        numbered = _NUMBERING.match(text)
        if following is None or (marker_of(block.lines[0]) and not numbered):
            return False
        if text[-1] in ",;:-" or (text[-1] == "." and not (numbered or text.endswith("..."))):
            return False
        if self.is_large(block) or (block.bold and not self.bold):
            return not text[:1].islower() or bool(numbered)
        if not text[:1].isupper() and not numbered:
            return False
        name = text[numbered.end() :] if numbered else text
        return self._stands_over(block, following, name) or (
            not self.is_small(block) and self._stands_alone(block, following, text, name)
        )

    def _stands_alone(self, block: Block, following: Block, text: str, name: str) -> bool:
        """Whether a block that is set like the running text is a heading; `name` is it without its number."""
        numbered = _NUMBERING.match(text)
        if block.italic and block.apart and numbered and len(block.lines) <= 2:
            return True
        if headings.level(name) == 1 and block.apart:
            return not following.text[:1].islower()
        if not block.apart or len(block.lines) > 2 or len(text) > headings.MAX_HEADING:
            return False
        dotted = numbered is not None and "." in (numbered[1] or "")
        return (block.italic or dotted) and headings.level(name) is not None

    def _stands_over(self, block: Block, following: Block, text: str) -> bool:
        """Whether a block stands by itself in the middle over running text, in capitals or with blanks around it."""
        if not (block.apart and block.centred and block.size > _NEARLY * self.size) or self.is_small(following):
            return False
        return headings.level(text) is not None and (text.isupper() or following.apart)


def levels(found: Sequence[Block], typography: Typography) -> list[int]:
    """The level of each heading, from 1: as deep as it is numbered, else by how much its type stands out."""
    styles = [typography.style(block) for block in found]
    depths = [_depth(block.text) for block in found]
    by_style: dict[Style, Counter[int]] = {}
    for style, depth in zip(styles, depths, strict=True):
        if depth:
            by_style.setdefault(style, Counter())[depth] += 1
    known = {style: min(counts, key=lambda depth: (-counts[depth], depth)) for style, counts in by_style.items()}
    ranks: dict[Style, int] = {}
    last = 0
    for style in sorted(set(styles), reverse=True):
        last = known.get(style, last + 1)
        ranks[style] = last
    return [min(depth or ranks[style], _DEEPEST) for style, depth in zip(styles, depths, strict=True)]


def _depth(text: str) -> int:
    found = _NUMBERING.match(text.strip())
    if not found:
        return 0
    return found[1].count(".") + 1 if found[1] else 1 if _ROMAN.fullmatch(found[2]) else 2


def _is_named(text: str) -> bool:
    return headings.is_section(text) or headings.is_references(text) or headings.is_back(text)
