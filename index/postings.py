"""Postings: which records of one segment hold a word, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from index.arrays import check_arrays, load_arrays, save_arrays
from index.dictionary import Dictionary, joined, numbered

MARKS: Final = ("con:", "lex:", "study:", "topic:")
"""How words begin that mark what a record is about; they are beside its text, and do not make it longer."""

_WHAT: Final = "The word index of the library"
_ARRAYS: Final[dict[str, type[np.generic]]] = {
    "letters": np.uint8,
    "words": np.int64,
    "starts": np.int64,
    "positions": np.int32,
    "kinds": np.unsignedinteger,
    "pairs": np.int32,
    "lengths": np.int32,
    "size": np.int64,
}
_NARROW: Final = 1 << 16
"""So many kinds are told apart by two bytes."""


@dataclass(frozen=True, eq=False)
class Postings:
    """The words of the records of one segment.

    A posting says that a record holds a word: its position, and a kind. The kind stands for how often, together with
    the record's length, because the score of a word depends on these two and on nothing else of the record: a question
    works out one score a kind, of which there are a few thousand, and not one a posting.

    Attributes:
        dictionary: the words; each has a posting at least.
        starts: where the postings of each word begin, and where the last end, `(words + 1,)` int64.
        positions: of each posting the record, ascending for each word, int32.
        kinds: of each posting the row of `pairs`, uint16; uint32 where that does not reach.
        pairs: (how often, length of the record), each once and in order, `(kinds, 2)` int32; of marks the length is 0.
        lengths: of each record how many of its words are no marks, `(n,)` int32.
    """

    dictionary: Dictionary
    starts: NDArray[np.int64]
    positions: NDArray[np.int32]
    kinds: NDArray[Any]
    pairs: NDArray[np.int32]
    lengths: NDArray[np.int32]

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.lengths)

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        """Postings of `texts`, each a record's index words; the record's position is its place in the sequence."""
        dictionary, tokens = numbered(texts)
        counts = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        return cls._of(dictionary, tokens, np.repeat(np.arange(len(texts)), counts), len(texts))

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[str, int]], size: int) -> Self:
        """Postings of `size` records from pairs in any order, each a word and the position of a record that holds it.

        A pair that comes twice says that the record holds the word twice.
        """
        listed = list(pairs)
        dictionary, tokens = numbered([[word for word, _ in listed]])
        positions = np.fromiter((position for _, position in listed), dtype=np.int64, count=len(listed))
        return cls._of(dictionary, tokens, positions, size)

    @classmethod
    def _of(cls, dictionary: Dictionary, tokens: NDArray[np.int64], positions: NDArray[np.int64], size: int) -> Self:
        marks = np.zeros(len(dictionary), dtype=np.bool_)
        for mark in MARKS:
            numbers = dictionary.span(mark)
            marks[numbers.start : numbers.stop] = True
        lengths = np.bincount(positions[~marks[tokens]], minlength=size)
        keys, counts = np.unique(tokens * size + positions, return_counts=True)
        words, places = np.divmod(keys, max(size, 1))
        pairs, kinds = _distinct(counts, np.where(marks[words], 0, lengths[places]))
        uses = np.bincount(words, minlength=len(dictionary))
        return cls._sorted(dictionary, uses, places.astype(np.int32), kinds, pairs, lengths)

    @classmethod
    def merged(cls, parts: Sequence[tuple[Postings, NDArray[np.int64]]], size: int) -> Self:
        """Postings of `size` records: those of several parts, each record where it goes; nothing of others is left.

        The same, to the byte, as if they were built from the words of the records.

        Args:
            parts: with each, the new position of every one of its records, `(len,)`; -1 for one that goes.
        """
        moved = [places.astype(np.int32)[part.positions] for part, places in parts]
        uses = [_summed(new >= 0, part.starts) for (part, _), new in zip(parts, moved, strict=True)]
        dictionary, numbers = joined([(part.dictionary, used) for (part, _), used in zip(parts, uses, strict=True)])
        pairs, known = _distinct(*np.concatenate([np.empty((0, 2), np.int32), *(part.pairs for part, _ in parts)]).T)
        known = known.astype(np.min_scalar_type(len(known)))  # as narrow as can be: there are many postings
        lengths = np.zeros(size, dtype=np.int64)
        kinds = []
        for at, (part, places) in enumerate(parts):
            lengths[places[places >= 0]] = part.lengths[places >= 0]
            stays = moved[at] >= 0
            moved[at] = moved[at][stays]
            kinds.append(known[: len(part.pairs)][part.kinds[stays]])
            known = known[len(part.pairs) :]
        total = np.zeros(len(dictionary), dtype=np.int64)
        for number, used in zip(numbers, uses, strict=True):
            total[number[used > 0]] += used[used > 0]
        return cls._sorted(dictionary, total, *_interleaved(numbers, uses, moved, kinds), pairs, lengths)

    @classmethod
    def _sorted(
        cls,
        dictionary: Dictionary,
        uses: NDArray[np.int64],
        positions: NDArray[np.int32],
        kinds: NDArray[Any],
        pairs: NDArray[np.int64],
        lengths: NDArray[np.int64],
    ) -> Self:
        """Postings that are in order, so many of each word; pairs that none of them has are left out."""
        used = np.bincount(kinds, minlength=len(pairs)) > 0
        rows = np.cumsum(used) - 1
        return cls(
            dictionary,
            np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(uses, dtype=np.int64)]),
            positions,
            rows.astype(np.uint16 if np.count_nonzero(used) <= _NARROW else np.uint32)[kinds],
            pairs[used].astype(np.int32),
            lengths.astype(np.int32),
        )

    @cached_property
    def total(self) -> int:
        """How many words all records have that are no marks."""
        return int(self.lengths.sum(dtype=np.int64))

    def frequency(self, word: str) -> int:
        """How many records hold a word."""
        number = self.dictionary.find(word)
        return 0 if number is None else int(self.starts[number + 1] - self.starts[number])

    def held(self, word: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The positions of the records that hold a word, ascending, and how often each does, both `(frequency,)`."""
        positions, kinds = self.postings(word)
        return positions, self.pairs[kinds, 0]

    def postings(self, word: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
        """The positions of the records that hold a word, ascending, and the row of `pairs` of each."""
        number = self.dictionary.find(word)
        some = slice(0, 0) if number is None else slice(self.starts[number], self.starts[number + 1])
        return self.positions[some], self.kinds[some]

    def beginning(self, prefix: str) -> list[str]:
        """The words that begin so and are no marks, in alphabetical order."""
        return self.dictionary.words(number for span in self._plain(prefix) for number in span)

    def held_beginning(self, prefix: str) -> NDArray[np.bool_]:
        """Whether each record holds a word that begins so and is no mark, `(n,)`."""
        holds = np.zeros(len(self), dtype=np.bool_)
        for span in self._plain(prefix):
            holds[self.positions[self.starts[span.start] : self.starts[span.stop]]] = True
        return holds

    def save(self, folder: Path) -> None:
        """The postings are in `folder`, which is made; the same bytes for the same postings."""
        arrays: dict[str, NDArray[Any]] = {
            "letters": self.dictionary.letters,
            "words": self.dictionary.starts,
            "starts": self.starts,
            "positions": self.positions,
            "kinds": self.kinds,
            "pairs": self.pairs,
            "lengths": self.lengths if self.total else self.lengths[:0],  # of marks alone nothing need be kept
            "size": np.array([len(self)], dtype=np.int64),
        }
        save_arrays(folder, arrays)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The postings that were saved in `folder`, read where they lie.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        letters, words, starts, positions, kinds, pairs, lengths, size = load_arrays(folder, _ARRAYS).values()
        fits = (
            len(words) == len(starts) > 0
            and (words[-1], starts[-1]) == (len(letters), len(positions))
            and len(positions) == len(kinds)
            and len(size) == 1
            and len(lengths) in {0, size[0]}
        )
        check_arrays(_WHAT, fits=bool(fits))
        if not len(lengths):
            lengths = np.zeros(size[0], dtype=np.int32)
        return cls(Dictionary(letters, words), starts, positions, kinds, pairs, lengths)

    def _plain(self, prefix: str) -> list[range]:
        """The numbers of the words that begin so, less those of marks."""
        spans = [self.dictionary.span(prefix)]
        for mark in map(self.dictionary.span, MARKS):
            cut = [
                (range(one.start, min(one.stop, mark.start)), range(max(one.start, mark.stop), one.stop))
                for one in spans
            ]
            spans = [one for both in cut for one in both if one]
        return spans


def _interleaved(
    numbers: Sequence[NDArray[np.int64]],
    uses: Sequence[NDArray[np.int64]],
    positions: Sequence[NDArray[np.int32]],
    kinds: Sequence[NDArray[Any]],
) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """The positions and kinds of the postings of several parts, in order.

    Args:
        numbers: of each part's words in all.
        uses: how many postings of each part's words there are.
    """
    where, kind = np.concatenate([np.empty(0, np.int32), *positions]), np.concatenate([np.empty(0, np.uint8), *kinds])
    size = int(where.max(initial=0)) + 1
    keys = np.concatenate([np.empty(0, np.int64), *map(np.repeat, [one * size for one in numbers], uses)])
    keys += where
    if np.any(keys[1:] < keys[:-1]):
        order = np.argsort(keys, kind="stable")  # quick, since the parts are in order
        where, kind = where[order], kind[order]
    return where, kind


def _summed(some: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of each range are true; the ranges follow one another, and none is empty."""
    if not len(some):
        return np.empty(0, dtype=np.int64)
    summed: NDArray[np.int64] = np.add.reduceat(some, starts[:-1], dtype=np.int64)
    return summed


def _distinct(first: NDArray[Any], second: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of two arrays, each once and in order, `(pairs, 2)`, and of each place the row of its pair."""
    firsts, one = _ranked(first)
    seconds, other = _ranked(second)
    span = max(len(seconds), 1)
    pairs, rows = _ranked(one * span + other)
    return np.stack([firsts[pairs // span], seconds[pairs % span]], axis=1), rows


def _ranked(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The values, 0 or more, each once and in order, and of each place the row of its own.

    Counted in a table, for they are many and small: `numpy.unique` would sort them.
    """
    held = np.bincount(values) > 0
    return np.flatnonzero(held), (np.cumsum(held) - 1)[values]
