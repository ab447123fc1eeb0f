"""The records of an open library as evidence shows them, each looked up once while it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from corpus.records import Passage, Record, Reference
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from index.hits import Hit
from index.texts import encoded_text
from qa.citations import also_cards, evidence
from qa.results import Evidence, ReferenceCard

_REMEMBERED: Final = 2048
"""How many records are remembered; those asked for longest ago are forgotten first."""


@dataclass(frozen=True)
class Entry:
    """A record with what the store says of it, which is asked when it is first wanted."""

    record: Record
    _store: Stores
    _summaries: Mapping[str, DocumentSummary]

    @cached_property
    def text(self) -> str:
        """What the record itself says, as it is encoded."""
        return encoded_text(self.record)

    @cached_property
    def cited(self) -> tuple[Reference, ...]:
        """The entries of the reference list that it cites."""
        return self._store.cited(self.record)

    @property
    def table(self) -> str | None:
        """The label of the table that it is a row of; None for a passage."""
        return None if isinstance(self.record, Passage) else self.record.table

    @property
    def references(self) -> tuple[ReferenceCard, ...]:
        """These, as evidence shows them."""
        return self._shown.references

    @cached_property
    def _shown(self) -> Evidence:
        record, summary = self.record, self._summaries[self.record.document_id]
        also = also_cards({entry.marker: self._store.also_cited(entry) for entry in self.cited}, self._summaries)
        return evidence(Hit(record.id, 0.0, 1), record, summary, self.cited, self._store.check(record.id), also)

    def evidence(self, hit: Hit) -> Evidence:
        """The hit, which names this record, as evidence: with what it cites and its cautions."""
        return replace(self._shown, rank=hit.rank, score=hit.score)


class Entries:
    """The entries of one open library, which never changes; may be asked by many threads at once.

    Args:
        store: its documents, records and references.
        summaries: every document of it, by id.
    """

    def __init__(self, store: Stores, summaries: Mapping[str, DocumentSummary]) -> None:
        self._store, self._summaries = store, summaries
        self._of = lru_cache(_REMEMBERED)(lambda record_id: Entry(store.record(record_id), store, summaries))

    def __getitem__(self, record_id: str) -> Entry:
        """The entry of a record.

        Raises:
            UnknownRecord: no such id.
        """
        return self._of(record_id)

    def references(self, record: Record, markers: tuple[str, ...]) -> tuple[ReferenceCard, ...]:
        """The entries of the reference list of a record's document that have these markers, as evidence shows them."""
        if markers == record.markers:
            return self._of(record.id).references
        return Entry(replace(record, markers=markers), self._store, self._summaries).references

    def cited(self, record: Record) -> tuple[Reference, ...]:
        """The entries of the reference list that a record cites."""
        return self._of(record.id).cited
