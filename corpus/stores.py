"""Several stores read as one: the documents of a library that lies in segments.

A record's position is the offset of its store plus its position there; no document is in two stores.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, Self, TypeVar

from corpus.bylines import Byline
from corpus.errors import unknown_document, unknown_record
from corpus.origins import Origin
from corpus.pages import Layout
from corpus.records import Document, Reading, Record, Reference, RowCheck
from corpus.store import MOST_ALSO, Store
from corpus.summaries import DocumentSummary

_Told = TypeVar("_Told")


class Stores:
    """The readings in some stores; safe to share between threads."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores: Final = tuple(stores)
        self.offsets: Final = (0, *accumulate(map(len, stores)))
        """The position of each store's first record, and one behind the last of all."""
        self._owners = {document_id: store for store in stores for document_id, _ in store.firsts}

    def __len__(self) -> int:
        return self.offsets[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The files are let go; nothing can be asked any more."""
        for store in self._stores:
            store.close()

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """Every document, by id."""
        return tuple(sorted(self._each(Store.summaries), key=lambda summary: summary.id))

    def origins(self) -> dict[str, Origin]:
        """What the metadata of each document is made of, by its id."""
        return dict(sorted(pair for store in self._stores for pair in store.origins().items()))

    def sharing(self, signs: Sequence[int], least: int) -> tuple[str, ...]:
        """The ids of the documents that have at least `least` of these signs (`corpus.twins.sketch`), most first.

        In the order of their ids where they have as many.
        """
        shared = Counter[str]()
        for store in self._stores:
            shared.update(store.sharing(signs, least))
        return tuple(sorted(shared, key=lambda document_id: (-shared[document_id], document_id)))

    def document(self, document_id: str) -> Document:
        """One document, whole.

        Raises:
            UnknownDocument: no such id.
        """
        return self._owner(document_id).document(document_id)

    def reading(self, document_id: str) -> Reading:
        """One document with everything cut from it, equal to the reading that was stored.

        Raises:
            UnknownDocument: no such id.
        """
        return self._owner(document_id).reading(document_id)

    def layout(self, document_id: str) -> Layout | None:
        """Where the words of a document stand on its pages; None where its format has none, and for an unknown id."""
        store = self._owners.get(document_id)
        return store.layout(document_id) if store else None

    def page_count(self, document_id: str) -> int:
        """How many pages a document has; 0 where its format has none, and for an unknown id."""
        store = self._owners.get(document_id)
        return store.page_count(document_id) if store else 0

    def references(self, document_id: str) -> tuple[Reference, ...]:
        """The reference list of a document, in its order; empty for an unknown id."""
        store = self._owners.get(document_id)
        return store.references(document_id) if store else ()

    def cited(self, record: Record) -> tuple[Reference, ...]:
        """The entries that the record's markers name, in the order of its markers; unresolved markers give none."""
        store = self._owners.get(record.document_id)
        return store.cited(record) if store else ()

    def also_cited(self, reference: Reference) -> tuple[tuple[str, str], ...]:
        """Where other documents cite the same study, by `StudyId`: (document id, marker), one a document, by its id.

        At most `MOST_ALSO`.
        """
        return tuple(sorted(self._each(lambda store: store.also_cited(reference)))[:MOST_ALSO])

    def record(self, record_id: str) -> Record:
        """One passage or row.

        Raises:
            UnknownRecord: no such id.
        """
        store = self._owners.get(record_id.rpartition(":")[0])
        if store is None:
            raise unknown_record(record_id)
        return store.record(record_id)

    def records(self, positions: Sequence[int] | None = None) -> Iterator[Record]:
        """Every record, or those at some positions, in ascending order of positions."""
        if positions is None:
            yield from self._each(Store.records)
            return
        for place, some in self._within(positions).items():
            yield from self._stores[place].records([position - self.offsets[place] for position in some])

    def ids(self, positions: Sequence[int]) -> tuple[str, ...]:
        """The ids of the records at these positions, in their order.

        Raises:
            IndexError: there is no record at one of them.
        """
        found: dict[int, str] = {}
        for place, some in self._within(positions).items():
            told = self._stores[place].ids([position - self.offsets[place] for position in some])
            found.update(zip(some, told, strict=True))
        return tuple(found[position] for position in positions)

    @cached_property
    def firsts(self) -> tuple[tuple[str, int], ...]:
        """The id of every document and how many records it has, in the order of their positions."""
        return tuple(self._each(lambda store: store.firsts))

    def positions(
        self,
        documents: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        from_year: int | None = None,
        to_year: int | None = None,
    ) -> tuple[int, ...] | None:
        """The positions of the records of these documents, kinds and years, ascending; None where none is limited.

        Years are those of the documents, both ends included; a document without a year lies outside any limit.
        """
        if documents is None and kinds is None and from_year is None and to_year is None:
            return None
        return self._positions(lambda store: store.positions(documents, kinds, from_year, to_year) or ())

    def check(self, record_id: str) -> RowCheck | None:
        """What the check of a row said of it; None for a record that was not checked."""
        store = self._owners.get(record_id.rpartition(":")[0])
        return store.check(record_id) if store else None

    def checked(self, outcome: str) -> tuple[int, ...]:
        """The positions of the records whose check came out so, ascending."""
        return self._positions(lambda store: store.checked(outcome))

    def by(self, byline: Byline) -> tuple[int, ...]:
        """The positions of the records that cite a study by these authors, or stand in a paper by them, ascending."""
        return self._positions(lambda store: store.by(byline))

    def row_labels(self) -> tuple[tuple[int, str], ...]:
        """The position of every row of a table, ascending, with the table's label."""
        pairs = zip(self.offsets, self._stores, strict=False)  # one offset more than stores
        return tuple((offset + place, label) for offset, store in pairs for place, label in store.row_labels())

    def holding(self, letters: str) -> tuple[int, ...]:
        """The positions of all records found by texts with these letters in a row, and of a few more, ascending.

        Args:
            letters: ASCII, in their own case.
        """
        return self._positions(lambda store: store.holding(letters))

    def troubles(self) -> dict[str, dict[str, int]]:
        """How much of each document is wrong or unsure, as `Store.troubles` tells it, by document id."""
        return dict(sorted(pair for store in self._stores for pair in store.troubles().items()))

    def content_hash(self, *, anew: bool = False) -> str:
        """SHA-256 over every document, record and reference: equal for equal content, however it came in.

        Args:
            anew: whether everything is read and hashed again, rather than what was written down of each document.
        """
        digests = (pair for store in self._stores for pair in store.digests(anew=anew).items())
        return hashlib.sha256("".join(f"{id_} {digest}\n" for id_, digest in sorted(digests)).encode()).hexdigest()

    def _within(self, positions: Sequence[int]) -> dict[int, list[int]]:
        """The positions by the place of their store, both in order."""
        within: dict[int, list[int]] = {}
        for position in positions:
            if not 0 <= position < len(self):
                raise IndexError(position)
            within.setdefault(bisect_right(self.offsets, position) - 1, []).append(position)
        return dict(sorted(within.items()))

    def _owner(self, document_id: str) -> Store:
        store = self._owners.get(document_id)
        if store is None:
            raise unknown_document(document_id)
        return store

    def _each(self, told: Callable[[Store], Iterable[_Told]]) -> Iterator[_Told]:
        for store in self._stores:
            yield from told(store)

    def _positions(self, told: Callable[[Store], Sequence[int]]) -> tuple[int, ...]:
        pairs = zip(self.offsets, self._stores, strict=False)  # one offset more than stores
        return tuple(offset + position for offset, store in pairs for position in told(store))
