"""How a paper in a PDF opens: its title, the largest type on its first page, then authors, addresses and labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus import furniture, headings, metadata
from corpus.metadata import Facts
from corpus.readers.pdf.authors import authors_of
from corpus.readers.pdf.blocks import Block
from corpus.readers.pdf.structure import Element
from corpus.readers.pdf.tables import PrintedTable
from corpus.readers.pdf.typography import Typography
from corpus.readers.pdf.wording import Wording

_TITLE: Final = 1.12  # of the running text's size, the smallest title
_SHARE: Final = 0.62  # of the first page, that a title begins within
_PROSE: Final = 260  # characters from which a block with full stops is text, not an address
_SENTENCE: Final = re.compile(r"[a-z]{2}[.!?][)\]\d¹²³⁰⁴-⁹,⁻–-]{0,12}(?:\s|$)")
_ADDRESS: Final = re.compile(r"\S*\b10\.\d{4,9}/\S+")  # a DOI, whose full stops end no sentence
_WORDS: Final = 4  # of four letters or more and in lower case, that a sentence has, and an address has not
_NEARLY: Final = 0.8  # of the largest type on the page, that a title has where something else is larger


@dataclass(slots=True)
class Opening:
    """What was found at the head of a paper: its first elements, what is left, and what is known of it."""

    elements: list[Element] = field(default_factory=list)
    rest: list[Block | PrintedTable] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)


def opening_of(
    items: Sequence[Block | PrintedTable], typography: Typography, stated: Mapping[str, str], dropped: Sequence[str]
) -> Opening:
    """The opening of a document.

    Args:
        items: all blocks and tables, in order of reading.
        typography: of the running text.
        stated: what the file's own metadata says, by name (`Title`, `Author`); believed where the page says it too.
        dropped: the furniture of its pages.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    first = [block for block in blocks if blocks and block.page == blocks[0].page]
    title = _title(first, typography, stated)
    if not title:
        facts = metadata.facts_in(dropped)
        return Opening([], list(items), Facts(None, (), facts.year, facts.doi, facts.journal))
    plain = Wording()
    after = first.index(title[-1]) + 1
    front, authors = _front(first[after:], typography)
    before = [block for block in first[: first.index(title[0])] if block not in title]
    name = plain.said([line for block in title for line in block.lines], cites=False).text
    page_one = _folded(" ".join(block.text for block in first))
    authors = authors or _believed(stated.get("Author", ""), page_one)
    taken = {id(block) for block in (*before, *title, *front)}
    pieces = [block.text for block in (*before, *front)]
    pieces += [block.text for block in first if id(block) not in taken and furniture.is_front(block.text)]
    facts = metadata.facts_in([*pieces, *dropped])
    elements = [_element("front", block) for block in before]
    elements.append(Element("title", [line for block in title for line in block.lines]))
    elements += [_element("front", block) for block in front]
    rest = [item for item in items if id(item) not in taken]
    return Opening(elements, rest, Facts(name, authors, facts.year, facts.doi, facts.journal))


def _element(kind: str, block: Block) -> Element:
    return Element("front", block.lines, floats=True, first=block, last=block) if kind == "front" else Element("title")


def _title(first: Sequence[Block], typography: Typography, stated: Mapping[str, str]) -> list[Block]:
    """The blocks that make the title; none where the first page has none."""
    if not first:
        return []
    height = max(block.lines[-1].bottom for block in first)
    able = [block for block in first if _may_be_title(block, typography) and block.lines[0].top < _SHARE * height]
    if not able:
        return []
    wanted = _folded(stated.get("Title", ""))
    named = [block for block in able if len(wanted) > 10 and _folded(block.text) and _folded(block.text) in wanted]
    largest = max(block.size for block in able)
    best = next(
        (block for block in named),
        max(
            (block for block in able if block.size >= _NEARLY * largest),
            key=lambda block: (min(len(block.text.split()), 4), round(block.size, 1), -first.index(block)),
        ),
    )
    at = first.index(best)
    title = [best]
    for block in first[at + 1 :]:
        if abs(block.size - best.size) > 0.3 or block.bold != best.bold or not _may_be_title(block, typography):
            break
        title.append(block)
    return title


def _may_be_title(block: Block, typography: Typography) -> bool:
    text = block.text.strip()
    if block.size < _TITLE * typography.size or len(text) > metadata.MAX_TITLE or len(text) < 4:
        return False
    if furniture.is_article_type(text) or furniture.is_front(text) or furniture.is_float(text):
        return False
    if headings.is_section(text) or headings.is_references(text) or headings.is_back(text):
        return False
    return sum(letter.isalpha() for letter in text) > 0.5 * len(text.replace(" ", ""))


def _front(blocks: Sequence[Block], typography: Typography) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks after the title that are authors, addresses and labels, and the authors that they name."""
    plain = Wording()
    texts = [plain.said(block.lines, cites=False).text for block in blocks]
    end = next((at for at, text in enumerate(texts) if _is_prose(text)), len(blocks))
    words = [word for block in blocks[:end] for one in block.lines for word in one.words]
    width = max((block.right for block in blocks), default=0.0) - min((block.left for block in blocks), default=0.0)
    authors = authors_of(words, blocks[0].page if blocks else 1, width)
    naming = [any(id(word) in authors.words for one in block.lines for word in one.words) for block in blocks]
    first = max((at for at, names in enumerate(naming) if names), default=-1) + 1
    front = list(blocks[:first])
    for at in range(first, len(blocks)):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if not _is_front(texts[at], blocks[at], following, typography, authors=authors.names):
            break
        front.append(blocks[at])
    return front, authors.names


def _is_prose(text: str) -> bool:
    """Whether a block is text: long, or with the end of a sentence; one that ends in a number is told by its words."""
    if len(text) >= _PROSE or _SENTENCE.search(_ADDRESS.sub("", text)) is not None:
        return True
    words = sum(word.islower() and word.isalpha() and len(word) >= _WORDS for word in text.split())
    return words >= _WORDS and text.rstrip().endswith((".", "?", "!")) and not furniture.is_front(text)


def _is_front(
    text: str, block: Block, following: Block | None, typography: Typography, *, authors: tuple[str, ...]
) -> bool:
    if (
        furniture.is_article_type(text)
        or furniture.is_front(text)
        or furniture.is_affiliation(text, marked=not authors)
    ):
        return True
    over_text = following is not None and _is_prose(following.text)
    if typography.is_heading(block, following) and (
        over_text or typography.is_large(block) or headings.is_section(text)
    ):
        return False
    if headings.is_section(text) or re.match(r"(?:abstract|summary|background)\b", text, re.IGNORECASE):
        return False
    return not _is_prose(text)


def _believed(author: str, page: str) -> tuple[str, ...]:
    """The authors that the file's metadata names, where the first page names them all."""
    names = [" ".join(name.split()) for name in re.split(r"\s*[;,]\s*|\s+(?:and|&)\s+", author) if name.strip()]
    return tuple(names) if names and all(_folded(name) in page for name in names) else ()


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
