"""Tables that a question asks about: "what does Table 1 say on miR-21?", "which microRNAs are in the tables?".

Their rows answer, and nothing else does: what a text says of a table stands in the text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.records import Record
from corpus.stores import Stores
from corpus.tables import table_key
from index.mentions import Mention, listed
from qa.reading.labels import ANY, without_tables
from qa.reading.question import ReadQuestion, as_alone
from qa.results import Evidence


class Tables:
    """The tables of one open library; may be asked by many threads at once."""

    def __init__(self, store: Stores) -> None:
        self._rows = lru_cache(maxsize=64)(store.in_tables)

    def mention(self, question: ReadQuestion) -> tuple[Mention, ...]:
        """Those asked about as one thing that the question names, held by their rows; none where none is."""
        if not question.tables:
            return ()
        held = np.array(self._rows(keys(question.tables)), dtype=np.int64)
        there = [label for label in question.tables if self._rows(keys((label,)))]
        text = listed([label or "the tables" for label in there or question.tables])
        return (Mention("table", text, (), held),)


def asked_of_tables(question: ReadQuestion) -> ReadQuestion:
    """The question with the tables it names apart from the rest; as it is where it names none."""
    rest, labels = without_tables(question.alone)
    if not labels:
        return question
    return replace(as_alone(question.text, rest, question.authors, question.whole), tables=labels)


def keys(labels: tuple[str, ...]) -> frozenset[str] | None:
    """What the tables of these labels go by; None for any."""
    return None if ANY in labels else frozenset(filter(None, map(table_key, labels)))


def stands_in(labels: tuple[str, ...], one: Record | Evidence) -> bool:
    """True for a row of one of these tables."""
    wanted = keys(labels)
    label = (one.row.table if one.row else None) if isinstance(one, Evidence) else getattr(one, "table", None)
    return label is not None and (wanted is None or table_key(label) in wanted)
