"""Which records name something else once documents have come or gone: found by their words, without reading them all.

A short form in a text is read as its own document defines it, else as all others do; and any text names a concept in
full where some document says what its short form is. So documents that come and go change what is named in others. Of
a name that has changed, every record that may hold it holds the index words of its pieces; some hold these by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import reduce
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.greek import NAMES as GREEK
from index.glossary import Changed
from index.tokens import is_stopword, spell, stem
from index.words import WordIndex

_NAMES_OF_LETTERS: Final = frozenset(GREEK.values())
_NEAR_A_NAME: Final = 3
"""So many pieces before and after one of `_OF_MOLECULES` may be parts of a microRNA's name, which is one index word."""
_OF_MOLECULES: Final = ("mir", "micro", "let", "mi", "rna")


def renamed(changed: Changed, known: WordIndex) -> NDArray[np.int64]:
    """The positions of the records that may name something else, ascending; all where nothing can be told.

    Args:
        known: the words of the records as they were, by position.
    """
    found: list[NDArray[np.int64]] = []
    for ways in (*map(_full, sorted(changed.longs)), *map(_short, sorted(changed.shorts))):
        for needed in ways:
            if not needed:
                return np.arange(len(known), dtype=np.int64)
            found.append(reduce(np.intersect1d, map(known.holders_of, needed)))
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _full(name: Sequence[str]) -> list[list[Set[str]]]:
    """For a name in full what a record that holds it must hold: of each of these sets a word."""
    apart = [
        piece
        for place, piece in enumerate(name)
        if _tells(piece) and all(map(_tells, name[max(0, place - 1) : place + 2])) and not _near_a_name(name, place)
    ]
    return [[_forms(piece) for piece in apart if not any(map(is_stopword, _spellings(piece)))]]


def _short(symbols: Sequence[str]) -> list[list[Set[str]]]:
    """For a short form the ways to write it, tied or apart, and for each what a record must hold."""
    if any(_near_a_name(symbols, place) for place in range(len(symbols))):
        return [[]]
    return [[{stem(word), stem(f"{word}s")} for word in parts if not is_stopword(word)] for parts in _tied(symbols)]


def _tied(symbols: Sequence[str]) -> Iterator[list[str]]:
    """The pieces tied to words in each way there is: ZO 1, ZO1."""
    for count in range(len(symbols)):
        for cuts in combinations(range(1, len(symbols)), count):
            bounds = (0, *cuts, len(symbols))
            yield [spell("".join(symbols[a:b])) for a, b in pairwise(bounds)]


def _tells(piece: str) -> bool:
    """False for numbers and Greek letters, which may be tied to what stands beside them."""
    return piece.isalpha() and piece not in _NAMES_OF_LETTERS and piece not in GREEK


def _near_a_name(name: Sequence[str], place: int) -> bool:
    near = name[max(0, place - _NEAR_A_NAME) : place + _NEAR_A_NAME + 1]
    return any(piece.lower().startswith(_OF_MOLECULES) for piece in near)


def _forms(piece: str) -> Set[str]:
    """The index words of all that folds to this piece of a name in full."""
    return {stem(spelling) for spelling in _spellings(piece)}


def _spellings(piece: str) -> Set[str]:
    found = {piece, f"{piece}s", piece.replace("metastasis", "metastases")}
    for end, other in (("y", "ies"), ("ys", "ies"), ("rus", "ruses")):
        if piece.endswith(end):
            found.add(piece.removesuffix(end) + other)
    return found
