"""Ranked evidence for a question: the question is encoded, both indexes are asked, and the hits are looked up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import unknown_document
from corpus.records import Record
from index.duplicates import behind, tell_apart
from index.encoder import Encoder, begin
from index.hits import Hit
from index.library import Library
from index.limits import naming, on_cancer, union
from index.mentions import listed
from index.ranking import Mode, Ranking
from index.reranker import READ_AGAIN, Reranker, rerank
from qa.citations import document_card
from qa.entries import Entries, Entry
from qa.judging.strangers import meant_by
from qa.judging.support import judge
from qa.judging.weighing import WEIGHED, weigh
from qa.reading.authors import Authors, told_by
from qa.reading.lettercase import LetterCase
from qa.reading.question import ReadQuestion
from qa.reading.tables import Tables, asked_of_tables, stands_in
from qa.results import DocumentCard, Evidence, ReferenceCard, Support
from qa.scope import EVERYTHING, Scope
from qa.settings import Settings

_SPARE: Final = 2
"""How many times as deep as is wanted a ranking goes at first, so that repeats can move behind what is new."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives: evidence best first, whether it answers, and how long each stage took."""

    evidence: tuple[Evidence, ...]
    support: Support
    took_ms: dict[str, float]


@dataclass
class Stopwatch:
    """Milliseconds by stage, in the order the stages began."""

    took_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The time spent in the block is noted under `name`, besides what was before."""
        start = time.perf_counter()
        try:
            yield
        finally:
            took = (time.perf_counter() - start) * 1000
            self.took_ms[name] = round(self.took_ms.get(name, 0.0) + took, 3)


class Retriever:
    """Finds evidence in one open library with one encoder.

    Args:
        reranker: what reads the best hits again; None for nothing.

    Attributes:
        summaries: every document of the library, by id.

    Raises:
        LibraryMismatch: the library was made with another model.
    """

    def __init__(
        self, library: Library, encoder: Encoder, settings: Settings, reranker: Reranker | None = None
    ) -> None:
        library.check_encoder(encoder.identity)
        self._library = library
        self._encoder = encoder
        self._settings = settings
        self._reranker = reranker
        self.summaries = library.store.summaries()
        self._summaries = {summary.id: summary for summary in self.summaries}
        self._entries = Entries(library.store, self._summaries)
        # an engine elsewhere is waited for, which many may do at once
        self._turn = Lock() if library.manifest.engine.name == "faiss" else nullcontext()
        self._case = LetterCase(library.ranker.words, library.store)
        self._meant_by = lru_cache(maxsize=1024)(
            partial(meant_by, known=library.ranker.words, stands=self._case.stands)
        )
        self._authors = Authors(library.ranker.words, library.store)
        self._tables = Tables(library.store)

    def as_written(self, question: ReadQuestion) -> ReadQuestion:
        """The question with its symbols as the library writes them, its authors and tables apart from the rest."""
        return asked_of_tables(self._authors.of(self._case.of(question)))

    def search(
        self,
        question: ReadQuestion,
        *,
        k: int = 10,
        scope: Scope = EVERYTHING,
        mode: Mode = "fused",
    ) -> Found:
        """The best `k` records for the question, and whether they answer it.

        Args:
            scope: what the search is limited to.
            mode: how to rank; other than `fused` only to compare.

        Raises:
            UnknownDocument: a document that the search is limited to is not in the library.
        """
        watch = Stopwatch()
        with watch.stage("filter"):
            allowed = self.allowed(scope)
        if allowed is not None and not len(allowed) and len(self._library.store):
            return Found((), self._nothing_left(scope), watch.took_ms)
        with watch.stage("encode"):
            coming = begin(self._encoder, question.whole)
        with self._in_turn(watch):
            with watch.stage("encode"):
                vector = coming()[0]
            weight = self._settings.words_weight
            rank = partial(self._library.ranker.rank, vector, question.alone, weight=weight, mode=mode)
            besides = (*self._authors.mention(question), *self._tables.mention(question))
            rank = partial(rank, allowed=allowed, limit=scope.limit, besides=besides)
            return self._found(question, rank, k, watch, again=mode == "fused")

    @contextmanager
    def _in_turn(self, watch: Stopwatch) -> Iterator[None]:
        """Of those who search the segments of a library, one at a time goes on.

        Python runs one thread at a time; forty that went on at once handed over to each other at every call that lets
        another one run, some two hundred times a question, and took half as much of the processor again.
        """
        with ExitStack() as until_done:
            with watch.stage("wait"):
                until_done.enter_context(self._turn)
            yield

    def _found(
        self, question: ReadQuestion, rank: Callable[[int], Ranking], k: int, watch: Stopwatch, *, again: bool
    ) -> Found:
        """The best `k` records for the question, and whether they answer it.

        Args:
            rank: gives the ranking to any depth.
            again: whether the best are read again, where there is what does so.
        """
        # so that neither the verdict nor what is read again depends on how much is to be shown
        wanted = max(k, WEIGHED, READ_AGAIN if self._reranker else 0)
        with watch.stage("rank"):
            ranking = rank(_SPARE * wanted)
        with watch.stage("look up"):
            ranking, records, new = self._look_up(rank, ranking, wanted)
            scores = {place: ranking.hits[place].score for place in new}
        if self._reranker is not None and again:
            with watch.stage("rerank"):
                texts = {place: self._entries[records[place].id].text for place in new[:READ_AGAIN]}
                weight = self._settings.reranker_weight
                scores |= rerank(self._reranker, weight, question.alone, self._library.ranker, ranking, texts)
        with watch.stage("weigh"):
            if len(new) < wanted:
                scores |= behind(scores, ranking.hits)
            ranking = ranking.of(scores)
            ranker = self._library.ranker
            said = [self._entries[hit.record_id].text for hit in ranking.hits[:WEIGHED]]
            weighed = weigh(question, ranking, ranker, said, self._told(question, ranking))
            support = judge(question, ranking.asked, weighed, ranker.words, self._settings, self._meant_by)
        with watch.stage("cite"):
            found = tuple(map(self.evidence, ranking.hits[:k]))
        return Found(found, support, watch.took_ms)

    def _told(self, question: ReadQuestion, ranking: Ranking) -> list[frozenset[str] | None]:
        """The index words of what the best hits tell of the authors and in the tables asked about; None for all."""
        if not (question.authors or question.tables):
            return []
        return [self._told_in(question, self._entries[hit.record_id]) for hit in ranking.hits[:WEIGHED]]

    def _told_in(self, question: ReadQuestion, one: Entry) -> frozenset[str] | None:
        if question.tables and not stands_in(question.tables, one.table):
            return frozenset()
        if not question.authors:
            return None
        words_of = self._library.ranker.vocabulary.record_words
        return told_by(question.authors, one.record, one.cited, self._summaries[one.record.document_id], words_of)

    def card(self, document_id: str) -> DocumentCard:
        """The paper of an id, as evidence names it."""
        return document_card(self._summaries[document_id])

    def _look_up(
        self, rank: Callable[[int], Ranking], ranking: Ranking, wanted: int
    ) -> tuple[Ranking, list[Record], list[int]]:
        """A ranking deep enough, the records of its hits, and the places of the best `wanted` that say something new.

        Where fewer are new, these are all of the ranking's.

        Args:
            rank: gives the ranking to any depth.
            ranking: what it gave for `_SPARE` times as many as are wanted.
        """
        depth = _SPARE * wanted
        while True:
            found = (self._entries[hit.record_id].record for hit in ranking.hits)
            records, new = tell_apart(found, self._entries.cited, wanted)
            if len(new) == wanted or len(ranking.hits) < depth:
                return ranking, records, new
            depth *= _SPARE  # more repeats than were allowed for: something new may stand further down
            ranking = rank(depth)

    def allowed(self, scope: Scope) -> NDArray[np.int64] | None:
        """The positions of the records within the limits, ascending; None where there is no limit.

        Raises:
            UnknownDocument: a document of the limits is not in the library.
        """
        for document_id in scope.documents or ():
            if document_id not in self._summaries:
                raise unknown_document(document_id)
        limited = self._library.store.positions(scope.documents, scope.kinds, scope.from_year, scope.to_year)
        allowed = None if limited is None else np.array(limited, dtype=np.int64)
        for values, holding in ((scope.names, naming), (scope.cancers, on_cancer)):
            if values:
                held = union([holding(value, self._library) for value in values])
                allowed = held if allowed is None else np.intersect1d(held, allowed, assume_unique=True)
        return allowed

    def references(self, record: Record, markers: tuple[str, ...]) -> tuple[ReferenceCard, ...]:
        """The entries of the reference list of a record's document that have these markers, as evidence shows them."""
        return self._entries.references(record, markers)

    def _nothing_left(self, scope: Scope) -> Support:
        """That a search so limited finds nothing, and which of the limits nothing in the library meets."""
        wanted = [(name, naming) for name in scope.names] + [(cancer, on_cancer) for cancer in scope.cancers]
        unmet = [f"“{value}”" for value, holding in wanted if not len(holding(value, self._library))]
        here = f": nothing here is on {listed(unmet)}" if unmet else ""
        reason = f"The filters leave nothing to search in this library{here}; loosen or remove one."
        return Support("absent", 0.0, "off-topic", reason)

    def evidence(self, hit: Hit) -> Evidence:
        """The hit as evidence, with what it cites and its cautions."""
        return self._entries[hit.record_id].evidence(hit)
