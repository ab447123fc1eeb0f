"""PDFs for tests, set by Typst from a few lines of markup, or made byte by byte."""

from __future__ import annotations

from functools import cache

import typst

from corpus.readers.pdf import read_pdf
from corpus.records import Block, Draft

PROSE = (
    "The harbour pilot keeps a log of every tide. Winds from the north bring cold water to the bay, and the gulls "
    "follow it inland. In autumn the ferries run twice a day, so that the island is never alone for long. "
    "Nobody counts the boats that leave without lights, although the keeper of the tower hears them pass. "
)


@cache
def typeset(markup: str) -> bytes:
    """The PDF that Typst makes of some markup; the same markup is set once."""
    pdf = typst.compile(markup.encode())
    assert isinstance(pdf, bytes)
    return pdf


@cache
def drafted(markup: str) -> Draft:
    """What the reader makes of the PDF of some markup."""
    return read_pdf("paper.pdf", typeset(markup))


def told(draft: Draft, *kinds: str) -> list[str]:
    """The texts of the blocks of some kinds, of all without any, in order."""
    return [text(draft, block) for block in draft.blocks if not kinds or block.kind in kinds]


def text(draft: Draft, block: Block) -> str:
    """What a block says."""
    return draft.text[block.start : block.end]
