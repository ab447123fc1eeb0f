"""The statements of one segment's records: which words stand together in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final, Self

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


class StatementPart:
    """The distinct words of every statement of every record of one segment; never changed once made.

    Args:
        dictionary: the words; each stands in a statement at least.
        frequencies: in how many statements each word stands, `(words,)` int32.
        records: the number of each record's first statement, and how many there are, `(n + 1,)` int64.
        statements: where the words of each statement begin, and where the last end, `(statements + 1,)` int64.
        held: the words of every statement by their numbers, ascending, int32.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        frequencies: NDArray[np.int32],
        records: NDArray[np.int64],
        statements: NDArray[np.int64],
        held: NDArray[np.int32],
    ) -> None:
        self._dictionary = dictionary
        self._frequencies = frequencies
        self._records = records
        self._statements = statements
        self._held = held

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records) - 1

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The number of each record's first statement, and how many there are, `(n + 1,)` int64."""
        return self._records

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return len(self._statements) - 1

    @classmethod
    def build(cls, told: Sequence[Sequence[Sequence[str]]]) -> Self:
        """The statements of `told`: for each record, by position, the index words of each, one statement at least."""
        texts = list(chain.from_iterable(told))
        dictionary, tokens = numbered(texts)
        own = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
        span = max(len(dictionary), 1)
        owners, words = np.divmod(np.unique(own * span + tokens), span)
        records = _starts(np.fromiter(map(len, told), dtype=np.int64, count=len(told)))
        return cls._of(dictionary, records, _starts(np.bincount(owners, minlength=len(texts))), words)

    @classmethod
    def merged(cls, parts: Sequence[tuple[StatementPart, NDArray[np.int64]]]) -> Self:
        """The statements of several parts, each record where it goes; nothing of others is left.

        The same, to the byte, as if they were built from the words of the records.

        Args:
            parts: with each, the new position of every one of its records, `(len,)`; -1 for one that goes. Together
                the others are all numbers from 0, each once.
        """
        chosen = [part._only(np.flatnonzero(places >= 0)) for part, places in parts]
        uses = [np.bincount(one._held, minlength=len(one._dictionary)) for one in chosen]
        dictionary, numbers = joined([(one._dictionary, used) for one, used in zip(chosen, uses, strict=True)])
        held = [number[one._held] for one, number in zip(chosen, numbers, strict=True)]
        records = [np.diff(one._records) for one in chosen]
        statements = [np.diff(one._statements) for one in chosen]
        empty = np.empty(0, dtype=np.int64)
        every = cls._of(
            dictionary,
            _starts(np.concatenate([empty, *records])),
            _starts(np.concatenate([empty, *statements])),
            np.concatenate([empty, *held]),
        )
        places = np.concatenate([empty, *(places[places >= 0] for _, places in parts)])
        return every._only(np.argsort(places))

    @classmethod
    def _of(
        cls,
        dictionary: Dictionary,
        records: NDArray[np.int64],
        statements: NDArray[np.int64],
        held: NDArray[Any],
    ) -> Self:
        frequencies = np.bincount(held, minlength=len(dictionary)).astype(np.int32)
        return cls(dictionary, frequencies, records, statements, held.astype(np.int32))

    def _only(self, positions: NDArray[np.int64]) -> Self:
        """The same of no more than these records, in this order; words that none of them holds are still known."""
        statements, records = ranges(self._records, positions)
        places, starts = ranges(self._statements, statements)
        return self._of(self._dictionary, records, starts, self._held[places])

    def frequency(self, word: str) -> int:
        """In how many statements a word stands."""
        number = self._dictionary.find(word)
        return 0 if number is None else int(self._frequencies[number])

    def of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the statements of some records, and where each record's begin and the last end."""
        return ranges(self._records, positions)

    def holding(self, terms: Sequence[Sequence[str]], statements: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each of the statements holds one of the words of each term, `(terms, statements)`."""
        holds = np.zeros((len(terms), len(statements)), dtype=np.bool_)
        numbers = [[found for word in words if (found := self._dictionary.find(word)) is not None] for words in terms]
        asked = sorted(set(chain.from_iterable(numbers)))
        places, starts = ranges(self._statements, statements)
        # most words of the statements are not asked for: one look at each, in a table, leaves those that are
        table = np.zeros(len(self._dictionary), dtype=np.int16)
        table[asked] = np.arange(1, len(asked) + 1)
        found = table[self._held[places]]
        hits = np.flatnonzero(found)
        which, where = found[hits], np.searchsorted(starts, hits, side="right") - 1
        for number, one in enumerate(asked, start=1):
            owners = where[which == number]
            for term, each in enumerate(numbers):
                if one in each:
                    holds[term, owners] = True
        return holds

    def save(self, folder: Path) -> None:
        """The statements are in `folder`, which is made; the same bytes for the same statements."""
        arrays = {
            "letters": self._dictionary.letters,
            "words": self._dictionary.starts,
            "frequencies": self._frequencies,
            "records": self._records,
            "statements": self._statements,
            "held": self._held,
        }
        save_arrays(folder, arrays)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The statements that were saved in `folder`, read where they lie.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        letters, words, frequencies, records, statements, held = load_arrays(folder, _ARRAYS, _WHAT).values()
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
