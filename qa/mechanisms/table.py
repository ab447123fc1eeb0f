"""The mechanisms of a library, or of the evidence for a question, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from corpus.errors import InputError
from corpus.records import Record
from index.hits import Hit
from index.library import Library
from qa.mechanisms.citing import Citing
from qa.mechanisms.fitting import answering, within
from qa.mechanisms.records import mechanisms_in
from qa.reading.question import ReadQuestion
from qa.results import Evidence, Mechanism, MechanismEntry, Slot, Support
from qa.retriever import Retriever
from qa.scope import Scope

MOST_SHOWN: Final = 1000
"""Mechanisms that one request may ask for."""
MOST_READ: Final = 20_000
"""Records that are read for one table, those that name a microRNA, in the library's order; some 20 seconds at worst."""
_KEPT: Final = 20_000
"""Records whose mechanisms are kept, so that the next table comes at once."""
_TEXTS: Final = 64
"""Documents that are kept at hand."""
_TABLES: Final = 16
"""Tables that are kept; the next page of one should not be put together anew."""
_NUMBER: Final = re.compile(r"(\d+)")


class MechanismTable:
    """What one open library says of mechanisms; what was read once is not read again.

    Safe to share between threads.

    Args:
        retriever: over the same library.
    """

    def __init__(self, library: Library, retriever: Retriever) -> None:
        self._library = library
        self._retriever = retriever
        self._said = lru_cache(maxsize=_KEPT)(self._read)
        self._document = lru_cache(maxsize=_TEXTS)(library.store.document)
        self._citing = lru_cache(maxsize=_TEXTS)(self._cited_in)
        self._whole = lru_cache(maxsize=_TABLES)(self._table)

    def answers(
        self, read: ReadQuestion, evidence: Iterable[Evidence], support: Support, scope: Scope
    ) -> tuple[Mechanism, ...]:
        """What the evidence for a question says of what it names, in the order of the evidence.

        Nothing where the documents do not answer.
        """
        if support.verdict == "absent":
            return ()
        said = (each for piece in evidence for each in self._said(piece.id))
        return answering(read, self._within(scope, said))

    def whole(self, scope: Scope) -> tuple[tuple[Mechanism, ...], int]:
        """The mechanisms of microRNAs within the scope, and how many records were too many to be read.

        By molecule, then target, pathway, effect and cancer (numbers in names as numbers), then by document and place.

        Raises:
            UnknownDocument: a document of the scope is not in the library.
        """
        return self._whole(scope)

    def entries(self, mechanisms: Iterable[Mechanism]) -> tuple[MechanismEntry, ...]:
        """Each with its paper and its words."""
        return tuple(
            MechanismEntry(each, self._retriever.card(each.document), self._text(each.document)[each.start : each.end])
            for each in mechanisms
        )

    def _text(self, document_id: str) -> str:
        return self._document(document_id).text

    def _within(self, scope: Scope, mechanisms: Iterable[Mechanism]) -> tuple[Mechanism, ...]:
        by_record: dict[str, list[Mechanism]] = {}
        for each in mechanisms:
            by_record.setdefault(each.id, []).append(each)
        records = (within(scope, said, self._text(said[0].document)) for said in by_record.values())
        return tuple(each for said in records for each in said)

    def _table(self, scope: Scope) -> tuple[tuple[Mechanism, ...], int]:
        known = self._library.ranker.words
        naming = np.flatnonzero(known.held_beginning("mir:"))
        allowed = self._retriever.allowed(scope)
        if allowed is not None:
            naming = np.intersect1d(naming, allowed, assume_unique=True)
        ids = self._library.ranker.ids.of(naming[:MOST_READ])
        said = (each for record_id in ids for each in self._said(record_id) if each.molecule)
        return tuple(sorted(self._within(scope, said), key=_order)), max(0, len(naming) - MOST_READ)

    def _read(self, record_id: str) -> tuple[Mechanism, ...]:
        record = self._library.store.record(record_id)
        piece = self._retriever.evidence(Hit(record_id, 0.0, 1))
        text = self._text(record.document_id)
        found = mechanisms_in(record, text, references=piece.references, cautions=piece.cautions)
        return found if record.kind == "row" else tuple(self._on_its_own(record, one) for one in found)

    def _on_its_own(self, record: Record, one: Mechanism) -> Mechanism:
        """What a passage says in one place, with the studies cited for that rather than for all that it says."""
        markers = self._citing(record.document_id).of(one.start, one.end)
        return replace(one, references=self._retriever.references(record, markers))

    def _cited_in(self, document_id: str) -> Citing:
        return Citing(self._document(document_id), self._library.store.references(document_id))


def checked_page(limit: int, offset: int) -> None:
    """The page of a table can be given.

    Raises:
        InputError: `limit` does not lie between 1 and `MOST_SHOWN`, or `offset` is negative.
    """
    if not 1 <= limit <= MOST_SHOWN:
        msg = f"limit must lie between 1 and {MOST_SHOWN:,}; it is {limit}."
        raise InputError(msg)
    if offset < 0:
        msg = f"offset must not be negative; it is {offset}."
        raise InputError(msg)


def _order(mechanism: Mechanism) -> tuple[object, ...]:
    columns = (mechanism.molecule, mechanism.target, mechanism.pathway, mechanism.effect, mechanism.cancer)
    return (*map(_by_name, columns), mechanism.document, mechanism.start, mechanism.end)


def _by_name(slots: Sequence[Slot]) -> tuple[int, list[tuple[str, int]]]:
    """Filled cells before empty ones, by name; digits count as the number they are."""
    parts = _NUMBER.split("; ".join(slot.name for slot in slots).casefold())
    pairs = zip(parts[::2], (*parts[1::2], "-1"), strict=True)
    return (0 if slots else 1), [(word, int(number)) for word, number in pairs]
