"""A lasting address of one piece of evidence, which is honest when the text has changed.

    /evidence/DOCUMENT/START-END?text=DIGEST

The digest is of the words themselves. A file that has not changed gives the same document, the same characters and so
the same address, however often it is read anew; after a change, the digest tells whether the words are still there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from corpus.records import Reading, Record

_DIGITS: Final = 12
"""Hexadecimal digits of a digest."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a permalink leads now.

    Attributes:
        state: `same` where the very words stand at the very characters, `moved` where they stand at others, once;
            `changed` where no one place holds them.
        start, end: of the words for `same` and `moved`; for `changed` of the nearest passage or row, both None where
            the document has none.
    """

    state: Literal["same", "moved", "changed"]
    start: int | None
    end: int | None


def permalink(record: Record) -> str:
    """The lasting address of a record, from the first slash."""
    return f"/evidence/{record.document_id}/{record.start}-{record.end}?text={digest(record.text)}"


def digest(text: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of a text in UTF-8.

    >>> digest("miR-21"), digest("miR-210")
    ('5f78a1fd15c8', '0b7d57d19337')
    """
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def locate(reading: Reading, start: int, end: int, held: str) -> Place:
    """Where the words with the digest `held`, once at `[start, end)`, stand in the document now.

    The nearest passage or row is the one that begins nearest; of two, the earlier.
    """
    there = reading.document.text[start:end]
    if 0 < len(there) == end - start and digest(there) == held:
        return Place("same", start, end)
    elsewhere = [record for record in reading.records if digest(record.text) == held]
    if len(elsewhere) == 1:
        return Place("moved", elsewhere[0].start, elsewhere[0].end)
    nearest = min(reading.records, key=lambda record: abs(record.start - start), default=None)
    return Place("changed", nearest.start if nearest else None, nearest.end if nearest else None)
