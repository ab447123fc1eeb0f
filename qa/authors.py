"""Authors that a question asks about: "what did Zhou et al. find?", "which study by Fong …".

Reviews seldom name them in their text, but their reference lists do: a record tells of those whose studies it cites, in
the sentences that cite them, and of the authors of its own paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from corpus.bylines import Byline
from corpus.markers import find_markers
from corpus.records import Record, Reference
from corpus.references import parse_reference
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from index.mentions import Mention, listed
from index.texts import encoded_text
from index.tokens import words
from index.words import WordIndex
from qa.bylines import Typed, blanked, find_bylines
from qa.ordinary import is_ordinary
from qa.question import ReadQuestion, as_alone
from qa.results import Evidence

_REMEMBERED: Final = 256
"""Of how many bylines it is remembered which records tell of them."""


class Authors:
    """The authors of one open library; may be asked by many threads at once.

    Args:
        known: the words of its records, by position.
        store: its documents, records and references.
    """

    def __init__(self, known: WordIndex, store: Stores) -> None:
        self._known = known
        self._by = lru_cache(_REMEMBERED)(store.by)

    def of(self, question: ReadQuestion) -> ReadQuestion:
        """The question with its authors apart from the rest; as it is where it names nobody.

        Whom "et al." follows is an author, whoever they are; else those by whom a study is, and who is told by nothing
        but a capital only where no record holds the word.
        """
        found = [(one, byline) for one in find_bylines(question.alone) if (byline := self._known_as(one))]
        if not found:
            return question
        rest = blanked(question.alone, tuple(one for one, _ in found))
        return as_alone(question.text, rest, tuple(dict.fromkeys(byline for _, byline in found)), question.alone)

    def mention(self, question: ReadQuestion) -> tuple[Mention, ...]:
        """Its authors as one thing that it names, held by the records that tell of one of them; none for no author."""
        if not question.authors:
            return ()
        held = sorted({position for author in question.authors for position in self._by(author)})
        text = listed([f"a study by {author}" for author in question.authors])
        return (Mention("author", text, (), np.array(held, dtype=np.int64)),)

    def _known_as(self, one: Typed) -> Byline | None:
        """By whom a study is, or is said to be; None where that is nobody."""
        anywhere = replace(one.byline, first=False)
        if one.cue == "et al":
            return one.byline if self._by(one.byline) or not self._by(anywhere) else anywhere
        if one.cue == "none" and not all(map(self._is_unknown, one.byline.names)):
            return None
        return anywhere if self._by(anywhere) else None

    def _is_unknown(self, name: str) -> bool:
        held = words(name.rsplit(maxsplit=1)[-1])
        return bool(held) and not any(map(self._known.frequency, held)) and not is_ordinary(name)


def told_by(
    authors: Sequence[Byline],
    record: Record,
    cited: Sequence[Reference],
    paper: DocumentSummary,
    words_of: Callable[[str, str], Sequence[str]],
) -> frozenset[str] | None:
    """The index words of what a record tells of studies by these authors; None where its paper is by them.

    Of what it cites them for, the heading above it, and the titles of their studies.

    Args:
        cited: the entries of the reference list that it cites.
        words_of: gives the index words of a text of a document, by the document's id.
    """
    if any(author.fits(paper.authors, paper.year) for author in authors):
        return None
    theirs = [entry for entry in cited if any(author.fits(entry.authors, entry.year) for author in authors)]
    if not theirs:
        return frozenset()
    texts = [encoded_text(record)]
    if record.kind == "passage":
        cut = [record.text[start - record.start : end - record.start] for start, end in record.sentences]
        texts = _citing(cut, frozenset(entry.marker for entry in theirs)) or cut
    texts += [*record.section[-1:], *(entry.title or "" for entry in theirs)]
    return frozenset(word for text in texts for word in words_of(text, record.document_id))


def told_places(authors: Sequence[Byline], piece: Evidence, sentences: Sequence[str]) -> frozenset[int]:
    """The places of the sentences of a piece of evidence that tell of studies by these authors; a row is one."""
    everywhere = frozenset(range(len(sentences)))
    if any(author.fits(piece.document.authors, piece.document.year) for author in authors):
        return everywhere
    entries = [
        (card.marker, parse_reference(card.text, document_id="", start=0, position=0)) for card in piece.references
    ]
    markers = frozenset(
        marker for marker, entry in entries if any(author.fits(entry.authors, entry.year) for author in authors)
    )
    if piece.kind == "row" or not markers:
        return everywhere if markers else frozenset()
    telling = set(_citing(sentences, markers))
    return frozenset(place for place in everywhere if sentences[place] in telling)


def _citing(sentences: Sequence[str], markers: frozenset[str]) -> list[str]:
    """The sentences that cite one of these, each after those right before it that cite nothing."""
    found: list[str] = []
    before: list[str] = []
    for sentence in sentences:
        named = {name for marker in find_markers(sentence) for name in marker.markers}
        if named & markers:
            found += [*before, sentence]
        before = [] if named else [*before, sentence]
    return found
