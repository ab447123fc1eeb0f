"""The papers of a library as they stand on a shelf: in order of their titles, to be looked through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Final

from corpus.errors import unknown_document
from corpus.letters import plain_letters
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from qa.overview import Overview, Tally, brief, overview, tallies

_DASH: Final = re.compile("[\u2010-\u2015\u2212]")
_KEPT: Final = 200
"""Papers that were looked into, of which what was found is kept."""


class Shelf:
    """The papers of one open library, which never changes: what is worked out is worked out once.

    Attributes:
        papers: by id, in the order of their titles, then of their ids.
    """

    def __init__(self, summaries: Sequence[DocumentSummary], store: Stores) -> None:
        ordered = sorted(summaries, key=lambda paper: (paper.title.casefold(), paper.id))
        self.papers: Mapping[str, DocumentSummary] = {paper.id: paper for paper in ordered}
        self._store = store
        self._looked_into = lru_cache(_KEPT)(partial(overview, store))

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        """How many things there are to know of each paper before it is trusted, by its id."""
        return tallies(self._store, self.papers.values())

    def overview(self, document_id: str) -> Overview:
        """What there is to know of a paper before it is trusted.

        Raises:
            UnknownDocument: there is no such paper.
        """
        paper = self.papers.get(document_id)
        if paper is None:
            raise unknown_document(document_id)
        return brief(paper, self.tallies[document_id]) or self._looked_into(document_id)[0]

    def find(self, asked: str) -> Sequence[DocumentSummary]:
        """The papers that hold all these words; of no words, all papers.

        A word is found within another one, whatever its case and accents, but a number only whole: `miR-21` is not in
        miR-210. It is looked for in titles, authors, years, journals, DOIs, and the names of files.
        """
        wanted = [_wanted(word) for word in _plain(asked).split()]
        if not wanted:
            return tuple(self.papers.values())
        return [self.papers[one] for one, words in self._words.items() if all(is_in(words) for is_in in wanted)]

    def told(self, papers: Collection[DocumentSummary]) -> Tally:
        """How many things there are to know of these papers in all."""
        if len(papers) == len(self.papers):
            return self._all_told
        return self._sum(papers)

    @cached_property
    def _all_told(self) -> Tally:
        return self._sum(self.papers.values())

    def _sum(self, papers: Collection[DocumentSummary]) -> Tally:
        total: Tally = Counter()
        for paper in papers:
            total.update(self.tallies[paper.id])
        return total

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What is looked through of each paper, by its id, plain."""
        return {paper.id: _plain("\n".join(_said(paper))) for paper in self.papers.values()}


def _said(paper: DocumentSummary) -> tuple[str, ...]:
    files = (paper.file, *(copy.file for copy in paper.copies))
    return (paper.title, *paper.authors, str(paper.year or ""), paper.journal or "", paper.doi or "", *files)


def _plain(text: str) -> str:
    """The text in plain small letters, its hyphens and dashes all one."""
    return _DASH.sub("-", plain_letters(text))


def _wanted(word: str) -> Callable[[str], bool]:
    """Whether a plain text holds the word, no part of a longer number."""
    if not (word[0].isdigit() or word[-1].isdigit()):
        return lambda text: word in text
    before, after = (r"(?<!\d)" if word[0].isdigit() else ""), (r"(?!\d)" if word[-1].isdigit() else "")
    whole = re.compile(f"{before}{re.escape(word)}{after}")
    return lambda text: word in text and whole.search(text) is not None
