"""The dictionary of a part of a library: its words in alphabetical order, each with a number."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

_REMEMBERED: Final = 4096
"""How many words that were looked up are remembered with their numbers."""


class Dictionary:
    """Words numbered from 0 in alphabetical order, by code points; looked up where they lie, never read as a whole.

    Args:
        letters: the words in UTF-8, one after another, `(bytes,)` uint8.
        starts: where each begins, and where the last ends, `(n + 1,)` int64.
    """

    def __init__(self, letters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self.letters = letters
        self.starts = starts
        self._letters, self._starts = letters.data, starts.data  # quick to take one item from
        self._numbers: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, words: Iterable[bytes]) -> Self:
        """A dictionary of these words in UTF-8, which are in order, each once."""
        listed = list(words)
        starts = np.zeros(len(listed) + 1, dtype=np.int64)
        np.cumsum([len(word) for word in listed], out=starts[1:])
        return cls(np.frombuffer(b"".join(listed), dtype=np.uint8), starts)

    def find(self, word: str) -> int | None:
        """The number of a word; None for one that is not here."""
        known = self._numbers  # another thread may replace it
        if word not in known:
            if len(known) >= _REMEMBERED:
                known = self._numbers = {}
            known[word] = self._search(encoded(word))
        return known[word]

    def span(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        first = encoded(prefix)
        return range(self._place(first), self._place(first + b"\xff"))  # a byte that UTF-8 never has

    def words(self, numbers: Iterable[int]) -> list[str]:
        """The words with these numbers, in their order."""
        return [self._word(number).decode("utf-8", "surrogatepass") for number in numbers]

    def all(self) -> list[bytes]:
        """Every word in UTF-8, in order."""
        letters = self.letters.tobytes()
        return [letters[start:end] for start, end in pairwise(self.starts.tolist())]

    def _word(self, number: int) -> bytes:
        return bytes(self._letters[self._starts[number] : self._starts[number + 1]])

    def _place(self, word: bytes) -> int:
        return bisect_left(range(len(self)), word, key=self._word)

    def _search(self, word: bytes) -> int | None:
        place = self._place(word)
        return place if place < len(self) and self._word(place) == word else None


def encoded(word: str) -> bytes:
    """A word in UTF-8; bytes are in the same order as the words."""
    return word.encode("utf-8", "surrogatepass")


def numbered(texts: Iterable[Sequence[str]]) -> tuple[Dictionary, NDArray[np.int64]]:
    """A dictionary of the words of some texts, and the number of each word as the texts follow, `(words,)` int64."""
    first_seen: defaultdict[str, int] = defaultdict()
    first_seen.default_factory = first_seen.__len__
    tokens = np.fromiter(map(first_seen.__getitem__, chain.from_iterable(texts)), dtype=np.int64)
    words = sorted(first_seen)
    numbers = np.empty(len(words), dtype=np.int64)
    numbers[[first_seen[word] for word in words]] = np.arange(len(words))
    return Dictionary.of(map(encoded, words)), numbers[tokens]


def joined(parts: Sequence[tuple[Dictionary, NDArray[Any]]]) -> tuple[Dictionary, list[NDArray[np.int64]]]:
    """One dictionary of the words of several that are used, and for each of these the numbers of its words in it.

    Args:
        parts: with each dictionary, how often each word is used; a word that is not used is left out, number -1.
    """
    used = [[word for word, n in zip(one.all(), uses.tolist(), strict=True) if n] for one, uses in parts]
    words = sorted(set().union(*used))
    places = {word: number for number, word in enumerate(words)}
    numbers = []
    for (one, uses), known in zip(parts, used, strict=True):
        each = np.full(len(one), -1, dtype=np.int64)
        each[np.flatnonzero(uses)] = np.fromiter(map(places.__getitem__, known), dtype=np.int64, count=len(known))
        numbers.append(each)
    return Dictionary.of(words), numbers
