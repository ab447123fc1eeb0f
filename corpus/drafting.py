"""From the parts a reader found to a draft: one text, and the blocks that tile it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.greek import close_greek
from corpus.metadata import Facts
from corpus.records import Block, BlockKind, Draft

_TABULAR = frozenset({"header", "row"})


@dataclass(slots=True)
class Part:
    """A block before it has a place: its kind, its text and what `Block` says besides.

    Attributes:
        text: for a header or row, cells parted by tabs; for front matter, lines parted by line feeds.
        floats: whether it may stand inside a sentence that goes on behind it (tables, furniture, figure captions).
    """

    kind: BlockKind
    text: str
    level: int = 0
    table: int | None = None
    page: int | None = None
    floats: bool = False


def draft(name: str, parts: Iterable[Part], facts: Facts, notices: Sequence[str] = ()) -> Draft:
    r"""The draft that `parts` make, in their order.

    Table rows follow their header and each other after one line feed, everything else after a blank line. Blanks are
    made single, stray ones beside Greek letters go, and parts without a printing character are left out.

    Raises:
        UnreadableFile: nothing is left.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    previous: Part | None = None
    for part in parts:
        text = _tidy(part)
        if not text:
            continue
        if previous is not None:
            gap = "\n" if part.kind == "row" and previous.kind in _TABULAR and part.table == previous.table else "\n\n"
            pieces.append(gap)
            length += len(gap)
        blocks.append(Block(part.kind, length, length + len(text), part.level, part.table, part.page))
        pieces.append(text)
        length += len(text)
        previous = part
    if not blocks:
        raise UnreadableFile(name, "there is no text in the file; give one with text in it.")
    return Draft(
        text="".join(pieces),
        blocks=tuple(blocks),
        title=_line(facts.title or "") or PurePath(name).name or name or "untitled",
        authors=tuple(filter(None, map(_line, facts.authors))),
        year=facts.year,
        doi=facts.doi,
        journal=_line(facts.journal or "") or None,
        notices=tuple(notices),
    )


def _tidy(part: Part) -> str:
    """The part's text as it will stand, without surrounding blanks; empty where nothing in it prints."""
    if part.kind in _TABULAR:
        cells = [_line(cell) for cell in part.text.split("\t")]
        return "\t".join(cells) if any(cells) else ""
    if part.kind == "front":
        return "\n".join(filter(None, map(_line, part.text.split("\n"))))
    return _line(part.text)


def _line(text: str) -> str:
    """`text` on one line, blanks single, stray blanks beside Greek letters gone, NFC."""
    return unicodedata.normalize("NFC", close_greek(" ".join(text.split())))
