"""Of two files of one paper, what the one has before the other: the better one is the one with more of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Self

from corpus.records import Reading

_WORD: Final = re.compile(r"[^\W_]+")
_FORMATS: Final = (
    (".xml", ".nxml"),
    (".html", ".htm", ".xhtml"),
    (".docx", ".md", ".markdown"),
    (".pdf",),
    (".txt", ".text"),
)
_GUESSED: Final = frozenset({".pdf", ".txt", ".text"})
"""Formats whose tables are told by how they look: without a caption one may be a figure, or a list of addresses."""
_TEXT: Final = 0.4
"""A file with less than this share of the other's words lacks text; a reference list read as text adds less."""
_LISTS: Final = 0.25
"""With less than this share of the other's table rows, or references, it lacks those: one row may be read as two."""


@dataclass(frozen=True, slots=True)
class _Content:
    """How much of a paper a file holds.

    Attributes:
        words: of its passages.
        counts: of its table rows, its references, its headings and its passages.
        place: of its format, best first.
    """

    words: int
    counts: tuple[int, int, int, int]
    place: int

    @classmethod
    def of(cls, reading: Reading) -> Self:
        # a PDF is one, whatever its name says
        suffix = ".pdf" if reading.layout else PurePath(reading.document.file).suffix.casefold()
        words = sum(len(_WORD.findall(passage.text)) for passage in reading.passages)
        rows = sum(bool(row.caption) or suffix not in _GUESSED for row in reading.rows)
        headings = sum(block.kind == "heading" for block in reading.document.blocks)
        place = next((at for at, suffixes in enumerate(_FORMATS) if suffix in suffixes), len(_FORMATS))
        return cls(words, (rows, len(reading.references), headings, len(reading.passages)), place)

    def lacks_text(self, other: Self) -> bool:
        """Whether most of the other's text is not here."""
        return self.words < _TEXT * other.words

    def lacking(self, other: Self) -> tuple[bool, bool]:
        """Whether most of the other's table rows, and of its references, are not here."""
        mine, its = self.counts, other.counts
        return mine[0] < _LISTS * its[0], mine[1] < _LISTS * its[1]


def advantage(one: Reading, other: Reading) -> str:
    """Why `one` is the better one of two files of a paper (`its tables`); "" where it is not, or both are equal.

    First by its text, where the other has less than two fifths of it, as an abstract alone has; then by table rows and
    references, of which the other has none or less than a quarter: by how many of these two it lacks; then by format:
    JATS, HTML, Word or Markdown, PDF, text; then by the numbers of rows, references, headings and passages. Rows of
    tables without a caption do not count where a format only shows what looks like a table.
    """
    this, that = _Content.of(one), _Content.of(other)
    if this.lacks_text(that) or that.lacks_text(this):
        return "more of the text" if that.lacks_text(this) else ""
    missed, missing = that.lacking(this), this.lacking(that)
    if sum(missed) != sum(missing):
        return _told(missed, that) if sum(missed) > sum(missing) else ""
    if this.place != that.place:
        return "the better format" if this.place < that.place else ""
    if this.counts <= that.counts:
        return ""
    first = next(at for at, (mine, its) in enumerate(zip(this.counts, that.counts, strict=True)) if mine != its)
    return _told((first == 0, first == 1), that) if first < 2 else "more of it"


def _told(missed: Iterable[bool], poorer: _Content) -> str:
    """`its tables`, `more of its tables and its references`: those that the poorer file lacks, wholly or in part."""
    kinds = zip(missed, ("its tables", "its references"), poorer.counts[:2], strict=True)
    return " and ".join(f"more of {kind}" if some else kind for is_missed, kind, some in kinds if is_missed)
