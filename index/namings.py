"""The words of records that depend on other documents: which concepts they name by what all documents abbreviate.

These lie beside the segments, by the positions of the whole library, so that a document that comes or goes changes
them and no segment. What a record's own text, document and the user's tables of names say is in its segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings
from index.told import Told
from index.vocabulary import Vocabulary

Named = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The words of a record, and those of each of its statements in order, that depend on other documents."""

_RECORDS: Final = "namings"
_STATEMENTS: Final = "statement-namings"


@dataclass(frozen=True, slots=True)
class Namings:
    """The words for concepts that records, and their statements, name as all documents together say.

    Attributes:
        records: those of each record, by position.
        statements: those of each statement, by its number in the library.
    """

    records: Postings
    statements: Postings

    @classmethod
    def of(cls, told: Mapping[int, Named], starts: NDArray[np.int64]) -> Self:
        """What the records at these positions name; the others name nothing.

        Args:
            starts: the number of each record's first statement, by position, and how many there are, `(n + 1,)`.
        """
        records = [(word, position) for position, (words, _) in told.items() for word in words]
        statements = [
            (word, number)
            for position, (_, said) in told.items()
            for number, words in enumerate(said, start=int(starts[position]))
            for word in words
        ]
        return cls(Postings.of_pairs(records, len(starts) - 1), Postings.of_pairs(statements, int(starts[-1])))

    def joined(self, places: NDArray[np.int64], numbers: NDArray[np.int64], others: Namings) -> Namings:
        """What is left of these, together with those of other records.

        Args:
            places, numbers: where each record and each statement stands now; -1 where it went.
        """
        return Namings(
            _joined(self.records, places, others.records), _joined(self.statements, numbers, others.statements)
        )

    def save(self, folder: Path) -> None:
        """They are in two folders in `folder`."""
        self.records.save(folder / _RECORDS)
        self.statements.save(folder / _STATEMENTS)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Those that were saved in `folder`.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        return cls(Postings.load(folder / _RECORDS), Postings.load(folder / _STATEMENTS))


def numbered_anew(places: NDArray[np.int64], before: NDArray[np.int64], now: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number that each statement has now, where each record stands at its place; -1 where it went.

    Args:
        before, now: the number of each record's first statement, and how many there are, then and now.
    """
    stays = places >= 0
    first = np.full(len(places), -1, dtype=np.int64)
    first[stays] = now[places[stays]]
    counts = np.diff(before)
    within = np.arange(before[-1]) - np.repeat(before[:-1], counts)
    return np.where(np.repeat(stays, counts), np.repeat(first, counts) + within, -1)


def _joined(old: Postings, places: NDArray[np.int64], new: Postings) -> Postings:
    return Postings.merged([(old, places), (new, np.arange(len(new), dtype=np.int64))], len(new))


def named(told: Told, vocabulary: Vocabulary) -> Named:
    """What a record and each of its statements name as all documents together say.

    A statement names what the record names by characters of that statement.
    """
    found = vocabulary.shared(told.text, told.document_id)
    instead = vocabulary.shared(told.instead, told.document_id) if told.instead else []
    words = [word for _, _, some in (*found, *instead) for word in some]
    said = [
        [word for first, last, some in found if start <= first and last <= end for word in some]
        for start, end in told.statements
    ]
    return _alone(words, [told.text, told.instead], told.document_id, vocabulary), [
        _alone(some, [text], told.document_id, vocabulary) for some, text in zip(said, told.said, strict=True)
    ]


def _alone(words: Iterable[str], texts: Iterable[str], document_id: str, vocabulary: Vocabulary) -> list[str]:
    """Those of the words that none of the texts has by itself, each once."""
    shared = dict.fromkeys(words)
    if not shared or not len(vocabulary.lexicon):  # without it no word of a concept is a text's own
        return list(shared)
    own = {word for text in texts for word in vocabulary.own_words(text, document_id)}
    return [word for word in shared if word not in own]
