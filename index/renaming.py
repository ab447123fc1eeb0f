"""Which records name something else once documents have come or gone: found by their words, without reading them all.

A short form in a text is read as its own document defines it, else as all others do; and any text names a concept in
full where some document says what its short form is. So documents that come and go change what is named in others. Of
a name that has changed, every record that may hold it holds the index words of its pieces; some hold these by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, reduce
from itertools import pairwise, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.greek import NAMES as GREEK
from index.glossary import Changed
from index.pieces import Pieces
from index.tokens import is_stopword, spell, stem
from index.words import WordIndex

_NAMES_OF_LETTERS: Final = frozenset(GREEK.values())
_MOST_WAYS: Final = 256
"""Of a name that can be written in more ways nothing is told apart."""
_TOLD_BY: Final = 2
"""By so many of the words that a record must hold it is found, the rarest: the others would leave out few."""
_STEM: Final = re.compile(r"(?:anti|antago|exo|onco|pre|pri)?(?:mi|mirs?|micro|mi(?:cro)?rnas?|let)")
_FAR: Final = 4
"""A piece of so many letters, a stem apart, is no part of a microRNA's name, which is one index word."""

Ways = list[list[Set[str]]]
"""Ways to write a name, and for each what a record must hold: of each of these sets of index words one."""


def renamed(changed: Changed, known: WordIndex, read: Callable[[str], Sequence[int]]) -> NDArray[np.int64]:
    """The positions of the records that may name something else, ascending; all where nothing can be told.

    Args:
        known: the words of the records as they were, by position.
        read: gives the positions of those of them whose texts hold some letters in a row, in their own case; it may
            read all, and is asked only for names that no index word tells of.
    """
    finder = _Finder(known, read)
    found = [finder.holding(_full(name)) for name in sorted(changed.longs)]
    found += [finder.holding(_short(name), literally=_letters(name)) for name in sorted(changed.shorts)]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


class _Finder:
    """Finds records by what they must hold."""

    def __init__(self, known: WordIndex, read: Callable[[str], Sequence[int]]) -> None:
        self._known, self._read = known, read

    @cached_property
    def _molecules(self) -> Set[str]:
        """The words of all microRNAs."""
        return frozenset(self._known.beginning("mir:"))

    def holding(self, ways: Ways, literally: str = "") -> NDArray[np.int64]:
        """The positions of the records that may hold a name.

        Args:
            literally: letters that stand in every text that holds it, in their own case; "" for none.
        """
        if all(any(map(_says_much, needed)) for needed in ways) or not literally:
            return self._any_of(ways)
        # of its words no index holds any, or one figure: HER, ET-1
        found = np.array(self._read(literally), dtype=np.int64)
        return np.intersect1d(found, self._any_of(ways))

    def _any_of(self, ways: Ways) -> NDArray[np.int64]:
        if not all(ways):
            return np.arange(len(self._known), dtype=np.int64)
        return np.concatenate([self._all_of(needed) for needed in ways])

    def _all_of(self, needed: Sequence[Set[str]]) -> NDArray[np.int64]:
        sets = [self._molecules if words is _MOLECULES else words for words in needed]
        rarest = sorted((sum(map(self._known.frequency, words)), place) for place, words in enumerate(sets))
        if rarest[0][0] == 0:
            return np.empty(0, dtype=np.int64)
        return reduce(np.intersect1d, [self._known.holders_of(sets[place]) for _, place in rarest[:_TOLD_BY]])


_MOLECULES: Final[Set[str]] = frozenset({"mir:"})
"""Stands for the words of all microRNAs."""


def _says_much(words: Set[str]) -> bool:
    """False for words that many records hold by chance."""
    return not any(word.isdecimal() or len(word) == 1 for word in words)


def _letters(symbols: Pieces) -> str:
    """The longest piece of a short form that is letters of no other spelling."""
    return max((piece for piece in symbols if piece.isascii() and piece.isalpha()), key=len, default="")


def _full(name: Pieces) -> Ways:
    """Of a name in full, in folded pieces."""
    return _ways(name, {piece: _spellings(piece) for piece in name})


def _short(symbols: Pieces) -> Ways:
    """Of a short form."""
    return _ways(symbols, {piece: {piece, f"{piece}s"} if piece.isalpha() else {piece} for piece in symbols})


def _ways(name: Pieces, forms: Mapping[str, Set[str]]) -> Ways:
    """Args: forms: how each piece may be spelled."""
    ways: Ways = []
    for parts in _tied(name):
        # the word for the kind, microRNA, has one spelling in the index
        telling = [part for part in parts if not any(map(_is_of_kind, part))]
        spelled = [{spell("".join(one)) for one in product(*(forms[piece] for piece in part))} for part in telling]
        ways.append([set(map(stem, words)) for words in spelled if not any(map(is_stopword, words))])
    if any(map(_is_stem, name)):  # the name of a microRNA may be in it
        far = [set(map(stem, map(spell, forms[piece]))) for place, piece in enumerate(name) if _is_far(name, place)]
        ways.append([_MOLECULES, *far])
    return ways


def _tied(name: Pieces) -> Iterator[list[Pieces]]:
    """The pieces tied to words in each way there is: ZO 1, ZO1. Letters never are: tied they would be one piece."""
    apart = [place for place in range(1, len(name)) if _tells(name[place - 1]) and _tells(name[place])]
    loose = [place for place in range(1, len(name)) if place not in apart]
    if 2 ** len(loose) > _MOST_WAYS:
        yield []
        return
    for chosen in product((False, True), repeat=len(loose)):
        cuts = sorted([*apart, *(place for place, cut in zip(loose, chosen, strict=True) if cut)])
        yield [name[start:end] for start, end in pairwise((0, *cuts, len(name)))]


def _tells(piece: str) -> bool:
    """False for numbers and Greek letters, which may be tied to what stands beside them."""
    return piece.isalpha() and piece not in _NAMES_OF_LETTERS and piece not in GREEK


def _is_stem(piece: str) -> bool:
    return bool(_STEM.fullmatch(piece.lower()))


def _is_of_kind(piece: str) -> bool:
    return _is_stem(piece) or piece.lower() in ("rna", "rnas", "exo")


def _is_far(name: Pieces, place: int) -> bool:
    """Whether a piece is in no microRNA's name, whose stem has two pieces before it at most."""
    piece = name[place]
    near = any(map(_is_stem, name[place : place + 3])) or _is_of_kind(piece)
    return _tells(piece) and len(piece) >= _FAR and not near


def _spellings(piece: str) -> Set[str]:
    """All that folds to a piece of a name in full, but for what the index spells one way too."""
    found = {piece, f"{piece}s", piece.replace("metastasis", "metastases")}
    for end, other in (("y", "ies"), ("ys", "ies"), ("rus", "ruses")):
        if piece.endswith(end):
            found.add(piece.removesuffix(end) + other)
    return found
