"""The word index: BM25 over index words, of records that may lie in several segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings

K1: Final = 1.2
B: Final = 0.75
_MANY: Final = 8
"""Where one in so many is touched, it is quicker to go through all."""
_REMEMBERED: Final = 8192
"""How many words are remembered with their frequencies."""
_BLOCK: Final = 64
"""So many scores are looked at as one, by the best of them, to find which records lead."""


class WordIndex:
    """Scores records by the words they share with a question: BM25 as Lucene computes it, k1 = 1.2, b = 0.75.

    The formula is Robertson & Zaragoza 2009 with Lucene's idf, `ln(1 + (N - n + ½) / (n + ½))`, and without its
    constant factor `k1 + 1` (Kamphuis et al. 2020 compare the variants). Marks are scored alike with b = 0, so that no
    mark that is added takes from what the words say.

    How many records there are, how long they are and how many hold a word is summed over the parts when it is asked,
    as whole numbers: the same records have the same scores, bit for bit, however they are cut into parts. May be asked
    by many threads at once.

    Args:
        parts: the words of each segment; a record's position counts on from part to part.
        overlay: marks that no segment holds, of records by their position in all; for each word the two hold other
            records.
    """

    def __init__(self, parts: Sequence[Postings], overlay: Postings | None = None) -> None:
        offsets = [0, *accumulate(len(part) for part in parts)]
        self._size = offsets[-1]
        self._parts = [*zip(offsets, parts, strict=False)]
        self._all = [*self._parts, *([(0, overlay)] if overlay is not None else [])]
        self._spare: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
        self._beginning: dict[str, NDArray[np.bool_]] = {}
        self.frequency = lru_cache(_REMEMBERED)(self._frequency)
        """In how many records a word occurs."""

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        """An index of `texts`, each a record's index words; the record's position is its place in the sequence."""
        return cls([Postings.build(texts)])

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every record, `(n,)` float32, 0 where no word is shared; higher is better.

        A word asked twice counts twice.
        """
        return self.combined(words, ())

    def combined(self, rest: Sequence[str], groups: Sequence[Sequence[Sequence[str]]]) -> NDArray[np.float32]:
        """The scores of `rest`, and of each group added the greatest over its ways, `(n,)` float32.

        The score of a way is that of its words together, each as often as it comes.
        """
        scores = np.zeros(self._size, dtype=np.float32)
        for positions, values in self._weighed(rest):
            np.add.at(scores, positions, values)
        if groups:
            with self._scratch() as (way, best):
                for group in groups:
                    self._add_best(scores, group, way, best)
        return scores

    def scored(
        self, rest: Sequence[str], groups: Sequence[Sequence[Sequence[str]]], positions: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """What `combined` says of these records, to the bit, in their order, `(len(positions),)` float32.

        Only their postings are looked at, so that it takes no longer where there are more records besides.
        """
        order = np.argsort(positions, kind="stable")
        asked = positions[order]
        scores = self._summed(rest, asked)
        for group in groups:
            best = np.zeros(len(asked), dtype=np.float32)
            for words in group:
                np.maximum(best, self._summed(words, asked), out=best)
            scores += best
        found = np.empty_like(scores)
        found[order] = scores
        return found

    def overlaid(self, words: Iterable[str]) -> NDArray[np.int64]:
        """The positions of the records that hold any of the words by the overlay, which no segment says; ascending."""
        held = [part.postings(word)[0].astype(np.int64) for _, part in self._all[len(self._parts) :] for word in words]
        return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *held]))

    def idf(self, word: str) -> float:
        """How rare a word is: Lucene's idf, natural logarithm; that of a word in no record where it is unknown."""
        return rarity(self.frequency(word), self._size)

    @property
    def mean(self) -> float:
        """How many words that are no marks a record has in the mean; 1 where there is none."""
        return sum(part.total for _, part in self._parts) / max(self._size, 1) or 1.0

    def _frequency(self, word: str) -> int:
        return sum(part.frequency(word) for _, part in self._all)

    def holders(self, word: str) -> NDArray[np.int64]:
        """The positions of the records in which a word occurs, `(frequency,)` int64, ascending."""
        held = [part.postings(word)[0] + np.int64(offset) for offset, part in self._all]
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *held]), kind="stable")  # nearly in order

    def holders_of(self, words: Iterable[str]) -> NDArray[np.int64]:
        """The positions of the records in which any of the words occurs, ascending, each once."""
        holds = np.zeros(self._size, dtype=np.bool_)  # quicker than to sort those that any holds
        for word in words:
            for offset, part in self._all:
                holds[offset:][part.postings(word)[0]] = True
        return np.flatnonzero(holds)

    def held_by(self, words: Iterable[str], positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the record at each position, in any order, holds any of the words."""
        holds: NDArray[np.bool_] = np.logical_or.reduce(self.held_each(list(words), positions), axis=0)
        return holds

    def held_each(self, words: Sequence[str], positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each word is held by the record at each position, in any order, `(words, positions)`."""
        order = np.argsort(positions, kind="stable")
        asked = positions[order]
        found = np.zeros((len(words), len(asked)), dtype=np.bool_)
        for offset, part in self._all:
            first, last = np.searchsorted(asked, [offset, offset + len(part)])
            if first == last:
                continue
            here = (asked[first:last] - offset).astype(np.int32)
            for row, word in enumerate(words):
                held = part.postings(word)[0]
                if len(held):
                    found[row, first:last] |= among(here, held)
        holds = np.empty_like(found)
        holds[:, order] = found
        return holds

    def beginning(self, prefix: str) -> list[str]:
        """The words that begin so and are no marks, in alphabetical order."""
        return sorted({word for _, part in self._parts for word in part.beginning(prefix)})

    def held_beginning(self, prefix: str) -> NDArray[np.bool_]:
        """Whether each record holds a word that begins so and is no mark, `(n,)`, read only; made once a prefix."""
        if prefix not in self._beginning:
            holds = np.concatenate([np.empty(0, np.bool_), *(part.held_beginning(prefix) for _, part in self._parts)])
            holds.flags.writeable = False
            self._beginning[prefix] = holds
        return self._beginning[prefix]

    def _weighed(self, words: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """For each word, part by part, who holds it and what it adds to the score of each."""
        for word in words:
            idf = self.idf(word)
            for (offset, part), table in zip(self._all, self._saturated, strict=True):
                positions, kinds = part.postings(word)
                if len(positions):
                    yield positions + np.int64(offset), (idf * table).astype(np.float32).take(kinds)

    def _summed(self, words: Sequence[str], asked: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the words together, each as often as it comes, of the records at `asked`, ascending."""
        scores = np.zeros(len(asked), dtype=np.float32)
        for word in words:
            idf = self.idf(word)
            for (offset, part), table in zip(self._all, self._saturated, strict=True):
                positions, kinds = part.postings(word)
                first, last = np.searchsorted(asked, [offset, offset + len(part)])
                here = (asked[first:last] - offset).astype(np.int32)
                is_held = among(here, positions)
                values = (idf * table).astype(np.float32).take(kinds[np.searchsorted(positions, here[is_held])])
                scores[first + np.flatnonzero(is_held)] += values
        return scores

    def _add_best(
        self,
        scores: NDArray[np.float32],
        group: Sequence[Sequence[str]],
        way: NDArray[np.float32],
        best: NDArray[np.float32],
    ) -> None:
        """To `scores` is added the greatest over the ways of a group; `way` and `best` are zeros before and after."""
        touched = []
        for words in group:
            found = [*self._weighed(words)]
            held = [positions for positions, _ in found]
            for positions, values in found:
                if len(words) > 1:
                    np.add.at(way, positions, values)
                else:
                    best[positions] = np.maximum(best.take(positions), values)
            if len(words) > 1:
                _pour(way, best, held, np.maximum)
            touched += held
        _pour(best, scores, touched, np.add)

    @contextmanager
    def _scratch(self) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Two arrays of zeros, `(n,)`, that nobody else uses meanwhile; they must be zeros again afterwards."""
        try:
            spare = self._spare.pop()
        except IndexError:
            spare = np.zeros(self._size, dtype=np.float32), np.zeros(self._size, dtype=np.float32)
        yield spare
        self._spare.append(spare)  # not after an error

    @cached_property
    def _saturated(self) -> list[NDArray[np.float64]]:
        """What each kind of posting adds for an idf of 1, for each part."""
        return [saturated(part.pairs, self.mean) for _, part in self._all]


def rarity(frequency: int, size: int) -> float:
    """Lucene's idf of a word that `frequency` of `size` hold, natural logarithm."""
    return float(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))


def leading(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The positions of the `k` highest scores above 0, `k` at least 1, ascending, with all that tie with the last."""
    if len(scores) <= k * _BLOCK:
        best = scores
    else:
        # k blocks have a record each that is as good as the k-th best of blocks: no worse one is among the best k
        best = scores[: len(scores) // _BLOCK * _BLOCK].reshape(-1, _BLOCK).max(axis=1)
    least = _last(best, k)
    found = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores > 0)
    return found[scores[found] >= _last(scores[found], k)]


def among(asked: NDArray[np.signedinteger], held: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Whether each of `asked` is in `held`, which is ascending; quickest where `asked` is ascending too."""
    if not len(held):
        return np.zeros(len(asked), dtype=np.bool_)
    places = np.searchsorted(held, asked)
    is_held: NDArray[np.bool_] = held[np.minimum(places, len(held) - 1)] == asked
    return is_held


def _pour(
    source: NDArray[np.float32], target: NDArray[np.float32], touched: Sequence[NDArray[np.int64]], how: np.ufunc
) -> None:
    """To `target` is added `source`, or whichever is `how`; `source`, 0 but at the places touched, is zeros again."""
    if _MANY * sum(map(len, touched)) > len(source):
        how(target, source, out=target)
        source.fill(0)
        return
    for positions in touched:
        target[positions] = how(target.take(positions), source.take(positions))
        source[positions] = 0  # so that nothing counts twice


def _last(scores: NDArray[np.float32], k: int) -> np.float32:
    """The k-th best of scores; 0 where they are fewer."""
    if len(scores) < k:
        return np.float32(0)
    last: np.float32 = np.partition(scores, len(scores) - k)[len(scores) - k]
    return last


def saturated(pairs: NDArray[np.int32], mean: float) -> NDArray[np.float64]:
    """What each pair of `Postings.pairs` adds to a score for an idf of 1, where records are `mean` words long."""
    counts, lengths = pairs[:, 0].astype(np.float64), pairs[:, 1]
    norms = np.where(lengths == 0, K1, K1 * (1 - B + B * lengths / mean))  # marks, and b = 0
    added: NDArray[np.float64] = counts / (counts + norms)
    return added
