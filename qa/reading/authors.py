"""Authors that a question asks about: "what did Zhou et al. find?", "which study by Fong …".

Reviews seldom name them in their text, but their reference lists do: a record tells of those whose studies it cites, in
the sentences that cite them, and of the authors of its own paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Protocol

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
from qa.candidates import tell
from qa.reading.bylines import Typed, blanked, find_bylines, without_who
from qa.reading.ordinary import is_ordinary
from qa.reading.question import ReadQuestion, as_alone
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
        """The question with its authors apart from the rest, and without asking who; as it is where it does neither.

        Whom "et al." follows is an author, whoever they are; else those by whom a study is, and who is told by nothing
        but a capital only where no record holds the word.
        """
        found = [(one, byline) for one in find_bylines(question.alone) if (byline := self._known_as(one))]
        if not found:
            rest = without_who(question.alone)
            return question if rest == question.alone else as_alone(question.text, rest, whole=question.alone)
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
        # theirs, if of another year: then nothing is by them in that one
        return anywhere if self._by(anywhere) or self._by(replace(anywhere, year=None)) else None

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
    if _is_by(authors, paper):
        return None
    theirs = [entry for entry in cited if _is_by(authors, entry)]
    if not theirs:
        return frozenset()
    texts = [encoded_text(record)]
    if record.kind == "passage":
        cut = [record.text[start - record.start : end - record.start] for start, end in record.sentences]
        citing = _citing(cut, frozenset(entry.marker for entry in theirs))
        texts = [cut[place] for place in citing] or cut
    texts += [*record.section[-1:], *(entry.title or "" for entry in theirs)]
    return frozenset(word for text in texts for word in words_of(text, record.document_id))


def told_places(authors: Sequence[Byline], piece: Evidence, sentences: Sequence[str]) -> Sequence[int]:
    """The places of the sentences of a piece of evidence that tell of studies by these authors; a row is one."""
    if _is_by(authors, piece.document):
        return range(len(sentences))
    markers = frozenset(
        card.marker
        for card in piece.references
        if _is_by(authors, parse_reference(card.text, document_id="", start=0, position=0))
    )
    if piece.kind == "row":
        return range(len(sentences)) if markers else ()
    return _citing(sentences, markers)


class _Signed(Protocol):
    """A paper, or an entry of a reference list."""

    @property
    def authors(self) -> tuple[str, ...]:
        """As printed."""

    @property
    def year(self) -> int | None:
        """In which it came out."""


def _is_by(authors: Sequence[Byline], study: _Signed) -> bool:
    return any(author.fits(study.authors, study.year) for author in authors)


def _citing(sentences: Sequence[str], markers: frozenset[str]) -> list[int]:
    """The places of the sentences that cite one of these, each after what it points back to where that cites none."""
    found: list[int] = []
    free = False
    for place, sentence in enumerate(sentences):
        named = {name for marker in find_markers(sentence) for name in marker.markers}
        if named & markers:
            found += [place - 1, place] if free and tell(sentence).back else [place]
        free = not named
    return found
