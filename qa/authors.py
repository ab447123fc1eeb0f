"""Authors that a question asks about: "what did Zhou et al. find?", "which study by Zhang …".

Reviews seldom name them in their text, but their reference lists do: a record is by those whose studies it cites, and
by the authors of its own paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final

import numpy as np

from corpus.bylines import Byline
from corpus.markers import find_markers
from corpus.records import Record
from corpus.references import parse_reference
from corpus.stores import Stores
from index.mentions import Mention, listed
from index.names import find_names
from index.tokens import words
from index.words import WordIndex
from qa.ordinary import is_ordinary
from qa.question import ReadQuestion, as_alone
from qa.results import Evidence

_LETTER: Final = r"[^\W\d_]"
_NAME: Final = rf"{_LETTER}(?:{_LETTER}|-(?={_LETTER})|['\u2019](?={_LETTER}{{2}}))+"
_YEAR: Final = r"(?:['\u2019]s\b)?(?:,?\s*\(?(?P<year>(?:19|20)\d\d)[a-z]?\b\)?)?"
_ET_AL: Final = re.compile(
    rf"\b(?P<first>{_NAME})(?:\s+(?:and|&)\s+{_NAME})?,?\s+"
    rf"(?:et\s+al\b\.?|(?:and|&)\s+(?:colleagues|co-?workers|collaborators)\b){_YEAR}",
    re.IGNORECASE,
)
"""Whoever these words follow is the first author, in whatever letters the name is typed."""
_CAPITAL: Final = re.compile(rf"\b(?P<any>(?=[^\W\d_a-z]){_NAME})\b{_YEAR}")
_TOLD: Final = re.compile(
    r"\b(?:find|finds|found|findings?|reports?|reported|says?|said|shows?|showed|shown|describes?|described|concludes?"
    r"|concluded|publish|published|demonstrates?|demonstrated|observes?|observed|according|stud(?:y|ies)|papers?|groups?)\b",
    re.IGNORECASE,
)
"""That they told something: the evidence tells it itself, and says no word of that."""
_REMEMBERED: Final = 256
"""Of how many authors it is remembered which records are by them."""


class Authors:
    """The authors of one open library; may be asked by many threads at once.

    Args:
        known: the words of its records, by position.
        store: its documents, records and references.
    """

    def __init__(self, known: WordIndex, store: Stores) -> None:
        self._known, self._store = known, store
        self._by = lru_cache(_REMEMBERED)(store.by)

    def of(self, question: ReadQuestion) -> ReadQuestion:
        """The question with its authors apart from the rest; as it is where it names nobody.

        Besides who is followed by "et al." or the like, an author is a word with a capital that no record holds, and
        whom a study is by.
        """
        rest, found = question.alone, dict[Byline, None]()
        for match in (*_ET_AL.finditer(rest), *_CAPITAL.finditer(_ET_AL.sub(_blank, rest))):
            author = _byline(match)
            if author.first or self._is_by(author):
                found[author] = None
                rest = rest[: match.start()] + _blank(match) + rest[match.end() :]
        if not found:
            return question
        return as_alone(question.text, _TOLD.sub(_blank, rest), tuple(found), question.alone)

    def mention(self, question: ReadQuestion) -> tuple[Mention, ...]:
        """Its authors as one thing that it names, held by the records that are by one of them; none for no author.

        A record that cites their study for other molecules than those asked about does not count.
        """
        if not question.authors:
            return ()
        bases = {name.base for name in question.names}
        held = {position for author in question.authors for position in self._telling(author, bases)}
        text = listed([f"a study by {author}" for author in question.authors])
        there = any(self._by(author) for author in question.authors)
        return (Mention("author", text, (), np.array(sorted(held), dtype=np.int64), elsewhere=there),)

    def _is_by(self, author: Byline) -> bool:
        held = words(author.name)
        is_unknown = bool(held) and not any(map(self._known.frequency, held)) and not is_ordinary(author.name)
        return is_unknown and bool(self._by(author))

    def _telling(self, author: Byline, bases: Set[str]) -> list[int]:
        """The positions of the records by an author, less those that cite them for none of these molecules."""
        by = self._by(author)
        if not bases:
            return list(by)
        records = self._store.records(list(by))
        pairs = zip(by.items(), records, strict=True)
        return [position for (position, markers), record in pairs if _could_tell(record, markers, bases)]


def markers_by(authors: Sequence[Byline], piece: Evidence) -> frozenset[str] | None:
    """The markers of the studies by these authors that a piece of evidence cites; None where its paper is by them."""
    if any(author.fits(piece.document.authors, piece.document.year) for author in authors):
        return None
    entries = (
        (card.marker, parse_reference(card.text, document_id="", start=0, position=0)) for card in piece.references
    )
    return frozenset(
        marker for marker, entry in entries if any(author.fits(entry.authors, entry.year) for author in authors)
    )


def _could_tell(record: Record, markers: Set[str], bases: Set[str]) -> bool:
    """False where each sentence that cites one of these studies names molecules, and none of those asked about."""
    if record.kind == "row":
        return True
    cut = (record.text[start - record.start : end - record.start] for start, end in record.sentences)
    citing = [text for text in cut if any(not markers.isdisjoint(marker.markers) for marker in find_markers(text))]
    named = [{name.base for name in find_names(text)} for text in citing]
    return not named or any(not some or some & bases for some in named)


def _byline(match: re.Match[str]) -> Byline:
    parts = match.groupdict()
    return Byline(parts.get("first") or parts["any"], int(parts["year"]) if parts["year"] else None, "first" in parts)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
