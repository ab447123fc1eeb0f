"""What a search may be limited to besides papers: records that name a thing, and records on a cancer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from corpus.records import Record
from index.library import Library
from index.molecules import about, named_in
from index.names import Name, find_names
from index.sites import find_sites
from index.texts import encoded_text
from index.tokens import name_words, without
from index.vocabulary import Asked
from index.words import WordIndex


def naming(name: str, library: Library) -> NDArray[np.int64]:
    """The positions of the records that name what `name` does, ascending; none where it holds no index word.

    A microRNA is met in any spelling, by the rule of `index.molecules.about`, but never by a record that itself names
    only other ones, whatever it cites. Anything else is met by a record that holds all of its words, or another name
    that the library knows for it.
    """
    vocabulary, molecules = library.ranker.vocabulary, find_names(name)
    found = [_on_molecules(molecules, vocabulary.asked(name), library)] if molecules else []
    rest = vocabulary.asked(without(name, molecules))
    if rest.rest or rest.groups or not molecules:
        found.append(_holding(rest, library.ranker.words))
    return reduce(np.intersect1d, found)


def on_cancer(cancer: str, library: Library) -> NDArray[np.int64]:
    """The positions of the records on a cancer, ascending; none where `cancer` holds no index word.

    An organ stands for its cancer, lay and clinical words for it are one; a cancer of no organ that `index.sites`
    knows is met by a record that holds all of its words. Other names that the library knows for it count too.
    """
    known, asked = library.ranker.words, library.ranker.vocabulary.asked(cancer)
    sites = find_sites(cancer)
    if not sites:
        return _holding(asked, known)
    return union([known.holders(word) for site in sites for word in asked.naming(f"cancer:{site.site}")])


def union(some: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The positions that are in any of these, ascending."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *some]))


def _holding(asked: Asked, known: WordIndex) -> NDArray[np.int64]:
    """The records that hold every word, of a name that goes by others the words of any of them."""
    ways = [union([_all(map(known.holders, one.surface)), *map(known.holders, one.concepts)]) for one in asked.groups]
    return _all([*map(known.holders, asked.rest), *ways])


def _all(some: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    first, *others = [*some] or [np.empty(0, dtype=np.int64)]
    return reduce(np.intersect1d, others, first)


def _on_molecules(names: Sequence[Name], asked: Asked, library: Library) -> NDArray[np.int64]:
    """The records about one of the molecules that do not themselves name only other ones.

    The index holds the titles of the studies that a record cites too: good for finding, too much for a limit.
    """
    found = about(names, library.ranker.words, asked)
    same = {other for name in names for other in asked.naming(name_words(name)[-1])[1:]}
    records = library.store.records(found.tolist())
    return found[[_may_be_on(record, names, same, library) for record in records]] if len(found) else found


def _may_be_on(record: Record, names: Sequence[Name], same: set[str], library: Library) -> bool:
    """True where the record itself names no molecule, or one of these by this name or another."""
    text = encoded_text(record)
    held = {word for name in find_names(text) for word in name_words(name)}
    if not held or named_in(names, held):
        return True
    return bool(same and same.intersection(library.ranker.vocabulary.record_words(text, record.document_id)))
