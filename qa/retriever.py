"""Ranked evidence for a question: the question is encoded, both indexes are asked, and the hits are looked up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from corpus.records import Record
from corpus.store import unknown_document
from index.encoder import Encoder
from index.hits import Hit
from index.library import Library
from index.ranking import Mode
from index.texts import encoded_text
from qa.citations import also_cards, evidence
from qa.question import ReadQuestion
from qa.results import Evidence, Support
from qa.settings import Settings
from qa.support import WEIGHED, judge, weigh


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
        """The time spent in the block is noted under `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.took_ms[name] = round((time.perf_counter() - start) * 1000, 3)


class Retriever:
    """Finds evidence in one open library with one encoder.

    Raises:
        LibraryMismatch: the library was made with another model.
    """

    def __init__(self, library: Library, encoder: Encoder, settings: Settings) -> None:
        library.check_encoder(encoder.identity)
        self._library = library
        self._encoder = encoder
        self._settings = settings
        self._summaries = {summary.id: summary for summary in library.store.summaries()}

    def search(
        self,
        question: ReadQuestion,
        *,
        k: int = 10,
        documents: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        mode: Mode = "fused",
    ) -> Found:
        """The best `k` records for the question, and whether they answer it.

        Args:
            documents: ids of the documents to search; None for all.
            kinds: `passage` or `row`, or both; None for both.
            mode: how to rank; other than `fused` only to compare.

        Raises:
            UnknownDocument: an id in `documents` is not in the library.
        """
        watch = Stopwatch()
        self._check(documents)
        with watch.stage("encode"):
            vector = self._encoder.encode([question.alone])[0]
        with watch.stage("rank"):
            ranking = self._library.ranker.rank(
                vector,
                question.alone,
                max(k, WEIGHED),  # so that the verdict does not depend on how much is to be shown
                weight=self._settings.words_weight,
                mode=mode,
                allowed=self._library.store.positions(documents, kinds),
            )
        with watch.stage("look up"):
            records = [self._library.store.record(hit.record_id) for hit in ranking.hits]
        with watch.stage("weigh"):
            ranker = self._library.ranker
            asked = ranker.vocabulary.asked(question.alone)
            texts = [encoded_text(record) for record in records[:WEIGHED]]
            weighed = weigh(question, asked, ranking, ranker, texts)
            support = judge(question, asked, weighed, ranker.words, self._settings)
        with watch.stage("cite"):
            found = tuple(self._evidence(*pair) for pair in zip(ranking.hits[:k], records[:k], strict=True))
        return Found(found, support, watch.took_ms)

    def _check(self, documents: Sequence[str] | None) -> None:
        for document_id in documents or ():
            if document_id not in self._summaries:
                raise unknown_document(document_id)

    def _evidence(self, hit: Hit, record: Record) -> Evidence:
        store, summary = self._library.store, self._summaries[record.document_id]
        cited = store.cited(record)
        also = also_cards({entry.marker: store.also_cited(entry) for entry in cited}, self._summaries)
        return evidence(hit, record, summary, cited, store.check(record.id), also)
