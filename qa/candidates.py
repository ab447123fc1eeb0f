"""What of the evidence an answer may say: single sentences and whole rows, each with where it stands and what it names.

A sentence that points back ("This, in turn, …"), or that goes on about a molecule without naming it, leans on the
one before it, which may stand in the evidence whose text ends where this one's begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from corpus.markers import find_markers
from corpus.records import DOUBTED
from corpus.sentences import sentences
from corpus.tables import is_reference_column
from index.mentions import symbols_in
from index.names import Name, find_names
from index.sites import Site, find_sites
from index.texts import told_by_headers
from index.tokens import symbol_key, without, words
from index.topics import find_topics
from qa.results import CellCard, Evidence, Place

_BACK: Final = re.compile(
    r"(?:Similarly|Likewise|Conversely|(?:In|By) contrast|On the other hand)\b"
    r"|(?:(?:However|Moreover|Furthermore|Additionally|In addition|Thus|Hence|Consequently|In turn|As a result),?\s+)?"
    r"(?i:This|These|Those|Such|It|Its|They|Their|The (?:activation|former|latter|process|correlation|study|authors?))"
    r"\b"
)
_CLINICAL: Final = re.compile(
    r"\b(?:correlat\w+|associated with|prognos\w+|diagnos\w+|biomarkers?|plasma|serum|patients?|survival|levels of)\b",
    re.IGNORECASE,
)
_FRAGMENT: Final = re.compile(r"(?!let-\d)[a-z]{2,}\b|\W*$")
_WORD: Final = re.compile(r"[^\W\d_A-Z]{3}")
_YEAR: Final = re.compile(r"\s*(?:19|20)\d\d\s*")
_APART: Final = 3
"""How many blanks at most part one piece of evidence from the next of the same text."""


class Told:
    """What a text says, as far as it can be told without understanding it; each part is read when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> frozenset[str]:
        """Its index words."""
        return frozenset(words(self.text))

    @cached_property
    def topics(self) -> frozenset[str]:
        """Processes, cells and samples."""
        return frozenset(topic.name for topic in find_topics(self.text))

    @cached_property
    def facets(self) -> frozenset[str]:
        """Its index words and its topics, as `qa.answering.facets` names the parts of a question."""
        return self.words | {f"topic:{topic}" for topic in self.topics}

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The microRNAs that it names, in order."""
        return find_names(self.text)

    @cached_property
    def molecules(self) -> frozenset[str]:
        """The microRNAs that it names, arms left out."""
        return frozenset(name.base for name in self.names)

    @cached_property
    def genes(self) -> frozenset[str]:
        """Genes and proteins by their symbols, folded."""
        return frozenset(symbol_key(symbol) for symbol in symbols_in(self.text))

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Organs and cancers, in order."""
        return find_sites(self.text)

    @cached_property
    def organs(self) -> frozenset[str]:
        """The organs that it names, as the place of a cancer or not."""
        return frozenset(site.site for site in self.sites)

    @cached_property
    def cancers(self) -> frozenset[str]:
        """The organs of which it names a cancer."""
        return frozenset(site.site for site in self.sites if site.disease)

    @cached_property
    def markers(self) -> frozenset[str]:
        """The entries of the reference list that it cites by number."""
        return frozenset(number for marker in find_markers(self.text) for number in marker.markers)

    @cached_property
    def length(self) -> int:
        """How many words it has, as blanks part them."""
        return len(self.text.split())

    @property
    def clinical(self) -> bool:
        """It is about what is seen in patients rather than how that comes about."""
        return _CLINICAL.search(self.text) is not None

    @property
    def back(self) -> bool:
        """It points back to what stands before it."""
        return _BACK.match(self.text) is not None

    @property
    def empty(self) -> bool:
        """It has no word but names and numbers, as cells of a table that was read as text, or only announces a list."""
        return self.text.endswith(":") or _WORD.search(without(self.text, self.names)) is None

    @property
    def fragment(self) -> bool:
        """It begins amid a sentence, or says nothing."""
        return _FRAGMENT.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or a row that might be said.

    Attributes:
        rank: of its evidence.
        start: where it stands in its document.
        places: where each of its characters stands.
        before: the one it leans on; None where it stands by itself.
    """

    text: str
    rank: int
    document: str
    start: int
    places: tuple[Place, ...]
    told: Told
    before: Candidate | None = field(default=None, compare=False)


def candidates(found: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Every sentence and row of the evidence, by rank, then place.

    Rows that may be false are left out, and so is what stands where sentences do and says nothing.

    Each leans on the one right before it in its text, where that is evidence too.
    """
    every = [one for piece in found if not is_doubtful(piece) for one in _of(piece)]
    last = {(one.document, one.places[-1].end): one for one in every if one.places}
    return tuple(_leaning(one, last) for one in every)


def is_doubtful(piece: Evidence) -> bool:
    """True for a row that its own study contradicts, that has slid or is two: shown as evidence, never said."""
    return any(caution.kind in DOUBTED for caution in piece.cautions)


def row_sentence(piece: Evidence) -> str:
    """A row told by its headers, cell by cell: `miRNA: miR-25-3p; Cancer: colorectal cancer`; empty cells left out."""
    return told_by_headers((cell.header, cell.text) for cell in (piece.row.cells if piece.row else ()))


def said_cells(piece: Evidence) -> tuple[CellCard, ...]:
    """The cells of a row that an answer says: those that are not empty, without its study's number and year.

    These two are its citation's, and stay where the row cites no entry.
    """
    cells = [cell for cell in (piece.row.cells if piece.row else ()) if cell.text.strip(" -–—")]
    if not piece.references:
        return tuple(cells)
    return tuple(cell for cell in cells if not (is_reference_column(cell.header) or _YEAR.fullmatch(cell.text)))


@lru_cache(maxsize=16384)
def tell(text: str) -> Told:
    """What a sentence, a row told by its headers, a heading or a study's title says."""
    return Told(text)


def _of(piece: Evidence) -> Iterator[Candidate]:
    document = piece.document.id
    if piece.row:
        cells = said_cells(piece)
        text = told_by_headers((cell.header, cell.text) for cell in cells)
        places = tuple(Place(document, cell.start, cell.end) for cell in cells)
        yield Candidate(text, piece.rank, document, piece.start, places, tell(text))
        return
    for start, end in _sentences(piece.text):
        place = Place(document, piece.start + start, piece.start + end)
        text = piece.text[start:end]
        if not tell(text).empty:
            yield Candidate(text, piece.rank, document, place.start, (place,), tell(text))


@lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return sentences(text)


def _leaning(one: Candidate, last: dict[tuple[str, int], Candidate]) -> Candidate:
    """The same, with the sentence that it follows."""
    ends = range(one.start, one.start - _APART - 1, -1)
    before = next((last[one.document, end] for end in ends if (one.document, end) in last), None)
    return replace(one, before=before) if before and len(one.places) == 1 else one
