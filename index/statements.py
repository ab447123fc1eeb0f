"""Statements: the sentences of passages, and whole rows; which share of a question one of them holds.

What stands together in one sentence is said of one thing; what stands in two sentences of a passage may not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.records import Record
from corpus.sentences import sentences
from corpus.store import REBUILD
from index.texts import encoded_text
from index.vocabulary import Asked
from index.words import WordIndex

_STARTS: Final = "starts.npy"


def statements_of(record: Record) -> tuple[str, ...]:
    """The statements of a record, in order, one at least: the sentences of a passage, or a row told by its headers."""
    text = encoded_text(record)
    return (text,) if record.kind == "row" else split(text)


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order; where it has none, the text itself."""
    return tuple(text[start:end] for start, end in sentences(text)) or (text,)


class Statements:
    """The index words of every statement of every record.

    Args:
        words: an index of the statements, those of one record together, records by position.
        starts: the number of each record's first statement, `(n,)` int64, ascending.
    """

    def __init__(self, words: WordIndex, starts: NDArray[np.int64]) -> None:
        self._words = words
        self._starts = starts

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._starts)

    @classmethod
    def build(cls, told: Sequence[Sequence[Sequence[str]]]) -> Self:
        """An index of `told`: for each record, by position, the index words of each of its statements, one at least."""
        starts = [0, *accumulate(len(statements) for statements in told)][: len(told)]
        return cls(WordIndex.build(list(chain.from_iterable(told))), np.array(starts, dtype=np.int64))

    def shares(self, asked: Asked) -> NDArray[np.float64]:
        """For every record the greatest share of the question that one of its statements holds, `(n,)`, 0 to 1.

        A word counts by its idf, and once; of the ways to name one thing any will do, and the rarest one counts.
        """
        terms: list[tuple[str, ...]] = [(word,) for word in dict.fromkeys(asked.rest)]
        terms += [(*dict.fromkeys(group.surface), *group.concepts) for group in asked.groups]
        held = np.zeros(len(self._words))
        total = 0.0
        for ways in terms:
            weight = max(self._words.idf(word) for word in ways)
            held[self._words.holders_of(ways)] += weight
            total += weight
        if not len(self) or total == 0:
            return np.zeros(len(self))
        shares: NDArray[np.float64] = np.maximum.reduceat(held, self._starts) / total
        return shares

    def save(self, folder: Path) -> None:
        """The index is in `folder`, which is made."""
        self._words.save(folder)
        np.save(folder / _STARTS, self._starts)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that was saved in `folder`.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        words = WordIndex.load(folder)
        try:
            starts = np.load(folder / _STARTS, allow_pickle=False)
        except (OSError, ValueError) as error:
            msg = f"The statements of the library cannot be read ({error}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        if not np.array_equal(starts, np.unique(starts)) or (len(starts) and not 0 <= starts[-1] < len(words)):
            msg = f"The statements of the library do not belong to its records; {REBUILD}."
            raise LibraryDamaged(msg)
        return cls(words, starts)
