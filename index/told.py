"""By which texts a record of a library is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from corpus.records import Record
from corpus.sentences import sentences
from corpus.store import Store
from corpus.stores import Stores
from index.texts import encoded_text, instead_text, study_words, worded_text


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one record.

    Attributes:
        document_id: of its document.
        text: the text whose words find it.
        statements: where its statements stand in that text, `[start, end)`, in order, one at least: the sentences of a
            passage, or a whole row.
        instead: what a contradicted row should say; "" for any other.
        study: the index words of the molecules that the studies a row cites are about.
    """

    document_id: str
    text: str
    statements: tuple[tuple[int, int], ...]
    instead: str
    study: tuple[str, ...]

    @classmethod
    def of(cls, record: Record, store: Store | Stores) -> Self:
        """Of a record of this store."""
        cited, check, own = store.cited(record), store.check(record.id), encoded_text(record)
        ahead = len(record.section[-1]) + 1 if record.kind == "passage" and record.section else 0
        spans = (sentences(own) if record.kind == "passage" else ()) or ((0, len(own)),)
        return cls(
            record.document_id,
            worded_text(record, cited),
            tuple((ahead + start, ahead + end) for start, end in spans),
            instead_text(record, check),
            tuple(study_words(record, cited, check)),
        )

    @property
    def said(self) -> tuple[str, ...]:
        """The text of each statement."""
        return tuple(self.text[start:end] for start, end in self.statements)
