"""Statements: the sentences of passages, and whole rows; which share of a question one of them holds.

What stands together in one sentence is said of one thing; what stands in two sentences of a passage may not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from index.postings import Postings
from index.statementparts import StatementPart
from index.vocabulary import Asked
from index.words import among, rarity


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order; where it has none, the text itself."""
    return tuple(text[start:end] for start, end in sentences(text)) or (text,)


class Statements:
    """The index words of every statement of every record, of records that may lie in several segments.

    As in `WordIndex`, what is counted is summed over the parts when it is asked: the same records have the same shares,
    bit for bit, however they are cut into parts.

    Args:
        parts: the statements of each segment; records and statements count on from part to part.
        overlay: marks that no segment holds, of statements by their number in all; for each word the two hold other
            statements.
    """

    def __init__(self, parts: Sequence[StatementPart], overlay: Postings | None = None) -> None:
        records = [0, *accumulate(len(part) for part in parts)]
        numbers = [0, *accumulate(part.count for part in parts)]
        self._parts = [*zip(records, numbers, parts, strict=False)]
        self._size, self._statements = records[-1], numbers[-1]
        self._overlay = overlay

    def __len__(self) -> int:
        """How many records there are."""
        return self._size

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The number of each record's first statement, and how many there are, `(n + 1,)` int64."""
        every = [part.records[:-1] + number for _, number, part in self._parts]
        return np.concatenate([*every, np.array([self._statements], dtype=np.int64)])

    @classmethod
    def build(cls, told: Sequence[Sequence[Sequence[str]]]) -> Self:
        """An index of `told`: for each record, by position, the index words of each of its statements, one at least."""
        return cls([StatementPart.build(told)])

    def shares(self, asked: Asked, positions: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each of some records the greatest share of the question that one statement holds, `(len,)`, 0 to 1.

        A word counts by its idf, and once; of the ways to name one thing any will do, and the rarest one counts.

        Args:
            positions: of the records, in any order.
        """
        terms: list[tuple[str, ...]] = [(word,) for word in dict.fromkeys(asked.rest)]
        terms += [(*dict.fromkeys(group.surface), *group.concepts) for group in asked.groups]
        weights = [max(map(self._idf, ways)) for ways in terms]
        shares = np.zeros(len(positions))
        if not len(positions) or not sum(weights):
            return shares
        order = np.argsort(positions, kind="stable")  # part by part
        ordered = np.asarray(positions)[order]
        for first, number, part in self._parts:
            start, end = np.searchsorted(ordered, [first, first + len(part)])
            if start < end:
                said, starts = part.of(ordered[start:end] - first)
                holds = part.holding(terms, said)
                self._overlaid(holds, terms, said + number)
                held = np.zeros(len(said))
                for weight, each in zip(weights, holds, strict=True):
                    held += weight * each
                shares[order[start:end]] = np.maximum.reduceat(held, starts[:-1])
        return shares / sum(weights)

    def _idf(self, word: str) -> float:
        frequency = sum(part.frequency(word) for *_, part in self._parts)
        overlaid = self._overlay.frequency(word) if self._overlay else 0
        return rarity(frequency + overlaid, self._statements)

    def _overlaid(
        self, holds: NDArray[np.bool_], terms: Sequence[Sequence[str]], statements: NDArray[np.int64]
    ) -> None:
        """What the overlay says of these statements, by their numbers in all, ascending, is in `holds` too."""
        if self._overlay is not None:
            for term, words in enumerate(terms):
                for word in words:
                    holds[term] |= among(statements.astype(np.int32), self._overlay.postings(word)[0])
