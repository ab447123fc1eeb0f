"""Tables that a question asks about: "what does Table 1 say on miR-21?", "which microRNAs are in the tables?".

Their rows answer, and nothing else does: what a text says of a table stands in the text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.stores import Stores
from corpus.tables import table_key
from index.mentions import Mention, listed
from qa.reading.labels import ANY, without_tables
from qa.reading.question import ReadQuestion, as_alone

_NONE: Final = np.empty(0, dtype=np.int64)


class Tables:
    """The tables of one open library, looked through when the first is asked about; may be asked by many threads."""

    def __init__(self, store: Stores) -> None:
        self._store = store

    def mention(self, question: ReadQuestion) -> tuple[Mention, ...]:
        """Those asked about as one thing that the question names, held by their rows; none where none is."""
        if not question.tables:
            return ()
        rows = {label: self._held(label) for label in question.tables}
        there = [label for label, held in rows.items() if len(held)]
        text = listed([label or "the tables" for label in there or question.tables])
        return (Mention("table", text, (), np.unique(np.concatenate([*rows.values()]))),)

    def _held(self, label: str) -> NDArray[np.int64]:
        """The positions of the rows of the tables of this label, ascending."""
        if label == ANY:
            return np.concatenate([_NONE, *self._rows.values()])
        return self._rows.get(table_key(label), _NONE)

    @cached_property
    def _rows(self) -> dict[str | None, NDArray[np.int64]]:
        """The positions of the rows of each table, ascending, by its key; of tables without one by None."""
        rows: defaultdict[str | None, list[int]] = defaultdict(list)
        key_of = lru_cache(table_key)
        for position, label in self._store.row_labels():
            rows[key_of(label)].append(position)
        return {key: np.array(held, dtype=np.int64) for key, held in rows.items()}


def asked_of_tables(question: ReadQuestion) -> ReadQuestion:
    """The question with the tables it names apart from the rest; as it is where it names none."""
    rest, labels = without_tables(question.alone)
    if not labels:
        return question
    return replace(as_alone(question.text, rest, question.authors, question.whole), tables=labels)


def stands_in(labels: tuple[str, ...], table: str | None) -> bool:
    """True for the label of a row's table, where that is one of these tables; None is no table's."""
    return table is not None and (ANY in labels or table_key(table) in map(table_key, labels))
