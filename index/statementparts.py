"""The statements of one segment's records: which words stand together in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.arrays import check_arrays, load_arrays, save_arrays
from index.dictionary import Dictionary, joined, numbered

_WHAT: Final = "The statements of the library"
_ARRAYS: Final[dict[str, type[np.generic]]] = {
    "letters": np.uint8,
    "words": np.int64,
    "frequencies": np.int32,
    "records": np.int64,
    "statements": np.int64,
    "held": np.int32,
}


@dataclass(frozen=True, eq=False)
class StatementPart:
    """The distinct words of every statement of every record of one segment.

    Attributes:
        dictionary: the words; each stands in a statement at least.
        frequencies: in how many statements each word stands, `(words,)` int32.
        records: the number of each record's first statement, and how many there are, `(n + 1,)` int64.
        statements: where the words of each statement begin, and where the last end, `(statements + 1,)` int64.
        held: the words of every statement by their numbers, ascending, int32.
    """

    dictionary: Dictionary
    frequencies: NDArray[np.int32]
    records: NDArray[np.int64]
    statements: NDArray[np.int64]
    held: NDArray[np.int32]

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.records) - 1

    @property
    def count(self) -> int:
        """How many statements there are."""
        return len(self.statements) - 1

    @classmethod
    def build(cls, told: Sequence[Sequence[Sequence[str]]]) -> StatementPart:
        """The statements of `told`: for each record, by position, the index words of each, one statement at least."""
        texts = list(chain.from_iterable(told))
        dictionary, tokens = numbered(texts)
        own = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
        span = max(len(dictionary), 1)
        owners, words = np.divmod(np.unique(own * span + tokens), span)
        records = _starts(np.fromiter(map(len, told), dtype=np.int64, count=len(told)))
        return _of(dictionary, records, _starts(np.bincount(owners, minlength=len(texts))), words)

    @classmethod
    def merged(cls, parts: Sequence[tuple[StatementPart, NDArray[np.int64]]]) -> StatementPart:
        """The statements of several parts, each record where it goes; nothing of others is left.

        The same, to the byte, as if they were built from the words of the records.

        Args:
            parts: with each, the new position of every one of its records, `(len,)`; -1 for one that goes. Together
                the others are all numbers from 0, each once.
        """
        chosen = [_only(part, np.flatnonzero(places >= 0)) for part, places in parts]
        uses = [np.bincount(one.held, minlength=len(one.dictionary)) for one in chosen]
        dictionary, numbers = joined([(one.dictionary, used) for one, used in zip(chosen, uses, strict=True)])
        held = [number[one.held] for one, number in zip(chosen, numbers, strict=True)]
        records = [np.diff(one.records) for one in chosen]
        statements = [np.diff(one.statements) for one in chosen]
        empty = np.empty(0, dtype=np.int64)
        every = _of(
            dictionary,
            _starts(np.concatenate([empty, *records])),
            _starts(np.concatenate([empty, *statements])),
            np.concatenate([empty, *held]),
        )
        places = np.concatenate([empty, *(places[places >= 0] for _, places in parts)])
        return every if np.all(places[1:] > places[:-1]) else _only(every, np.argsort(places))

    def frequency(self, word: str) -> int:
        """In how many statements a word stands."""
        number = self.dictionary.find(word)
        return 0 if number is None else int(self.frequencies[number])

    def of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the statements of some records, and where each record's begin and the last end."""
        return ranges(self.records, positions)

    def holding(self, terms: Sequence[Sequence[str]], statements: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each of the statements holds one of the words of each term, `(terms, statements)`."""
        holds = np.zeros((len(terms), len(statements)), dtype=np.bool_)
        owners: dict[int, set[int]] = {}
        for term, words in enumerate(terms):
            for word in words:
                if (number := self.dictionary.find(word)) is not None:
                    owners.setdefault(number, set()).add(term)
        places, starts = ranges(self.statements, statements)
        # most words of the statements are not asked for: one look at each, in a table, leaves those that are
        table = np.zeros(len(self.dictionary), dtype=np.int32)
        table[np.fromiter(owners, dtype=np.int64)] = np.arange(1, len(owners) + 1)
        asked = table[self.held[places]]
        hits = np.flatnonzero(asked)
        hits = hits[np.argsort(asked[hits], kind="stable")]
        ends = np.searchsorted(asked[hits], np.arange(1, len(owners) + 2))
        where = np.searchsorted(starts, hits, side="right") - 1
        for each, (first, last) in zip(owners.values(), pairwise(ends), strict=True):
            for term in each:
                holds[term, where[first:last]] = True
        return holds

    def save(self, folder: Path) -> None:
        """The statements are in `folder`, which is made; the same bytes for the same statements."""
        arrays: dict[str, NDArray[Any]] = {
            "letters": self.dictionary.letters,
            "words": self.dictionary.starts,
            "frequencies": self.frequencies,
            "records": self.records,
            "statements": self.statements,
            "held": self.held,
        }
        save_arrays(folder, arrays)

    @classmethod
    def load(cls, folder: Path) -> StatementPart:
        """The statements that were saved in `folder`, read where they lie.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        letters, words, frequencies, records, statements, held = load_arrays(folder, _ARRAYS).values()
        fits = (
            min(len(words), len(records), len(statements)) > 0
            and len(words) == len(frequencies) + 1
            and words[-1] == len(letters)
            and records[-1] == len(statements) - 1
            and statements[-1] == len(held)
        )
        check_arrays(_WHAT, fits=bool(fits))
        return cls(Dictionary(letters, words), frequencies, records, statements, held)


def ranges(starts: NDArray[np.int64], chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What the chosen ranges hold, one after another, and where each now begins and the last ends.

    >>> [one.tolist() for one in ranges(np.array([0, 2, 3, 6]), np.array([2, 0]))]
    [[3, 4, 5, 0, 1], [0, 3, 5]]
    """
    first = starts[chosen]
    sizes = starts[chosen + 1] - first
    begins = _starts(sizes)
    return np.repeat(first - begins[:-1], sizes) + np.arange(begins[-1]), begins


def _starts(sizes: NDArray[Any]) -> NDArray[np.int64]:
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _of(
    dictionary: Dictionary, records: NDArray[np.int64], statements: NDArray[np.int64], held: NDArray[Any]
) -> StatementPart:
    frequencies = np.bincount(held, minlength=len(dictionary)).astype(np.int32)
    return StatementPart(dictionary, frequencies, records, statements, held.astype(np.int32))


def _only(part: StatementPart, positions: NDArray[np.int64]) -> StatementPart:
    """No more than these records, in this order; words that none of them holds are still known."""
    statements, records = ranges(part.records, positions)
    places, starts = ranges(part.statements, statements)
    return _of(part.dictionary, records, starts, part.held[places])
